"""The base map: land, coast and borders as plain lines, for a page that asks for no tiles.

Near the corridor the shipped full-resolution coast is drawn; elsewhere Natural Earth, which is
0.6 to 0.8 km off at the ports.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.page.columns import drawn
from geo.sea.coast import CORRIDOR, land
from geo.seeds import shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: About 45 m: finer than a pixel at the closest zoom offered without tiles.
COAST_TOLERANCE_DEG = 0.0005
#: Islets under about 0.1 km2 are left out.
SMALLEST_ISLAND_DEG2 = 1e-5
#: Natural Earth is shipped to two decimals; the coast is drawn to about 10 m.
WORLD_STEPS_PER_DEG = 100
COAST_STEPS_PER_DEG = 10_000
#: In the shipped Natural Earth, Russia is inside out between the latitudes at which it crosses the
#: 180th meridian: west, south, east, north of these bands.
INVERTED = ((20, 65.05, 180, 69), (20, 70.98, 180, 71.53))
#: Natural Earth is shipped at 1:10m inside this box and at 1:50m outside; its edge is no coast.
INSET = (126, 39, 137, 46)
#: What is left along the edges of these bands is closed when narrower than twice this.
SLIVER_DEG = 0.08
#: A ring has at least four points, the last as the first; two numbers a point.
RING_NUMBERS = 8
#: The far land reaches this far under the near one, so that no seam shows.
OVERLAP_DEG = 0.02


@cache
def basemap() -> dict[str, Any]:
    """Land, coast and borders.

    Returns
    -------
    dict
        `far` and `near`, each with `per_degree` and, as steps of `geo.page.columns.drawn`, `land`
        (rings to fill), `coast` and, of `far`, `borders` (lines).
    """
    window = shapely.box(*CORRIDOR)
    return {"far": _far(window), "near": _near(window)}


def _near(window: shapely.Polygon) -> dict[str, Any]:
    whole = shapely.union_all(land().degrees)
    parts = shapely.get_parts(shapely.simplify(whole, COAST_TOLERANCE_DEG))
    parts = parts[shapely.area(parts) > SMALLEST_ISLAND_DEG2]
    edge = shapely.buffer(window.exterior, OVERLAP_DEG / 2)
    coast = shapely.difference(shapely.boundary(parts), edge)
    return {
        "per_degree": COAST_STEPS_PER_DEG,
        "land": _rings(shapely.get_rings(parts), COAST_STEPS_PER_DEG),
        "coast": _lines(_joined(coast), COAST_STEPS_PER_DEG),
    }


def _far(window: shapely.Polygon) -> dict[str, Any]:
    countries = _countries()
    inside = shapely.buffer(window, -OVERLAP_DEG, join_style="mitre")
    rings = shapely.get_rings(shapely.get_parts(shapely.difference(countries, inside)))
    borders, coast = _edges(countries)
    sheet = shapely.box(*shapely.total_bounds(countries))
    frames = shapely.union(sheet.exterior, shapely.box(*INSET).exterior)
    edge = shapely.buffer(frames, OVERLAP_DEG)
    coast = shapely.difference(coast, shapely.union(window, edge))
    return {
        "per_degree": WORLD_STEPS_PER_DEG,
        "land": _rings(rings, WORLD_STEPS_PER_DEG),
        "coast": _lines(_joined(coast), WORLD_STEPS_PER_DEG),
        "borders": _lines(_joined(borders), WORLD_STEPS_PER_DEG),
    }


def _countries() -> NDArray[np.object_]:
    collection = json.loads(shipped().joinpath("basemap_land.json").read_text("utf-8"))
    names = [feature["properties"]["n"] for feature in collection["features"]]
    shapes = [json.dumps(feature["geometry"]) for feature in collection["features"]]
    countries = np.asarray(shapely.make_valid(shapely.from_geojson(shapes)))
    countries[names.index("Russia")] = _mended(countries[names.index("Russia")])
    return countries


def _mended(russia: shapely.Geometry) -> shapely.Geometry:
    """Russia with its inverted bands turned back, and the slivers along their edges closed."""
    for band in INVERTED:
        russia = shapely.symmetric_difference(russia, shapely.box(*band))
    west, south, east, _ = INVERTED[0]
    north = shapely.intersection(russia, shapely.box(west, south - 1, east, 80))
    closed = shapely.buffer(shapely.buffer(north, SLIVER_DEG), -SLIVER_DEG)
    return shapely.union(russia, closed)


def _edges(
    countries: NDArray[np.object_],
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Edges that two countries share are borders; the others are coast."""
    points, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(countries)), return_index=True
    )
    steps = np.round(points * WORLD_STEPS_PER_DEG).astype(np.int64)
    pairs = np.hstack([steps[:-1], steps[1:]])[ring[:-1] == ring[1:]]
    backward = (pairs[:, 0] > pairs[:, 2]) | (
        (pairs[:, 0] == pairs[:, 2]) & (pairs[:, 1] > pairs[:, 3])
    )
    pairs[backward] = pairs[backward][:, [2, 3, 0, 1]]
    edges, times = np.unique(pairs, axis=0, return_counts=True)
    lines = shapely.linestrings(edges.reshape(-1, 2, 2) / WORLD_STEPS_PER_DEG)
    return lines[times > 1], lines[times == 1]


def _joined(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    merged = shapely.line_merge(shapely.union_all(lines))
    parts = shapely.get_parts(merged)
    return np.asarray(parts[~shapely.is_empty(parts)])


def _rings(rings: NDArray[np.object_], per_degree: int) -> list[list[int]]:
    """Rings that are still areas at this precision."""
    return [steps for steps in _lines(rings, per_degree) if len(steps) >= RING_NUMBERS]


def _lines(lines: NDArray[np.object_], per_degree: int) -> list[list[int]]:
    return [drawn(shapely.get_coordinates(line), per_degree) for line in lines]
