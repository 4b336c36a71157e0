"""Deciding in the terminal: one proposed claim after the other, its sentence in view."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import typer

from flows.desk import Desk, stamp
from geo import review
from geo.problems import Problem
from geo.sheets import Known
from geo.tables import records

#: Signs of the text shown before and after the sentence, and of a line.
AROUND, WIDTH = 160, 88
#: Columns shown of a claim, in this order, where they hold anything.
SHOWN = (
    "kind", "mode", "origin", "destination", "via", "vessel", "quantifier", "low", "best", "high",
    "unit", "date_start", "date_end", "stance", "cargo_stance", "claimant", "evidence",
)  # fmt: skip
#: Columns that say how another was read.
BASES = {"claimant": "claimant_basis", "origin": "ends_basis", "date_start": "date_basis"}
ASKED = "[a]ccept, [e]dit and accept, [r]eject, [s]kip, [q]uit"


@dataclass
class Sitting:
    """One person deciding on what waits at a desk.

    Parameters
    ----------
    desk
        The desk.
    reviewer
        Who decides.
    """

    desk: Desk
    reviewer: str
    _known: Known = field(init=False, repr=False)

    def run(self, name: str = "") -> int:
        """Ask about every waiting claim, the least sure first; how many were decided.

        Each decision is written down at once: whoever stops halfway loses nothing.

        Parameters
        ----------
        name
            A source or a claim to decide on, even if that was done before.
        """
        waiting = self.desk.again(name) if name else self.desk.waiting()
        self._known = self.desk.known()
        texts = {row["source_id"]: self.desk.text(row) for row in self.desk.rows("received")}
        may: dict[str, list[dict[str, Any]]] = {}
        for row in records(self.desk.sameness(waiting)):
            may.setdefault(row["claim_id"], []).append(row)
        decided = 0
        try:
            for number, row in enumerate(waiting, start=1):
                typer.echo(f"\n{number} of {len(waiting)}  {row['source_id']}")
                typer.echo(card(row, texts[row["source_id"]]))
                choice = asked()
                if choice == "q":
                    break
                if choice != "s":
                    decided += self._settle(row, choice, may.get(row["claim_id"], []))
        finally:
            self.desk.lay_out()
        return decided

    def _settle(self, row: Mapping[str, Any], choice: str, facts: list[dict[str, Any]]) -> bool:
        """Write down a decision; asked again while it makes a claim that cannot be.

        False where the person gives up on it: the claim waits on.
        """
        changes = changed() if choice == "e" else {}
        fact = same_fact(facts) if choice != "r" else ""
        while True:
            at = datetime.now(UTC)
            decision = review.decision(
                row, "reject" if choice == "r" else "accept", changes,
                fact_id=fact, reviewer=self.reviewer, at=stamp(at),
            )  # fmt: skip
            wrong = list(review.wrong_claim(decision, self._known, "", 0))
            if not wrong:
                self.desk.append("decisions", [decision], at, self.reviewer)
                return True
            tell(wrong)
            more = changed()
            if not more:
                return False
            changes |= more


def asked() -> str:
    """What to do with a claim: one letter of `ASKED`."""
    while True:
        answer = str(typer.prompt(ASKED, default="s", show_default=True)).strip().lower()[:1]
        if answer in "aersq" and answer:
            return answer
        typer.echo("a, e, r, s or q")


def changed() -> dict[str, str]:
    """Cells that the person sets: `column=value` a line, until an empty one."""
    cells: dict[str, str] = {}
    typer.echo("column=value, one a line; - empties a cell; an empty line ends")
    while line := str(typer.prompt("", default="", show_default=False, prompt_suffix="> ")).strip():
        column, sign, value = (part.strip() for part in line.partition("="))
        if sign and column in review.EDITABLE:
            cells[column] = value or review.EMPTY
        else:
            typer.echo(f"columns: {', '.join(review.EDITABLE)}")
    return cells


def same_fact(facts: list[dict[str, Any]]) -> str:
    """The fact a claim repeats, as the person says; empty for one of its own."""
    if not facts:
        return ""
    typer.echo("May tell the same as")
    for number, fact in enumerate(facts, start=1):
        against = f"; but {fact['against']}" if fact["against"] else ""
        typer.echo(f"  {number}  {fact['fact_id']}: {fact['reasons']}{against}")
    listed = {str(number): fact["fact_id"] for number, fact in enumerate(facts, start=1)}
    while True:
        answer = str(typer.prompt("Same as number, or 0 for a fact of its own", default="0"))
        if answer.strip() == "0":
            return ""
        if answer.strip() in listed:
            return str(listed[answer.strip()])


def tell(wrong: list[Problem]) -> None:
    """Say what is wrong with a claim as settled."""
    for problem in wrong:
        typer.secho(f"  {problem.column}: {problem.value!r}: {problem.message}", fg="red")


def card(row: Mapping[str, Any], text: str) -> str:
    """A proposed claim as it is shown: the sentence within its text, then what was read in it."""
    before = " ".join(text[max(0, row["start"] - AROUND) : row["start"]].split())
    after = " ".join(text[row["end"] : row["end"] + AROUND].split())
    lines = [
        textwrap.fill(f"... {before}", WIDTH) if before else "",
        typer.style(textwrap.fill(" ".join(row["quote"].split()), WIDTH), bold=True),
        textwrap.fill(f"{after} ...", WIDTH) if after else "",
        "",
    ]
    for column in SHOWN:
        cell = review.as_cell(row.get(column))
        if cell:
            basis = row.get(BASES.get(column, ""))
            lines.append(f"  {column:13}{cell}" + (f"  ({basis})" if basis else ""))
    lines += [f"  look twice: {row['flags']}"] if row["flags"] else []
    lines += [f"  again: {row['again']}"] if row["again"] else []
    return "\n".join(lines)
