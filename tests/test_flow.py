"""The flow on a real Prefect server: by hand, and by its schedule."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from flows.publish import damaged

#: A server is slow to come up on a busy machine with a fresh database.
PATIENCE_S = 300


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An environment with a Prefect of its own."""
    folder = tmp_path_factory.mktemp("prefect")
    keep = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return keep | {"PREFECT_HOME": str(folder)}


def test_a_run_by_prefect_writes_the_same_as_a_direct_one(home, tmp_path):
    command = [sys.executable, "-m", "flows", "run", "--as-of", "2023-10-26"]
    done = subprocess.run(
        [*command, "--out", str(tmp_path / "a")], env=home, capture_output=True, text=True,
        check=False, timeout=PATIENCE_S,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "start Prefect" in done.stderr
    assert "draw the page" in done.stderr
    assert "At least 6 trips" in done.stdout
    subprocess.run([*command, "--direct", "--out", str(tmp_path / "b")], check=True)
    assert (tmp_path / "a/manifest.json").read_text() == (tmp_path / "b/manifest.json").read_text()


def test_wrong_seeds_end_a_run_by_prefect_with_the_same_words(home, spoil, tmp_path):
    folder = spoil("claims", 7, stance="maybe")
    done = subprocess.run(
        [sys.executable, "-m", "flows", "run", "--seeds", str(folder), "--out", str(tmp_path)],
        env=home, capture_output=True, text=True, check=False, timeout=PATIENCE_S,
    )  # fmt: skip
    assert done.returncode == 2
    assert "claims.csv, row 7, column stance: 'maybe'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_schedule_makes_runs_by_itself(home, tmp_path):
    # Newer SQLAlchemy silently stops Prefect's scheduler: flows run, but no cron run is ever made.
    command = [
        sys.executable,
        "-m",
        "flows",
        "serve",
        "--cron",
        "* * * * *",
        "--out",
        str(tmp_path / "maps"),
    ]
    log = tmp_path / "serve.log"
    with (
        log.open("w") as told,
        subprocess.Popen(command, env=home, stdout=told, stderr=told) as process,
    ):
        try:
            deadline = time.monotonic() + PATIENCE_S
            while not (tmp_path / "maps" / "manifest.json").exists():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(1)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 0
    assert damaged(tmp_path / "maps") == []
