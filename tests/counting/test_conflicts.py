"""Conflicts: what cannot all be so is named, no more than need be, and the rest still counts."""

import pandas as pd
import pytest
from worlds import counts, day, fact, places, table, world

from geo.counting import Scope, conflicts, count_scopes

WHERE = places(2, 2)
EAST = {"direction": "KP>RU", "mode": "sea"}
SEA = {"mode": "sea", "origin": "kp", "destination": "ru"}


def window(first, last):
    days = {"date_start": day(first), "date_end": day(last)}
    return days | {"inner_start": day(first), "inner_end": day(last)}


def at_least(name, number, first=0, last=30, **said):
    return fact(name, low=number, best=number, **(EAST | window(first, last) | said))


def at_most(name, number, first=0, last=30, **said):
    numbers = {"quantifier": "range", "low": 0, "best": 0, "high": number}
    return fact(name, **(EAST | window(first, last) | numbers | said))


def kinds(rows, kind="clash", **options):
    found = conflicts(table(rows), WHERE, **options)
    return found[found["kind"] == kind]


def test_a_ceiling_yields_to_a_floor_and_the_rest_is_counted():
    rows = [at_least("csis", 6), at_most("denier", 3), at_least("later", 2, 40, 60)]
    (clash,) = kinds(rows).itertuples()
    assert clash.facts == "csis;denier"
    assert clash.set_aside == "denier"
    assert "at least 6" in clash.words
    assert "at most 3" in clash.words
    whole = counts(table(rows), WHERE, since=day(0), **SEA).iloc[-1]
    assert whole["cum_low"] == 8
    assert whole["cum_high"] is pd.NA


def test_a_ceiling_that_a_fallen_one_hid_comes_back():
    rows = [at_least("six", 6), at_most("three", 3), at_most("nine", 9)]
    (clash,) = kinds(rows).itertuples()
    assert clash.set_aside == "three"
    whole = counts(table(rows), WHERE, since=day(0), **SEA).iloc[-1]
    assert (whole["cum_low"], whole["cum_high"]) == (6, 9)
    assert whole["facts_cum_high"] == "nine"


def test_every_floor_that_cannot_stand_beside_the_ceiling_is_named():
    rows = [
        at_most("none", 1), at_least("eight", 8), at_least("five", 5, 10, 35),
        at_least("two", 2, 0, 12, origin="port-0", direction=""), at_least("late", 3, 40, 50),
    ]  # fmt: skip
    rows[2] |= window(2, 20)
    found = kinds(rows)
    named = {name for cell in found["facts"] for name in cell.split(";")}
    assert {"none", "eight", "five"} <= named
    assert "late" not in named


def test_a_clash_that_takes_several_to_make_names_them_all():
    # Three in each half; at most five in all: no two of these clash.
    rows = [at_least("first", 3, 0, 10), at_least("second", 3, 11, 30), at_most("all", 5)]
    (clash,) = kinds(rows).itertuples()
    assert clash.facts == "all;first;second"


def test_clashes_far_apart_are_told_one_by_one():
    rows = [
        at_least("a", 5, 0, 10), at_most("b", 2, 0, 10),
        at_least("c", 7, 50, 60), at_most("d", 1, 50, 60),
    ]  # fmt: skip
    assert sorted(kinds(rows)["facts"]) == ["a;b", "c;d"]


@pytest.mark.parametrize("seed", range(8))
def test_a_planted_falsehood_is_named_and_no_other_ceiling_is_blamed(seed):
    made = world(seed, facts=60)
    told = made.truth["day"].between(0, 200) & (made.truth["mode"] == "sea")
    assert told.sum() > 3
    planted = at_most("planted", 3, 0, 200, mode="sea", origin="kp", destination="ru")
    both = pd.concat([made.facts, table([planted])], ignore_index=True)
    found = conflicts(both, made.places)
    clashes = found[found["kind"] == "clash"]
    assert set(clashes["set_aside"]) <= {"planted"}
    sea = Scope("trip", "sea", "kp", "ru")
    without = count_scopes(made.facts, made.places, [sea])
    if len(clashes):
        with_it = count_scopes(both, made.places, [sea], until=without["end"].iloc[-1])
        assert with_it["cum_low"].tolist() == without["cum_low"].tolist()


def ship(name, place, first, last=None, vessel="Maia-1", **said):
    call = {"unit": "port_call", "kind": "sighting", "scope": "event", "port": place}
    return fact(
        name, vessel=vessel, **(call | {"origin": place} | window(first, last or first) | said)
    )


def hours(one, other):
    return 30.0


