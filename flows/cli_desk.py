"""The commands of the desk: reports in, claims proposed, a person decides."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import DESK, WRONG_INPUT, By, DeskFolder, Seeds, told_plainly, user
from geo.problems import Problem, TableError, UnusableInput

if TYPE_CHECKING:
    from flows.desk import Desk
    from flows.ingest import Outcome

app = typer.Typer()


@app.command()
def add(  # noqa: PLR0917
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="FILE|FOLDER|SHEET|URL...", help="Reports, or sheets of claims."),
    ],
    published: Annotated[
        str, typer.Option(metavar="DATE", help="When it was published, where it does not say so.")
    ] = "",
    publisher: Annotated[
        str, typer.Option(help="Who published it, where it does not say so.")
    ] = "",
    language: Annotated[
        str, typer.Option(metavar="CODE", help="Its language (ISO 639). Default: told by the text.")
    ] = "",
    fetch: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--fetch", envvar="TRANSLOAD_FETCH", help="Allow web addresses to be fetched."
        ),
    ] = False,
    by: By = "",
    seeds: Seeds = None,
    desk: DeskFolder = DESK,
) -> None:
    """Take in reports (text, HTML, PDF) and sheets of claims (CSV, XLSX); propose claims."""
    with told_plainly():
        from flows.desk import Desk
        from flows.ingest import Told, intake

        here = Desk(desk, seeds)
        told = Told(published, publisher, language=language)
        _tell_outcomes(here, intake(here, user(by), fetch=fetch).add(inputs, told))


@app.command()
def watch(
    feeds: Annotated[Path, typer.Argument(help="A feeds.yaml: which feeds, which keywords.")],
    by: By = "",
    seeds: Seeds = None,
    desk: DeskFolder = DESK,
) -> None:
    """Look once into RSS and Atom feeds for new reports; propose claims."""
    with told_plainly():
        from flows import ingest
        from flows.desk import Desk

        here = Desk(desk, seeds)
        _tell_outcomes(here, ingest.watch(here, feeds, user(by)))


@app.command()
def review(
    name: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE|CLAIM", help="Decide on these again. Default: all that waits."
        ),
    ] = "",
    sheet: Annotated[  # noqa: FBT002
        bool, typer.Option("--sheet", help="Take in the decisions filled into review.csv instead.")
    ] = False,
    by: By = "",
    seeds: Seeds = None,
    desk: DeskFolder = DESK,
) -> None:
    """Accept, correct or reject proposed claims: here, or from the review sheet."""
    with told_plainly():
        from flows.desk import Desk

        here = Desk(desk, seeds)
        problems: list[Problem] = []
        if sheet:
            decided, problems = here.take_in(user(by), datetime.now(UTC))
        else:
            from flows.deciding import Sitting

            decided = Sitting(here, user(by)).run(name)
        typer.echo(f"{decided} decided, {len(here.waiting())} waiting in {here.sheet}")
        for claim in here.lost():
            typer.echo(f"accepted, but in no text any more: {claim}")
        if problems:
            raise TableError(problems)


@app.command()
def verify(seeds: Seeds = None, desk: DeskFolder = DESK) -> None:
    """Look for any change to what was received or decided; name it."""
    with told_plainly():
        from flows.desk import Desk

        here = Desk(desk, seeds)
        problems = here.verify()
        for problem in problems:
            typer.echo(f"BAD  {problem}", err=True)
        if problems:
            raise typer.Exit(1)
        typer.echo(f"ok   {len(here.archive.entries())} entries of the log, as they were written")


@app.command()
def template(
    out: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("claims.xlsx"),
) -> None:
    """Write a workbook to code claims in by hand, with the words each column may hold."""
    with told_plainly():
        from geo.template import template as workbook

        if out.exists():
            raise UnusableInput(f"{out} exists: give another name")
        out.write_bytes(workbook())
        typer.echo(f"Written {out}; fill it in, then: transload add {out}")


def _tell_outcomes(desk: Desk, outcomes: list[Outcome]) -> None:
    """Say what became of each document and what to do next; exit code 2 where any was not taken."""
    for outcome in outcomes:
        source = f" {outcome.source_id}" if outcome.source_id else ""
        typer.echo(f"{outcome.status:8}{outcome.name}{source}: {outcome.message}")
        for problem in outcome.problems[outcome.status == "refused" :]:  # its message is the first
            typer.echo(f"          {problem}")
    waiting = desk.lay_out()
    typer.echo(f"{waiting} proposed claims wait: run transload review, or fill in {desk.sheet}")
    if any(outcome.status in ("refused", "waits") or outcome.problems for outcome in outcomes):
        raise typer.Exit(WRONG_INPUT)
