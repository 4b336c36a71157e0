"""The shipped railway of Russia and North Korea as a graph: snapping to it, and ways along it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.seeds import shipped

if TYPE_CHECKING:
    import shapely
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer[Any]]

#: Track length over network length: the network's chords cut curves. From km posts along the
#: Trans-Siberian and from published line lengths (docs/rail.md).
TRACK_PER_NETWORK_KM = 1.013
#: The same on the two winding branches, Baranovsky-Tumangang and Ugolnaya-Nakhodka.
TRACK_PER_BRANCH_KM = 1.03
#: Where those branches lie: corners (longitude, latitude) of an outline round each.
BRANCHES = (
    ((130.607, 42.38), (131.2, 42.5), (131.92, 43.62), (131.92, 43.70), (130.6, 42.8)),
    ((132.08, 43.2), (132.4, 42.6), (133.5, 42.6), (133.5, 43.36), (132.08, 43.36)),
)
#: `src` of track that OpenStreetMap surveyed; all else is estimated or closes a gap.
SURVEYED = "osm"

WGS84_A_KM, WGS84_E2 = 6378.137, 0.00669437999014


class Spot(NamedTuple):
    """A point of the network: how far along which edge, and how far off the point asked for."""

    edge: int
    fraction: float
    snap_km: float


@dataclass(frozen=True, eq=False)
class Path:
    """Edges in the order travelled, each from one fraction of its length to another."""

    edge: Ints
    start: Floats
    stop: Floats

    def back(self) -> Path:
        """The same way, travelled back."""
        return Path(self.edge[::-1], self.stop[::-1], self.start[::-1])


@dataclass(frozen=True, eq=False)
class Network:
    """Edges between nodes, their lengths, and the vertices of all of them in one array.

    `km` is as stored, `track_km` as corrected. Edge `e` owns the vertices `first[e]` up to
    `first[e + 1]` of `xy`; `share` says how far along its edge a vertex lies (0 to 1). Edges run
    from `u` to `v` and may be travelled both ways.
    """

    u: Ints
    v: Ints
    km: Floats
    track_km: Floats
    surveyed: NDArray[np.bool_]
    country: NDArray[np.str_]
    xy: Floats
    share: Floats
    first: Ints
    graph: csr_array
    edge_between: Mapping[tuple[int, int], int]
    version: str

    def length_km(self, path: Path, per_edge: Floats) -> float:
        """Length of a path when its edges have these lengths."""
        return float((np.abs(path.stop - path.start) * per_edge[path.edge]).sum())

    def coordinates(self, path: Path) -> Floats:
        """Vertices of a path (n x 2: longitude, latitude), none twice in a row."""
        pieces = [self._slice(*step) for step in zip(path.edge, path.start, path.stop, strict=True)]
        xy = np.concatenate(pieces)
        kept = np.ones(len(xy), dtype=bool)
        kept[1:] = (xy[1:] != xy[:-1]).any(axis=1)
        return xy[kept]

    def _slice(self, edge: int, start: float, stop: float) -> Floats:
        xy = self.xy[self.first[edge] : self.first[edge + 1]]
        if start > stop:
            return self._slice(edge, stop, start)[::-1]
        if (start, stop) == (0.0, 1.0):
            return xy
        share = self.share[self.first[edge] : self.first[edge + 1]]
        cut = np.concatenate([[start], share[(share > start) & (share < stop)], [stop]])
        return np.column_stack([np.interp(cut, share, axis) for axis in xy.T])


@cache
def load() -> Network:
    """Read the shipped network (once)."""
    import pyarrow.parquet as pq
    import shapely

    raw = shipped().joinpath("rail_network.parquet").read_bytes()
    # Plain lists: pyarrow's own to_numpy, and read_table, would import pandas.
    table = pq.ParquetFile(io.BytesIO(raw)).read().to_pydict()
    lines = shapely.from_wkb(table["geometry"])
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    first = np.searchsorted(owner, np.arange(len(lines) + 1))
    nodes, ends = np.unique(table["u"] + table["v"], return_inverse=True)
    u, v = np.split(ends.astype(np.int64), 2)
    km = np.array(table["km"])
    surveyed = np.array(table["src"]) == SURVEYED
    track_km = km * np.where(surveyed, _correction(lines), 1.0)
    graph, edge_between = shortest_edges(u, v, track_km, len(nodes))
    return Network(
        u=u, v=v, km=km, track_km=track_km, surveyed=surveyed,
        country=np.array(table["iso"]), xy=xy, share=_along(xy, owner, first),
        first=first, graph=graph, edge_between=edge_between,
        version=f"rail_network {hashlib.sha256(raw).hexdigest()[:12]}",
    )  # fmt: skip


def _correction(lines: NDArray[np.object_]) -> Floats:
    """Factor from network to track length, by where the middle of an edge lies."""
    import shapely

    middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    winding = shapely.union_all([shapely.Polygon(outline) for outline in BRANCHES])
    return np.where(shapely.contains(winding, middles), TRACK_PER_BRANCH_KM, TRACK_PER_NETWORK_KM)


def _along(xy: Floats, owner: Ints, first: Ints) -> Floats:
    """How far along its edge each vertex lies, 0 to 1."""
    step = np.zeros(len(xy))
    east, north = _km_between(xy[:-1], xy[1:]).T
    step[1:] = np.hypot(east, north)
    step[first[:-1]] = 0.0
    run = np.cumsum(step)
    run -= run[first[:-1]][owner]
    total = run[first[1:] - 1]
    return run / np.where(total > 0, total, 1.0)[owner]


def _km_between(a: Floats, b: Floats) -> Floats:
    """East and north kilometres from `a` to `b`: the ellipsoid is taken as flat round `a`.

    Error below 1e-4 of the distance within 60 km at these latitudes.
    """
    lat = np.radians(a[..., 1])
    w = np.sqrt(1 - WGS84_E2 * np.sin(lat) ** 2)
    east = WGS84_A_KM / w * np.cos(lat)
    north = WGS84_A_KM * (1 - WGS84_E2) / w**3
    return np.radians(b - a) * np.stack([east, north], axis=-1)


def shortest_edges(
    u: Ints, v: Ints, track_km: Floats, size: int
) -> tuple[csr_array, dict[tuple[int, int], int]]:
    """The shortest edge between any two nodes, as a matrix of lengths and as a table."""
    from scipy.sparse import csr_array

    shortest: dict[tuple[int, int], int] = {}
    for edge in np.argsort(track_km, kind="stable").tolist():
        shortest.setdefault((int(u[edge]), int(v[edge])), edge)
        shortest.setdefault((int(v[edge]), int(u[edge])), edge)
    rows, columns = np.array(list(shortest)).T
    kept = list(shortest.values())
    return csr_array((track_km[kept], (rows, columns)), shape=(size, size)), shortest


def distances_km(point: tuple[float, float], xy: Floats) -> Floats:
    """Distance of a point from each of some points near it."""
    east, north = _km_between(np.broadcast_to(np.array(point), xy.shape), xy).T
    km: Floats = np.hypot(east, north)
    return km


def offsets(xy: Floats, lon: float, lat: float) -> tuple[Floats, Floats]:
    """Distance (km) of a point from each segment of a line, and how far along it (0 to 1)."""
    point = np.array([lon, lat])
    east_north = _km_between(np.broadcast_to(point, xy.shape), xy)
    a, step = east_north[:-1], np.diff(east_north, axis=0)
    length2 = np.einsum("ij,ij->i", step, step)
    along = -np.einsum("ij,ij->i", a, step) / np.where(length2 > 0, length2, 1.0)
    along = np.clip(along, 0.0, 1.0)
    east, north = (a + along[:, None] * step).T
    return np.hypot(east, north), along


@lru_cache(maxsize=4096)
def snap(lon: float, lat: float) -> Spot:
    """The point of the network nearest to a point."""
    network = load()
    km, along = offsets(network.xy, lon, lat)
    km[network.first[1:-1] - 1] = np.inf  # from the end of one edge to the start of the next
    nearest = int(km.argmin())
    edge = int(np.searchsorted(network.first, nearest, side="right")) - 1
    a, b = network.share[nearest], network.share[nearest + 1]
    return Spot(edge, float(a + along[nearest] * (b - a)), float(km[nearest]))


@lru_cache(maxsize=512)
def tree(node: int) -> tuple[Floats, Ints]:
    """Track length from a node to every other, and the node before each on the way."""
    from scipy.sparse.csgraph import dijkstra

    km, before = dijkstra(load().graph, indices=[node], return_predecessors=True)
    return km[0], before[0]


def ends(spot: Spot) -> tuple[tuple[int, float, float], tuple[int, float, float]]:
    """The nodes at both ends of a spot's edge: node, its fraction, track length to it."""
    network = load()
    km = float(network.track_km[spot.edge])
    u, v = int(network.u[spot.edge]), int(network.v[spot.edge])
    return (u, 0.0, spot.fraction * km), (v, 1.0, (1 - spot.fraction) * km)


