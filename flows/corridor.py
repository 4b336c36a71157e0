"""The flow `corridor`: the stages of a run as Prefect tasks, with retries and artifacts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from flows.settings import Settings, quiet_prefect

quiet_prefect()  # before Prefect reads its settings

from prefect import flow, task  # noqa: E402
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.logging import get_run_logger  # noqa: E402

from flows.run import Made, stages, tell  # noqa: E402
from geo import report  # noqa: E402

#: Pauses before a stage that a disk failed is tried again, in seconds. A wrong table is not.
RETRY_PAUSES_S: list[float] = [2, 10]


@flow(name="corridor", validate_parameters=True)
def corridor(  # noqa: PLR0917
    seeds: Path | None = None,
    desk: Path = Path("desk"),
    feeds: Path | None = None,
    out: Path = Path("maps"),
    as_of: date | None = None,
    since: date | None = None,
) -> Made:
    """Reported shipments of the Rajin-Dunai corridor: seed tables to page and tables.

    Parameters
    ----------
    seeds
        Folder of seed tables; none for the shipped ones.
    desk
        Folder of reports, proposals and decisions; what was accepted there is used.
    feeds
        A feeds.yaml to watch first; none to fetch nothing.
    out
        Folder that receives page and tables.
    as_of
        Use only sources published by this day.
    since
        First day of the monthly counts.
    """
    settings = Settings(seeds=seeds, desk=desk, feeds=feeds, out=out, as_of=as_of, since=since)
    made = stages(settings, _as_task)
    create_markdown_artifact(report.markdown(made.tables, made.answers), key="corridor-summary")
    create_table_artifact(report.table(made.answers), key="corridor-counts")
    return made


def _as_task(name: str, stage: Callable[..., Any], *arguments: Any) -> Any:
    get_run_logger().info(name)  # to the server
    tell(name)  # to whoever is watching
    as_task = task(
        name=name,
        cache_policy=NO_CACHE,
        retries=len(RETRY_PAUSES_S),
        retry_delay_seconds=RETRY_PAUSES_S,
        retry_condition_fn=_disk_failed,
    )
    return as_task(stage)(*arguments)


async def _disk_failed(_task: Any, _run: Any, state: Any) -> bool:
    """Only a failing disk may heal by itself."""
    return isinstance(await state.aresult(raise_on_failure=False), OSError)
