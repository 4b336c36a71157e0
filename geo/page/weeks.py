"""Counts by the week, for a chart that is looked at closely: those that are not nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

#: The units whose facts are dated closely enough for weeks to say more than months.
UNITS = ("trip", "port_call")
#: Above so many facts in these units weeks are not counted: it would take longer than all else.
MOST_FACTS = 250
SCOPE = ["unit", "mode", "origin", "destination"]
FIGURES = ["low", "best", "high"]


def weeks(facts: pd.DataFrame, places: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Low, best and high of each week, in every scope counted by the month that has any.

    Parameters
    ----------
    facts
        Table of `geo.facts.facts`.
    places
        Table of `geo.seeds.read`.
    counts
        Columns of `geo.derived.Count`, by the month.

    Returns
    -------
    DataFrame
        `unit, mode, origin, destination`, `start` (the Monday), `low, best, high`. A week that is
        missing has a low and a best of nothing, and no high. Empty above `MOST_FACTS`.
    """
    import pandas as pd

    from geo.counting import Scope, count_scopes

    told = counts[counts["unit"].isin(UNITS) & (counts["cum_best"] > 0)]
    scopes = [Scope(*row) for row in told[SCOPE].drop_duplicates().itertuples(index=False)]
    if not scopes or facts["unit"].isin(UNITS).sum() > MOST_FACTS:
        return counts.head(0)[[*SCOPE, "start", *FIGURES]]
    first, last = counts["start"].min(), counts["end"].max()
    found = count_scopes(facts, places, scopes, period="week", since=first, until=last)
    some = (found["low"] > 0) | (found["best"] > 0) | found["high"].notna()
    monday = found["start"] - pd.to_timedelta(found["start"].dt.day_of_week, "D")
    return found.assign(start=monday).loc[some, [*SCOPE, "start", *FIGURES]].reset_index(drop=True)
