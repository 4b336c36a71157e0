"""The histories that the statements of one unit allow, for the scopes and days asked about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.counting import rows
from geo.counting.best import Spread, spread
from geo.counting.bounds import Bound, Bounds
from geo.counting.clashes import Clash, settled
from geo.counting.scopes import DIMENSIONS, Scope, held, lanes
from geo.counting.statements import AFTER_ALL, BEFORE_ALL, record

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

#: Columns of statements: the outer window and the inner.
SIDES = ["start", "end", "inner_start", "inner_end"]


@dataclass(frozen=True)
class Histories:
    """Statements as rows over lanes and spans of days, with what cannot hold set aside.

    Attributes
    ----------
    told
        Table of `geo.counting.statements.statements`; rows refer to it by number.
    bounds
        Lows and highs of windows.
    clashes
        Statements that cannot all hold.
    aims, quiet
        Numbers named, and windows in which nothing was seen.
    scopes
        `(scopes, lanes)`: what each scope counts.
    cuts
        `(spans + 1,)`: the whole day since 1970 on which each span begins.
    """

    told: pd.DataFrame
    bounds: Bounds
    clashes: tuple[Clash, ...]
    aims: rows.Rows
    quiet: rows.Rows
    scopes: Bools
    cuts: Ints

    def lows(self, scope: int, first: Ints, after: Ints) -> list[Bound]:
        """The fewest movements of a scope, by number, from days until before others."""
        spans = np.searchsorted(self.cuts, first), np.searchsorted(self.cuts, after)
        return self.bounds.lows(self.scopes[scope], *spans)

    def highs(self, scope: int, first: Ints, after: Ints) -> list[Bound]:
        """The most movements, likewise."""
        spans = np.searchsorted(self.cuts, first), np.searchsorted(self.cuts, after)
        return self.bounds.highs(self.scopes[scope], *spans)

    @cached_property
    def facts(self) -> list[str]:
        """The fact of each statement."""
        return [str(fact) for fact in self.told["fact_id"]]

    @cached_property
    def best(self) -> Spread:
        """The one history shown as best. A window open at an end is filled within the record."""
        first, last = record([self.told])
        cuts = np.clip(self.cuts, first, last + 1).astype(np.float64)
        return spread(self.bounds.floors, self.bounds.ceilings, self.aims, self.quiet, cuts)


@dataclass(frozen=True)
class Ground:
    """The lanes and spans of days that statements of one unit and scopes tell apart.

    Attributes
    ----------
    told
        Table of `geo.counting.statements.statements`.
    lanes, scopes
        `(statements, lanes)` and `(scopes, lanes)`: what each covers.
    cuts
        `(spans + 1,)`: the whole day since 1970 on which each span begins.
    """

    told: pd.DataFrame
    lanes: Bools
    scopes: Bools
    cuts: Ints

    def histories(self, kept: Bools | None = None) -> Histories:
        """What the statements allow, or some of them."""
        standing = np.ones(len(self.told), np.bool_) if kept is None else kept
        start, end, since, until = self._spans.T
        sure = until > since
        quiet = self.told["quiet"].to_numpy(np.bool_)
        floor, aim, ceiling = (self.told[c].to_numpy(float) for c in ("floor", "aim", "ceiling"))
        number = np.arange(len(standing))

        def ceilings(fallen: frozenset[int]) -> rows.Rows:
            firm = standing & sure & np.isfinite(ceiling) & ~np.isin(number, sorted(fallen))
            return rows.ceilings(self._rows(firm, since, until, ceiling))

        floors = rows.floors(self._rows(standing & (floor > 0), start, end, floor))
        bounds, clashes = settled(floors, ceilings, len(self.cuts) - 1)
        aims = rows.floors(self._rows(standing & (aim > 0), start, end, aim))
        within = np.where(sure, since, start), np.where(sure, until, end)
        unseen = self._rows(standing & quiet, *within, floor)
        return Histories(self.told, bounds, clashes, aims, unseen, self.scopes, self.cuts)

    @cached_property
    def _spans(self) -> Ints:
        """`(statements, 4)`: outer and inner window of each, as numbers of spans."""
        return np.searchsorted(self.cuts, self.told[SIDES].to_numpy(np.int64))

    def _rows(self, kept: Bools, first: Ints, after: Ints, bound: Floats) -> rows.Rows:
        names = tuple((int(n),) for n in np.flatnonzero(kept))
        return rows.Rows(self.lanes[kept], first[kept], after[kept], bound[kept], names)


def ground(
    told: pd.DataFrame, places: pd.DataFrame, scopes: Sequence[Scope], days: Collection[int] = ()
) -> Ground:
    """The ground on which statements of one unit are weighed.

    Parameters
    ----------
    told
        Table of `geo.counting.statements.statements`.
    places
        Table of `geo.seeds.read`.
    scopes
        What will be asked about.
    days
        Days on which windows to be asked about begin or end.
    """
    import pandas as pd

    asked = pd.DataFrame([s.lane() for s in scopes], columns=list(DIMENSIONS), dtype="str")
    every = pd.concat([told[list(DIMENSIONS)], asked], ignore_index=True)
    covered = lanes(every, held(places))
    sides = told[SIDES].to_numpy(np.int64)
    cuts = np.unique(np.concatenate([sides.ravel(), [BEFORE_ALL, AFTER_ALL], [*days]]))
    return Ground(told, covered[: len(told)], covered[len(told) :], cuts)


def histories(
    told: pd.DataFrame, places: pd.DataFrame, scopes: Sequence[Scope], days: Collection[int] = ()
) -> Histories:
    """What the statements of one unit allow; as `ground`."""
    return ground(told, places, scopes, days).histories()
