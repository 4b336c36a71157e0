"""Hostile text in every outside field: nothing runs, nothing blanks, all of it shows as written."""

from __future__ import annotations

import dataclasses
import re

import pytest

import geo
from geo import page as pages

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
    return dataclasses.replace(tables, **changed)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> geo.Tables:
    return spoiled(geo.load(as_of="2023-10-26"))


@pytest.fixture(scope="module", params=["with its policy", "without it"])
def hostile_page(request, hostile, tmp_path_factory):
    html = pages.render(hostile)
    if request.param == "without it":
        html, times = re.subn(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", html)
        assert times == 1
    path = tmp_path_factory.mktemp("hostile") / "corridor.html"
    path.write_text(html, encoding="utf-8")
    return path


def visited(opened) -> str:
    """All that the page says, once every list, fold, popup and tooltip has been opened."""
    said = []
    for tab in ("Evidence", "Corridors", "Denials", "Not drawn"):
        opened.page.get_by_role("tab", name=tab).click()
        while opened.page.locator("button.more").count():
            opened.page.locator("button.more").click()
        opened.page.evaluate(
            "document.querySelectorAll('#side details').forEach(d => { d.open = true })"
        )
        said.append(opened.page.evaluate("document.getElementById('side').textContent"))
    said.append(opened.page.evaluate("document.getElementById('filters').textContent"))
    opened.page.get_by_role("button", name="Overview").click()
    for marker in opened.page.locator(".spot").all():
        marker.dispatch_event("click")
        said.append(opened.page.locator(".leaflet-popup").last.evaluate("n => n.textContent"))
    return "\n".join(said)


def test_nothing_runs_and_everything_shows_as_written(open_page, hostile_page, hostile):
    opened = open_page(hostile_page)
    said = visited(opened)
    assert opened.page.evaluate("window.hit") is None
    assert (
        opened.page.evaluate(
            "document.querySelectorAll('#side script, #side img, #side iframe, .leaflet-popup img').length"
        )
        == 0
    )
    assert opened.complaints == []
    assert all(url.startswith(("file:", "data:")) for url in opened.requests)
    for payload in PAYLOADS:
        if payload.startswith("="):
            continue
        assert payload in said, payload[:60]


def test_only_web_addresses_become_links(open_page, hostile_page):
    opened = open_page(hostile_page)
    visited(opened)
    links = opened.page.eval_on_selector_all("a[href]", "all => all.map(a => a.protocol)")
    assert set(links) <= {"http:", "https:", "file:"}  # file: are the page's own permalinks


def test_a_saved_table_runs_nothing_in_a_spreadsheet(open_page, hostile_page):
    opened = open_page(hostile_page)
    opened.page.locator("#save > summary").click()
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="Claims as CSV").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert not re.search(r"(?:^|,)\"?[=+@]", text, re.MULTILINE)
