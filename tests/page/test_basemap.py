"""The base map: land is land and water is water, from the corridor to the Cape."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import shapely

from geo.page.basemap import basemap

LAND = {
    "Moscow": (37.6, 55.75), "Norilsk": (88.2, 69.35), "Yakutsk": (129.73, 62.03),
    "Chukotka": (172.0, 67.5), "Chukotka beyond 180": (183.0, 66.5), "Taimyr": (100.0, 74.0),
    "Pyongyang": (125.75, 39.03), "Delhi": (77.2, 28.6), "Nairobi": (36.8, -1.3),
}  # fmt: skip
WATER = {
    "Barents Sea": (40.0, 72.0), "East Siberian Sea": (165.0, 71.2), "White Sea": (38.5, 65.5),
    "Caspian Sea": (50.5, 42.0), "Black Sea": (34.5, 43.3), "Sea of Japan": (134.0, 40.0),
    "Peter the Great Bay": (131.6, 42.75), "Red Sea": (38.0, 20.0), "Malacca": (99.5, 4.5),
    "off the Cape": (18.0, -36.5),
}  # fmt: skip


@cache
def lines(part: str, name: str) -> list[np.ndarray]:
    base = basemap()[part]
    return [
        np.array(steps).reshape(-1, 2).cumsum(axis=0) / base["per_degree"] for steps in base[name]
    ]


def is_land(lon: float, lat: float) -> bool:
    """As a browser fills: land where a ray crosses an odd number of edges."""
    for name in ("near", "far"):
        crossed = 0
        for ring in lines(name, "land"):
            (x0, y0), (x1, y1) = ring.T, np.roll(ring, -1, axis=0).T
            spans = (y0 > lat) != (y1 > lat)
            at = x0[spans] + (lat - y0[spans]) / (y1 - y0)[spans] * (x1 - x0)[spans]
            crossed += int((at > lon).sum())
        if crossed % 2:
            return True
    return False


@pytest.mark.parametrize("name", LAND)
def test_towns_stand_on_land(name):
    assert is_land(*LAND[name])


@pytest.mark.parametrize("name", WATER)
def test_seas_are_water(name):
    assert not is_land(*WATER[name])


def test_no_coast_runs_along_a_frame_of_the_sheet():
    """A straight edge longer than any coast is where the data was cut."""
    for line in lines("far", "coast"):
        steps = np.abs(np.diff(line, axis=0))
        straight = steps[(steps == 0).any(axis=1)]
        assert straight.max(initial=0) < 2


def test_borders_run_on_land():
    every = [shapely.linestrings(line) for line in lines("far", "borders")]
    middles = shapely.get_coordinates([line.interpolate(0.5, normalized=True) for line in every])
    length = np.array([line.length for line in every])
    dry = np.array([is_land(*point) for point in middles[length > 2]])
    assert dry.mean() > 0.9
