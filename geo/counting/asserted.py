"""Lows without what is only suspected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.counting.bounds import Bound
    from geo.counting.history import Ground, Histories

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Asserted:
    """Histories with and without the statements that only suspect a movement.

    Attributes
    ----------
    base
        The ground they stand on.
    past
        The histories that all standing statements allow.
    standing
        Which statements these are; None for all.
    """

    base: Ground
    past: Histories
    standing: Bools | None = None

    def lows(self, scope: int, first: Ints, after: Ints, lows: Sequence[Bound]) -> list[Bound]:
        """Lows of windows of a scope, by number, counted anew where one rests on suspicion."""
        out = list(lows)
        again = np.flatnonzero([self._suspected(bound) for bound in lows])
        if len(again):
            anew = self._firm.lows(scope, first[again], after[again])
            for k, bound in zip(again, anew, strict=True):
                out[k] = bound
        return out

    def _suspected(self, bound: Bound) -> bool:
        return self._unclear or any(self._only[[*r.told]].all() for r in bound.reasons)

    @cached_property
    def _only(self) -> Bools:
        only: Bools = self.base.told["suspected"].to_numpy(np.bool_)
        return only

    @cached_property
    def _unclear(self) -> bool:
        """Whether a suspected statement had a part in a clash: without it another may stand."""
        clashing = (reason for clash in self.past.clashes for reason in clash.reasons)
        return any(self._only[n] for reason in clashing for n in reason.told)

    @cached_property
    def _firm(self) -> Histories:
        firm = ~self._only if self.standing is None else self.standing & ~self._only
        return self.base.histories(firm)
