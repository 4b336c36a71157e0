"""Make `seeds/sea_ocean.npz`: the corners of the world's coasts that ships turn at, and their sights.

Corners are the bends of water that keeps 4 km off land where that fits, else 1 km. All that see
each other are joined; then only those are kept that lie on a shortest path between two ports, with
the canals and the Arctic open or closed. Reads `seeds/sea_water.npz` and `seeds/sea_passages.csv`.
Needs `pip install rasterio searoute==1.6.0` (the latter for its list of ports alone); takes about
45 minutes of CPU. Run from the root of the repository:

    python seeds/build/sea_ocean.py
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import shapely
from pyproj import Geod, Transformer
from rasterio.features import shapes
from rasterio.transform import from_origin
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from geo.sea import globe
from geo.sea.harbour import Harbour
from geo.sea.ocean import Ocean
from geo.sea.passages import passages
from geo.sea.sights import Sights
from geo.sea.water import CELLS_A_DEGREE, COLUMNS, cells, centres, water
from sea_offset import free_water, narrows
from sea_water import save

SEEDS = Path(__file__).resolve().parents[1]
WGS84 = Geod(ellps="WGS84")
BLOCK = 10
#: Blocks overlap, so that a corner near an edge is found with the coast beyond it.
PAD = 1
CLEARANCES_M = (4000.0, 1000.0)
#: Share of the clearance by which walls may be simplified; they start so much farther out.
SIMPLIFIED = 0.5
#: The grid's steps are smoothed away before walls are drawn.
SMOOTHED_M = 400.0
#: Sharper bends are where a wide clearance ends at a narrows: no coast is there.
SHARPEST_DEGREES = 150.0
#: Corners in narrows see no farther than this.
NARROWS_KM = 80.0
#: How far, as a sine, a line may lean into a wall when sights are sought.
LEAN = 1e-4
#: Ports farther than this from the water grid are not used.
PORT_KM = 12.0
#: Ports see corners this near, and reach so many over their own waters.
PORT_SIGHT_KM = 300.0
PORT_WAYS = 24
#: With a canal closed, shortest paths are followed from so many ports, far apart, to all.
SOURCES = 200
#: Fewer corners than this that see no other are no sea.
SMALLEST_PART = 20
CANALS = ("suez-canal", "panama-canal", "kiel-canal")
ARCTIC = ("northern-sea-route", "northwest-passage")


def land_of(west: int, south: int) -> np.ndarray:
    """Land polygons of the grid around a block, in degrees."""
    size = (BLOCK + 2 * PAD) * CELLS_A_DEGREE
    north = min(south + BLOCK + PAD, 90)
    rows = (north - max(south - PAD, -90)) * CELLS_A_DEGREE
    x = (np.arange(size) + (west - PAD + 180) * CELLS_A_DEGREE) % COLUMNS
    y = np.arange(rows) + (90 - north) * CELLS_A_DEGREE
    xx, yy = np.meshgrid(x, y)
    dry = water().dry_cells(xx.ravel(), yy.ravel()).reshape(xx.shape)
    grid = from_origin(west - PAD, north, 1 / CELLS_A_DEGREE, 1 / CELLS_A_DEGREE)
    found = shapes(dry.astype(np.uint8), mask=dry, connectivity=4, transform=grid)
    return np.array(
        [shapely.Polygon(s["coordinates"][0], s["coordinates"][1:]) for s, _ in found], object
    )


def corners_of(west: int, south: int) -> np.ndarray:
    """Corners of a block: longitude, latitude, headings of both walls, whether in narrows."""
    land = land_of(west, south)
    if not len(land):
        return np.empty((0, 5))
    middle = f"+lon_0={west + BLOCK / 2} +lat_0={south + BLOCK / 2}"
    convert = Transformer.from_crs("EPSG:4326", f"+proj=aeqd {middle} +datum=WGS84", always_xy=True)

    def to_plane(points):
        return np.column_stack(convert.transform(*points.T))

    edge = PAD * 0.9
    box = shapely.box(
        west - edge, south - edge, west + BLOCK + edge, min(south + BLOCK + edge, 89.9)
    )
    window = shapely.make_valid(shapely.transform(shapely.segmentize(box, 0.2), to_plane))
    land = shapely.simplify(shapely.transform(land, to_plane), SMOOTHED_M)
    found = [bends(part) for part in free_parts(window, land)]
    rows = []
    for narrow, bend in enumerate(found):
        points = [
            np.column_stack(convert.transform(*bend[:, k].T, direction="INVERSE")) for k in range(3)
        ]
        heads = [WGS84.inv(*points[0].T, *points[k].T)[0] % 360 for k in (1, 2)]
        rows.append(np.column_stack([points[0], *heads, np.full(len(bend), narrow)]))
    return chosen(np.concatenate(rows), west, south)


def free_parts(window: shapely.Geometry, land: np.ndarray) -> list[shapely.Geometry]:
    """Water with the wide clearance, and that with the small one where the wide does not fit."""
    wide, small = CLEARANCES_M
    sea = shapely.difference(window, shapely.union_all(land))
    free = free_water(window, land, wide, wide * SIMPLIFIED)
    within = narrows(sea, free, wide * (1 + 2 * SIMPLIFIED))
    closer = free_water(window, land, small, small * SIMPLIFIED)
    return [free, shapely.intersection(closer, within)]


def bends(free: shapely.Geometry) -> np.ndarray:
    """Bends round land, `(n, 3, 2)`: the corner and its neighbours on the wall."""
    found = [np.empty((0, 3, 2))]
    for part in shapely.get_parts(shapely.orient_polygons(free)):
        for ring in (part.exterior, *part.interiors):
            at = shapely.get_coordinates(ring)[:-1]
            back, on = np.roll(at, 1, axis=0) - at, np.roll(at, -1, axis=0) - at
            turn = on[:, 0] * back[:, 1] - on[:, 1] * back[:, 0] < 0
            found.append(np.stack([at, at + back, at + on], axis=1)[turn])
    return np.concatenate(found)


def chosen(corners: np.ndarray, west: int, south: int) -> np.ndarray:
    """Corners of the block itself that are afloat, no cusps, and not in the ice for good."""
    lon, lat, head, other, _ = corners.T
    keep = (lon >= west) & (lon < west + BLOCK) & (lat >= south) & (lat < south + BLOCK)
    keep &= 180 - np.abs((head - other + 180) % 360 - 180) < SHARPEST_DEGREES
    keep &= ~water().dry(lon, lat)
    siberian = (lon > -20) | (lon < -165)
    keep &= (lat < 72) | (siberian & (lat < 81)) | (lat < 76)
    keep &= (lat > -58) | ((lat > -68) & (lon > -75) & (lon < -40))
    return corners[keep]


def all_corners() -> tuple[Ocean, np.ndarray]:
    """Every corner, in the order of their cells, and which lie in narrows."""
    found = np.concatenate(
        [
            corners_of(west, south)
            for south in range(-70, 90, BLOCK)
            for west in range(-180, 180, BLOCK)
        ]
    )
    x, y = cells(*found[:, :2].T)
    _, first = np.unique(y * COLUMNS + x, return_index=True)
    lonlat = np.column_stack(centres(x[first], y[first]))
    chart = Ocean(lonlat, found[first, 2:4], np.empty((0, 2), np.int64), water())
    return chart, found[first, 4] == 1


def useful(chart: Ocean, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Which pairs of corners lie on a line that grazes both."""
    keep = np.ones(len(i), np.bool_)
    for a, b in ((i, j), (j, i)):
        side = np.einsum("nkc,nc->nk", chart.sides[a], chart.at[b])
        keep &= ~((side.max(axis=1) > LEAN) & (side.min(axis=1) < -LEAN))
    return keep


