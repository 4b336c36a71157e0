"""Reading the seed tables: every row checked against its model, every reference resolved."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from geo import dates
from geo.problems import Problem, TableError
from geo.schema import SEEDS, Claim, Place, Row, Source, Vessel

if TYPE_CHECKING:
    import pandas as pd

#: Claims of these scopes tell of something seen once: it cannot be seen after it was published.
SEEN_ONCE = ("event", "snapshot")
#: Columns that name rows of another table (places unless the column says otherwise).
REFERENCES = {
    "claims": ("source_id", "origin", "destination", "via", "vessel"),
    "places": ("within",),
    "place_aliases": ("place_id",),
}

#: Rows with their number in the file.
Numbered = list[tuple[int, Row]]


@dataclass(frozen=True)
class Seeds:
    """The seed tables as typed DataFrames, rows in the order of their keys."""

    sources: pd.DataFrame
    claims: pd.DataFrame
    places: pd.DataFrame
    place_aliases: pd.DataFrame
    name_aliases: pd.DataFrame
    vessels: pd.DataFrame


def shipped() -> Traversable:
    """The folder of the seeds that come with the package."""
    # A wheel carries them inside the package; in a checkout they lie beside it.
    installed = files("geo").joinpath("data")
    return installed if installed.is_dir() else files("geo").joinpath("..", "seeds")


def read(folder: str | Path | None = None) -> Seeds:
    """Read and check the seed tables.

    Parameters
    ----------
    folder
        Folder with `sources.csv`, `claims.csv`, `places.csv`, `place_aliases.csv`,
        `name_aliases.csv` and `vessels.csv` (UTF-8). Default: the shipped seeds.

    Returns
    -------
    Seeds
        Typed tables. Dates of claims are days: a prefix has become its first or last day.

    Raises
    ------
    TableError
        Naming file, row, column and value of everything that is wrong.
    """
    root = Path(folder) if folder is not None else shipped()
    tables: dict[str, Numbered] = {}
    problems: list[Problem] = []
    for model in SEEDS:
        rows, wrong = _read_table(root.joinpath(f"{model.table}.csv"), model)
        tables[model.table] = rows
        problems += wrong
    if not problems:
        problems = list(_unresolved(tables))
    if problems:
        raise TableError(problems)
    return Seeds(**{model.table: _frame(model, tables[model.table]) for model in SEEDS})


def _read_table(path: Traversable, model: type[Row]) -> tuple[Numbered, list[Problem]]:
    rows: Numbered = []
    problems: list[Problem] = []
    file = path.name
    try:
        numbered = list(_cells(path, model))
    except FileNotFoundError:
        return [], [Problem(file, 0, "", "", f"the file is missing in {path}")]
    except TableError as error:
        return [], error.problems
    for number, cells in numbered:
        try:
            rows.append((number, model.model_validate(cells)))
        except ValidationError as error:
            problems += _told(file, number, cells, error)
    problems += _repeated(file, model, numbered)
    return rows, problems


def _cells(path: Traversable, model: type[Row]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as the file has them, numbered as a spreadsheet does."""
    file = path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = repr(error.object[error.start : error.start + 8])
        raise TableError(
            [Problem(file, 0, "", start, "the file is not UTF-8: save it as CSV UTF-8")]
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, None)
        if not header:
            raise TableError([Problem(file, 0, "", "", "the file is empty: a header is needed")])
        if wrong := _header_problems(file, header, model.columns()):
            raise TableError(wrong)
        for number, cells in enumerate(reader, start=2):
            if not cells:
                continue
            if len(cells) != len(header):
                found = f"{len(cells)} cells where the header has {len(header)}"
                raise TableError([Problem(file, number, "", ",".join(cells), found)])
            yield number, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise TableError([Problem(file, reader.line_num, "", "", f"not CSV: {error}")]) from error


def _header_problems(file: str, header: list[str], columns: list[str]) -> list[Problem]:
    missing = [c for c in columns if c not in header]
    strange = [c for c in header if c not in columns]
    twice = sorted({c for c in header if header.count(c) > 1})
    return [
        *(Problem(file, 1, c, "", "the column is missing") for c in missing),
        *(Problem(file, 1, c, c, f"unknown column; known: {', '.join(columns)}") for c in strange),
        *(Problem(file, 1, c, c, "the column stands twice") for c in twice),
    ]


