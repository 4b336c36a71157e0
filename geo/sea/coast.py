"""The corridor's coast at full resolution: where land is, and how far a line keeps from it.

Land is the union of two independent coasts, OpenStreetMap and GSHHG (Wessel and Smith, 1996,
Journal of Geophysical Research 101(B4)), which differ by up to 0.6 km off Dunai: what is clear of
both is clear of either. See `seeds/sea.PROVENANCE.md`.
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import Geod, Transformer

    Floats = NDArray[np.float64]

#: The window of the shipped full-resolution coast: west, south, east, north in degrees.
CORRIDOR = (128.7, 40.5, 134.3, 43.8)
#: A plane in metres that is true to distance from the middle of the window.
PLANE = "+proj=aeqd +lon_0=131.5 +lat_0=42.15 +datum=WGS84 +units=m"


@dataclass(frozen=True)
class Land:
    """Land polygons, in degrees and in the plane of the corridor, with an index of the latter."""

    degrees: NDArray[np.object_]
    plane: NDArray[np.object_]
    tree: shapely.STRtree


@cache
def _wgs84() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


@cache
def _transformer() -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4326", PLANE, always_xy=True)


def to_plane(lonlat: Floats) -> Floats:
    """Longitude and latitude `(n, 2)` to metres in the corridor's plane."""
    return np.column_stack(_transformer().transform(lonlat[:, 0], lonlat[:, 1]))


def to_degrees(xy: Floats) -> Floats:
    """Metres in the corridor's plane `(n, 2)` to longitude and latitude."""
    return np.column_stack(_transformer().transform(xy[:, 0], xy[:, 1], direction="INVERSE"))


def length_km(lonlat: Floats) -> float:
    """Geodesic length on WGS84 of a line given as longitudes and latitudes `(n, 2)`."""
    return float(_wgs84().line_length(lonlat[:, 0], lonlat[:, 1])) / 1000


@cache
def land() -> Land:
    """The shipped coast of the corridor."""
    from geo.seeds import shipped

    packed = shipped().joinpath("coast_land.wkb.xz").read_bytes()
    parts = shapely.get_parts(shapely.from_wkb(lzma.decompress(packed)))
    degrees = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    # An edge of some kilometres may bend a metre between the two planes: nothing here is finer.
    plane = shapely.transform(degrees, to_plane)
    shapely.prepare(plane)
    return Land(degrees, plane, shapely.STRtree(plane))


def clearance_m(line: shapely.Geometry) -> float:
    """Least distance from land of a line in the plane."""
    _, metres = land().tree.query_nearest(line, return_distance=True, all_matches=False)
    return float(metres[0])


def crossed_km(line: shapely.Geometry) -> float:
    """Length of a line in the plane that lies over land of either coast."""
    over = land().plane[land().tree.query(line, predicate="intersects")]
    return float(shapely.union_all(shapely.intersection(line, over)).length) / 1000
