"""Rail routes against published line lengths, the map, and themselves."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import rail, rail_network
from geo.seeds import shipped

WGS84 = Geod(ellps="WGS84")
DEPOTS = ("tikhoretsk", "mozdok", "yegorlykskaya")

#: Stations on the main line (longitude, latitude).
AT = {
    "Vladivostok": (131.8833, 43.1117),
    "Ussuriysk": (131.981, 43.802),
    "Khabarovsk": (135.074, 48.497),
    "Chita": (113.499, 52.026),
    "Ulan-Ude": (107.584, 51.843),
    "Irkutsk": (104.259, 52.283),
    "Taishet": (97.995, 55.941),
    "Krasnoyarsk": (92.833, 56.006),
    "Novosibirsk": (82.897, 55.036),
    "Omsk": (73.386, 54.940),
    "Tyumen": (65.522, 57.146),
    "Yekaterinburg": (60.602, 56.859),
    "Perm": (56.183, 58.005),
    "Kirov": (49.651, 58.581),
    "Baranovsky": (131.926, 43.647),
    "Khasan": (130.64465, 42.42994),
    "Tumangang": (130.60806, 42.42139),
    "Hongui": (130.5366, 42.4255),
    "Rajin": (130.28917, 42.24972),
    "Namyang": (129.8571, 42.95),
    "Pyongyang": (125.737, 39.005),
    "Salsk": (41.5287, 46.4747),
    "Tikhoretskaya": (40.125, 45.8547),
    "Bataysk": (39.7465, 47.140),
    "Volgograd": (44.511, 48.712),
}
#: Timetable distances and line lengths in kilometres (sources in docs/rail.md).
PUBLISHED_KM = [
    ("Vladivostok", "Ussuriysk", 112),
    ("Ussuriysk", "Khabarovsk", 654),
    ("Khabarovsk", "Chita", 2327),
    ("Chita", "Ulan-Ude", 557),
    ("Ulan-Ude", "Irkutsk", 456),
    ("Irkutsk", "Taishet", 670),
    ("Taishet", "Krasnoyarsk", 418),
    ("Krasnoyarsk", "Novosibirsk", 762),
    ("Novosibirsk", "Omsk", 627),
    ("Omsk", "Tyumen", 572),
    ("Tyumen", "Yekaterinburg", 326),
    ("Yekaterinburg", "Perm", 381),
    ("Perm", "Kirov", 480),
    ("Baranovsky", "Khasan", 238),
    ("Khasan", "Ussuriysk", 260),
    ("Tumangang", "Khasan", 5),
    ("Hongui", "Rajin", 42.6),
    ("Namyang", "Rajin", 159),
    ("Pyongyang", "Tumangang", 845),
    ("Salsk", "Tikhoretskaya", 147),
    ("Salsk", "Bataysk", 177),
    ("Volgograd", "Tikhoretskaya", 535.5),
]


def km_from(line: shapely.LineString, lon: float, lat: float) -> float:
    """Geodesic distance of a point from the nearest of many points along a line."""
    dense = shapely.get_coordinates(shapely.segmentize(line, 0.02))
    _, _, metres = WGS84.inv(*dense.T, *np.full(dense.shape, (lon, lat)).T)
    return float(np.min(metres)) / 1000


@pytest.mark.parametrize(("origin", "destination", "published"), PUBLISHED_KM)
def test_a_line_is_as_long_as_published(origin: str, destination: str, published: float) -> None:
    route = rail.route(AT[origin], AT[destination])
    assert 0.95 <= route.network_km / published <= 1.01
    assert route.low_km <= published <= route.high_km


def test_the_published_rajin_khasan_length_lies_between_station_and_piers() -> None:
    published_km = 54  # which end of Rajin is meant is not said
    assert rail.route("rajin-station", "khasan").low_km < published_km
    assert rail.route("rajin", "khasan").high_km > published_km
    assert rail.route("rajin-station", "khasan").network_km / published_km > 0.95


@pytest.mark.parametrize(
    ("origin", "low", "best", "high"),
    [
        ("tumangang", 9889, 10123, 10307),
        ("rajin", 9939, 10173, 10356),
        ("dunai", 9802, 10036, 10219),
        ("vostochny", 9887, 10121, 10304),
        ("vladivostok", 9739, 9973, 10156),
    ],
)
def test_the_way_to_tikhoretskaya_has_its_known_range(
    origin: str, low: float, best: float, high: float
) -> None:
    route = rail.route(origin, "tikhoretskaya")
    assert route.low_km == pytest.approx(low, rel=0.01)
    assert route.length_km == pytest.approx(best, rel=0.01)
    assert route.high_km == pytest.approx(high, rel=0.01)


@pytest.mark.parametrize("depot", DEPOTS)
@pytest.mark.parametrize("origin", ["tumangang", "rajin", "dunai", "vostochny"])
def test_a_train_to_a_depot_takes_the_trans_siberian(origin: str, depot: str) -> None:
    route = rail.route(origin, depot)
    for station in ("Chita", "Irkutsk"):
        assert km_from(route.geometry, *AT[station]) < 5
    assert [p for p in route.passages if p in ("chita", "irkutsk")] == ["chita", "irkutsk"]


def test_each_profile_passes_its_own_places_in_order() -> None:
    for profile, stations in rail.PROFILES.items():
        passages = rail.route("tumangang", "mozdok", profile).passages
        assert [p for p in passages if p in stations] == list(stations)


@pytest.mark.parametrize(
    ("origin", "destination"),
    [
        ((42.215, 51.203), "irkutsk"),  # west of Saratov, reached from the north
        ((113.0, 52.026), "mozdok"),  # just west of Chita
        ((46.0, 51.0), "chita"),  # just south of Saratov
    ],
)
def test_no_via_place_is_visited_to_and_fro(origin: rail.End, destination: rail.End) -> None:
    xy = shapely.get_coordinates(rail.route(origin, destination).geometry)
    assert len(np.unique(xy, axis=0)) == len(xy)


def test_the_ends_are_not_among_the_places_passed() -> None:
    assert rail.route("ussuriysk", "irkutsk").passages == ("khabarovsk", "chita")


@pytest.mark.parametrize(
    ("origin", "destination", "most_km"),
    [
        ("tumangang", "vladivostok", 345),
        ("rajin", "khasan", 60),
        ("dunai", "ugolnaya", 110),
        ("mozdok", "tikhoretsk", 500),
        ((49.651, 58.581), (37.657, 55.7765), 970),  # Kirov-Moscow, 957 km by timetable
    ],
)
def test_a_local_journey_is_not_pulled_through_far_places(
    origin: rail.End, destination: rail.End, most_km: float
) -> None:
    assert rail.route(origin, destination).length_km < most_km


def test_places_on_the_baikal_amur_line_are_reached_along_it() -> None:
    severobaikalsk, bratsk, taishet = (109.338, 55.638), (101.78, 56.15), AT["Taishet"]
    assert "irkutsk" not in rail.route("vladivostok", severobaikalsk).passages
    assert "irkutsk" not in rail.route("vladivostok", bratsk).passages
    assert "irkutsk" in rail.route("vladivostok", taishet).passages


@pytest.mark.parametrize("origin", ["tumangang", "rajin", "chongjin", "pyongyang", "hamhung"])
@pytest.mark.parametrize("destination", ["khasan", "vladivostok", "tikhoretsk"])
def test_every_border_crossing_is_on_the_friendship_bridge(origin: str, destination: str) -> None:
    bridge = (130.641056, 42.415167)
    route = rail.route(origin, destination)
    assert km_from(route.geometry, *bridge) < 1
    assert route.passages[0] == "friendship-bridge"


def test_no_journey_inside_one_country_crosses_the_bridge() -> None:
    for pair in (("rajin", "tumangang"), ("khasan", "mozdok"), ("pyongyang", "chongjin")):
        assert "friendship-bridge" not in rail.route(*pair).passages


def test_a_journey_over_the_border_is_two_legs_that_meet_on_the_bridge() -> None:
    whole = rail.route("rajin", "tikhoretsk")
    north_korean, russian = rail.legs("rajin", "tikhoretsk")
    assert (north_korean.country, russian.country) == ("KP", "RU")
    xy = [shapely.get_coordinates(leg.route.geometry) for leg in (north_korean, russian)]
    assert np.array_equal(
        np.concatenate([xy[0], xy[1][1:]]), shapely.get_coordinates(whole.geometry)
    )
    total = north_korean.route.length_km + russian.route.length_km
    assert total == pytest.approx(whole.length_km, abs=1e-6)
    assert 50 < north_korean.route.length_km < 60


def test_legs_turn_round_with_the_journey() -> None:
    assert [leg.country for leg in rail.legs("vladivostok", "rajin")] == ["RU", "KP"]
    assert [leg.country for leg in rail.legs("vladivostok", "mozdok")] == ["RU"]
    assert [leg.country for leg in rail.legs("rajin", "chongjin")] == ["KP"]


@pytest.mark.parametrize(
    "city",
    [
        (126.63, 45.76),  # Harbin
        (69.13, 54.87),  # Petropavl, on the line from Kurgan to Omsk through Kazakhstan
        (20.22, 67.85),  # Kiruna
        (106.88, 47.91),  # Ulaanbaatar
        (51.37, 51.21),  # Oral
        (36.23, 49.99),  # Kharkiv
        (34.10, 44.95),  # Simferopol
        (25.47, 65.01),  # Oulu
    ],
)
def test_no_track_of_other_countries_is_used(city: tuple[float, float]) -> None:
    assert rail_network.snap(*city).snap_km > 15


def test_snapping_finds_the_nearest_track_and_says_how_far() -> None:
    network = rail_network.load()
    tracks = shapely.linestrings(network.xy, indices=owners(network))
    for name in ("fokino", "zarubino", "tikhoretsk", "vostochny"):
        place = rail._shipped_places()[name]
        near = tracks[shapely.dwithin(tracks, shapely.Point(place.lon, place.lat), 0.5)]
        apart = min(km_from(track, place.lon, place.lat) for track in near)
        assert rail.route(name, "chita").snap_km[0] == pytest.approx(apart, abs=0.15)


def owners(network: rail_network.Network) -> np.ndarray:
    """Which edge each vertex belongs to."""
    return np.repeat(np.arange(len(network.km)), np.diff(network.first))


def test_the_line_begins_and_ends_where_it_was_snapped() -> None:
    route = rail.route("tikhoretsk", "rajin")
    for end, name, snap_km in zip((0, -1), ("tikhoretsk", "rajin"), route.snap_km, strict=True):
        place = rail._shipped_places()[name]
        _, _, metres = WGS84.inv(*route.geometry.coords[end], place.lon, place.lat)
        assert metres / 1000 == pytest.approx(snap_km, abs=0.001)


def test_the_line_is_never_much_longer_than_its_network_length() -> None:
    # Stored lengths are of the track, the drawn chords cut its curves.
    for pair in (("rajin", "tikhoretsk"), ("vladivostok", "khabarovsk"), ("tumangang", "khasan")):
        route = rail.route(*pair)
        drawn_km = WGS84.geometry_length(route.geometry) / 1000
        assert 0.9 * route.network_km < drawn_km < 1.01 * route.network_km


def test_the_dunai_spur_is_estimated_and_widens_the_range() -> None:
    route = rail.route("dunai-station", "smolyaninovo")
    assert route.estimated_km > 0.9 * route.network_km
    assert route.high_km - route.length_km > 0.09 * route.length_km
    surveyed = rail.route("khasan", "chita")
    assert surveyed.estimated_km < 0.01 * surveyed.network_km


def test_estimated_parts_are_as_long_as_the_estimate_and_lie_on_the_line() -> None:
    route = rail.route("dunai", "ugolnaya")
    parts = rail.estimated_parts(route.geometry)
    assert parts.geom_type == "MultiLineString"
    assert shapely.covers(shapely.buffer(route.geometry, 1e-6), parts)
    assert km_from(parts, 132.3352, 42.8788) < 1  # the spur's end is dashed
    assert km_from(parts, 132.061, 43.304) > 10  # Ugolnaya, on the main line, is not
    assert rail.estimated_parts(rail.route("dunai", "ugolnaya", "bam").geometry).equals(parts)


def test_many_pairs_give_what_single_ones_give_in_their_order() -> None:
    pairs = pd.DataFrame(
        {
            "origin": ["rajin", "tikhoretsk", "rajin", "dunai"],
            "destination": ["tikhoretsk", "rajin", "tikhoretsk", "mozdok"],
        },
        index=[7, 3, 9, 3],
    )
    table = rail.routes(pairs)
    assert table.crs == "EPSG:4326"
    assert list(table.index) == [7, 3, 9, 3]
    for pair, row in zip(pairs.itertuples(index=False), table.itertuples(), strict=True):
        single = rail.route(*pair)
        assert (row.origin, row.destination) == tuple(pair)
        assert (row.snap_km_origin, row.snap_km_destination) == single.snap_km
        assert row.geometry == single.geometry
        for column in ("length_km", "low_km", "high_km", "network_km", "estimated_km", "passages"):
            assert getattr(row, column) == getattr(single, column)


def test_no_pairs_give_an_empty_table_with_all_columns() -> None:
    empty = rail.routes(pd.DataFrame({"origin": [], "destination": []}))
    assert len(empty) == 0
    assert {"length_km", "low_km", "high_km", "geometry"} <= set(empty.columns)


def test_own_places_take_the_stead_of_the_shipped_ones() -> None:
    own = pd.DataFrame(
        {"place_id": ["a", "b"], "lon": [131.98, 135.07], "lat": [43.8, 48.5], "where_prec": [1, 1]}
    )
    assert rail.route("a", "b", places=own).length_km == pytest.approx(654, rel=0.015)
    with pytest.raises(ValueError, match="rajin"):
        rail.route("rajin", "b", places=own)


@pytest.mark.parametrize(
    ("origin", "destination", "says"),
    [
        ("atlantis", "rajin", "'atlantis' is not a known place"),
        ("rajin", "north-korea", "north-korea is an area"),
        ((math.nan, 43.0), "rajin", "nan"),
        ((131.0, 143.0), "rajin", "latitude 143"),
        ((200.0, 43.0), "rajin", "longitude 200"),
        ((160.0, 60.0), "rajin", r"\d+ km from the nearest railway"),
        ("rajin", "rajin", "same point"),
        (
            (142.73, 46.96),
            "vladivostok",
            "'vladivostok': no track .* separate networks",
        ),  # Sakhalin
        (None, "rajin", "neither a place id"),
    ],
)
def test_what_cannot_be_routed_says_why(origin: rail.End, destination: rail.End, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        rail.route(origin, destination)
    with pytest.raises(ValueError, match=says):
        rail.routes(pd.DataFrame({"origin": [origin], "destination": [destination]}))


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="transsib, bam, rostov"):
        rail.route("rajin", "khasan", "shortest")


#: Any point of the main network: an edge's number and how far along it.
spots = st.tuples(st.integers(0, 10**6), st.floats(0, 1))


def point(spot: tuple[int, float]) -> tuple[float, float]:
    network = rail_network.load()
    edge = spot[0] % len(network.km)
    xy = network.xy[network.first[edge] : network.first[edge + 1]]
    at = network.share[network.first[edge] : network.first[edge + 1]]
    return float(np.interp(spot[1], at, xy[:, 0])), float(np.interp(spot[1], at, xy[:, 1]))


def joined(a: tuple[float, float], b: tuple[float, float]) -> bool:
    one, other = rail_network.snap(*a), rail_network.snap(*b)
    return one[:2] != other[:2] and rail_network.piece(one, other) is not None


@settings(max_examples=60, deadline=None)
@given(spots, spots)
def test_the_way_back_is_the_same_line_and_ranges_hold(
    one: tuple[int, float], other: tuple[int, float]
) -> None:
    a, b = point(one), point(other)
    if not joined(a, b):
        return
    there, back = rail.route(a, b), rail.route(b, a)
    assert shapely.reverse(there.geometry) == back.geometry
    assert there.passages == back.passages[::-1]
    assert (there.length_km, there.low_km, there.high_km) == (
        back.length_km, back.low_km, back.high_km,
    )  # fmt: skip
    _, visits = np.unique(shapely.get_coordinates(there.geometry), axis=0, return_counts=True)
    assert visits.max() == 1  # no train goes to and fro
    assert 0 < there.low_km <= there.length_km <= there.high_km
    assert there.network_km <= there.length_km <= there.network_km * 1.031
    _, _, metres = WGS84.inv(*a, *b)
    assert metres / 1000 < there.length_km + sum(there.snap_km) + 0.01


@settings(max_examples=25, deadline=None)
@given(spots, spots)
def test_a_line_follows_the_network_and_its_legs_add_up(
    one: tuple[int, float], other: tuple[int, float]
) -> None:
    a, b = point(one), point(other)
    if not joined(a, b):
        return
    line = rail.route(a, b).geometry
    for lon, lat in shapely.get_coordinates(line)[::40]:
        assert rail_network.snap(float(lon), float(lat)).snap_km < 1e-6
    parts = rail.legs(a, b)
    assert sum(leg.route.length_km for leg in parts) == pytest.approx(
        rail.route(a, b).length_km, rel=1e-9
    )
    for before, after in pairwise(parts):
        assert before.route.geometry.coords[-1] == after.route.geometry.coords[0]
        assert before.country != after.country


def test_no_track_lies_inside_another_country() -> None:
    countries = json.loads(shipped().joinpath("basemap_land.json").read_text(encoding="utf-8"))
    others = [
        # The drawn borders are generalised to a few kilometres.
        shapely.make_valid(shapely.geometry.shape(each["geometry"])).buffer(-0.06)
        for each in countries["features"]
        if each["properties"]["n"] not in ("Russia", "North Korea")
    ]
    network = rail_network.load()
    tree = shapely.STRtree(shapely.points(network.xy))
    inside, vertices = tree.query(others, predicate="contains")
    assert network.xy[vertices].tolist() == []
    assert len(set(inside)) == 0
