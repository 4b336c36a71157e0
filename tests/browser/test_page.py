"""The page as a reader meets it: opened from a disk, with no network."""

from __future__ import annotations

from .conftest import Opened

FIRST_PAINT_MS = 1500


def test_it_opens_from_a_disk_without_a_request_or_a_complaint_and_soon(open_page, seeds_page):
    opened = open_page(seeds_page)
    assert opened.requests == [seeds_page.as_uri()]
    assert opened.complaints == []
    paint = opened.page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    assert paint < FIRST_PAINT_MS


def test_the_first_view_answers_for_rajin_to_dunai(reader):
    answer = reader.text("#answer")
    assert "Rajin → Dunai" in answer
    assert "At least 6 trips reported between 21 Aug and 16 Oct 2023" in answer
    assert "No report states a ceiling." in answer


def test_every_corridor_is_drawn(reader, tables):
    corridors = len(tables.tracks.drop_duplicates(["mode", "origin", "destination"]))
    reader.page.get_by_role("button", name="Overview").click()
    drawn = reader.page.eval_on_selector_all(
        ".leaflet-core-pane path.core:not(.off)", "all => all.map(p => p.getAttribute('d'))"
    )
    assert len(drawn) == corridors
    assert all(len(path) > len("M0 0L0 0") for path in drawn)


def test_drawings_stand_on_whole_pixels(reader):
    """Between two pixels every line is blurred."""
    for view in ("Corridor", "Overview"):
        reader.page.get_by_role("button", name=view).click()
        moved = reader.page.eval_on_selector_all(
            ".leaflet-pane svg, .leaflet-pane canvas", "all => all.map(n => n.style.transform)"
        )
        assert len(moved) >= 3
        assert not [shift for shift in moved if "." in shift], view


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


def test_denials_and_what_is_not_on_the_map_have_their_lists(reader, tables):
    reader.page.get_by_role("tab", name="Denials").click()
    assert "Kremlin (Peskov)" in reader.text("#panel")
    reader.page.get_by_role("tab", name="Not drawn").click()
    assert "North Korea is a country, not a point" in reader.text("#panel")
    assert str(len(tables.unlocated)) in reader.text("#tab-unlocated")


def test_trips_are_stepped_through_and_their_window_named(reader, tables):
    reader.page.get_by_role("button", name="Next trip").click()
    drawn = tables.tracks[tables.tracks["of"] == "trip"].sort_values("date_start")
    assert drawn["vessel"].iloc[0] in reader.text("#replay")
    assert reader.page.locator("path.voyage-line").count() == 1
    reader.page.get_by_role("button", name="Leave the trips").click()
    assert reader.page.locator("path.voyage-line").count() == 0


def read_along(opened: Opened, stops: int = 20) -> list[str]:
    """What the chart says under a pointer moved from its left to its right."""
    over = opened.page.locator(".u-over").bounding_box()
    said = []
    for stop in range(stops):
        at = over["x"] + over["width"] * (stop + 0.5) / stops
        opened.page.mouse.move(at, over["y"] + 30)
        said.append(opened.text("#readout"))
    return said


def test_a_period_looked_at_closely_shows_weeks(reader):
    reader.go("from=2023-08-01&to=2023-12-31&zoom=yes")
    assert "Per week" in reader.text("#timeline-head")
    weeks = {said for said in read_along(reader) if said.startswith("Week of ")}
    assert len(weeks) > 8
    assert any("best 0.9" in week for week in weeks)
    reader.go("from=2022-08-01&to=2023-12-31&zoom=yes")
    assert "Per month" in reader.text("#timeline-head")


def test_the_chart_tells_what_was_known_when(reader, tables):
    reader.go("sum=known&scope=sea.rajin.russia")
    said = [text for text in read_along(reader) if text.startswith("Known from")]
    lows = [int(text.rsplit(" ", 1)[1]) for text in said]
    count = tables.counts.set_index(["unit", "mode", "origin", "destination"])
    assert lows[0] == 0
    assert lows[-1] == count.loc[("trip", "sea", "rajin", "russia"), "cum_low"].iloc[-1]
    assert lows == sorted(lows)  # every report since has added to what was certain
    reader.go("known=2023-10-26&scope=sea.rajin.russia&from=2023-10-01&to=2023-10-31&zoom=yes")
    pressed = reader.page.locator("#timeline-head [aria-pressed=true]")
    assert "As known" in pressed.all_inner_texts()
    said = [text for text in read_along(reader) if text.startswith("Known from")]
    assert said[-1].endswith("at least 6")


def test_a_menu_closes_when_the_reader_turns_away(reader):
    menu = reader.page.locator("#save .menu")
    reader.page.locator("#save > summary").click()
    assert menu.is_visible()
    reader.page.keyboard.press("Escape")
    assert not menu.is_visible()
    reader.page.locator("#save > summary").click()
    reader.page.locator("h1").click()
    assert not menu.is_visible()
