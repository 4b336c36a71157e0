"""What is wrong with a table, told so that a person can find and mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: Longest piece of a wrong value that a message repeats.
SHOWN_CHARACTERS = 80


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one cell, row or file.

    `row` is the row as a spreadsheet numbers it: the header is row 1. It is 0 when the whole file
    is meant, and `column` is empty when no single column is.
    """

    file: str
    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        """The problem in one line."""
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        shown = self.value
        if len(shown) > SHOWN_CHARACTERS:
            shown = shown[:SHOWN_CHARACTERS] + "..."
        return f"{place}: {shown!r}: {self.message}" if self.value else f"{place}: {self.message}"


class TableError(ValueError):
    """A table cannot be used; `problems` names every reason found, not the first alone."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} in the tables:"
        super().__init__("\n".join([head, *(f"  {p}" for p in self.problems)]))


class UnusableInput(ValueError):
    """A question or an option that cannot be used; the message says what is allowed."""
