"""A run: seeds to page and tables, stage by stage."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.publish import PAGE, publish

if TYPE_CHECKING:
    from flows.settings import Settings
    from geo.answers import Answer
    from geo.build import Step, Tables


@dataclass(frozen=True)
class Made:
    """What a run made."""

    tables: Tables
    answers: list[Answer]
    files: list[Path]


def stages(settings: Settings, step: Step) -> Made:
    """Every stage of a run, in order; `step` decides how each is called."""
    from flows import desk
    from geo import page, report
    from geo.build import build

    if settings.feeds is not None:
        step("look into the feeds", _watch, settings, settings.feeds)
    lies = settings.seeds, settings.desk
    read = step("read and check the tables", desk.tables, *lies)
    waiting = step("take what waits for a decision", desk.proposed, *lies, settings.as_of)
    tables = replace(build(read, settings.as_of, settings.since, step), proposed=waiting)
    answers = step("answer the questions most asked", report.headlines, tables)
    html = step("draw the page", page.render, tables)
    png, svg = step("draw the still picture", page.static, tables)
    drawn = {PAGE: html.encode(), "corridor.png": png, "corridor.svg": svg.encode()}
    files = step("write page and tables", publish, tables, drawn, settings.out)
    return Made(tables, answers, files)


def _watch(settings: Settings, feeds: Path) -> None:
    """Take in what is new in the feeds; what failed is told, and stops nothing."""
    from flows import ingest
    from flows.desk import Desk

    outcomes = ingest.watch(Desk(settings.desk, settings.seeds), feeds, "feeds")
    for outcome in outcomes:
        tell(f"{outcome.status}: {outcome.name}: {outcome.message}")


def tell(stage: str) -> None:
    """Progress, for whoever is watching the terminal."""
    print(f"  - {stage}", file=sys.stderr, flush=True)  # noqa: T201


def direct(settings: Settings) -> Made:
    """Run the stages as plain calls, telling each as it begins."""

    def call(name: str, stage: Callable[..., Any], *arguments: Any) -> Any:
        tell(name)
        return stage(*arguments)

    return stages(settings, call)
