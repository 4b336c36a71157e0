"""Shortest paths among corners that see one another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


class Reach(NamedTuple):
    """What one point reaches: the corners it sees, then all others through them."""

    seen: Ints
    seen_m: Floats
    distance_m: Floats
    before: Ints


@dataclass(frozen=True)
class Sights:
    """Sight lines between corners as an undirected graph.

    Attributes
    ----------
    corners
        How many corners there are.
    pairs
        Corners that see each other, `(m, 2)`.
    metres
        Their distances, `(m,)`.
    """

    corners: int
    pairs: Ints
    metres: Floats

    @cached_property
    def _graph(self) -> csr_array:
        from scipy.sparse import csr_array

        i, j = self.pairs.T
        both = np.concatenate([i, j]), np.concatenate([j, i])
        # One row more than corners: the place of a search's starting point.
        shape = (self.corners + 1, self.corners + 1)
        return csr_array((np.tile(self.metres, 2), both), shape=shape)

    def reach(self, seen: Ints, seen_m: Floats) -> Reach:
        """Distances to every corner from a point that sees some of them (Dijkstra, 1959)."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        graph = self._graph
        ends = np.append(graph.indptr[:-1], graph.indptr[-2] + len(seen))
        rooted = csr_array(
            (np.append(graph.data, seen_m), np.append(graph.indices, seen), ends),
            shape=graph.shape,
        )
        distance, before = dijkstra(rooted, indices=self.corners, return_predecessors=True)
        return Reach(seen, seen_m, distance, before)

    def turns(self, origin: Reach, destination: Reach) -> list[int]:
        """Corners of the shortest path between two points, in order; none if there is no path."""
        through = origin.distance_m[destination.seen] + destination.seen_m
        if not np.isfinite(through).any():
            return []
        turns, corner = [], int(destination.seen[np.argmin(through)])
        while corner < self.corners:
            turns.append(corner)
            corner = int(origin.before[corner])
        return turns[::-1]
