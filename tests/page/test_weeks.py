"""Weeks of the chart: the same reports, read more closely."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.page.weeks import FIGURES, MOST_FACTS, SCOPE, weeks

RAJIN_DUNAI = ("trip", "sea", "rajin", "dunai")


@pytest.fixture(scope="module")
def weekly(tables):
    return weeks(tables.facts, tables.places, tables.counts)


def test_weeks_of_a_corridor_add_up_to_the_best_of_its_record(weekly, tables):
    """Six trips in eight weeks; every week begins on a Monday and lies in the window reported."""
    of = weekly.set_index(SCOPE).loc[RAJIN_DUNAI]
    assert of["best"].sum() == pytest.approx(6, abs=0.05)
    assert set(of["start"].dt.day_of_week) == {0}
    assert of["start"].min() >= pd.Timestamp("2023-08-21")
    assert of["start"].max() <= pd.Timestamp("2023-10-16")


def test_weeks_inside_a_month_never_exceed_it(weekly, tables):
    end = weekly["start"] + pd.Timedelta(6, "D")
    inside = weekly[weekly["start"].dt.to_period("M") == end.dt.to_period("M")]
    period = inside["start"].dt.strftime("%Y-%m").rename("period")
    summed = inside.groupby([*SCOPE, period])[["low", "best"]].sum()
    months = tables.counts.set_index([*SCOPE, "period"]).loc[summed.index]
    assert len(summed) > 10
    assert (summed["low"] <= months["low"]).all()
    # The best spreads a number over its window; rounding is to two digits a week.
    assert (summed["best"] <= months["best"] + 0.05).all()


def test_weeks_of_nothing_are_left_out(weekly):
    assert ((weekly["low"] > 0) | (weekly["best"] > 0) | weekly["high"].notna()).all()


def test_too_many_facts_have_no_weeks(tables):
    many = pd.concat([tables.facts[tables.facts["unit"] == "trip"]] * MOST_FACTS)
    none = weeks(many, tables.places, tables.counts)
    assert list(none) == [*SCOPE, "start", *FIGURES]
    assert none.empty
