"""Best: the fewest movements that meet every number named, spread as steadily as the claims let."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.counting.columns import distinct
from geo.counting.steady import NIL, steadiest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from scipy.sparse import csc_array

    from geo.counting.rows import Rows

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

#: Days on which nothing was seen are filled as if each were this share of a day. A convention:
#: imagery has gaps, so such days are not surely empty.
QUIET_SHARE = 0.01
#: Price of missing a named number by one, in movements: missed only where bounds demand it.
MISS_PRICE = 1000.0
#: With more sets of lanes than this, what several sets share is put on single lanes.
MOST_SETS = 400


@dataclass(frozen=True)
class Spread:
    """Steady rates over stretches of days, each on a lane or on 'one of several lanes'."""

    lanes: Bools
    lane: Ints
    start: Floats
    end: Floats
    per_day: Floats

    def until(self, lanes: Bools, days: Floats) -> Floats:
        """Movements on lanes that lie wholly in `lanes` before each day, `(days,)`."""
        within: Bools = ~np.any(self.lanes & ~lanes, axis=1)
        on = within[self.lane] & (self.per_day > 0)
        passed = np.clip(days[:, None], self.start[on], self.end[on]) - self.start[on]
        total: Floats = passed @ self.per_day[on]
        return total


class Stretches(NamedTuple):
    """Days on a lane within which no row begins or ends, and their kinds.

    Stretches of one kind help and hurt the same rows and say as much of their lanes, so they
    share one rate. `rows` is `(rows, kinds)`, `days` and `breadth` are per kind.
    """

    lane: Ints
    start: Floats
    end: Floats
    share: Floats
    kind: Ints
    rows: csc_array
    days: Floats
    breadth: Ints


def spread(floors: Rows, ceilings: Rows, aims: Rows, quiet: Rows, cuts: Floats) -> Spread:
    """The best history.

    A movement is put on no narrower lanes than the statements name: beside each lane stands, for
    every set of lanes that a statement names or several agree on, a lane 'one of these'.

    Parameters
    ----------
    floors, ceilings
        Bounds that hold.
    aims
        The numbers named, met as nearly as the bounds let.
    quiet
        Where and when nothing was seen.
    cuts
        `(spans + 1,)`: the day on which each span begins, finite.
    """
    aims = aims.take(np.flatnonzero(~aims.among(floors)))
    lanes = _sets(np.vstack([floors.lanes, aims.lanes]))
    bounds = (floors, aims, ceilings)
    found = _stretches([*bounds, quiet], lanes, cuts)
    sign = np.repeat([1.0, 1.0, -1.0], [len(r) for r in bounds])
    bound = np.concatenate([r.bound for r in bounds]) * sign
    missable = np.repeat([False, True, False], [len(r) for r in bounds])
    number = _fewest_steadiest(found, sign, bound, missable)
    rate = np.divide(number, found.days, out=np.zeros_like(number), where=found.days > 0)
    return Spread(lanes, found.lane, found.start, found.end, rate[found.kind] * found.share)


def _sets(named: Bools) -> Bools:
    """`(sets, lanes)`: the single lanes, then what statements name and what several agree on."""
    sets = named[distinct(named.T)[0]]
    while len(sets) <= MOST_SETS:
        both = (sets[:, None, :] & sets[None, :, :]).reshape(-1, named.shape[1])
        grown = np.vstack([sets, both])
        grown = grown[distinct(grown.T)[0]]
        if len(grown) == len(sets) or len(grown) > MOST_SETS:
            break
        sets = grown
    single = np.eye(named.shape[1], dtype=np.bool_)
    return np.vstack([single, sets[sets.sum(axis=1) > 1]])


def _stretches(tables: list[Rows], lanes: Bools, cuts: Floats) -> Stretches:
    """Cut every lane where a row that counts it begins or ends. The last table is of quiet rows."""
    covers = np.vstack([t.covers(lanes) for t in tables])
    starts = np.concatenate([cuts[t.start] for t in tables])
    ends = np.concatenate([cuts[t.end] for t in tables])
    bounding = len(covers) - len(tables[-1])
    breadth = lanes.sum(axis=1)
    kinds: dict[tuple[bytes, int], int] = {}
    parts = [(np.zeros(0, np.int64), *(np.zeros(0),) * 3, np.zeros(0, np.int64))]
    for number in range(len(lanes)):
        rows = np.flatnonzero(covers[:, number])
        edges = np.unique(np.concatenate([starts[rows], ends[rows]]))
        inside = (starts[rows, None] <= edges[:-1]) & (ends[rows, None] >= edges[1:])
        share = np.where(inside[rows >= bounding].any(axis=0), QUIET_SHARE, 1.0)
        inside, rows = inside[rows < bounding], rows[rows < bounding]
        kept = inside.any(axis=0)
        keys = ((rows[column].tobytes(), int(breadth[number])) for column in inside[:, kept].T)
        kind = np.array([kinds.setdefault(key, len(kinds)) for key in keys], np.int64)
        lane = np.full(len(kind), number)
        parts.append((lane, edges[:-1][kept], edges[1:][kept], share[kept], kind))
    lane, start, end, share, kind = (np.concatenate(p) for p in zip(*parts, strict=True))
    days = np.zeros(len(kinds))
    np.add.at(days, kind, (end - start) * share)
    said = np.array([broad for _, broad in kinds], np.int64)
    return Stretches(lane, start, end, share, kind, _matrix(kinds, bounding), days, said)


def _matrix(kinds: Iterable[tuple[bytes, int]], rows: int) -> csc_array:
    """`(rows, kinds)` of 0 and 1, from the row numbers of each kind."""
    from scipy.sparse import csc_array

    members = [np.frombuffer(numbers, np.int64) for numbers, _ in kinds]
    every = np.concatenate([np.zeros(0, np.int64), *members])
    ends = np.cumsum([0, *(len(m) for m in members)])
    return csc_array((np.ones(len(every)), every, ends), shape=(rows, len(members)))


def _fewest_steadiest(found: Stretches, sign: Floats, bound: Floats, missable: Bools) -> Floats:
    """Fewest movements; of these, least said of their lanes; of these, the steadiest rate."""
    from scipy import sparse
    from scipy.optimize import linprog

    number = np.zeros(len(found.days))
    if not (bound > 0).any():
        return number
    able = np.flatnonzero(found.days > 0)
    rows = sparse.csr_array(sparse.diags_array(sign) @ found.rows).tocsc()
    short = sparse.eye_array(len(bound), format="csc")[:, np.flatnonzero(missable)]
    price = np.concatenate([np.ones(len(able)), np.full(short.shape[1], MISS_PRICE)])
    need = sparse.hstack([rows[:, able], short])
    fewest = _solved(linprog(price, A_ub=-need, b_ub=-bound, method="highs"))
    bound = bound - short @ fewest.x[len(able) :]
    tight = fewest.ineqlin.marginals < -NIL
    able = able[fewest.lower.marginals[: len(able)] < NIL]
    # Of these, the broader the lanes, the better.
    narrow = np.unique(-found.breadth[able], return_inverse=True)[1].astype(np.float64)
    chosen = rows[:, able].tocsr()
    least_said = linprog(
        narrow, method="highs",
        A_ub=-chosen[~tight], b_ub=-bound[~tight] + NIL,
        A_eq=chosen[tight], b_eq=bound[tight],
    )  # fmt: skip
    if least_said.status == 0:
        tight[np.flatnonzero(~tight)[least_said.ineqlin.marginals < -NIL]] = True
        able = able[least_said.lower.marginals < NIL]
    number[able] = steadiest(rows[:, able].tocsr(), bound, tight, found.days[able])
    return number


def _solved(result: Any) -> Any:
    if result.status != 0:
        raise RuntimeError(f"HiGHS: {result.message}")
    return result
