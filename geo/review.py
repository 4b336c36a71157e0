"""Proposed claims, what a person decided on them, and the claims that follow.

Machine output is never edited. A decision is a row of its own that holds the claim as the person
saw and settled it, with who and when; the latest on a claim counts. It outlives any new reading of
the text; where that differs, the claim comes back for a second look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from geo import dates
from geo.problems import Problem
from geo.schema import Claim
from geo.sheets import Known, Sheet, problems_of, references
from geo.tables import records

if TYPE_CHECKING:
    import pandas as pd

#: Columns of a claim that a person may change; `-` empties one, an empty cell keeps it.
EDITABLE = (
    "claimant", "stance", "cargo_stance", "kind", "scope", "mode", "origin", "destination", "via",
    "vessel", "date_start", "date_end", "date_precision", "low", "best", "high", "unit",
    "quantifier", "evidence", "reading", "note",
)  # fmt: skip
EMPTY = "-"
#: The claimant of a claim that nobody is credited with.
UNCREDITED = "not stated"
CHOICES = ("accept", "reject")
#: Columns of `decisions.csv`: the claim as settled, and `read`, the digest of what the rules read.
DECISION = (
    "claim_id", "source_id", "decision", "reviewer", "decided_at", "fact_id", *EDITABLE, "quote",
    "read",
)  # fmt: skip
#: Columns of the review sheet: what to fill in, the sentence, then what was read.
QUEUE = (
    "decision", "fact_id", "may_repeat", "again", "quote", *EDITABLE, "flags", "claimant_basis",
    "ends_basis", "date_basis", "source_id", "claim_id",
)  # fmt: skip
#: Hexadecimal signs of the digest of a reading.
READ_SIGNS = 16
#: What is shown of the source of a proposed claim.
FROM_SOURCE = ("publisher", "title", "published", "url")
#: The queue's order: the least sure readings first.
_ORDER = ("low", "medium", "high")


def as_cell(value: Any) -> str:
    """A value as a cell of a CSV file: days in ISO, whole numbers without point, "" for none."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def read_digest(proposal: Mapping[str, Any]) -> str:
    """A digest of what the rules read in a sentence, to see whether it changed."""
    told = "\n".join(as_cell(proposal.get(column)) for column in EDITABLE)
    return hashlib.sha256(told.encode()).hexdigest()[:READ_SIGNS]


