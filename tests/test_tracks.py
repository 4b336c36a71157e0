"""Trips and flows on routes: what is drawn, what is not, and that a line is never a claim."""

from __future__ import annotations

import lzma

import pytest
import shapely

from geo import claims, facts, seeds, tracks, trips
from geo.places import Gazetteer


@pytest.fixture(scope="module")
def laid(shipped, gazetteer):
    known = claims.known(shipped.claims, shipped.sources)
    identified, flows = trips.trips_and_flows(facts.facts(known, gazetteer)[0])
    return (*tracks.tracks(identified, flows, gazetteer), identified, flows)


def test_every_trip_and_flow_has_a_track_or_a_reason(laid):
    drawn, unlocated, identified, flows = laid
    told = sorted([*identified["trip_id"], *flows["flow_id"]])
    assert sorted({*drawn["of_id"]} | {*unlocated["of_id"]}) == told
    assert not {*drawn["of_id"]} & {*unlocated["of_id"]}
    assert (unlocated["reason"] != "").all()


def test_no_ship_sails_over_land(laid):
    packed = seeds.shipped().joinpath("coast_land.wkb.xz").read_bytes()
    land = shapely.union_all(shapely.get_parts(shapely.from_wkb(lzma.decompress(packed))))
    at_sea = laid[0][laid[0]["mode"] == "sea"]
    assert len(at_sea) > 5
    on_land = shapely.intersection(at_sea.geometry.to_numpy(), land)
    assert shapely.length(on_land).max() == 0


def test_every_rail_journey_between_the_countries_breaks_at_the_bridge(laid, gazetteer):
    rail = laid[0][laid[0]["mode"] == "rail"]
    for _, legs in rail.groupby("of_id"):
        countries = {gazetteer.country[p] for p in (*legs["origin"], *legs["destination"])}
        if countries == {"KP", "RU"}:
            assert "friendship-bridge" in {*legs["origin"], *legs["destination"]}


def test_the_train_to_tikhoretsk_takes_the_trans_siberian(laid):
    line = laid[0].set_index("fact_id").loc[["E-WH-RAIL-OCT23"]].iloc[0]
    assert 9_700 < line["low_km"] < line["length_km"] < line["high_km"] < 10_400
    assert line["network_km"] < line["length_km"]
    chita = shapely.Point(113.5, 52.03)
    assert line.geometry.distance(chita) < 0.1


def test_every_route_is_inferred_and_says_how(laid):
    assert set(laid[0]["route_basis"]) == {"inferred"}
    assert (laid[0]["method"] != "").all()
    assert (laid[0]["low_km"] <= laid[0]["length_km"]).all()
    assert (laid[0]["length_km"] <= laid[0]["high_km"]).all()


def test_an_open_end_is_drawn_as_one_of_several(laid):
    nk_pro = laid[0][laid[0]["of_id"] == "E-NKP-32.trip.KP-RU"]
    assert sorted(nk_pro["destination"]) == ["dunai", "vostochny"]
    assert set(nk_pro["alternatives"]) == {2}
    assert set(nk_pro["low"]) == {32}


def test_countries_and_visits_have_no_line(laid):
    reasons = laid[1].set_index("of_id")["reason"]
    assert reasons["E-WH-1000C.container.KP-RU"] == "North Korea is a country, not a point"
    assert "visit" in reasons["E-CSIS-25.port_call.KP-RU"]


def test_no_claim_means_no_track(laid, gazetteer):
    _, _, identified, flows = laid
    drawn, unlocated = tracks.tracks(identified.head(0), flows.head(0), gazetteer)
    assert (len(drawn), len(unlocated)) == (0, 0)
    assert list(drawn) == list(laid[0])


def test_a_place_far_from_any_railway_is_told_and_stops_nothing(shipped, gazetteer, laid):
    identified, flows = laid[2], laid[3]
    far = shipped.places.copy()
    far.loc[far["place_id"] == "tikhoretsk", ["lat", "lon"]] = (70.0, 160.0)
    moved = Gazetteer(far, shipped.place_aliases)
    drawn, unlocated = tracks.tracks(identified, flows, moved)
    reason = unlocated.set_index("of_id")["reason"]["E-WH-RAIL-OCT23.container.RU-RU"]
    assert reason.startswith("no route by rail: ")
    assert len(drawn) > 20
