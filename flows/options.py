"""Options that commands share, and how they tell wrong input."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from geo.problems import TableError, UnusableInput

#: Exit code for input that cannot be used; 1 is left to failures of our own.
WRONG_INPUT = 2

Seeds = Annotated[
    Path | None, typer.Option(help="Folder of seed tables. Default: the shipped ones.")
]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Use only sources published by this day (YYYY-MM-DD)."),
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="First day of the counts.")]
Out = Annotated[Path, typer.Option(help="Folder that receives page and tables.")]
DeskFolder = Annotated[
    Path,
    typer.Option(
        "--desk",
        envvar="TRANSLOAD_DESK",
        help="Folder of reports, proposed claims and decisions; what was accepted is used.",
    ),
]
DESK = Path("desk")
Feeds = Annotated[
    Path | None,
    typer.Option(
        "--feeds", envvar="TRANSLOAD_FEEDS", help="A feeds.yaml to watch first. Default: none."
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by", metavar="NAME", envvar="TRANSLOAD_BY",
        help="Who does this, for the log. Default: the user name.",
    ),
]  # fmt: skip


def user(by: str) -> str:
    """Who does something: as told, else the user's name on this computer."""
    try:
        return by or getpass.getuser()
    except (OSError, KeyError):
        raise UnusableInput("no user name here: give --by") from None


@contextmanager
def told_plainly() -> Iterator[None]:
    """Wrong input is told in full, without a traceback, and ends with exit code 2."""
    try:
        yield
    except TableError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(WRONG_INPUT) from None
    except UnusableInput as error:
        typer.echo(f"transload: {error}", err=True)
        raise typer.Exit(WRONG_INPUT) from None


def day(text: str | None) -> date | None:
    """A day given as an option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnusableInput(f"{text!r} is not a day: give YYYY-MM-DD") from None
