"""A route: the line a leg most plausibly took, with what is known about its length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely import LineString


@dataclass(frozen=True)
class Route:
    """An inferred route between two places. Never an observed one.

    Attributes
    ----------
    geometry
        The line in longitude and latitude (EPSG:4326), from origin to destination.
    length_km
        Best length: geodesic on WGS84 for sea; corrected network length for rail.
    low_km, high_km
        Shortest and longest length this route is stated to have; how is said in `method`.
    snap_km
        Distance from each given end to where the line begins and ends (origin, destination).
    network_km
        Rail only: length as stored in the network, before correction.
    clearance_m
        Sea only: least distance kept from land away from the ends.
    crosses_land_km
        Sea only: length of the line over land of the coast it was judged by; 0 when clean.
    estimated_km
        Rail only: length over edges that are not surveyed track.
    passages
        Named straits and canals (sea) or via places (rail) passed, in order.
    method, version
        How the line was found, and the version of the network or coast behind it.
    """

    geometry: LineString
    length_km: float
    low_km: float
    high_km: float
    snap_km: tuple[float, float]
    method: str
    version: str
    network_km: float | None = None
    clearance_m: float | None = None
    crosses_land_km: float | None = None
    estimated_km: float | None = None
    passages: tuple[str, ...] = ()
