"""What was known when, and curves by claimant."""

import pandas as pd
from worlds import day, fact, places, table, world

from geo.counting import Scope, count_scopes, curves, known

WHERE = places(1, 2)
ALL = Scope()


def dated(first, last):
    return {"date_start": day(first), "date_end": day(last), "published": day(last)}


def unchanged(facts):
    """Facts that have held since they were published."""
    return facts.assign(version=0, since=facts["published"], until=pd.NaT)


def test_the_total_known_on_each_day_counts_what_was_published_by_then():
    facts = table([fact("b", low=6, **dated(0, 20)), fact("a", low=2, **dated(0, 9))])
    history = known(unchanged(facts), WHERE, [ALL])
    assert history["as_of"].tolist() == [day(9), day(20)]
    assert history["low"].tolist() == [2, 6]
    assert history["facts_low"].tolist() == ["a", "b"]
    assert history["claims_low"].tolist() == ["C-a", "C-b"]
    assert history["high"].isna().all()


def test_what_is_only_suspected_is_told_apart_on_every_day():
    firm = fact("a", low=2, **dated(0, 9))
    facts = table([firm, fact("b", low=6, stance="suspects", **dated(0, 20))])
    history = known(unchanged(facts), WHERE, [ALL])
    assert history["low"].tolist() == [2, 6]
    assert history["low_asserted"].tolist() == [2, 2]


def test_a_fact_counts_as_it_stood_on_the_day():
    first, last = fact("a", low=6, **dated(0, 9)), fact("a", low=4, claims="C-a;C-b", **dated(0, 9))
    facts = table([first, last]).assign(version=[0, 1], since=[day(9), day(30)])
    history = known(facts.assign(until=[day(30), pd.NaT]), WHERE, [ALL])
    assert history["low"].tolist() == [6, 4]
    assert history["facts_low"].tolist() == ["a", "a"]
    assert history["claims_low"].tolist() == ["C-a", "C-a;C-b"]


def test_on_every_day_and_in_every_scope_the_total_is_that_of_the_counts_then():
    made = world(3, facts=50, ceilings=0.3)
    scopes = [
        Scope("trip", "sea", "kp", "ru"),
        Scope("trip", "sea", "port-0", "harbour-1"),
        Scope("trip", "rail", "tumangang", "khasan"),
    ]
    history = known(unchanged(made.facts), made.places, scopes)
    days = history["as_of"].unique()
    assert len(history) == len(days) * len(scopes)
    for as_of in days[::5]:
        then = made.facts[made.facts["published"] <= as_of].reset_index(drop=True)
        last = count_scopes(then, made.places, scopes).groupby("destination", sort=False).last()
        found = history[history["as_of"] == as_of]
        assert found["low"].tolist() == last["cum_low"].tolist()
        assert found["facts_low"].tolist() == last["facts_cum_low"].tolist()


def test_knowing_more_never_counts_less():
    made = world(3, facts=50, ceilings=0)
    history = known(unchanged(made.facts), made.places, [Scope("trip", "sea", "kp", "ru"), ALL])
    for _, series in history.groupby("mode"):
        assert len(series) > 10
        assert series["low"].is_monotonic_increasing


def test_only_days_since_a_date_count_where_one_is_given():
    facts = table([fact("early", low=5, **dated(0, 9)), fact("late", low=2, **dated(20, 29))])
    history = known(unchanged(facts), WHERE, [ALL], since=day(10))
    assert history["low"].tolist() == [0, 2]


def test_without_facts_nothing_was_ever_known():
    assert known(unchanged(table([])), WHERE, [ALL]).empty


def test_each_claimant_has_a_curve_of_its_own_that_never_falls():
    boxes = {"unit": "container", "direction": "KP>RU"}
    rows = [
        fact("s1", claimant="State", low=10_000, **boxes, **dated(0, 50)),
        fact("s2", claimant="State", low=7_000, **boxes, **dated(0, 90)),
        fact("s3", claimant="State", low=11_000, **boxes, **dated(0, 120)),
        fact("r1", claimant="Seoul", low=6_700, **boxes, **dated(20, 80)),
    ]
    drawn = curves(table(rows), WHERE, Scope("container", "", "kp", "ru"))
    points = [(r.claimant, r.low, r.facts) for r in drawn.itertuples()]
    assert points == [
        ("Seoul", 6700, "r1"), ("State", 10000, "s1"), ("State", 10000, "s1"), ("State", 11000, "s3"),
    ]  # fmt: skip
