"""Where things lie and how runs behave: one object, set by options, environment or `.env`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of a run; each may be given as `TRANSLOAD_NAME` in the environment."""

    model_config = SettingsConfigDict(env_prefix="TRANSLOAD_", extra="forbid")

    seeds: Path | None = Field(None, description="Folder of seed tables; empty: the shipped ones.")
    desk: Path = Field(Path("desk"), description="Folder of reports, proposals and decisions.")
    feeds: Path | None = Field(
        None, description="A feeds.yaml to watch in every run; empty: nothing is fetched."
    )
    out: Path = Field(Path("maps"), description="Folder that receives page and tables.")
    as_of: date | None = Field(None, description="Use only sources published by this day.")
    since: date | None = Field(None, description="First day of the monthly counts.")


#: Prefect as this project wants it, unless the user says otherwise: nothing is sent anywhere,
#: logs speak only of trouble, and the embedded server gets the time it needs to come up.
PREFECT_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
}


def quiet_prefect() -> None:
    """Set the defaults; call before the first import of Prefect."""
    for name, value in PREFECT_DEFAULTS.items():
        os.environ.setdefault(name, value)
