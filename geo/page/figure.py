"""The static picture: the corridor, its answer and its months, for articles and the README.

Drawn with matplotlib and its own fonts, so that it comes out the same on every machine.
"""

from __future__ import annotations

import datetime as dt
import io
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo import words
from geo.page.basemap import basemap
from geo.page.strings import strings

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path
    from numpy.typing import NDArray

    from geo.build import Tables

    Floats = NDArray[np.float64]

#: Scope that the picture answers for: mode, origin, destination.
HOME = ("sea", "rajin", "dunai")
#: What the map shows: west, south, east, north in degrees.
CORRIDOR_VIEW = (129.8, 41.95, 133.3, 43.35)
OVERVIEW = (36.0, 38.0, 136.0, 60.0)
SIZE_IN = (10.0, 7.4)
PIXELS_PER_IN = 160
COLOURS = {
    "paper": "#fffefb", "ink": "#1b2227", "soft": "#56606a", "rule": "#e3dfd5", "water": "#dce7ed",
    "land": "#f6f3ec", "coast": "#9fadb3", "border": "#b3aa97", "sea": "#14608c", "rail": "#a8480c",
}  # fmt: skip
#: A name between two lines of the map.
NARROW_CHARACTERS = 10
#: Longitude and latitude.
POINT_NUMBERS = 2
#: Same ids in every SVG: matplotlib makes them from this.
SALT = "transload"


def picture(tables: Tables) -> tuple[bytes, str]:
    """The corridor as PNG and SVG.

    Parameters
    ----------
    tables
        Of `geo.load`; tracks in EPSG:4326.

    Returns
    -------
    png, svg
        The same picture twice; the same tables give the same bytes.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    style: dict[Any, Any] = {
        "font.family": "DejaVu Sans",
        "svg.hashsalt": SALT,
        "text.parse_math": False,
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=SIZE_IN, facecolor=COLOURS["paper"])
        _title(figure, tables)
        _map(figure.add_axes((0.04, 0.29, 0.92, 0.565)), tables)
        _overview(figure.add_axes((0.685, 0.295, 0.27, 0.175)), tables)
        _months(figure.add_axes((0.075, 0.115, 0.87, 0.12)), tables)
        _foot(figure)
        return _png(figure), _svg(figure)


def _png(figure: Figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=PIXELS_PER_IN, metadata={"Software": None})
    return out.getvalue()


def _svg(figure: Figure) -> str:
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def _series(tables: Tables) -> pd.DataFrame:
    """Monthly trips of the scope that the picture answers for."""
    counts = tables.counts
    mode, origin, destination = HOME
    asked = (counts["mode"] == mode) & (counts["origin"] == origin)
    return counts[asked & (counts["destination"] == destination) & (counts["unit"] == "trip")]


def _title(figure: Figure, tables: Tables) -> None:
    mode, origin, destination = HOME
    series = _series(tables)
    said = "No number of trips reported"
    if len(series):
        last = series.iloc[-1]
        high = None if last.isna()["cum_high"] else int(last["cum_high"])
        number = words.figure(int(last["cum_low"]), float(last["cum_best"]), high)
        said = f"{number[0].upper()}{number[1:]} trips reported{_window(tables, series)}"
    where = words.scope(mode, origin, destination, tables.gazetteer)
    known = words.on(tables.as_of or tables.latest)
    figure.text(0.04, 0.935, said, fontsize=19, color=COLOURS["ink"], family="DejaVu Serif")
    figure.text(0.04, 0.89, f"{where[0].upper()}{where[1:]}, as of {known}", **_small(11))
    for name, right in (("sea", 0.89), ("rail", 0.96)):
        said = f"– {strings()[f'legend.{name}']}"
        figure.text(right, 0.89, said, fontsize=10, color=COLOURS[name], ha="right")


def _window(tables: Tables, series: pd.DataFrame) -> str:
    """The days that the facts behind the number span."""
    behind = set(str(series["claims_low"].iloc[-1]).split(";"))
    told = tables.facts[[bool(behind & set(c.split(";"))) for c in tables.facts["claims"]]]
    told = told[told["unit"] == "trip"]
    if told.empty or told["date_end"].isna().all():
        return ""
    start = None if told["date_start"].isna().any() else told["date_start"].min().date()
    return ", " + words.window(start, told["date_end"].max().date())


def _small(size: float) -> dict[str, Any]:
    return {"fontsize": size, "color": COLOURS["soft"]}


def _mercator(lat: Any) -> Any:
    """Latitude as the page's map stretches it, in degrees of longitude."""
    return np.degrees(np.arcsinh(np.tan(np.radians(lat))))


