"""Build `seeds/rail_network.parquet`: the railway of Russia and North Korea, ready to route on.

The track comes from OpenStreetMap through the `world_railways` graph of the Python package
scgraph_data 2.0.0, borders from Natural Earth 1:10m through the JavaScript package world-atlas
2.0.2. Fetch both, then build (half a minute, half a gigabyte of memory):

    pip download --no-deps scgraph_data==2.0.0
    npm pack world-atlas@2.0.2
    python seeds/build/rail_network.py FOLDER_WITH_BOTH_FILES seeds/rail_network.parquet

Steps: read the graph as text (importing it takes minutes and gigabytes); keep what lies in the two
countries; bend long chords through their stations; close gaps; add the Dunai line and a siding at
Rajin; prune yard stubs; contract chains to single edges. The same inputs give the same table, and
with the pyarrow version that the provenance names the same bytes.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import re
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

Node = tuple[float, float]

SHA256 = {
    "scgraph_data-2.0.0-py3-none-any.whl":
        "a8df15f4d9b4cce945f195b27c9e239ac49ebfa81aa948afc882b28653725406",
    "world-atlas-2.0.2.tgz":
        "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
}  # fmt: skip
RAILWAYS, BORDERS = SHA256

ISO = {"Russia": "RU", "North Korea": "KP"}
#: Crimea is not in: Natural Earth draws who controls it, the United Nations holds it Ukraine's.
CRIMEA = shapely.box(32.3, 44.3, 36.6, 46.25)
#: A node may lie this far inside another country, and an edge's chord this far: borders are drawn
#: to 0.3 km, nodes to 0.1 km, and chords along border rivers cut the bends.
NODE_ABROAD_DEG, CHORD_ABROAD_DEG = 0.005, 0.03
CHORD_SAMPLES = 9

#: The source misses short pieces of track. A gap is closed when it is no longer than this and the
#: way round is many times as long.
MAX_GAP_KM, MIN_DETOUR = 2.6, 8.0
#: Shorter ends of track are yards.
MAX_STUB_KM = 2.0
#: Networks shorter than this, joined to nothing, are left out.
MIN_NETWORK_KM = 30.0
#: Parallel tracks this much longer than the shortest of them are one line.
PARALLEL = 1.3

#: The Smolyaninovo-Dunai line is not in the source. Its stations in order, from the junction
#: (OpenStreetMap nodes, with their ids). No length of it is published: it is taken as straight
#: lines between stations, times what track is to straight lines on the neighbouring Nakhodka line.
DUNAI_LINE = (
    (132.456, 43.283),
    (132.3951, 43.1544),  # Petrovka, 6997618169
    (132.3448, 43.1250),  # Bolshoy Kamen, 6997618168
    (132.3355, 43.0022),  # Strelkovaya, 6997618170
    (132.3323, 42.9293),  # Yuzhnorechensk, 6997618171
    (132.3428, 42.8761),  # Dunay, 6997618172
)
TRACK_PER_STRAIGHT_KM = 1.17
#: From the track at Rajin round the head of the bay to the piers (World Port Index, port of Najin).
RAJIN_SIDING = ((130.287, 42.238), (130.297, 42.2415), (130.3, 42.2333))

#: Stations on two lines that the source draws in chords of up to 71 km: the chords are bent
#: through them, their lengths are kept.
STATIONS_ON_CHORDS = (
    # Baranovsky-Khasan (OpenStreetMap nodes, with their ids)
    (131.6435, 43.1782),  # Barsovy, 531685029
    (131.5968, 43.1030),  # Primorskaya, 7024769933
    (131.5306, 43.0377),  # Kedrovy, 7024769932
    (131.3216, 42.9372),  # Bamburovo, 7024769931
    (131.2435, 42.8771),  # Poyma, 7030134142
    (131.2513, 42.8063),  # Ryazanovka, 7030134141
    (131.1243, 42.7218),  # Sukhanovka, 7024769929
    (130.9063, 42.6928),  # Gvozdevo, 7024769928
    (130.7770, 42.7034),  # Makhalino, 3139477838
    # Bataysk-Salsk (towns with their station: GeoNames; Ataman: published coordinates)
    (40.3083, 46.8452),  # Zernograd
    (40.4560, 46.7713),  # Mechetinskaya
    (40.6644, 46.5758),  # Ataman at Yegorlykskaya
    (41.0328, 46.5338),  # Tselina
    (41.3419, 46.5067),  # Gigant
)
MIN_CHORD_KM, STATION_OFF_CHORD_KM = 8.0, 20.0

EARTH_KM = 6371.0088


@dataclass(eq=False)
class Edge:
    """Track between two nodes, which are the ends of its line; `km` is its length as tracked."""

    line: list[Node]
    km: float
    iso: str
    src: str = "osm"

    @property
    def ends(self) -> tuple[Node, Node]:
        """The nodes it joins."""
        return self.line[0], self.line[-1]


class Track:
    """Edges, and which of them meet at a node."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.at: dict[Node, list[Edge]] = defaultdict(list)
        for edge in edges:
            self.add(edge)

    def add(self, edge: Edge) -> None:
        """Lay an edge."""
        for node in set(edge.ends):
            self.at[node].append(edge)

    def remove(self, edge: Edge) -> None:
        """Take an edge up, and the nodes nothing else meets at."""
        for node in set(edge.ends):
            self.at[node].remove(edge)
            if not self.at[node]:
                del self.at[node]

    def edges(self) -> list[Edge]:
        """Each edge once, in an order that does not depend on how it came here."""
        once = {id(edge): edge for edges in self.at.values() for edge in edges}
        return sorted(once.values(), key=lambda edge: (min(edge.ends), max(edge.ends), edge.km))

    def within(self, a: Node, b: Node, limit_km: float) -> bool:
        """Whether a way from a to b is shorter than a limit."""
        queue, done = [(0.0, a)], set()
        while queue:
            km, node = heapq.heappop(queue)
            if node == b:
                return True
            if node in done:
                continue
            done.add(node)
            for edge in self.at[node]:
                if km + edge.km < limit_km:
                    heapq.heappush(queue, (km + edge.km, other(edge, node)))
        return False


