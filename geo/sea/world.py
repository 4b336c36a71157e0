"""Lines across the world's sea: out of one harbour, round the capes, into the other."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.sea import coast, globe
from geo.sea.harbour import ways_out
from geo.sea.ocean import Ocean
from geo.sea.passages import passages
from geo.sea.sights import Reach, Sights
from geo.sea.water import water

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    #: Longitude and latitude in degrees.
    Point = tuple[float, float]
    Names = frozenset[str]

#: Corners nearer land than this are pulled in for the shortest length; farther ones stay.
NEAR_LAND_KM = 8.0


class Berth(NamedTuple):
    """One end: what it reaches, and the bent ways to corners round its own shores."""

    reach: Reach
    ways: dict[int, Floats]


class Line(NamedTuple):
    """A line over the world's sea: its points in degrees, and what is known of it."""

    lonlat: Floats
    shortest_km: float
    crosses_land_km: float


@cache
def ocean() -> Ocean:
    """The shipped corners and sights, with the fairways of the passages."""
    from geo.seeds import shipped

    chart = shipped().joinpath("sea_ocean.npz")
    if not chart.is_file():
        raise ValueError("beyond the corridor no chart of the sea is shipped")
    with chart.open("rb") as file, np.load(file) as arrays:
        fairways = [p.fairway for p in passages().values() if len(p.fairway)]
        return Ocean.from_arrays(arrays, fairways, water())


@lru_cache(maxsize=4096)
def afloat(lon: float, lat: float, limit_km: float) -> Point | None:
    """Where a line from a point starts: there, or at the nearest water within the limit."""
    return water().nearest(lon, lat, limit_km)


@lru_cache(maxsize=1024)
def line(start: Point, end: Point, closed: Names) -> Line | None:
    """The line between two points of the water; None if no way is open."""
    turns = _turns(start, end, closed)
    if turns is None:
        return None
    fairway = ocean().on_fairway(turns)
    lonlat = globe.drawn(turns)
    length_km = coast.length_km(lonlat)
    apart_km = coast.length_km(np.array([start, end]))
    return Line(
        lonlat,
        max(length_km - _slack_km(turns), min(apart_km, length_km)),
        _over_land_km(turns[:-1][~fairway], turns[1:][~fairway]),
    )


@lru_cache(maxsize=8)
def _open_sights(closed: Names) -> Sights:
    """The graph without the sights that cross a closed passage."""
    chart = ocean()
    shut = _shut(chart.at[chart.pairs[:, 0]], chart.at[chart.pairs[:, 1]], closed)
    return Sights(len(chart.at), chart.pairs[~shut], chart.sights.metres[~shut])


def _shut(a: Floats, b: Floats, closed: Names) -> NDArray[np.bool_]:
    shut = np.zeros(len(a), np.bool_)
    for name in sorted(closed):
        shut |= passages()[name].crossed(a, b)
    return shut


@lru_cache(maxsize=4096)
def _berth(point: Point, closed: Names) -> Berth:
    chart = ocean()
    at = globe.vectors(np.array([point]))
    seen = chart.seen(at[0])
    seen = seen[~_shut(np.broadcast_to(at, (len(seen), 3)), chart.at[seen], closed)]
    metres = globe.metres(np.broadcast_to(np.array(point), (len(seen), 2)), chart.lonlat[seen])
    ways = [w for w in ways_out(chart.water, point, chart.lonlat) if w.corner not in set(seen)]
    corners = np.append(seen, [w.corner for w in ways]).astype(np.int64)
    metres = np.append(metres, [w.metres for w in ways])
    bent = {w.corner: w.lonlat[1:-1] for w in ways}
    return Berth(_open_sights(closed).reach(corners, metres), bent)


def _turns(start: Point, end: Point, closed: Names) -> Floats | None:
    """Points at which the line turns, ends included."""
    chart, ends = ocean(), np.array([start, end])
    at = globe.vectors(ends)
    if chart.sees(at[:1], at[1:])[0] and not _shut(at[:1], at[1:], closed)[0]:
        return ends
    origin, destination = _berth(start, closed), _berth(end, closed)
    corners = _open_sights(closed).turns(origin.reach, destination.reach)
    if not corners:
        return None
    out = [ends[:1], origin.ways.get(corners[0], ends[:0])]
    back = [destination.ways.get(corners[-1], ends[:0])[::-1], ends[1:]]
    middle = chart.lonlat[corners]
    line = _eased(np.concatenate([*out, middle[:2]]), closed)
    line = np.concatenate([line, middle[2:]])
    tail = 1 if len(middle) == 1 else 2
    inward = np.concatenate([line[-tail:], *back])[::-1]
    return np.concatenate([line[:-tail], _eased(inward, closed)[::-1]])


def _eased(line: Floats, closed: Names) -> Floats:
    """The start of a line with every turn dropped that it can do without."""
    kept = [0]
    while kept[-1] < len(line) - 1:
        ahead = np.arange(kept[-1] + 1, len(line))
        a = globe.vectors(np.broadcast_to(line[kept[-1]], (len(ahead), 2)))
        b = globe.vectors(line[ahead])
        clear = ocean().sees(a, b) & ~_shut(a, b, closed)
        # The next point is always in reach, if only along a fairway.
        clear[0] = True
        kept.append(int(ahead[clear][-1]))
    return line[kept]


def _slack_km(turns: Floats) -> float:
    """How much shorter the line is when pulled in to the shore at each turn.

    The length of a line at a distance c outside a bend exceeds the bend's own by c times the angle
    turned (Steiner's formula for parallel curves).
    """
    at = globe.vectors(turns)
    planes = np.cross(at[:-1], at[1:])
    angle = globe.angle(planes[:-1] / _norm(planes[:-1]), planes[1:] / _norm(planes[1:]))
    off_km = water().land_km(turns[1:-1], NEAR_LAND_KM)
    return float(np.sum(angle * off_km))


def _norm(planes: Floats) -> Floats:
    length: Floats = np.maximum(np.linalg.norm(planes, axis=1), 1e-15)[:, None]
    return length


def _over_land_km(a: Floats, b: Floats) -> float:
    """Length of the pieces between points that touch land on the grid."""
    _, starts, ends = globe.pieces(globe.vectors(a), globe.vectors(b))
    dry = water().blocked(starts, ends)
    return float(globe.metres(starts[dry], ends[dry]).sum()) / 1000
