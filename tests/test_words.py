"""Figures, days and scopes as people say them."""

from __future__ import annotations

import datetime as dt

import pytest

from geo import words


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [
        (6, 6.0, None, "at least 6"),
        (22400, 28000.0, None, "at least 22,400, best 28,000"),
        (3, 3.0, 3, "3"),
        (8, 10.0, 12, "8 to 12, best 10"),
        (0, 0.0, None, "no number reported"),
        (0, 0.0, 0, "0"),
    ],
)
def test_a_figure_says_no_more_than_is_known(low, best, high, said):
    assert words.figure(low, best, high) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, "at a time not stated"),
        (dt.date(2023, 12, 21), dt.date(2024, 2, 28), "from 21 December 2023 to 28 February 2024"),
        (dt.date(2024, 2, 4), dt.date(2024, 2, 4), "on 4 February 2024"),
        (dt.date(2024, 2, 4), None, "from 4 February 2024"),
    ],
)
def test_a_window_says_what_is_open(start, end, said):
    assert words.window(start, end) == said


def test_a_scope_names_its_places(gazetteer):
    said = words.scope("sea", "rajin", "dunai;vostochny", gazetteer)
    assert said == "by sea, Rajin to Dunai or Vostochny Port"
