"""The page as a reader meets it: opened from a disk, with no network."""

from __future__ import annotations


def test_it_opens_from_a_disk_without_a_request_or_a_complaint(open_page, seeds_page):
    opened = open_page(seeds_page)
    assert opened.requests == [seeds_page.as_uri()]
    assert opened.complaints == []


def test_the_first_view_answers_for_rajin_to_dunai(open_page, seeds_page):
    opened = open_page(seeds_page)
    answer = opened.text("#answer")
    assert "Rajin → Dunai" in answer
    assert "At least 6 trips reported between 21 Aug and 16 Oct 2023" in answer
    assert "No report states a ceiling." in answer


def test_every_corridor_is_drawn(open_page, seeds_page, tables):
    opened = open_page(seeds_page)
    corridors = len(tables.tracks.drop_duplicates(["mode", "origin", "destination"]))
    drawn = opened.page.eval_on_selector_all(
        ".leaflet-core-pane path.core:not(.off)", "all => all.map(p => p.getAttribute('d'))"
    )
    assert len(drawn) == corridors
    opened.page.get_by_role("button", name="Overview").click()
    drawn = opened.page.eval_on_selector_all(
        ".leaflet-core-pane path.core:not(.off)", "all => all.map(p => p.getAttribute('d'))"
    )
    assert all(len(path) > len("M0 0L0 0") for path in drawn)


def test_a_line_opens_a_popup_with_its_figure_and_its_source(open_page, seeds_page):
    opened = open_page(seeds_page)
    at = opened.page.evaluate(
        """() => {
          const line = document.querySelector('path.hit.sea.chosen');
          const at = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
          return [at.x, at.y];
        }"""
    )
    opened.page.mouse.click(*at)
    popup = opened.text(".leaflet-popup")
    assert "At least 6 trips" in popup
    assert "CSIS Beyond Parallel" in popup
    assert "17 Oct 2023" in popup
    link = opened.page.locator(".leaflet-popup a[href^=http]").first
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    assert opened.complaints == []


def test_denials_and_what_is_not_on_the_map_have_their_lists(open_page, seeds_page, tables):
    opened = open_page(seeds_page)
    opened.page.get_by_role("tab", name="Denials").click()
    assert "Kremlin (Peskov)" in opened.text("#panel")
    opened.page.get_by_role("tab", name="Not drawn").click()
    assert "North Korea is a country, not a point" in opened.text("#panel")
    assert str(len(tables.unlocated)) in opened.text("#tab-unlocated")
