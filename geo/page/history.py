"""Everything that follows from the facts of every version, so that a page can go back to a day.

With it a page can be asked what was known on a day, and gives what a run as of that day gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.versions import spans, told_by, unmarked

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.build import Tables


class History(NamedTuple):
    """Facts of every version with what follows from them.

    `facts` has the columns of `geo.derived.Fact` with those of `geo.versions.spans`. The other
    tables have `version` too.
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

    held = spans(tables.claims)
    earlier = told_by(tables.claims, held[held["until"].notna()])
    settled, differing = facts.facts(earlier, tables.gazetteer)
    identified, flowing = trips.trips_and_flows(settled)
    laid, unlocated = tracks.tracks(identified, flowing, tables.gazetteer)
    then = (settled, differing, identified, flowing, laid, unlocated)
    last = held.groupby("fact_id")["version"].max()

    def both(name: str, past: pd.DataFrame) -> pd.DataFrame:
        now: pd.DataFrame = getattr(tables, name)
        now = now.assign(version=now["fact_id"].map(last).astype("int64"))
        return pd.concat([now, unmarked(past)], ignore_index=True) if len(past) else now

    joined = History(*(both(n, t) for n, t in zip(History._fields, then, strict=True)))
    return joined._replace(facts=joined.facts.merge(held, on=["fact_id", "version"]))
