"""Make `seeds/sea_passages.csv`: straits and canals with their gates and, where needed, fairways.

A gate is a line from shore to shore. A fairway is the way through a passage too narrow for corners
a kilometre off land, from sea room to sea room. Where the water grid of 0.005 degrees is open, it
is the shortest way over its cells; through narrower straits and the Suez Canal the shortest way at
least 100 m from both coasts; canals with locks are drawn by hand through towns and locks along
them, good to about a kilometre. Reads `seeds/sea_water.npz`; needs the coasts of PyPI
roaring-landmask 0.11; takes about a minute. Run from the root of the repository:

    python seeds/build/sea_passages.py
"""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer

from geo.sea import globe
from geo.sea.chart import Chart
from geo.sea.harbour import Harbour
from geo.sea.water import water
from sea_coast import land_within
from sea_offset import free_water

CLEARANCE_M, SLACK_M = 100.0, 20.0
#: Tips of fairways lie this near the water of the grid, and have sea room if it is this near.
TIP_KM, TIP_ROOM_DEGREES = 5.0, 0.01

#: passage, name, kind, open, gate.
PASSAGES = [
    ("gibraltar", "Strait of Gibraltar", "strait", "yes", "-5.60 36.06, -5.55 35.80"),
    ("dover", "Strait of Dover", "strait", "yes", "1.25 51.18, 1.65 50.82"),
    ("oresund", "The Sound", "strait", "yes", "12.50 56.03, 12.75 56.06"),
    ("great-belt", "Great Belt", "strait", "yes", "10.75 55.30, 11.25 55.37"),
    ("baltiysk", "Baltiysk Strait", "strait", "yes", "19.88 54.67, 19.90 54.60"),
    ("kiel-canal", "Kiel Canal", "canal", "yes", "9.62 54.34, 9.74 54.26"),
    ("corinth-canal", "Corinth Canal", "canal", "no", "22.95 37.91, 23.02 37.96"),
    ("messina", "Strait of Messina", "strait", "yes", "15.50 38.20, 15.70 38.20"),
    ("bonifacio", "Strait of Bonifacio", "strait", "yes", "9.18 41.42, 9.20 41.20"),
    ("otranto", "Strait of Otranto", "strait", "yes", "18.40 40.15, 19.50 40.35"),
    ("dardanelles", "Dardanelles", "strait", "yes", "26.32 40.16, 26.46 40.14"),
    ("bosporus", "Bosporus", "strait", "yes", "29.00 41.09, 29.12 41.10"),
    ("kerch", "Kerch Strait", "strait", "yes", "36.35 45.12, 36.75 45.12"),
    ("suez-canal", "Suez Canal", "canal", "yes", "32.20 30.86, 32.45 30.86"),
    ("bab-el-mandeb", "Bab-el-Mandeb", "strait", "yes", "43.55 12.80, 43.15 12.40"),
    ("hormuz", "Strait of Hormuz", "strait", "yes", "56.35 26.15, 56.45 27.10"),
    ("palk", "Palk Strait", "strait", "yes", "79.85 10.30, 80.00 9.75"),
    ("malacca", "Strait of Malacca", "strait", "yes", "101.45 3.00, 100.50 2.00"),
    ("singapore", "Singapore Strait", "strait", "yes", "103.85 1.40, 103.95 1.00"),
    ("sunda", "Sunda Strait", "strait", "yes", "106.05 -5.95, 105.65 -5.80"),
    ("lombok", "Lombok Strait", "strait", "yes", "115.50 -8.45, 116.10 -8.45"),
    ("bali", "Bali Strait", "strait", "yes", "114.33 -8.22, 114.48 -8.22"),
    ("makassar", "Makassar Strait", "strait", "yes", "117.40 -1.00, 119.80 -1.00"),
    ("torres", "Torres Strait", "strait", "yes", "142.50 -10.95, 142.60 -9.10"),
    ("cook", "Cook Strait", "strait", "yes", "174.10 -41.20, 174.95 -41.25"),
    ("taiwan", "Taiwan Strait", "strait", "yes", "119.20 25.60, 121.20 24.80"),
    ("korea", "Korea Strait", "strait", "yes", "129.00 35.40, 130.40 33.45"),
    ("kitan", "Kitan Strait", "strait", "yes", "134.95 34.28, 135.09 34.27"),
    ("akashi", "Akashi Strait", "strait", "yes", "135.03 34.66, 135.01 34.59"),
    ("bisan", "Bisan Seto", "strait", "yes", "133.81 34.47, 133.81 34.33"),
    ("kurushima", "Kurushima Strait", "strait", "yes", "132.98 34.20, 132.95 34.08"),
    ("kanmon", "Kanmon Strait", "strait", "yes", "130.92 33.98, 130.99 33.93"),
    ("tsugaru", "Tsugaru Strait", "strait", "yes", "140.12 41.55, 140.45 41.12"),
    ("la-perouse", "La Perouse Strait", "strait", "yes", "141.95 45.40, 142.10 46.05"),
    ("tatar", "Nevelskoy Strait", "strait", "yes", "141.20 52.15, 142.00 52.15"),
    ("bering", "Bering Strait", "strait", "yes", "-169.90 66.10, -167.90 65.60"),
    ("panama-canal", "Panama Canal", "canal", "yes", "-79.80 9.02, -79.60 9.16"),
    ("florida", "Straits of Florida", "strait", "yes", "-80.60 25.40, -81.00 22.90"),
    ("yucatan", "Yucatan Channel", "strait", "yes", "-87.20 21.40, -84.60 22.10"),
    ("windward", "Windward Passage", "strait", "yes", "-74.40 20.35, -73.20 19.70"),
    ("mona", "Mona Passage", "strait", "yes", "-68.60 18.60, -67.00 18.30"),
    ("magellan", "Strait of Magellan", "strait", "yes", "-69.65 -52.35, -69.40 -52.62"),
    ("cape-horn", "Cape Horn", "cape", "yes", "-67.30 -55.80, -60.00 -63.80"),
    ("good-hope", "Cape of Good Hope", "cape", "yes", "19.60 -34.40, 19.60 -69.50"),
    ("northern-sea-route", "Vilkitsky Strait and round Severnaya Zemlya", "ice", "no",
     "104.30 77.30, 96.00 83.00"),
    ("transpolar", "Central Arctic Ocean", "ice", "no",
     "96.00 83.00, 95.00 89.90, -100.00 88.00, -100.00 81.00"),
    ("northwest-passage", "Northwest Passage at 100 W", "ice", "no",
     "-100.00 66.50, -100.00 81.00"),
]  # fmt: skip

