"""Clashes: smallest sets of statements that cannot all hold, and the ceilings set aside for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.counting import solver
from geo.counting.bounds import Bounds, Part, Reason, reasons
from geo.counting.cells import Window
from geo.counting.rows import lasting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.counting.rows import Rows


class Clash(NamedTuple):
    """Floors and ceilings that cannot all hold, though any of them but one can.

    Floors alone always fit, so every clash has a ceiling; the ceilings are set aside.
    """

    reasons: tuple[Reason, ...]

    @property
    def fallen(self) -> frozenset[int]:
        """The statements, by number, whose ceilings are set aside."""
        return frozenset(n for r in self.reasons if r.at_most for n in r.told)


def settled(
    floors: Rows, ceilings: Callable[[frozenset[int]], Rows], spans: int
) -> tuple[Bounds, tuple[Clash, ...]]:
    """Bounds on what is left when ceilings that cannot hold are set aside, and the clashes found.

    Parameters
    ----------
    floors
        Floors.
    ceilings
        Gives the ceilings without those that some statements set, by number: one that a fallen
        ceiling had made needless comes back.
    spans
        Number of spans of days.
    """
    fallen: frozenset[int] = frozenset()
    clashes: list[Clash] = []
    fitting: set[tuple[tuple[int, ...], ...]] = set()
    while True:
        bounds = Bounds(floors, ceilings(fallen), spans)
        found = [c for part in bounds.capped_parts for c in _clashes(bounds, part, fitting)]
        if not found:
            return Bounds(lasting(floors), bounds.ceilings, spans), tuple(clashes)
        clashes += found
        fallen = fallen.union(*(c.fallen for c in found))


def _clashes(
    bounds: Bounds, part: Part, fitting: set[tuple[tuple[int, ...], ...]]
) -> Iterator[Clash]:
    """Clashes among floors and ceilings that hang together, unless they are known to fit.

    After the first, the ceilings it names are held against the floors not named yet: whatever
    else cannot stand beside them is told as well.
    """
    floors, ceilings = bounds.floors.take(part.floors), bounds.ceilings.take(part.ceilings)
    statements = floors.told + ceilings.told
    if not len(floors) or not len(ceilings) or statements in fitting:
        return
    nowhere = Window(np.zeros(floors.lanes.shape[1], np.bool_), 0, 0)
    problem, _ = bounds.cells.problem(nowhere, *part, most=False)
    unnamed, suspect = np.ones(len(floors), np.bool_), np.ones(len(ceilings), np.bool_)
    while clash := solver.clash(problem.only(unnamed, suspect)):
        by_floor, by_ceiling = np.flatnonzero(unnamed)[clash[0]], np.flatnonzero(suspect)[clash[1]]
        yield Clash(reasons(floors, by_floor, ceilings, by_ceiling))
        unnamed[by_floor] = False
        suspect &= np.isin(np.arange(len(ceilings)), by_ceiling)
    if unnamed.all():
        fitting.add(statements)
