"""Ends and mode to legs, or the reason why there are none."""

from __future__ import annotations

import pytest

from geo.legs import Leg, NoLegs, legs


def test_a_ship_goes_from_port_to_port(gazetteer):
    assert legs("rajin", "dunai", "sea", gazetteer) == [Leg("sea", "rajin", "dunai")]


def test_the_border_breaks_a_rail_journey_at_the_bridge(gazetteer):
    assert legs("tumangang", "tikhoretsk", "rail", gazetteer) == [
        Leg("rail", "tumangang", "friendship-bridge"),
        Leg("rail", "friendship-bridge", "tikhoretsk"),
    ]


def test_a_place_passed_on_the_way_is_honoured(gazetteer):
    path = legs("rajin", "vladivostok", "rail", gazetteer, via="khasan")
    assert [leg.destination for leg in path] == ["friendship-bridge", "khasan", "vladivostok"]


@pytest.mark.parametrize(
    ("origin", "destination", "mode", "reason"),
    [
        ("rajin", "russia", "sea", "Russia is a country"),
        ("dunai", "sw-russia", "rail", "region"),
        ("rajin", "", "sea", "destination not stated"),
        ("rajin", "dunai", "", "mode not stated"),
        ("pyongyang", "vladivostok", "air", "no route is drawn by air"),
        (
            "rajin",
            "tikhoretsk",
            "sea",
            "conflict: by sea, but Tikhoretsk ammunition depot has no port",
        ),
        ("rajin", "rajin", "sea", "same place"),
    ],
)
def test_what_cannot_be_drawn_says_why(gazetteer, origin, destination, mode, reason):
    with pytest.raises(NoLegs, match=reason):
        legs(origin, destination, mode, gazetteer)


def test_a_journey_by_sea_goes_on_by_rail_from_the_port_it_passes(gazetteer):
    assert legs("rajin", "tikhoretsk", "sea", gazetteer, via="dunai") == [
        Leg("sea", "rajin", "dunai"),
        Leg("rail", "dunai", "tikhoretsk"),
    ]


def test_a_train_with_a_ship_is_a_conflict(gazetteer):
    with pytest.raises(NoLegs, match="conflict: by rail, but the ship Angara"):
        legs("rajin", "dunai", "rail", gazetteer, vessel="Angara")


def test_a_ship_from_a_place_without_a_port_is_a_conflict(gazetteer):
    with pytest.raises(NoLegs, match="conflict: by sea, but Tumangang has no port"):
        legs("tumangang", "dunai", "sea", gazetteer)