#: Points with sea room on either side of a strait that the water grid shows, and within a long one.
WIDER = {
    "messina": ((15.70, 38.40), (15.45, 37.85)),
    "bali": ((114.42, -8.85), (114.45, -7.95)),
    "magellan": ((-68.20, -52.55), (-70.85, -53.50), (-75.10, -52.55)),
    "kitan": ((134.85, 33.90), (135.15, 34.45)),
    "akashi": ((135.15, 34.45), (134.65, 34.60)),
    "bisan": ((134.45, 34.50), (133.20, 34.20)),
}

#: Two points in the open water on either side of one that it does not.
THROUGH = {
    "bosporus": ((29.15, 41.26), (28.98, 40.97)),
    "dardanelles": ((26.12, 40.03), (26.80, 40.45)),
    "kerch": ((36.60, 45.52), (36.52, 44.95)),
    "kanmon": ((131.05, 33.97), (130.82, 33.97)),
    "baltiysk": ((19.80, 54.65), (20.00, 54.62)),
    "kurushima": ((133.10, 34.15), (132.85, 34.13)),
    "suez-canal": ((32.37, 31.42), (32.55, 29.83)),
}

#: From sea to sea. Panama: Cristobal, Gatun locks, Gatun lake, Gamboa, Culebra cut, Pedro Miguel
#: and Miraflores locks, Balboa. Kiel: Brunsbuettel, Hochdonn, Gruenental, Oldenbuettel, Rendsburg,
#: Sehestedt, Levensau, Holtenau. Corinth: Poseidonia, Isthmia.
LOCKED = {
    "panama-canal": "-79.92 9.42, -79.92 9.28, -79.90 9.20, -79.84 9.14, -79.70 9.11, -79.66 9.05, "
    "-79.60 9.01, -79.565 8.95, -79.52 8.87",
    "kiel-canal": "9.10 53.87, 9.146 53.893, 9.28 54.00, 9.299 54.023, 9.318 54.13, 9.42 54.165, "
    "9.682 54.30, 9.818 54.366, 10.075 54.364, 10.15 54.37, 10.20 54.42",
    "corinth-canal": "22.945 37.965, 22.957 37.957, 23.010 37.915, 23.025 37.905",
}


