"""The desk: a folder where reports are kept, proposed claims wait and decisions are written down.

`archive/` holds documents and their texts as received, `received.csv` tells which document is
which source, `sources.csv` and `claims.csv` are tables as in the seeds, `decisions.csv` holds what
people decided, and `review.csv` is the sheet to decide in. Rows are only ever added to the first
four, and each addition is sealed in the archive, so that a change to them is seen.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources.abc import Traversable
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from flows.archive import LOCK_SECONDS, Archive
from geo import match, review, seeds, sheets
from geo.places import Gazetteer
from geo.problems import Problem, TableError, UnusableInput
from geo.schema import SEEDS, Claim, Source
from geo.tables import records, typed
from geo.text import NotRead, Proposal, propose

if TYPE_CHECKING:
    import pandas as pd

    from geo.seeds import Seeds

#: Columns of `received.csv`: which documents make a source.
RECEIVED = ("source_id", "sha256", "text_sha256", "name", "url", "retrieved_at")
#: Tables that rows are added to, with their columns.
TABLES: dict[str, Sequence[str]] = {
    "received": RECEIVED,
    "sources": Source.columns(),
    "claims": Claim.columns(),
    "decisions": review.DECISION,
}
#: What the archive's log calls an addition to a table.
ADDITION = "append"


@dataclass(frozen=True)
class Desk:
    """A desk in a folder, which is made when the first document comes in.

    Parameters
    ----------
    root
        The folder.
    base
        Folder of the seed tables it adds to; None for the shipped ones.
    """

    root: Path
    base: Path | None = None

    @property
    def archive(self) -> Archive:
        """Documents as received, and the log."""
        return Archive(self.root / "archive")

    @property
    def memory(self) -> Path:
        """What the feeds showed in earlier runs."""
        return self.root / "feeds.json"

    @property
    def sheet(self) -> Path:
        """The sheet to decide in."""
        return self.root / "review.csv"

    def rows(self, table: str) -> list[dict[str, str]]:
        """Rows of `sources`, `claims`, `received` or `decisions`, as their file has them."""
        path = self.root / f"{table}.csv"
        if not path.exists():
            return []
        return [dict(row) for _, row in sheets.read(path.read_bytes(), path.name)[0].rows]

    def append(self, table: str, rows: Iterable[Mapping[str, str]], at: datetime, by: str) -> None:
        """Add rows at the end of a table, which is replaced whole, and seal them in the archive."""
        new = list(rows)
        if not new:
            return
        columns = TABLES[table]
        sealed = sheets.written(new, columns)
        self.root.mkdir(parents=True, exist_ok=True)
        with FileLock(self.root / ".lock", timeout=LOCK_SECONDS):
            self.archive.keep(sealed, at, by, activity=ADDITION, note=f"{table}.csv")
            self._write(f"{table}.csv", sheets.written([*self.rows(table), *new], columns))

    def verify(self) -> list[Problem]:
        """Everything in the archive and the tables that is not as it was written."""
        problems = self.archive.verify()
        return problems or [problem for table in TABLES for problem in self._changed(table)]

    def _changed(self, table: str) -> Iterator[Problem]:
        """What in a table is not as it was sealed in the archive."""
        name, path = f"{table}.csv", self.root / f"{table}.csv"
        sealed = [
            row
            for entry in self.archive.entries()
            if entry.activity == ADDITION and entry.note == name
            for _, row in sheets.read(self.archive.read(entry.sha256), name)[0].rows
        ]
        wanted = sheets.written(sealed, TABLES[table]) if sealed else b""
        if wanted == (path.read_bytes() if path.exists() else b""):
            return
        try:
            cells = list(_other_cells(name, self.rows(table), sealed))
        except TableError as error:
            cells = error.problems
        yield from cells or [Problem(name, 0, "", "", "changed since it was written")]

    def text(self, received: Mapping[str, str]) -> str:
        """The text of a source, as it was read."""
        return self.archive.read(received["text_sha256"]).decode()

    def proposals(self) -> pd.DataFrame:
        """Claims that the rules read in every source, with its `source_id`, read anew."""
        sources = self.sources()
        out: list[dict[str, Any]] = []
        for received in self._latest().values():
            out += _read(self.text(received), sources[received["source_id"]])
        frame = typed(out, Proposal)
        by_claim = {row["claim_id"]: row["source_id"] for row in out}
        frame["source_id"] = frame["claim_id"].map(by_claim).astype("str")
        return frame

    def sources(self) -> dict[str, dict[str, str]]:
        """Rows of `sources.csv` by source_id: of the tables it adds to, and its own."""
        base = self._base().joinpath("sources.csv").read_bytes()
        listed = [dict(row) for _, row in sheets.read(base, "sources.csv")[0].rows]
        return {row["source_id"]: row for row in [*listed, *self.rows("sources")]}

    def waiting(self) -> list[dict[str, Any]]:
        """Proposals that wait for a decision, the least sure first."""
        return review.undecided(self.proposals(), self.rows("decisions"))

    def again(self, name: str) -> list[dict[str, Any]]:
        """Proposals of a source, or one by its identifier, whether decided or not.

        Raises
        ------
        UnusableInput
            If there are none.
        """
        made = review.latest(self.rows("decisions"))
        rows = [r for r in records(self.proposals()) if name in (r["source_id"], r["claim_id"])]
        if not rows:
            raise UnusableInput(f"{name!r} is no source with proposed claims and no such claim")
        return [row | {"again": review.settled(made.get(row["claim_id"]))} for row in rows]

    def tables(self) -> Seeds:
        """The seed tables with the desk's own sources and claims, checked as a whole."""
        return seeds.read(self.merged())

    def merged(self) -> Path:
        """The folder of these tables, written anew: a run can be made from it."""
        folder = self.root / "seeds"
        folder.mkdir(parents=True, exist_ok=True)
        for model in SEEDS:
            content = self._base().joinpath(f"{model.table}.csv").read_bytes()
            (folder / f"{model.table}.csv").write_bytes(content)
        _add(folder / "sources.csv", self.rows("sources"), Source.columns())
        _add(folder / "claims.csv", self.claims(), Claim.columns())
        return folder

    def claims(self) -> list[dict[str, str]]:
        """Accepted and hand-coded claims, as cells of `claims.csv`."""
        return [*review.claims(self.rows("decisions")), *self.rows("claims")]

    def known(self) -> sheets.Known:
        """Sources, places and ships that a claim may name."""
        tables = self.tables()
        return sheets.Known(
            {row["source_id"]: row["published"] for row in records(tables.sources)},
            frozenset(tables.places["place_id"]),
            frozenset(tables.vessels["vessel"]),
        )

    def lay_out(self) -> int:
        """Write the sheet of what waits, with the facts each may repeat; how many wait.

        What a person has filled into the sheet and was not taken in yet stays as it is.
        """
        waiting = self.waiting()
        filled = {row["claim_id"]: row for row in self._filled()}
        rows = review.queue(waiting, self.sameness(waiting))
        kept = [filled.get(row["claim_id"], row) for row in rows]
        self._write("review.csv", sheets.written(kept, review.QUEUE))
        return len(waiting)

    def _filled(self) -> Iterator[dict[str, str]]:
        """Rows of the sheet with a decision."""
        if self.sheet.exists():
            for _, row in sheets.read(self.sheet.read_bytes(), self.sheet.name)[0].rows:
                if row.get("decision"):
                    yield dict(row)

    def sameness(self, waiting: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
        """Facts that waiting proposals may repeat: known ones, or of other proposals."""
        import pandas as pd

        tables = self.tables()
        new = pd.DataFrame(waiting, columns=Proposal.columns())
        own = new.assign(fact_id="F-" + new["claim_id"].astype("str"))
        gazetteer = Gazetteer(tables.places, tables.place_aliases)
        columns = [c for c in Claim.columns() if c in own]
        known = [*records(tables.claims[columns]), *records(own[columns])]
        return match.same_facts(waiting, known, gazetteer)

    def take_in(self, reviewer: str, at: datetime) -> tuple[int, list[Problem]]:
        """Write down the decisions filled into the sheet; how many, and what is wrong with others.

        The sheet is laid out anew: with what still waits, and the wrong rows as they were filled.
        """
        if not self.sheet.exists():
            return 0, []
        sheet = sheets.read(self.sheet.read_bytes(), self.sheet.name)[0]
        waiting = self.waiting()
        made, problems = review.decided(sheet, waiting, self.known(), reviewer, stamp(at))
        self.append("decisions", made, at, reviewer)
        self.lay_out()
        return len(made), problems

    def give_back(self, table: str, content: bytes) -> Path:
        """Write the bad rows of a sheet to be mended; where they are."""
        self._write(f"given_back_{table}.csv", content)
        return self.root / f"given_back_{table}.csv"

    def _latest(self) -> dict[str, dict[str, str]]:
        """The newest version received of each source."""
        return {row["source_id"]: row for row in self.rows("received")}

    def lost(self) -> list[str]:
        """claim_ids of accepted claims that no text gives any more."""
        return review.lost(self.proposals(), self.rows("decisions"))

    def _base(self) -> Traversable:
        return seeds.shipped() if self.base is None else self.base

    def _write(self, name: str, content: bytes) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        part = self.root / f"{name}.part"
        part.write_bytes(content)
        part.replace(self.root / name)


def tables(base: Path | None, folder: Path) -> Seeds:
    """The seed tables, with what was accepted at a desk where there is one."""
    desk = Desk(folder, base)
    return desk.tables() if desk.rows("sources") or desk.rows("received") else seeds.read(base)


def proposed(base: Path | None, folder: Path, as_of: date | None = None) -> pd.DataFrame:
    """Claims that wait for a decision at a desk, of sources public on a day.

    Returns
    -------
    DataFrame
        As `geo.review.proposed`.
    """
    desk = Desk(folder, base)
    found = review.proposed(desk.waiting(), desk.sources())
    if as_of is not None:
        found = found[found["published_by"].dt.date <= as_of].reset_index(drop=True)
    return found


def _read(text: str, source: Mapping[str, str]) -> list[dict[str, Any]]:
    """Proposals of one source, their identifiers its own; none in a language not covered."""
    publisher = publisher_of(source)
    try:
        found = propose(text, source["published"], source["language"], publisher=publisher)
    except NotRead:
        return []
    name = source["source_id"]
    return [
        row | {"source_id": name, "claim_id": f"{name}-{row['claim_id']}"} for row in records(found)
    ]


def _other_cells(
    name: str, rows: list[dict[str, str]], sealed: list[dict[str, str]]
) -> Iterator[Problem]:
    none: dict[str, str] = {}
    for number, (row, was) in enumerate(zip_longest(rows, sealed, fillvalue=none), start=2):
        for column in {**was, **row}:
            if row.get(column) != was.get(column):
                message = f"changed since it was written; it was {was.get(column)!r}"
                yield Problem(name, number, column, row.get(column) or "", message)


def publisher_of(source: Mapping[str, str]) -> str:
    """Who a source's own voice is: its address, else its publisher."""
    return source["url"] or source["publisher"]


def _add(path: Path, rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> None:
    """Add rows to a seed table."""
    out = io.StringIO(newline="")
    csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore").writerows(rows)
    content = path.read_bytes()
    path.write_bytes(content.removesuffix(b"\n") + b"\n" + out.getvalue().encode())


def stamp(at: datetime) -> str:
    """A time as the tables write it: UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
