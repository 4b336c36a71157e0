"""Least sums of whole numbers under floors and ceilings, by scipy's HiGHS solver."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.counts.columns import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

#: A number so near a whole one is that: HiGHS meets rows to 1e-7, and sums of millions to 1e-9.
NEAR, RELATIVE = 1e-6, 1e-9
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
    """The value attained, and the rows that prove that nothing less can be.

    `sparing` is true where it is certain that no row of the proof can be spared.
    """

    value: int
    floors: Bools
    ceilings: Bools
    sparing: bool


def least(cost: Floats, problem: Problem) -> Solution | None:
    """The least `cost @ x` over whole x; None where nothing fits. `cost` is whole."""
    f, c = len(problem.least), len(problem.most)
    if not f + c:
        return Solution(0, np.zeros(0, np.bool_), np.zeros(0, np.bool_), sparing=True)
    found = _plain(cost, problem)
    if found is not None:
        return found
    relaxed = _relaxed(cost, problem)
    if relaxed is None:
        return None
    weight = np.abs(relaxed.ineqlin.marginals)
    proof = weight > NEAR
    value = _whole(cost, problem, relaxed)
    if value is None:
        return None
    if value > _at_least(relaxed):
        proof[:] = True  # the relaxed problem proves less: any row may matter
    # Floors that count once each share no cell: each adds its own number.
    apart = not proof[f:].any() and bool((np.abs(weight[proof] - 1) < NEAR).all())
    return Solution(value, proof[:f], proof[f:], sparing=apart and bool((cost >= 0).all()))


def _plain(cost: Floats, problem: Problem) -> Solution | None:
    """The solution where floors that share no cell prove what a simple history attains."""
    if (cost < 0).any():
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
    return Solution(value, apart, np.zeros(len(problem.most), np.bool_), sparing=True)


def reaches(cost: Floats, problem: Problem, value: int) -> bool:
    """Whether the least `cost @ x` over whole x is no less than a value. Something must fit."""
    if ((cost < 0) & ~problem.ceilings.any(axis=0)).any():
        return False  # unbounded
    if not len(problem.least) + len(problem.most):
        return value <= 0
    relaxed = _relaxed(cost, problem)
    if _at_least(relaxed) >= value:
        return True
    least_whole = _whole(cost, problem, relaxed)
    return least_whole is not None and least_whole >= value


def _relaxed(cost: Floats, problem: Problem) -> Any:
    from scipy.optimize import linprog

    rows = np.vstack([-problem.floors.astype(np.float64), problem.ceilings])
    bounds = np.concatenate([-problem.least, problem.most])
    return _checked(linprog(cost, A_ub=rows, b_ub=bounds, method="highs"))


def _checked(result: Any) -> Any:
    if result.status == INFEASIBLE:
        return None
    if result.status != 0:
        raise RuntimeError(f"HiGHS: {result.message}")
    return result


def _at_least(relaxed: Any) -> int:
    return int(np.ceil(relaxed.fun - NEAR - RELATIVE * abs(relaxed.fun)))


def _whole(cost: Floats, problem: Problem, relaxed: Any) -> int | None:
    """The least over whole numbers: most often the relaxed point, or one next to it."""
    from scipy.optimize import LinearConstraint, milp

    x = np.rint(relaxed.x)
    if (np.abs(relaxed.x - x) <= NEAR + RELATIVE * x).all():
        return round(float(cost @ x))
    near = _mended(cost, problem, np.floor(relaxed.x + NEAR))
    if near is not None and round(float(cost @ near)) == _at_least(relaxed):
        return _at_least(relaxed)
    rows = np.vstack([problem.floors.astype(np.float64), problem.ceilings])
    low = np.concatenate([problem.least, np.full(len(problem.most), -np.inf)])
    high = np.concatenate([np.full(len(problem.least), np.inf), problem.most])
    fit = LinearConstraint(rows, low, high)
    found = _checked(milp(cost, constraints=fit, integrality=np.ones(len(cost))))
    return None if found is None else round(float(cost @ np.rint(found.x)))


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
    cells = distinct(np.vstack([few.floors, few.ceilings, cost != 0]))[0]
    few, cost = (
        replace(few, floors=few.floors[:, cells], ceilings=few.ceilings[:, cells]),
        cost[cells],
    )

    floors, ceilings = np.ones(len(few.least), np.bool_), np.ones(len(few.most), np.bool_)
    _spare(floors, ceilings, few, lambda f, c: reaches(cost, few.only(f, c), solution.value))
    return rows[0][floors], rows[1][ceilings]


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


def _spare(floors: Bools, ceilings: Bools, problem: Problem, free: Any) -> None:
    """Drop, weakest first, each row without which `free(floors, ceilings)` still says yes."""
    for kept, order in (
        (ceilings, np.argsort(-problem.most, kind="stable")),
        (floors, np.argsort(problem.least, kind="stable")),
    ):
        for i in order[kept[order]]:
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