def test_a_ship_in_two_ports_closer_in_time_than_its_passage_is_a_conflict():
    def listed(*rows):
        return kinds(rows, "two_places", hours_between=hours)["facts"].tolist()

    here = ship("here", "port-0", 10)
    assert listed(here, ship("there", "harbour-0", 10)) == ["here;there"]
    assert listed(here, ship("there", "harbour-0", 11)) == ["here;there"]  # 24 hours for 30
    assert listed(here, ship("there", "harbour-0", 12)) == []
    assert listed(here, ship("there", "harbour-0", 9)) == ["here;there"]
    assert listed(here, ship("there", "harbour-0", 9, 12)) == []  # it may have been the 12th
    assert listed(here, ship("there", "harbour-0", 10, vessel="Maria")) == []
    assert listed(here, ship("again", "port-0", 10)) == []
    assert listed(here, ship("either", "harbour-0", 10, vessel="Maia-1;Maria")) == []


def test_a_trip_ends_where_the_ship_then_is():
    def trip(origin, first):
        movement = {"kind": "movement", "scope": "event", "origin": origin}
        return fact(
            "trip", destination="harbour-0", vessel="Maia-1", **movement, **window(first, first)
        )

    def listed(*rows):
        return kinds(rows, "two_places", hours_between=hours)["facts"].tolist()

    assert listed(ship("here", "port-0", 10), trip("kp", 10)) == ["here;trip"]
    # The day it sailed from a port is a day in that port.
    assert listed(ship("here", "port-0", 10), trip("port-0", 10)) == []


def test_without_routes_the_great_circle_at_high_speed_is_the_least_time():
    far = WHERE.assign(lat=[42.0 + 3 * k for k in range(len(WHERE))])
    rows = table([ship("here", "port-0", 10), ship("there", "harbour-1", 11)])
    found = conflicts(rows, far)
    # 9 degrees of latitude are 1,001 km: 34 hours at 16 knots, told on following days.
    assert found.loc[found["kind"] == "two_places", "words"].str.contains("34 hours").tolist() == [
        True
    ]


def test_what_nobody_saw_where_another_saw_it_is_a_conflict_that_bounds_nothing():
    unseen = {"quantifier": "none_seen", "low": 0, "best": 0, "unit": "port_call", "port": "port-0"}
    quiet = fact("quiet", **(unseen | {"origin": "port-0"} | window(8, 14)))
    assert kinds([quiet, ship("seen", "port-0", 10)], "not_seen")["facts"].tolist() == [
        "quiet;seen"
    ]
    assert kinds([quiet, ship("seen", "port-0", 10, 20)], "not_seen").empty  # perhaps later
    assert kinds([quiet, ship("seen", "port-1", 10)], "not_seen").empty


def test_numbers_of_different_things_differ_by_definition():
    trips = at_least("trips", 32, origin="port-0")
    visits = at_least("visits", 25, unit="port_call", port="port-0", origin="port-0")
    found = conflicts(table([trips, visits]), WHERE)
    assert found["kind"].tolist() == ["definition"]
    assert found["unit"].tolist() == [""]


def test_different_numbers_for_one_thing_are_told_as_figures():
    found = conflicts(table([at_least("a", 32), at_least("b", 27)]), WHERE)
    assert found["kind"].tolist() == ["figures"]
    same_claimant = [at_least("a", 32, claimant="x"), at_least("b", 27, claimant="x")]
    assert conflicts(table(same_claimant), WHERE).empty
    apart = [at_least("a", 32, 0, 30), at_least("b", 27, 28, 60)]
    assert conflicts(table(apart), WHERE).empty


def differences(**values):
    """Tellings of fact F that differ, by column."""
    rows = []
    for column, said in values.items():
        for k, value in enumerate(said):
            rows.append(("F", "trip", "KP>RU", column, value, f"C{k}", f"R{k}"))
    columns = ["fact_id", "unit", "direction", "column", "value", "claims", "sources"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"number": ["at least 4", "at least 5"]}, "retelling"),
        ({"number": ["about 73", "up to 73"]}, "drift"),
        (
            {"date_start": ["2023-10-01", "2024-09-20"], "date_end": ["2024-02-29", "2025-02-20"]},
            "retelling",
        ),
        ({"date_start": ["2023-08-01", "2023-08-21"]}, "drift"),
        ({"destination": ["harbour-0", "harbour-1"]}, "retelling"),
        ({"destination": ["harbour-0", "ru"]}, "drift"),
        ({"destination": ["harbour-0;harbour-1", "harbour-1"]}, "drift"),
        ({"mode": ["rail", "sea"]}, "retelling"),
        ({"stance": ["asserts", "suspects"]}, "drift"),
        ({"stance": ["asserts", "denies"]}, "retelling"),
    ],
)
def test_tellings_that_exclude_each_other_are_told_from_those_that_drift(values, kind):
    known = table([at_least("F", 4)])
    (row,) = conflicts(known, WHERE, differences(**values)).itertuples()
    assert row.kind == kind
    assert row.claims == "C0;C1"
    assert row.sources == "R0;R1"


def test_who_is_credited_and_other_details_that_bear_on_no_count_are_left_out():
    known = table([at_least("F", 4)])
    assert conflicts(known, WHERE, differences(claimant=["VOA", "RFA"])).empty


def test_no_facts_have_no_conflicts():
    assert conflicts(table([]), WHERE).empty
