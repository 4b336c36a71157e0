"""The way out of a harbour: over water cells to the corners of the open sea nearby."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.sea.water import CELL_KM, COLUMNS, cells, centres

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.sea.water import Water

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

#: Half the height of the first window searched, and of the last, in cells of 0.56 km.
FIRST_ROWS, LAST_ROWS = 40, 320
#: Ways out that are kept, the nearest first.
WAYS = 12
#: Steps to half of the neighbouring cells, and of those a knight's move away: column, row.
STEPS = ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))


class Way(NamedTuple):
    """A way from a harbour to a corner."""

    corner: int
    lonlat: Floats
    metres: float


def ways_out(water: Water, start: tuple[float, float], corners: Floats) -> list[Way]:
    """Ways over water cells from a point to the nearest corners that can be reached.

    Parameters
    ----------
    water
        The grid.
    start
        Longitude and latitude of a point in a water cell.
    corners
        Candidate ends, degrees, `(n, 2)`.

    Returns
    -------
    list of Way
        Nearest first, each pulled taut; empty if none lies in the widest window.
    """
    rows = FIRST_ROWS
    while rows <= LAST_ROWS:
        found = _ways_within(water, start, corners, rows)
        if found:
            return found
        rows *= 2
    return []


def _ways_within(water: Water, start: tuple[float, float], corners: Floats, rows: int) -> list[Way]:
    (x,), (y,) = cells(*np.array([start]).T)
    shrink = max(float(np.cos(np.radians(start[1]))), 0.05)
    columns = min(int(rows / shrink), COLUMNS // 2 - 1)
    corner_x, corner_y = cells(*corners.T)
    east = (corner_x - x + COLUMNS // 2) % COLUMNS - COLUMNS // 2
    near = np.flatnonzero((np.abs(east) <= columns) & (np.abs(corner_y - y) <= rows))
    if not len(near):
        return []
    wet = ~water.window(int(x), int(y), (columns, rows))
    width = 2 * columns + 1
    metres, before = _spread(wet, rows * width + columns, shrink)
    cell = (corner_y[near] - y + rows) * width + east[near] + columns
    order = np.argsort(metres[cell], kind="stable")
    ways = []
    for k in order[np.isfinite(metres[cell[order]])][:WAYS]:
        trail = _trail(before, int(cell[k]))
        lon, lat = centres(trail % width - columns + x, trail // width - rows + y)
        line = np.column_stack([lon, lat])
        corner = corners[near[k]]
        end = np.array([line[-1, 0] + (corner[0] - line[-1, 0] + 180) % 360 - 180, corner[1]])
        line = taut(water, np.concatenate([[start], line[1:-1], [end]]))
        ways.append(Way(int(near[k]), line, float(metres[cell[k]])))
    return ways


def _spread(wet: Bools, source: int, shrink: float) -> tuple[Floats, Ints]:
    """Distances over wet cells in metres, and the cell before each."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    height, width = wet.shape
    number = np.arange(wet.size).reshape(wet.shape)
    tails, heads, lengths = [], [], []
    for right, down in STEPS:
        open_ = _open(wet, right, down)
        tail = number[max(-down, 0) : height - max(down, 0), : width - right][open_]
        tails.append(tail)
        heads.append(tail + down * width + right)
        lengths.append(np.full(len(tail), np.hypot(right * shrink, down) * CELL_KM * 1000))
    i, j, m = (np.concatenate(part) for part in (tails, heads, lengths))
    graph = coo_array((m, (i, j)), shape=(wet.size, wet.size)).tocsr()
    distance, before = dijkstra(graph, directed=False, indices=source, return_predecessors=True)
    return distance, before


def _open(wet: Bools, right: int, down: int) -> Bools:
    """Whether a step from each cell crosses water only: every cell of its box is wet."""
    height, width = wet.shape
    open_ = np.ones((height - abs(down), width - right), np.bool_)
    for x in range(right + 1):
        for y in range(abs(down) + 1):
            open_ &= wet[y : y + open_.shape[0], x : x + open_.shape[1]]
    return open_


def _trail(before: Ints, cell: int) -> Ints:
    trail = [cell]
    while before[trail[-1]] >= 0:
        trail.append(int(before[trail[-1]]))
    return np.array(trail[::-1])


def taut(water: Water, line: Floats) -> Floats:
    """A line over water with every vertex dropped that it can do without."""
    kept = [0]
    while kept[-1] < len(line) - 1:
        ahead = np.arange(kept[-1] + 2, len(line))
        here = np.broadcast_to(line[kept[-1]], (len(ahead), 2))
        clear = ahead[~water.blocked(here, line[ahead])]
        kept.append(int(clear[-1]) if len(clear) else kept[-1] + 1)
    return line[kept]
