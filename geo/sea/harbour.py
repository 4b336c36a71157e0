"""The waters around a harbour, cell by cell: ways out of it, and ways to harbours nearby."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.sea import globe
from geo.sea.water import CELL_KM, COLUMNS, cells, centres, touched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.sea.water import Water

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    #: Longitude and latitude in degrees.
    Point = tuple[float, float]

#: How far the waters of a harbour go to the north and to the south, in cells: 180 km.
ROWS = 320
#: Steps to half of the neighbouring cells, and of those a knight's move away: column, row.
STEPS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
#: Distances from land at which there is sea room: the first that the waters hold.
SEA_ROOM_KM = (4.0, 1.0)
#: Sea room is sought in so many directions.
SECTORS = 4


@dataclass(frozen=True)
class Harbour:
    """Water cells around a point, with the distance of each from it.

    Attributes
    ----------
    start
        Longitude and latitude of the point, in a water cell.
    wet
        Water cells of the window, the point's in the middle.
    """

    start: Point
    wet: Bools

    @classmethod
    def around(cls, start: Point, water: Water, gates: Sequence[Floats]) -> Harbour:
        """The waters around a point, with the gates, degrees `(n, 2)`, of closed passages shut."""
        (x,), (y,) = cells(*np.array([start]).T)
        columns = min(int(ROWS / _shrink(start[1])), COLUMNS // 2 - 1)
        wet = ~water.window(int(x), int(y), (columns, ROWS))
        for gate in gates:
            at = globe.vectors(gate)
            _, starts, ends = globe.pieces(at[:-1], at[1:])
            for _, column, row in touched(starts, ends):
                across, down = (column - x + columns) % COLUMNS, row - y + ROWS
                here = (across < wet.shape[1]) & (down >= 0) & (down < wet.shape[0])
                wet[down[here], across[here]] = False
        return cls(start, wet)

    @cached_property
    def _first(self) -> tuple[int, int]:
        """Column and row of the window's first cell; the column may lie beyond the date line."""
        x, y = cells(*np.array([self.start]).T)
        return int(x[0]) - self.wet.shape[1] // 2, int(y[0]) - ROWS

    @cached_property
    def _spread(self) -> tuple[Floats, Ints]:
        """Distance of every cell from the start in metres, and the cell before it."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import dijkstra

        height, width = self.wet.shape
        shrink = _shrink(self.start[1])
        number = np.arange(self.wet.size).reshape(height, width)
        tails, heads, lengths = [], [], []
        for right, down in STEPS:
            open_ = _open(self.wet, right, down)
            tail = number[max(-down, 0) : height - max(down, 0), : width - right][open_]
            tails.append(tail)
            heads.append(tail + down * width + right)
            lengths.append(np.full(len(tail), np.hypot(right * shrink, down) * CELL_KM * 1000))
        i, j, metres = (np.concatenate(part) for part in (tails, heads, lengths))
        graph = coo_array((metres, (i, j)), shape=(self.wet.size, self.wet.size)).tocsr()
        source = self._number(np.array([self.start]))[0]
        found = dijkstra(graph, directed=False, indices=source, return_predecessors=True)
        return found[0], found[1]

    def _number(self, points: Floats) -> Ints:
        """The cell of each point in the window, -1 outside."""
        x, y = cells(*points.T)
        column, row = (x - self._first[0]) % COLUMNS, y - self._first[1]
        height, width = self.wet.shape
        inside = (column < width) & (row >= 0) & (row < height)
        return np.where(inside, row * width + column, -1)

    def _points(self, number: Ints) -> Floats:
        """Middles of cells of the window."""
        row, column = np.divmod(number, self.wet.shape[1])
        lon, lat = centres((column + self._first[0]) % COLUMNS, row + self._first[1])
        return np.column_stack([lon, lat])

    def reached(self, points: Floats) -> tuple[Ints, Floats]:
        """Which points `(n, 2)` the start reaches over these waters, and how far in metres."""
        cell = self._number(points)
        inside = np.flatnonzero(cell >= 0)
        metres = self._spread[0][cell[inside]]
        afloat = np.isfinite(metres)
        return inside[afloat], metres[afloat]

    def offings(self) -> Floats:
        """The nearest points with sea room, at most one in each direction, `(n, 2)`."""
        from scipy.ndimage import distance_transform_edt

        shrink = _shrink(self.start[1])
        room = distance_transform_edt(self.wet, (CELL_KM, CELL_KM * shrink)).ravel()
        metres = self._spread[0]
        for level in SEA_ROOM_KM:
            roomy = np.flatnonzero(np.isfinite(metres) & (room >= level))
            if len(roomy):
                break
        row, column = np.divmod(roomy, self.wet.shape[1])
        turn = np.arctan2(ROWS - row, (column - self.wet.shape[1] // 2) * shrink) / (2 * np.pi)
        sector = np.floor(turn * SECTORS).astype(np.int64) % SECTORS
        order = np.lexsort((roomy, metres[roomy], sector))
        _, first = np.unique(sector[order], return_index=True)
        return self._points(roomy[order[first]])

    def way(self, point: Floats) -> Floats:
        """The way to a point of these waters, cell by cell, ends included, `(n, 2)`."""
        line = self._trail(int(self._number(point[None])[0]))
        line[-1] = point
        return line

    def _trail(self, cell: int) -> Floats:
        trail = [cell]
        while (before := int(self._spread[1][trail[-1]])) >= 0:
            trail.append(before)
        line = self._points(np.array(trail[::-1]))
        line[0] = self.start
        return line

    def across(self, other: Harbour) -> Floats | None:
        """The way to another harbour over the waters of both, `(n, 2)`; None if they do not meet.

        It is the shortest of those that stay in this window up to some cell and from there in the
        other's.
        """
        mine = np.flatnonzero(np.isfinite(self._spread[0]))
        theirs = other._number(self._points(mine))
        mine, theirs = mine[theirs >= 0], theirs[theirs >= 0]
        metres = self._spread[0][mine] + other._spread[0][theirs]
        if not np.isfinite(metres).any():
            return None
        best = int(np.argmin(metres))
        out, back = self._trail(int(mine[best])), other._trail(int(theirs[best]))
        return np.concatenate([out, back[::-1]])


def _shrink(lat: float) -> float:
    """How much shorter a cell is from west to east than from north to south."""
    return max(float(np.cos(np.radians(lat))), 0.05)


def _open(wet: Bools, right: int, down: int) -> Bools:
    """Whether a step from each cell crosses water only: every cell of its box is wet."""
    height, width = wet.shape
    open_ = np.ones((height - abs(down), width - right), np.bool_)
    for x in range(right + 1):
        for y in range(abs(down) + 1):
            open_ &= wet[y : y + open_.shape[0], x : x + open_.shape[1]]
    return open_
