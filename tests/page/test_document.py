"""The document: offline, closed to foreign scripts, the same every time."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import geo
from geo import page

PACKAGE = Path(page.__file__).parent
MEGABYTE = 1_000_000


class Parts(HTMLParser):
    """What a browser would load, run or style."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.loads: list[str] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.handlers: list[str] = []
        self.policy = ""
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        cells = dict(attrs)
        self.loads += [
            v for a, v in attrs if a in {"src", "href", "data"} and not v.startswith("#")
        ]
        self.handlers += [a for a, _ in attrs if a.startswith("on") or a == "style"]
        if cells.get("http-equiv") == "Content-Security-Policy":
            self.policy = cells["content"]
        self._open = tag if tag != "script" or "type" not in cells else ""

    def handle_data(self, data):
        if self._open == "script":
            self.scripts.append(data)
        if self._open == "style":
            self.styles.append(data)

    def handle_endtag(self, tag):
        self._open = ""


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_page_loads_nothing(html):
    parts = Parts(html)
    assert parts.loads == []
    assert parts.handlers == []
    assert not re.search(r"url\((?!data:|#)|@import", " ".join(parts.styles))


def test_the_policy_names_every_script_and_style_and_nothing_else(html):
    parts = Parts(html)
    allowed = set(re.findall(r"'sha256-[^']+'", parts.policy))
    assert allowed == {digest(text) for text in (*parts.scripts, *parts.styles)}
    assert parts.policy.startswith("default-src 'none';")
    assert "unsafe" not in parts.policy


def test_the_policy_stands_before_anything_that_runs(html):
    assert html.index("Content-Security-Policy") < html.index("<style")
    assert html.index("Content-Security-Policy") < html.index("<script")


def test_the_same_tables_give_the_same_bytes(tables, html):
    assert page.render(tables) == html
    assert page.render(geo.load(as_of="2023-10-26")) == html


def test_the_page_stays_under_a_megabyte(html):
    assert len(html.encode()) < MEGABYTE


def test_no_python_file_hands_text_to_a_folium_element():
    """The map alone is made by Folium; nothing with a caption, popup or property."""
    used = re.compile(r"\b(?:folium|branca)\.(\w+)")
    for source in PACKAGE.rglob("*.py"):
        text = source.read_text("utf-8")
        assert set(used.findall(text)) <= {"Map", "element", "template"}, source
        for name in ("Popup(", "Tooltip(", "GeoJson(", "Marker(", "DivIcon(", "Element("):
            assert name not in text, (source, name)


def test_no_script_of_the_page_turns_text_into_markup():
    for script in (PACKAGE / "js").glob("*.js"):
        text = script.read_text("utf-8")
        for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                     "new Function", 'setAttribute("on', "srcdoc"):  # fmt: skip
            assert sink not in text, (script.name, sink)
