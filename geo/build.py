"""The path of a claim: seeds to facts, trips, tracks and counts, as known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.places import Gazetteer

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from geo.seeds import Seeds

#: How a named stage is called: a plain call here, a Prefect task in `flows`.
Step = Callable[..., Any]


@dataclass(frozen=True)
class Tables:
    """Every table, as known on one day. Columns: `docs/tables.md`.

    `as_of` is the day asked for, or None for all that is known; `latest` is the last day on which
    a source used here was published; `since` is the first day counted, if one was given.
    `proposed` holds claims that wait for a decision, as `geo.review.proposed`; they are shown, and
    never counted.
    """

    as_of: dt.date | None
    latest: dt.date | None
    sources: pd.DataFrame
    claims: pd.DataFrame
    places: pd.DataFrame
    place_aliases: pd.DataFrame
    vessels: pd.DataFrame
    facts: pd.DataFrame
    differences: pd.DataFrame
    trips: pd.DataFrame
    flows: pd.DataFrame
    tracks: gpd.GeoDataFrame
    unlocated: pd.DataFrame
    counts: pd.DataFrame
    conflicts: pd.DataFrame
    since: dt.date | None = None
    proposed: pd.DataFrame | None = None

    @property
    def gazetteer(self) -> Gazetteer:
        """Places and spellings, ready to look names up."""
        return Gazetteer(self.places, self.place_aliases)


def load(
    as_of: dt.date | str | None = None,
    seeds: str | Path | None = None,
    since: dt.date | str | None = None,
) -> Tables:
    """Read the seeds and build every table from them.

    Parameters
    ----------
    as_of
        Use only sources published by this day (`2023-10-26`); None for all.
    seeds
        Folder of seed tables; None for the shipped ones.
    since
        First day of the monthly counts; None for the first day any claim tells of.

    Raises
    ------
    geo.problems.TableError
        If a seed table is wrong, naming every file, row, column and value.

    Examples
    --------
    >>> import geo
    >>> tables = geo.load(as_of="2023-10-26")
    >>> tables.facts.set_index("fact_id").loc["E-CSIS-6TRIPS", "quantifier"]
    'at_least'
    """
    from geo.seeds import read

    return build(read(seeds), as_of, since)


def plain(_name: str, stage: Callable[..., Any], *arguments: Any) -> Any:
    """The step of an ordinary call."""
    return stage(*arguments)


def build(
    seeds: Seeds,
    as_of: dt.date | str | None = None,
    since: dt.date | str | None = None,
    step: Step = plain,
) -> Tables:
    """Every table from seeds already read; `step` decides how each named stage is called."""
    from geo import claims, corridors, facts, tracks, trips

    day, first = (dt.date.fromisoformat(d) if isinstance(d, str) else d for d in (as_of, since))
    gazetteer = Gazetteer(seeds.places, seeds.place_aliases)
    known = step("take the claims known by the day", claims.known, seeds.claims, seeds.sources, day)
    settled, differences = step("settle what each fact supports", facts.facts, known, gazetteer)
    identified, flowing = step("tell trips from flows", trips.trips_and_flows, settled)
    laid, unlocated = step("lay them on routes", tracks.tracks, identified, flowing, gazetteer)
    counted = step("count per month", corridors.monthly, settled, gazetteer, first)
    clashing = step("find conflicts", conflicts, settled, differences, gazetteer)
    used = seeds.sources["source_id"].isin(known["source_id"])
    return Tables(
        as_of=day,
        latest=known["published_by"].max().date() if len(known) else None,
        sources=seeds.sources[used].reset_index(drop=True),
        claims=known,
        places=seeds.places,
        place_aliases=seeds.place_aliases,
        vessels=seeds.vessels,
        facts=settled,
        differences=differences,
        trips=identified,
        flows=flowing,
        tracks=laid,
        unlocated=unlocated,
        counts=counted,
        conflicts=clashing,
        since=first,
    )


def conflicts(facts: pd.DataFrame, differences: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """What facts and their tellings disagree on, ships' passages measured along sea routes.

    Parameters
    ----------
    facts, differences
        Tables of `geo.facts.facts`.
    gazetteer
        Places.

    Returns
    -------
    DataFrame
        Columns of `geo.derived.Conflict`, the gravest kind first.
    """
    from geo import counting, sea
    from geo.counting.whereabouts import FASTEST_KMH

    def hours(origin: str, destination: str) -> float | None:
        try:
            return sea.route(origin, destination, gazetteer.places).low_km / FASTEST_KMH
        except ValueError:  # no port there
            return None

    return counting.conflicts(facts, gazetteer.places, differences, hours_between=hours)