def _frame(axes: Axes, view: tuple[float, float, float, float]) -> None:
    west, south, east, north = view
    # Wider or higher than asked as the frame is, so that a degree is as long across as along.
    box = axes.get_position()
    shape = (box.width * SIZE_IN[0]) / (box.height * SIZE_IN[1])
    low, top = float(_mercator(south)), float(_mercator(north))
    high = max(top - low, (east - west) / shape)
    axes.set_xlim((west + east - high * shape) / 2, (west + east + high * shape) / 2)
    axes.set_ylim((low + top - high) / 2, (low + top + high) / 2)
    axes.set_facecolor(COLOURS["water"])
    axes.tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)
    for side in axes.spines.values():
        side.set_color(COLOURS["rule"])


def _ground(axes: Axes, *, near: bool) -> None:
    """Land, coast and borders, no more of them than the frame shows."""
    from matplotlib.collections import LineCollection
    from matplotlib.patches import PathPatch

    window = (*axes.get_xlim(), *axes.get_ylim())
    shown = basemap()
    for name in ("far", "near") if near else ("far",):
        base = shown[name]
        land = PathPatch(_land(base, window), facecolor=COLOURS["land"], edgecolor="none")
        axes.add_patch(land)
        for kind, colour, style in (("borders", "border", (0, (1, 2))), ("coast", "coast", "-")):
            steps = [x for x in base.get(kind, []) if len(x) > POINT_NUMBERS]
            drawn = [shapely.LineString(_points(x, base["per_degree"])) for x in steps]
            lines = [shapely.get_coordinates(x) for x in _within(drawn, window)]
            made = LineCollection(lines, colors=COLOURS[colour], linewidths=0.5, linestyles=[style])
            axes.add_collection(made)


def _land(base: dict[str, Any], window: tuple[float, ...]) -> Path:
    """Land as one path to fill: round a coast one way, round an inland sea the other."""
    from matplotlib.path import Path

    rings = np.array([shapely.LinearRing(_points(x, base["per_degree"])) for x in base["land"]])
    inland = shapely.is_ccw(rings)
    paths = []
    for clockwise in (False, True):
        shapes = shapely.make_valid(shapely.polygons(rings[inland == clockwise]))
        parts = _within(shapes, window)
        parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        parts = shapely.orient_polygons(parts, exterior_cw=clockwise)
        outer = shapely.get_exterior_ring(parts)
        paths += [Path(shapely.get_coordinates(ring), closed=True) for ring in outer]
    return Path.make_compound_path(*paths)


def _within(shapes: Any, window: tuple[float, ...]) -> Any:
    """The parts of some shapes inside a window (west, east, south, north)."""
    west, east, south, north = window
    pad = (east - west) / 50
    box = shapely.box(west - pad, south - pad, east + pad, north + pad)
    parts = shapely.get_parts(shapely.intersection(np.array(shapes), box))
    return parts[~shapely.is_empty(parts)]


def _points(steps: list[int], per_degree: int) -> Floats:
    lonlat = np.array(steps, np.float64).reshape(-1, 2).cumsum(axis=0) / per_degree
    lonlat[:, 1] = _mercator(np.clip(lonlat[:, 1], -80, 80))
    return lonlat


