"""Sea routing side by side with searoute and scgraph, judged on two full-resolution coasts.

    pip install roaring-landmask==0.11.0 searoute==1.6.0 scgraph==2.2.0
    python benchmarks/sea.py

The coasts, OpenStreetMap and GSHHG, come whole from roaring-landmask, not from the files this
project ships. A line runs from one given port point to the other; what lies within 3 km of these
is not judged, because the points themselves are often ashore. scgraph is taken at 2.2.0, the last
line of versions that carries its sea networks in the wheel. A peer that is not installed is left
out. Times are CPU time. Prints Markdown tables.
"""

from __future__ import annotations

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
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from pyproj import Geod

from geo import sea
from geo.sea import world

if TYPE_CHECKING:
    from numpy.typing import NDArray

Point = tuple[float, float]
Line = list[Point]

WGS84 = Geod(ellps="WGS84")
SEED, PAIRS, MIXED = 20231026, 200, 1000
#: Ports of the list that lie this near the sea; a quarter of it are towns on rivers and lakes.
PORT_KM = 10.0
NOT_JUDGED_M = 3000.0
SAMPLE_M = 100.0
PIECE_M = 20_000.0

RAJIN, DUNAI, VOSTOCHNY = (130.295, 42.222), (132.372, 42.903), (133.0719, 42.7353)
VLADIVOSTOK, CHONGJIN = (131.8883, 43.1089), (129.826, 41.767)
#: Shortest water path in km, found on the unbuffered OpenStreetMap coast by an exact visibility
#: graph; Dunai is measured from here, no other program having been run to this approach.
CORRIDOR: dict[str, tuple[Point, Point, float | None]] = {
    "Rajin-Dunai": (RAJIN, DUNAI, None),
    "Rajin-Vostochny": (RAJIN, VOSTOCHNY, 241.7),
    "Rajin-Vladivostok": (RAJIN, VLADIVOSTOK, 174.5),
    "Chongjin-Vladivostok": (CHONGJIN, VLADIVOSTOK, 228.3),
}
#: The same for the world, on a grid of 0.1 degrees that lets a line touch land, then pulled taut:
#: good to 1 or 2 per cent, and rather too short. Ports of the World Port Index.
WORLD: dict[str, tuple[Point, Point, float]] = {
    "Rajin-Novorossiysk": (RAJIN, (37.7867, 44.7167), 16854),
    "Lipari-Ceiba": ((14.9667, 38.4833), (9.2333, 1.4167), 8102),
    "Hayle-Alexandria": ((-5.4167, 50.1833), (29.8333, 31.1667), 5196),
    "Dakar-Punta Europa": ((-17.4333, 14.6833), (8.7167, 3.7833), 3455),
    "Limassol-Port-la-Nouvelle": ((33.05, 34.6667), (3.0667, 43.0167), 2855),
    "Gaviota-Da Nang": ((-120.2, 34.4667), (108.2167, 16.1), 12457),
    "Rocky Point-Port Alucroix": ((-77.15, 17.8167), (-64.7667, 17.7), 1325),
    "Jose Ignacio-Port Foster": ((-54.7, -34.95), (-60.6333, -62.95), 3146),
    "Oostende-Gebig": ((2.9167, 51.2333), (-44.2167, -23.05), 9618),
    "Alexandroupoli-Methil": ((25.8833, 40.8333), (-3.0, 56.1833), 5943),
    "Keppel-Ch'aho": ((103.85, 1.2833), (128.65, 40.2), 5166),
    "Semarang-Port Dalrymple": ((110.4167, -6.95), (146.8333, -41.1333), 6350),
    "Kumul-Osaka": ((144.5667, -8.1), (135.4333, 34.65), 5905),
    "Stranraer-Atuona": ((-5.0333, 54.9), (-139.0333, -9.8167), 15275),
    "Tocopilla-Nynashamn": ((-70.2333, -22.0833), (17.9667, 58.9), 13868),
    "Veitsiluoto-Lagos": ((24.6167, 65.7), (3.4, 6.4), 7892),
}


class Judged(NamedTuple):
    """A line's length, and its length over land on each coast, in km."""

    km: float
    osm: float
    gshhg: float


def ours(a: Point, b: Point) -> Line:
    """This project."""
    return list(sea.route(a, b).geometry.coords)


def searoute_line(a: Point, b: Point) -> Line:
    """The default network; the ends are added, or short pairs would come out as 0 km."""
    import searoute

    found = searoute.searoute(list(a), list(b), append_orig_dest=True)
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
}


def installed(engine: str) -> bool:
    """Whether an engine's package is there."""
    package = {"transload": "geo"}.get(engine, engine.split(" ", maxsplit=1)[0])
    return importlib.util.find_spec(package) is not None


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
    for p, q in zip(points[:-1], points[1:], strict=True):
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
    hit, polygon = tree.query(pieces, predicate="intersects")
    km = 0.0
    for piece in np.unique(hit):
        (x, y), (u, v) = shapely.get_coordinates(pieces[piece])
        count = max(int(WGS84.inv(x, y, u, v)[2] / SAMPLE_M), 1)
        share = (np.arange(count) + 0.5) / count
        lon, lat = x + (u - x) * share, y + (v - y) * share
        ashore = np.zeros(count, np.bool_)
        for k in polygon[hit == piece]:
            ashore |= shapely.contains_xy(polygons[k], lon, lat)
        for port in (a, b):
            away = WGS84.inv(lon, lat, np.full(count, port[0]), np.full(count, port[1]))[2]
            ashore &= away > NOT_JUDGED_M
        km += ashore.sum() * WGS84.inv(x, y, u, v)[2] / count / 1000
    return float(km)


