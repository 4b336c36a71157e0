"""Documents in: files, folders and addresses to archived sources; sheets of claims read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from flows.archive import digest
from flows.desk import Desk, publisher_of, stamp
from flows.documents import MOST_PDF_BYTES, Document, Refused
from flows.fetch import Fetcher
from flows.reader import Reader
from flows.watch import Feed, Memory, failed_before, news, read_feeds, try_again
from geo import match, sheets
from geo.problems import Problem, TableError
from geo.schema import Source
from geo.text import NotRead, language_of, propose
from geo.text.lexicon import shipped

#: Hexadecimal digits of a digest that name a source.
ID_DIGITS = 12
#: Files of a folder that are taken.
SUFFIXES = (".txt", ".html", ".htm", ".pdf", ".csv", ".xlsx", ".md")
SHEETS = (".csv", ".xlsx")
#: A document in a language that is not told is kept under this code (ISO 639-2).
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True)
class Outcome:
    """What became of one document.

    `source_id` names the source it is or repeats; `message` is for people. A document that waits
    lacks only its date of publication: it is not guessed.
    """

    name: str
    status: Literal["taken", "known", "changed", "waits", "refused"]
    message: str
    source_id: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Told:
    """What the person who brings a document says of it; it outweighs what the document says."""

    published: str = ""
    publisher: str = ""
    title: str = ""
    language: str = ""


@dataclass
class Intake:
    """Takes documents in.

    Parameters
    ----------
    desk
        Where they go.
    known
        What hand-coded claims may name: see `Desk.known`.
    by, at
        Who brings them, and when.
    fetcher
        How to fetch addresses; without one they are refused.
    """

    desk: Desk
    known: sheets.Known
    by: str
    at: datetime
    fetcher: Fetcher | None = None
    _new: dict[str, list[dict[str, str]]] = field(default_factory=dict, repr=False)

    def add(self, inputs: Iterable[str], told: Told | None = None) -> list[Outcome]:
        """Take in files, folders (every document in them) and addresses; one outcome each.

        Nothing stops the rest: what cannot be read is refused with its reason.
        """
        out: list[Outcome] = []
        try:
            with Reader() as reader:
                for name in _each(inputs, self.desk.root):
                    out += self._tried(name, told or Told(), reader)
        finally:
            self._write()
        return out

    def _tried(self, name: str, told: Told, reader: Reader) -> list[Outcome]:
        try:
            return self._one(name, told, reader)
        except Refused as reason:
            return [Outcome(name, "refused", str(reason))]
        except TableError as error:
            problems = tuple(error.problems)
            return [Outcome(name, "refused", str(problems[0]), problems=problems)]
        except OSError as error:
            return [Outcome(name, "refused", f"cannot be read: {error.strerror}")]

    def _write(self) -> None:
        """Write the rows that came in to their tables."""
        for table, rows in self._new.items():
            self.desk.append(table, rows, self.at, self.by)
        self._new = {}

    @cached_property
    def _received(self) -> list[dict[str, str]]:
        return self.desk.rows("received")

    @cached_property
    def _listed(self) -> dict[str, dict[str, str]]:
        return self.desk.sources()

    @cached_property
    def _copies(self) -> match.Copies:
        copies = match.Copies()
        for row in self._received:
            copies.add(row["source_id"], self.desk.text(row))
        return copies

    def watch(self, feeds: Iterable[Feed]) -> list[Outcome]:
        """Take in what is new in some feeds and speaks of the corridor."""
        memory, corridor = Memory(self.desk.memory), tuple(shipped().corridor)
        state = memory.recall()
        out: list[Outcome] = []
        for feed in feeds:
            try:
                out += self._feed(feed, state.setdefault(feed.url, {}), corridor)
            except Refused as reason:
                out.append(Outcome(feed.url, "refused", str(reason)))
        memory.keep(state)
        return out

    def _feed(
        self, feed: Feed, state: dict[str, Any], corridor: tuple[str, ...]
    ) -> Iterator[Outcome]:
        """Take in the new entries of a feed, and those that failed in an earlier run."""
        if self.fetcher is None:
            raise Refused("fetching is off")
        entries = news(feed, self.fetcher, state, corridor)
        for entry in [*failed_before(feed, state), *entries]:
            outcomes = self.add([entry.url], Told(entry.published, feed.publisher))
            if any(outcome.status == "refused" for outcome in outcomes):
                try_again(entry, state)
            yield from outcomes

    def _one(self, name: str, told: Told, reader: Reader) -> list[Outcome]:
        if "://" in name:
            if self.fetcher is None:
                raise Refused("fetching is off: save the page and give the file")
            page = self.fetcher.get(name)
            document = reader.read(page.content, page.url, page.media_type)
            return [self._document(name, page.content, document, told, page.url)]
        content = _content(Path(name))
        if name.lower().endswith(SHEETS):
            return self._sheets(name, content)
        document = reader.read(content, name)
        return [self._document(name, content, document, told, document.url)]

    def _document(
        self, name: str, content: bytes, document: Document, told: Told, url: str
    ) -> Outcome:
        sha256 = digest(content)
        for row in self._received:
            if row["sha256"] == sha256:
                return Outcome(name, "known", "the same bytes were taken before", row["source_id"])
        published = told.published or document.published
        if not published:
            return Outcome(name, "waits", "no date of publication found: give it")
        earlier = [row["source_id"] for row in self._received if url and row["url"] == url]
        if earlier:
            self._keep(earlier[-1], content, document, name, url)
            return Outcome(name, "changed", "a new version of a known address", earlier[-1])
        listed = next((k for k, row in self._listed.items() if url and row["url"] == url), "")
        if listed:
            self._keep(listed, content, document, name, url)
            return Outcome(
                name, "taken", f"the text of {listed}, known so far from a table", listed
            )
        source = _source(sha256, document, told, published, url)
        problems = tuple(sheets.problems_of(source, Source, name, 0))
        if problems:
            return Outcome(name, "refused", str(problems[0]), problems=problems)
        copies = ", ".join(other for other, _ in self._copies.like(document.text))
        self._keep(source["source_id"], content, document, name, url)
        self._new.setdefault("sources", []).append(source)
        return Outcome(name, "taken", _told_of(document, source, copies), source["source_id"])

    def _keep(
        self, source_id: str, content: bytes, document: Document, name: str, url: str
    ) -> None:
        """Archive the bytes and the text read in them, and tell which source they are."""
        archive, note = self.desk.archive, f"source {source_id}, {name}"
        known = any(row["source_id"] == source_id for row in self._received)
        activity = "recollect" if known else "collect"
        kept = archive.keep(content, self.at, self.by, url=url, activity=activity, note=note)
        text = archive.keep(document.text.encode(), self.at, self.by, activity="text", note=note)
        row = {
            "source_id": source_id, "sha256": kept.sha256, "text_sha256": text.sha256,
            "name": Path(name).name if "://" not in name else name, "url": url,
            "retrieved_at": stamp(self.at),
        }  # fmt: skip
        self._copies.add(source_id, document.text)
        self._received.append(row)
        self._new.setdefault("received", []).append(row)

    def _sheets(self, name: str, content: bytes) -> list[Outcome]:
        """Take in hand-coded sources and claims; bad rows are given back beside the desk."""
        out = []
        pages = sheets.read(content, Path(name).name)
        # Sources first: the claims beside them may name them.
        for sheet in sorted(pages, key=lambda page: not _lists_sources(page)):
            if _lists_sources(sheet):
                out.append(self._coded(sheet, "sources", *sheets.hand_listed(sheet)))
            elif "source_id" in sheet.columns:
                out.append(self._coded(sheet, "claims", *sheets.hand_coded(sheet, self.known)))
        if out:
            self.desk.archive.keep(content, self.at, self.by, note=f"sheet {name}")
        return out or [Outcome(name, "refused", "no page of claims or sources in it")]

    def _coded(
        self,
        sheet: sheets.Sheet,
        table: str,
        rows: list[dict[str, str]],
        problems: list[Problem],
    ) -> Outcome:
        key = f"{table[:-1]}_id"
        there = {row[key]: row for row in [*self.desk.rows(table), *self._new.get(table, [])]}
        new = [row for row in rows if row[key] not in there]
        wrong = [*problems, *_otherwise(sheet, key, rows, there)]
        self._new.setdefault(table, []).extend(new)
        if table == "sources":
            listed = {**self.known.sources, **{row[key]: row["published"] for row in new}}
            self.known = replace(self.known, sources=listed)
        message = f"{len(new)} new {table}, {len(rows) - len(new)} known before"
        if wrong:
            back = self.desk.give_back(table, sheets.given_back(sheet, wrong))
            message += f"; {len({p.row for p in wrong})} rows given back in {back}"
        return Outcome(sheet.file, "taken", message, problems=tuple(wrong))


def _content(path: Path) -> bytes:
    """The bytes of a file, unless it is none or holds more than any document may."""
    if path.exists() and not path.is_file():
        raise Refused("not a file")
    size = path.stat().st_size
    if size > MOST_PDF_BYTES:
        raise Refused(f"{size:,} bytes: more than {MOST_PDF_BYTES:,} are not read")
    return path.read_bytes()


def _lists_sources(sheet: sheets.Sheet) -> bool:
    return set(sheet.columns) - set(sheets.ADDED) <= set(Source.columns())


def _otherwise(
    sheet: sheets.Sheet,
    key: str,
    rows: Iterable[Mapping[str, str]],
    there: Mapping[str, Mapping[str, str]],
) -> Iterator[Problem]:
    """Rows whose identifier is known with other cells: nothing that was taken is overwritten."""
    numbers = {cells.get(key): number for number, cells in sheet.rows}
    for row in rows:
        known = there.get(row[key])
        if known is not None and any(known.get(c, "") != cell for c, cell in row.items()):
            message = "is known with other values: give another identifier"
            yield Problem(sheet.file, numbers.get(row[key], 0), key, row[key], message)


def intake(desk: Desk, by: str, *, fetch: bool) -> Intake:
    """An intake for a desk, as of now; `fetch` lets it ask other computers for pages."""
    return Intake(desk, desk.known(), by, datetime.now(UTC), Fetcher() if fetch else None)


def watch(desk: Desk, feeds: Path, by: str) -> list[Outcome]:
    """Take in what is new in the feeds of a file, and lay out what now waits for a decision.

    Raises
    ------
    TableError
        If the file of feeds is wrong.
    """
    outcomes = intake(desk, by, fetch=True).watch(read_feeds(feeds))
    desk.lay_out()
    return outcomes


def _each(inputs: Iterable[str], desk: Path) -> Iterator[str]:
    """Files, addresses, and the documents of folders but the desk's own, in their order."""
    for name in inputs:
        path = Path(name)
        if "://" not in name and path.is_dir():
            own = desk.resolve()
            found = (p for p in path.rglob("*") if own not in p.resolve().parents)
            yield from sorted(str(p) for p in found if p.suffix.lower() in SUFFIXES)
        else:
            yield name


def _told_of(document: Document, source: Mapping[str, str], copies: str) -> str:
    """What there is to say of a document that was taken."""
    try:
        found = propose(
            document.text, source["published"], source["language"], publisher=publisher_of(source)
        )
    except NotRead as reason:
        return f"kept, but {reason}"
    message = f"{len(found)} claims proposed"
    return f"{message}; nearly the same text as {copies}" if copies else message


def _source(
    sha256: str, document: Document, told: Told, published: str, url: str
) -> dict[str, str]:
    """A row of `sources.csv` for a document."""
    first = document.text.strip().split("\n", 1)[0]
    host = urlsplit(url).hostname or ""
    return {
        "source_id": f"S{sha256[:ID_DIGITS]}",
        "publisher": told.publisher or document.publisher or host or "(publisher not shown)",
        "title": told.title or document.title or f"[{first[:80]}]",
        "author": document.author,
        "published": published,
        "published_basis": "stated",
        "url": url if url.startswith(("http://", "https://")) else "",
        "language": told.language or language_of(document.text) or UNKNOWN_LANGUAGE,
        "kind": "news",
        "note": "received as a file" if not url else "",
    }
