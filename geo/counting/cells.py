"""Cells: the lane and days where a movement may lie, without those that another beats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.counting.columns import distinct, same
from geo.counting.solver import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.counting.rows import Rows

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Words = NDArray[np.uint64]

#: Rows that a word tells apart, a bit each.
WORD_BITS = 64


class Window(NamedTuple):
    """What is counted: some lanes over spans `[start, end)`."""

    lanes: Bools
    start: int
    end: int


class Stretches(NamedTuple):
    """Spans on lanes of one kind, in order of kind and span; `seen` by the same rows throughout.

    `kind` is a number of `Cells.kind`; `seen` is `(words, stretches)`: a bit for each row.
    """

    kind: Ints
    start: Ints
    end: Ints
    seen: Words

    def take(self, index: NDArray[Any]) -> Stretches:
        """Some of the stretches."""
        return Stretches(self.kind[index], self.start[index], self.end[index], self.seen[:, index])

    def beaten(self, against: Words) -> tuple[Bools, Bools]:
        """Which are beaten by the next stretch on their lane, and which by the one before.

        One beats another if it counts towards every floor that does, and under no ceiling
        (`against`) that does not. Of two alike the next beats the one before.
        """
        near = self.kind[1:] == self.kind[:-1]
        good = self.seen ^ against
        rising = near & ~(good[:, :-1] & ~good[:, 1:]).any(axis=0)
        falling = near & ~(good[:, 1:] & ~good[:, :-1]).any(axis=0) & ~rising
        return np.append(rising, [False]), np.append([False], falling)


@dataclass(frozen=True)
class Cells:
    """All cells under some floors and ceilings, to be asked for those that a few rows need."""

    floors: Rows
    ceilings: Rows

    def problem(
        self, window: Window, floors: Ints, ceilings: Ints, *, most: bool
    ) -> tuple[Problem, Bools]:
        """The fewest or the most movements in a window under some rows, over few cells.

        A cell that another beats is left out: moving a movement there changes no answer.

        Parameters
        ----------
        window
            What is counted.
        floors, ceilings
            Rows, by number.
        most
            Whether the most is sought.

        Returns
        -------
        problem
            Rows over the cells that are left.
        counted
            Which of these cells the window counts.
        """
        floor, ceiling = self._bits(floors), self._bits(len(self.floors) + ceilings)
        words = np.flatnonzero(floor | ceiling)
        needed, mask = (ceiling if most else floor)[words, None], (floor | ceiling)[words, None]
        seen = self._every.seen[words]
        here = np.flatnonzero((seen & needed).any(axis=0))
        found = _merged(self._every.take(here)._replace(seen=seen[:, here] & mask))
        out, into = self._unbeaten(found, window, ceiling[words, None])
        cells = np.concatenate([out, into])
        counted = np.repeat([False, True], [len(out), len(into)])
        # Of a cell within the window and one beyond, under the same rows, one beats the other.
        order = np.lexsort((cells, counted != most))
        first = order[same(found.seen[:, cells[order]])[0]]
        bits = np.zeros((len(self._every.seen), len(first)), np.uint64)
        bits[words] = found.seen[:, cells[first]]
        rows = np.unpackbits(np.ascontiguousarray(bits.T).view(np.uint8), axis=1).T.astype(np.bool_)
        under = rows[floors], rows[len(self.floors) + ceilings]
        least, greatest = self.floors.bound[floors], self.ceilings.bound[ceilings]
        return Problem(under[0], least, under[1], greatest), counted[first]

    def _unbeaten(self, found: Stretches, window: Window, against: Words) -> tuple[Ints, Ints]:
        """Stretches beyond the window and within it that no neighbour on the same side beats."""
        within = np.zeros(self.kinds, np.bool_)
        beyond = np.zeros(self.kinds, np.bool_)
        within[self.kind[window.lanes]] = True
        beyond[self.kind[~window.lanes]] = True
        rising, falling = found.beaten(against)
        after = np.append(found.start[1:], [0])
        before = np.append([0], found.end[:-1])
        into = (found.start < window.end) & (found.end > window.start)
        into &= ~(rising & (after < window.end)) & ~(falling & (before > window.start))
        early = (found.start < window.start) & ~(rising & (after < window.start)) & ~falling
        late = (found.end > window.end) & ~rising & ~(falling & (before > window.end))
        counted = within[found.kind]
        out = beyond[found.kind] & ~rising & ~falling | counted & (early | late)
        return np.flatnonzero(out), np.flatnonzero(counted & into)

    @cached_property
    def kind(self) -> Ints:
        """The kind of each lane: rows tell no two lanes of one kind apart."""
        return distinct(np.vstack([self.floors.lanes, self.ceilings.lanes]))[1]

    @property
    def kinds(self) -> int:
        """How many kinds of lanes there are."""
        return int(self.kind.max(initial=-1)) + 1

    @cached_property
    def _every(self) -> Stretches:
        """Every lane, cut where a row that counts it begins or ends."""
        covers = np.vstack([self.floors.lanes, self.ceilings.lanes])
        starts = np.concatenate([self.floors.start, self.ceilings.start])
        ends = np.concatenate([self.floors.end, self.ceilings.end])
        width = -(-max(len(covers), 1) // WORD_BITS) * WORD_BITS
        parts = [Stretches(*(np.zeros(0, np.int64),) * 3, np.zeros((width // WORD_BITS, 0), "u8"))]
        for number, lane in enumerate(distinct(covers)[0]):
            rows = np.flatnonzero(covers[:, lane])
            cuts = np.unique(np.concatenate([starts[rows], ends[rows]]))
            inside = np.zeros((max(len(cuts) - 1, 0), width), np.bool_)
            inside[:, rows] = (starts[rows] <= cuts[:-1, None]) & (ends[rows] > cuts[:-1, None])
            seen = np.ascontiguousarray(np.packbits(inside, axis=1)).view(np.uint64).T
            kind = np.full(len(inside), number)
            parts.append(Stretches(kind, cuts[:-1], cuts[1:], seen))
        return Stretches(*(np.concatenate(p, axis=-1) for p in zip(*parts, strict=True)))

    def _bits(self, rows: Ints) -> Words:
        width = self._every.seen.shape[0] * WORD_BITS
        chosen = np.zeros(width, np.bool_)
        chosen[rows] = True
        return np.packbits(chosen).view(np.uint64)


def _merged(found: Stretches) -> Stretches:
    """Neighbours that the same rows count, as one stretch."""
    if not len(found.kind):
        return found
    one = (found.kind[1:] == found.kind[:-1]) & (found.start[1:] == found.end[:-1])
    one &= (found.seen[:, 1:] == found.seen[:, :-1]).all(axis=0)
    first, last = np.append([True], ~one), np.append(~one, [True])
    return found.take(first)._replace(end=found.end[last])
