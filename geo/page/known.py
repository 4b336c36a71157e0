"""What the counts were on each day on which more was published: trips, in every scope counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.page.history import VERSION_MARK

if TYPE_CHECKING:
    import pandas as pd

    from geo.counts import Scope

#: The unit that is replayed, and the units that imply it (`geo.counts.LINKS`).
UNIT, IMPLIED_BY = "trip", ("trip", "round_trip")
#: Above so many facts that tell of trips, past days are not counted: it would take longer than
#: all else. The page then gives the largest single report of the day.
MOST_FACTS = 250
COLUMNS = ["unit", "mode", "origin", "destination", "as_of", "low", "high", "claims_low"]


def known(facts: pd.DataFrame, places: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Trips in all, as known on each day on which a fact that tells of trips changed.

    Parameters
    ----------
    facts
        Of `geo.page.history.history`: every version of every fact.
    places
        Table of `geo.seeds.read`.
    counts
        Columns of `geo.schema.Count`: its scopes are those asked for.

    Returns
    -------
    DataFrame
        One row per day and scope, none above `MOST_FACTS`: `unit, mode, origin, destination,
        as_of, low, high` and `claims_low`, the claims that force the low, joined by `;`. There is
        no best: it would cost as much again, and a past day is asked for what was certain.
    """
    from geo.counts.statements import statements

    scopes = _scopes(counts)
    if not scopes or facts["unit"].isin(IMPLIED_BY).sum() > MOST_FACTS:
        return _typed([])
    # A statement follows from one row of facts: those of every version are made at once.
    version = facts["fact_id"] + VERSION_MARK + facts["version"].astype("str")
    facts = facts.assign(fact_id=version.astype("str"))
    behind = facts.groupby("fact_id")["claims"].agg(";".join).to_dict()
    telling = facts[facts["unit"].isin(IMPLIED_BY)]
    told = statements(telling, places, UNIT)
    rows: list[dict[str, Any]] = []
    for day in sorted({*telling["since"], *telling["until"].dropna()}):
        held = telling[(telling["since"] <= day) & ~(telling["until"] <= day)]
        then = told[told["fact_id"].isin(held["fact_id"])].reset_index(drop=True)
        rows += [row | {"as_of": day} for row in _totals(then, places, scopes, behind)]
    return _typed(rows)


def _typed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    out = pd.DataFrame(rows, columns=COLUMNS)
    texts = ["unit", "mode", "origin", "destination", "claims_low"]
    return out.astype({**dict.fromkeys(texts, "str"), "low": "Int64", "high": "Int64"})


def _scopes(counts: pd.DataFrame) -> list[Scope]:
    from geo.counts import Scope

    asked = counts.loc[counts["unit"] == UNIT, ["unit", "mode", "origin", "destination"]]
    return sorted(Scope(*row) for row in asked.drop_duplicates().itertuples(index=False))


def _totals(
    told: pd.DataFrame, places: pd.DataFrame, scopes: list[Scope], claims: dict[str, str]
) -> list[dict[str, Any]]:
    """Low and high of every scope, all time."""
    from geo.counts.history import histories
    from geo.counts.statements import AFTER_ALL, BEFORE_ALL
    from geo.counts.words import facts_of

    past = histories(told, places, scopes, {BEFORE_ALL})
    whole = np.array([BEFORE_ALL]), np.array([AFTER_ALL])
    rows = []
    for number, scope in enumerate(scopes):
        (low,), (high,) = past.lows(number, *whole), past.highs(number, *whole)
        behind = [fact for fact in facts_of(low, past.facts).split(";") if fact]
        rows.append(
            {
                "unit": UNIT, "mode": scope.mode, "origin": scope.origin,
                "destination": scope.destination, "low": low.value, "high": high.value,
                "claims_low": ";".join(claims[fact] for fact in behind),
            }
        )  # fmt: skip
    return rows
