"""Routes across the world's sea: open passages only, never over land, no longer than they must be.

Ports are given as longitude and latitude (World Port Index).
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import sea
from geo.route import Route
from geo.sea.coast import land
from geo.sea.corridor import holds
from geo.seeds import shipped

WGS84 = Geod(ellps="WGS84")
Point = tuple[float, float]
NOVOROSSIYSK, ROTTERDAM, NEW_YORK = (37.7867, 44.7167), (4.05, 51.97), (-74.02, 40.60)
TOKYO, SINGAPORE, OSAKA = (139.80, 35.60), (103.85, 1.2833), (135.4333, 34.65)
VALPARAISO, BUENOS_AIRES = (-71.62, -33.02), (-58.36, -34.60)
PORTS = (
    NOVOROSSIYSK, NEW_YORK, OSAKA, VALPARAISO, (24.6167, 65.7), (17.95, 58.9), (12.5, 45.4),
    (39.7, -4.05), (151.2, -33.85), (178.45, -18.13), (-122.5, 37.75), (-57.5, -38.05),
)  # fmt: skip
#: Shortest water path in km by another program, on a grid of 0.1 degrees that lets a line touch
#: land: good to 1 or 2 per cent, and rather too short.
SHORTEST_KM = {
    ("rajin", NOVOROSSIYSK): 16854,
    ((33.05, 34.6667), (3.0667, 43.0167)): 2855,
    ((-54.7, -34.95), (-60.6333, -62.95)): 3146,
    ((144.5667, -8.1), OSAKA): 5905,
    ((24.6167, 65.7), (25.1333, 41.0)): 7892,
}
ARCTIC = {"northern-sea-route", "transpolar", "northwest-passage"}
ports = st.sampled_from(PORTS)


@cache
def _grid() -> tuple[np.ndarray, np.ndarray]:
    with np.load(str(shipped().joinpath("sea_water.npz"))) as arrays:
        return arrays["index"], np.unpackbits(arrays["squares"], axis=2)


def _over_land_km(found: Route, *, ends_km: float = 1.0) -> float:
    """Length over land cells of the shipped grid, every 200 m, beside the ends."""
    lonlat = np.array(found.geometry.coords)
    line = shapely.LineString(lonlat)
    at = shapely.line_interpolate_point(line, np.linspace(0, line.length, int(line.length * 500)))
    lon, lat = (shapely.get_x(at) + 180) % 360, 90 - shapely.get_y(at)
    index, land_bits = _grid()
    square = index[lat.astype(int), lon.astype(int)]
    bit = land_bits[square, (lat % 1 * 200).astype(int), (lon % 1 * 200).astype(int)]
    dry = (square == -2) | ((square >= 0) & (bit == 1))
    for end in (lonlat[0], lonlat[-1]):
        away = WGS84.inv(*(np.full(len(at), v) for v in end), shapely.get_x(at), shapely.get_y(at))
        dry &= away[2] > ends_km * 1000
    return float(dry.mean()) * found.length_km


@pytest.mark.parametrize(("origin", "destination"), SHORTEST_KM)
def test_lengths_agree_with_another_program(origin: str | Point, destination: Point) -> None:
    found = sea.route(origin, destination)
    assert found.length_km == pytest.approx(SHORTEST_KM[origin, destination], rel=0.02)
    assert found.low_km <= found.length_km <= found.high_km
    assert found.crosses_land_km == 0


@given(ports, ports)
@settings(max_examples=5, deadline=None, derandomize=True)
def test_any_two_ports_are_joined_over_water_both_ways(origin: Point, destination: Point) -> None:
    if origin == destination:
        return
    there = sea.route(origin, destination, closed=ARCTIC)
    back = sea.route(destination, origin, closed=ARCTIC)
    assert back.geometry.equals_exact(there.geometry.reverse())
    assert (back.length_km, back.passages) == (there.length_km, there.passages[::-1])
    apart_km = WGS84.inv(*there.geometry.coords[0], *there.geometry.coords[-1])[2] / 1000
    assert apart_km * 0.999 <= there.low_km <= there.length_km < 40_000
    steps = np.diff(np.array(there.geometry.coords), axis=0)
    assert np.abs(steps).max() < 3, "the line jumps"
    if not set(there.passages) & {"suez-canal", "panama-canal", "kiel-canal", "bosporus"}:
        assert _over_land_km(there) == 0


def test_a_ship_from_new_york_to_tokyo_takes_panama_not_the_arctic() -> None:
    found = sea.route(NEW_YORK, TOKYO)
    assert "panama-canal" in found.passages
    assert not ARCTIC & set(found.passages)
    # Published tables give 9,700 nautical miles.
    assert found.length_km == pytest.approx(9700 * 1.852, rel=0.02)


def test_no_line_leaves_the_north_atlantic_over_the_pole() -> None:
    for destination in (SINGAPORE, (-165.4, 64.5)):
        found = sea.route(ROTTERDAM, destination)
        assert np.array(found.geometry.coords)[:, 1].max() < 75


def test_the_north_east_passage_can_be_opened() -> None:
    usual = sea.route(ROTTERDAM, TOKYO)
    opened = sea.route(ROTTERDAM, TOKYO, closed=ARCTIC - {"northern-sea-route"})
    assert "suez-canal" in usual.passages
    assert opened.passages == ("northern-sea-route", "bering")
    assert opened.length_km < 0.75 * usual.length_km
    assert _over_land_km(opened) == 0


def test_with_suez_closed_ships_round_africa() -> None:
    usual = sea.route(SINGAPORE, ROTTERDAM)
    closed = sea.route(SINGAPORE, ROTTERDAM, closed=ARCTIC | {"suez-canal"})
    assert "suez-canal" in usual.passages
    assert "good-hope" in closed.passages
    assert "suez-canal" not in closed.passages
    # Published tables give 8,290 and 11,800 nautical miles.
    assert usual.length_km == pytest.approx(8290 * 1.852, rel=0.02)
    assert closed.length_km == pytest.approx(11800 * 1.852, rel=0.02)


def test_a_closed_strait_is_closed_in_a_harbours_own_waters_too() -> None:
    copenhagen, gothenburg = (12.62, 55.70), (11.85, 57.68)
    assert sea.route(copenhagen, gothenburg).passages == ("oresund",)
    around = sea.route(copenhagen, gothenburg, closed=ARCTIC | {"oresund", "kiel-canal"})
    assert around.passages == ("great-belt",)


def test_a_sea_without_an_open_way_out_is_told() -> None:
    with pytest.raises(ValueError, match=r"no open water joins .*rajin"):
        sea.route("rajin", NOVOROSSIYSK, closed=ARCTIC | {"bosporus"})


def test_an_unknown_passage_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="atlantis"):
        sea.route("rajin", NOVOROSSIYSK, closed={"atlantis"})


@pytest.mark.parametrize(
    ("origin", "destination", "passages", "shortest_km"),
    [
        ((17.14, 39.07), (16.14, 38.73), ("messina",), 316),
        ((129.09, 37.60), (128.62, 38.17), (), 75),
        ((9.22, 44.30), (7.79, 43.81), (), 128),
        (OSAKA, (133.95, 34.47), ("akashi",), 146),
        ((8.72, 53.88), (10.20, 54.42), ("kiel-canal",), 128),
    ],
)
def test_neighbours_are_joined_the_short_way(
    origin: Point, destination: Point, passages: tuple[str, ...], shortest_km: float
) -> None:
    found = sea.route(origin, destination)
    assert found.passages in (passages, passages[::-1])
    assert found.length_km == pytest.approx(shortest_km, rel=0.07)


def test_a_line_that_leaves_the_corridor_keeps_off_its_full_coast() -> None:
    busan = (129.05, 35.09)
    found = sea.route("rajin", busan)
    inside = [point for point in found.geometry.coords if holds(*point)]
    assert len(inside) > 2
    assert not shapely.intersects(land().degrees, shapely.LineString(inside)).any()
    assert found.length_km == pytest.approx(860, rel=0.05)


def test_crossing_the_date_line_is_one_line() -> None:
    found = sea.route((178.45, -18.13), (-171.75, -13.82))
    lon = np.array(found.geometry.coords)[:, 0]
    assert np.abs(np.diff(lon)).max() < 1
    assert lon.max() - lon.min() < 12


def test_a_line_from_the_corridor_over_the_pacific_is_one_line() -> None:
    found = sea.route("rajin", (-122.5, 37.75))
    lonlat = np.array(found.geometry.coords)
    assert lonlat[0, 0] == pytest.approx(130.3, abs=0.1)
    assert lonlat[-1, 0] == pytest.approx(360 - 122.5, abs=0.1)
    assert np.abs(np.diff(lonlat[:, 0])).max() < 1


def test_a_place_far_inland_has_no_leg_by_sea() -> None:
    with pytest.raises(ValueError, match=r"\(105, 52\) is more than 25 km from the sea"):
        sea.route((105.0, 52.0), NOVOROSSIYSK)


def test_routes_of_the_corridor_do_not_load_the_world() -> None:
    asked = (
        "from geo import sea; from geo.sea import world; from geo.sea.water import water; "
        "sea.route('rajin', 'dunai'); "
        "print(world.ocean.cache_info().currsize + water.cache_info().currsize)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "0"
