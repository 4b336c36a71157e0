"""Rows: statements as inequalities over lanes and spans of days, the weaker ones left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

#: Rows compared with all others at a time.
BLOCK = 1024


@dataclass(frozen=True)
class Rows:
    """Bounds on sums of movements: floors or ceilings.

    Attributes
    ----------
    lanes
        `(n, lanes)`: the lanes each row sums over.
    start, end
        `(n,)`: its days, as numbers of spans, `end` exclusive.
    bound
        `(n,)`: least (floors) or greatest (ceilings) sum.
    told
        The statements that set it, by number.
    """

    lanes: Bools
    start: Ints
    end: Ints
    bound: Floats
    told: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        """How many rows."""
        return len(self.bound)

    def take(self, index: NDArray[Any]) -> Rows:
        """Some of the rows, by a mask or by numbers."""
        index = np.arange(len(self))[index]
        told = tuple(self.told[i] for i in index)
        return Rows(self.lanes[index], self.start[index], self.end[index], self.bound[index], told)

    def keys(self) -> list[tuple[bytes, int, int]]:
        """Lanes and window of each row, to tell rows that bound the same sum."""
        packed = np.packbits(self.lanes, axis=1)
        windows = zip(packed, self.start.tolist(), self.end.tolist(), strict=True)
        return [(lanes.tobytes(), start, end) for lanes, start, end in windows]

    def among(self, other: Rows) -> Bools:
        """Which rows stand in another table with the same bound."""
        known = set(zip(other.keys(), other.bound.tolist(), strict=True))
        mine = zip(self.keys(), self.bound.tolist(), strict=True)
        return np.array([row in known for row in mine], np.bool_)

    def covers(self, sets: Bools) -> Bools:
        """`(n, sets)`: which rows count a movement known only to lie on one of a set of lanes."""
        outside: Bools = (~self.lanes).astype(np.float32) @ sets.astype(np.float32).T > 0
        return ~outside

    def meets(self, other: Rows) -> Bools:
        """`(n, m)`: which rows share a cell with which rows of another table."""
        days = np.maximum.outer(self.start, other.start) < np.minimum.outer(self.end, other.end)
        shared = self.lanes.astype(np.float32) @ other.lanes.astype(np.float32).T > 0
        return days & shared

    def inside(self, other: Rows) -> Bools:
        """`(n, m)`: which rows lie wholly within which rows of another table."""
        days = np.greater_equal.outer(self.start, other.start)
        days &= np.less_equal.outer(self.end, other.end)
        outside = self.lanes.astype(np.float32) @ (~other.lanes).astype(np.float32).T > 0
        return days & ~outside


def floors(rows: Rows) -> Rows:
    """Floors without those that another implies: a greater one in a narrower window."""
    rows = _strongest(rows, max)
    needless = np.zeros(len(rows), np.bool_)
    for block in _blocks(len(rows)):
        some = rows.take(block)
        implied = rows.inside(some) & (rows.bound[:, None] >= some.bound)
        implied[block, np.arange(len(block))] = False
        needless[block] = implied.any(axis=0)
    return rows.take(np.flatnonzero(~needless))


def ceilings(rows: Rows) -> Rows:
    """Ceilings without those that another implies: a lower one in a wider window."""
    rows = _strongest(rows, min)
    needless = np.zeros(len(rows), np.bool_)
    for block in _blocks(len(rows)):
        some = rows.take(block)
        implied = some.inside(rows) & (some.bound[:, None] >= rows.bound)
        implied[np.arange(len(block)), block] = False
        needless[block] = implied.any(axis=1)
    return rows.take(np.flatnonzero(~needless))


def lasting(floors: Rows) -> Rows:
    """Floors without those that others, inside them and apart from each other, exceed together."""
    inside, meets = floors.inside(floors), floors.meets(floors)
    np.fill_diagonal(inside, val=False)
    greatest_first = np.argsort(-floors.bound, kind="stable")
    exceeded = [
        max(
            _one_by_one(floors.bound, meets, greatest_first[inside[greatest_first, i]]),
            _in_turn(floors, np.flatnonzero(inside[:, i])),
        ) > floors.bound[i]
        for i in range(len(floors))
    ]  # fmt: skip
    return floors.take(~np.array(exceeded, np.bool_))


def _one_by_one(bound: Floats, meets: Bools, order: Ints) -> float:
    """What floors that share no cell add up to, each taken in order where it still can be."""
    total, met = 0.0, np.zeros(len(bound), np.bool_)
    for i in order:
        if not met[i]:
            total += bound[i]
            met |= meets[i]
    return total


def _in_turn(floors: Rows, some: Ints) -> float:
    """The most that floors whose days do not overlap add up to: weighted interval scheduling."""
    order = some[np.argsort(floors.end[some], kind="stable")]
    before = np.searchsorted(floors.end[order], floors.start[order], side="right")
    most = [0.0]
    for bound, earlier in zip(floors.bound[order], before, strict=True):
        most.append(max(most[-1], bound + most[earlier]))
    return most[-1]


def _blocks(count: int) -> list[Ints]:
    """Row numbers in blocks: comparing all with all would take memory by the square."""
    return [np.arange(at, min(at + BLOCK, count)) for at in range(0, count, BLOCK)]


def _strongest(rows: Rows, strongest: Callable[[list[float]], float]) -> Rows:
    """One row per lanes and window, with its strongest bound and every statement that sets it.

    The order is that of the statements, whatever lanes the scopes asked for make of them.
    """
    stated: dict[tuple[bytes, int, int], list[int]] = {}
    for i, key in enumerate(rows.keys()):
        stated.setdefault(key, []).append(i)
    best = [strongest(rows.bound[same].tolist()) for same in stated.values()]
    told = tuple(
        tuple(n for i in same if rows.bound[i] == most for n in rows.told[i])
        for same, most in zip(stated.values(), best, strict=True)
    )
    kept = rows.take(np.array([same[0] for same in stated.values()], np.int64))
    return replace(kept, bound=np.array(best, np.float64), told=told)
