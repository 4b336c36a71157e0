"""Bytes to text: what a document says, who published it and when, or why it is refused."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Literal

#: A document of more bytes is refused unread.
MOST_BYTES = 5_000_000
MOST_PDF_BYTES = 15_000_000
#: A page with more tags, or tags within tags, than any article has is refused unread.
MOST_TAGS = 60_000
DEEPEST_TAG = 250
MOST_PDF_PAGES = 300
#: A text of more signs is a book, not a report.
MOST_SIGNS = 1_000_000
#: Lines of at least so much of the longest line's length run on into the next where no sentence
#: ends; no text is broken into lines longer than so many signs.
FULL_LINE, LONGEST_LINE = 0.6, 120
STOPS = (".", "!", "?", ":")
#: What files that hold others begin with, and what to call them.
PACKED = {
    b"\x1f\x8b": "gzip", b"PK\x03\x04": "ZIP", b"BZh": "bzip2", b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7z", b"Rar!": "RAR", b"\x28\xb5\x2f\xfd": "zstd",
}  # fmt: skip
#: Only a date that the page declares is taken, and of two the first: none is guessed from its text.
DECLARED_DATE = {"extensive_search": False, "original_date": True}
#: Tags that have no end.
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr", "p", "li", "td", "tr", "th", "dd", "dt", "option", "tbody", "thead", "tfoot"]
)  # fmt: skip
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
#: The line of metadata that a text file may begin with.
_HEAD = re.compile(r"\s*date\s+(\d{4}(?:-\d\d){0,2})\s+(?:(https?://\S+)\s+)?")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Kind = Literal["html", "pdf", "text"]


class Refused(ValueError):
    """A document that is not read; the message says why."""


@dataclass(frozen=True)
class Document:
    """What a document says. `published` is its date as it tells it, or empty."""

    text: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""


def kind_of(content: bytes, name: str = "", media_type: str = "") -> Kind:
    """What kind of document some bytes are, by their beginning, then by name and media type.

    Raises
    ------
    Refused
        If they are empty, packed, too large, or of a kind that is not read.
    """
    begin = content[:1024].lstrip().lower()
    pdf = begin.startswith(b"%pdf-")
    if not content.strip():
        raise Refused("the document is empty")
    if len(content) > (MOST_PDF_BYTES if pdf else MOST_BYTES):
        most = MOST_PDF_BYTES if pdf else MOST_BYTES
        raise Refused(f"{len(content):,} bytes: more than {most:,} are not read")
    for magic, packer in PACKED.items():
        if content.startswith(magic):
            raise Refused(f"a {packer} archive: unpack it first")
    if pdf:
        return "pdf"
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("not a text, a page or a PDF")
    suffix = PurePosixPath(name.split("?", 1)[0]).suffix.lower()
    page = begin.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body"))
    return "html" if page or suffix in (".html", ".htm") or "html" in media_type else "text"


def read(content: bytes, name: str = "", media_type: str = "") -> Document:
    """What a document says.

    Parameters
    ----------
    content
        The document as received.
    name
        File name or address: a hint at what it is.
    media_type
        As the server told it, where there was one.

    Raises
    ------
    Refused
        If it cannot or should not be read.
    """
    match kind_of(content, name, media_type):
        case "pdf":
            document = _pdf(content)
        case "html":
            document = _html(content, media_type)
        case _:
            document = _text(content, media_type)
    if not document.text.strip():
        raise Refused("no text found in the document")
    if len(document.text) > MOST_SIGNS:
        raise Refused(
            f"{len(document.text):,} signs of text: more than {MOST_SIGNS:,} are not read"
        )
    return document


def unbroken(text: str) -> str:
    r"""A text without the line breaks of its page: sentences run on over them.

    Examples
    --------
    >>> unbroken("The ship left the port of\nRajin for Dunai.\nIt is new.")
    'The ship left the port of Rajin for Dunai.\nIt is new.'
    """
    lines = text.split("\n")
    longest = max(len(line) for line in lines)
    if longest > LONGEST_LINE:
        return text
    out = lines[:1]
    for before, line in pairwise(lines):
        full = len(before) >= FULL_LINE * longest and not before.rstrip().endswith(STOPS)
        if full and line.strip():
            out[-1] = f"{out[-1].rstrip()} {line.lstrip()}"
        else:
            out.append(line)
    return "\n".join(out)


def _text(content: bytes, media_type: str) -> Document:
    text = _decoded(content, media_type)
    head = _HEAD.match(text)
    if head is None:
        return Document(unbroken(text))
    return Document(unbroken(text), published=head[1], url=head[2] or "")


def _html(content: bytes, media_type: str) -> Document:
    _refuse_thickets(content)
    import trafilatura

    page = _decoded(content, media_type)
    found = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, date_extraction_params=DECLARED_DATE
    )
    if found is None:
        raise Refused("no article found in the page")
    told = found if isinstance(found, dict) else found.as_dict()
    date = str(told.get("date") or "")
    return Document(
        str(told.get("text") or ""),
        str(told.get("title") or ""),
        str(told.get("author") or ""),
        str(told.get("sitename") or told.get("hostname") or ""),
        date if _ISO_DAY.fullmatch(date) else "",
        str(told.get("url") or ""),
    )


def _refuse_thickets(content: bytes) -> None:
    """Refuse a page that would take a parser down before it is parsed."""
    depth = 0
    for tags, match in enumerate(_TAG.finditer(content), start=1):
        name = match[2].decode("ascii").lower()
        if name not in VOID and not match[3]:
            depth += -1 if match[1] else 1
        if tags > MOST_TAGS or depth > DEEPEST_TAG:
            raise Refused("more tags, or tags within tags, than an article has")


def _pdf(content: bytes) -> Document:
    import pypdf

    try:
        book = pypdf.PdfReader(io.BytesIO(content))
        pages = len(book.pages)
        text = "\n\n".join(unbroken(p.extract_text()) for p in book.pages[:MOST_PDF_PAGES])
        told = book.metadata
    except Exception as error:  # pypdf raises whatever the broken part does
        raise Refused(f"not a readable PDF: {type(error).__name__}") from error
    if pages > MOST_PDF_PAGES:
        raise Refused(f"{pages} pages: more than {MOST_PDF_PAGES} are not read")
    title, author = (told.title or "", told.author or "") if told is not None else ("", "")
    # The dates inside a PDF are of the file, not of publication: they are not taken.
    return Document(text, str(title), str(author))


def _decoded(content: bytes, media_type: str) -> str:
    """Text of some bytes, in the encoding they declare; none is guessed."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        meta, header = _CHARSET.search(content[:4096]), _HEADER_CHARSET.search(media_type)
        encoding = header[1] if header else meta[1].decode("ascii") if meta else "utf-8"
    for candidate in dict.fromkeys(["utf-8-sig", encoding]):
        try:
            return content.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Refused("the encoding is not the one declared: save it as UTF-8")