def seen_pairs(chart: Ocean, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Pairs that see each other along a useful line."""
    found = [np.empty((0, 2), np.int64)]
    for k in range(0, len(i), 50_000):
        a, b = i[k : k + 50_000], j[k : k + 50_000]
        keep = useful(chart, a, b)
        a, b = a[keep], b[keep]
        seen = chart.water.sees(chart.at[a], chart.at[b])
        found.append(np.column_stack([a[seen], b[seen]]))
    return np.concatenate(found)


def all_pairs(chart: Ocean, narrow: np.ndarray) -> np.ndarray:
    """Every sight: in narrows as far as they reach, over open sea any distance."""
    near = cKDTree(chart.at).query_pairs(NARROWS_KM / 6371, output_type="ndarray")
    found = [seen_pairs(chart, *near[narrow[near].any(axis=1)].T)]
    wide = np.flatnonzero(~narrow)
    at, sides = chart.at[wide].astype(np.float32), chart.sides[wide].astype(np.float32)
    for k in range(0, len(wide), 200):
        side = np.einsum("ikc,jc->ikj", sides[k : k + 200], at[k:], optimize=True)
        hits = (side.max(axis=1) > LEAN) & (side.min(axis=1) < -LEAN)
        i, j = np.nonzero(~hits)
        found.append(seen_pairs(chart, wide[k + i[j > i]], wide[k + j[j > i]]))
    return np.unique(np.sort(np.concatenate(found), axis=1), axis=0)


def ports() -> np.ndarray:
    """Sea ports of searoute's list, moved to water, the farthest from all before it first."""
    path = files("searoute").joinpath("data/ports.geojson")
    given = [f["geometry"]["coordinates"] for f in json.loads(path.read_text())["features"]]
    afloat = {water().nearest(*point, PORT_KM) for point in given} - {None}
    points = np.array(sorted(afloat))
    at = globe.vectors(points)
    order, apart = [0], globe.angle(at, np.broadcast_to(at[0], at.shape))
    while len(order) < len(points):
        order.append(int(np.argmax(apart)))
        apart = np.minimum(apart, globe.angle(at, np.broadcast_to(at[order[-1]], at.shape)))
    return points[order]


def port_sights(chart: Ocean, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (port, corner) by port, and metres: what each sees or reaches over its own waters."""
    tree, pairs, metres = cKDTree(chart.at), [], []
    for port, point in enumerate(points):
        at = globe.vectors(point[None])
        near = np.array(tree.query_ball_point(at[0], PORT_SIGHT_KM / 6371), np.int64)
        here = np.broadcast_to(at, (len(near), 3))
        near = near[chart.tangent(near, here)]
        near = near[chart.water.sees(here[: len(near)], chart.at[near])]
        lonlat = chart.lonlat[near]
        straight = globe.metres(np.broadcast_to(point, lonlat.shape), lonlat)
        waters = Harbour.around(tuple(point.tolist()), water(), ())
        reached, over_cells = waters.reached(chart.lonlat)
        nearest = np.argsort(over_cells, kind="stable")[:PORT_WAYS]
        corners = np.append(near, reached[nearest])
        pairs.append(np.column_stack([np.full(len(corners), port), corners]))
        metres.append(np.append(straight, over_cells[nearest]))
    return np.concatenate(pairs), np.concatenate(metres)


def travelled(
    chart: Ocean, sources: int, port_pairs: np.ndarray, port_m: np.ndarray, closed: set[str]
) -> np.ndarray:
    """Which corners lie on a shortest path from the first ports to all when passages are closed."""
    i, j = chart.pairs.T
    shut = np.zeros(len(i), np.bool_)
    for name in closed:
        shut |= passages()[name].crossed(chart.at[i], chart.at[j])
    sights = Sights(len(chart.at), chart.pairs[~shut], chart.sights.metres[~shut])
    port, corner = port_pairs.T
    first = np.flatnonzero(np.diff(port, prepend=-1))
    used = np.zeros(len(chart.at), np.bool_)
    for source in range(sources):
        mine = port == source
        reach = sights.reach(corner[mine], port_m[mine])
        through = reach.distance_m[corner] + port_m
        nearest = np.repeat(np.minimum.reduceat(through, first), np.diff(first, append=len(port)))
        walk = np.unique(corner[np.isfinite(through) & (through == nearest)])
        walked = np.zeros(len(chart.at) + 1, np.bool_)
        while len(walk):
            walked[walk] = True
            walk = np.unique(reach.before[walk])
            walk = walk[(walk < len(chart.at)) & ~walked[walk]]
        used |= walked[:-1]
    return used


def kept(chart: Ocean, used: np.ndarray) -> Ocean:
    """The chart with the used corners, all fairways and the sights between these.

    Corners in waters of their own too small for a voyage are left out.
    """
    used = used & (chart.walls[:, 0] >= 0)
    i, j = chart.pairs[used[chart.pairs].all(axis=1)].T
    graph = coo_array((np.ones(len(i)), (i, j)), shape=(len(used), len(used)))
    _, part = connected_components(graph, directed=False)
    large = np.bincount(part[used], minlength=len(used)) >= SMALLEST_PART
    keep = np.flatnonzero((used & large[part]) | np.isnan(chart.walls[:, 0]))
    number = np.full(len(chart.at), -1)
    number[keep] = np.arange(len(keep))
    pairs = number[chart.pairs]
    pairs = pairs[(pairs >= 0).all(axis=1)]
    return Ocean(chart.lonlat[keep], chart.walls[keep], pairs, chart.water)


def main() -> None:
    chart, narrow = all_corners()
    chart = Ocean(chart.lonlat, chart.walls, all_pairs(chart, narrow), chart.water)
    whole = chart.with_fairways([p.fairway for p in passages().values() if len(p.fairway)])
    points = ports()
    sights = port_sights(whole, points)
    ice = {name for name, passage in passages().items() if not passage.is_open}
    used = np.zeros(len(whole.at), np.bool_)
    used |= travelled(whole, len(points), *sights, ice)
    for canals in (CANALS, CANALS[:1], CANALS[1:2]):
        used |= travelled(whole, SOURCES, *sights, ice | set(canals))
    for opened in ARCTIC:
        used |= travelled(whole, SOURCES, *sights, ice - {opened})
    save(SEEDS / "sea_ocean.npz", kept(whole, used).to_arrays())


if __name__ == "__main__":
    main()
