"""Facts as they stood on each day on which one of their claims was published.

A fact is settled from its claims alone, so its earlier versions follow from its earlier claims.
With them a page can be asked what was known on a day, and gives what a run as of that day gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.build import Tables

#: Stands between a fact's identifier and the number of a version; no identifier holds it.
VERSION_MARK = "@"


class History(NamedTuple):
    """Facts of every version with what follows from them.

    `facts` has the columns of `geo.schema.Fact` with `version` (how many days of publication it
    knows), `since` (the day from which it held) and `until` (the day on which the next version
    took its place; empty for those that hold now). The other tables have `version` too.
    """

    facts: pd.DataFrame
    differences: pd.DataFrame
    trips: pd.DataFrame
    flows: pd.DataFrame
    tracks: gpd.GeoDataFrame
    unlocated: pd.DataFrame


def history(tables: Tables) -> History:
    """The tables with every earlier version of their facts.

    Parameters
    ----------
    tables
        Of `geo.load`.
    """
    import pandas as pd

    from geo import facts, tracks, trips

    days = _days(tables.claims)
    earlier = _earlier(tables.claims, days)
    settled, differing = facts.facts(earlier, tables.gazetteer)
    identified, flowing = trips.trips_and_flows(settled)
    laid, unlocated = tracks.tracks(identified, flowing, tables.gazetteer)
    then = (settled, differing, identified, flowing, laid, unlocated)
    last = days.groupby("fact_id")["version"].max()

    def both(name: str, past: pd.DataFrame) -> pd.DataFrame:
        now: pd.DataFrame = getattr(tables, name)
        split = past["fact_id"].str.split(VERSION_MARK)
        past = past.assign(fact_id=split.str[0].astype("str"), version=split.str[1].astype("int64"))
        now = now.assign(version=now["fact_id"].map(last).astype("int64"))
        return pd.concat([now, past], ignore_index=True) if len(past) else now

    joined = History(*(both(n, t) for n, t in zip(History._fields, then, strict=True)))
    return joined._replace(facts=joined.facts.merge(days, on=["fact_id", "version"]))


def _days(claims: pd.DataFrame) -> pd.DataFrame:
    """One row per version: the day from which it held, and the day the next one took its place."""
    days = claims[["fact_id", "published_by"]].drop_duplicates()
    days = days.sort_values(["fact_id", "published_by"], ignore_index=True)
    by_fact = days.groupby("fact_id")["published_by"]
    return days.assign(version=by_fact.cumcount(), until=by_fact.shift(-1)).rename(
        columns={"published_by": "since"}
    )


def _earlier(claims: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Claims once for every version but the last of their fact, under an identifier of its own."""
    versions = days[days["until"].notna()]
    told = claims.merge(versions, on="fact_id")
    told = told[told["published_by"] <= told["since"]]
    name = told["fact_id"] + VERSION_MARK + told["version"].astype("str")
    kept: pd.DataFrame = told.assign(fact_id=name)[list(claims)]
    return kept
