"""Rail routing side by side: scipy as used here, networkx and rustworkx, on the shipped network.

    pip install networkx rustworkx
    python benchmarks/rail.py

Every engine answers the same question, the shortest way between two nodes with its nodes, for the
same random pairs in the same run; lengths must agree. An engine that is not installed is left
out. Times are CPU time. Prints Markdown tables.
"""

from __future__ import annotations

import importlib
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from geo import rail, rail_network
from geo.rail_profiles import STATIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

Shortest = Callable[[int, int], tuple[float, int]]

PAIRS, SEED = 200, 20240417
LONG = ("tumangang", "tikhoretskaya")
ROWS, ENDS_EAST, ENDS_WEST = 100_000, 20, 10
EAST_OF, WEST_BETWEEN = 125.0, (38.0, 45.0)


def scipy_engine() -> Shortest:
    """Dijkstra of scipy.sparse.csgraph from a cold tree: all targets at once."""
    network = rail_network.load()
    rail_network.shortest_edges(network.u, network.v, network.track_km, network.graph.shape[0])

    def shortest(a: int, b: int) -> tuple[float, int]:
        rail_network.tree.cache_clear()
        km, _ = rail_network.tree(a)
        return float(km[b]), len(rail_network.edges_between(a, b).edge)

    return shortest


def weighted_edges() -> list[tuple[int, int, float]]:
    """The shortest edge between any two nodes."""
    network = rail_network.load()
    kept = [(a, b, e) for (a, b), e in network.edge_between.items() if a < b]
    return [(a, b, float(network.track_km[e])) for a, b, e in kept]


def networkx_engine() -> Shortest:
    """Bidirectional Dijkstra, the fastest exact search of networkx."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_weighted_edges_from(weighted_edges())

    def shortest(a: int, b: int) -> tuple[float, int]:
        km, nodes = nx.bidirectional_dijkstra(graph, a, b)
        return km, len(nodes) - 1

    return shortest


def rustworkx_engine() -> Shortest:
    """Dijkstra of rustworkx with its path."""
    import rustworkx as rx

    graph = rx.PyGraph()
    graph.add_nodes_from(range(rail_network.load().graph.shape[0]))
    edges = weighted_edges()
    graph.add_edges_from(edges)
    km_of = {(a, b): km for x, y, km in edges for a, b in ((x, y), (y, x))}

    def shortest(a: int, b: int) -> tuple[float, int]:
        nodes = list(rx.dijkstra_shortest_paths(graph, a, b, weight_fn=float)[b])
        return sum(km_of[step] for step in pairwise(nodes)), len(nodes) - 1

    return shortest


ENGINES = {
    "scipy csgraph (used here)": ("scipy", scipy_engine),
    "networkx": ("networkx", networkx_engine),
    "rustworkx": ("rustworkx", rustworkx_engine),
}


def main_edges() -> NDArray[np.int64]:
    """Edges of the network that Chita is on."""
    network = rail_network.load()
    km, _ = rail_network.tree(rail_network.ends(rail_network.snap(*STATIONS["chita"]))[0][0])
    return np.flatnonzero(np.isfinite(km[network.u]))


def random_pairs() -> NDArray[np.int64]:
    """Pairs of edges, the same in every run."""
    return np.random.default_rng(SEED).choice(main_edges(), size=(PAIRS, 2))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU milliseconds of some work, and what it gave."""
    start = time.process_time()
    result = work()
    return (time.process_time() - start) * 1000, result


def compare_engines() -> None:
    """One row an engine: build, first and median query, agreement."""
    print("| engine | version | build ms | first ms | median ms | longest disagreement km |")
    print("|---|---|---|---|---|---|")
    pairs = rail_network.load().u[random_pairs()].tolist()
    ours: list[float] = []
    for label, (package, engine) in ENGINES.items():
        try:
            version = importlib.import_module(package).__version__
        except ImportError:
            print(f"| {label} | not installed | | | | |")
            continue
        build_ms, shortest = timed(engine)
        answers = [timed(partial(shortest, a, b)) for a, b in pairs]
        km = [answer[0] for _, answer in answers]
        ours = ours or km
        apart = max(abs(x - y) for x, y in zip(km, ours, strict=True))
        times = [ms for ms, _ in answers]
        median = statistics.median(times[1:])
        row = f"{build_ms:.0f} | {times[0]:.1f} | {median:.2f} | {apart:.1e}"
        print(f"| {label} | {version} | {row} |")


def starts(edges: NDArray[np.int64]) -> list[tuple[float, float]]:
    """Where edges begin (longitude, latitude)."""
    network = rail_network.load()
    return [(lon, lat) for lon, lat in network.xy[network.first[edges]].tolist()]


def unseen_routes() -> list[float]:
    """Milliseconds of whole routes (three profiles, geometry) between ends never asked for."""
    rail.route(*LONG)
    pairs = [starts(edges) for edges in random_pairs()]
    return [timed(partial(rail.route, a, b))[0] for a, b in pairs if a != b]


def many_rows() -> float:
    """Seconds for a table of many rows over few pairs, warm."""
    import pandas as pd

    places = starts(main_edges())
    east = [xy for xy in places if xy[0] > EAST_OF][:ENDS_EAST]
    west = [xy for xy in places if WEST_BETWEEN[0] < xy[0] < WEST_BETWEEN[1]][:ENDS_WEST]
    pairs = pd.DataFrame([(a, b) for a in east for b in west], columns=["origin", "destination"])
    rows = pairs.iloc[np.arange(ROWS) % len(pairs)].reset_index(drop=True)
    return timed(lambda: rail.routes(rows))[0] / 1000


def cold_start() -> tuple[float, float]:
    """CPU seconds and peak MB of a fresh interpreter that imports, loads and routes once."""
    code = (
        "import resource, time; from geo import rail; "
        f"rail.route(*{LONG!r}); "
        "print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, told.stdout.split())
    return seconds, megabytes


def main() -> None:
    """Print both tables."""
    compare_engines()
    seconds, megabytes = cold_start()
    unseen = unseen_routes()
    seen = [timed(lambda: rail.route(*LONG))[0] for _ in range(1000)]
    print("\n| whole route here | |\n|---|---|")
    print(
        f"| import, load and first route, fresh interpreter | {seconds:.2f} s, {megabytes:.0f} MB |"
    )
    print(f"| pair not seen before, median of {len(unseen)} | {statistics.median(unseen):.1f} ms |")
    print(f"| same, slowest | {max(unseen):.1f} ms |")
    print(f"| pair seen before, median | {statistics.median(seen) * 1000:.0f} us |")
    print(f"| {ROWS:,} rows over {ENDS_EAST * ENDS_WEST} pairs | {many_rows():.1f} s |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| peak memory of this run, all engines | {peak:.0f} MB |")


if __name__ == "__main__":
    main()
