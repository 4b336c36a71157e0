"""The world's sea as a chart of great circles: corners off every coast and the sights between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.sea import globe
from geo.sea.sights import Sights
from geo.sea.water import COLUMNS, cells, centres

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geo.sea.water import Water

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

#: Headings are kept to 1/256 of a turn.
HEADING_STEP = 360 / 256
#: How far, as a sine, a line may lean into a wall whose direction is kept to the degree.
LEAN = 0.03


@dataclass(frozen=True)
class Ocean:
    """Corners of the world's coasts, seen from the water.

    Attributes
    ----------
    lonlat
        Corners in degrees, `(n, 2)`.
    walls
        Headings of the two walls that meet at each corner, degrees from north, `(n, 2)`.
    pairs
        Corners that see each other along a useful line, `(m, 2)`.
    water
        The grid that lines must not leave.
    """

    lonlat: Floats
    walls: Floats
    pairs: Ints
    water: Water

    @classmethod
    def from_arrays(
        cls, arrays: Mapping[str, NDArray[Any]], fairways: Sequence[Floats], water: Water
    ) -> Ocean:
        """The chart from its shipped arrays (see `to_arrays`) and the fairways it was made with."""
        cell = np.cumsum(arrays["cell"], dtype=np.int64)
        lonlat = np.column_stack(centres(cell % COLUMNS, cell // COLUMNS))
        first = np.cumsum(arrays["pairs_first"], dtype=np.int64)
        pairs = np.column_stack([first, first + arrays["pairs_step"]])
        chart = cls(lonlat, arrays["walls"] * HEADING_STEP, pairs, water)
        return chart._extended(fairways)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Arrays for a file: corners, in the order of their cells, then all pairs."""
        corner = ~np.isnan(self.walls[:, 0])
        x, y = cells(*self.lonlat[corner].T)
        first, second = self.pairs.T
        return {
            "cell": np.diff(y * COLUMNS + x, prepend=0).astype(np.uint32),
            "walls": np.rint(self.walls[corner] / HEADING_STEP).astype(np.uint8),
            "pairs_first": np.diff(first, prepend=0).astype(np.uint16),
            "pairs_step": (second - first).astype(np.uint16),
        }

    def with_fairways(self, fairways: Sequence[Floats]) -> Ocean:
        """The chart with ways through passages that the grid closes, their ends tied to it."""
        whole, pairs, first = self._extended(fairways), [self.pairs], len(self.lonlat)
        for fairway in fairways:
            along = np.arange(first, first + len(fairway))
            pairs.append(np.column_stack([along[:-1], along[1:]]))
            for tip in (along[0], along[-1]):
                seen = self.seen(whole.at[tip])
                pairs.append(np.column_stack([seen, np.full(len(seen), tip)]))
            first += len(fairway)
        every = np.unique(np.sort(np.concatenate(pairs), axis=1), axis=0)
        return Ocean(whole.lonlat, whole.walls, every, self.water)

    def _extended(self, fairways: Sequence[Floats]) -> Ocean:
        """The chart with points along fairways, which have no walls, added after its corners."""
        lonlat = np.concatenate([self.lonlat, *fairways])
        walls = np.full((len(lonlat), 2), np.nan)
        walls[: len(self.walls)] = self.walls
        return Ocean(lonlat, walls, self.pairs, self.water)

    def on_fairway(self, line: Floats) -> Bools:
        """Which pieces of a line, degrees `(n, 2)`, run along a fairway from point to point."""
        fairway = {tuple(p) for p in self.lonlat[np.isnan(self.walls[:, 0])]}
        on = [tuple(p) in fairway for p in line]
        return np.array([a and b for a, b in pairwise(on)], np.bool_)

    @cached_property
    def at(self) -> Floats:
        """Corners as unit vectors."""
        return globe.vectors(self.lonlat)

    @cached_property
    def sides(self) -> Floats:
        """For each wall the normal of its great circle, `(n, 2, 3)`."""
        lon = np.radians(self.lonlat[:, 0])
        east = np.column_stack([-np.sin(lon), np.cos(lon), np.zeros(len(lon))])
        north = np.cross(self.at, east)
        # Beside a point of a fairway there is no wall: with a normal of nil every line grazes.
        turn = np.radians(self.walls)[:, :, None]
        along = np.cos(turn) * north[:, None] + np.sin(turn) * east[:, None]
        return np.nan_to_num(np.cross(self.at[:, None], along))

    @cached_property
    def sights(self) -> Sights:
        """The graph of sight lines."""
        i, j = self.pairs.T
        metres = globe.metres(self.lonlat[i], self.lonlat[j])
        return Sights(len(self.lonlat), self.pairs, metres)

    def tangent(self, corners: Ints, points: Floats) -> Bools:
        """Whether lines from points, `(n, 3)`, graze their corners instead of hitting a wall."""
        off = np.linalg.norm(np.cross(self.at[corners], points), axis=1)
        sine = np.einsum("ijk,ik->ij", self.sides[corners], points)
        sine /= np.maximum(off, 1e-12)[:, None]
        hits: Bools = (sine.max(axis=1) > LEAN) & (sine.min(axis=1) < -LEAN)
        return ~hits

    def seen(self, point: Floats) -> Ints:
        """Corners that a point `(3,)` of the water sees along a useful line."""
        every = np.arange(len(self.at))
        points = np.broadcast_to(point, (len(every), 3))
        useful = every[self.tangent(every, points)]
        return useful[self.water.sees(points[: len(useful)], self.at[useful])]
