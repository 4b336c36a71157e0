"""Made-up worlds whose truth is known: movements, observers who miss some, and what they publish."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from geo.counting import Scope, count_scopes
from geo.derived import Fact
from geo.tables import typed

FIRST_DAY = np.datetime64("2023-08-01")
SHIPS = ("Angara", "Maria", "Maia-1", "Lady R")
OBSERVERS = 5


@dataclass(frozen=True)
class World:
    """Movements as they were, and the facts published of them.

    `truth` has `day` (days after `FIRST_DAY`), `mode`, `origin`, `destination`, `vessel`.
    """

    truth: pd.DataFrame
    facts: pd.DataFrame
    places: pd.DataFrame
    days: int


def places(ports: int, harbours: int) -> pd.DataFrame:
    """A country with ports, another with harbours and a border station each."""
    rows = [
        ("kp", "country", "KP", ""),
        ("ru", "country", "RU", ""),
        ("east", "region", "RU", "ru"),
    ]
    rows += [(f"port-{i}", "port", "KP", "kp") for i in range(ports)]
    rows += [(f"harbour-{i}", "port", "RU", "east") for i in range(harbours)]
    rows += [
        ("tumangang", "border_station", "KP", "kp"),
        ("khasan", "border_station", "RU", "east"),
    ]
    out = pd.DataFrame(rows, columns=["place_id", "kind", "country", "within"])
    return out.assign(name=out["place_id"], lat=42.0, lon=131.0)


def fact(fact_id: str, **said: Any) -> dict[str, Any]:
    """A row of facts: by default one asserted trip, at any time, by anyone, anywhere."""
    row = {
        "fact_id": fact_id, "unit": "trip", "direction": "", "claimant": fact_id,
        "stance": "asserts", "cargo_stance": "asserts", "kind": "count", "scope": "window",
        "date_precision": "day", "quantifier": "at_least", "low": 1, "best": 1, "high": None,
        "evidence": "satellite imagery", "published": pd.Timestamp(FIRST_DAY), "basis": "one telling",
        "tellings": 1, "claims": f"C-{fact_id}", "sources": f"R-{fact_id}",
    }  # fmt: skip
    return row | {k: v for k, v in said.items() if v is not None}


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of facts as the typed table."""
    return typed([{c: row.get(c) for c in Fact.columns()} for row in rows], Fact)


def day(number: int) -> pd.Timestamp:
    """The day so many days after the first."""
    return pd.Timestamp(FIRST_DAY) + pd.Timedelta(days=int(number))


