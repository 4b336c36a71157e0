"""Whereabouts: one ship told to be in two places, closer in time than its fastest passage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.claims import parts
from geo.counting.disagreement import Disagreement
from geo.counting.periods import stamp

if TYPE_CHECKING:
    import pandas as pd

#: Least hours between two places by `place_id`; None where not known.
Hours = Callable[[str, str], float | None]

#: No small cargo ship is faster: 16 knots. The ships named here make 10 to 13.
FASTEST_KMH = 16 * 1.852
EARTH_RADIUS_KM = 6371.0088


class Stay(NamedTuple):
    """A ship at a place on some day of a window (`end` exclusive), as a fact tells it."""

    vessel: str
    place: str
    start: int
    end: int
    fact: str
    row: int
    left: str
    claimant: str


def two_places(told: pd.DataFrame, places: pd.DataFrame, hours: Hours) -> Iterator[Disagreement]:
    """Pairs of stays that no choice of days reconciles.

    Days are compared at the same hour: two places on one day are 0 hours apart. That a ship may
    have left the one early and reached the other late that day is said in words.

    Parameters
    ----------
    told, places
        Tables of `geo.counting.statements.numbered` and of `geo.seeds.read`.
    hours
        Least hours of a passage between two places.
    """
    names = dict(zip(places["place_id"], places["name"], strict=True))
    for one, other in combinations(sorted(_stays(told, places)), 2):
        if one.vessel != other.vessel or one.place == other.place or one.row == other.row:
            continue
        if one.place == other.left or other.place == one.left:
            continue  # the day of a sailing from a port is a day in that port
        apart = 24 * max(other.end - 1 - one.start, one.end - 1 - other.start)
        needed = hours(one.place, other.place)
        if needed is not None and apart < needed:
            yield Disagreement(
                "two_places",
                "",
                frozenset({one.fact, other.fact}),
                _words(one, other, needed, names),
            )


def _stays(told: pd.DataFrame, places: pd.DataFrame) -> Iterator[Stay]:
    """Where single named ships were: ports called at, and where dated trips ended."""
    exact = set(places.loc[~places["kind"].isin(["country", "region"]), "place_id"])
    told = told[told["kind"].isin(["sighting", "movement"]) & (told["floor"] > 0)]
    for number, row in enumerate(told.itertuples()):
        called = row.unit == "port_call"
        at = parts(row.port if called else row.destination)
        if len(parts(row.vessel)) == 1 and len(at) == 1 and at <= exact:
            (place,) = at
            left = "" if called else row.origin
            yield Stay(
                row.vessel, place, row.start, row.end, row.fact_id, number, left, row.claimant
            )


def _words(one: Stay, other: Stay, needed: float, names: dict[str, str]) -> str:
    said = [f"{s.claimant}: at {names[s.place]}, {_window(s)} [{s.fact}]" for s in (one, other)]
    longest = 24 * max(other.end - one.start, one.end - other.start)
    leave = "only by leaving early and arriving late" if longest >= needed else "not possible"
    return f"{one.vessel} in two places: {'; '.join(said)}; {needed:.0f} hours apart ({leave})"


def _window(stay: Stay) -> str:
    first, last = stamp(stay.start), stamp(stay.end - 1)
    return first if first == last else f"{first} to {last}"


def hours_by_great_circle(places: pd.DataFrame) -> Hours:
    """Least hours between places: the great circle at `FASTEST_KMH`. Never longer than by sea."""
    where = {row.place_id: np.radians([row.lat, row.lon]) for row in places.itertuples(index=False)}

    def hours(one: str, other: str) -> float | None:
        (lat, lon), (lat2, lon2) = where[one], where[other]
        half = np.sin((lat2 - lat) / 2) ** 2
        half += np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
        return float(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half)) / FASTEST_KMH)

    return hours
