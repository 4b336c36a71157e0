"""The document: Folium's map, the libraries, style, scripts and the data island, in one file."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure
from folium.template import Template as MapTemplate
from jinja2 import Template

from geo.page.strings import strings

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: The page's own scripts, in the order in which they are read.
SCRIPTS = (
    "dom", "text", "tables", "scopes", "state", "counts", "answer", "evidence", "conflicts",
    "proposals", "lists", "land", "lines", "places", "map", "timeline", "marks", "replay",
    "filters", "save", "picture", "main",
)  # fmt: skip
#: Its style sheets, likewise: the last ones overrule the first.
STYLES = (
    "base", "controls", "frame", "answer", "map", "replay", "timeline", "evidence", "narrow",
    "paper", "embed",
)  # fmt: skip
#: Where the map opens: off Rajin, with Dunai in view. Latitude, longitude.
OPENING = (42.6, 131.4)
OPENING_ZOOM = 8
#: Beyond this zoom the shipped coast would look more exact than it is.
CLOSEST_ZOOM = 12
#: Hosts an image may come from: OpenStreetMap's tiles, and only once the reader switches them on.
TILES = "https://tile.openstreetmap.org"


class CorridorMap(folium.Map):
    """Folium's map with Leaflet alone: no jQuery, Bootstrap or icon font, and no scaling lock."""

    _template = MapTemplate(
        "{% macro html(this, kwargs) %}"
        '<div class="map" id="{{ this.get_name() }}" role="group"'
        ' aria-labelledby="map-title"></div>'
        "{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "const {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, "
        "{...{{ this.options|tojavascript }}, center: {{ this.location|tojson }}});"
        "{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__(
            location=OPENING,
            tiles=None,
            zoom_start=OPENING_ZOOM,
            max_zoom=CLOSEST_ZOOM,
            min_zoom=2,
            zoom_snap=0.25,
            zoom_delta=0.5,
            zoom_control=False,
            attribution_control=False,
        )
        self.default_js, self.default_css = [], []
        # Folium names its maps at random; the page must come out the same every time.
        self._id = "corridor"


class Page(Figure):
    """A figure in the page's own skeleton. Every part is put in once and never compiled."""

    _template = Template(
        files("geo.page").joinpath("page.html").read_text("utf-8"), autoescape=True
    )

    def __init__(self, island: str) -> None:
        super().__init__()
        self.island = island
        self.text = strings()
        self.style = style()
        self.libraries = [leaflet(), charts()]
        self.add_child(CorridorMap())

    def render(self, **kwargs: Any) -> str:
        """The document; its policy names the hash of every script and style in it."""
        for child in self._children.values():
            child.render(**kwargs)
        self.program = program(self.script.render())
        self.policy = policy([*self.libraries, self.program], self.style)
        return str(self._template.render(this=self, kwargs=kwargs))


def document(island: str) -> str:
    """The page around a data island.

    Parameters
    ----------
    island
        Text of `geo.page.columns.packed`.
    """
    return Page(island).render()


def policy(scripts: list[str], sheet: str) -> str:
    """A Content-Security-Policy under which only these scripts and this style work."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(_hash(script) for script in scripts)}",
            f"style-src {_hash(sheet)}",
            f"img-src data: blob: {TILES}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def program(made_by_folium: str) -> str:
    """Folium's script and the page's own, in one scope."""
    own = [files("geo.page").joinpath("js", f"{name}.js") for name in SCRIPTS]
    parts = [made_by_folium.strip(), *(script.read_text("utf-8") for script in own)]
    return _inline('(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n")


@cache
def leaflet() -> str:
    """Leaflet's script."""
    return _inline(_leaflet("leaflet.js").read_text("utf-8"))


@cache
def charts() -> str:
    """The script of uPlot."""
    return _inline(files("uplot").joinpath("static", "uPlot.iife.js").read_text("utf-8"))


@cache
def style() -> str:
    """Leaflet's, uPlot's and the page's style, without a single reference to a file."""
    sheet = _leaflet("leaflet.css").read_text("utf-8")
    for picture in ("layers.png", "layers-2x.png", "marker-icon.png"):
        sheet = sheet.replace(f"url(images/{picture})", "none")
    chart = files("uplot").joinpath("static", "uPlot.min.css").read_text("utf-8")
    own = [files("geo.page").joinpath("css", f"{name}.css") for name in STYLES]
    return "\n".join([sheet, chart, *(part.read_text("utf-8") for part in own)])


def _leaflet(name: str) -> Traversable:
    return files("xstatic.pkg.leaflet").joinpath("data", name)


def _inline(script: str) -> str:
    """A script may not end its own element."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
