"""The command, as a user runs it: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from flows.publish import MANIFEST, damaged

COMMAND = [sys.executable, "-m", "flows"]


def transload(*arguments, cwd=None, code=0):
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, check=False
    )
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def digests(out: Path) -> dict[str, str]:
    return json.loads((out / MANIFEST).read_text())["sha256"]


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("maps")
    return out, transload("run", "--direct", "--as-of", "2023-10-26", "--out", out)


def test_a_run_tells_what_it_found_and_where_it_lies(made):
    out, told = made
    assert "As of 26 October 2023: " in told
    for word in ("sources", "claims", "facts", "trips", "tracks"):
        assert f" {word}" in told
    assert "Rajin to Dunai: At least 6 trips from 21 August to 26 October 2023." in told
    assert f"{out / 'corridor.html'}" in told
    assert "tables/transload.gpkg" in told
    assert damaged(out) == []


def test_a_past_day_knows_no_later_source(made):
    sources = pd.read_csv(made[0] / "tables" / "sources.csv")
    assert sources["published"].max() <= "2023-10-26"
    assert "2024" not in (made[0] / "tables" / "facts.csv").read_text()


def test_six_trips_are_counted_once(made):
    told = transload(
        "counts", "--mode", "sea", "--from", "rajin", "--to", "dunai", "--as-of", "2023-10-26"
    )
    assert "At least 6 trips from 21 August to 26 October 2023." in told
    forced = told.split("Forced by:")[1].split("period")[0]
    assert "CSIS" in forced
    assert "RUSI" not in forced
    assert "White House NSC: more than 1,000 containers" in told
    assert "Kremlin (Peskov)" in told.split("Denied by:")[1]


def test_counts_come_as_csv_and_json_with_what_forces_them():
    asked = ("counts", "--mode", "sea", "--from", "Najin", "--to", "Дунай", "--as-of", "2023-10-26")
    csv = transload(*asked, "--format", "csv").splitlines()
    assert csv[0].startswith("period,low,best,high,cum_low,cum_best,cum_high,facts_low")
    assert csv[-1].startswith("2023-10,0,")
    answer = json.loads(transload(*asked, "--format", "json"))
    assert [f["fact_id"] for f in answer["forced_by"]] == ["E-CSIS-6TRIPS"]
    assert answer["counts"][-1]["cum_low"] == 6
    assert answer["counts"][-1]["cum_high"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "Rajim"), "did you mean: rajin"),
        (("--to", "Vostochny cosmodrome"), "did you mean"),
        (("--unit", "boats"), "known: trip"),
        (("--mode", "mule"), "known: sea"),
        (("--vessel", "Titanic"), "known: Angara"),
        (("--as-of", "26/10/2023"), "YYYY-MM-DD"),
    ],
)
def test_a_word_that_is_not_known_says_what_is(arguments, said):
    assert said in transload("counts", *arguments, code=2)


def test_conflicts_are_listed_with_their_sources():
    told = transload("conflicts")
    two_places = told.split("One ship in two places")[1].split("\n\n")[0]
    assert "Maia-1" in two_places
    assert "Rajin, 2024-02-12" in two_places
    assert "Vostochny Port, 2024-02-12" in two_places
    assert "Euromaidan Press" in two_places
    assert "VOA/Planet: saw no port calls at Rajin (sea), 2024-02-12 to 2024-02-18" in told
    assert "date start 2023-10-01 (C0249) or 2024-09-20 (C0250)" in told


def test_wrong_seeds_stop_the_run_and_leave_earlier_files(made, spoil, tmp_path):
    out = tmp_path / "maps"
    transload("run", "--direct", "--as-of", "2023-10-26", "--out", out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    spoil("claims", 7, stance="maybe")
    folder = spoil("claims", 9, date_start="2023-13-01")
    told = transload("run", "--direct", "--seeds", folder, "--out", out, code=2)
    assert "claims.csv, row 7, column stance: 'maybe'" in told
    assert "claims.csv, row 9, column date_start: '2023-13-01'" in told
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


def test_shuffled_seeds_give_the_same_bytes(made, folder, tmp_path):
    for path in folder.glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table.sample(frac=1, random_state=11).to_csv(path, index=False)
    out = tmp_path / "maps"
    transload("run", "--direct", "--seeds", folder, "--as-of", "2023-10-26", "--out", out)
    assert digests(out) == digests(made[0])


def test_claims_told_once_more_change_no_count(made, folder, tmp_path):
    path = folder / "claims.csv"
    claims = pd.read_csv(path, dtype=str, keep_default_na=False)
    again = claims.assign(claim_id=claims["claim_id"] + "-again")
    pd.concat([claims, again]).to_csv(path, index=False)
    out = tmp_path / "maps"
    transload("run", "--direct", "--seeds", folder, "--as-of", "2023-10-26", "--out", out)
    kept = ["unit", "mode", "origin", "destination", "period", "low", "best", "high", "cum_low"]
    once, twice = (pd.read_csv(o / "tables" / "counts.csv")[kept] for o in (made[0], out))
    pd.testing.assert_frame_equal(once, twice)


def test_two_runs_at_once_both_end_well_and_leave_whole_files(tmp_path):
    command = [*COMMAND, "run", "--direct", "--as-of", "2023-10-26", "--out", str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert damaged(tmp_path) == []


@pytest.mark.parametrize("after_s", [0.5, 2.0, 3.0, 4.0, 5.0])
def test_a_killed_run_leaves_the_earlier_files_whole(made, tmp_path, after_s):
    out = tmp_path / "maps"
    transload("run", "--direct", "--as-of", "2023-10-26", "--out", out)
    before = digests(out)
    process = subprocess.Popen(
        [*COMMAND, "run", "--direct", "--as-of", "2023-10-26", "--out", str(out)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(after_s)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert damaged(out) == []
    assert digests(out) == before


def test_the_command_loads_nothing_heavy_to_print_its_help():
    code = "import sys, flows.cli; print([m for m in ('prefect','geopandas','folium','pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_library_knows_nothing_of_flows_or_prefect():
    code = (
        "import sys, geo; geo.load('2023-10-26')\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('prefect', 'flows')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_doctor_finds_a_sound_installation(made):
    told = transload("doctor", "--out", made[0])
    assert "package geo is ours" in told
    assert "BAD" not in told


def test_the_doctor_finds_a_damaged_file(made, tmp_path):
    out = tmp_path / "maps"
    transload("run", "--direct", "--as-of", "2023-10-26", "--out", out)
    (out / "corridor.html").write_text("damaged")
    done = subprocess.run(
        [*COMMAND, "doctor", "--out", str(out)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "corridor.html is changed" in done.stdout
