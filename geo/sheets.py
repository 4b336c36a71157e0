"""Hand-coded claims in spreadsheets: a template, rows read one by one, bad rows given back."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from geo import dates
from geo.problems import Problem, TableError
from geo.schema import Claim, Row, Source
from geo.seeds import SEEN_ONCE, split

#: Signs that make a spreadsheet take a cell for a formula (OWASP, CSV injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
#: Written before such a cell, and taken off when it is read.
SHIELD = "'"
#: Columns that a hand-coded sheet may leave out.
OPTIONAL = ("claim_id", "fact_id", "note", "imo", "via", "scope")
#: Columns added to rows that are given back; mended, they may be read as they are.
ADDED = ("row", "reason")
#: Hexadecimal signs that name a claim without an identifier.
ID_SIGNS = 10
#: An XLSX file is a ZIP archive: how much it may hold when unpacked, and how densely.
MOST_UNPACKED_BYTES = 8_000_000
MOST_TIMES_PACKED = 200
MOST_ROWS = 50_000
MOST_COLUMNS = 200
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    """Rows of a spreadsheet, numbered as it shows them: the header is row 1."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def shielded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> shielded("=1+1")
    "'=1+1"
    """
    if cell.startswith((*FORMULA_SIGNS, SHIELD)) and cell != "-":
        return SHIELD + cell
    return cell


def unshielded(cell: str) -> str:
    """The cell as it was before `shielded`."""
    inner = cell.removeprefix(SHIELD)
    return inner if cell.startswith(SHIELD) and inner.startswith((*FORMULA_SIGNS, SHIELD)) else cell


def written(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> bytes:
    """Rows as a CSV file that opens in any spreadsheet: UTF-8 with a mark, formulas shielded."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([shielded(row.get(c, "")) for c in columns])
    return out.getvalue().encode("utf-8-sig")


def read(content: bytes, file: str) -> list[Sheet]:
    """Tables of a CSV or XLSX file: of a workbook, every page with a header.

    Parameters
    ----------
    content
        The file.
    file
        Its name, for messages.

    Raises
    ------
    TableError
        If it cannot be read at all: not a table, not UTF-8, too large.
    """
    pages = _pages(content, file) if content.startswith(_ZIP) else {file: list(_csv(content, file))}
    sheets = [_sheet(name, rows) for name, rows in pages.items() if rows and any(rows[0][1])]
    if not sheets:
        raise TableError([Problem(file, 0, "", "", "the file is empty: a header is needed")])
    return sheets


def _sheet(file: str, table: list[tuple[int, list[str]]]) -> Sheet:
    header = [cell.strip() for cell in table[0][1]]
    width = max(n for n, cell in enumerate(header, start=1) if cell)
    columns = tuple(header[:width])
    twice = sorted({c for c in columns if c and columns.count(c) > 1})
    if twice:
        raise TableError(Problem(file, 1, c, c, "the column stands twice") for c in twice)
    rows = tuple(
        (number, dict(zip(columns, _fitted(cells, len(columns)), strict=True)))
        for number, cells in table[1:]
        if any(cells)
    )
    return Sheet(file, columns, rows)


def _fitted(cells: list[str], width: int) -> list[str]:
    return [unshielded(c.strip()) for c in [*cells, *[""] * width][:width]]


