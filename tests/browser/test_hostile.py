"""Hostile text in every outside field: nothing runs, nothing blanks, all of it shows as written."""

from __future__ import annotations

import dataclasses
import re

import pytest
from playwright.sync_api import Page

import geo
from geo import page as pages

from .conftest import Opened

PAYLOADS = [
    "<script>window.hit=1</script>", "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>", "<svg onload=window.hit=1>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>", "javascript:window.hit=1",
    "'-(window.hit=1)-'", '" onmouseover="window.hit=1', "`${window.hit=1}`", "${window.hit=1}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{% for x in y %}", "50% {% off",
    "{# note", "<!--<script>", "]]><b>", "&lt;b&gt;&#x27;", "\u202egnirts tfel ot thgir\u202c",
    "x" * 10_000, '=HYPERLINK("http://evil.test")',
]  # fmt: skip
FIELDS = {
    "sources": ["publisher", "title", "author", "url"],
    "claims": ["claimant", "note", "quantifier", "vessel"],
    "facts": ["claimant", "vessel", "quantifier", "evidence"],
    "places": ["name"],
    "unlocated": ["reason"],
    "differences": ["value"],
}


def spoiled(tables: geo.Tables) -> geo.Tables:
    """The tables with a payload in every outside field of every row."""
    changed = {}
    for name, fields in FIELDS.items():
        frame = getattr(tables, name).copy()
        for shift, field in enumerate(fields):
            frame[field] = [PAYLOADS[(k + shift) % len(PAYLOADS)] for k in range(len(frame))]
        changed[name] = frame
    ids = {
        s: f"{s}{PAYLOADS[k % len(PAYLOADS)]}" for k, s in enumerate(tables.sources["source_id"])
    }
    for name in ("sources", "claims"):
        changed[name]["source_id"] = changed[name]["source_id"].map(ids)
    waiting = changed["claims"].head(len(PAYLOADS)).assign(sentence=PAYLOADS, title=PAYLOADS[::-1])
    changed["proposed"] = waiting.assign(url=PAYLOADS, publisher=PAYLOADS, published="2023-09-01")
    return dataclasses.replace(tables, **changed)


@dataclasses.dataclass
class Visit:
    """A page all of whose lists, folds, popups and tooltips have been opened, and what it said."""

    opened: Opened
    said: str
    links: list[str]


@pytest.fixture(scope="module", params=["with its policy", "without it"])
def visit(request, open_for_module, tmp_path_factory) -> Visit:
    html = pages.render(spoiled(geo.load(as_of="2023-10-26")))
    if request.param == "without it":
        html, times = re.subn(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", html)
        assert times == 1
    path = tmp_path_factory.mktemp("hostile") / "corridor.html"
    path.write_text(html, encoding="utf-8")
    opened = open_for_module(path, fragment="#proposed=yes")
    return Visit(opened, *visited(opened.page))


def visited(page: Page) -> tuple[str, list[str]]:
    """All that the page says, and the protocols of all its links."""
    said, links = [], []
    for tab in ("Evidence", "Conflicts", "Corridors", "Denials", "Not drawn"):
        page.get_by_role("tab", name=tab).click()
        while page.locator("button.more").count():
            page.locator("button.more").click()
        page.evaluate("document.querySelectorAll('#side details').forEach(d => { d.open = true })")
        said.append(page.evaluate("document.getElementById('side').textContent"))
        links += page.eval_on_selector_all("a[href]", "all => all.map(a => a.protocol)")
    said.append(page.evaluate("document.getElementById('filters').textContent"))
    page.get_by_role("button", name="Overview").click()
    for marker in page.locator(".spot").all():
        marker.dispatch_event("click")
        said.append(page.locator(".leaflet-popup").last.evaluate("n => n.textContent"))
    return "\n".join(said), links


def test_nothing_runs_and_everything_shows_as_written(visit):
    page = visit.opened.page
    assert page.evaluate("window.hit") is None
    inside = ", ".join(f"{part} {tag}" for part in ("#side", "#filters", ".leaflet-popup")
                       for tag in ("script", "img", "iframe", "svg"))  # fmt: skip
    assert page.locator(inside).count() == 0
    assert visit.opened.complaints == []
    assert all(url.startswith(("file:", "data:")) for url in visit.opened.requests)
    for payload in PAYLOADS:
        assert payload in visit.said, payload[:60]


def test_only_web_addresses_become_links(visit):
    assert set(visit.links) <= {"http:", "https:", "file:"}  # file: are the page's own permalinks


def test_a_saved_table_runs_nothing_in_a_spreadsheet(visit):
    page = visit.opened.page
    page.locator("#save > summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Claims as CSV").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert not re.search(r"(?:^|,)\"?[=+@]", text, re.MULTILINE)
