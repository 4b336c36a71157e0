"""Water that keeps a distance from land: as much as fits in each part."""

from __future__ import annotations

import numpy as np
import shapely


def free_water(
    window: shapely.Polygon, land: np.ndarray, clearance_m: float, slack_m: float
) -> shapely.Geometry:
    """Water at least so far from land, its edge simplified by at most the slack."""
    grown = shapely.union_all(shapely.buffer(land, clearance_m + slack_m))
    return shapely.difference(window, shapely.simplify(grown, slack_m))


def narrows(sea: shapely.Geometry, free: shapely.Geometry, near_m: float) -> shapely.Geometry:
    """Where `sea` is too narrow for the clearance that made `free`.

    Either the free water comes nowhere near, or two parts of it meet only across a sill.
    """
    near = shapely.buffer(shapely.get_parts(free), near_m)
    one, other = shapely.STRtree(near).query(near, predicate="intersects")
    sills = shapely.intersection(near[one[one < other]], near[other[one < other]])
    remote = shapely.get_parts(shapely.difference(sea, shapely.union_all(near)))
    remote = remote[shapely.area(remote) > (near_m / 2) ** 2]
    # Grown until it overlaps the water that is wide enough.
    return shapely.buffer(shapely.union_all([*remote, *sills]), near_m)


def largest(water: shapely.Geometry) -> shapely.Polygon:
    """The part that is the sea; ponds that no ship reaches are left out."""
    parts = shapely.get_parts(water)
    return parts[int(np.argmax(shapely.area(parts)))]
