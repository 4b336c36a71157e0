"""Proposed claims of labelled texts, written in the form that their scorer reads.

usage: python benchmarks/extraction.py TEXT_DIR PRED_DIR [--floor]

TEXT_DIR holds one `.txt` file a text, whose first line is `date YYYY-MM-DD ADDRESS` (a month
stands for its last day); PRED_DIR receives one `.json` file each. With --floor a single pattern
reads instead, for comparison.
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from geo import seeds
from geo.places import Gazetteer
from geo.text import NotRead, propose

HEAD = re.compile(r"\s*date (\d{4}(?:-\d\d){0,2})(?:[ \t]+(https?://\S+))?\s")
#: The scorer's names for units, places and claimants.
UNITS = {
    "trip": "trips", "round_trip": "trips", "delivery": "trips", "train": "trips",
    "port_call": "vessel-visits", "container": "containers", "railcar": "railcars",
    "round": "rounds", "tonne": "tonnes",
}  # fmt: skip
PLACES = {
    "rason": "Rajin", "rajin-station": "Rajin", "tikhoretskaya": "Tikhoretsk",
    "tikhoretsk": "Tikhoretsk", "vostochny": "Vostochny", "sw-russia": "SW Russia",
    "primorsky-krai": "Russian Far East", "ukraine-border": "near Ukrainian border",
}  # fmt: skip
CLAIMANTS = {
    "US/ROK/Japan foreign ministers": "US;ROK;Japan joint statement",
    "C4ADS": "C4ADS/Washington Post",
}
#: What one pattern can tell: a number, a unit, and which country comes first.
FLOOR = re.compile(
    r"(?P<number>\d[\d,]*)\s+(?:\w+\s+){0,3}?(?P<unit>trips?|voyages?|containers?|shells?|rounds?)"
)


def main(texts: str, out: str, floor: str = "") -> None:
    """Write one file of predictions for each text."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(Path(texts).glob("*.txt")):
        text = path.read_text("utf-8")
        rows = by_pattern(text) if floor else predictions(text)
        target = folder / f"{path.stem}.json"
        target.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


def predictions(document: str) -> list[dict[str, Any]]:
    """Proposals of one text in the scorer's form."""
    head = HEAD.match(document)
    if head is None:
        sys.exit("the first line must be `date YYYY-MM-DD ADDRESS`")
    try:
        found = propose(document[head.end() :], head[1], publisher=head[2] or "")
    except NotRead as reason:
        print(reason, file=sys.stderr)
        return []
    return [prediction(row) for row in found.to_dict("records")]


def prediction(row: dict[str, Any]) -> dict[str, Any]:
    """One proposal in the scorer's form, which leaves open what is not stated."""
    low, high = bounds(row)
    dated = row["date_basis"] != "published"
    return {
        "mode": row["mode"] or "unknown",
        "origin": named(row["origin"]),
        "destination": named(row["destination"]),
        "via": named(row["via"]),
        "vessel": row["vessel"] or None,
        "quantity_low": low,
        "quantity_high": high,
        "unit": UNITS.get(row["unit"], row["unit"] or None),
        "date_start": iso(row["date_start"]) if dated else None,
        "date_end": iso(row["date_end"]) if dated else None,
        "stance": row["stance"],
        "claimant": CLAIMANTS.get(row["claimant"], row["claimant"] or None),
        "evidence_quote_start": row["quote"][:40],
    }


def bounds(row: dict[str, Any]) -> tuple[int | None, int | None]:
    """The scorer's bounds: at least n is (n, none), up to n (none, n), a plain n both."""
    low, best, high = (None if pd.isna(row[c]) else int(row[c]) for c in ("low", "best", "high"))
    match row["quantifier"]:
        case "at_least" | "more_than":
            return low, None
        case "up_to":
            return None, high
        case "range":
            return low, high
        case "about" | "counted" | "exact" | "seen":
            return best, best
        case "none_seen":
            return 0, 0
        case _:
            return None, None


def named(cell: str) -> str | None:
    """The scorer's names of the places of a cell."""
    names = gazetteer().names
    return ";".join(dict.fromkeys(PLACES.get(p, names[p]) for p in cell.split(";") if p)) or None


@cache
def gazetteer() -> Gazetteer:
    """The shipped places."""
    tables = seeds.read()
    return Gazetteer(tables.places, tables.place_aliases)


def iso(value: Any) -> str | None:
    """A day as the scorer writes it."""
    return None if pd.isna(value) else pd.Timestamp(value).date().isoformat()


def by_pattern(document: str) -> list[dict[str, Any]]:
    """What one pattern makes of a text: the floor that rules must beat."""
    units = {"trip": "trips", "voyage": "trips", "container": "containers"}
    return [
        {
            "mode": "unknown",
            "origin": "North Korea",
            "destination": "Russia",
            "quantity_low": int(match["number"].replace(",", "")),
            "quantity_high": int(match["number"].replace(",", "")),
            "unit": units.get(match["unit"].rstrip("s"), "rounds"),
            "stance": "asserts",
            "evidence_quote_start": document[match.start() : match.end()],
        }
        for match in FLOOR.finditer(document)
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
