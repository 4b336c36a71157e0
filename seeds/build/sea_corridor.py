"""Make `seeds/sea_corridor.npz`: the water of the corridor, its corners and their sight lines.

Reads the shipped coast (`seeds/coast_land.wkb.xz`, made by `sea_coast.py`). Run from the root of
the repository:

    python seeds/build/sea_corridor.py

Two charts are made over the union of both coasts. The *kept-off* chart keeps 1,000 m from land
wherever a circle of that radius fits, else 300 m, else 50 m; within 15 km of a port 300 m, within
5 km 50 m. A single figure would close the entrance of Rajin bay. The *tight* chart keeps 20 m and
gives the shortest line there is.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from geo.sea.chart import Chart
from geo.sea import coast
from geo.sea.coast import CORRIDOR, to_plane
from sea_offset import free_water, largest, narrows

SEEDS = Path(__file__).resolve().parents[1]
#: Distances kept from land, the widest first, each with how near a port it is enough, in km.
CLEARANCES_M = {1000.0: 1000.0, 300.0: 15.0, 50.0: 5.0}
#: Walls are simplified by this share of their clearance, and start so much farther out.
SIMPLIFIED = 0.25
TIGHT_CLEARANCE_M = 20.0
TIGHT_SLACK_M = 20.0
#: The walls stay this far inside the window of the coast, where the land is known.
MARGIN_M = 3000.0


def port_waters(radius_km: float) -> shapely.Geometry:
    """Water near the ports of the places table."""
    places = pd.read_csv(SEEDS / "places.csv").query("kind == 'port'").dropna()
    points = to_plane(places[["approach_lon", "approach_lat"]].to_numpy())
    return shapely.union_all(shapely.buffer(shapely.points(points), radius_km * 1000))


def kept_off(window: shapely.Polygon, land: np.ndarray) -> shapely.Polygon:
    """Water with the widest clearance that fits in each part, closer near ports."""
    sea = shapely.difference(window, shapely.union_all(land))
    free, within = [], shapely.Polygon()
    for clearance, radius_km in CLEARANCES_M.items():
        within = shapely.intersection(sea, shapely.union(within, port_waters(radius_km)))
        slack = clearance * SIMPLIFIED
        free.append(shapely.intersection(free_water(window, land, clearance, slack), within))
        within = narrows(within, free[-1], clearance * (1 + 2 * SIMPLIFIED))
    # Opening by a metre parts what only touches at a point.
    joined = shapely.buffer(shapely.union_all(free), -1.0)
    return largest(shapely.buffer(joined, 1.0, join_style="mitre"))


def chart(water: shapely.Polygon) -> Chart:
    """The chart of the water, on the shipped precision."""
    exact = Chart.around(shapely.simplify(water, 0.5))
    return Chart(np.round(exact.rings, 1), exact.starts).with_sights()


def main() -> None:
    west, south, east, north = CORRIDOR
    box = shapely.segmentize(shapely.box(west, south, east, north), 0.1)
    window = shapely.buffer(shapely.transform(box, to_plane), -MARGIN_M)
    sea = largest(shapely.difference(window, shapely.union_all(coast.land().plane)))
    land = shapely.get_parts(shapely.difference(window, sea))
    charts = {
        "kept_off": kept_off(window, land),
        "tight": largest(free_water(window, land, TIGHT_CLEARANCE_M, TIGHT_SLACK_M)),
    }
    arrays = {
        f"{name}_{part}": values
        for name, water in charts.items()
        for part, values in chart(water).to_arrays().items()
    }
    np.savez_compressed(SEEDS / "sea_corridor.npz", **arrays)


if __name__ == "__main__":
    main()
