"""A chart: the water a ship may use, the corners it turns at, and the sight lines between them.

The shortest way round obstacles bends only at their corners (Lozano-Perez and Wesley, 1979,
Communications of the ACM 22(10)). A chart therefore holds the walls (the edge of the water that
is kept clear of land), their corners, and every pair of corners that see each other along a line
which can be part of a shortest path. A search is then Dijkstra's on a graph of a few thousand
nodes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.sea.sights import Sights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geo.sea.sights import Reach

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

#: Shipped coordinates are whole decimetres of the local projection.
UNITS_PER_M = 10
#: In so many directions the nearest wall is found before sight lines are tried.
RAYS = 4096
#: Corners stand this far off their wall, so that a line along a wall does not touch it.
CORNER_OFFSET_M = 1.0


@dataclass(frozen=True)
class Chart:
    """Water inside walls, in a plane whose unit is the metre.

    Attributes
    ----------
    rings
        Closed rings that bound the water, `(n, 2)`, one after another; the water is on the left.
    starts
        Where each ring starts in `rings`, and after the last one its length.
    pairs
        Corners, `(m, 2)`, that see each other along a useful line.
    """

    rings: Floats
    starts: Ints
    pairs: Ints = field(default_factory=lambda: np.empty((0, 2), np.int64))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Chart:
        """A chart from its shipped arrays (see `to_arrays`)."""
        first = np.cumsum(arrays["pairs_first"], dtype=np.int64)
        pairs = np.column_stack([first, first + arrays["pairs_step"]])
        steps = arrays["rings"].astype(np.int64)
        return cls(np.cumsum(steps, axis=0) / UNITS_PER_M, arrays["starts"].astype(np.int64), pairs)

    @classmethod
    def around(cls, water: shapely.Polygon) -> Chart:
        """A chart of a polygon of water, with no sights yet."""
        water = shapely.orient_polygons(water)
        rings = [shapely.get_coordinates(ring) for ring in (water.exterior, *water.interiors)]
        return cls(np.concatenate(rings), np.cumsum([0, *(len(ring) for ring in rings)]))

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Arrays for a file: differences of sorted whole numbers, which pack well."""
        whole = np.rint(self.rings * UNITS_PER_M).astype(np.int32)
        first, second = self.pairs.T
        return {
            "rings": np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int32)),
            "starts": self.starts.astype(np.uint32),
            "pairs_first": np.diff(first, prepend=0).astype(np.uint16),
            "pairs_step": (second - first).astype(np.uint16),
        }

    @cached_property
    def _turns(self) -> tuple[Floats, Floats, Floats]:
        """Wall vertices where the water lies outside the bend, with the wall's two arms there."""
        before, after = self.rings.copy(), self.rings.copy()
        for start, stop in zip(self.starts[:-1], self.starts[1:], strict=True):
            ring = self.rings[start : stop - 1]
            before[start : stop - 1] = np.roll(ring, 1, axis=0)
            after[start : stop - 1] = np.roll(ring, -1, axis=0)
        back, on = before - self.rings, after - self.rings
        # At a ring's repeated last vertex both arms are nil, so it never counts as a corner.
        turn = _cross(on, back) < 0
        return self.rings[turn], back[turn], on[turn]

    @cached_property
    def corners(self) -> Floats:
        """Points `(n, 2)` at which a shortest path can bend, just off the wall."""
        at, back, on = self._turns
        into_wall = back / _norm(back)[:, None] + on / _norm(on)[:, None]
        return at - CORNER_OFFSET_M * into_wall / _norm(into_wall)[:, None]

    @cached_property
    def walls(self) -> shapely.MultiLineString:
        """The rings as lines, prepared for many questions."""
        owner = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        walls = shapely.multilinestrings(shapely.linestrings(self.rings, indices=owner))
        shapely.prepare(walls)
        return walls

    @cached_property
    def water(self) -> shapely.Polygon:
        """The water itself."""
        rings = np.split(self.rings, self.starts[1:-1])
        water = shapely.Polygon(rings[0], rings[1:])
        shapely.prepare(water)
        return water

    @cached_property
    def _well_inside(self) -> shapely.Geometry:
        """Water a step off its walls: a point of it is afloat whatever is rounded."""
        inside = shapely.buffer(self.water, -CORNER_OFFSET_M, join_style="mitre")
        shapely.prepare(inside)
        return inside

    @cached_property
    def sights(self) -> Sights:
        """The graph of sight lines."""
        i, j = self.pairs.T
        return Sights(len(self.corners), self.pairs, _norm(self.corners[i] - self.corners[j]))

    def enter(self, point: Floats) -> tuple[float, float]:
        """The point itself if it is in the water, else the nearest point that is."""
        x, y = float(point[0]), float(point[1])
        if shapely.contains_xy(self.water, x, y):
            return x, y
        inside = shapely.shortest_line(self._well_inside, shapely.Point(x, y)).coords[0]
        return float(inside[0]), float(inside[1])

    def sees(self, starts: Floats, ends: Floats) -> NDArray[np.bool_]:
        """Which straight lines from `starts` to `ends`, both `(n, 2)`, touch no wall."""
        lines = shapely.linestrings(np.stack([starts, ends], axis=1))
        clear: NDArray[np.bool_] = ~shapely.intersects(self.walls, lines)
        return clear

    def tangent(self, corners: Ints, points: Floats) -> NDArray[np.bool_]:
        """Whether a line from each point grazes its corner instead of running into the wall.

        Only such a line can go on round the corner as part of a shortest path.
        """
        at, back, on = (part[corners] for part in self._turns)
        towards = points - at
        return _cross(towards, back) * _cross(towards, on) >= 0

    @cached_property
    def _edges(self) -> tuple[Floats, Floats]:
        """Both ends of every straight piece of wall, `(n, 2)` each."""
        inner = np.ones(len(self.rings), np.bool_)
        inner[self.starts[1:] - 1] = False
        at = np.flatnonzero(inner)
        return self.rings[at], self.rings[at + 1]

    def _first_hit(self, point: Floats) -> Ints:
        """The nearest piece of wall in each of `RAYS` directions from a point; -1 if none."""
        a, b = (end - point for end in self._edges)
        turn, other = (np.arctan2(end[:, 1], end[:, 0]) * (RAYS / (2 * np.pi)) for end in (a, b))
        span = (other - turn + RAYS / 2) % RAYS - RAYS / 2
        low = turn + np.minimum(span, 0)
        first = np.ceil(low).astype(np.int64)
        count = np.floor(low + np.abs(span)).astype(np.int64) - first + 1
        edge = np.repeat(np.arange(len(a)), count)
        ray = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
        angle = ray * (2 * np.pi / RAYS)
        towards = np.column_stack([np.cos(angle), np.sin(angle)])
        along = (b - a)[edge]
        metres = _cross(a[edge], along) / _cross(towards, along)
        nearest = np.full(RAYS, -1)
        far_first = np.argsort(-metres, kind="stable")
        nearest[ray[far_first] % RAYS] = edge[far_first]
        return nearest

    def _hidden(self, point: Floats, corners: Floats) -> NDArray[np.bool_]:
        """Which corners are surely hidden from a point: by a wall met on a ray close to theirs."""
        edges, ends = self._first_hit(point), corners - point
        ray = np.floor(np.arctan2(ends[:, 1], ends[:, 0]) * (RAYS / (2 * np.pi))).astype(np.int64)
        hidden = np.zeros(len(ends), np.bool_)
        for side in (0, 1):
            hit = edges[(ray + side) % RAYS]
            for step in (-1, 0, 1):
                edge = np.clip(hit + step, 0, len(self._edges[0]) - 1)
                a, b = (end[edge] - point for end in self._edges)
                apart = _cross(ends, a) * _cross(ends, b) < 0
                across = _cross(b - a, -a) * _cross(b - a, ends - a) < 0
                hidden |= apart & across
        return hidden

    def reach(self, point: Floats) -> Reach:
        """Distances from a point of the water, `(2,)`, to every corner."""
        every = np.arange(len(self.corners))
        near = every[self.tangent(every, np.broadcast_to(point, (len(every), 2)))]
        near = near[~self._hidden(point, self.corners[near])]
        near = near[self.sees(np.broadcast_to(point, (len(near), 2)), self.corners[near])]
        return self.sights.reach(near, _norm(self.corners[near] - point))

    def path(self, start: Floats, origin: Reach, end: Floats, destination: Reach) -> Floats:
        """Turning points `(n, 2)` of the shortest path between two points, ends included."""
        ends = np.stack([start, end])
        if self.sees(ends[:1], ends[1:])[0]:
            return ends
        turns = self.corners[self.sights.turns(origin, destination)]
        return np.concatenate([ends[:1], turns, ends[1:]])

    def with_sights(self) -> Chart:
        """The same chart with every useful sight line found (slow: done once, when it is built)."""
        pairs = np.concatenate([self._sights_from(i) for i in range(len(self.corners))])
        return Chart(self.rings, self.starts, pairs)

    def _sights_from(self, corner: int) -> Ints:
        others = np.arange(corner + 1, len(self.corners))
        here = np.full(len(others), corner)
        vertices = self._turns[0]
        useful = self.tangent(here, vertices[others])
        here, others = here[useful], others[useful]
        useful = self.tangent(others, vertices[here])
        here, others = here[useful], others[useful]
        clear = self.sees(self.corners[here], self.corners[others])
        return np.column_stack([here[clear], others[clear]])


def _cross(a: Floats, b: Floats) -> Floats:
    product: Floats = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return product


def _norm(vectors: Floats) -> Floats:
    length: Floats = np.hypot(vectors[:, 0], vectors[:, 1])
    return length
