"""Routes by sea: over water only, no longer than they must be, honest about their ends."""

from __future__ import annotations

import lzma
import math
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import sea
from geo.sea.coast import CORRIDOR
from geo.seeds import shipped

WGS84 = Geod(ellps="WGS84")
#: Shortest water path in km, found by another program (extremitypathfinder and an exact
#: visibility graph) on the OSM coast alone; Dunai from a point 3 km nearer, so it is left out.
SHORTEST_KM = {
    ("rajin", "vostochny"): 241.7,
    ("rajin", "vladivostok"): 174.5,
    ("chongjin", "vladivostok"): 228.3,
}
PORTS = ("rajin", "chongjin", "dunai", "vostochny", "nakhodka", "vladivostok", "zarubino", "posyet")
west, south, east, north = CORRIDOR
corridor_points = st.tuples(st.floats(west + 0.2, east - 0.2), st.floats(south + 0.2, north - 0.2))


@cache
def _coast() -> shapely.Geometry:
    packed = shipped().joinpath("coast_land.wkb.xz").read_bytes()
    parts = shapely.get_parts(shapely.from_wkb(lzma.decompress(packed)))
    land = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    shapely.prepare(land)
    return land


@pytest.mark.parametrize("pair", SHORTEST_KM)
def test_lengths_agree_with_another_program(pair: tuple[str, str]) -> None:
    found = sea.route(*pair)
    assert found.low_km == pytest.approx(SHORTEST_KM[pair], rel=0.005)
    assert found.low_km <= found.length_km <= 1.01 * found.low_km


def test_rajin_to_dunai_is_a_little_longer_than_to_its_western_bay() -> None:
    found = sea.route("rajin", "dunai")
    assert 192.5 < found.low_km < 197
    assert found.length_km < 1.01 * found.low_km


@pytest.mark.parametrize("origin", PORTS)
def test_no_line_between_ports_of_the_corridor_touches_land(origin: str) -> None:
    for destination in PORTS:
        if destination != origin:
            found = sea.route(origin, destination)
            assert not _coast().intersects(found.geometry)
            assert found.crosses_land_km == 0


@given(corridor_points, corridor_points)
@settings(max_examples=40, deadline=None)
def test_any_two_points_of_the_corridor_are_joined_over_water(
    origin: tuple[float, float], destination: tuple[float, float]
) -> None:
    try:
        found = sea.route(origin, destination)
    except ValueError:
        return
    assert not _coast().intersects(found.geometry)
    (x0, y0), *_, (x1, y1) = found.geometry.coords
    apart_km = WGS84.inv(x0, y0, x1, y1)[2] / 1000
    assert apart_km * 0.9999 <= found.low_km <= found.length_km <= found.high_km
    assert found.length_km == pytest.approx(WGS84.geometry_length(found.geometry) / 1000)