def over_cells(points: tuple[tuple[float, float], ...]) -> np.ndarray:
    """The shortest way from point to point over the cells of the grid."""
    waters = [Harbour.around(point, water(), ()) for point in points]
    return taut(np.concatenate([a.across(b) for a, b in pairwise(waters)]))


def taut(way: np.ndarray) -> np.ndarray:
    """A way over cells without the turns it can do without."""
    at, kept = globe.vectors(way), [0]
    while kept[-1] < len(way) - 1:
        ahead = np.arange(kept[-1] + 1, len(way))
        seen = water().sees(np.broadcast_to(at[kept[-1]], (len(ahead), 3)), at[ahead])
        seen[0] = True
        kept.append(int(ahead[seen][-1]))
    return way[kept]


def to_sea_room(tip: np.ndarray) -> np.ndarray:
    """The way from the tip of a fairway to the nearest sea room; nothing if it has that itself."""
    start = water().nearest(*tip, TIP_KM)
    harbour = Harbour.around(start, water(), ())
    offings = harbour.offings()
    nearest = offings[np.argmin(harbour.reached(offings)[1])]
    way = taut(harbour.way(nearest))[1:]
    return way if len(way) and np.abs(nearest - tip).max() > TIP_ROOM_DEGREES else way[:0]


def with_tips(line: np.ndarray) -> np.ndarray:
    """A fairway from sea room to sea room."""
    return np.concatenate([to_sea_room(line[0])[::-1], line, to_sea_room(line[-1])])


def kept_off(a: tuple[float, float], b: tuple[float, float]) -> np.ndarray:
    """The shortest way between two points that keeps off both coasts."""
    ends = np.array([a, b])
    (west, south), (east, north) = ends.min(axis=0) - 0.25, ends.max(axis=0) + 0.25
    middle = ends.mean(axis=0)
    plane = f"+proj=aeqd +lon_0={middle[0]} +lat_0={middle[1]} +datum=WGS84"
    convert = Transformer.from_crs("EPSG:4326", plane, always_xy=True)

    def to_plane(points):
        return np.column_stack(convert.transform(*points.T))

    land = shapely.transform(land_within((west, south, east, north)), to_plane)
    window = shapely.transform(shapely.box(west, south, east, north), to_plane)
    xy = to_plane(ends)
    water = free_water(window, land, CLEARANCE_M, SLACK_M)
    (through,) = [
        p for p in shapely.get_parts(water) if shapely.intersects_xy(p, *xy.T).all()
    ]
    chart = Chart.around(through).with_sights()
    path = chart.path(xy[0], chart.reach(xy[0]), xy[1], chart.reach(xy[1]))
    return np.column_stack(convert.transform(*path.T, direction="INVERSE"))


def fairway(passage: str) -> str:
    """The way through a passage as text; none where the corners of the coast are enough."""
    if passage in WIDER:
        line = over_cells(WIDER[passage])
    elif passage in THROUGH:
        line = with_tips(kept_off(*THROUGH[passage]))
    elif passage in LOCKED:
        line = with_tips(shapely.get_coordinates(shapely.from_wkt(f"LINESTRING ({LOCKED[passage]})")))
    else:
        return ""
    return ", ".join(f"{lon:.4f} {lat:.4f}" for lon, lat in line)


def main() -> None:
    rows = []
    for passage, name, kind, is_open, gate in PASSAGES:
        lines = (f"LINESTRING ({points})" if points else "" for points in (gate, fairway(passage)))
        rows.append((passage, name, kind, is_open, *lines))
    path = Path(__file__).resolve().parents[1] / "sea_passages.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("passage", "name", "kind", "open", "gate", "fairway"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
