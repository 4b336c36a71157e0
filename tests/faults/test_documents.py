"""Hostile and broken documents: refused with a clear word, and the rest of the batch goes on."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import subprocess
import sys
import zipfile
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.desk import Desk
from flows.documents import Document, Refused, read
from flows.ingest import Intake, Told
from flows.reader import Reader

AT = datetime(2023, 10, 20, tzinfo=UTC)
GOOD = (
    b"<html><head><title>Ships</title></head><body><article><p>RUSI counted at least five trips "
    b"from Rajin to Dunai since August. The institute looked at pictures of both ports.</p>"
    b"</article></body></html>"
)


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


def pdf(stream: bytes, *, packed: bool = True) -> bytes:
    """A PDF of one page whose content is `stream`."""
    body = zlib.compress(stream) if packed else stream
    wrapped = b"/Filter /FlateDecode " if packed else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< " + wrapped + b"/Length %d >>\nstream\n" % len(body) + body + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return bytes(out) + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


REPORT = pdf(
    b"BT /F1 12 Tf 50 700 Td (RUSI counted at least five trips between Rajin) Tj "
    b"0 -14 Td (and Dunai in North Korea and Russia since August, it said.) Tj ET"
)
HOSTILE = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "large.txt": b"Rajin " * 3_400_000,  # 20 MB
    "line.txt": b"a" * 10_000_000,
    "book.txt": b"Rajin is a port. " * 100_000,
    "gzip.txt": gzip.compress(b"0" * 50_000_000),
    "zip.html": zipped("a.html", b"0" * 50_000_000),
    "deep.html": b"<html><body>" + b"<div>" * 100_000 + b"Rajin",
    "many.html": b"<html><body>" + b"<i>x</i>" * 200_000,
    "slow.html": b"<html><body><article>" + b"<p><a href=x>Rajin</a> <b>port</b></p>" * 9_900,
    "cut.html": GOOD[:30],
    "nothing.html": b"<html><body></body></html>",
    "cut.pdf": REPORT[:200],
    "bomb.pdf": pdf(b"q " * 40_000_000),
    "broken.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 100,
    "picture.jpg.txt": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500),
    "latin1.txt": "Häfen in Nordkorea, schöne Grüße".encode("latin-1"),
    "lying.html": b'<html><head><meta charset="utf-8"></head><body>\xff\xfe\xfa</body></html>',
    "half.txt": "라진항".encode()[:-1],
    "bomb.xlsx": zipped("xl/worksheets/sheet1.xml", b"0" * 60_000_000),
    "wrong.csv": b"\xff\x00\x01",
}  # fmt: skip


def test_hostile_documents_are_refused_and_the_good_one_among_them_is_taken(tmp_path):
    for name, content in HOSTILE.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.html").write_bytes(GOOD)
    os.mkfifo(tmp_path / "waiting.txt")
    desk = Desk(tmp_path / "desk")  # it lies in the folder that is read, and is not read itself
    taking = Intake(desk, desk.known(), "anna", AT)
    outcomes = taking.add([str(tmp_path)], Told(published="2023-10-17"))
    told = {o.name.rsplit("/", 1)[-1]: o for o in outcomes}
    assert told["good.html"].status == "taken"
    assert {n: told[n].message for n in HOSTILE if told[n].status != "refused"} == {}
    assert all(told[name].message for name in HOSTILE)
    assert told["waiting.txt"].message == "not a file"
    assert "20,400,000 bytes" in told["large.txt"].message
    assert "gzip archive" in told["gzip.txt"].message
    assert "tags within tags" in told["deep.html"].message
    assert "encoding" in told["latin1.txt"].message
    assert "would unpack to" in told["bomb.xlsx"].message
    assert "signs of text" in told["book.txt"].message
    assert len(desk.rows("sources")) == 1
    assert desk.verify() == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured with Linux's ru_maxrss")
@pytest.mark.parametrize("name", ["bomb.pdf", "deep.html", "slow.html", "line.txt"])
def test_a_hostile_document_takes_little_memory_before_it_is_given_up(tmp_path, name):
    (tmp_path / name).write_bytes(HOSTILE[name])
    script = (
        "import sys, resource, pathlib\n"
        "from flows.documents import Refused\n"
        "from flows.reader import Reader\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "try:\n"
        "    with Reader() as reader:\n"
        "        reader.read(path.read_bytes(), path.name)\n"
        "except Refused:\n"
        "    pass\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 256 * 1024


def test_a_reader_that_was_taken_down_reads_the_next_document():
    with Reader() as reader:
        with pytest.raises(Refused, match="more time or memory"):
            reader.read(HOSTILE["slow.html"], "slow.html")
        assert "five trips" in reader.read(GOOD, "good.html").text


def test_a_pdf_is_read_and_its_lines_joined():
    document = read(REPORT, "report.pdf")
    assert "between Rajin and Dunai" in document.text
    assert document.published == ""  # the dates in a PDF are of the file


@given(st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_changed_or_cut_document_is_read_or_refused_and_nothing_else(data):
    name, content = data.draw(
        st.sampled_from([("a.html", GOOD), ("a.pdf", REPORT), ("a.txt", GOOD)])
    )
    spoiled = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))
    spoiled = spoiled[: data.draw(st.integers(1, len(spoiled)))]
    with contextlib.suppress(Refused):
        assert isinstance(read(bytes(spoiled), name), Document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_that_declares_its_encoding_is_read(encoding):
    assert "Häfen" in read("Häfen von Rajin".encode(encoding), "a.txt").text


def test_the_date_a_page_declares_is_taken_and_none_is_guessed():
    declared = GOOD.replace(
        b"<title>",
        b'<meta property="article:published_time" content="2023-10-17T09:00:00Z"><title>',
    )
    assert read(declared, "a.html").published == "2023-10-17"
    told = GOOD.replace(b"since August.", b"since August. Updated 12 May 2021. Copyright 2019.")
    assert read(told, "a.html").published == ""


def test_the_line_of_metadata_of_a_text_gives_its_date_and_address():
    document = read(b"date 2023-10-17 https://example.org/a\nRUSI counted five trips.", "a.txt")
    assert (document.published, document.url) == ("2023-10-17", "https://example.org/a")
