"""Conflicts: what facts and their tellings say that cannot all be so, and what only seems so."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import numpy as np

from geo.claims import joined, parts
from geo.counting.compared import compared, unseen
from geo.counting.disagreement import Disagreement
from geo.counting.history import histories
from geo.counting.retellings import retellings
from geo.counting.statements import FLOWS, numbered, of_unit
from geo.counting.whereabouts import Hours, hours_by_great_circle, two_places
from geo.counting.words import clause

if TYPE_CHECKING:
    import pandas as pd

#: Kinds of conflict, the gravest first, and what each means.
KINDS = {
    "clash": "numbers that cannot all hold; ceilings in `set_aside` are left out of the counts",
    "two_places": "one ship in two places, closer in time than its fastest passage",
    "not_seen": "one claimant saw nothing where and when another saw something",
    "retelling": "tellings of one fact that exclude each other",
    "figures": "different numbers for one thing; as floors both can hold, and the greater counts",
    "definition": "different numbers for different things: no clash of fact",
    "drift": "tellings of one fact that differ in wording or precision alone",
}


def conflicts(
    facts: pd.DataFrame,
    places: pd.DataFrame,
    differences: pd.DataFrame | None = None,
    *,
    hours_between: Hours | None = None,
    links: Collection[str] = ("round_trips",),
) -> pd.DataFrame:
    """Everything that facts, or the tellings of one fact, disagree on.

    Parameters
    ----------
    facts, places
        Tables of `geo.facts.facts` and of `geo.seeds.read`.
    differences
        Second table of `geo.facts.facts`; without it retellings are not compared.
    hours_between
        Least hours of a passage between two places, given by `place_id`; None where it is not
        known. By default great circles at `geo.counting.whereabouts.FASTEST_KMH`: never too long.
    links
        As in `geo.counting.count_scopes`.

    Returns
    -------
    DataFrame
        One row per conflict, the gravest kind first: `kind` (of `KINDS`), `unit`, `date_start`
        and `date_end` (days the facts span), `words`, and, joined by `;`, `set_aside` (facts
        whose ceilings do not bind), `facts`, `claimants`, `claims` and `sources` involved.
    """
    told = numbered(facts, places)
    found = list(_clashes(told, places, links))
    found += two_places(told, places, hours_between or hours_by_great_circle(places))
    found += unseen(told, places)
    clashing = {d.facts for d in found}
    found += [d for d in compared(told, places) if d.facts not in clashing]
    if differences is not None:
        found += retellings(facts, differences, places)
    return _table(found, facts)


def _clashes(
    every: pd.DataFrame, places: pd.DataFrame, links: Collection[str]
) -> Iterator[Disagreement]:
    names = dict(zip(places["place_id"], places["name"], strict=True))
    # Floors alone always fit: a clash needs a ceiling.
    capped = set(every.loc[np.isfinite(every["ceiling"]), "unit"])
    for unit in [u for u in FLOWS if u in capped]:
        told = of_unit(every, places, unit, links)
        for clash in histories(told, places, []).clashes:
            # Statements that set the same bound stand or fall together: the first stands for all.
            named = frozenset(told["fact_id"].iloc[r.told[0]] for r in clash.reasons)
            aside = frozenset(told["fact_id"].iloc[n] for n in clash.fallen)
            said = (clause(r, unit, told, names) for r in clash.reasons)
            words = "cannot all hold: " + "; ".join(said)
            yield Disagreement("clash", unit, named, words, aside)


def _table(found: list[Disagreement], facts: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for one in sorted(set(found), key=lambda d: (list(KINDS).index(d.kind), *d.sorting())):
        about = facts[facts["fact_id"].isin(one.facts)]
        same = about[about["unit"] == one.unit] if one.unit else about
        told = same if len(same) else about
        rows.append(
            {
                "kind": one.kind,
                "unit": one.unit,
                "date_start": told["date_start"].min(),
                "date_end": told["date_end"].max(),
                "words": one.words,
                "set_aside": joined(one.set_aside),
                "facts": joined(one.facts),
                "claimants": joined(frozenset(told["claimant"])),
                "claims": one.claims or _of(told["claims"]),
                "sources": one.sources or _of(told["sources"]),
            }
        )
    columns = ["kind", "unit", "date_start", "date_end", "words", "set_aside", "facts", "claimants"]
    frame = pd.DataFrame(rows, columns=[*columns, "claims", "sources"])
    return frame.astype({"date_start": "datetime64[s]", "date_end": "datetime64[s]"})


def _of(cells: pd.Series[str]) -> str:
    return joined(frozenset[str]().union(*(parts(c) for c in cells)))
