"""Draw the pictures of docs/sea.md.

    pip install matplotlib searoute==1.6.0 scgraph==2.2.0
    python docs/sea_pictures.py [PYTHON of an environment with seavoyage]

In the corridor land is grey where both shipped coasts have it, paler where only one has.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
import shapely

from geo.sea import coast, route
from geo.sea.passages import passages
from geo.seeds import shipped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DOCS = Path(__file__).parent
PORTS = {
    "Rajin": (130.295, 42.222),
    "Chongjin": (129.826, 41.767),
    "Vladivostok": (131.8883, 43.1089),
    "Dunai": (132.372, 42.903),
    "Vostochny": (133.0719, 42.7353),
}
LEGS = (
    ("Rajin", "Dunai"),
    ("Rajin", "Vostochny"),
    ("Rajin", "Vladivostok"),
    ("Chongjin", "Vladivostok"),
)
COLOURS = {
    "searoute": "#1f6fb4",
    "scgraph marnet": "#2e8b57",
    "scgraph oak_ridge": "#8e5ea2",
    "seavoyage": "#d17a00",
}
OURS = "#b3001b"
#: West, south, east, north of each picture of the corridor.
ZOOMS = {
    "sea-corridor": (129.2, 41.4, 133.8, 43.45),
    "sea-rajin": (130.22, 42.10, 130.78, 42.36),
    "sea-dunai": (132.15, 42.72, 132.62, 42.97),
}
SEA, LAND = "#e8f1f6", "#8d8672"


@cache
def peer_lines() -> dict[str, dict[tuple[str, str], Any]]:
    """Each peer's line of each leg, by the engines of the benchmark."""
    path = DOCS.parent / "benchmarks" / "routes.py"
    spec = importlib.util.spec_from_file_location("routes", path)
    bench = importlib.util.module_from_spec(spec)
    sys.modules["routes"] = bench
    spec.loader.exec_module(bench)
    pairs = [(PORTS[a], PORTS[b]) for a, b in LEGS]
    found = {}
    for engine in COLOURS:
        python = sys.executable if engine != "seavoyage" else "".join(sys.argv[1:2])
        if python:
            lines = bench.ask(engine, python, pairs).lines
            drawn = [bench.drawn(line, *pair) for line, pair in zip(lines, pairs, strict=True)]
            found[engine] = dict(zip(LEGS, drawn, strict=True))
    return found


def corridor_picture(name: str, box: tuple[float, float, float, float]) -> None:
    """Our lines and the peers' on the coast at full resolution."""
    axes = paper(box)
    near = coast.land().degrees[shapely.intersects(coast.land().degrees, shapely.box(*box))]
    for polygon in near:
        axes.fill(*polygon.exterior.xy, fc=LAND, alpha=0.45, ec="none")
        axes.plot(*polygon.exterior.xy, color="#5d5747", lw=0.4)
    for a, b in LEGS:
        for engine, lines in peer_lines().items():
            axes.plot(*lines[a, b].T, color=COLOURS[engine], lw=1.1, label=engine)
        ours = np.array(route(PORTS[a], PORTS[b]).geometry.coords)
        axes.plot(*ours.T, color=OURS, lw=2, label="transload", zorder=5)
    for port, (lon, lat) in PORTS.items():
        if box[0] < lon < box[2] and box[1] < lat < box[3]:
            axes.plot(lon, lat, "o", color="black", ms=4, zorder=6)
            axes.annotate(port, (lon, lat), (5, 5), textcoords="offset points", zorder=6)
    axes.legend(*labels(axes), loc="lower right")
    save(name)


def world_picture() -> None:
    """Rajin to Novorossiysk with Suez open, and with the great canals closed."""
    axes = paper((-22, -42, 142, 58))
    base = json.loads(shipped().joinpath("basemap_land.json").read_text(encoding="utf-8"))
    land = [shapely.geometry.shape(f["geometry"]) for f in base["features"]]
    for polygon in shapely.get_parts(land):
        if polygon.geom_type == "Polygon":
            axes.fill(*polygon.exterior.xy, fc=LAND, alpha=0.7, ec="none")
    shut = [name for name, passage in passages().items() if not passage.is_open]
    novorossiysk = (37.7867, 44.7167)
    for closed, colour, label in (
        (None, OURS, "Suez open"),
        (("suez-canal", "panama-canal", *shut), "#1f6fb4", "Suez and Panama closed"),
    ):
        found = route(PORTS["Rajin"], novorossiysk, closed=closed)
        axes.plot(
            *found.geometry.xy, color=colour, lw=1.6, label=f"{label}: {found.length_km:,.0f} km"
        )
    axes.legend(loc="lower right")
    save("sea-world")


def paper(box: tuple[float, float, float, float]) -> Axes:
    """Axes over a box, a kilometre as long both ways."""
    west, south, east, north = box
    stretch = 1 / np.cos(np.radians((south + north) / 2))
    width = 10.0
    figure, axes = plt.subplots(figsize=(width, width * (north - south) / (east - west) * stretch))
    axes.set(xlim=(west, east), ylim=(south, north), aspect=stretch, facecolor=SEA)
    axes.tick_params(labelsize=8)
    figure.tight_layout()
    return axes


def labels(axes: Axes) -> tuple[list[Any], list[str]]:
    """Each label once."""
    named = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    return list(named.values()), list(named)


def save(name: str) -> None:
    """Write a picture and forget it."""
    plt.savefig(DOCS / "images" / f"{name}.png", dpi=90, metadata={"Software": None})
    plt.close()


def main() -> None:
    """All pictures."""
    for name, box in ZOOMS.items():
        corridor_picture(name, box)
    world_picture()


if __name__ == "__main__":
    main()