@given(corridor_points, corridor_points, corridor_points)
@settings(max_examples=15, deadline=None)
def test_a_stop_on_the_way_never_shortens_the_shortest_path(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    try:
        afloat = [sea.route(p, "rajin").geometry.coords[0] for p in (a, b, c)]
        direct, first, second = (
            sea.route(afloat[i], afloat[j]).low_km for i, j in ((0, 2), (0, 1), (1, 2))
        )
    except ValueError:
        return
    assert direct <= (first + second) * 1.0001 + 0.001


def test_the_way_back_is_the_same_line_reversed() -> None:
    there, back = sea.route("rajin", "dunai"), sea.route("dunai", "rajin")
    assert back.geometry.equals_exact(there.geometry.reverse())
    assert back.length_km == there.length_km
    assert back.snap_km == there.snap_km[::-1]


def test_a_leg_starts_at_the_approach_point_and_says_how_far_the_berth_is() -> None:
    places = pd.read_csv(str(shipped().joinpath("places.csv"))).set_index("place_id")
    found = sea.route("rajin", "dunai")
    rajin = places.loc["rajin"]
    assert found.geometry.coords[0] == pytest.approx((rajin.approach_lon, rajin.approach_lat))
    metres = WGS84.inv(rajin.lon, rajin.lat, rajin.approach_lon, rajin.approach_lat)[2]
    assert found.snap_km[0] == pytest.approx(metres / 1000, abs=0.001)


def test_a_point_on_land_starts_at_the_nearest_water() -> None:
    station = (130.28917, 42.24972)
    found = sea.route(station, "vladivostok")
    start = shapely.Point(found.geometry.coords[0])
    assert not _coast().intersects(start)
    assert 0.5 < found.snap_km[0] < 2
    assert shapely.distance(_coast(), start) * 111_000 < 60


@pytest.mark.parametrize("away", [(math.nan, 42.0), (math.inf, 42.0), (131.0, 91.0), (181.0, 0.0)])
def test_a_point_off_the_globe_is_refused_by_its_value(away: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=str(away[0])):
        sea.route(away, "rajin")


@pytest.mark.parametrize(
    ("origin", "destination", "told"),
    [
        ("rajin", "rajin", "same point"),
        ("rajin", "atlantis", "atlantis"),
        ("rajin", "tikhoretsk", "tikhoretsk"),
        ("rajin", "primorsky-krai", "an area"),
        ("rajin", "khabarovsk", "khabarovsk"),
    ],
)
def test_a_leg_that_cannot_be_is_refused_by_name(origin: str, destination: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        sea.route(origin, destination)


def test_a_users_own_places_are_used() -> None:
    row = {"place_id": "buoy", "lon": 131.0, "lat": 42.2, "approach_lon": np.nan,
           "approach_lat": np.nan, "where_prec": 1}  # fmt: skip
    own = pd.DataFrame([row, row | {"place_id": "light", "lon": 131.5}])
    assert sea.route("buoy", "light", places=own).length_km == pytest.approx(
        WGS84.inv(131.0, 42.2, 131.5, 42.2)[2] / 1000, rel=1e-4
    )


def test_each_row_of_pairs_gets_its_route_and_each_distinct_pair_one_line() -> None:
    pairs = pd.DataFrame(
        {
            "origin": ["rajin", "dunai", "rajin", "chongjin"],
            "destination": ["dunai", "rajin", "dunai", "vladivostok"],
        },
        index=[7, 3, 5, 1],
    )
    found = sea.routes(pairs)
    assert list(found.index) == [7, 3, 5, 1]
    assert list(found["origin"]) == list(pairs["origin"])
    assert found.crs.to_epsg() == 4326
    assert found.geometry[7] is found.geometry[5]
    assert found["length_km"].tolist() == [
        sea.route(*pair).length_km for pair in pairs.itertuples(index=False)
    ]


def test_a_pair_of_points_works_in_a_table() -> None:
    pairs = pd.DataFrame({"origin": [(131.0, 42.0)], "destination": ["rajin"]})
    assert sea.routes(pairs)["length_km"].item() == sea.route((131.0, 42.0), "rajin").length_km


def test_no_pairs_give_no_routes() -> None:
    assert len(sea.routes(pd.DataFrame({"origin": [], "destination": []}))) == 0


def test_an_arrival_earlier_than_a_fast_ship_contradicts_the_departure() -> None:
    # 196 to 226 km take 6 hours at 17 knots and 15 at 8.
    window = sea.arrival(sea.route("rajin", "dunai"), date(2023, 10, 1), date(2023, 10, 3))
    assert window == (date(2023, 10, 1), date(2023, 10, 4))


def test_a_voyage_round_asia_takes_weeks() -> None:
    # 17,000 km at 17 knots: 22.5 days; 19,500 km at 8 knots: 55 days.
    found = sea.route("rajin", (37.7867, 44.7167))
    window = sea.arrival(found, date(2023, 10, 1), date(2023, 10, 1))
    assert date(2023, 10, 22) <= window.start <= date(2023, 10, 24)
    assert date(2023, 11, 22) <= window.end <= date(2023, 11, 27)


def test_a_departure_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="2023-10-01"):
        sea.arrival(sea.route("rajin", "dunai"), date(2023, 10, 3), date(2023, 10, 1))
