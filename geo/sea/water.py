"""Where the world's sea is, on a grid of 0.005 degrees: a cell is water only if no land touches it.

A line that stays in water cells is therefore clear of land on every coast the grid was made from
(`seeds/sea.PROVENANCE.md`). Channels narrower than about a kilometre are closed on the grid; those
that ships use are named passages (`geo.passages`). Water that no sea-going ship reaches counts as
land.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.sea import globe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

CELLS_A_DEGREE = 200
COLUMNS, ROWS = 360 * CELLS_A_DEGREE, 180 * CELLS_A_DEGREE
#: Values of the index for a square degree that is all water or all land.
ALL_WATER, ALL_LAND = -1, -2
#: Open sea is known by blocks of so many cells a side (0.2 degrees), with so many rows and columns
#: of such blocks clear around them.
CALM_CELLS = 40
CALM_REACH = (1, 2)
#: Places looked at first on a long line: most lines that cross land are out at once.
GLANCES = 24
#: Before those, places this near its start: a harbour's own shores hide most of the world.
NEAR_GLANCES_RAD = np.array([2, 5, 12, 40, 120]) / 6371
#: A cell's height on the sphere of the same volume as the Earth.
CELL_KM = 6371.0 * np.pi / ROWS


@dataclass(frozen=True)
class Water:
    """The grid: an index of square degrees, `(180, 360)` from the north-west, and the mixed ones.

    Attributes
    ----------
    index
        For each square degree `ALL_WATER`, `ALL_LAND` or its number in `squares`.
    squares
        Land as bits, `(n, 200, 25)`.
    """

    index: NDArray[np.int16]
    squares: NDArray[np.uint8]

    def dry(self, lon: Floats, lat: Floats) -> Bools:
        """Whether points, in degrees, lie in cells that land touches."""
        return self.dry_cells(*cells(lon, lat))

    def dry_cells(self, x: Ints, y: Ints) -> Bools:
        """Whether cells, by column and row, are touched by land."""
        square = self.index[y // CELLS_A_DEGREE, x // CELLS_A_DEGREE]
        dry: Bools = square == ALL_LAND
        mixed = np.flatnonzero(square >= 0)
        column = x[mixed] % CELLS_A_DEGREE
        octet = self.squares[square[mixed], y[mixed] % CELLS_A_DEGREE, column >> 3]
        dry[mixed] = (octet >> (7 - (column & 7))) & 1
        return dry

    def blocked(self, starts: Floats, ends: Floats) -> Bools:
        """Which straight lines in longitude and latitude touch a cell with land.

        Parameters
        ----------
        starts, ends
            `(n, 2)` in degrees; longitudes may pass 180 but must not jump there.
        """
        suspect = np.flatnonzero(~self._calm(starts, ends))
        blocked = np.zeros(len(starts), np.bool_)
        for line, x, y in touched(starts[suspect], ends[suspect]):
            blocked[suspect[line[self.dry_cells(x, y)]]] = True
        return blocked

    def sees(self, a: Floats, b: Floats) -> Bools:
        """Which great circles between unit vectors `(n, 3)` stay in the water."""
        clear = np.ones(len(a), np.bool_)
        share = np.arange(1, GLANCES) / GLANCES
        near = np.minimum(NEAR_GLANCES_RAD / np.maximum(globe.angle(a, b), 1e-12)[:, None], 1)
        alive = np.arange(len(a))
        for parts in (near, np.broadcast_to(share, (len(a), len(share)))):
            part = parts[alive, :, None]
            points = a[alive, None] * (1 - part) + b[alive, None] * part
            seen = globe.lonlat(points.reshape(-1, 3))
            dry = self.dry(*seen.T).reshape(points.shape[:2]).any(axis=1)
            clear[alive[dry]] = False
            alive = alive[~dry]
        line, starts, ends = globe.pieces(a[alive], b[alive])
        ashore = np.zeros(len(alive), np.bool_)
        ashore[line[self.dry(*starts.T)]] = True
        left = ~ashore[line]
        ashore[line[left][self.blocked(starts[left], ends[left])]] = True
        clear[alive[ashore]] = False
        return clear

    def _calm(self, starts: Floats, ends: Floats) -> Bools:
        """Which short lines lie in open water all round, so that no cell need be looked at."""
        rows, columns = CALM_REACH
        span = np.abs(ends - starts) * (CELLS_A_DEGREE / CALM_CELLS)
        calm: Bools = (span[:, 0] <= columns) & (span[:, 1] <= rows)
        for points in (starts, ends):
            x, y = cells(*points.T)
            calm &= self._open_sea[y // CALM_CELLS, x // CALM_CELLS]
        return calm

    @cached_property
    def _open_sea(self) -> Bools:
        """Blocks of `CALM_CELLS` cells a side with no land within `CALM_REACH` blocks."""
        blocks, octets = CELLS_A_DEGREE // CALM_CELLS, CALM_CELLS // 8
        land = np.repeat(np.repeat(self.index == ALL_LAND, blocks, axis=0), blocks, axis=1)
        parts = self.squares.reshape(-1, blocks, CALM_CELLS, blocks, octets).max(axis=(2, 4)) > 0
        r, c = np.nonzero(self.index >= 0)
        by_square = land.reshape(180, blocks, 360, blocks).swapaxes(1, 2)
        by_square[r, c] = parts[self.index[r, c]]
        rows, columns = CALM_REACH
        for axis, reach in ((0, rows), (1, columns)):
            shifted = [np.roll(land, k, axis) for k in range(-reach, reach + 1)]
            land = np.logical_or.reduce(shifted)
        return ~land

    def window(self, x: int, y: int, radius: tuple[int, int]) -> Bools:
        """Dry cells around a cell, `(2 * rows + 1, 2 * columns + 1)`; radius in columns, rows."""
        columns, rows = radius
        xs = np.arange(x - columns, x + columns + 1) % COLUMNS
        ys = np.arange(y - rows, y + rows + 1)
        xx, yy = np.meshgrid(xs, np.clip(ys, 0, ROWS - 1))
        return self.dry_cells(xx.ravel(), yy.ravel()).reshape(xx.shape)

    def land_km(self, points: Floats, limit_km: float) -> Floats:
        """Distance of points `(n, 2)` from the nearest cell with land, at most the limit."""
        return np.array([self._land_km(lon, lat, limit_km) for lon, lat in points.tolist()])

    def _land_km(self, lon: float, lat: float, limit_km: float) -> float:
        (x,), (y,) = cells(np.array([lon]), np.array([lat]))
        rows = int(limit_km / CELL_KM) + 1
        shrink = max(float(np.cos(np.radians(lat))), 0.05)
        columns = int(rows / shrink) + 1
        dry_y, dry_x = np.nonzero(self.window(int(x), int(y), (columns, rows)))
        km = np.hypot((dry_x - columns) * shrink, dry_y - rows) * CELL_KM
        return float(min(km.min(initial=limit_km), limit_km))

    def nearest(self, lon: float, lat: float, limit_km: float) -> tuple[float, float] | None:
        """The point itself if it is in water, else the middle of the nearest water cell."""
        (x,), (y,) = cells(np.array([lon]), np.array([lat]))
        if not self.dry_cells(np.array([x]), np.array([y]))[0]:
            return lon, lat
        rows = int(limit_km / CELL_KM) + 1
        shrink = max(np.cos(np.radians(abs(lat)) + rows * np.pi / ROWS), 0.01)
        columns = min(int(rows / shrink) + 1, COLUMNS // 2 - 1)
        wet_y, wet_x = np.nonzero(~self.window(int(x), int(y), (columns, rows)))
        if not len(wet_x):
            return None
        wet_lon, wet_lat = centres(wet_x - columns + x, wet_y - rows + y)
        # Flat measure at the middle latitude: enough to tell which of two cells is nearer.
        middle = np.cos(np.radians((wet_lat + lat) / 2))
        km = np.hypot((wet_lon - lon) * middle, wet_lat - lat) * CELLS_A_DEGREE * CELL_KM
        best = int(np.argmin(km))
        return (float(wet_lon[best]), float(wet_lat[best])) if km[best] <= limit_km else None


def cells(lon: Floats, lat: Floats) -> tuple[Ints, Ints]:
    """Columns and rows of the cells that hold points in degrees."""
    x = np.floor((lon + 180) * CELLS_A_DEGREE).astype(np.int64) % COLUMNS
    y = np.floor((90 - lat) * CELLS_A_DEGREE).astype(np.int64)
    return x, np.clip(y, 0, ROWS - 1)


def centres(x: Ints, y: Ints) -> tuple[Floats, Floats]:
    """Longitude and latitude of the middles of cells."""
    return (x + 0.5) / CELLS_A_DEGREE - 180, 90 - (y + 0.5) / CELLS_A_DEGREE


def touched(starts: Floats, ends: Floats) -> list[tuple[Ints, Ints, Ints]]:
    """Cells that straight lines touch, as (line, column, row): at the ends, beside every crossing.

    The cells of Amanatides and Woo (1987), found for all lines at once instead of step by step.
    """
    origin, scale = np.array([-180.0, 90.0]), np.array([CELLS_A_DEGREE, -CELLS_A_DEGREE])
    a, b = ((p - origin) * scale for p in (starts, ends))
    every = np.arange(len(a))
    found = [(every, *np.floor(p).astype(np.int64).T) for p in (a, b)]
    for along, across in ((0, 1), (1, 0)):
        low, high = np.sort(np.stack([a[:, along], b[:, along]]), axis=0)
        first = np.floor(low).astype(np.int64) + 1
        count = np.maximum(np.ceil(high).astype(np.int64) - first, 0)
        line = np.repeat(every, count)
        step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        at = first[line] + step
        span = b[line] - a[line]
        share = (at - a[line, along]) / span[:, along]
        beside = np.floor(a[line, across] + share * span[:, across]).astype(np.int64)
        for side in (at - 1, at):
            cell = (side, beside) if along == 0 else (beside, side)
            found.append((line, *cell))
    return [(line, x % COLUMNS, np.clip(y, 0, ROWS - 1)) for line, x, y in found]


@cache
def water() -> Water:
    """The shipped grid."""
    from geo.seeds import shipped

    with shipped().joinpath("sea_water.npz").open("rb") as file, np.load(file) as arrays:
        return Water(arrays["index"], arrays["squares"])
