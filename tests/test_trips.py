"""Facts to trips and flows."""

from __future__ import annotations

import pytest

from geo import claims, facts, trips


@pytest.fixture(scope="module")
def told(shipped, gazetteer):
    known = claims.known(shipped.claims, shipped.sources)
    return trips.trips_and_flows(facts.facts(known, gazetteer)[0])


def test_an_identified_movement_is_a_trip(told):
    lady = told[0].set_index("fact_id").loc["E-LAD-0312"]
    assert (lady["vessel"], lady["origin"], lady["destination"]) == ("Lady R", "rajin", "vostochny")
    assert str(lady["date_start"].date()), str(lady["date_end"].date()) == (
        "2024-03-12",
        "2024-03-14",
    )


def test_a_count_is_a_flow_and_makes_no_trips(told):
    identified, flows = told
    assert "E-CSIS-6TRIPS" not in set(identified["fact_id"])
    assert flows.set_index("flow_id").loc["E-CSIS-6TRIPS.trip.KP-RU", "low"] == 6


def test_snapshots_denials_absences_and_sightings_are_neither(told):
    moved = {*told[0]["fact_id"], *told[1]["fact_id"]}
    assert not moved & {"E-TUM-0617", "E-DENY-PESKOV-1026", "E-HUR-SEP25", "E-VOA-1019"}


def test_no_fact_row_is_both(told):
    assert not {*told[0]["trip_id"]} & {*told[1]["flow_id"]}


def test_a_transfer_without_a_number_is_a_flow_without_a_number(told):
    flows = told[1][told[1]["fact_id"] == "E-RUSI-TIKH"]
    assert len(flows) > 0
    assert flows["low"].isna().all()
