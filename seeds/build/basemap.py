"""Make `seeds/basemap_land.json`: countries of Natural Earth as plain outlines, for drawing.

Reads the two TopoJSON files of the npm package world-atlas 2.0.2 (Natural Earth 4.1, public domain;
`npm pack world-atlas@2.0.2`): 1:50m for the sheet, 1:10m in the corridor's box. Arcs are simplified
before countries are put together, so that neighbours keep one border between them; a country that
crosses the 180th meridian is cut there. Run from the root of the repository:

    python seeds/build/basemap.py FOLDER_OF_WORLD_ATLAS
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely

OUT = Path(__file__).resolve().parents[1] / "basemap_land.json"
#: West, south, east, north: the sheet reaches as far as ships between the two countries do; along
#: the railways it is finer, and round the corridor it is drawn at 1:10m.
SHEET = (-25, -40, 190, 82)
FINER = (20, 25, 180, 80)
INSET = (126, 39, 137, 46)
#: About a pixel at the zoom at which each is looked at.
TOLERANCE_DEG = 0.08
FINER_TOLERANCE_DEG = 0.02
INSET_TOLERANCE_DEG = 0.005
DECIMALS = 2
TURN_DEG = 360.0
#: A ring has at least four points, the last as the first; smaller islets are left out.
RING_POINTS = 4


def countries(path: Path) -> tuple[list[str], np.ndarray]:
    """Names and outlines of the countries of one file."""
    topology = json.loads(path.read_text("utf-8"))
    arcs = [_arc(steps, topology["transform"]) for steps in topology["arcs"]]
    found = topology["objects"]["countries"]["geometries"]
    found = [country for country in found if country.get("arcs")]
    names = [country["properties"]["name"] for country in found]
    return names, np.array([_outline(country, arcs) for country in found])


def _arc(steps: list[list[int]], transform: dict[str, list[float]]) -> np.ndarray:
    """Points of an arc in degrees, its turns across the 180th meridian taken out."""
    points = np.cumsum(steps, axis=0) * transform["scale"] + transform["translate"]
    points[:, 0] = np.unwrap(points[:, 0], period=TURN_DEG)
    line = shapely.LineString(points)
    return shapely.get_coordinates(shapely.simplify(line, _tolerance(shapely.envelope(line))))


def _tolerance(envelope: shapely.Geometry) -> float:
    """A coast may run from one box to the next: the finest that it touches holds for all of it."""
    if shapely.intersects(envelope, shapely.box(*INSET)):
        return INSET_TOLERANCE_DEG
    return FINER_TOLERANCE_DEG if shapely.intersects(envelope, shapely.box(*FINER)) else TOLERANCE_DEG


def _outline(country: dict[str, Any], arcs: list[np.ndarray]) -> shapely.Geometry:
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    parts = []
    for polygon in polygons:
        outer, *holes = (_ring(numbers, arcs) for numbers in polygon)
        if len(outer) >= RING_POINTS:
            kept = [hole for hole in holes if len(hole) >= RING_POINTS]
            parts.append(shapely.make_valid(shapely.Polygon(outer, kept)))
    return shapely.make_valid(shapely.union_all(parts))


def _ring(numbers: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Arcs end to end; a negative number is an arc run backward."""
    points = np.vstack([arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers])
    points[:, 0] = np.unwrap(points[:, 0], period=TURN_DEG)
    # Whole turns to where the sheet is: Chukotka lies beyond 180 east, not at 180 west.
    middle = (points[:, 0].min() + points[:, 0].max() - SHEET[0] - SHEET[2]) / 2
    points[:, 0] -= TURN_DEG * np.round(middle / TURN_DEG)
    return points


def _features(path: Path, area: shapely.Geometry) -> list[dict[str, Any]]:
    features = []
    for name, shape in zip(*countries(path), strict=True):
        parts = shapely.get_parts(shapely.intersection(shape, area))
        parts = parts[shapely.get_dimensions(parts) == 2]
        rounded = shapely.set_precision(shapely.union_all(parts), 10**-DECIMALS)
        if rounded.is_empty:
            continue
        geometry = json.loads(shapely.to_geojson(rounded))
        geometry["coordinates"] = _rounded(geometry["coordinates"])
        features.append({"type": "Feature", "properties": {"n": name}, "geometry": geometry})
    return features


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    return int(value) if value == int(value) else round(value, DECIMALS)


def main(folder: Path) -> None:
    """Write the seed."""
    inset = shapely.box(*INSET)
    features = [
        *_features(folder / "countries-50m.json", shapely.difference(shapely.box(*SHEET), inset)),
        *_features(folder / "countries-10m.json", inset),
    ]
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    OUT.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
