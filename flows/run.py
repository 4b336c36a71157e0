"""A run: seeds to page and tables, stage by stage."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.publish import PAGE, publish

if TYPE_CHECKING:
    from flows.settings import Settings
    from geo.build import Step, Tables


@dataclass(frozen=True)
class Made:
    """What a run made."""

    tables: Tables
    files: list[Path]


def stages(settings: Settings, step: Step) -> Made:
    """Every stage of a run, in order; `step` decides how each is called."""
    from geo import page, seeds
    from geo.build import build

    read = step("read and check the seed tables", seeds.read, settings.seeds)
    tables = build(read, settings.as_of, settings.since, step)
    html = step("draw the page", page.render, tables)
    png, svg = step("draw the still picture", page.static, tables)
    drawn = {PAGE: html.encode(), "corridor.png": png, "corridor.svg": svg.encode()}
    return Made(tables, step("write page and tables", publish, tables, drawn, settings.out))


def tell(stage: str) -> None:
    """Progress, for whoever is watching the terminal."""
    print(f"  - {stage}", file=sys.stderr, flush=True)  # noqa: T201


def direct(settings: Settings) -> Made:
    """Run the stages as plain calls, telling each as it begins."""

    def call(name: str, stage: Callable[..., Any], *arguments: Any) -> Any:
        tell(name)
        return stage(*arguments)

    return stages(settings, call)