def judged(line: Line, a: Point, b: Point) -> Judged:
    """What the two coasts say of a line."""
    full = drawn(line, a, b)
    km = WGS84.line_length(full[:, 0], full[:, 1]) / 1000
    return Judged(km, over_land_km(full, "Osm", a, b), over_land_km(full, "Gshhg", a, b))


def ports() -> list[Point]:
    """Sea ports of searoute's list."""
    path = files("searoute").joinpath("data/ports.geojson")
    given = [f["geometry"]["coordinates"] for f in json.loads(path.read_text())["features"]]
    return sorted(
        {(lon, lat) for lon, lat in given if world.water().nearest(lon, lat, PORT_KM) is not None}
    )


def random_pairs(count: int) -> list[tuple[Point, Point]]:
    """Pairs of distinct sea ports, the same in every run."""
    every = ports()
    rng = np.random.default_rng(SEED)
    picks = [rng.choice(len(every), 2, replace=False) for _ in range(count)]
    return [(every[i], every[j]) for i, j in picks]


def compare_known(pairs: dict[str, tuple[Point, Point, float | None]]) -> None:
    """One row a pair: length over the shortest, and km over land on both coasts."""
    engines = [e for e in ENGINES if installed(e)]
    print("| pair | shortest km |", *(f"{e} |" for e in engines))
    print("|---|---|", *("---|" for _ in engines))
    ratios: dict[str, list[float]] = {e: [] for e in engines}
    for name, (a, b, shortest) in pairs.items():
        shortest = shortest or sea.route(a, b).low_km
        row = [f"| {name} | {shortest:,.1f} |"]
        for engine in engines:
            found = judged(ENGINES[engine](a, b), a, b)
            ratios[engine].append(found.km / shortest)
            row.append(
                f"{found.km:,.1f} ({found.km / shortest:.3f}), "
                f"land {found.osm:.1f} / {found.gshhg:.1f} |"
            )
        print(*row)
    print("| median ratio | |", *(f"{np.median(ratios[e]):.3f} |" for e in engines), "\n")


def compare_random() -> None:
    """One row an engine: 200 pairs of ports of the world."""
    pairs = random_pairs(PAIRS)
    base: list[float] = []
    print(
        "| engine | answered | land km, median | pairs over 0.5 km | worst | sum "
        "| length over transload's, median |"
    )
    print("|---|---|---|---|---|---|---|")
    for engine in filter(installed, ENGINES):
        found = [answer(engine, a, b) for a, b in pairs]
        base = base or [f.km if f else np.nan for f in found]
        worst = [max(f.osm, f.gshhg) for f in found if f]
        ratio = [f.km / k for f, k in zip(found, base, strict=True) if f]
        print(
            f"| {engine} | {len(worst)} of {len(pairs)} | {np.median(worst):.2f} "
            f"| {sum(w > 0.5 for w in worst)} | {max(worst):.1f} | {sum(worst):,.0f} "
            f"| {np.nanmedian(ratio):.3f} |"
        )
    print()


def answer(engine: str, a: Point, b: Point) -> Judged | None:
    """An engine's judged line, or None if it gives none."""
    try:
        found = judged(ENGINES[engine](a, b), a, b)
    except Exception as error:  # noqa: BLE001 - whatever a peer raises is no answer
        print(f"<!-- {engine} {a} {b}: {error} -->")
        return None
    return found if np.isfinite(found.km) else None


def clock(engine: str) -> None:
    """Times and memory of one engine in a process of its own."""
    pairs = random_pairs(MIXED - 200)
    corridor = [(a, b) for a, b, _ in CORRIDOR.values()] * 50
    find, spent = ENGINES[engine], []
    for _ in range(2):
        for a, b in pairs + corridor:
            start = time.process_time()
            try:
                find(a, b)
            except Exception:  # noqa: BLE001, S112
                continue
            spent.append(time.process_time() - start)
    cold, warm = np.split(np.array(spent) * 1000, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"| {engine} | {spent[0]:.2f} | {cold.sum() / 1000:.1f} | {np.median(cold):.2f} "
        f"| {warm.sum() / 1000:.2f} | {np.median(warm):.3f} | {peak:.0f} |"
    )


def compare_speed() -> None:
    """One row an engine, each measured in a fresh process."""
    print("| engine | first s | 1,000 cold s | cold median ms | again s | median ms | peak MB |")
    print("|---|---|---|---|---|---|---|")
    sys.stdout.flush()
    for engine in filter(installed, ENGINES):
        subprocess.run(
            [sys.executable, __file__, "--clock", engine], check=True, env=dict(os.environ)
        )


def main() -> None:
    """All tables, or with `--clock` the times of one engine."""
    if sys.argv[1:2] == ["--clock"]:
        clock(sys.argv[2])
        return
    if not installed("roaring_landmask"):
        print("The judges are missing: pip install roaring-landmask searoute==1.6.0 scgraph==2.2.0")
        return
    compare_known(CORRIDOR)
    compare_known(dict(WORLD))
    compare_random()
    compare_speed()


if __name__ == "__main__":
    main()
