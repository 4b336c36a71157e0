"""A question asked of every past day: what was known when, and through whose report it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import words
from geo.seeds import split

if TYPE_CHECKING:
    import pandas as pd

    from geo.answers import Question
    from geo.places import Gazetteer

#: What makes one day's answer another than the day's before.
ANSWER = ["low", "high", "low_asserted", "facts_low", "facts_high"]
#: Stands for a high that is missing, to tell whether it changed.
NO_HIGH = -1


def chronicle(asked: Question, claims: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The number that reports supported on each day on which what they say of it changed.

    Parameters
    ----------
    asked
        The question; its period does not matter, the number is that of all time since `since`.
    claims
        Table of `geo.claims.known`.
    gazetteer
        Places.

    Returns
    -------
    DataFrame
        As of `geo.counting.known`, in order of days.
    """
    from geo.counting import known
    from geo.versions import versions

    told = versions(claims, gazetteer)
    return known(told, gazetteer.places, [asked.scope], since=asked.since, links=asked.links)


def turns(table: pd.DataFrame) -> pd.DataFrame:
    """The days of one question's chronicle on which the answer, or what forces it, changed."""
    answer = table[ANSWER].assign(high=table["high"].fillna(NO_HIGH))
    changed = (answer != answer.shift()).any(axis=1)
    nothing = table["low"].eq(0) & table["high"].isna()
    changed &= ~(nothing & nothing.shift(fill_value=True))
    return table[changed].reset_index(drop=True)


def text(asked: Question, table: pd.DataFrame, claims: pd.DataFrame, gazetteer: Gazetteer) -> str:
    """A chronicle for a terminal: a line for each day on which the answer changed."""
    import pandas as pd

    ship = f" by {asked.vessel}" if asked.vessel else ""
    way = words.scope(asked.mode, asked.origin, asked.destination, gazetteer)
    lines = [f"Reported {words.units(asked.unit)}{ship} {way}: what was known when"]
    claimant = dict(zip(claims["claim_id"], claims["claimant"], strict=True))
    for row in turns(table).itertuples():
        high = None if pd.isna(row.high) else int(row.high)
        number = words.figure(int(row.low), None, high)
        if row.low_asserted < row.low:
            number += f" ({int(row.low_asserted):,} asserted)"
        forcing = [*split(row.claims_low), *split(row.claims_high)]
        who = ", ".join(sorted({claimant[c] for c in forcing})) or "nobody any more"
        facts = ", ".join(sorted({*split(row.facts_low), *split(row.facts_high)}))
        lines.append(f"  {words.on(row.as_of):<18} {number}: {who} [{facts}]")
    if len(lines) == 1:
        lines.append(f"  No number of {words.units(asked.unit)} was ever reported.")
    return "\n".join(lines) + "\n"
