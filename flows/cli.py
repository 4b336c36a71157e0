"""The `transload` command."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows import cli_desk
from flows.options import DESK, AsOf, DeskFolder, Feeds, Out, Seeds, Since, day, told_plainly

app = typer.Typer(
    name="transload",
    help="Reported North Korea-Russia shipments: how many, since when, who says so.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class Period(StrEnum):
    """Length of a row of counts."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"


class Format(StrEnum):
    """How counts are printed."""

    text = "text"
    csv = "csv"
    json = "json"


Mode = Annotated[str, typer.Option(help="sea, rail or air. Default: any.")]
Origin = Annotated[
    str, typer.Option("--from", metavar="PLACE", help="Origin: a place, region or country.")
]
Destination = Annotated[str, typer.Option("--to", metavar="PLACE", help="Destination, likewise.")]
Vessel = Annotated[str, typer.Option(help="Only trips by this ship.")]
Unit = Annotated[str, typer.Option(help="What to count; units are never added.")]
LinkCalls = Annotated[
    bool, typer.Option("--link-calls", help="Count the trips that port calls imply.")
]
Printed = Annotated[Format, typer.Option("--format", help="How to print.")]


@app.command()
def run(  # noqa: PLR0917
    seeds: Seeds = None,
    as_of: AsOf = None,
    since: Since = None,
    desk: DeskFolder = DESK,
    feeds: Feeds = None,
    out: Out = Path("maps"),
    direct: Annotated[  # noqa: FBT002
        bool, typer.Option("--direct", help="Run without Prefect: quicker, nothing recorded.")
    ] = False,
) -> None:
    """Seeds and accepted claims to map: build every table, count, draw the page, write it all."""
    from flows import run as runs
    from flows.desk import tables
    from flows.settings import Settings

    with told_plainly():
        settings = Settings(
            seeds=seeds, desk=desk, feeds=feeds, out=out, as_of=day(as_of), since=day(since)
        )
        if direct:
            made = runs.direct(settings)
        else:
            # A wrong table is told before anyone waits for a server.
            tables(settings.seeds, settings.desk)
            runs.tell("start Prefect (its embedded server takes 10 to 60 seconds to come up)")
            from flows.corridor import corridor

            made = corridor(**settings.model_dump())
        from geo import report

        typer.echo(report.run(made.tables, made.answers))
        typer.echo(f"\nWritten to {out.resolve()}:")
        for path, endings in written(made.files, out).items():
            typer.echo(f"  {path}{' and '.join(endings)}")
        typer.echo(f"\nDone. Open {made.files[0].resolve()} in a browser.")


@app.command()
def counts(  # noqa: PLR0917
    mode: Mode = "",
    origin: Origin = "",
    destination: Destination = "",
    vessel: Vessel = "",
    unit: Unit = "trip",
    period: Annotated[Period, typer.Option(help="Length of a row.")] = Period.month,
    as_of: AsOf = None,
    since: Since = None,
    seeds: Seeds = None,
    desk: DeskFolder = DESK,
    explain: Annotated[  # noqa: FBT002
        bool, typer.Option("--explain", help="Say which facts force each figure.")
    ] = False,
    link_calls: LinkCalls = False,  # noqa: FBT002
    form: Printed = Format.text,
) -> None:
    """How many, since when, who says so: low, best and high per period and in all."""
    with told_plainly():
        from flows.desk import tables as read
        from geo import answers, claims, facts, report
        from geo.places import Gazetteer

        tables = read(seeds, desk)
        known_by = day(as_of)
        gazetteer = Gazetteer(tables.places, tables.place_aliases)
        known = claims.known(tables.claims, tables.sources, known_by)
        asked = answers.question(
            gazetteer, tables.vessels, origin=origin, destination=destination,
            unit=unit, mode=mode, vessel=vessel, period=period.value,
            since=day(since),
            links=("round_trips", "calls") if link_calls else ("round_trips",),
        )  # fmt: skip
        settled, _ = facts.facts(known, gazetteer)
        answer = answers.answer(asked, settled, gazetteer, known_by, explain=explain)
        printed = {
            Format.text: lambda: report.text(answer, known_by),
            Format.csv: lambda: report.csv(answer),
            Format.json: lambda: report.as_json(answer, known_by),
        }
        typer.echo(printed[form](), nl=False)