def _csv(content: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        shown = repr(content[error.start : error.start + 8])
        message = "the file is not UTF-8: save it as CSV UTF-8"
        raise TableError([Problem(file, 0, "", shown, message)]) from error
    separator = (
        ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise TableError([Problem(file, number, "", "", f"more than {MOST_ROWS:,} rows")])
            yield number, cells
    except csv.Error as error:
        raise TableError([Problem(file, reader.line_num, "", "", f"not CSV: {error}")]) from error


def _pages(content: bytes, file: str) -> dict[str, list[tuple[int, list[str]]]]:
    """Rows of every page of a workbook, by `file (page)`."""
    import openpyxl

    _refuse_bombs(content, file)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return {f"{file} ({page.title})": _rows(page) for page in book.worksheets}
    except Exception as error:  # openpyxl raises whatever the broken part does
        raise TableError([Problem(file, 0, "", "", f"not an XLSX workbook: {error}")]) from error


def _rows(page: Any) -> list[tuple[int, list[str]]]:
    cells = page.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    return [(number, [_text(cell) for cell in row]) for number, row in enumerate(cells, start=1)]


def _refuse_bombs(content: bytes, file: str) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise TableError([Problem(file, 0, "", "", f"not an XLSX workbook: {error}")]) from error
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED_BYTES or unpacked > MOST_TIMES_PACKED * len(content):
        message = f"would unpack to {unpacked:,} bytes: refused"
        raise TableError([Problem(file, 0, "", "", message)])


def _text(cell: Any) -> str:
    """A cell of a workbook as text: days in ISO, whole numbers without point."""
    if cell is None:
        return ""
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


@dataclass(frozen=True)
class Known:
    """What a claim may refer to; of a source, when it was published."""

    sources: Mapping[str, str]
    places: frozenset[str]
    vessels: frozenset[str]


def references(cells: Mapping[str, str], known: Known, file: str, row: int) -> Iterator[Problem]:
    """Cells of a claim that name a source, place or ship not known, or a day not yet come."""
    targets = {
        "source_id": frozenset(known.sources), "origin": known.places, "destination": known.places,
        "via": known.places, "vessel": known.vessels,
    }  # fmt: skip
    for column, target in targets.items():
        for name in split(cells.get(column)):
            if name not in target:
                near = ", ".join(get_close_matches(name, sorted(target))) or "none"
                yield Problem(file, row, column, name, f"not known; nearest: {near}")
    published = known.sources.get(cells.get("source_id", ""))
    start = cells.get("date_start", "")
    once = cells.get("scope") in SEEN_ONCE
    if once and published and start and start[:10] > str(dates.window(published)[1]):
        yield Problem(file, row, "date_start", start, f"the source is of {published}, before that")


def hand_coded(sheet: Sheet, known: Known) -> tuple[list[dict[str, str]], list[Problem]]:
    """Claims of a sheet, as cells of `claims.csv`, and what is wrong with the other rows.

    Parameters
    ----------
    sheet
        Its columns are those of `template`; optional ones may be missing.
    known
        What the claims may refer to.

    Raises
    ------
    TableError
        If columns are missing or unknown: then no row can be read.
    """
    _check_columns(sheet, Claim, OPTIONAL)
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    for number, cells in sheet.rows:
        claim = {c: cells.get(c, "") for c in Claim.columns()}
        claim["claim_id"] = claim["claim_id"] or f"{_stem(sheet.file)}-{_signs(claim)}"
        claim["fact_id"] = claim["fact_id"] or f"F-{claim['claim_id']}"
        found = [
            *problems_of(claim, Claim, sheet.file, number),
            *references(claim, known, sheet.file, number),
        ]
        problems += found
        rows += [] if found else [claim]
    return rows, problems


def hand_listed(sheet: Sheet) -> tuple[list[dict[str, str]], list[Problem]]:
    """Sources of a sheet, as cells of `sources.csv`, and what is wrong with the other rows."""
    _check_columns(sheet, Source, ("author", "url", "note"))
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    for number, cells in sheet.rows:
        source = {c: cells.get(c, "") for c in Source.columns()}
        found = list(problems_of(source, Source, sheet.file, number))
        problems += found
        rows += [] if found else [source]
    return rows, problems


def _check_columns(sheet: Sheet, model: type[Row], optional: Sequence[str]) -> None:
    columns = model.columns()
    missing = [c for c in columns if c not in sheet.columns and c not in optional]
    strange = [c for c in sheet.columns if c and c not in columns and c not in ADDED]
    wrong = [Problem(sheet.file, 1, c, "", "the column is missing") for c in missing]
    wrong += [Problem(sheet.file, 1, c, c, "unknown column") for c in strange]
    if wrong:
        raise TableError(wrong)


def _stem(file: str) -> str:
    """The name of a file as the beginning of an identifier."""
    name = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return (
        "".join(c if c.isascii() and c.isalnum() else "-" for c in name).strip("-")[:40] or "sheet"
    )


def _signs(claim: Mapping[str, str]) -> str:
    """Signs that tell a claim from every other: the same cells have the same."""
    return hashlib.sha256("\n".join(claim.values()).encode()).hexdigest()[:ID_SIGNS]


def given_back(sheet: Sheet, problems: Iterable[Problem]) -> bytes:
    """The bad rows of a sheet as CSV, each with its reasons, to be mended and read again."""
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        told = f"{problem.column}: {problem.message}" if problem.column else problem.message
        reasons.setdefault(problem.row, []).append(told)
    columns = [*[c for c in sheet.columns if c and c not in ADDED], *ADDED]
    bad = (
        cells | {"row": str(number), "reason": "; ".join(reasons[number])}
        for number, cells in sheet.rows
        if number in reasons
    )
    return written(bad, columns)


def problems_of(
    cells: Mapping[str, str], model: type[Row], file: str, row: int, name: str = ""
) -> Iterator[Problem]:
    """What is wrong with one row, cell by cell; `name` tells which row where it has no number."""
    try:
        model.model_validate(dict(cells))
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            context = wrong.get("ctx", {})
            column = str(wrong["loc"][0]) if wrong["loc"] else str(context.get("column", ""))
            message = str(wrong["msg"]).removeprefix("Value error, ")
            shown = cells.get(column, "") or "(empty)"
            yield Problem(file, row, column, shown, f"{name}: {message}" if name else message)
