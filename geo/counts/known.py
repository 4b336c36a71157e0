"""What was known when: the count of all time, as of each day on which more was published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.counts.history import histories
from geo.counts.periods import day, stamp
from geo.counts.scopes import Scope
from geo.counts.statements import AFTER_ALL, BEFORE_ALL, statements
from geo.counts.table import best, whole
from geo.counts.words import facts_of

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd


def known(
    facts: Mapping[str, pd.DataFrame] | Callable[[str], pd.DataFrame],
    days: Collection[dt.date | str],
    places: pd.DataFrame,
    scope: Scope,
    *,
    since: dt.date | str | None = None,
    links: Collection[str] = ("round_trips",),
) -> pd.DataFrame:
    """The total that facts supported on each of several days.

    Parameters
    ----------
    facts
        The table of facts as known on a day, by ISO date; or a function that gives it.
    days
        Days to look back from. Those on which sources were published say all there is to say.
    places, scope, links
        As in `geo.counts.count_scopes`.
    since
        First day that counts; by default all time.

    Returns
    -------
    DataFrame
        One row per day, in order: `as_of`, `low`, `best`, `high` of everything known on that day,
        `facts_low` and `facts_high` (the facts that force them).
    """
    import pandas as pd

    of = facts.__getitem__ if isinstance(facts, Mapping) else facts
    rows: list[dict[str, Any]] = []
    before: pd.DataFrame | None = None
    for as_of in sorted({stamp(day(d)) for d in days}):
        told = statements(of(as_of), places, scope.unit, links)
        if before is not None and told.equals(before):
            rows.append(rows[-1] | {"as_of": as_of})
            continue
        before = told
        rows.append({"as_of": as_of, **_total(told, places, scope, since)})
    columns = ["as_of", "low", "best", "high", "facts_low", "facts_high"]
    out = pd.DataFrame(rows, columns=columns)
    whole_numbers = {"low": "Int64", "high": "Int64", "best": "float64"}
    return out.astype(whole_numbers).assign(as_of=pd.to_datetime(out["as_of"]))


def _total(
    told: pd.DataFrame, places: pd.DataFrame, scope: Scope, since: dt.date | str | None
) -> dict[str, Any]:
    first = BEFORE_ALL if since is None else day(since)
    past = histories(told, places, [scope], {first})
    window = np.array([first]), np.array([AFTER_ALL])
    (low,), (high,) = past.lows(0, *window), past.highs(0, *window)
    middle = best(past, 0, window, [low], [high])
    return {
        "low": whole([low])[0],
        "best": float(middle[0]),
        "high": whole([high])[0],
        "facts_low": facts_of(low, past.facts),
        "facts_high": facts_of(high, past.facts),
    }
