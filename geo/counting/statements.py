"""Statements: what facts say about how many movements there were, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from geo.claims import parts
from geo.counting.scopes import DIMENSIONS, held

if TYPE_CHECKING:
    import pandas as pd

#: Units of things that move and add up over time. Ships do not (two in May and two in June may be
#: the same two), nor do days on which something was seen.
FLOWS = (
    "trip", "round_trip", "port_call", "delivery", "container", "railcar", "train", "round",
    "tonne", "guns", "persons",
)  # fmt: skip
#: Kinds of facts that count movements. Capacity and uncounted transfers never do.
COUNTED = ("count", "movement", "sighting")
#: A ship seen in port has come up to so many days before and leaves up to so many days after: 25
#: visits to Rajin filled 49 of 109 imaged days of seven months (CSIS, February 2024), 3 to 4 days
#: a visit.
CALL_DAYS = 3
#: Days, counted from 1970-01-01, that stand for a window without a start or an end.
BEFORE_ALL, AFTER_ALL = -(10**6), 10**6

#: Rules that carry a number from one unit to trips, by name, with what they assume.
LINKS = {
    "round_trips": "a round trip is one trip out and one trip back within the window told",
    "calls": "a ship that calls at a North Korean port comes from Russia and leaves for Russia "
    "unless the report names other places; at a Russian port only a stated end counts",
}


def statements(
    facts: pd.DataFrame,
    places: pd.DataFrame,
    unit: str,
    links: Collection[str] = ("round_trips",),
) -> pd.DataFrame:
    """Facts as bounds on the number of movements in a window of days.

    Parameters
    ----------
    facts, places
        Tables of `geo.facts.facts` and of `geo.seeds.read`.
    unit
        One of `FLOWS`.
    links
        Names of `LINKS` to follow; they matter to trips alone.

    Returns
    -------
    DataFrame
        One row per statement, in an order that does not depend on the input's: `DIMENSIONS`;
        `start`, `end` (outer window, whole days since 1970, `end` exclusive); `inner_start`,
        `inner_end` (days it surely covers; empty where `inner_end <= inner_start`); `floor`,
        `aim` (the number named), `ceiling` (inf where none), `quiet` (nothing was seen, though
        something may have been there); `link`, `fact_id`, `claimant`; `suspected` (not asserted).

    Raises
    ------
    ValueError
        If the unit is none that adds up, a link is unknown, or a window ends before it starts.
    """
    return of_unit(numbered(facts, places), places, unit, links)


def of_unit(
    told: pd.DataFrame, places: pd.DataFrame, unit: str, links: Collection[str]
) -> pd.DataFrame:
    """Statements of one unit, from the table of `numbered`. As `statements` otherwise."""
    import pandas as pd

    if unit not in FLOWS:
        raise ValueError(f"{unit} does not add up over time; units that do: {', '.join(FLOWS)}")
    if unknown := sorted(set(links) - set(LINKS)):
        raise ValueError(f"no such link: {', '.join(unknown)}; known: {', '.join(LINKS)}")
    within = held(places)
    found = [_direct(told[told["unit"] == unit], within)]
    if unit == "trip" and "round_trips" in links:
        found += _legs(told[told["unit"] == "round_trip"])
    if unit == "trip" and "calls" in links:
        calls = _direct(told[told["unit"] == "port_call"], within)
        found += _passages(calls, places)
    every = pd.concat(found, ignore_index=True).drop(columns=["unit", "kind"])
    return every.sort_values(list(every.columns), ignore_index=True)


def record(told: Iterable[pd.DataFrame]) -> tuple[int, int]:
    """First and last day that any statement's window names; the epoch where there is none."""
    days = [d for t in told for d in (*t["start"], *(t["end"] - 1))]
    stated = [int(d) for d in days if BEFORE_ALL < d < AFTER_ALL - 1]
    return (min(stated), max(stated)) if stated else (0, 0)


