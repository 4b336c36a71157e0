"""Retellings: what the tellings of one fact say differently, and whether both can be so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from geo.claims import joined, parts
from geo.counting.disagreement import Disagreement
from geo.counting.scopes import held

if TYPE_CHECKING:
    import pandas as pd

#: Columns in which tellings are compared. Who is credited and what kind of claim it is are left
#: to the table of differences: they bear on no count.
COMPARED = ("number", "date_start", "date_end", "origin", "destination", "vessel", "mode", "stance")
PLACES = ("origin", "destination")


def retellings(
    facts: pd.DataFrame, differences: pd.DataFrame, places: pd.DataFrame
) -> Iterator[Disagreement]:
    """One disagreement for each row of facts whose tellings differ.

    Parameters
    ----------
    facts, differences
        Both tables of `geo.facts.facts`.
    places
        Table of `geo.seeds.read`.
    """
    within = held(places)
    seen_once = set(facts.loc[facts["scope"] == "event", "fact_id"])
    differences = differences[differences["column"].isin(COMPARED) & (differences["unit"] != "")]
    for (fact, unit, _), rows in differences.groupby(["fact_id", "unit", "direction"], sort=True):
        grave = _apart(rows) or (fact in seen_once and rows["column"].str.startswith("date").any())
        grave |= any(_exclude(column, part, within) for column, part in rows.groupby("column"))
        told = [
            f"{column.replace('_', ' ')} {' or '.join(_said(part))}"
            for column, part in rows.groupby("column", sort=True)
        ]
        yield Disagreement(
            "retelling" if grave else "drift",
            str(unit),
            frozenset({str(fact)}),
            f"told as {'; '.join(told)}",
            claims=_all(rows["claims"]),
            sources=_all(rows["sources"]),
        )


def _said(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows["value"], rows["claims"], strict=True)
    return [f"{value} ({claims.replace(';', ', ')})" for value, claims in pairs]


def _exclude(column: object, rows: pd.DataFrame, within: Mapping[str, frozenset[str]]) -> bool:
    """Whether the values of a column cannot all be so."""
    values = list(rows["value"])
    if column == "number":
        return len({tuple(re.findall(r"[\d,]+", v)) for v in values}) > 1
    if column in PLACES:
        reach = [frozenset().union(*(within[p] for p in parts(v))) for v in values]
        return any(not a & b for a in reach for b in reach)
    if column in ("vessel", "mode"):
        return any(not parts(a) & parts(b) for a in values for b in values)
    return column == "stance" and "denies" in values


def _apart(rows: pd.DataFrame) -> bool:
    """Whether two tellings date the fact to windows without a day in common."""
    starts, ends = (_by_claim(rows[rows["column"] == c]) for c in ("date_start", "date_end"))
    return any(start > end for start in starts.values() for end in ends.values())


def _by_claim(rows: pd.DataFrame) -> dict[str, str]:
    pairs = zip(rows["value"], rows["claims"], strict=True)
    return {claim: value for value, claims in pairs for claim in parts(claims)}


def _all(cells: pd.Series[str]) -> str:
    return joined(frozenset[str]().union(*(parts(c) for c in cells)))