@app.command()
def known(  # noqa: PLR0917
    mode: Mode = "",
    origin: Origin = "",
    destination: Destination = "",
    vessel: Vessel = "",
    unit: Unit = "trip",
    as_of: AsOf = None,
    since: Since = None,
    seeds: Seeds = None,
    desk: DeskFolder = DESK,
    link_calls: LinkCalls = False,  # noqa: FBT002
    form: Printed = Format.text,
) -> None:
    """What was known when: the number that reports supported on each day, and whose changed it."""
    with told_plainly():
        from flows.desk import tables as read
        from geo import answers, chronicle, claims, report
        from geo.places import Gazetteer

        tables = read(seeds, desk)
        gazetteer = Gazetteer(tables.places, tables.place_aliases)
        told = claims.known(tables.claims, tables.sources, day(as_of))
        asked = answers.question(
            gazetteer, tables.vessels, origin=origin, destination=destination,
            unit=unit, mode=mode, vessel=vessel, since=day(since),
            links=("round_trips", "calls") if link_calls else ("round_trips",),
        )  # fmt: skip
        found = chronicle.chronicle(asked, told, gazetteer)
        printed = {
            Format.text: lambda: chronicle.text(asked, found, told, gazetteer),
            Format.csv: lambda: report.table_csv(found),
            Format.json: lambda: report.table_json(found),
        }
        typer.echo(printed[form](), nl=False)


@app.command()
def conflicts(
    as_of: AsOf = None,
    seeds: Seeds = None,
    desk: DeskFolder = DESK,
    form: Printed = Format.text,
) -> None:
    """What sources disagree on, and what only seems so; with the claims behind it."""
    with told_plainly():
        from flows.desk import tables as read
        from geo import build, claims, facts, report
        from geo.places import Gazetteer

        tables = read(seeds, desk)
        gazetteer = Gazetteer(tables.places, tables.place_aliases)
        known = claims.known(tables.claims, tables.sources, day(as_of))
        found = build.conflicts(*facts.facts(known, gazetteer), gazetteer)
        printed = {
            Format.text: lambda: report.conflicts_text(found, tables.sources),
            Format.csv: lambda: report.table_csv(found),
            Format.json: lambda: report.table_json(found),
        }
        typer.echo(printed[form](), nl=False)


@app.command()
def doctor(out: Out = Path("maps")) -> None:
    """Look for what commonly goes wrong: shadowed packages, unusable versions, damaged files."""
    from flows.doctor import findings

    bad = False
    for finding in findings(out):
        typer.echo(f"{'ok ' if finding.well else 'BAD'}  {finding.said}")
        bad = bad or not finding.well
    raise typer.Exit(1 if bad else 0)


@app.command()
def serve(  # noqa: PLR0917
    cron: Annotated[str, typer.Option(help="When to run, as a cron line.")] = "0 6 * * *",
    timezone: Annotated[str, typer.Option(help="Time zone of the cron line.")] = "Asia/Seoul",
    seeds: Seeds = None,
    since: Since = None,
    desk: DeskFolder = DESK,
    feeds: Feeds = None,
    out: Out = Path("maps"),
) -> None:
    """Run the flow on a schedule until stopped, on a Prefect server of its own."""
    from flows.serve import serve as run_served

    with told_plainly():
        parameters = {"seeds": seeds, "since": day(since), "desk": desk, "feeds": feeds, "out": out}
        run_served(cron, timezone, parameters)


app.add_typer(cli_desk.app)


def written(files: list[Path], out: Path) -> dict[str, list[str]]:
    """Files by path without ending: a table lies there as CSV and as GeoParquet."""
    endings: dict[str, list[str]] = {}
    for path in files:
        endings.setdefault(path.relative_to(out).with_suffix("").as_posix(), []).append(path.suffix)
    return endings


def main() -> None:
    """Entry point of the console script."""
    sys.exit(app())
