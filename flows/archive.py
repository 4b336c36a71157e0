"""Sources kept as received: bytes under their digest, and a log in which every line seals the last.

An archive is a folder: `objects/` holds each document under its SHA-256 digest, `log.jsonl` tells
when it was received, from where and by whom, one JSON object a line, and `seal` holds the number
of lines and the digest of the last. Nothing is ever overwritten; `verify` finds any byte that is
not what it was.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from geo.problems import Problem, UnusableInput

#: What the first line follows.
BEGINNING = "0" * 64
#: Signs of a digest that name the folder an object lies in.
FOLDER_SIGNS = 2
#: Bytes from the end of the log in which its last line lies whole.
LONGEST_LINE = 1 << 16
#: Signs of a note or an address that a line keeps.
LONGEST_NOTE = 4000
#: Longest wait for another run that is writing.
LOCK_SECONDS = 10
#: Fields that every line has, in this order; `hash` is the digest of the others.
FIELDS = ("number", "at", "activity", "sha256", "bytes", "url", "by", "note", "previous", "hash")


class ArchiveError(UnusableInput):
    """The archive cannot be written to or read from as asked."""


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    `activity` is `collect` (a document received), `recollect` (another version of its address),
    `decide` (a decision on a claim) or the like; `sha256` names the object it is about.
    """

    number: int
    at: str
    activity: str
    sha256: str
    bytes: int
    url: str
    by: str
    note: str
    previous: str
    hash: str

    def line(self) -> str:
        """The line as the log holds it."""
        return json.dumps({f: getattr(self, f) for f in FIELDS}, ensure_ascii=True) + "\n"


