"""Least sums of whole numbers under floors and ceilings, by scipy's HiGHS solver."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.counting.columns import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

#: A number so near a whole one is that: HiGHS meets rows to 1e-7, and sums of millions to 1e-9.
NEAR, RELATIVE = 1e-6, 1e-9
#: Among more floors a simple proof is seldom found and dear to look for.
FEW_FLOORS = 40
#: Copies of a problem are solved together up to so many numbers that are not nil.
MOST_NONZEROS = 20_000
#: Few cells are left by now, and HiGHS's own look for more to leave out takes longer than solving.
AS_IT_IS = {"presolve": False}
#: scipy's word for: no point fits.
INFEASIBLE = 2


@dataclass(frozen=True)
class Problem:
    """Whole numbers x >= 0 with `floors @ x >= least` and `ceilings @ x <= most`.

    `floors` is `(f, cells)`, `ceilings` `(c, cells)`, both of 0 and 1.
    """

    floors: Bools
    least: Floats
    ceilings: Bools
    most: Floats

    def only(self, floors: Bools, ceilings: Bools) -> Problem:
        """The problem of some rows alone."""
        return Problem(
            self.floors[floors], self.least[floors], self.ceilings[ceilings], self.most[ceilings]
        )


@dataclass(frozen=True)
class Solution:
    """The whole numbers that attain the value, and the rows that prove that nothing less can be.

    `sparing` is true where it is certain that no row of the proof can be spared.
    """

    x: Floats
    value: int
    floors: Bools
    ceilings: Bools
    sparing: bool


def least(cost: Floats, problem: Problem) -> Solution | None:
    """The least `cost @ x` over whole x; None where nothing fits. `cost` is whole."""
    f, c = len(problem.least), len(problem.most)
    if not f + c:
        nothing = np.zeros(0, np.bool_)
        return Solution(np.zeros(len(cost)), 0, nothing, nothing, sparing=True)
    found = _plain(cost, problem)
    if found is not None:
        return found
    relaxed = _relaxed(cost, problem)
    if relaxed is None:
        return None
    weight = np.abs(relaxed.ineqlin.marginals)
    proof = weight > NEAR
    x = _whole(cost, problem, relaxed.x)
    if x is None:
        return None
    value = round(float(cost @ x))
    if value > _rounded_up(relaxed.fun):
        proof[:] = True  # the relaxed problem proves less: any row may matter
    # Floors that count once each share no cell: each adds its own number.
    apart = not proof[f:].any() and bool((np.abs(weight[proof] - 1) < NEAR).all())
    return Solution(x, value, proof[:f], proof[f:], sparing=apart and bool((cost >= 0).all()))


def _plain(cost: Floats, problem: Problem) -> Solution | None:
    """The solution where floors that share no cell prove what a simple history attains."""
    if (cost < 0).any() or len(problem.least) > FEW_FLOORS:
        return None
    apart = np.zeros(len(problem.least), np.bool_)
    taken = cost == 0
    for i in np.argsort(-problem.least, kind="stable"):
        if not taken[problem.floors[i]].any():
            apart[i] = True
            taken |= problem.floors[i]
    value = round(float(problem.least[apart].sum()))
    x = _mended(cost, problem, np.zeros(len(cost)))
    if x is None or round(float(cost @ x)) > value:
        return None
    return Solution(x, value, apart, np.zeros(len(problem.most), np.bool_), sparing=True)


def reaches(cost: Floats, problem: Problem, value: int) -> bool:
    """Whether the least `cost @ x` over whole x is no less than a value. Something must fit."""
    if not len(problem.least) + len(problem.most):
        return value <= 0 and not (cost < 0).any()
    return not _needed(cost, problem, value, [-1])


def _needed(cost: Floats, problem: Problem, value: int, rows: list[int]) -> list[int]:
    """The rows without which less than a value can be: floors, then ceilings, by number.

    Each is left out of a copy of its own, and as many copies as may be are solved at once: the
    solver is quick and being called is not. Row -1 is none.
    """
    every = np.vstack([problem.floors, problem.ceilings])
    f = len(problem.least)
    without = {i: np.arange(len(every)) != i for i in rows}
    # Movements wanted that no ceiling is left to hold: as many as one likes.
    held = {i: every[f:][kept[f:]].any(axis=0) for i, kept in without.items()}
    free = {i for i in rows if ((cost < 0) & ~held[i]).any()}
    bound = [i for i in rows if i not in free]
    many = max(1, MOST_NONZEROS // max(1, int(every.sum())))
    for at in range(0, len(bound), many):
        some = bound[at : at + many]
        for i, x in zip(some, _copies(cost, problem, [without[i] for i in some]), strict=True):
            if _falls_short(cost, problem.only(without[i][:f], without[i][f:]), value, x):
                free.add(i)
    return [i for i in rows if i in free]


def _copies(cost: Floats, problem: Problem, kept: list[Bools]) -> Floats:
    """`(copies, cells)`: the least over any numbers, of some of the rows each."""
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csc_array, eye_array, kron

    every = csc_array(np.vstack([problem.floors, problem.ceilings]), dtype=np.float64)
    low = np.concatenate([problem.least, np.full(len(problem.most), -np.inf)])
    high = np.concatenate([np.full(len(problem.least), np.inf), problem.most])
    fit = LinearConstraint(
        kron(eye_array(len(kept)), every, format="csc"),
        np.concatenate([np.where(k, low, -np.inf) for k in kept]),
        np.concatenate([np.where(k, high, np.inf) for k in kept]),
    )
    found = _checked(milp(np.tile(cost, len(kept)), constraints=fit, options=AS_IT_IS))
    x: Floats = found.x.reshape(len(kept), -1)
    return x


def _falls_short(cost: Floats, problem: Problem, value: int, relaxed: Floats) -> bool:
    """Whether the least over whole numbers is below a value, the least over any being known."""
    if _rounded_up(float(cost @ relaxed)) >= value:
        return False
    x = _whole(cost, problem, relaxed)
    return x is None or round(float(cost @ x)) < value


def _relaxed(cost: Floats, problem: Problem) -> Any:
    from scipy.optimize import linprog
    from scipy.sparse import csc_array

    signed = np.vstack([-problem.floors.astype(np.int8), problem.ceilings])
    rows = csc_array(signed, dtype=np.float64)
    bounds = np.concatenate([-problem.least, problem.most])
    return _checked(linprog(cost, A_ub=rows, b_ub=bounds, method="highs-ds", options=AS_IT_IS))


def _checked(result: Any) -> Any:
    if result.status == INFEASIBLE:
        return None
    if result.status != 0:
        raise RuntimeError(f"HiGHS: {result.message}")
    return result


def _rounded_up(number: float) -> int:
    """The least whole number not below one that the solver found."""
    return int(np.ceil(number - NEAR - RELATIVE * abs(number)))


def _whole(cost: Floats, problem: Problem, relaxed: Floats) -> Floats | None:
    """The best whole numbers: most often the relaxed point, or one next to it."""
    from scipy.optimize import LinearConstraint, milp

    x: Floats = np.rint(relaxed)
    if (np.abs(relaxed - x) <= NEAR + RELATIVE * x).all():
        return x
    near = _mended(cost, problem, np.floor(relaxed + NEAR))
    if near is not None and round(float(cost @ near)) == _rounded_up(float(cost @ relaxed)):
        return near
    rows = np.vstack([problem.floors.astype(np.float64), problem.ceilings])
    low = np.concatenate([problem.least, np.full(len(problem.most), -np.inf)])
    high = np.concatenate([np.full(len(problem.least), np.inf), problem.most])
    fit = LinearConstraint(rows, low, high)
    found = _checked(milp(cost, constraints=fit, integrality=np.ones(len(cost))))
    return None if found is None else np.rint(found.x)


def _mended(cost: Floats, problem: Problem, x: Floats) -> Floats | None:
    """Whole numbers raised, the cheapest first and where that helps most floors, until all hold."""
    room = problem.most - problem.ceilings @ x
    need = problem.least - problem.floors @ x
    used = problem.ceilings.sum(axis=0)
    while True:
        short = need > NEAR
        able = ~problem.ceilings[room < 1].any(axis=0)
        helped = problem.floors[short].sum(axis=0)
        able &= helped > 0 if short.any() else cost < 0
        if not able.any():
            return None if short.any() else x
        cell = np.lexsort((used, -helped, cost, ~able))[0]
        rows = short & problem.floors[:, cell], problem.ceilings[:, cell]
        more = min([*need[rows[0]], *room[rows[1]]])
        x[cell] += more
        need -= more * problem.floors[:, cell]
        room -= more * problem.ceilings[:, cell]


def forcing(cost: Floats, problem: Problem, solution: Solution) -> tuple[Ints, Ints]:
    """Floors and ceilings, by number, that force the value; none of them can be spared.

    The weakest are let go first, so that what is left reads plainest.
    """
    rows = np.flatnonzero(solution.floors), np.flatnonzero(solution.ceilings)
    if solution.sparing:
        return rows
    # Few rows tell few cells apart.
    few = problem.only(solution.floors, solution.ceilings)
    cells, kind = distinct(np.vstack([few.floors, few.ceilings, cost != 0]))
    few = replace(few, floors=few.floors[:, cells], ceilings=few.ceilings[:, cells])
    x, cost = np.bincount(kind, solution.x, len(cells)).astype(np.float64), cost[cells]
    floors, ceilings = np.ones(len(few.least), np.bool_), np.ones(len(few.most), np.bool_)
    # What is needed among all rows is needed among fewer.
    needed = _in_the_way(cost, few, x)
    open_yet = sorted(set(range(len(floors) + len(ceilings))) - needed)
    needed |= frozenset(_needed(cost, few, solution.value, open_yet))
    _spare(
        floors, ceilings, few,
        lambda f, c: reaches(cost, few.only(f, c), solution.value), needed,
    )  # fmt: skip
    return rows[0][floors], rows[1][ceilings]


def _in_the_way(cost: Floats, problem: Problem, x: Floats) -> frozenset[int]:
    """Rows, floors then ceilings, that alone forbid a cheaper point one movement away.

    Tried are one movement less, one more, and one put elsewhere.
    """
    f = len(problem.least)
    tight = problem.floors @ x == problem.least, problem.ceilings @ x == problem.most
    # The last cell is nowhere: where a movement less goes to and one more comes from.
    floors = np.pad(problem.floors & tight[0][:, None], ((0, 0), (0, 1))).astype(np.float64)
    ceilings = np.pad(problem.ceilings & tight[1][:, None], ((0, 0), (0, 1))).astype(np.float64)
    price = np.append(cost, 0.0)
    source = np.flatnonzero(np.append(x, 1.0) >= 1)

    def broken(weight: Floats) -> Floats:
        """Sum, for each source and each cell, of the weights of the rows that a move breaks."""
        below = (floors[:, source].T * weight[:f]) @ (1 - floors)
        above = (1 - ceilings[:, source]).T @ (ceilings * weight[f:, None])
        return np.asarray(below + above, np.float64)

    every = np.arange(1, f + len(problem.most) + 1, dtype=np.float64)
    alone = (broken(np.ones_like(every)) == 1) & (price - price[source, None] < 0)
    return frozenset(int(n) - 1 for n in broken(every)[alone])


def clash(problem: Problem) -> tuple[Ints, Ints] | None:
    """Floors and ceilings, by number, that cannot all hold, though all but any one can.

    None where everything fits.
    """
    nothing = np.zeros(problem.floors.shape[1])
    if least(nothing, problem) is not None:
        return None
    floors, ceilings = _suspects(problem)
    _spare(floors, ceilings, problem, lambda f, c: least(nothing, problem.only(f, c)) is None)
    return np.flatnonzero(floors), np.flatnonzero(ceilings)


def _spare(
    floors: Bools, ceilings: Bools, problem: Problem, free: Any,
    needed: frozenset[int] = frozenset(),
) -> None:  # fmt: skip
    """Drop, weakest first, each row without which `free(floors, ceilings)` still says yes.

    Of some it is known that they are `needed`: floors, then ceilings, by number.
    """
    for kept, order, first in (
        (ceilings, np.argsort(-problem.most, kind="stable"), len(floors)),
        (floors, np.argsort(problem.least, kind="stable"), 0),
    ):
        for i in order[kept[order]]:
            if first + i not in needed:
                kept[i] = False
                kept[i] = not free(floors, ceilings)


def _suspects(problem: Problem) -> tuple[Bools, Bools]:
    """Rows that hold up the least excess over the ceilings (an elastic program, after Chinneck)."""
    from scipy.optimize import linprog

    f, c = len(problem.least), len(problem.most)
    floors, ceilings = problem.floors.astype(np.float64), problem.ceilings.astype(np.float64)
    rows = np.block([[-floors, np.zeros((f, c))], [ceilings, -np.eye(c)]])
    cost = np.concatenate([np.zeros(floors.shape[1]), np.ones(c)])
    bounds = np.concatenate([-problem.least, problem.most])
    relaxed = _checked(linprog(cost, A_ub=rows, b_ub=bounds, method="highs"))
    if relaxed.fun <= NEAR:  # only whole numbers clash: any row may matter
        return np.ones(f, np.bool_), np.ones(c, np.bool_)
    leaning = np.abs(relaxed.ineqlin.marginals) > NEAR
    return leaning[:f], leaning[f:]