def _told(
    file: str, number: int, cells: Mapping[str, str], error: ValidationError
) -> Iterator[Problem]:
    for wrong in error.errors(include_url=False):
        context = wrong.get("ctx", {})
        column = str(wrong["loc"][0]) if wrong["loc"] else str(context.get("column", ""))
        message = wrong["msg"].removeprefix("Value error, ")
        yield Problem(file, number, column, cells.get(column, "") or "(empty)", message)


def _repeated(
    file: str, model: type[Row], numbered: list[tuple[int, dict[str, str]]]
) -> Iterator[Problem]:
    keyed = sorted((tuple(cells[c] for c in model.key), number) for number, cells in numbered)
    for (key, first), (again, number) in pairwise(keyed):
        if key == again:
            message = f"stands already in row {first}: an identifier is given once"
            yield Problem(file, number, model.key[0], ";".join(key), message)


def _unresolved(tables: Mapping[str, Numbered]) -> Iterator[Problem]:
    """References that lead nowhere, and windows that no source of their day could know."""
    sources = {row.source_id: row for _, row in tables["sources"] if isinstance(row, Source)}
    places = {row.place_id for _, row in tables["places"] if isinstance(row, Place)}
    vessels = {row.vessel for _, row in tables["vessels"] if isinstance(row, Vessel)}
    known = {"source_id": set(sources), "vessel": vessels}
    for table, references in REFERENCES.items():
        for (number, row), column in product(tables[table], references):
            for name in split(getattr(row, column)):
                if name not in known.get(column, places):
                    yield _lost(table, number, column, name, known.get(column, places))
    for number, claim in tables["claims"]:
        if isinstance(claim, Claim) and claim.source_id in sources:
            yield from _too_early(number, claim, sources[claim.source_id])


def _lost(table: str, number: int, column: str, name: str, known: set[str]) -> Problem:
    from rapidfuzz import process

    near = process.extract(name, sorted(known), limit=3)
    hint = ", ".join(match for match, *_ in near)
    target = {"source_id": "sources.csv", "vessel": "vessels.csv"}.get(column, "places.csv")
    return Problem(
        f"{table}.csv", number, column, name, f"not in {target}; nearest there: {hint or 'none'}"
    )


def _too_early(number: int, claim: Claim, source: Source) -> Iterator[Problem]:
    if claim.scope not in SEEN_ONCE or not claim.date_start:
        return
    if dates.window(claim.date_start)[0] > dates.window(source.published)[1]:
        message = f"seen once, but {source.source_id} was published before, on {source.published}"
        yield Problem("claims.csv", number, "date_start", claim.date_start, message)


def split(cell: str | None) -> list[str]:
    """The values of a cell that may hold several joined by `;`.

    Examples
    --------
    >>> split("dunai;vostochny")
    ['dunai', 'vostochny']
    """
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _frame(model: type[Row], numbered: Numbered) -> pd.DataFrame:
    """Typed columns, one row a record, sorted by key so that the file's order cannot matter."""
    import pandas as pd

    rows = [row for _, row in numbered]
    frame = pd.DataFrame([row.model_dump() for row in rows], columns=model.columns())
    for column in frame:
        if column in ("low", "best", "high"):
            frame[column] = frame[column].astype("Int64")
        elif column in ("date_start", "date_end"):
            side = 0 if column == "date_start" else 1
            told = [getattr(row, column) for row in rows]
            days = [dates.window(d)[side] if d else None for d in told]
            frame[column] = pd.to_datetime(pd.Series(days, dtype="object"))
        elif frame[column].dtype == object or pd.api.types.is_string_dtype(frame[column]):
            frame[column] = frame[column].fillna("").astype("str")
    if model is Source:
        last = [dates.window(d)[1] for d in frame["published"]]
        frame["published_by"] = pd.to_datetime(pd.Series(last, dtype="object"))
    return frame.sort_values(list(model.key), ignore_index=True)
