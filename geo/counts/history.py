"""The histories that the statements of one unit allow, for the scopes and days asked about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.counts import rows
from geo.counts.best import Spread, spread
from geo.counts.bounds import Bound, Bounds
from geo.counts.clashes import Clash, settled
from geo.counts.scopes import DIMENSIONS, Scope, held, lanes
from geo.counts.statements import AFTER_ALL, BEFORE_ALL, record

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Histories:
    """Statements as rows over lanes and spans of days, with what cannot hold set aside.

    Attributes
    ----------
    told
        Table of `geo.counts.statements.statements`; rows refer to it by number.
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


def histories(
    told: pd.DataFrame, places: pd.DataFrame, scopes: Sequence[Scope], days: Collection[int] = ()
) -> Histories:
    """What the statements of one unit allow.

    Parameters
    ----------
    told
        Table of `geo.counts.statements.statements`.
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
    sides = told[["start", "end", "inner_start", "inner_end"]].to_numpy(np.int64)
    cuts = np.unique(np.concatenate([sides.ravel(), [BEFORE_ALL, AFTER_ALL], [*days]]))
    start, end, inner_start, inner_end = np.searchsorted(cuts, sides).T
    floor, aim, ceiling = (told[c].to_numpy(np.float64) for c in ("floor", "aim", "ceiling"))
    quiet, sure = told["quiet"].to_numpy(np.bool_), inner_end > inner_start
    number = np.arange(len(told))

    def rows_of(keep: Bools, first: Ints, after: Ints, bound: NDArray[np.float64]) -> rows.Rows:
        names = tuple((int(n),) for n in number[keep])
        return rows.Rows(covered[: len(told)][keep], first[keep], after[keep], bound[keep], names)

    def ceilings(fallen: frozenset[int]) -> rows.Rows:
        keep = sure & np.isfinite(ceiling) & ~np.isin(number, sorted(fallen))
        return rows.ceilings(rows_of(keep, inner_start, inner_end, ceiling))

    floors = rows.floors(rows_of(floor > 0, start, end, floor))
    bounds, clashes = settled(floors, ceilings, len(cuts) - 1)
    aims = rows.floors(rows_of(aim > 0, start, end, aim))
    since, until = np.where(sure, inner_start, start), np.where(sure, inner_end, end)
    unseen = rows_of(quiet, since, until, floor)
    return Histories(told, bounds, clashes, aims, unseen, covered[len(told) :], cuts)
