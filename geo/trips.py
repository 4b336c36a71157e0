"""Facts to trips and flows: single movements somebody identified, and numbers that name none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.derived import Flow, Trip
from geo.tables import records, typed

if TYPE_CHECKING:
    import pandas as pd

#: Wordings under which "one" is a movement somebody observed, not a bound.
OBSERVED = ("exact", "counted", "seen")


def trips_and_flows(facts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split facts that move something into identified trips and flows.

    A fact that tells of exactly one trip becomes a trip. Any other counted fact, and a transfer
    told without a number, becomes a flow: a number on a corridor in a window, never so many
    invented trips. Sightings, snapshots, capacities, denials and absences stay claims.

    Parameters
    ----------
    facts
        Table of `geo.facts.facts`.

    Returns
    -------
    trips, flows
        Columns of `geo.derived.Trip` and `geo.derived.Flow`.
    """
    told = facts[(facts["stance"] != "denies") & (facts["scope"] != "snapshot")].copy()
    told["row_id"] = _row_ids(told)
    one = (
        (told["unit"] == "trip")
        & told["quantifier"].isin(OBSERVED)
        & told["low"].fillna(0).eq(1).astype(bool)
        & told["best"].fillna(0).eq(1).astype(bool)
    )
    counted = told["kind"].isin(("count", "movement")) & told["low"].fillna(0).gt(0).astype(bool)
    flowing = ~one & (counted | (told["kind"] == "transfer"))
    trips = told[one].rename(columns={"row_id": "trip_id"})
    flows = told[flowing].rename(columns={"row_id": "flow_id"})
    return (
        typed(records(trips[Trip.columns()]), Trip),
        typed(records(flows[Flow.columns()]), Flow),
    )


def _row_ids(facts: pd.DataFrame) -> pd.Series[str]:
    """An identifier for a row of facts: fact, unit and direction."""
    unit = facts["unit"].where(facts["unit"] != "", "any")
    heading = facts["direction"].str.replace(">", "-", regex=False)
    return (facts["fact_id"] + "." + unit + "." + heading).str.strip(".")
