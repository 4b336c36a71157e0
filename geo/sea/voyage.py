"""A leg by sea: the shortest line over water that keeps a stated distance from land."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.route import Route
from geo.sea import coast, corridor, world
from geo.sea.passages import passages, passed

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    #: A place id, or longitude and latitude in degrees.
    Where = str | tuple[float, float]

#: Ships leave the shortest line for traffic, weather and sea room. The reported voyage of a ferry
#: (Rajin to Vladivostok, about 9 h) fits 1.0 to 1.15 times the shortest line at its usual speed.
DETOUR = 1.15
#: A place farther than this from water has no leg by sea.
SNAP_LIMIT_KM = 25.0
#: Precision of a place that is an area: see the data dictionary, `where_prec`.
AREA_PRECISION = 4
CORRIDOR_METHOD = (
    "shortest water path round both coasts, 1 km off land where that fits, else 300 m, near ports "
    "50 m; low: shortest water path 20 m off; high: 1.15 times the line"
)
WORLD_METHOD = (
    "shortest water path on a grid of 0.005 degrees, 4 km off land where that fits, else 1 km, "
    "near ports less; low: pulled in to the shore at each turn; high: 1.15 times the line"
)
VERSION = "osm+gshhg, roaring-landmask 0.11"


class Line(NamedTuple):
    """A line found: its points in degrees, and what is known of it."""

    lonlat: Floats
    shortest_km: float
    clearance_m: float | None
    crosses_land_km: float | None
    method: str


class End(NamedTuple):
    """One end of a leg: what it is called, where it lies and where its line starts (lon, lat)."""

    name: str
    at: tuple[float, float]
    start: tuple[float, float]


def route(
    origin: Where,
    destination: Where,
    places: pd.DataFrame | None = None,
    closed: Collection[str] | None = None,
) -> Route:
    """The line a ship most plausibly took between two places: inferred, over water only.

    Parameters
    ----------
    origin, destination
        A `place_id`, or `(lon, lat)` in degrees (EPSG:4326). A place with an approach point
        starts there; any other point on land starts at the nearest water, and the distance is
        reported in `snap_km`.
    places
        The places table; default: the shipped one.
    closed
        Passages not to be used (`seeds/sea_passages.csv`), instead of those marked so there: the
        Arctic routes and the Corinth Canal.

    Returns
    -------
    Route
        `length_km` is geodesic on WGS84 along the line. `low_km` is the shortest water path with
        no room for safety, `high_km` the line times 1.15. A to B is B to A reversed. Across the
        date line longitudes run on past 180.

    Raises
    ------
    ValueError
        Naming the place or point: unknown, an area, not on the chart, too far from water, or both
        ends the same.

    Examples
    --------
    >>> rajin_dunai = route("rajin", "dunai")
    >>> round(rajin_dunai.length_km), rajin_dunai.crosses_land_km
    (197, 0.0)
    """
    points = _approaches(places)
    return _between(_end(origin, points), _end(destination, points), _closed(closed))


def routes(
    pairs: pd.DataFrame,
    places: pd.DataFrame | None = None,
    closed: Collection[str] | None = None,
) -> gpd.GeoDataFrame:
    """The routes of many pairs, each distinct pair computed once.

    Parameters
    ----------
    pairs
        Columns `origin` and `destination`, each a `place_id` or `(lon, lat)`.
    places
        The places table; default: the shipped one.
    closed
        Passages not to be used (`seeds/sea_passages.csv`), instead of those marked so there: the
        Arctic routes and the Corinth Canal.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each row of `pairs`, with its index: `origin`, `destination`, the fields of
        `Route` and the line in EPSG:4326.

    Raises
    ------
    ValueError
        As `route` does.
    """
    import geopandas as gpd
    import pandas as pd

    points = _approaches(places)
    asked = list(zip(pairs["origin"], pairs["destination"], strict=True))
    number = {pair: i for i, pair in enumerate(dict.fromkeys(asked))}
    codes, distinct = [number[pair] for pair in asked], list(number)
    shut = _closed(closed)
    found = [_between(_end(a, points), _end(b, points), shut) for a, b in distinct]
    table = pd.DataFrame(
        {
            "origin": [a for a, _ in distinct],
            "destination": [b for _, b in distinct],
            "length_km": [r.length_km for r in found],
            "low_km": [r.low_km for r in found],
            "high_km": [r.high_km for r in found],
            "snap_km_origin": [r.snap_km[0] for r in found],
            "snap_km_destination": [r.snap_km[1] for r in found],
            "clearance_m": [r.clearance_m for r in found],
            "crosses_land_km": [r.crosses_land_km for r in found],
            "passages": [r.passages for r in found],
            "method": [r.method for r in found],
            "version": [r.version for r in found],
        }
    )
    lines = np.array([r.geometry for r in found], dtype=object)
    geometry = gpd.GeoSeries(lines[codes], index=pairs.index, crs="EPSG:4326")
    return gpd.GeoDataFrame(table.iloc[codes].set_index(pairs.index), geometry=geometry)


def _closed(names: Collection[str] | None) -> frozenset[str]:
    if names is None:
        return frozenset(name for name, passage in passages().items() if not passage.is_open)
    if unknown := sorted(set(names) - set(passages())):
        raise ValueError(f"no such passage: {', '.join(unknown)}")
    return frozenset(names)


@cache
def _shipped_places() -> pd.DataFrame:
    import pandas as pd

    from geo.seeds import shipped

    with shipped().joinpath("places.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file)


def _approaches(places: pd.DataFrame | None) -> dict[Hashable, tuple[float, ...]]:
    """Where each place lies and where its line starts, by place id."""
    if places is None:
        return _shipped_approaches()
    columns = ["lon", "lat", "approach_lon", "approach_lat", "where_prec"]
    values = places[columns].to_numpy(dtype=float)
    return dict(zip(places["place_id"], map(tuple, values.tolist()), strict=True))


@cache
def _shipped_approaches() -> dict[Hashable, tuple[float, ...]]:
    return _approaches(_shipped_places())


def _end(where: Where, points: dict[Hashable, tuple[float, ...]]) -> End:
    """Where an end lies and where its line starts: alike unless it has an approach point."""
    if not isinstance(where, str):
        lon, lat = (float(degrees) for degrees in where)
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            raise ValueError(f"{where} is no longitude and latitude in degrees")
        return End(f"({lon:g}, {lat:g})", (lon, lat), (lon, lat))
    if where not in points:
        raise ValueError(f"{where} is not in the places table")
    lon, lat, approach_lon, approach_lat, precision = points[where]
    if precision >= AREA_PRECISION:
        raise ValueError(f"{where} is an area: no line starts in its middle")
    if math.isnan(approach_lon) or math.isnan(approach_lat):
        return End(where, (lon, lat), (lon, lat))
    return End(where, (lon, lat), (approach_lon, approach_lat))


@lru_cache(maxsize=8192)
def _between(origin: End, destination: End, closed: frozenset[str]) -> Route:
    if origin.at == destination.at:
        raise ValueError(f"{origin.name} and {destination.name} are the same point")
    if (destination.start, destination.at) < (origin.start, origin.at):
        there = _between(destination, origin, closed)
        return replace(
            there,
            geometry=there.geometry.reverse(),
            snap_km=(there.snap_km[1], there.snap_km[0]),
            passages=there.passages[::-1],
        )
    line = _line(origin, destination, closed)
    length_km = coast.length_km(line.lonlat)
    if length_km == 0:
        raise ValueError(f"{origin.name} and {destination.name} start from the same water")
    return Route(
        geometry=shapely.LineString(line.lonlat),
        length_km=length_km,
        low_km=min(line.shortest_km, length_km),
        high_km=length_km * DETOUR,
        snap_km=(
            coast.length_km(np.array([origin.at, line.lonlat[0]])),
            coast.length_km(np.array([destination.at, line.lonlat[-1]])),
        ),
        method=line.method,
        version=VERSION,
        clearance_m=line.clearance_m,
        crosses_land_km=line.crosses_land_km,
        passages=passed(line.lonlat),
    )


def _line(origin: End, destination: End, closed: frozenset[str]) -> Line:
    ends = origin, destination
    inside = [corridor.holds(*end.start) for end in ends]
    if all(inside):
        return _in_corridor(*(_corridor_start(end) for end in ends))
    starts = [_world_start(end) for end in ends]
    found = world.line(*starts, closed)
    if found is None:
        raise ValueError(f"no open water joins {origin.name} and {destination.name}")
    line = Line(found.lonlat, found.shortest_km, None, found.crosses_land_km, WORLD_METHOD)
    if inside[0]:
        line = _with_corridor(line, origin)
    if inside[1]:
        line = _turned(_with_corridor(_turned(line), destination))
    return line


def _in_corridor(start: corridor.XY, end: corridor.XY) -> Line:
    found = corridor.line(start, end)
    return Line(*found, CORRIDOR_METHOD)


def _with_corridor(line: Line, end: End) -> Line:
    """The line with its first part, inside the corridor, laid on the full-resolution coast."""
    # A line across the date line may come in with its longitudes a whole turn away.
    lonlat = line.lonlat - [round((line.lonlat[0, 0] - end.start[0]) / 360) * 360, 0]
    inside = np.array([corridor.holds(*point) for point in lonlat])
    leaves = len(inside) if inside.all() else int(np.argmin(inside))
    gate, _ = corridor.afloat(*lonlat[leaves - 1])
    first = corridor.line(_corridor_start(end), gate)
    replaced_km = coast.length_km(lonlat[:leaves])
    return Line(
        np.concatenate([first.lonlat, lonlat[leaves:]]),
        line.shortest_km - replaced_km + first.shortest_km,
        None,
        (line.crosses_land_km or 0.0) + first.crosses_land_km,
        f"{WORLD_METHOD}; in the corridor {CORRIDOR_METHOD}",
    )


def _turned(line: Line) -> Line:
    return line._replace(lonlat=line.lonlat[::-1])


def _corridor_start(end: End) -> corridor.XY:
    start, away_km = corridor.afloat(*end.start)
    if away_km > SNAP_LIMIT_KM:
        raise ValueError(f"{end.name} is {away_km:.0f} km from the sea")
    return start


def _world_start(end: End) -> tuple[float, float]:
    start = world.afloat(*end.start, SNAP_LIMIT_KM)
    if start is None:
        raise ValueError(f"{end.name} is more than {SNAP_LIMIT_KM:g} km from the sea")
    return start
