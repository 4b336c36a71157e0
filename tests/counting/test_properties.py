"""What counts promise whatever is claimed."""

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import day, fact, places, table

from geo.counting import Scope, count_scopes
from geo.counting.history import histories
from geo.counting.statements import statements

DAYS = 3
WHERE = places(1, 2)
SCOPES = [
    Scope("trip", "", "port-0", "harbour-0"),
    Scope("trip", "", "port-0", "ru"),
    Scope("trip", "", "port-0", "ru", "Angara"),
]
BOUNDS = ["low", "high", "cum_low", "cum_high"]
#: Best is rounded to hundredths.
ROUNDING = 0.011
few = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@st.composite
def said(draw, ceilings=True):
    """What one fact says: a number of trips, of which the ceiling may be open."""
    a = draw(st.integers(0, DAYS - 1))
    b = draw(st.integers(a, DAYS - 1))
    low = draw(st.integers(0, 4))
    high = draw(st.none() | st.integers(low, 6)) if ceilings else None
    return {
        "destination": draw(st.sampled_from(["harbour-0", "harbour-1", "ru"])),
        "vessel": draw(st.sampled_from(["", "", "Angara", "Angara;Maria"])),
        "start": a, "end": b, "low": low, "high": high,
        "best": draw(st.integers(low, min(high, low + 2) if high is not None else low + 2)),
    }  # fmt: skip


def facts(claims, name="F"):
    """The table of some such facts, surely covering their whole window."""
    rows = []
    for n, c in enumerate(claims):
        window = {"date_start": day(c["start"]), "date_end": day(c["end"])}
        inner = {"inner_start": day(c["start"]), "inner_end": day(c["end"])}
        numbers = {k: c[k] for k in ("low", "best", "high", "destination", "vessel")}
        rows.append(
            fact(f"{name}{n}", origin="port-0", quantifier="range", **window, **inner, **numbers)
        )
    return table(rows)


def counted(known):
    return count_scopes(known, WHERE, SCOPES, period="day", since=day(0), until=day(DAYS - 1))


def clashing(known):
    return bool(histories(statements(known, WHERE, "trip"), WHERE, []).clashes)


def highs(counts):
    return counts[["high", "cum_high"]].astype("Float64").fillna(np.inf)


some = st.lists(said(), min_size=1, max_size=6)


@few
@given(some)
def test_bounds_hold_together(claims):
    counts = counted(facts(claims))
    for part in ("", "cum_"):
        assert (counts[f"{part}low"] <= counts[f"{part}best"]).all()
        assert (
            counts[f"{part}best"] <= counts[f"{part}high"].astype("Float64").fillna(np.inf)
        ).all()
    by_scope = dict(list(counts.groupby(["destination", "vessel"])))
    narrow, wide, ship = (by_scope[s.destination, s.vessel] for s in SCOPES)
    for column in ("low", "best", "cum_low", "cum_best"):
        for part in (narrow, ship):
            assert (part[column].to_numpy() <= wide[column].to_numpy() + ROUNDING).all()
    for scope in by_scope.values():
        assert (scope["low"].cumsum() <= scope["cum_low"]).all()
        assert scope["cum_low"].is_monotonic_increasing
        assert np.allclose(scope["best"].cumsum(), scope["cum_best"], atol=DAYS * ROUNDING)
        high = highs(scope)
        assert (high["high"].cumsum() >= high["cum_high"]).all()


@few
@given(some, st.randoms(use_true_random=False))
def test_order_and_labels_never_matter(claims, random):
    before = counted(facts(claims))
    random.shuffle(claims)
    after = counted(facts(claims, name="another-"))
    unnamed = ["low", "best", "high", "cum_low", "cum_best", "cum_high"]
    pd.testing.assert_frame_equal(before[unnamed], after[unnamed])


@few
@given(some)
def test_a_repeat_changes_nothing(claims):
    before = counted(facts(claims))
    again = pd.concat([facts(claims), facts(claims, name="echo-")], ignore_index=True)
    told = facts(claims).assign(tellings=18)
    numbers = [c for c in before.columns if not c.startswith("facts")]
    pd.testing.assert_frame_equal(before[numbers], counted(again)[numbers])
    pd.testing.assert_frame_equal(before, counted(told))


@few
@given(some, said())
def test_a_fact_added_never_widens_the_band_unless_it_makes_a_conflict(claims, another):
    more = facts([*claims, another])
    if clashing(more):
        return
    before, after = counted(facts(claims)), counted(more)
    assert (after[["low", "cum_low"]] >= before[["low", "cum_low"]]).all(axis=None)
    assert (highs(after) <= highs(before)).all(axis=None)


@few
@given(some, st.integers(0, DAYS - 2), st.integers(0, 3), st.integers(0, 3))
def test_exact_parts_never_loosen_a_window(claims, middle, first, second):
    whole = {
        "destination": "ru", "vessel": "", "start": 0, "end": DAYS - 1,
        "low": first + second, "best": first + second, "high": first + second,
    }  # fmt: skip
    left = whole | {"end": middle, "low": first, "best": first, "high": first}
    right = whole | {"start": middle + 1, "low": second, "best": second, "high": second}
    split = facts([*claims, left, right])
    if clashing(split):
        return
    one, two = counted(facts([*claims, whole])), counted(split)
    assert (two[["low", "cum_low"]] >= one[["low", "cum_low"]]).all(axis=None)
    assert (highs(two) <= highs(one)).all(axis=None)


@few
@given(some)
def test_what_is_no_count_bounds_nothing(claims):
    known = facts(claims)
    loud = {"low": 9, "best": 9, "high": 0, "destination": "ru", "vessel": "", "start": 0, "end": 1}
    idle = pd.concat(
        [
            facts([loud], name="denied-").assign(stance="denies"),
            facts([loud], name="capacity-").assign(kind="capacity"),
            facts([loud], name="pile-").assign(kind="sighting", scope="snapshot"),
            facts([loud], name="uncounted-").assign(kind="transfer"),
            facts([loud], name="railcars-").assign(unit="railcar"),
        ]
    )
    pd.testing.assert_frame_equal(
        counted(known), counted(pd.concat([known, idle], ignore_index=True))
    )
    unseen = facts([loud | {"low": 0, "best": 0, "high": None}], name="unseen-")
    both = counted(pd.concat([known, unseen.assign(quantifier="none_seen")], ignore_index=True))
    pd.testing.assert_frame_equal(counted(known)[BOUNDS], both[BOUNDS])


@settings(few, max_examples=8)
@given(some)
def test_the_facts_named_force_the_bound_and_none_can_be_spared(claims):
    claims = list({tuple(c.items()): c for c in claims}.values())
    known = facts(claims)
    if clashing(known):
        return
    counts = counted(known)
    last = counts.groupby(["destination", "vessel"]).tail(1)
    for number, row in last.iterrows():
        for bound in [b for b in BOUNDS if row[f"facts_{b}"]]:
            named = row[f"facts_{bound}"].split(";")
            alone = known[known["fact_id"].isin(named)].reset_index(drop=True)
            assert counted(alone).loc[number, bound] == row[bound]
            fewer = alone[alone["fact_id"] != named[0]].reset_index(drop=True)
            looser = counted(fewer).loc[number, bound]
            assert looser is pd.NA or looser != row[bound]
