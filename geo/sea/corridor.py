"""The corridor's own water, at full resolution: where a line starts and how it runs."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.sea import coast
from geo.sea.chart import Chart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.sea.sights import Reach

    Floats = NDArray[np.float64]
    #: Metres in the plane of the corridor.
    XY = tuple[float, float]

#: Drawn straight between longitudes and latitudes, so short a piece stays on its geodesic.
PIECE_M = 10_000.0
#: Land this near an end does not count towards the clearance of the line.
HARBOUR_M = 10_000.0
#: Lines to elsewhere leave the corridor this far inside the window of the coast, in degrees.
MARGIN_DEGREES = 0.1
#: Arrays of a shipped chart.
ARRAYS = ("rings", "starts", "pairs_first", "pairs_step")


class Line(NamedTuple):
    """A line in the corridor: its points in degrees, and what is known of it."""

    lonlat: Floats
    shortest_km: float
    clearance_m: float | None
    crosses_land_km: float


def holds(lon: float, lat: float) -> bool:
    """Whether a point lies in the corridor's window."""
    west, south, east, north = coast.CORRIDOR
    return (
        west + MARGIN_DEGREES < lon < east - MARGIN_DEGREES
        and south + MARGIN_DEGREES < lat < north - MARGIN_DEGREES
    )


@lru_cache(maxsize=4096)
def afloat(lon: float, lat: float) -> tuple[XY, float]:
    """Where a line from a point starts, there or at the nearest water, and how far that is."""
    given = coast.to_plane(np.array([[lon, lat]]))[0]
    start = _charts()["tight"].enter(given)
    return start, math.dist(given, start) / 1000


@lru_cache(maxsize=4096)
def line(start: XY, end: XY) -> Line:
    """The line between two points of the water that keeps off land."""
    xy = shapely.segmentize(shapely.LineString(_kept_off(start, end)), PIECE_M)
    shortest = coast.to_degrees(_path("tight", start, end))
    lonlat = coast.to_degrees(shapely.get_coordinates(xy))
    return Line(
        lonlat,
        min(coast.length_km(shortest), coast.length_km(lonlat)),
        _clearance_m(xy),
        coast.crossed_km(xy),
    )


@cache
def _charts() -> dict[str, Chart]:
    """The shipped charts: `kept_off` and `tight`."""
    from geo.seeds import shipped

    with shipped().joinpath("sea_corridor.npz").open("rb") as file, np.load(file) as arrays:
        return {
            name: Chart.from_arrays({part: arrays[f"{name}_{part}"] for part in ARRAYS})
            for name in ("kept_off", "tight")
        }


@lru_cache(maxsize=4096)
def _reach(chart: str, point: XY) -> Reach:
    return _charts()[chart].reach(np.array(point))


def _path(chart: str, start: XY, end: XY) -> Floats:
    ends = np.array(start), _reach(chart, start), np.array(end), _reach(chart, end)
    return _charts()[chart].path(*ends)


def _kept_off(start: XY, end: XY) -> Floats:
    """The path off land, with its links to ends that lie closer in."""
    gates = [_charts()["kept_off"].enter(np.array(xy)) for xy in (start, end)]
    if math.dist(start, end) <= math.dist(start, gates[0]) + math.dist(gates[1], end):
        return _path("tight", start, end)
    parts = [_path("kept_off", *gates)]
    if start != gates[0]:
        parts.insert(0, _path("tight", start, gates[0])[:-1])
    if end != gates[1]:
        parts.append(_path("tight", gates[1], end)[1:])
    return np.concatenate(parts)


def _clearance_m(xy: shapely.LineString) -> float | None:
    """Least distance from land away from the ends; None for a line that is all near them."""
    harbours = shapely.buffer(xy.boundary, HARBOUR_M)
    away = shapely.difference(xy, harbours)
    return None if away.is_empty else coast.clearance_m(away)
