"""A workbook to code claims in by hand."""

from __future__ import annotations

import io
from typing import Any, Literal, get_args, get_origin

from geo.schema import Claim, Row, Source

#: Rows that offer words to choose from.
FILLABLE_ROWS = 1000
#: Width of the column that explains, in signs.
HELP_WIDTH = 80


def template() -> bytes:
    """An XLSX workbook: a page for claims, one for sources, and one that says what goes where."""
    import openpyxl

    book = openpyxl.Workbook()
    for page in book.worksheets:
        book.remove(page)
    for model in (Claim, Source):
        _blank_page(book, model)
    _help_page(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _blank_page(book: Any, model: type[Row]) -> None:
    """A page to fill, with the words to choose from where a column has a vocabulary."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    page = book.create_sheet(model.table)
    page.append(model.columns())
    page.freeze_panes = "A2"
    for cell in page[1]:
        cell.font = Font(bold=True)
        page.column_dimensions[cell.column_letter].width = len(cell.value) + 4
        words = vocabulary(model, cell.value)
        if words:
            rule = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
            page.add_data_validation(rule)
            rule.add(f"{cell.column_letter}2:{cell.column_letter}{FILLABLE_ROWS}")


def _help_page(book: Any) -> None:
    from openpyxl.styles import Alignment

    page = book.create_sheet("what goes where")
    page.append(["page", "column", "what it holds", "one of"])
    for model in (Claim, Source):
        for column, field in model.model_fields.items():
            words = ", ".join(vocabulary(model, column))
            page.append([model.table, column, field.description or "", words])
            page.cell(page.max_row, 3).alignment = Alignment(wrap_text=True)
    page.column_dimensions["C"].width = HELP_WIDTH


def vocabulary(model: type[Row], column: str) -> list[str]:
    """Words that a column may hold; none where it is free.

    Examples
    --------
    >>> vocabulary(Claim, "mode")
    ['sea', 'rail', 'air', 'road']
    """
    pending: list[Any] = [model.model_fields[column].annotation]
    while pending:
        kind = pending.pop()
        if get_origin(kind) is Literal:
            return [str(word) for word in get_args(kind)]
        pending += [inner for inner in get_args(kind) if get_args(inner)]
    return []