def digest(content: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Archive:
    """An archive in a folder, which is made when the first document is kept."""

    root: Path

    def keep(
        self, content: bytes, at: datetime, by: str, *, url: str = "", activity: str = "collect",
        note: str = "",
    ) -> Entry:  # fmt: skip
        """Keep some bytes and tell the log.

        Parameters
        ----------
        content
            The bytes as received.
        at
            When they were received, with a time zone.
        by
            Who or what received them.
        url
            Where from.
        activity, note
            What was done, and anything to remember of it.

        Raises
        ------
        ArchiveError
            If another run is writing, or the log does not end as it was sealed.
        """
        told: dict[str, Any] = {
            "at": at.astimezone(UTC).isoformat(timespec="seconds"), "activity": activity,
            "sha256": digest(content), "bytes": len(content), "url": url[:LONGEST_NOTE],
            "by": by, "note": note[:LONGEST_NOTE],
        }  # fmt: skip
        with self._locked():
            self._store(told["sha256"], content)
            return self._append(told)

    def read(self, sha256: str) -> bytes:
        """The bytes of an object.

        Raises
        ------
        ArchiveError
            If there is no such object, or it is not what it was.
        """
        path = self._path(sha256)
        if not path.is_file():
            raise ArchiveError(f"{path}: no such object")
        content = path.read_bytes()
        if digest(content) != sha256:
            raise ArchiveError(f"{path}: changed since it was kept")
        return content

    def entries(self) -> list[Entry]:
        """Lines of the log, the oldest first; unreadable ones are left to `verify`."""
        out = []
        for line in self._lines():
            entry = _entry(line)
            if entry is not None:
                out.append(entry)
        return out

    def verify(self) -> list[Problem]:
        """Everything that is not as it was kept; empty where all is."""
        return [*self._verify_log(), *self._verify_seal(), *self._verify_objects()]

    def _append(self, told: dict[str, Any]) -> Entry:
        number, sealed = self._sealed()
        if self._last_hash() != sealed:
            raise ArchiveError(f"{self._log}: does not end as it was sealed: verify the archive")
        line = {"number": number + 1, **told, "previous": sealed}
        entry = Entry(**line, hash=_sealing(line))
        with self._log.open("a", encoding="utf-8", newline="\n") as log:
            log.write(entry.line())
            log.flush()
            os.fsync(log.fileno())
        _write(self._seal, f"{entry.number} {entry.hash}\n".encode())
        return entry

    def _store(self, sha256: str, content: bytes) -> None:
        path = self._path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)
            path.chmod(0o444)

    def _path(self, sha256: str) -> Path:
        return self.root / "objects" / sha256[:FOLDER_SIGNS] / sha256[FOLDER_SIGNS:]

    @property
    def _log(self) -> Path:
        return self.root / "log.jsonl"

    @property
    def _seal(self) -> Path:
        return self.root / "seal"

    def _lines(self) -> list[str]:
        """Lines of the log without their ends; bytes that are no text stay visible."""
        if not self._log.exists():
            return []
        text = self._log.read_bytes().decode("utf-8", errors="backslashreplace")
        return text.removesuffix("\n").split("\n")

    def _last_hash(self) -> str:
        """The digest of the last line, read from the end of the log."""
        if not self._log.exists():
            return BEGINNING
        with self._log.open("rb") as log:
            log.seek(max(0, self._log.stat().st_size - LONGEST_LINE))
            tail = log.read().decode("utf-8", errors="backslashreplace")
        last = _entry(tail.removesuffix("\n").rpartition("\n")[2])
        return last.hash if last is not None else ""

    def _sealed(self) -> tuple[int, str]:
        """Number of lines and digest of the last, as sealed."""
        if not self._seal.exists():
            return 0, BEGINNING
        number, _, sealed = self._seal.read_text("ascii", errors="replace").strip().partition(" ")
        return (int(number), sealed) if number.isdecimal() else (0, "")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time."""
        self.root.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.root / "lock", timeout=LOCK_SECONDS):
                yield
        except Timeout:
            raise ArchiveError(f"another run is writing to {self.root}") from None

    def _verify_log(self) -> Iterator[Problem]:
        previous = BEGINNING
        for number, line in enumerate(self._lines(), start=1):
            entry = _entry(line)
            if entry is None:
                yield Problem(
                    "log.jsonl", number, "", line, "this line was changed: it is no entry"
                )
                continue
            told = {f: getattr(entry, f) for f in FIELDS if f != "hash"}
            if _sealing(told) != entry.hash or entry.line() != line + "\n":
                yield Problem("log.jsonl", number, "", line, "this line was changed")
            elif entry.previous != previous or entry.number != number:
                message = "does not follow the line before: lines were changed, removed or added"
                yield Problem("log.jsonl", number, "previous", entry.previous, message)
            previous = entry.hash

    def _verify_seal(self) -> Iterator[Problem]:
        lines = self._lines()
        if not lines and not self._seal.exists():
            return
        last = _entry(lines[-1]) if lines else None
        wanted = f"{len(lines)} {last.hash if last else BEGINNING}\n".encode()
        found = self._seal.read_bytes() if self._seal.exists() else b""
        if found != wanted or not self._log.read_bytes().endswith(b"\n"):
            shown = found.decode("ascii", errors="backslashreplace").strip()
            yield Problem("seal", 0, "", shown, "the log does not end as it was sealed")

    def _verify_objects(self) -> Iterator[Problem]:
        kept = {e.sha256: e.bytes for e in self.entries()}
        for sha256 in sorted(kept):
            path = self._path(sha256)
            name = path.relative_to(self.root).as_posix()
            if not path.is_file():
                yield Problem(name, 0, "", "", "the object is missing")
            elif digest(path.read_bytes()) != sha256:
                yield Problem(name, 0, "", "", "the object was changed since it was kept")
        known = {self._path(sha256) for sha256 in kept}
        for path in sorted((self.root / "objects").rglob("*")):
            if path.is_file() and path not in known:
                name = path.relative_to(self.root).as_posix()
                yield Problem(name, 0, "", "", "the log does not know this object")


def _sealing(told: dict[str, Any]) -> str:
    """The digest that seals a line, and with it all lines before."""
    return digest(json.dumps(told, ensure_ascii=True).encode())


def _entry(line: str) -> Entry | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    if not isinstance(told, dict) or tuple(told) != FIELDS:
        return None
    texts = all(isinstance(told[f], str) for f in FIELDS if f not in ("number", "bytes"))
    figures = type(told["number"]) is int and type(told["bytes"]) is int
    return Entry(**told) if texts and figures else None


def _write(path: Path, content: bytes) -> None:
    """Replace a file whole or not at all."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
