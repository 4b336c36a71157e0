"""Whole commands, cold, beside the script a user would write by hand.

    .venv/bin/python benchmarks/run.py [--prefect]

Each command runs in a process of its own, three times; the least CPU time is shown, with the
ratio to the hand-written script (pandas, sums per month, straight lines on a stock Folium map,
which asks the network for its scripts and adds what it should not). CPU seconds are user and
system time of the process and its children.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 3
SEEDS = Path(__file__).parent.parent / "seeds"

BY_HAND = """
import folium, pandas as pd
claims, sources = (pd.read_csv(rf'{seeds}/{{name}}.csv') for name in ('claims', 'sources'))
claims = claims.merge(sources, on='source_id')
places = pd.read_csv(r'{seeds}/places.csv').set_index('place_id')
claims['month'] = claims['published'].str[:7]
print(claims[claims.unit == 'trip'].groupby('month')['best'].sum())
chart = folium.Map(location=[42.5, 131.3], zoom_start=8)
for row in claims.dropna(subset=['origin', 'destination']).itertuples():
    if row.origin in places.index and row.destination in places.index:
        ends = [places.loc[p, ['lat', 'lon']].tolist() for p in (row.origin, row.destination)]
        folium.PolyLine(ends).add_to(chart)
chart.save(r'{out}/by_hand.html')
"""


def cpu_s(command: list[str]) -> float:
    """CPU seconds of one run of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as out:
        transload = [sys.executable, "-m", "flows"]
        asked = ["--mode", "sea", "--from", "rajin", "--to", "dunai"]
        by_hand = [sys.executable, "-c", BY_HAND.format(seeds=SEEDS, out=out)]
        commands = {
            "by hand: pandas sums, straight lines, stock Folium": by_hand,
            "transload --help": [*transload, "--help"],
            "transload counts": [*transload, "counts", *asked],
            "transload run --direct": [*transload, "run", "--direct", "--out", out],
        }
        if "--prefect" in sys.argv:
            commands["transload run (Prefect)"] = [*transload, "run", "--out", out]
        print("| command | CPU s | ratio |\n| --- | --- | --- |")
        peer = None
        for name, command in commands.items():
            best = min(cpu_s(command) for _ in range(RUNS))
            peer = peer or best
            print(f"| {name} | {best:.2f} | {best / peer:.2f} |", flush=True)


if __name__ == "__main__":
    main()
