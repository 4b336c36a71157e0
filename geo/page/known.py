"""What the counts were on each day on which more was published: trips, in every scope counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

#: The unit that is replayed, and the units that imply it (`geo.counting.LINKS`).
UNIT, IMPLIED_BY = "trip", ("trip", "round_trip")
#: Above so many facts that tell of trips, past days are not counted: it would take longer than
#: all else. The page then gives the largest single report of the day.
MOST_FACTS = 250
COLUMNS = [
    "unit",
    "mode",
    "origin",
    "destination",
    "as_of",
    "low",
    "high",
    "low_asserted",
    "claims_low",
]


def known(facts: pd.DataFrame, places: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Trips in all, as known on each day on which a fact that tells of trips changed.

    Parameters
    ----------
    facts
        Of `geo.page.history.history`: every version of every fact.
    places
        Table of `geo.seeds.read`.
    counts
        Columns of `geo.derived.Count`: its scopes are those asked for.

    Returns
    -------
    DataFrame
        `COLUMNS` of `geo.counting.known`, no row above `MOST_FACTS`.
    """
    from geo import counting

    asked = counts.loc[counts["unit"] == UNIT, ["unit", "mode", "origin", "destination"]]
    scopes = sorted(counting.Scope(*row) for row in set(asked.itertuples(index=False, name=None)))
    if facts["unit"].isin(IMPLIED_BY).sum() > MOST_FACTS:
        facts, scopes = facts.head(0), []
    return counting.known(facts, places, scopes)[COLUMNS]
