"""Make `seeds/basemap_drawn.json.xz`: land, coast and borders as the page draws them.

Near the corridor the full-resolution coast of `seeds/coast_land.wkb.xz`; elsewhere
`seeds/basemap_land.json`, which is 0.6 to 0.8 km off at the ports. Run from the root of the
repository, after either of these has changed:

    python seeds/build/basemap_drawn.py
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.page.columns import drawn
from geo.sea.coast import CORRIDOR, land

SEEDS = Path(__file__).resolve().parents[1]
#: About 45 m: finer than a pixel at the closest zoom offered without tiles.
COAST_TOLERANCE_DEG = 0.0005
#: Islets under about 0.1 km2 are left out.
SMALLEST_ISLAND_DEG2 = 1e-5
#: Natural Earth is shipped to two decimals; the coast is drawn to about 10 m.
WORLD_STEPS_PER_DEG = 100
COAST_STEPS_PER_DEG = 10_000
#: Natural Earth is shipped at 1:10m inside this box and at 1:50m outside; its edge is no coast.
INSET = (126, 39, 137, 46)
#: A ring has at least four points, the last as the first; two numbers a point.
RING_NUMBERS = 8
#: The far land reaches this far under the near one, so that no seam shows.
OVERLAP_DEG = 0.02


def near(window: shapely.Polygon) -> dict[str, Any]:
    """The coast round the corridor."""
    whole = shapely.union_all(land().degrees)
    parts = shapely.get_parts(shapely.simplify(whole, COAST_TOLERANCE_DEG))
    parts = parts[shapely.area(parts) > SMALLEST_ISLAND_DEG2]
    edge = shapely.buffer(window.exterior, OVERLAP_DEG / 2)
    coast = shapely.difference(shapely.boundary(parts), edge)
    return {
        "per_degree": COAST_STEPS_PER_DEG,
        "land": rings(parts, COAST_STEPS_PER_DEG),
        "coast": lines(joined(coast), COAST_STEPS_PER_DEG),
    }


def far(window: shapely.Polygon) -> dict[str, Any]:
    """Everything else, with borders."""
    shapes = countries()
    dry = shapely.union_all(shapes)
    inside = shapely.buffer(window, -OVERLAP_DEG, join_style="mitre")
    parts = shapely.get_parts(shapely.difference(dry, inside))
    frames = shapely.union(shapely.box(*dry.bounds).exterior, shapely.box(*INSET).exterior)
    hidden = shapely.union(window, shapely.buffer(frames, OVERLAP_DEG))
    coast = shapely.difference(shapely.boundary(dry), hidden)
    return {
        "per_degree": WORLD_STEPS_PER_DEG,
        "land": rings(parts, WORLD_STEPS_PER_DEG),
        "coast": lines(joined(coast), WORLD_STEPS_PER_DEG),
        "borders": lines(joined(borders(shapes)), WORLD_STEPS_PER_DEG),
    }


def countries() -> np.ndarray:
    """Outlines, one a country and scale."""
    collection = json.loads((SEEDS / "basemap_land.json").read_text("utf-8"))
    shapes = [json.dumps(feature["geometry"]) for feature in collection["features"]]
    return np.asarray(shapely.make_valid(shapely.from_geojson(shapes)))


def borders(shapes: np.ndarray) -> np.ndarray:
    """Edges that two countries share."""
    points, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(shapes)), return_index=True
    )
    steps = np.round(points * WORLD_STEPS_PER_DEG).astype(np.int64)
    pairs = np.hstack([steps[:-1], steps[1:]])[ring[:-1] == ring[1:]]
    backward = (pairs[:, 0] > pairs[:, 2]) | (
        (pairs[:, 0] == pairs[:, 2]) & (pairs[:, 1] > pairs[:, 3])
    )
    pairs[backward] = pairs[backward][:, [2, 3, 0, 1]]
    edges, times = np.unique(pairs, axis=0, return_counts=True)
    return np.asarray(shapely.linestrings(edges[times > 1].reshape(-1, 2, 2) / WORLD_STEPS_PER_DEG))


def joined(pieces: Any) -> np.ndarray:
    """Lines that meet end to end as one."""
    whole = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(pieces)))
    return np.asarray(shapely.get_parts(whole))


def rings(parts: np.ndarray, per_degree: int) -> list[list[int]]:
    """Rings that are still areas at this precision; those round an inland sea anticlockwise."""
    found = shapely.get_rings(shapely.orient_polygons(parts, exterior_cw=True))
    return [steps for steps in lines(found, per_degree) if len(steps) >= RING_NUMBERS]


def lines(found: np.ndarray, per_degree: int) -> list[list[int]]:
    """Lines as whole steps."""
    return [drawn(shapely.get_coordinates(line), per_degree) for line in found]


def main() -> None:
    """Write the seed."""
    window = shapely.box(*CORRIDOR)
    text = json.dumps({"far": far(window), "near": near(window)}, separators=(",", ":"))
    (SEEDS / "basemap_drawn.json.xz").write_bytes(lzma.compress(text.encode("ascii"), preset=9))


if __name__ == "__main__":
    main()
