"""For everyone: keyboard, screen readers, small screens, dark rooms, paper, frames and servers."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe

SIZES = [(1440, 900), (1024, 768), (390, 844)]
FIRST_PAINT_MS = 1500


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    [(1440, 900, "light"), (1440, 900, "dark"), (1024, 768, "dark"), (390, 844, "light")],
)
def test_axe_finds_nothing_serious(open_page, seeds_page, width, height, scheme):
    opened = open_page(seeds_page, width=width, height=height, color_scheme=scheme, bypass_csp=True)
    found = Axe().run(opened.page).response["violations"]
    grave = [v for v in found if v["impact"] in {"serious", "critical"}]
    assert grave == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_at_the_side(open_page, seeds_page, width, height):
    opened = open_page(seeds_page, width=width, height=height)
    wide = opened.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    for selector in ("h1", ".sentence", ".scopes", "#filters", ".tabs", "#timeline", "#caption"):
        box = opened.page.locator(selector).bounding_box()
        assert box["x"] >= 0, selector
        assert box["x"] + box["width"] <= width + 1, selector


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_labels_on_the_map_do_not_overlap(open_page, seeds_page, width, height):
    opened = open_page(seeds_page, width=width, height=height)
    for view in ("Corridor", "Overview"):
        opened.page.get_by_role("button", name=view).click()
        opened.page.wait_for_timeout(300)
        boxes = opened.page.eval_on_selector_all(
            ".label:not([hidden])",
            "all => all.map(n => { const b = n.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })",
        )
        assert len(boxes) >= 3
        for k, a in enumerate(boxes):
            for b in boxes[k + 1 :]:
                apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
                assert apart, (view, a, b)


def test_the_keyboard_reaches_a_corridor_and_its_evidence_and_comes_back(open_page, seeds_page):
    opened = open_page(seeds_page)
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "tab-evidence":
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-corridors"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.querySelector('.name').textContent")
    page.keyboard.press("Enter")
    assert name in opened.text(".where")
    assert page.get_by_role("tab", name="Evidence").get_attribute("aria-selected") == "true"
    page.locator("#tab-evidence").focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "tab-unlocated"


def test_every_control_can_be_focused(open_page, seeds_page):
    opened = open_page(seeds_page)
    outside = opened.page.eval_on_selector_all(
        "button, select, input, a[href], summary",
        "all => all.filter(n => n.offsetParent && n.tabIndex < 0 && n.getAttribute('role') !== 'tab').length",
    )
    assert outside == 0


def test_totals_are_told_to_screen_readers_when_they_change(open_page, seeds_page):
    opened = open_page(seeds_page)
    assert opened.page.locator("#answer").get_attribute("aria-live") == "polite"
    before = opened.text("#answer")
    opened.page.locator("[data-key=filter-unit]").select_option("container")
    assert opened.text("#answer") != before


def test_first_paint_is_soon(open_page, seeds_page):
    opened = open_page(seeds_page)
    paint = opened.page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    assert paint < FIRST_PAINT_MS


def test_it_works_from_a_web_server_and_in_a_frame(open_page, seeds_page, browser):
    handler = partial(SimpleHTTPRequestHandler, directory=str(seeds_page.parent))
    handler.log_message = lambda *_: None
    frame = seeds_page.parent / "frame.html"
    frame.write_text(f'<iframe src="{seeds_page.name}?embed" width="800" height="600"></iframe>')
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/frame.html")
        inside = page.frame_locator("iframe")
        inside.locator("html[data-ready]").wait_for()
        assert "At least 6" in inside.locator("#answer").inner_text()
        assert not inside.locator("#side").is_visible()
        page.close()
        server.shutdown()


def test_it_prints(open_page, seeds_page):
    opened = open_page(seeds_page)
    paper = opened.page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    opened.page.emulate_media(media="print")
    assert opened.page.locator("#filters").is_hidden()
    order = [
        opened.page.locator(s).bounding_box()["y"]
        for s in ("#answer", ".map", "#timeline", "#side")
    ]
    assert order == sorted(order)


def test_the_map_is_saved_as_a_picture(open_page, seeds_page):
    opened = open_page(seeds_page)
    opened.page.locator("#save > summary").click()
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="Map as a picture").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    assert download.value.suggested_filename.startswith("map-2026-")


def test_trips_are_stepped_through_and_their_window_named(open_page, seeds_page, tables):
    opened = open_page(seeds_page)
    opened.page.get_by_role("button", name="Next trip").click()
    drawn = tables.tracks[tables.tracks["of"] == "trip"].sort_values("date_start")
    assert drawn["vessel"].iloc[0] in opened.text("#replay")
    assert opened.page.locator("path.voyage-line").count() == 1
    opened.page.get_by_role("button", name="Leave the trips").click()
    assert opened.page.locator("path.voyage-line").count() == 0
