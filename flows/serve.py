"""The flow on a schedule, with a Prefect server of its own where there is none."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from flows.run import tell
from flows.settings import quiet_prefect
from geo.problems import UnusableInput

#: A fresh database is migrated at the first start: 20 to 50 s measured on two busy cores.
SERVER_START_S = 300


def serve(cron: str, timezone: str, parameters: dict[str, Any]) -> None:
    """Run the flow `corridor` by a cron line until interrupted.

    Where `PREFECT_API_URL` names a server it is used; otherwise one is started on this machine,
    reachable from this machine alone, and stopped at the end. A run that is still going when the
    next is due makes that one wait; runs missed while stopped are not made up.

    Raises
    ------
    UnusableInput
        If the cron line or the time zone is not one.
    """
    _check(cron, timezone)
    quiet_prefect()
    with _server():
        from prefect.schedules import Cron
        from prefect.types.entrypoint import EntrypointType

        from flows.corridor import corridor

        tell(f"serving: {cron} ({timezone}); stop with Ctrl-C")
        corridor.serve(
            name="scheduled",
            schedules=[Cron(cron, timezone=timezone)],
            parameters={k: _plain(v) for k, v in parameters.items() if v is not None},
            limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,
            print_starting_message=False,
        )


def _check(cron: str, timezone: str) -> None:
    from cronsim import CronSim, CronSimError

    try:
        CronSim(cron, datetime.now(UTC))
    except CronSimError as error:
        raise UnusableInput(f"{cron!r} is not a cron line: {error}") from error
    if timezone not in available_timezones():
        raise UnusableInput(f"{timezone!r} is not a time zone: give one such as Asia/Seoul")


def _plain(value: Any) -> str:
    """A parameter as the server keeps it; a folder by its whole path."""
    return str(value.resolve()) if isinstance(value, Path) else str(value)


@contextmanager
def _server() -> Iterator[None]:
    if os.environ.get("PREFECT_API_URL"):
        tell(f"using the Prefect server at {os.environ['PREFECT_API_URL']}")
        yield
        return
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    tell(f"starting a Prefect server at {url} (10 to 60 seconds)")
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603  (our own interpreter and port)
        command,
        stdout=subprocess.DEVNULL,
        env=_server_environment(),
        start_new_session=True,  # Ctrl-C is for the schedule; the server must outlive it
    )
    try:
        _wait_until_healthy(url, process)
        os.environ["PREFECT_API_URL"] = url
        yield
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        process.terminate()
        process.wait(timeout=30)


def _server_environment() -> dict[str, str]:
    return os.environ | {"PREFECT_SERVER_API_HOST": "127.0.0.1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    import httpx

    deadline = time.monotonic() + SERVER_START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the Prefect server ended with code {process.returncode}")
        try:
            if httpx.get(f"{url}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise RuntimeError(f"the Prefect server was not up after {SERVER_START_S} s")
