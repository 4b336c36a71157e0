"""How well proposals agree with labelled reports."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from geo.tables import records
from geo.text import propose

VISITS = ("trip", "port_call", "delivery", "train", "")
#: Days by which a window's end may differ, and by which an open one may.
DATE_DAYS, OPEN_DAYS = 10, 45


@dataclass
class Score:
    right: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    dates: int = 0
    claimants: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.extra))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))


@cache
def reports() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("reports.toml")
    return list(tomllib.loads(path.read_text("utf-8"))["report"])


def score(chosen: Iterable[dict[str, Any]]) -> Score:
    total = Score()
    for report in chosen:
        found = propose(report["text"], report["published"], publisher=report.get("publisher", ""))
        _compare(report["name"], report.get("claim", []), records(found), total)
    return total


def _compare(name: str, labels: list[dict], found: list[dict], total: Score) -> None:
    left = [p | bounds(p) for p in found]
    for label in sorted(labels, key=lambda c: c.get("optional", False)):
        fitting = [p for p in left if fits(label, p)]
        fitting.sort(key=lambda p: (not p["quote"].startswith(label["quote"]), not dated(label, p)))
        if fitting:
            left.remove(fitting[0])
        if label.get("optional"):
            continue
        if not fitting:
            total.missed.append(f"{name}: {label['quote']}")
            continue
        total.right += 1
        total.dates += dated(label, fitting[0])
        total.claimants += good(label, fitting[0], "claimant")
    total.extra += [f"{name}: {p['quote'][:60]}" for p in left]


def bounds(proposal: dict[str, Any]) -> dict[str, Any]:
    """Bounds as worded: at least n is low n, up to n high n, a plain or rough n both."""
    low, best, high, kind = (proposal[c] for c in ("low", "best", "high", "quantifier"))
    told = {
        "at_least": (low, None), "more_than": (low, None), "up_to": (None, high),
        "range": (low, high), "none_seen": (0, 0),
    }.get(kind, (best, best))  # fmt: skip
    return {"low": told[0], "high": told[1], "unit": _unit(proposal["unit"])}


def _unit(unit: str | None) -> str:
    return {"round_trip": "trip", "delivery": "trip", "train": "trip"}.get(unit or "", unit or "")


def good(label: dict[str, Any], proposal: dict[str, Any], column: str) -> bool:
    accepted = [label.get(column, ""), *label.get("also", {}).get(column, [])]
    return _same(proposal[column]) in [_same(a) for a in accepted]


def _same(value: Any) -> Any:
    if isinstance(value, str):
        return frozenset(filter(None, value.split(";")))
    return frozenset() if value in (None, -1) else value


def fits(label: dict[str, Any], proposal: dict[str, Any]) -> bool:
    if proposal["stance"] not in [
        label.get("stance", "asserts"), *label.get("also", {}).get("stance", []),
    ]:  # fmt: skip
        return False
    return good(label, proposal, "mode") and _numbers(label, proposal) and _ends(label, proposal)


def _numbers(label: dict[str, Any], proposal: dict[str, Any]) -> bool:
    numbers = (proposal["low"], proposal["high"])
    if label.get("implied_one") and set(numbers) <= {None, 1} and proposal["unit"] in VISITS:
        return True
    if not (good(label, proposal, "low") and good(label, proposal, "high")):
        return False
    uncounted = "low" not in label and "high" not in label
    return uncounted or good(label, proposal, "unit")


def _ends(label: dict[str, Any], proposal: dict[str, Any]) -> bool:
    if label.get("stance") == "denies":
        return True
    stated = [end for end in ("origin", "destination") if label.get(end)]
    return all(good(label, proposal, end) for end in stated)


def dated(label: dict[str, Any], proposal: dict[str, Any]) -> bool:
    told = proposal["date_basis"] != "published"
    start = _day(proposal["date_start"]) if told else None
    end = _day(proposal["date_end"]) if told else None
    if label.get("dates_inherited") and start is None and end is None:
        return True
    if not _near(label, "start", start):
        return False
    if label.get("open_end"):
        last = _day(label.get("end"))
        return end is None or last is None or (end - last).days <= OPEN_DAYS
    return _near(label, "end", end)


def _near(label: dict[str, Any], column: str, day: date | None) -> bool:
    wanted = [label.get(column, ""), *label.get("also", {}).get(column, [])]
    days = [_day(w) for w in wanted]
    if day is None:
        return None in days
    return any(d is not None and abs((day - d).days) <= DATE_DAYS for d in days)


def _day(value: Any) -> date | None:
    return None if value in (None, "") or value is pd.NaT else pd.Timestamp(value).date()
