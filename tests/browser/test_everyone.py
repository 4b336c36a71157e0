"""For everyone: keyboard, screen readers, small screens, dark rooms, paper, frames and servers."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe

SIZES = [(1440, 900), (1024, 768), (390, 844)]
TABS = ("evidence", "conflicts", "corridors", "denials", "unlocated")


@pytest.fixture(scope="module")
def inspected(open_for_module, seeds_page):
    """A page that lets axe in."""
    return open_for_module(seeds_page, bypass_csp=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_finds_nothing_at_all(inspected, width, height, scheme):
    inspected.page.set_viewport_size({"width": width, "height": height})
    inspected.page.emulate_media(color_scheme=scheme)
    tab = TABS[(width + len(scheme)) % len(TABS)]  # each list at one size or another
    inspected.go(f"tab={tab}&from=2023-08-01&to=2024-03-31")
    inspected.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = Axe().run(inspected.page).response
    assert len(found["passes"]) > 20
    assert found["violations"] == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_and_no_label_covers_another(reader, width, height):
    reader.page.set_viewport_size({"width": width, "height": height})
    reader.go()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    for selector in ("h1", ".sentence", ".scopes", "#filters", ".tabs", "#timeline", "#caption"):
        box = reader.page.locator(selector).bounding_box()
        assert box["x"] >= 0, selector
        assert box["x"] + box["width"] <= width + 1, selector
    for view in ("Corridor", "Overview"):
        reader.page.get_by_role("button", name=view).click()
        boxes = reader.page.eval_on_selector_all(
            ".label:not([hidden])",
            "all => all.map(n => { const b = n.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })",
        )
        assert len(boxes) >= 3
        for k, a in enumerate(boxes):
            for b in boxes[k + 1 :]:
                apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
                assert apart, (view, a, b)


def focused(page, script: str):
    return page.evaluate(f"(n => {script})(document.activeElement)")


def tab_to(page, test: str, most: int = 40) -> None:
    """Press Tab until the element in focus is the one; its focus must show."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page, test):
            assert focused(page, "getComputedStyle(n).outlineStyle") != "none"
            return
    raise AssertionError(f"not reached by Tab: {test}")


def test_the_keyboard_alone_filters_opens_a_corridor_reads_its_evidence_and_comes_back(
    open_page, seeds_page
):
    opened = open_page(seeds_page)
    page = opened.page
    page.keyboard.press("Tab")
    assert focused(page, "n.className") == "skip"
    tab_to(page, "n.dataset.key === 'filter-mode'")
    page.keyboard.type("Sea")
    assert "mode=sea" in page.url
    assert focused(page, "n.dataset.key") == "filter-mode"
    tab_to(page, "n.id === 'tab-evidence'")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert focused(page, "n.id") == "tab-corridors"
    tab_to(page, "n.className === 'corridor' && n.getAttribute('aria-pressed') === 'false'")
    name = focused(page, "n.querySelector('.name').textContent")
    page.keyboard.press("Enter")
    assert name in opened.text(".where")
    assert page.get_by_role("tab", name="Evidence").get_attribute("aria-selected") == "true"
    page.evaluate("history.back()")  # as the browser's own key for Back
    page.locator(".where", has_text="Rajin → Dunai").wait_for()
    assert page.get_by_role("tab", name="Corridors").get_attribute("aria-selected") == "true"


def test_the_skip_link_leads_to_the_evidence(open_page, seeds_page):
    page = open_page(seeds_page).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "n.id === 'tab-evidence'", most=1)
    tab_to(page, "n.id === 'panel'", most=1)


def test_every_control_can_be_focused(reader):
    outside = reader.page.eval_on_selector_all(
        "button, select, input, a[href], summary",
        "all => all.filter(n => n.offsetParent && n.tabIndex < 0 && n.getAttribute('role') !== 'tab').length",
    )
    assert outside == 0


def test_totals_are_told_to_screen_readers_when_they_change(reader):
    assert reader.page.locator("#answer").get_attribute("aria-live") == "polite"
    before = reader.text("#answer")
    reader.page.locator("[data-key=filter-unit]").select_option("container")
    assert reader.text("#answer") != before


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


def test_it_prints(reader):
    paper = reader.page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    reader.page.emulate_media(media="print")
    assert reader.page.locator("#filters").is_hidden()
    order = [
        reader.page.locator(s).bounding_box()["y"]
        for s in ("#answer", ".map", "#timeline", "#side")
    ]
    assert order == sorted(order)


def test_the_map_is_saved_as_a_picture(reader):
    reader.page.locator("#save > summary").click()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Map as a picture").click()
    reader.page.locator("#save > summary").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    assert download.value.suggested_filename.startswith("map-2026-")