def numbered(facts: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Facts that count, as told: days as numbers, and the ends that their direction implies."""
    number = facts[["low", "best", "high"]].notna().any(axis=1)
    counted = facts["kind"].isin(COUNTED) & (facts["scope"] != "snapshot")
    told = facts[counted & number & (facts["stance"] != "denies")]
    out = told[["unit", "kind", *DIMENSIONS]].copy()
    out["start"] = _day(told["date_start"], BEFORE_ALL)
    out["end"] = _day(told["date_end"], AFTER_ALL - 1) + 1
    inner = told["inner_start"].notna() & told["inner_end"].notna()
    out["inner_start"] = np.where(inner, _day(told["inner_start"], 0), out["start"])
    out["inner_end"] = np.where(inner, _day(told["inner_end"], 0) + 1, out["start"])
    out["floor"] = told["low"].fillna(0).to_numpy("float64")
    out["aim"] = np.fmax(told["best"].fillna(0).to_numpy("float64"), out["floor"])
    out["ceiling"] = told["high"].astype("Float64").fillna(np.inf).to_numpy("float64")
    out["quiet"] = (told["quantifier"] == "none_seen").to_numpy()
    out["link"] = ""
    out[["fact_id", "claimant"]] = told[["fact_id", "claimant"]]
    out["suspected"] = (told["stance"] == "suspects").to_numpy()
    backward = out["start"] >= out["end"]
    if backward.any():
        raise ValueError(f"ends before it starts: {', '.join(sorted(out['fact_id'][backward]))}")
    return _with_ends(out, told["direction"], places)


def _day(days: pd.Series[pd.Timestamp], missing: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    whole = days.to_numpy("datetime64[D]")
    return np.where(np.isnat(whole), missing, whole.astype(np.int64))


def _with_ends(told: pd.DataFrame, direction: pd.Series[str], places: pd.DataFrame) -> pd.DataFrame:
    """An end that is not stated lies in the country that the direction names."""
    if told.empty:
        return told
    countries = places[places["kind"] == "country"]
    country = dict(zip(countries["country"], countries["place_id"], strict=True))
    moves = told["unit"] != "port_call"
    for column, side in (("origin", 0), ("destination", -1)):
        code = direction.map(lambda way, side=side: way.split(">")[side]).astype("str")
        silent = moves & (told[column] == "") & code.isin(country)
        told.loc[silent, column] = code[silent].map(country)
    return told


def _direct(told: pd.DataFrame, within: Mapping[str, frozenset[str]]) -> pd.DataFrame:
    """Statements of facts in their own unit; the end of a call that is its port says nothing."""
    calls = (told["unit"] == "port_call").to_numpy()
    out = told.assign(port=told["port"].where(calls, ""))
    out["start"] -= np.where(calls & (told["kind"] == "sighting"), CALL_DAYS, 0)
    for column in ("origin", "destination"):
        pairs = zip(out["port"], out[column], strict=True)
        here = [any(parts(p) & within[end] for end in parts(ends)) for p, ends in pairs]
        out[column] = out[column].mask(np.array(here, np.bool_), "")
    return out


def _legs(told: pd.DataFrame) -> list[pd.DataFrame]:
    """Link `round_trips`: as many trips out as back. Floors only: there may be single trips."""
    out = _floors(told).assign(port="", link="round_trips")
    return [out, out.assign(origin=out["destination"], destination=out["origin"])]


def _passages(calls: pd.DataFrame, places: pd.DataFrame) -> list[pd.DataFrame]:
    """Link `calls`: the trips a call implies, one to the port and one from it. Floors only."""
    calls = _floors(calls[calls["port"] != ""]).assign(link="calls")
    country = dict(zip(places["place_id"], places["country"], strict=True))
    russia = places.loc[(places["kind"] == "country") & (places["country"] == "RU"), "place_id"]
    korean = [{country[p] for p in parts(cell)} == {"KP"} for cell in calls["port"]]
    abroad = np.where(korean, ";".join(russia), "")
    came = calls["origin"].where(calls["origin"] != "", abroad)
    left = calls["destination"].where(calls["destination"] != "", abroad)
    # The start of a sighting already allows for days in port before it.
    waited = np.where(calls["kind"] == "sighting", CALL_DAYS, 0)
    arrived, sailed = calls.copy(), calls.copy()
    arrived["start"] += waited - CALL_DAYS
    sailed["start"] += waited
    sailed["end"] += CALL_DAYS
    arrivals = arrived.assign(origin=came, destination=calls["port"], port="")
    departures = sailed.assign(origin=calls["port"], destination=left, port="")
    return [arrivals[came != ""], departures[left != ""]]


def _floors(told: pd.DataFrame) -> pd.DataFrame:
    floors = told[told["floor"] > 0]
    empty = {"inner_start": floors["start"], "inner_end": floors["start"]}
    return floors.assign(aim=floors["floor"], ceiling=np.inf, **empty)
