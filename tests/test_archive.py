"""The archive: nothing that was kept can change without being named."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.archive import Archive, ArchiveError
from flows.desk import Desk

AT = datetime(2023, 10, 26, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    archive = Archive(tmp_path_factory.mktemp("kept") / "archive")
    for number in range(4):
        archive.keep(f"report {number}".encode(), AT, "anna", url=f"https://example.org/{number}")
    return archive


def copied(archive: Archive, to) -> Archive:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(archive.root, to)
    for path in to.rglob("*"):
        path.chmod(0o755)
    return Archive(to)


def test_what_was_kept_is_read_back_and_verified(kept):
    entries = kept.entries()
    assert [kept.read(e.sha256) for e in entries] == [f"report {n}".encode() for n in range(4)]
    assert [e.at for e in entries] == ["2023-10-26T09:30:00+00:00"] * 4
    assert kept.verify() == []


@given(st.data())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_one_flipped_byte_anywhere_is_found_and_its_file_named(kept, tmp_path, data):
    archive = copied(kept, tmp_path / "spoiled")
    files = sorted(p for p in archive.root.rglob("*") if p.is_file() and p.name != "lock")
    path = data.draw(st.sampled_from(files))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    name = path.relative_to(archive.root).as_posix()
    assert name in {problem.file for problem in archive.verify()}


def test_a_changed_line_of_the_log_is_named_by_its_number(kept, tmp_path):
    archive = copied(kept, tmp_path / "spoiled")
    log = archive.root / "log.jsonl"
    log.write_text(log.read_text().replace("example.org/2", "example.org/9"))
    assert [p.row for p in archive.verify() if p.message == "this line was changed"] == [3]


@pytest.mark.parametrize("line", [0, 1, 3])
def test_a_removed_line_is_found_wherever_it_stood(kept, tmp_path, line):
    archive = copied(kept, tmp_path / "spoiled")
    log = archive.root / "log.jsonl"
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join(lines[:line] + lines[line + 1 :]))
    assert archive.verify()


def test_a_removed_and_an_added_document_are_named(kept, tmp_path):
    archive = copied(kept, tmp_path / "spoiled")
    gone = next(p for p in (archive.root / "objects").rglob("*") if p.is_file())
    gone.unlink()
    (archive.root / "objects" / "new").write_text("x")
    told = {p.file: p.message for p in archive.verify()}
    assert told[gone.relative_to(archive.root).as_posix()] == "the object is missing"
    assert "does not know" in told["objects/new"]


def test_nothing_is_added_to_a_log_that_was_cut(kept, tmp_path):
    archive = copied(kept, tmp_path / "spoiled")
    log = archive.root / "log.jsonl"
    log.write_text("".join(log.read_text().splitlines(keepends=True)[:-1]))
    with pytest.raises(ArchiveError, match="verify"):
        archive.keep(b"new", AT, "anna")


def test_two_writers_do_not_write_at_once(kept, tmp_path, monkeypatch):
    monkeypatch.setattr("flows.archive.LOCK_SECONDS", 0.1)
    archive = copied(kept, tmp_path / "busy")
    with FileLock(archive.root / "lock"), pytest.raises(ArchiveError, match="another run"):
        archive.keep(b"new", AT, "anna")
    archive.keep(b"new", AT, "anna")  # a lock that somebody died with holds nobody up


def test_the_same_bytes_are_stored_once_and_logged_twice(kept, tmp_path):
    archive = copied(kept, tmp_path / "twice")
    archive.keep(b"report 0", AT, "ben")
    assert len(list((archive.root / "objects").rglob("*/*"))) == 4
    assert len(archive.entries()) == 5


@given(st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_one_flipped_byte_in_a_table_of_the_desk_is_found_and_named(tmp_path, data):
    desk = Desk(tmp_path / "desk")
    shutil.rmtree(desk.root, ignore_errors=True)
    row = {"source_id": "S1", "sha256": "0" * 64, "name": "a.txt"}
    desk.append("received", [row], AT, "anna")
    desk.append("received", [row | {"source_id": "S2"}], AT, "anna")
    assert desk.verify() == []
    path = desk.root / "received.csv"
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert {p.file for p in desk.verify()} == {"received.csv"}


def test_a_changed_cell_of_the_desk_is_told_with_what_it_was(tmp_path):
    desk = Desk(tmp_path / "desk")
    desk.append("received", [{"source_id": "S1", "name": "a.txt"}], AT, "anna")
    path = desk.root / "received.csv"
    path.write_bytes(path.read_bytes().replace(b"a.txt", b"b.txt"))
    (problem,) = desk.verify()
    assert (problem.row, problem.column, problem.value) == (2, "name", "b.txt")
    assert "'a.txt'" in problem.message
