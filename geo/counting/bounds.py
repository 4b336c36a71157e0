"""Bounds: the fewest and the most movements in a window that fit every statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.counting import solver
from geo.counting.cells import Cells, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.counting.rows import Rows

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


class Reason(NamedTuple):
    """A floor or ceiling that helps to force a bound, and the statements that set it."""

    at_most: bool
    number: int
    told: tuple[int, ...]


class Bound(NamedTuple):
    """A bound and what forces it; no value where no statement sets one."""

    value: int | None
    reasons: tuple[Reason, ...]


class Part(NamedTuple):
    """Floors and ceilings, by number, that hang together through the cells they share."""

    floors: Ints
    ceilings: Ints


UNBOUNDED = Bound(None, ())


@dataclass(frozen=True)
class Bounds:
    """Answers for many windows under one set of floors and ceilings that can all hold.

    A movement that no ceiling watches costs nothing outside the window asked about, so only
    floors without such a way out matter to a low. Floors and ceilings that share no cell do not
    know of each other: each connected part is solved alone, and once.
    """

    floors: Rows
    ceilings: Rows
    spans: int
    _solved: dict[tuple[object, ...], Bound] = field(default_factory=dict, repr=False)
    _split: dict[bytes, list[Part]] = field(default_factory=dict, repr=False)

    def lows(self, lanes: Bools, starts: Ints, ends: Ints) -> list[Bound]:
        """The fewest movements on lanes in each window of spans, with what forces them."""
        within = self._open_until(lanes, ends) - self._open_until(lanes, starts)
        # Such floors cannot be met by movements that neither the window nor a ceiling counts.
        bound = np.asarray(within == self._ways_out[:, None], np.bool_)
        first, last = self.floors.start[:, None], self.floors.end[:, None]
        lo, hi = np.clip(starts, first, last), np.clip(ends, first, last)
        crossing = np.any(self.floors.lanes[:, lanes], axis=1, keepdims=True)
        met = np.asarray((hi > lo) & crossing, np.bool_)
        return [
            self._total(Window(lanes, int(start), int(end)), self._parts(bound[:, k]), met[:, k])
            for k, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]

    def highs(self, lanes: Bools, starts: Ints, ends: Ints) -> list[Bound]:
        """The most movements on lanes in each window; no value where a cell has no ceiling."""
        free = self._open[lanes].sum(axis=0)
        crossing = self.ceilings.lanes[:, lanes].any(axis=1)
        bounds = []
        for start, end in zip(starts, ends, strict=True):
            if free[end] > free[start]:
                bounds.append(UNBOUNDED)
                continue
            met = (self.ceilings.start < end) & (self.ceilings.end > start) & crossing
            window = Window(lanes, int(start), int(end))
            bounds.append(self._total(window, self.capped_parts, met, most=True))
        return bounds

    @cached_property
    def capped_parts(self) -> list[Part]:
        """Ceilings, and the floors that only movements under ceilings can meet, part by part."""
        return self._connected(np.flatnonzero(self._ways_out == 0), self._ceilings_meet)

    @cached_property
    def _open(self) -> Floats:
        """`(lanes, spans + 1)`: how many cells before each span are under no ceiling."""
        capped = np.zeros((self.floors.lanes.shape[1], self.spans), np.bool_)
        for lanes, start, end in zip(
            self.ceilings.lanes, self.ceilings.start, self.ceilings.end, strict=True
        ):
            capped[lanes, start:end] = True
        before: Floats = np.pad(np.cumsum(~capped, axis=1, dtype=np.float64), ((0, 0), (1, 0)))
        return before

    def _open_until(self, lanes: Bools, spans: Ints) -> Floats:
        """`(floors, spans)`: cells of each floor on some lanes before spans, under no ceiling."""
        shared = (self.floors.lanes & lanes).astype(np.float64)
        first, last = (
            np.einsum("fl,lf->f", shared, self._open[:, side])[:, None]
            for side in (self.floors.start, self.floors.end)
        )
        before: Floats = np.clip(shared @ self._open[:, spans], first, last) - first
        return before

    @cached_property
    def _ways_out(self) -> Floats:
        """How many cells of each floor are under no ceiling."""
        every = np.ones(self.floors.lanes.shape[1], np.bool_)
        return self._open_until(every, np.array([self.spans]))[:, 0]

    @cached_property
    def _floors_meet(self) -> Bools:
        return self.floors.meets(self.floors)

    @cached_property
    def _both_meet(self) -> Bools:
        return self.floors.meets(self.ceilings)

    @cached_property
    def _ceilings_meet(self) -> Bools:
        return self.ceilings.meets(self.ceilings)

    def _parts(self, floors: Bools) -> list[Part]:
        key = floors.tobytes()
        if key not in self._split:
            apart = np.zeros((len(self.ceilings), len(self.ceilings)), np.bool_)
            self._split[key] = self._connected(np.flatnonzero(floors), apart)
        return self._split[key]

    def _connected(self, floors: Ints, ceilings_meet: Bools) -> list[Part]:
        """Some floors and all ceilings, part by part."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        n = len(floors)
        under = self._both_meet[floors]
        graph = np.block(
            [[self._floors_meet[np.ix_(floors, floors)], under], [under.T, ceilings_meet]]
        )
        if not graph.size:
            return []
        number, part = connected_components(csr_array(graph), directed=False)
        every = [np.flatnonzero(part == k) for k in range(number)]
        return [Part(floors[e[e < n]], e[e >= n] - n) for e in every]

    def _total(
        self, window: Window, parts: Sequence[Part], met: Bools, *, most: bool = False
    ) -> Bound:
        """The sum over the parts that reach into the window."""
        value = 0
        reasons: list[Reason] = []
        for part in parts:
            if met[part.ceilings if most else part.floors].any():
                bound = self._of(part, window, most=most)
                value += bound.value or 0
                reasons += bound.reasons
        return Bound(value, tuple(reasons))

    def _of(self, part: Part, window: Window, *, most: bool) -> Bound:
        """The bound of one part; windows that differ only beyond it share the answer."""
        if len(part.floors) == 1 and not len(part.ceilings):
            return _alone(self.floors, int(part.floors[0]))
        starts = self.floors.start[part.floors], self.ceilings.start[part.ceilings]
        ends = self.floors.end[part.floors], self.ceilings.end[part.ceilings]
        start = max(window.start, int(min(s.min(initial=self.spans) for s in starts)))
        end = min(window.end, int(max(e.max(initial=0) for e in ends)))
        lanes = window.lanes & self._lanes(part)
        key = (part.floors.tobytes(), part.ceilings.tobytes(), lanes.tobytes(), start, end, most)
        if key not in self._solved:
            self._solved[key] = self._solve(part, Window(lanes, start, end), most=most)
        return self._solved[key]

    def _lanes(self, part: Part) -> Bools:
        """The lanes that any row of a part counts."""
        floors, ceilings = self.floors.lanes[part.floors], self.ceilings.lanes[part.ceilings]
        return np.asarray(floors.any(axis=0) | ceilings.any(axis=0))

    def _solve(self, part: Part, window: Window, *, most: bool) -> Bound:
        problem, counted = self.cells.problem(window, part.floors, part.ceilings, most=most)
        cost = np.where(counted, -1.0 if most else 1.0, 0.0)
        solution = solver.least(cost, problem)
        if solution is None:
            raise RuntimeError("statements that cannot all hold were not set aside")
        by_floor, by_ceiling = solver.forcing(cost, problem, solution)
        chosen, under = part.floors[by_floor], part.ceilings[by_ceiling]
        return Bound(abs(solution.value), reasons(self.floors, chosen, self.ceilings, under))

    @cached_property
    def cells(self) -> Cells:
        """Where movements may lie."""
        return Cells(self.floors, self.ceilings)


def _alone(floors: Rows, number: int) -> Bound:
    bound = round(floors.bound[number])
    return Bound(bound, (Reason(at_most=False, number=bound, told=floors.told[number]),))


def reasons(floors: Rows, chosen: Ints, ceilings: Rows, under: Ints) -> tuple[Reason, ...]:
    """Some floors and ceilings, by number, as reasons."""
    rows = [(False, floors, i) for i in chosen] + [(True, ceilings, i) for i in under]
    return tuple(
        Reason(at_most, round(table.bound[i]), table.told[i]) for at_most, table, i in rows
    )
