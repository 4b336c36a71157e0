"""What was known when, and curves by claimant."""

import pandas as pd
from worlds import day, fact, places, table, world

from geo.counts import Scope, count_scopes, curves, known

WHERE = places(1, 2)
ALL = Scope()


def dated(first, last):
    return {"date_start": day(first), "date_end": day(last), "published": day(last)}


def test_the_total_known_on_each_day_counts_what_was_published_by_then():
    rows = [fact("a", low=2, **dated(0, 9)), fact("b", low=6, **dated(0, 20))]
    by_day = {"2023-08-05": [], "2023-08-10": rows[:1], "2023-08-21": rows}
    history = known({d: table(r) for d, r in by_day.items()}, by_day, WHERE, ALL)
    assert history["as_of"].tolist() == [pd.Timestamp(d) for d in by_day]
    assert history["low"].tolist() == [0, 2, 6]
    assert history["facts_low"].tolist() == ["", "a", "b"]
    assert history["high"].isna().all()


def test_facts_may_be_given_by_a_function_and_each_day_is_asked_once():
    asked = []

    def facts(as_of):
        asked.append(as_of)
        return table([fact("a", low=2, **dated(0, 9))])

    history = known(facts, ["2023-09-01", "2023-08-10", "2023-09-01"], WHERE, ALL)
    assert asked == ["2023-08-10", "2023-09-01"]
    assert history["low"].tolist() == [2, 2]


def test_knowing_more_never_counts_less():
    made = world(3, facts=50, ceilings=0)
    days = [str(d.date()) for d in sorted(set(made.facts["published"]))[::5]]

    def by(as_of):
        return made.facts[made.facts["published"] <= as_of].reset_index(drop=True)

    for scope in (Scope("trip", "sea", "kp", "ru"), Scope("trip", "sea", "port-0", "harbour-1")):
        history = known(by, days, made.places, scope)
        assert history["low"].is_monotonic_increasing
        last = count_scopes(by(days[-1]), made.places, [scope]).iloc[-1]
        assert history["low"].iloc[-1] == last["cum_low"]


def test_only_days_since_a_date_count_where_one_is_given():
    facts = table([fact("early", low=5, **dated(0, 9)), fact("late", low=2, **dated(20, 29))])
    history = known(lambda _: facts, [day(40)], WHERE, ALL, since=day(10))
    assert history["low"].tolist() == [2]


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
