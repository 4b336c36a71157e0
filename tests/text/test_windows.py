"""Dates as windows, read from the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text.letters import Calendar
from geo.text.lexicon import shipped
from geo.text.moments import months_before
from geo.text.numbers import Numerals
from geo.text.windows import windows

PUBLISHED = date(2023, 10, 26)  # a Thursday
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December"]  # fmt: skip


def calendar(code: str) -> Calendar:
    language, spaced = shipped().language[code], code not in ("ko", "ja")
    return Calendar(language.date, Numerals(language, spaced).values, spaced)


CALENDARS = {code: calendar(code) for code in shipped().language}


def read(text: str, code: str = "en", published: date = PUBLISHED) -> list[tuple]:
    found = windows(text, published, CALENDARS[code])
    return [(w.form, str(w.first or ""), str(w.last or "")) for w in found]


@pytest.mark.parametrize(
    ("text", "form", "first", "last"),
    [
        ("since late August", "since", "2023-08-21", ""),
        ("From August on they came", "since", "2023-08-01", ""),
        ("going back to the middle of 2022", "since", "2022-06-01", ""),
        ("between 26 and 28 August", "on", "2023-08-26", "2023-08-28"),
        ("between Sept. 7 and Oct. 1", "range", "2023-09-07", "2023-10-01"),
        ("from mid-August through Saturday", "range", "2023-08-11", "2023-10-21"),
        ("between January and mid-December last year", "range", "2022-01-01", "2022-12-20"),
        ("between November and February", "range", "2022-11-01", "2023-02-28"),
        ("on the 21st", "on", "2023-10-21", "2023-10-21"),
        ("shown for the 7th and 8th of last month", "on", "2023-09-07", "2023-09-08"),
        ("on April 2 and 3", "on", "2023-04-02", "2023-04-03"),
        ("on Friday", "on", "2023-10-20", "2023-10-20"),
        ("on Thursday", "on", "2023-10-26", "2023-10-26"),
        ("over the weekend", "on", "2023-10-21", "2023-10-22"),
        ("last week", "on", "2023-10-16", "2023-10-22"),
        ("the week of October 9", "on", "2023-10-09", "2023-10-15"),
        ("last month", "on", "2023-09-01", "2023-09-30"),
        ("in November", "on", "2022-11-01", "2022-11-30"),
        ("in the past two months", "running", "2023-08-26", "2023-10-26"),
        ("over the last five months", "running", "2023-05-26", "2023-10-26"),
        ("in the five months to February 2023", "on", "2022-10-01", "2023-02-28"),
        ("by Oct. 14", "until", "", "2023-10-14"),
        ("as of 14 September 2023", "until", "", "2023-09-14"),
        ("late last year", "on", "2022-09-01", "2022-12-31"),
        ("in the last quarter of 2022", "on", "2022-10-01", "2022-12-31"),
        ("two weeks ago", "on", "2023-10-09", "2023-10-15"),
        ("yesterday", "on", "2023-10-25", "2023-10-25"),
        ("2023-10-13", "on", "2023-10-13", "2023-10-13"),
    ],
)
def test_a_date_is_the_days_it_may_mean(text, form, first, last):
    assert read(text) == [(form, first, last)]


@pytest.mark.parametrize(
    ("code", "text", "form", "first", "last"),
    [
        ("ko", "지난달 4일", "on", "2023-09-04", "2023-09-04"),
        ("ko", "지난해 8월 이후", "since", "2022-08-01", ""),
        ("ko", "8월 26일부터 10월 14일까지", "range", "2023-08-26", "2023-10-14"),
        ("ko", "8~9일 사이", "on", "2023-10-08", "2023-10-09"),
        ("ja", "8月26日以降", "since", "2023-08-26", ""),
        ("ru", "в период с 7 сентября по 1 октября", "range", "2023-09-07", "2023-10-01"),
        ("ru", "в конце сентября", "on", "2023-09-21", "2023-09-30"),
        ("ru", "с августа 2022 года", "since", "2022-08-01", ""),
        ("uk", "від середини 2022 року", "since", "2022-06-01", ""),
        ("uk", "12 березня", "on", "2023-03-12", "2023-03-12"),
        ("de", "Zwischen dem 26. August und dem 14. Oktober", "range", "2023-08-26", "2023-10-14"),
        ("de", "Ende September", "on", "2023-09-21", "2023-09-30"),
    ],
)
def test_other_languages_tell_dates_in_their_own_way(code, text, form, first, last):
    assert read(text, code) == [(form, first, last)]


@pytest.mark.parametrize(
    "text",
    ["in recent weeks", "over the past weeks", "They may go.", "We march on.", "the 19th vessel"],
)
def test_what_tells_no_date_gives_no_window(text):
    assert read(text) == []


def test_korean_counts_of_days_are_no_dates():
    assert read("16일 만에", "ko") == []
    assert read("2~3일에 한 번꼴로", "ko") == []


def test_a_day_counted_from_another_waits_for_it():
    [window] = windows("two days later", PUBLISHED, CALENDARS["en"])
    assert window.after(date(2024, 3, 12)).first == date(2024, 3, 14)
    assert window.after(None) is None


@given(st.dates(date(2022, 1, 1), date(2026, 12, 31)), st.integers(0, 364))
def test_a_day_without_year_is_the_latest_such_day(published, back):
    day = published - timedelta(days=back)
    text = f"on {day.day} {MONTHS[day.month - 1]}"
    [(form, first, last)] = read(text, published=published)
    assert (form, first, last) == ("on", str(day), str(day))


@given(st.dates(date(2022, 1, 1), date(2026, 12, 31)), st.sampled_from(MONTHS))
def test_a_month_never_begins_after_publication(published, month):
    [(_, first, _)] = read(f"in {month}", published=published)
    assert first <= str(published)


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(0, 60))
def test_months_before_keeps_the_day_or_takes_the_months_last(day, months):
    earlier = months_before(day, months)
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day <= day.day