def world(
    seed: int, facts: int = 40, months: int = 24, corridors: int = 3, ceilings: float = 0.06,
    repeats: float = 0.3,
) -> World:  # fmt: skip
    """A world from a seed.

    Parameters
    ----------
    facts
        Number of facts published.
    corridors
        Number of sea corridors; there is one by rail besides.
    ceilings, repeats
        Shares of facts that state a most, and that repeat another's number unknowingly.
    """
    rng = np.random.default_rng(seed)
    days = int(
        (FIRST_DAY.astype("M8[M]") + months).astype("M8[D]").astype(int) - FIRST_DAY.astype(int)
    )
    ports = max(1, round(corridors**0.5))
    harbours = -(-corridors // ports)
    lanes = [
        ("sea", f"port-{i}", f"harbour-{k}") for i, k in product(range(ports), range(harbours))
    ]
    lanes = [*lanes[:corridors], ("rail", "tumangang", "khasan")]
    truth = _truth(rng, lanes, days)
    sees = rng.uniform(0.5, 0.9, OBSERVERS)
    seen = rng.random((OBSERVERS, len(truth))) < sees[:, None]
    rows: list[dict[str, Any]] = []
    while len(rows) < facts:
        if rows and rng.random() < repeats:
            again = rows[rng.integers(len(rows))]
            rows.append(again | {"fact_id": f"F{len(rows)}", "claimant": f"echo {rng.integers(9)}"})
            continue
        said = _observation(rng, truth, seen, lanes, days, ceilings)
        if said:
            rows.append(fact(f"F{len(rows)}", **said))
    return World(truth, table(rows), places(ports, harbours), days)


def _truth(rng: np.random.Generator, lanes: list[Any], days: int) -> pd.DataFrame:
    rows = []
    for mode, origin, destination in lanes:
        active = np.sort(rng.integers(0, days, 2))
        daily = rng.uniform(0.5, 4) / 30
        per_day = np.full(days, daily / 6)
        per_day[active[0] : active[1]] = daily
        for number, much in enumerate(rng.poisson(per_day)):
            vessel = "train" if mode == "rail" else rng.choice(SHIPS)
            rows += [(number, mode, origin, destination, vessel)] * int(much)
    return pd.DataFrame(rows, columns=["day", "mode", "origin", "destination", "vessel"])


def _observation(
    rng: np.random.Generator, truth: pd.DataFrame, seen: Any, lanes: list[Any], days: int,
    ceilings: float,
) -> dict[str, Any] | None:  # fmt: skip
    """What one observer may say truly of a window: a floor, a most, one movement, or nothing."""
    mode, origin, destination = lanes[rng.integers(len(lanes))]
    how = rng.random()
    if how < 0.2:
        destination = "ru"
    elif how < 0.3:
        origin, destination = "kp", "ru"
    elif how < 0.35:
        mode, origin, destination = "", "kp", "ru"
    vessel = ";".join(sorted(SHIPS[:2])) if mode == "sea" and rng.random() < 0.12 else ""
    on = covered(truth, mode, origin, destination, vessel)
    watching = on & seen[rng.integers(OBSERVERS)]
    if rng.random() < 0.25 and watching.any():
        return _one_movement(rng, truth[watching], days)
    start = int(rng.integers(0, days - 20))
    end = min(start + int(np.clip(rng.exponential(70), 14, 420)), days - 1)
    start = 0 if rng.random() < 0.25 else start  # all since the beginning
    fuzz = int(rng.integers(0, 11))
    # The window is told loosely: its outer and its inner reading both hold the true one.
    said = {
        "mode": mode, "origin": origin, "destination": destination, "vessel": vessel,
        "date_start": day(max(0, start - fuzz)), "date_end": day(end),
        "inner_start": day(start + fuzz) if start + fuzz <= end else pd.NaT, "inner_end": day(end),
        "published": day(end),
    }  # fmt: skip
    inside = truth["day"].between(start, end)
    if rng.random() < ceilings:
        most = int((on & inside).sum()) + int(rng.integers(0, 3))
        return said | {"quantifier": "range", "low": 0, "best": pd.NA, "high": most}
    count = int((watching & inside).sum())
    if count == 0:
        return said | {"quantifier": "none_seen", "low": 0, "best": 0}
    return said | {"quantifier": "counted", "low": count, "best": count}


def _one_movement(rng: np.random.Generator, truth: pd.DataFrame, days: int) -> dict[str, Any]:
    one = truth.iloc[rng.integers(len(truth))]
    fuzz = int(rng.integers(0, 3))
    named = one["vessel"] in SHIPS and rng.random() < 0.6
    return {
        "kind": "movement", "scope": "event", "quantifier": "seen", "low": 1, "best": 1,
        "mode": one["mode"], "origin": one["origin"], "destination": one["destination"],
        "vessel": one["vessel"] if named else "",
        "date_start": day(max(0, one["day"] - fuzz)),
        "date_end": day(min(days - 1, one["day"] + fuzz)),
        "published": day(min(days - 1, one["day"] + fuzz)),
    }  # fmt: skip


def counts(facts: pd.DataFrame, where: pd.DataFrame, **asked: Any) -> pd.DataFrame:
    """Counts of one scope, of trips unless another unit is asked for."""
    of = {name: asked.pop(name) for name in Scope.__dataclass_fields__ if name in asked}
    return count_scopes(facts, where, [Scope(**of)], **asked)


def covered(
    truth: pd.DataFrame, mode: str = "", origin: str = "", destination: str = "", vessel: str = ""
) -> Any:
    """Which movements lie in a scope."""
    kept = np.ones(len(truth), bool)
    if mode:
        kept &= truth["mode"] == mode
    if origin not in ("", "kp"):
        kept &= truth["origin"].isin(origin.split(";"))
    if destination not in ("", "ru", "east"):
        kept &= truth["destination"].isin(destination.split(";"))
    if vessel:
        kept &= truth["vessel"].isin(vessel.split(";"))
    return np.asarray(kept)
