"""The corridors that facts speak of, and the monthly counts of each."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from geo.claims import parts
from geo.derived import Count
from geo.tables import records, typed

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from geo.counting import Scope
    from geo.places import Gazetteer


def corridors(facts: pd.DataFrame, gazetteer: Gazetteer) -> list[Scope]:
    """Every scope worth a series of its own: the corridors facts name, and the wider ones.

    A fact about Rajin to Dunai by sea gives Rajin-Dunai, Rajin-Russia and North Korea-Russia by
    sea, and North Korea-Russia by any mode, in the fact's unit.
    """
    from geo.counting import FLOWS, Scope
    from geo.counting.statements import COUNTED

    scopes: set[Scope] = set()
    counted = facts["kind"].isin(COUNTED) & (facts["scope"] != "snapshot") & facts["low"].gt(0)
    told = facts[facts["unit"].isin(FLOWS) & (facts["stance"] != "denies") & counted]
    for row in records(told):
        unit, mode = row["unit"], row["mode"]
        if unit == "port_call":
            scopes |= {Scope(unit, mode, port) for port in parts(row["port"])}
            continue
        for origin, destination in product(parts(row["origin"]), parts(row["destination"])):
            far = [_country(end, gazetteer) for end in (origin, destination)]
            scopes |= {
                Scope(unit, mode, origin, destination),
                Scope(unit, mode, origin, far[1]),
                Scope(unit, mode, *far),
                Scope(unit, "", *far),
            }
    return sorted(scopes)


def _country(place: str, gazetteer: Gazetteer) -> str:
    """The country a place lies in, as a place."""
    above = {place} | gazetteer.around[place]
    return min((p for p in above if gazetteer.kind[p] == "country"), default=place)


def monthly(
    facts: pd.DataFrame,
    gazetteer: Gazetteer,
    since: dt.date | str | None = None,
) -> pd.DataFrame:
    """Low, best and high per month of every corridor and unit that facts speak of.

    Parameters
    ----------
    facts
        Table of `geo.facts.facts`.
    gazetteer
        Places.
    since
        First day; by default that of the first window.

    Returns
    -------
    DataFrame
        Columns of `geo.derived.Count`.
    """
    from geo.counting import count_scopes

    scopes = corridors(facts, gazetteer)
    if not scopes:
        return typed([], Count)
    table = count_scopes(facts, gazetteer.places, scopes, since=since)
    return with_claims(table, facts)


def with_claims(table: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Counts with the claims behind the facts that force them."""
    behind = facts.groupby("fact_id")["claims"].agg(";".join).to_dict()

    def claims(cell: str) -> str:
        return ";".join(sorted({c for fact in parts(cell) for c in behind[fact].split(";")}))

    for side in ("low", "high"):
        table[f"claims_{side}"] = table[f"facts_cum_{side}"].map(claims)
    return typed(records(table[Count.columns()]), Count)
