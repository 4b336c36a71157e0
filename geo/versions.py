"""Facts as they stood on each day on which one of their claims was published.

A fact is settled from its claims alone, so its earlier versions follow from its earlier claims:
what a day's counts were can be told without settling every fact anew for every day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from geo.places import Gazetteer

#: Stands between a fact's identifier and the number of a version; no identifier holds it.
VERSION_MARK = "@"


def versions(claims: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Every version of every fact.

    Parameters
    ----------
    claims
        Table of `geo.claims.known`.
    gazetteer
        Places.

    Returns
    -------
    DataFrame
        Columns of `geo.derived.Fact` with those of `spans`.
    """
    from geo.facts import facts

    held = spans(claims)
    settled, _ = facts(told_by(claims, held), gazetteer)
    return unmarked(settled).merge(held, on=["fact_id", "version"])


def spans(claims: pd.DataFrame) -> pd.DataFrame:
    """When each version of each fact held.

    Returns
    -------
    DataFrame
        One row per version: `fact_id`, `version` (how many earlier days of publication it knows),
        `since` (the day from which it held) and `until` (the day on which the next version took
        its place; empty for those that hold now).
    """
    days = claims[["fact_id", "published_by"]].drop_duplicates()
    days = days.sort_values(["fact_id", "published_by"], ignore_index=True)
    by_fact = days.groupby("fact_id")["published_by"]
    return days.assign(version=by_fact.cumcount(), until=by_fact.shift(-1)).rename(
        columns={"published_by": "since"}
    )


def told_by(claims: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Claims once for each of some versions of their fact, under a marked identifier."""
    told = claims.merge(held, on="fact_id")
    told = told[told["published_by"] <= told["since"]]
    return marked(told)[list(claims)]


def marked(table: pd.DataFrame) -> pd.DataFrame:
    """A table with the version in the fact's identifier."""
    name = table["fact_id"] + VERSION_MARK + table["version"].astype("str")
    return table.assign(fact_id=name.astype("str"))


def unmarked(table: pd.DataFrame) -> pd.DataFrame:
    """A table with the version in a column of its own: undoes `marked`."""
    split = table["fact_id"].str.split(VERSION_MARK)
    fact, version = split.str[0].astype("str"), split.str[1].astype("int64")
    return table.assign(fact_id=fact, version=version)
