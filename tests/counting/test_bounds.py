"""Lows and highs against enumeration, and against longest paths between days."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from worlds import FIRST_DAY, day, fact, places, table, world

from geo.counting import Scope, conflicts, count_scopes
from geo.counting.history import histories
from geo.counting.statements import statements

DAYS = 3
HARBOURS = ("harbour-0", "harbour-1")
#: What a fact or scope may cover: harbours, then ships.
COVERS = tuple(product(("harbour-0", "harbour-1", "harbour-0;harbour-1"), ("", "Angara")))
ASKED = (("harbour-0", ""), ("harbour-0", "Angara"), ("harbour-0;harbour-1", ""))
SPANS = tuple((a, b) for a in range(DAYS) for b in range(a, DAYS))
#: Worlds that share a table, each with a port of its own: they must not touch each other.
BLOCK = 50
WHERE = places(BLOCK, 2)


@pytest.fixture(scope="module")
def sums():
    """Sums over every cover and span of all 531,441 histories of 0 to 2 trips in 12 cells."""
    grid = np.indices((3,) * 12, dtype=np.int8).reshape(12, -1).reshape(2, 2, DAYS, -1)
    out = {}
    for to, ship in COVERS:
        on = grid[[HARBOURS.index(h) for h in to.split(";")]][:, : 1 if ship else 2]
        for a, b in SPANS:
            out[to, ship, a, b] = on[:, :, a : b + 1].sum(axis=(0, 1, 2), dtype=np.int8)
    return out


def tiny(seed):
    """One to six facts on three days, two harbours and a named ship, and how they are bounded."""
    rng = np.random.default_rng(seed)
    rows, bounds = [], {}
    for n in range(rng.integers(1, 7)):
        to, ship = COVERS[rng.integers(len(COVERS))]
        a, b = SPANS[rng.integers(len(SPANS))]
        inner = sorted(rng.integers(a, b + 1, 2)) if rng.random() < 0.8 else None
        low = int(rng.integers(0, 3))
        high = int(rng.integers(low, 3)) if rng.random() < 0.6 else None
        rows.append(
            fact(
                f"F{seed}-{n}", origin=f"port-{seed % BLOCK}", destination=to, vessel=ship,
                low=low, high=high, date_start=day(a), date_end=day(b), quantifier="range",
                inner_start=day(inner[0]) if inner else pd.NaT,
                inner_end=day(inner[1]) if inner else pd.NaT,
            )
        )  # fmt: skip
        bounds[f"F{seed}-{n}"] = (to, ship, (a, b), low, inner, high)
    return rows, bounds


def fitting(sums, bounds, aside=()):
    """Which histories fit the bounds, but for the ceilings of facts set aside."""
    fits = np.ones(len(next(iter(sums.values()))), bool)
    for name, (to, ship, (a, b), low, inner, high) in bounds.items():
        fits &= sums[to, ship, a, b] >= low
        if high is not None and inner and name not in aside:
            fits &= sums[to, ship, *inner] <= high
    return fits


@pytest.mark.parametrize("block", range(10))
def test_bounds_equal_those_of_all_histories(sums, block):
    made = {seed: tiny(seed) for seed in range(BLOCK * block, BLOCK * block + BLOCK)}
    facts = table([row for rows, _ in made.values() for row in rows])
    told = conflicts(facts, WHERE)
    clashes = told[told["kind"] == "clash"]
    aside = {name for cell in clashes["set_aside"] for name in cell.split(";")}
    clashing = {int(name[1:].split("-")[0]) for name in aside}
    scopes = [
        Scope("trip", "", f"port-{k}", to, ship)
        for k, (to, ship) in product(range(BLOCK), COVERS) if to != "harbour-1"
    ]  # fmt: skip
    found = count_scopes(facts, WHERE, scopes, period="day", since=day(0), until=day(DAYS - 1))
    for origin, rows in found.groupby("origin"):
        seed = BLOCK * block + int(origin.split("-")[1])
        bounds = made[seed][1]
        assert (not fitting(sums, bounds).any()) == (seed in clashing)
        fits = np.flatnonzero(fitting(sums, bounds, aside))
        for row in rows.itertuples():
            last = (row.start - pd.Timestamp(FIRST_DAY)).days
            for first, low, high in ((last, row.low, row.high), (0, row.cum_low, row.cum_high)):
                inside = sums[row.destination, row.vessel, first, last][fits]
                assert low == inside.min(), (seed, row)
                if high is pd.NA:
                    assert inside.max() >= 2, (seed, row)  # only the enumeration's edge stops it
                else:
                    assert high == inside.max(), (seed, row)


def test_every_clash_cannot_hold_though_all_but_any_one_can(sums):
    clashes = 0
    for block in (20, 21):
        made = {seed: tiny(seed) for seed in range(BLOCK * block, BLOCK * block + BLOCK)}
        found = conflicts(table([row for rows, _ in made.values() for row in rows]), WHERE)
        for named in found.loc[found["kind"] == "clash", "facts"]:
            clashes += 1
            members = named.split(";")
            bounds = made[int(members[0][1:].split("-")[0])][1]
            assert not fitting(sums, {m: bounds[m] for m in members}).any()
            for spared in members:
                assert fitting(sums, {m: bounds[m] for m in members if m != spared}).any()
    assert clashes >= 5


def longest_paths(floors, ceilings, days):
    """Fewest and most on one lane: `longest[a, b]` from day a to before day b (Bellman-Ford).

    With N(t) movements before day t, a floor is an arc of its number from start to end, a ceiling
    an arc of minus its number back, and N never falls: the low is the longest path.
    """
    longest = np.full((days + 1, days + 1), -np.inf)
    np.fill_diagonal(longest, 0)
    arcs = [(t, t + 1, 0) for t in range(days)]
    arcs += [(a, b, n) for a, b, n in floors] + [(b, a, -n) for a, b, n in ceilings]
    for a, b, n in arcs:
        longest[int(a), int(b)] = max(longest[int(a), int(b)], n)
    for k in range(days + 1):
        longest = np.maximum(longest, longest[:, [k]] + longest[[k], :])
    return longest if not np.diag(longest).any() else None


def test_on_one_lane_the_bounds_are_longest_paths_between_days():
    checked = capped = 0
    for seed in range(12):
        made = world(seed, facts=60, months=8, corridors=1, ceilings=0.5)
        sea = made.facts[made.facts["mode"] == "sea"].assign(vessel="", destination="harbour-0")
        sea = sea.assign(
            origin="port-0", high=sea["high"].where(sea["high"].isna(), sea["high"] + 6)
        )
        scope = Scope("trip", "sea", "port-0", "harbour-0")
        first = int(FIRST_DAY.astype(int))
        told = statements(sea, made.places, "trip")
        edges = np.arange(first, first + made.days + 1)
        past = histories(told, made.places, [scope], edges.tolist())
        ceiled = told[np.isfinite(told["ceiling"]) & (told["inner_end"] > told["inner_start"])]
        longest = longest_paths(
            [(s - first, e - first, n) for s, e, n in told[["start", "end", "floor"]].to_numpy()],
            [(s - first, e - first, n) for s, e, n in
             ceiled[["inner_start", "inner_end", "ceiling"]].to_numpy()],
            made.days,
        )  # fmt: skip
        assert (longest is None) == bool(past.clashes)
        if longest is None:
            continue
        for a in range(0, made.days - 30, 31):
            ends = np.arange(a + 15, made.days + 1, 23)
            low = past.lows(0, np.full(len(ends), first + a), first + ends)
            high = past.highs(0, np.full(len(ends), first + a), first + ends)
            for b, least, most in zip(ends, low, high, strict=True):
                checked += 1
                assert least.value == longest[a, b]
                if most.value is not None:
                    capped += 1
                    assert most.value == -longest[b, a]
                else:
                    assert longest[b, a] == -np.inf
    assert checked > 200
    assert capped > 20
