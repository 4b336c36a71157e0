"""Curves: what each claimant's own numbers add up to, side by side; and loads, as a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.counting.compared import overlap, shared
from geo.counting.history import histories
from geo.counting.periods import stamp
from geo.counting.scopes import Scope
from geo.counting.statements import AFTER_ALL, BEFORE_ALL, numbered, statements
from geo.counting.words import facts_of

if TYPE_CHECKING:
    import pandas as pd

#: Units in which a ship's voyage is told.
VOYAGES = ("trip", "round_trip", "port_call", "delivery")
#: Least share of days that two windows must have in common to be set against each other.
SAME_WINDOW = 0.8


def curves(facts: pd.DataFrame, places: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The cumulative low of each claimant alone: one curve a claimant, which never falls.

    Totals of different claimants start on different days and count different things, so they are
    drawn side by side and never merged into one.

    Returns
    -------
    DataFrame
        One row per claimant and day on which one of its windows ends: `claimant`, `date`, `low`
        (fewest from the beginning of time to that day) and `facts` (that force it).
    """
    import pandas as pd

    told = statements(facts, places, scope.unit, ())
    rows = []
    for claimant, own in told.groupby("claimant", sort=True):
        ends = sorted({int(e) for e in own["end"] if e < AFTER_ALL})
        past = histories(own.reset_index(drop=True), places, [scope], ends)
        after = np.array(ends, np.int64)
        for end, low in zip(
            ends, past.lows(0, np.full_like(after, BEFORE_ALL), after), strict=True
        ):
            if low.reasons:
                rows.append((claimant, stamp(end - 1), low.value, facts_of(low, past.facts)))
    frame = pd.DataFrame(rows, columns=["claimant", "date", "low", "facts"])
    return frame.astype(
        {"low": "Int64", "date": "datetime64[s]", "claimant": "str", "facts": "str"}
    )


def loads(facts: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Containers per voyage, where one claimant tells both of nearly one window. A check only.

    Neither number may be made from the other by this: the one may itself be the other times an
    assumed load, the containers may have gone by rail, and a mean is no capacity.

    Returns
    -------
    DataFrame
        `claimant`, `containers`, `voyages` (numbers named), `unit` of the voyages, `per_voyage`,
        `fact_containers`, `fact_voyages`.
    """
    import pandas as pd

    told = numbered(facts, places)
    told = told[(told["aim"] > 0) & told["unit"].isin([*VOYAGES, "container"])]
    told = told[told["kind"] == "count"].reset_index(drop=True)
    rows = []
    if len(told):
        near = (overlap(told) >= SAME_WINDOW) & shared(told, places)
        near &= told["claimant"].to_numpy()[:, None] == told["claimant"].to_numpy()
        near &= (told["unit"] == "container").to_numpy()[:, None]
        near &= told["unit"].isin(VOYAGES).to_numpy()
        for i, k in zip(*np.nonzero(near), strict=True):
            boxes, ships = told.loc[i], told.loc[k]
            mean = round(boxes["aim"] / ships["aim"], 1)
            rows.append(
                (boxes["claimant"], round(boxes["aim"]), round(ships["aim"]), ships["unit"], mean,
                 boxes["fact_id"], ships["fact_id"])
            )  # fmt: skip
    columns = [
        "claimant", "containers", "voyages", "unit", "per_voyage", "fact_containers",
        "fact_voyages",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["claimant", "fact_containers", "fact_voyages", "unit"], ignore_index=True
    )
