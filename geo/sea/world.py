"""Lines across the world's sea: out of one harbour, round the capes, into the other."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.sea import coast, globe
from geo.sea.harbour import Harbour
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

#: Harbours nearer each other than this may share waters.
SHARED_KM = 400.0
#: Sea room is worth this much of the way: a line closer to land must be so much shorter.
ROOM = 1.05
#: Corners nearer land than this are pulled in for the shortest length; farther ones stay.
NEAR_LAND_KM = 8.0


class Berth(NamedTuple):
    """One end: the corners it reaches, and the point its own waters are left at for each."""

    reach: Reach
    left_at: Floats


class Line(NamedTuple):
    """A line over the world's sea: its points in degrees, and what is known of it."""

    lonlat: Floats
    shortest_km: float
    crosses_land_km: float


@cache
def ocean() -> Ocean:
    """The shipped corners and sights, with the fairways of the passages."""
    from geo.seeds import shipped

    with shipped().joinpath("sea_ocean.npz").open("rb") as file, np.load(file) as arrays:
        fairways = [p.fairway for p in passages().values() if len(p.fairway)]
        return Ocean.from_arrays(arrays, fairways, water())


@lru_cache(maxsize=4096)
def afloat(lon: float, lat: float, limit_km: float) -> Point | None:
    """Where a line from a point starts: there, or at the nearest water within the limit."""
    return water().nearest(lon, lat, limit_km)


@lru_cache(maxsize=1024)
def line(start: Point, end: Point, closed: Names) -> Line | None:
    """The line between two points of the water; None if no way is open."""
    found = [_roomy(start, end, closed), _inshore(start, end, closed)]
    lines = [line for line in found if line is not None]
    if not lines:
        return None
    lengths_km = [coast.length_km(line.lonlat) for line in lines]
    inshore = len(lines) > 1 and lengths_km[1] * ROOM < lengths_km[0]
    return lines[int(inshore)]._replace(shortest_km=min(line.shortest_km for line in lines))


def _roomy(start: Point, end: Point, closed: Names) -> Line | None:
    """The line that turns at corners off the coast."""
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


def _inshore(start: Point, end: Point, closed: Names) -> Line | None:
    """The shortest line over the harbours' own waters, if these meet."""
    if coast.length_km(np.array([start, end])) > SHARED_KM:
        return None
    way = _harbour(start, closed).across(_harbour(end, closed))
    if way is None:
        return None
    turns = _eased(way, closed)
    lonlat = globe.drawn(turns)
    return Line(lonlat, coast.length_km(lonlat), _over_land_km(turns[:-1], turns[1:]))


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


# A harbour holds some 20 MB.
@lru_cache(maxsize=4)
def _harbour(point: Point, closed: Names) -> Harbour:
    return Harbour.around(point, water(), [passages()[name].gate for name in sorted(closed)])


@lru_cache(maxsize=256)
def _berth(point: Point, closed: Names) -> Berth:
    """What a point reaches: corners it sees, those in its waters, those seen from their offings."""
    chart, harbour = ocean(), _harbour(point, closed)
    near, near_m = harbour.reached(chart.lonlat)
    views = [(near, near_m, chart.lonlat[near]), _view(np.array(point), 0.0, closed)]
    offings = harbour.offings()
    for offing, metres in zip(offings, harbour.reached(offings)[1], strict=True):
        views.append(_view(offing, float(metres), closed))
    corners, metres, left_at = (np.concatenate(part) for part in zip(*views, strict=True))
    order = np.lexsort((metres, corners))
    seen, first = np.unique(corners[order], return_index=True)
    best = order[first]
    return Berth(_open_sights(closed).reach(seen, metres[best]), left_at[best])


def _view(at: Floats, metres: float, closed: Names) -> tuple[Ints, Floats, Floats]:
    """Corners seen from a point some metres on the way, their distances, and the point for each."""
    chart, point = ocean(), globe.vectors(at[None])
    seen = chart.seen(point[0])
    seen = seen[~_shut(np.broadcast_to(point, (len(seen), 3)), chart.at[seen], closed)]
    here = np.broadcast_to(at, (len(seen), 2))
    return seen, metres + globe.metres(here, chart.lonlat[seen]), here


def _turns(start: Point, end: Point, closed: Names) -> Floats | None:
    """Points at which the line turns, ends included."""
    chart, ends = ocean(), np.array([start, end])
    at = globe.vectors(ends)
    if chart.water.sees(at[:1], at[1:])[0] and not _shut(at[:1], at[1:], closed)[0]:
        return ends
    origin, destination = _berth(start, closed), _berth(end, closed)
    corners = _open_sights(closed).turns(origin.reach, destination.reach)
    if not corners:
        return None
    out = _way_out(start, origin, corners[0], closed)
    back = _way_out(end, destination, corners[-1], closed)[::-1]
    line = np.concatenate([out, chart.lonlat[corners], back])
    head = len(out) + 2
    line = np.concatenate([_eased(line[:head], closed), line[head:]])
    tail = len(back) + 2
    return np.concatenate([line[:-tail], _eased(line[-tail:][::-1], closed)[::-1]])


def _way_out(start: Point, berth: Berth, corner: int, closed: Names) -> Floats:
    """The way from a berth to where its line to a corner leaves the harbour's waters."""
    left_at = berth.left_at[int(np.searchsorted(berth.reach.seen, corner))]
    if np.array_equal(left_at, start):
        return left_at[None]
    return _harbour(start, closed).way(left_at)


def _eased(line: Floats, closed: Names) -> Floats:
    """A line with every turn dropped that it can do without, from its start on."""
    kept = [0]
    while kept[-1] < len(line) - 1:
        ahead = np.arange(kept[-1] + 1, len(line))
        a = globe.vectors(np.broadcast_to(line[kept[-1]], (len(ahead), 2)))
        b = globe.vectors(line[ahead])
        clear = water().sees(a, b) & ~_shut(a, b, closed)
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