def _routes(axes: Axes, tables: Tables, widest: float) -> None:
    """Every corridor once: dashed, for each is inferred; the one answered for is the widest."""
    from matplotlib.collections import LineCollection

    tracks = tables.tracks.sort_values("track_id")
    ends = tracks[["origin", "destination"]].agg(frozenset, axis=1)
    distinct = tracks[~tracks.assign(ends=ends).duplicated(["mode", "ends"])]
    for row in distinct.itertuples():
        line = np.array(row.geometry.coords)[:, :2]
        line[:, 1] = _mercator(line[:, 1])
        chosen = (row.mode, row.origin, row.destination) == HOME
        width = widest if chosen else widest * 0.35
        drawn = LineCollection(
            [line],
            colors=COLOURS[row.mode],
            linewidths=width,
            linestyles=[(0, (4, 1.2) if chosen else (3, 2))],
            alpha=1.0 if chosen else 0.7,
            zorder=4 if chosen else 3,
        )
        axes.add_collection(drawn)


def _map(axes: Axes, tables: Tables) -> None:
    _frame(axes, CORRIDOR_VIEW)
    _ground(axes, near=True)
    _routes(axes, tables, widest=4.2)
    ends = set(tables.tracks["origin"]) | set(tables.tracks["destination"])
    west, south, east, north = CORRIDOR_VIEW
    for row in tables.places[tables.places["place_id"].isin(ends)].itertuples():
        if row.kind != "port" or not (west < row.lon < east and south < row.lat < north):
            continue
        bold = row.place_id in HOME
        at = (row.lon, _mercator(row.lat))
        axes.plot(*at, "o", ms=6, mfc=COLOURS["paper"], mec=COLOURS["ink"], mew=1.3, zorder=6)
        axes.annotate(
            tables.gazetteer.names[row.place_id],
            at, xytext=(8, 4), textcoords="offset points", fontsize=10, zorder=7,
            fontweight="bold" if bold else "normal", color=COLOURS["ink"],
        )  # fmt: skip
    sea = textwrap.fill(strings()["sea.peter"], NARROW_CHARACTERS)
    axes.text(131.72, _mercator(42.73), sea, style="italic", ha="center", **_small(9))


def _overview(axes: Axes, tables: Tables) -> None:
    _frame(axes, OVERVIEW)
    _ground(axes, near=False)
    _routes(axes, tables, widest=2.0)
    for side in axes.spines.values():
        side.set_color(COLOURS["soft"])


def _months(axes: Axes, tables: Tables) -> None:
    """Low to best as a band and a line, a step a month."""
    series = _series(tables)
    if series.empty:
        axes.set_axis_off()
        return
    starts = [dt.date.fromisoformat(f"{period}-01") for period in series["period"]]
    days = np.array(starts, "datetime64[D]")
    after = np.append(days, days[-1] + np.timedelta64(31, "D"))
    low, best = (np.append(series[c], series[c].iloc[-1]).astype(float) for c in ("low", "best"))
    axes.fill_between(after, low, best, step="post", color=COLOURS["sea"], alpha=0.2, linewidth=0)
    axes.step(after, best, where="post", color=COLOURS["sea"], linewidth=1.4)
    axes.set_xlim(after[0], after[-1])
    axes.set_ylim(0, max(2.0, float(best.max()) * 1.2))
    axes.set_facecolor(COLOURS["paper"])
    axes.tick_params(length=0, labelsize=8.5, labelcolor=COLOURS["soft"])
    axes.grid(visible=True, axis="y", color=COLOURS["rule"], linewidth=0.7)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_title("Trips per month, low to best", loc="left", **_small(9))


def _foot(figure: Figure) -> None:
    texts = strings()
    said = [f"{texts['legend.inferred']} {texts['legend.reported']}", texts["attribution.data"]]
    figure.text(0.04, 0.028, "\n".join(said), fontsize=7.5, color=COLOURS["soft"], linespacing=1.5)