def other(edge: Edge, node: Node) -> Node:
    """The node at the far end of an edge."""
    a, b = edge.ends
    return b if node == a else a


def km_between(a: Node, b: Node) -> float:
    """Great-circle distance."""
    (x, y), (u, v) = np.radians([a, b])
    h = np.sin((v - y) / 2) ** 2 + np.cos(y) * np.cos(v) * np.sin((u - x) / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(h)))


def read_railways(
    wheel: Path,
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Nodes (longitude, latitude), edges as pairs of nodes, and their kilometres."""
    text = zipfile.ZipFile(wheel).read("scgraph_data/world_railways.py").decode()
    lines = {line.split("=")[0]: line for line in text.splitlines()}
    nodes = np.array(json.loads(lines["nodes"].removeprefix("nodes=")))[:, ::-1]
    neighbours = lines["graph"].split("}")[:-1]
    counts = [part.count(":") for part in neighbours]
    numbers = np.array(re.findall(r"[0-9.]+", lines["graph"]), dtype=float).reshape(-1, 2)
    pairs = np.column_stack([np.repeat(np.arange(len(counts)), counts), numbers[:, 0].astype(int)])
    once = pairs[:, 0] < pairs[:, 1]
    return nodes, pairs[once], numbers[once, 1]


def read_borders(package: Path) -> dict[str, shapely.Geometry]:
    """Countries by name, decoded from TopoJSON."""
    with tarfile.open(package) as tar:
        file = tar.extractfile("package/countries-10m.json")
        topology = json.load(file) if file else {}
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]
    countries = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        areas = [area([ring(arcs, outline) for outline in part]) for part in parts]
        countries[shape["properties"]["name"]] = shapely.union_all(areas)
    return countries


def ring(arcs: list[NDArray[np.float64]], indices: list[int]) -> NDArray[np.float64]:
    """One outline, kept whole where it crosses the 180th meridian."""
    xy = np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices])
    xy[:, 0] = np.unwrap(xy[:, 0], period=360)
    xy[:, 0] += 360 * (xy[:, 0].min() < -181)
    return xy


def area(rings: list[NDArray[np.float64]]) -> shapely.Geometry:
    """A polygon with holes; islets that the encoding shrank to a line are left out."""
    outlines = [outline for outline in rings if len(outline) > 3]
    return shapely.make_valid(shapely.Polygon(outlines[0], outlines[1:])) if outlines else None


def clip(
    nodes: NDArray[np.float64],
    pairs: NDArray[np.int64],
    km: NDArray[np.float64],
    countries: dict[str, shapely.Geometry],
) -> Track:
    """Track inside the two countries."""
    ours = {ISO[name]: countries[name] for name in ISO}
    both = shapely.union_all(list(ours.values()))
    near = shapely.buffer(both, 2 * CHORD_ABROAD_DEG)
    shapely.prepare(near)
    inside = shapely.contains(near, shapely.points(nodes))
    kept = inside[pairs].all(axis=1)
    pairs, km = pairs[kept], km[kept]
    samples = chord_points(nodes, pairs)
    abroad = depth_abroad(samples, both, [c for name, c in countries.items() if name not in ISO])
    kept = (abroad[:, [0, -1]].max(axis=1) <= NODE_ABROAD_DEG) & (
        abroad.max(axis=1) <= CHORD_ABROAD_DEG
    )
    kept &= ~shapely.intersects(CRIMEA, samples).any(axis=1)
    pairs, km, middles = pairs[kept], km[kept], samples[kept, CHORD_SAMPLES // 2]
    korean = shapely.distance(ours["KP"], middles) < shapely.distance(ours["RU"], middles)
    iso = np.where(korean, "KP", "RU").tolist()
    ends = [[tuple(xy) for xy in line] for line in nodes[pairs].tolist()]
    return Track(map(Edge, ends, km.tolist(), iso))


def chord_points(nodes: NDArray[np.float64], pairs: NDArray[np.int64]) -> NDArray[np.object_]:
    """Points along each edge, its ends first and last."""
    a, b = nodes[pairs[:, 0], None], nodes[pairs[:, 1], None]
    share = np.linspace(0, 1, CHORD_SAMPLES)[:, None]
    points: NDArray[np.object_] = shapely.points(a + (b - a) * share)
    return points


def depth_abroad(
    points: NDArray[np.object_], ours: shapely.Geometry, others: list[shapely.Geometry]
) -> NDArray[np.float64]:
    """How far (degrees) points lie inside countries that are not ours; at sea is not abroad."""
    near = shapely.buffer(ours, 1)
    foreign = shapely.union_all([c for c in others if shapely.intersects(near, c)])
    shapely.prepare(foreign)
    inside = shapely.contains(foreign, points)
    depth = np.zeros(points.shape)
    depth[inside] = shapely.distance(points[inside], ours)
    return depth


def bend_chords(track: Track) -> None:
    """Bend long chords through the stations on them; lengths stay those of the track."""
    for edge in track.edges():
        chord = shapely.LineString(edge.line)
        stops = []
        for station in STATIONS_ON_CHORDS:
            along = shapely.line_locate_point(chord, shapely.Point(station), normalized=True)
            foot = shapely.line_interpolate_point(chord, along, normalized=True)
            off_km = km_between(station, (foot.x, foot.y))
            if 0 < along < 1 and off_km < STATION_OFF_CHORD_KM and edge.km > MIN_CHORD_KM:
                stops.append((along, station))
        line = [edge.line[0], *(station for _, station in sorted(stops)), edge.line[-1]]
        # Stations and track come from different sources: they must agree.
        if stops and sum(map(km_between, line, line[1:])) > edge.km:
            raise ValueError(f"stations make the line {edge.ends} longer than its track")
        edge.line = line


def close_gaps(track: Track) -> None:
    """Join dangling ends of track to what lies near, where the way round is far."""
    nodes = sorted(track.at)
    x, y = np.radians(nodes).T
    sphere = EARTH_KM * np.column_stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])
    near = cKDTree(sphere).query_pairs(MAX_GAP_KM, output_type="ndarray")
    gaps = sorted((km_between(nodes[i], nodes[j]), nodes[i], nodes[j]) for i, j in near.tolist())
    for km, a, b in gaps:
        dangling = min(len(track.at[a]), len(track.at[b])) == 1
        at_home = track.at[a][0].iso == track.at[b][0].iso
        if dangling and at_home and km > 0 and not track.within(a, b, MIN_DETOUR * km):
            track.add(Edge([a, b], km, track.at[a][0].iso, "gap"))


def add_spurs(track: Track) -> None:
    """The Dunai line, and the siding to the piers of Rajin."""
    for line, iso, src, factor in (
        (DUNAI_LINE, "RU", "spur", TRACK_PER_STRAIGHT_KM),
        (RAJIN_SIDING, "KP", "siding", 1.0),
    ):
        if line[0] not in track.at:
            raise ValueError(f"no track at {line[0]}, where a {src} begins")
        km = factor * sum(map(km_between, line, line[1:]))
        track.add(Edge(list(line), km, iso, src))


def prune(track: Track) -> None:
    """Cut yard stubs: short chains from a dead end to the first junction."""
    for chain in [list(dead_end(track, node)) for node in sorted(track.at)]:
        stops_at_junction = chain and any(len(track.at[node]) > 2 for node in chain[-1].ends)
        surveyed = all(edge.src == "osm" for edge in chain)
        if stops_at_junction and surveyed and sum(edge.km for edge in chain) < MAX_STUB_KM:
            for edge in chain:
                track.remove(edge)


def dead_end(track: Track, node: Node) -> Iterator[Edge]:
    """Edges from a dead end to the first junction."""
    before = None
    while len(onward := [edge for edge in track.at[node] if edge is not before]) == 1:
        if before is None and len(track.at[node]) != 1:
            return
        (before,) = onward
        yield before
        node = other(before, node)


def contract(track: Track) -> None:
    """Make each chain between junctions one edge, unless country or source changes."""
    for node in sorted(track.at):
        if len(track.at[node]) != 2:
            continue
        a, b = track.at[node]
        if a is b or (a.iso, a.src) != (b.iso, b.src):
            continue
        head = a.line if a.line[-1] == node else a.line[::-1]
        tail = b.line if b.line[0] == node else b.line[::-1]
        track.remove(a)
        track.remove(b)
        track.add(Edge(head + tail[1:], a.km + b.km, a.iso, a.src))


def merge_parallels(track: Track) -> None:
    """Keep one of several tracks of like length between two nodes, and no small loops."""
    shortest: dict[tuple[Node, Node], Edge] = {}
    for edge in track.edges():
        a, b = sorted(edge.ends)
        least = shortest.setdefault((a, b), edge)
        is_loop = a == b and edge.km < MAX_STUB_KM
        if is_loop or (edge is not least and edge.km < PARALLEL * least.km):
            track.remove(edge)


def keep_networks(track: Track) -> None:
    """Leave out short pieces that are joined to nothing."""
    nodes = {node: i for i, node in enumerate(sorted(track.at))}
    edges = track.edges()
    rows, columns = np.array([[nodes[end] for end in edge.ends] for edge in edges]).T
    size = (len(nodes), len(nodes))
    _, part = connected_components(coo_array((np.ones(len(edges)), (rows, columns)), shape=size))
    km = np.bincount(part[rows], weights=[edge.km for edge in edges])
    for edge, small in zip(edges, km[part[rows]] < MIN_NETWORK_KM, strict=True):
        if small:
            track.remove(edge)


def table(track: Track) -> pa.Table:
    """The network as GeoParquet: nodes numbered and edges sorted by where they lie."""
    number = {node: i for i, node in enumerate(sorted(track.at))}
    edges = track.edges()
    lines = [edge.line if edge.line[0] <= edge.line[-1] else edge.line[::-1] for edge in edges]
    geometry = [shapely.LineString(np.round(line, 4)) for line in lines]
    west, south, east, north = shapely.total_bounds(geometry).tolist()
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": ["LineString"],
                "bbox": [west, south, east, north],
            }
        },
    }
    columns = {
        "edge_id": pa.array(range(len(edges)), pa.int32()),
        "u": pa.array([number[line[0]] for line in lines], pa.int32()),
        "v": pa.array([number[line[-1]] for line in lines], pa.int32()),
        "km": pa.array([round(edge.km, 3) for edge in edges], pa.float32()),
        "iso": pa.array([edge.iso for edge in edges], pa.string()),
        "src": pa.array([edge.src for edge in edges], pa.string()),
        "geometry": pa.array(shapely.to_wkb(geometry).tolist(), pa.binary()),
    }
    return pa.table(columns).replace_schema_metadata({"geo": json.dumps(geo)})


def build(folder: Path) -> pa.Table:
    """All steps, from the three packages to the table."""
    for name, digest in SHA256.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise ValueError(f"{name} is not the file this network is made from")
    track = clip(*read_railways(folder / RAILWAYS), read_borders(folder / BORDERS))
    bend_chords(track)
    close_gaps(track)
    add_spurs(track)
    prune(track)
    count = 0
    while count != (count := len(track.edges())):
        contract(track)
        merge_parallels(track)
    keep_networks(track)
    return table(track)


if __name__ == "__main__":
    pq.write_table(build(Path(sys.argv[1])), sys.argv[2], compression="zstd", compression_level=19)