@lru_cache(maxsize=512)
def piece(a: Spot, b: Spot) -> Path | None:
    """The shortest way from one spot to another; None when no track joins them."""
    best = np.inf
    nodes: tuple[int, float, int, float] | None = None
    if a.edge == b.edge:
        best = abs(a.fraction - b.fraction) * float(load().track_km[a.edge])
    for x, x_at, x_km in ends(a):
        km, _ = tree(x)
        for y, y_at, y_km in ends(b):
            if (total := x_km + float(km[y]) + y_km) < best:
                best, nodes = total, (x, x_at, y, y_at)
    if best == np.inf:
        return None
    if nodes is None:
        return Path(np.array([a.edge]), np.array([a.fraction]), np.array([b.fraction]))
    x, x_at, y, y_at = nodes
    between = edges_between(x, y)
    return join(
        [
            Path(np.array([a.edge]), np.array([a.fraction]), np.array([x_at])),
            between,
            Path(np.array([b.edge]), np.array([y_at]), np.array([b.fraction])),
        ]
    )


def edges_between(x: int, y: int) -> Path:
    """Whole edges on the shortest way from node to node."""
    network = load()
    before = tree(x)[1].tolist()
    nodes = [y]
    while nodes[-1] != x:
        nodes.append(before[nodes[-1]])
    nodes.reverse()
    edges = [network.edge_between[step] for step in pairwise(nodes)]
    edge = np.array(edges, dtype=np.int64)
    start = (network.u[edge] != np.array(nodes[:-1], dtype=np.int64)).astype(float)
    return Path(edge, start, 1 - start)


def join(paths: list[Path]) -> Path:
    """Paths one after the other, without steps that go nowhere."""
    edge = np.concatenate([path.edge for path in paths])
    start = np.concatenate([path.start for path in paths])
    stop = np.concatenate([path.stop for path in paths])
    moves = start != stop
    return Path(edge[moves], start[moves], stop[moves])


@cache
def bridge() -> tuple[float, float]:
    """The one node where North Korean and Russian track meet (longitude, latitude)."""
    network = load()
    korean = network.country == "KP"
    theirs = np.concatenate([network.u[korean], network.v[korean]])
    ours = np.concatenate([network.u[~korean], network.v[~korean]])
    (node,) = np.intersect1d(theirs, ours)
    edge = int(np.flatnonzero(network.u == node)[0])
    lon, lat = network.xy[network.first[edge]]
    return float(lon), float(lat)


@cache
def unsurveyed() -> shapely.STRtree:
    """Index of the edges that are not surveyed track."""
    import shapely

    network = load()
    spans = [
        network.xy[network.first[e] : network.first[e + 1]]
        for e in np.flatnonzero(~network.surveyed)
    ]
    return shapely.STRtree([shapely.LineString(xy) for xy in spans])
