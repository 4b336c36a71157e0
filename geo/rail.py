"""Rail routes: real track only, through a profile's via places in order, with an honest range.

A route is inferred, never observed. The shortest line over the world's railways would leave
Russia through China, and inside Russia it would take the Baikal-Amur line; so a long journey
follows a named profile, an ordered list of via places. `transsib` is the best guess, `bam` and
`rostov` bound it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo import rail_network as net
from geo.rail_profiles import PROFILES, STATIONS, path
from geo.route import Route
from geo.seeds import shipped

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray
    from shapely import LineString, MultiLineString

#: A place id, or a point as (longitude, latitude) in degrees, WGS84.
End = str | tuple[float, float]

#: The profiles that bound a journey from below and from above.
LOW_PROFILE, HIGH_PROFILE = "bam", "rostov"
#: The only railway between North Korea and Russia.
BRIDGE = "friendship-bridge"

#: What is left of published lengths after correction, over surveyed track (docs/rail.md).
SURVEYED_ERROR = 0.015
#: Stated for track whose length is an estimate: the Dunai spur, closed gaps, sidings.
ESTIMATED_ERROR = 0.10

MAX_SNAP_KM = 60.0
MAX_LON, MAX_LAT = 180.0, 90.0
#: A line passes a place when it comes this near its station.
PASSED_WITHIN_KM = 5.0
#: Places at or above this `where_prec` are areas; their middle is nowhere in particular.
AREA_PRECISION = 4


class Place(NamedTuple):
    """What routing needs of a row of the places table."""

    lon: float
    lat: float
    where_prec: int


class Leg(NamedTuple):
    """The part of a journey inside one country."""

    country: str
    route: Route


def route(
    origin: End,
    destination: End,
    profile: str = "transsib",
    places: pd.DataFrame | None = None,
) -> Route:
    """Lay a rail journey on the network.

    Ends are snapped to the nearest track. Via places of the profile apply where they lie between
    the ends along it, unless that makes the journey over 15 % longer than the shortest; so a
    local journey is the shortest way, and a long one keeps to the profile. The way back is the
    same line reversed.

    Parameters
    ----------
    origin, destination
        Place ids, or (longitude, latitude) in degrees, WGS84.
    profile
        A key of `PROFILES`.
    places
        Table with `place_id, lon, lat, where_prec`; the shipped places when omitted.

    Returns
    -------
    Route
        `length_km` is corrected to track length, `network_km` is not. `low_km` and `high_km`
        span the profiles `bam` and `rostov` and the error stated for `length_km`.

    Raises
    ------
    ValueError
        The place is unknown or an area, a coordinate is missing or out of range, no track lies
        within 60 km, no track joins the ends, or both ends meet the track at one point.

    Notes
    -----
    Correction factors and errors: docs/rail.md.

    Examples
    --------
    >>> local = route("rajin-station", "khasan")
    >>> round(local.length_km), local.passages
    (53, ('friendship-bridge',))
    """
    _check_profile(profile)
    return _laid(origin, destination, profile, _places(places))


def routes(
    pairs: pd.DataFrame, profile: str = "transsib", places: pd.DataFrame | None = None
) -> gpd.GeoDataFrame:
    """Lay many rail journeys on the network; a pair of ends is computed once, both ways.

    Parameters
    ----------
    pairs
        Columns `origin, destination`, as `route` takes them.
    profile, places
        As for `route`.

    Returns
    -------
    geopandas.GeoDataFrame
        In the order and with the index of `pairs`: `origin, destination, length_km, low_km,
        high_km, network_km, estimated_km, snap_km_origin, snap_km_destination, passages, method,
        version, geometry` (EPSG:4326).

    Raises
    ------
    ValueError
        As for `route`.

    Examples
    --------
    >>> import pandas as pd
    >>> routes(pd.DataFrame({"origin": ["khasan"], "destination": ["chita"]})).shape
    (1, 13)
    """
    import geopandas as gpd
    import pandas as pd

    _check_profile(profile)
    known = _places(places)
    ends = pd.MultiIndex.from_frame(pairs[["origin", "destination"]])
    code, distinct = ends.factorize()
    found = [_laid(a, b, profile, known) for a, b in distinct]
    columns = {
        "length_km": [r.length_km for r in found],
        "low_km": [r.low_km for r in found],
        "high_km": [r.high_km for r in found],
        "network_km": [r.network_km for r in found],
        "estimated_km": [r.estimated_km for r in found],
        "snap_km_origin": [r.snap_km[0] for r in found],
        "snap_km_destination": [r.snap_km[1] for r in found],
        "passages": [r.passages for r in found],
        "method": [r.method for r in found],
        "version": [r.version for r in found],
        "geometry": [r.geometry for r in found],
    }
    laid = pd.DataFrame(columns).take(code).set_index(pairs.index)
    laid = pd.concat([pairs[["origin", "destination"]], laid], axis=1)
    return gpd.GeoDataFrame(laid, geometry="geometry", crs="EPSG:4326")


def legs(
    origin: End,
    destination: End,
    profile: str = "transsib",
    places: pd.DataFrame | None = None,
) -> tuple[Leg, ...]:
    """Split a journey at the Friendship Bridge, where the gauge and the railway change.

    Parameters are those of `route`.

    Returns
    -------
    tuple of Leg
        One leg inside one country, or two that meet on the bridge; `country` is KP or RU.

    Examples
    --------
    >>> [leg.country for leg in legs("vladivostok", "rajin")]
    ['RU', 'KP']
    """
    _check_profile(profile)
    known = _places(places)
    whole = _laid(origin, destination, profile, known)
    start, end = _resolve(origin, known), _resolve(destination, known)
    way = path(net.snap(*start), net.snap(*end), profile)
    first, last = net.load().country[way.edge[[0, -1]]].tolist()
    if BRIDGE not in whole.passages:
        return (Leg(first, whole),)
    middle = net.bridge()
    return Leg(first, _route(start, middle, profile)), Leg(last, _route(middle, end, profile))


def estimated_parts(line: LineString) -> MultiLineString:
    """Find the parts of a route that do not lie on surveyed track, to be drawn dashed.

    Parameters
    ----------
    line
        Geometry of a `Route` (EPSG:4326).

    Returns
    -------
    shapely.MultiLineString
        Empty when all of the line is surveyed track.

    Examples
    --------
    >>> estimated_parts(route("khasan", "chita").geometry).is_empty
    True
    """
    import shapely

    xy = shapely.get_coordinates(line)
    middles = shapely.points((xy[:-1] + xy[1:]) / 2)
    # Segments of a route lie on their edge: the tolerance is for rounding alone.
    on, _ = net.unsurveyed().query(middles, predicate="dwithin", distance=1e-9)
    parts = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)[np.unique(on)])
    merged = shapely.line_merge(shapely.MultiLineString(list(parts)))
    return shapely.MultiLineString(list(shapely.get_parts(merged)))


def _places(table: pd.DataFrame | None) -> Mapping[str, Place]:
    if table is None:
        return _shipped_places()
    columns = (table["place_id"], table["lon"], table["lat"], table["where_prec"])
    return {i: Place(x, y, p) for i, x, y, p in zip(*columns, strict=True)}


@cache
def _shipped_places() -> Mapping[str, Place]:
    text = shipped().joinpath("places.csv").read_text(encoding="utf-8")
    return {
        row["place_id"]: Place(float(row["lon"]), float(row["lat"]), int(row["where_prec"]))
        for row in csv.DictReader(io.StringIO(text))
    }


def _resolve(end: End, known: Mapping[str, Place]) -> tuple[float, float]:
    """The point an end stands for, checked; its messages name the end as it was given."""
    if isinstance(end, str):
        if end not in known:
            raise ValueError(f"{end!r} is not a known place")
        place = known[end]
        if place.where_prec >= AREA_PRECISION:
            raise ValueError(f"{end} is an area: no track begins at its middle")
        lon, lat = place.lon, place.lat
    else:
        try:
            lon, lat = (float(part) for part in end)
        except (TypeError, ValueError):
            raise ValueError(f"{end!r} is neither a place id nor (longitude, latitude)") from None
    # NaN fails this too.
    if not (abs(lon) <= MAX_LON and abs(lat) <= MAX_LAT):
        raise ValueError(f"{end!r} at longitude {lon}, latitude {lat} is not on the globe")
    snap_km = net.snap(lon, lat).snap_km
    if snap_km > MAX_SNAP_KM:
        raise ValueError(
            f"{end!r} lies {snap_km:.0f} km from the nearest railway known here, "
            f"farther than {MAX_SNAP_KM:.0f} km"
        )
    return lon, lat


def _check_profile(profile: str) -> None:
    if profile not in PROFILES:
        raise ValueError(f"{profile!r} is not a profile; known: {', '.join(PROFILES)}")


def _laid(origin: End, destination: End, profile: str, known: Mapping[str, Place]) -> Route:
    """The route between two ends; what is wrong is told in the words they were given in."""
    start, end = _resolve(origin, known), _resolve(destination, known)
    try:
        return _route(start, end, profile)
    except ValueError as reason:
        raise ValueError(f"{origin!r} to {destination!r}: {reason}") from None


@lru_cache(maxsize=1024)
def _route(start: tuple[float, float], end: tuple[float, float], profile: str) -> Route:
    """One way is computed, the other is its reverse: both have the same figures."""
    import shapely

    if end < start:
        there = _route(end, start, profile)
        return replace(
            there,
            geometry=shapely.reverse(there.geometry),
            snap_km=there.snap_km[::-1],
            passages=there.passages[::-1],
        )
    a, b = net.snap(*start), net.snap(*end)
    network = net.load()
    way = path(a, b, profile)
    length_km = network.length_km(way, network.track_km)
    if length_km == 0:
        raise ValueError("both ends meet the railway at the same point")
    xy = network.coordinates(way)
    estimated_km = network.length_km(way, np.where(network.surveyed, 0.0, network.km))
    error_km = SURVEYED_ERROR * (length_km - estimated_km) + ESTIMATED_ERROR * estimated_km
    low_km, high_km = (
        network.length_km(path(a, b, bound), network.track_km)
        for bound in (LOW_PROFILE, HIGH_PROFILE)
    )
    return Route(
        geometry=shapely.LineString(xy),
        length_km=length_km,
        low_km=min(low_km, length_km - error_km),
        high_km=max(high_km, length_km + error_km),
        snap_km=(a.snap_km, b.snap_km),
        method=(
            f"shortest track through the via places of profile {profile}; range: profiles "
            f"{LOW_PROFILE} and {HIGH_PROFILE}, at least {SURVEYED_ERROR:.1%} "
            f"({ESTIMATED_ERROR:.0%} where the track is estimated)"
        ),
        version=network.version,
        network_km=network.length_km(way, network.km),
        estimated_km=estimated_km,
        passages=_passages(way, xy),
    )


def _passages(way: net.Path, xy: NDArray[np.float64]) -> tuple[str, ...]:
    """Stations of profiles that the line passes between its ends, and the bridge, in order."""
    passed: list[tuple[float, str]] = []
    for name, (lon, lat) in STATIONS.items():
        km, where = _closest(xy, lon, lat)
        from_ends_km = net.distances_km((lon, lat), xy[[0, -1]])
        if km <= PASSED_WITHIN_KM < from_ends_km.min():
            passed.append((where, name))
    if len(set(net.load().country[way.edge])) > 1:
        passed.append((_closest(xy, *net.bridge())[1], BRIDGE))
    return tuple(name for _, name in sorted(passed))


def _closest(xy: NDArray[np.float64], lon: float, lat: float) -> tuple[float, float]:
    """How near (km) a line comes to a point, and at which of its segments."""
    km, along = net.offsets(xy, lon, lat)
    nearest = int(km.argmin())
    return float(km[nearest]), nearest + float(along[nearest])
