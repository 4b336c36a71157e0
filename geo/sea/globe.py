"""Great circles: points as unit vectors, lengths on WGS84, lines drawn in short pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

EQUATOR_M = 6378137.0
FLATTENING = 1 / 298.257223563
#: A piece this short, drawn straight in longitude and latitude, leaves its great circle by less
#: than 50 m up to 70 degrees of latitude.
PIECE_RAD = 20_000 / EQUATOR_M


def vectors(lonlat: Floats) -> Floats:
    """Unit vectors `(n, 3)` of points in degrees `(n, 2)`."""
    lon, lat = np.radians(lonlat).T
    x, y, z = np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)
    return np.column_stack([x, y, z])


def lonlat(points: Floats) -> Floats:
    """Degrees `(n, 2)` of vectors `(n, 3)`."""
    x, y, z = points.T
    degrees: Floats = np.degrees(np.column_stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))]))
    return degrees


def angle(a: Floats, b: Floats) -> Floats:
    """Angle in radians between unit vectors, exact for near and far ones."""
    across = np.linalg.norm(np.cross(a, b), axis=1)
    radians: Floats = np.arctan2(across, np.einsum("ij,ij->i", a, b))
    return radians


def metres(a: Floats, b: Floats) -> Floats:
    """Geodesic length on WGS84 between points in degrees `(n, 2)`.

    Lambert's formula for long lines (1942): good to some tens of metres over thousands of km.
    """
    reduced = [p.copy() for p in (a, b)]
    for p in reduced:
        p[:, 1] = np.degrees(np.arctan((1 - FLATTENING) * np.tan(np.radians(p[:, 1]))))
    sigma = np.maximum(angle(vectors(reduced[0]), vectors(reduced[1])), 1e-12)
    middle = np.radians(reduced[0][:, 1] + reduced[1][:, 1]) / 2
    half = np.radians(reduced[1][:, 1] - reduced[0][:, 1]) / 2
    x = (sigma - np.sin(sigma)) * (np.sin(middle) * np.cos(half) / np.cos(sigma / 2)) ** 2
    y = (sigma + np.sin(sigma)) * (np.cos(middle) * np.sin(half) / np.sin(sigma / 2)) ** 2
    length: Floats = EQUATOR_M * (sigma - FLATTENING / 2 * (x + y))
    return length


def pieces(a: Floats, b: Floats) -> tuple[Ints, Floats, Floats]:
    """Great circles cut into short pieces.

    Parameters
    ----------
    a, b
        Unit vectors `(n, 3)` of the ends.

    Returns
    -------
    tuple
        For each piece the number of its great circle, its start and its end in degrees `(m, 2)`;
        across the date line an end's longitude passes 180.
    """
    whole = angle(a, b)
    count = np.maximum(np.ceil(whole / PIECE_RAD).astype(np.int64), 1)
    line = np.repeat(np.arange(len(a)), count + 1)
    step = np.arange(len(line)) - np.repeat(np.cumsum(count + 1) - count - 1, count + 1)
    # Towards b along the circle: a and the unit vector at right angles to it (any for a point).
    towards = b - np.einsum("ij,ij->i", a, b)[:, None] * a
    towards /= np.maximum(np.linalg.norm(towards, axis=1), 1e-12)[:, None]
    turn = step * (whole / count)[line]
    points = lonlat(np.cos(turn)[:, None] * a[line] + np.sin(turn)[:, None] * towards[line])
    last = step == count[line]
    starts, ends = points[~last], points[step > 0]
    ends[:, 0] = starts[:, 0] + (ends[:, 0] - starts[:, 0] + 180) % 360 - 180
    return line[~last], starts, ends


def drawn(points: Floats) -> Floats:
    """A line through points in degrees `(n, 2)`, drawn along great circles in short pieces.

    Longitudes run on past 180 where the line crosses the date line.
    """
    at = vectors(points)
    _, starts, ends = pieces(at[:-1], at[1:])
    line = np.concatenate([starts[:1], ends])
    line[:, 0] = np.unwrap(line[:, 0], period=360)
    return line
