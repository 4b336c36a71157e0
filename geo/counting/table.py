"""The counts: fewest, best and most movements per period that fit what facts say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.counting.asserted import Asserted
from geo.counting.history import Histories, ground
from geo.counting.periods import Length, day, periods
from geo.counting.scopes import Scope
from geo.counting.statements import BEFORE_ALL, numbered, of_unit, record
from geo.counting.words import because, facts_of

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from numpy.typing import NDArray

    from geo.counting.bounds import Bound

    Ints = NDArray[np.int64]

#: Columns that facts force.
BOUNDS = ("low", "high", "cum_low", "cum_high")
#: Digits of `best` after the point. It is an allocation: show one.
BEST_DIGITS = 2


def count_scopes(
    facts: pd.DataFrame,
    places: pd.DataFrame,
    scopes: Sequence[Scope],
    *,
    period: Length = "month",
    since: dt.date | str | None = None,
    until: dt.date | str | None = None,
    links: Collection[str] = ("round_trips",),
    explain: bool = False,
) -> pd.DataFrame:
    """Counts of several scopes in one go, so that a part never exceeds its whole.

    Parameters
    ----------
    facts, places
        Tables of `geo.facts.facts` (as known on some day) and of `geo.seeds.read`.
    scopes
        What to count.
    period
        `day`, `week`, `month` or `quarter`.
    since, until
        First and last day; by default the first and last day of any window that facts state.
    links
        Rules that carry numbers from one unit to another, of `geo.counting.LINKS`.
    explain
        Whether to add `why_low`, `why_high`, `why_cum_low`, `why_cum_high`: the reasons in words.

    Returns
    -------
    DataFrame
        One row per scope and period: the scope's `unit`, `mode`, `origin`, `destination`,
        `vessel`; `period`, `start`, `end`; `low`, `best`, `high` of the period, and `cum_low`,
        `cum_best`, `cum_high` from `since` (or the beginning of time, where it is not given) to
        the end of the period. A high is empty where no fact sets a ceiling. `low_asserted` and
        `cum_low_asserted` are the lows without facts that only suspect a movement. `facts_low`
        and so on name the facts that force each bound: without any one of them it would be looser.

    Raises
    ------
    ValueError
        If a unit does not add up over time, or a place, link or period is not known.

    Examples
    --------
    Trips from Rajin to Russia by sea, month by month::

        count_scopes(facts, places, [Scope("trip", "sea", "rajin", "russia")])
    """
    import pandas as pd

    scopes = list(dict.fromkeys(scopes))
    every = numbered(facts, places)
    told = {u: of_unit(every, places, u, links) for u in dict.fromkeys(s.unit for s in scopes)}
    first, last = record(told.values())
    since_day = first if since is None else day(since)
    frame = periods(period, since_day, last if until is None else day(until))
    origin = BEFORE_ALL if since is None else since_day
    days = {origin, *frame["first"], *frame["after"]}
    tables = []
    for unit, unit_told in told.items():
        own = [s for s in scopes if s.unit == unit]
        base = ground(unit_told, places, own, days)
        past = base.histories()
        found = _figures(past, Asserted(base, past), frame, origin)
        names = dict(zip(places["place_id"], places["name"], strict=True))
        why = _in_words(past, unit, found, names) if explain else {}
        tables.append(_table(own, frame, past, found, why))
    table = pd.concat(tables, ignore_index=True)
    order = {scope: k for k, scope in enumerate(scopes)}
    # Each unit's scopes stand together: back to the order they were asked in.
    rank = np.repeat([order[s] for u in told for s in scopes if s.unit == u], len(frame))
    return table.iloc[np.argsort(rank, kind="stable")].reset_index(drop=True)


def _figures(
    past: Histories, asserted: Asserted, frame: pd.DataFrame, origin: int
) -> dict[str, Any]:
    """Lows, bests and highs, of periods and from the origin on; all scopes one after another."""
    first, after = frame["first"].to_numpy(), frame["after"].to_numpy()
    found: dict[str, Any] = {}
    for prefix, start in (("", first), ("cum_", np.full(len(frame), origin))):
        for number in range(len(past.scopes)):
            windows = (start, after)
            low, high = past.lows(number, *windows), past.highs(number, *windows)
            found.setdefault(f"{prefix}low", []).extend(low)
            found.setdefault(f"{prefix}best", []).extend(best(past, number, windows, low, high))
            found.setdefault(f"{prefix}high", []).extend(high)
            firm = asserted.lows(number, *windows, low)
            found.setdefault(f"{prefix}low_asserted", []).extend(firm)
    return found


def _in_words(
    past: Histories, unit: str, found: dict[str, Any], names: dict[str, str]
) -> dict[str, Any]:
    say = partial(because, unit=unit, told=past.told, names=names)
    return {f"why_{side}": [say(b) for b in found[side]] for side in BOUNDS}


def _table(
    scopes: Sequence[Scope],
    frame: pd.DataFrame,
    past: Histories,
    found: dict[str, Any],
    why: dict[str, Any],
) -> pd.DataFrame:
    import pandas as pd

    asked = pd.DataFrame([asdict(s) for s in scopes])
    columns: dict[str, Any] = {
        c: np.repeat(asked[c].to_numpy(object), len(frame)) for c in asked.columns
    }
    for column in ("period", "start", "end"):
        columns[column] = np.tile(frame[column].to_numpy(), len(scopes))
    for column, values in found.items():
        columns[column] = values if column.endswith("best") else whole(values)
    columns |= {f"facts_{side}": [facts_of(b, past.facts) for b in found[side]] for side in BOUNDS}
    columns |= why
    texts = [c for c in columns if c in asked or c == "period" or c.startswith(("facts", "why"))]
    return pd.DataFrame(columns).astype(dict.fromkeys(texts, "str"))


def best(
    past: Histories, number: int, windows: tuple[Ints, Ints], low: list[Bound], high: list[Bound]
) -> Any:
    """Best numbers of windows of one scope, within their bounds."""
    start, after = (past.best.until(past.scopes[number], w.astype(np.float64)) for w in windows)
    least = np.array([b.value for b in low], np.float64)
    most = np.array([np.inf if b.value is None else b.value for b in high])
    return np.clip(after - start, least, most).round(BEST_DIGITS)


def whole(bounds: Sequence[Bound]) -> Any:
    """Bounds as Int64."""
    import pandas as pd

    return pd.array([b.value for b in bounds], dtype="Int64")
