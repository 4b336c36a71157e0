"""Past days: what the page holds for a day equals what a run as of that day gives."""

from __future__ import annotations

import pandas as pd
import pytest

import geo
from geo.page.history import history
from geo.page.known import known

DAYS = ["2022-12-23", "2023-10-17", "2023-10-26", "2024-02-29", "2024-03-02", "2025-04-16"]


@pytest.fixture(scope="module")
def everything() -> geo.Tables:
    return geo.load()


@pytest.fixture(scope="module")
def past(everything):
    return history(everything)


@pytest.mark.parametrize("day", DAYS)
def test_facts_and_tracks_of_a_past_day_equal_a_run_as_of_it(past, day):
    run = geo.load(as_of=day)
    stamp = pd.Timestamp(day)
    held = (past.facts["since"] <= stamp) & ~(past.facts["until"] <= stamp)
    facts = past.facts[held].sort_values(["fact_id", "unit", "direction"], ignore_index=True)
    pd.testing.assert_frame_equal(facts[list(run.facts)], run.facts)
    rows = past.tracks.merge(past.facts[held][["fact_id", "version", "claims"]])
    keys = ["fact_id", "mode", "origin", "destination", "low", "leg"]
    assert sorted(map(tuple, rows[keys].to_numpy(str))) == sorted(
        map(tuple, run.tracks[keys].to_numpy(str))
    )


@pytest.mark.parametrize("day", DAYS[1:4])
def test_trips_known_on_a_past_day_equal_a_run_as_of_it(everything, past, day):
    then = known(past.facts, everything.places, everything.counts)
    then = then[then["as_of"] <= pd.Timestamp(day)]
    scope = ["mode", "origin", "destination"]
    then = then.groupby(scope).last()
    run = geo.load(as_of=day).counts
    last = run[run["unit"] == "trip"].groupby(scope).last()
    assert len(last) > 3
    assert then.loc[last.index, "low"].tolist() == last["cum_low"].tolist()
    assert then.loc[last.index, "claims_low"].map(lambda c: set(c.split(";"))).tolist() == (
        last["claims_low"].map(lambda c: set(c.split(";"))).tolist()
    )


def test_every_fact_has_one_version_at_a_time(past):
    for _, rows in past.facts.groupby(["fact_id", "version"]):
        assert set(rows["since"]) == {rows["since"].iloc[0]}
    spans = past.facts.drop_duplicates(["fact_id", "version"]).sort_values(["fact_id", "version"])
    for _, rows in spans.groupby("fact_id"):
        assert rows["until"].iloc[:-1].tolist() == rows["since"].iloc[1:].tolist()
        assert rows["until"].iloc[-1] is pd.NaT
