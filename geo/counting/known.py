"""What was known when: the counts of all time, on each day on which more was published."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.claims import joined, parts
from geo.counting.asserted import Asserted
from geo.counting.history import ground
from geo.counting.periods import day
from geo.counting.scopes import Scope
from geo.counting.statements import AFTER_ALL, BEFORE_ALL, numbered, of_unit
from geo.counting.words import facts_of
from geo.versions import VERSION_MARK, marked

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

#: Columns of text.
NAMED = ("unit", "mode", "origin", "destination", "vessel")
FORCED = ("facts_low", "facts_high", "claims_low", "claims_high")


def known(
    facts: pd.DataFrame,
    places: pd.DataFrame,
    scopes: Sequence[Scope],
    *,
    since: dt.date | str | None = None,
    links: Collection[str] = ("round_trips",),
) -> pd.DataFrame:
    """The totals that facts supported on each day on which one that tells of them changed.

    Parameters
    ----------
    facts
        Table of `geo.versions.versions`: every version of every fact, and when it held.
    places, scopes, links
        As in `geo.counting.count_scopes`.
    since
        First day that counts; by default all time.

    Returns
    -------
    DataFrame
        One row per day and scope: the scope; `as_of`; `low` and `high` of everything known on that
        day, and `low_asserted`, the low without facts that only suspect a movement; `facts_low`,
        `facts_high`, `claims_low`, `claims_high` (what forces them, as it stood that day). Between
        two days nothing changed. There is no best: a past day is asked for what was certain.

    Examples
    --------
    Trips from Rajin to Russia, as each day's reports supported them::

        known(versions(claims, gazetteer), places, [Scope("trip", "sea", "rajin", "russia")])
    """
    import pandas as pd

    first = BEFORE_ALL if since is None else day(since)
    named = marked(facts)
    every = numbered(named, places)
    behind = named.groupby("fact_id")["claims"].agg(";".join).to_dict()
    held = named.drop_duplicates("fact_id").set_index("fact_id")[["since", "until"]]
    rows: list[dict[str, Any]] = []
    for unit in dict.fromkeys(s.unit for s in scopes):
        own = [s for s in scopes if s.unit == unit]
        told = of_unit(every, places, unit, links)
        base = ground(told, places, own, {first})
        start, end = (held[side].reindex(told["fact_id"]).to_numpy() for side in held)
        for as_of in np.unique(np.concatenate([start, end[~np.isnat(end)]])):
            standing = (start <= as_of) & ~(end <= as_of)
            asserted = Asserted(base, base.histories(standing), standing)
            rows += [{"as_of": as_of, **row} for row in _totals(asserted, own, first, behind)]
    columns = [*NAMED, "as_of", "low", "high", "low_asserted", *FORCED]
    out = pd.DataFrame(rows, columns=columns)
    texts = dict.fromkeys((*NAMED, *FORCED), "str")
    numbers = dict.fromkeys(("low", "high", "low_asserted"), "Int64")
    return out.astype({**texts, **numbers, "as_of": "datetime64[s]"})


def _totals(
    asserted: Asserted, scopes: Sequence[Scope], first: int, behind: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Low and high of every scope from a day on, and what forces them."""
    past, window = asserted.past, (np.array([first]), np.array([AFTER_ALL]))
    for number, scope in enumerate(scopes):
        row: dict[str, Any] = asdict(scope)
        bounds = {"low": past.lows(number, *window)[0], "high": past.highs(number, *window)[0]}
        for side, bound in bounds.items():
            names = parts(facts_of(bound, past.facts))
            claims = (parts(behind[name]) for name in names)
            row[side] = bound.value
            row[f"facts_{side}"] = joined({name.split(VERSION_MARK)[0] for name in names})
            row[f"claims_{side}"] = joined(frozenset[str]().union(*claims))
        row["low_asserted"] = asserted.lows(number, *window, [bounds["low"]])[0].value
        yield row