def latest(decisions: Iterable[Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """The decision that counts on each claim: the last made."""
    return {row["claim_id"]: row for row in decisions}


def settled(decision: Mapping[str, str] | None) -> str:
    """What was decided, by whom and when; "" where nothing was."""
    if decision is None:
        return ""
    return f"{decision['decision']}ed by {decision['reviewer']}, {decision['decided_at'][:10]}"


def claims(decisions: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Accepted claims, as cells of `claims.csv`, in the order of their identifiers.

    Parameters
    ----------
    decisions
        Rows of `DECISION`, in the order they were made.
    """
    accepted = (d for d in latest(decisions).values() if d["decision"] == "accept")
    return sorted((_cells(d) for d in accepted), key=lambda cells: cells["claim_id"])


def _cells(decision: Mapping[str, str]) -> dict[str, str]:
    cells = {column: decision.get(column, "") for column in Claim.columns()}
    cells["fact_id"] = cells["fact_id"] or f"F-{cells['claim_id']}"
    return cells


def undecided(
    proposals: pd.DataFrame, decisions: Iterable[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """Proposals that wait for a person, the least sure first.

    Parameters
    ----------
    proposals
        Columns of `geo.text.Proposal` with `source_id`.
    decisions
        Rows of `DECISION`, in the order they were made.

    Returns
    -------
    list
        Rows of `proposals` with `again`: why a decided one is shown again, or "".
    """
    made = latest(decisions)
    out = []
    for row in records(proposals):
        decision = made.get(row["claim_id"])
        if decision is None or decision["read"] != read_digest(row):
            again = f"{decision['decision']}ed when read otherwise" if decision else ""
            out.append(row | {"again": again})
    out.sort(key=lambda r: (_ORDER.index(r["reading"]), r["source_id"], r["start"], r["ordinal"]))
    return out


def lost(proposals: pd.DataFrame, decisions: Iterable[Mapping[str, str]]) -> list[str]:
    """claim_ids of accepted claims that no text gives any more: still claims, worth a look."""
    known = set(proposals["claim_id"])
    made = latest(decisions).items()
    return sorted(claim for claim, d in made if d["decision"] == "accept" and claim not in known)


def queue(waiting: Iterable[Mapping[str, Any]], sameness: pd.DataFrame) -> list[dict[str, str]]:
    """Rows of the review sheet, in the order given.

    Parameters
    ----------
    waiting
        Result of `undecided`.
    sameness
        Table of `geo.match.same_facts`: the facts each may repeat.
    """
    may: dict[str, list[str]] = {}
    for row in records(sameness):
        may.setdefault(row["claim_id"], []).append(f"{row['fact_id']} ({row['reasons']})")
    blank = {"decision": "", "fact_id": ""}
    return [
        {c: as_cell(row.get(c)) for c in QUEUE}
        | blank
        | {"may_repeat": " | ".join(may.get(row["claim_id"], []))}
        for row in waiting
    ]


def decision(
    proposal: Mapping[str, Any],
    choice: str,
    changes: Mapping[str, str],
    *,
    fact_id: str = "",
    reviewer: str,
    at: str,
) -> dict[str, str]:
    """A decision on one proposal.

    Parameters
    ----------
    proposal
        A row of `undecided`.
    choice
        One of `CHOICES`.
    changes
        Cells that the person set: an empty one keeps what was read, `-` empties it.
    fact_id
        The fact the claim tells; empty for one of its own.
    reviewer, at
        Who decides, and when (UTC).
    """
    cells = {c: as_cell(proposal.get(c)) for c in ("claim_id", "source_id", "quote", *EDITABLE)}
    cells["claimant"] = cells["claimant"] or UNCREDITED
    for column, cell in changes.items():
        cells[column] = "" if cell == EMPTY else cell or cells[column]
    return cells | {
        "decision": choice,
        "reviewer": reviewer,
        "decided_at": at,
        "fact_id": fact_id,
        "read": read_digest(proposal),
    }


def proposed(
    waiting: Iterable[Mapping[str, Any]], sources: Mapping[str, Mapping[str, str]]
) -> pd.DataFrame:
    """Claims that wait for a decision, as a table to be shown beside the claims.

    Parameters
    ----------
    waiting
        Result of `undecided`.
    sources
        Rows of `sources.csv` by source_id.

    Returns
    -------
    DataFrame
        Columns of `Claim`, `published_by` (the day the source was surely public), `sentence`
        (the words the claim rests on) and those of the source in `FROM_SOURCE`, sorted by
        claim_id.
    """
    import pandas as pd

    columns = [*Claim.columns(), "published_by", "sentence", *FROM_SOURCE]
    rows = [
        {c: row.get(c) for c in columns}
        | {
            "fact_id": f"F-{row['claim_id']}",
            "claimant": row["claimant"] or UNCREDITED,
            "note": row["flags"],
            "published_by": dates.window(sources[row["source_id"]]["published"])[1],
            "sentence": row["quote"],
        }
        | {column: sources[row["source_id"]][column] for column in FROM_SOURCE}
        for row in waiting
    ]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    for column in columns:
        if column in ("low", "best", "high"):
            frame[column] = frame[column].astype("Int64")
        elif column in ("date_start", "date_end", "published_by"):
            frame[column] = pd.to_datetime(frame[column])
        else:
            frame[column] = frame[column].fillna("").astype("str")
    return frame.sort_values("claim_id", ignore_index=True)


def decided(
    sheet: Sheet,
    waiting: Iterable[Mapping[str, Any]],
    known: Known,
    reviewer: str,
    at: str,
) -> tuple[list[dict[str, str]], list[Problem]]:
    """Decisions from a filled review sheet; a row without a decision waits on.

    Parameters
    ----------
    sheet
        Its columns are those of `QUEUE`.
    waiting
        Result of `undecided`: only these can be decided.
    known
        Sources, places and ships that a claim may name.
    reviewer, at
        Who decides, and when (UTC).

    Returns
    -------
    decisions
        Rows of `DECISION`.
    problems
        What is wrong, by file and row; no decision is taken from a wrong row.
    """
    by_id = {row["claim_id"]: row for row in waiting}
    made: list[dict[str, str]] = []
    problems: list[Problem] = []
    for number, row in sheet.rows:
        choice, claim = row.get("decision", ""), row.get("claim_id", "")
        if not choice:
            continue
        wrong = list(_refused(choice, claim, by_id, sheet.file, number))
        if not wrong:
            changes = {c: row.get(c, "") for c in EDITABLE}
            fact = row.get("fact_id", "")
            new = decision(by_id[claim], choice, changes, fact_id=fact, reviewer=reviewer, at=at)
            wrong = list(wrong_claim(new, known, sheet.file, number))
            made += [] if wrong else [new]
        problems += wrong
    return made, problems


def _refused(
    choice: str, claim: str, by_id: Mapping[str, Any], file: str, number: int
) -> Iterator[Problem]:
    if choice not in CHOICES:
        message = f"a decision is {' or '.join(CHOICES)}, or empty to wait"
        yield Problem(file, number, "decision", choice, message)
    elif claim not in by_id:
        yield Problem(file, number, "claim_id", claim, "no such claim waits")


def wrong_claim(
    decision: Mapping[str, str], known: Known, file: str, number: int
) -> Iterator[Problem]:
    """What is wrong with the claim that a decision would make; nothing where it rejects."""
    if decision["decision"] != "reject":
        cells = _cells(decision)
        yield from problems_of(cells, Claim, file, number)
        yield from references(cells, known, file, number)
