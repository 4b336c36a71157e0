"""Make `seeds/sea_water.npz`: where the world's sea is, on a grid of 0.005 degrees.

A cell is land if land of either coast touches it. Of the water only what ships reach is kept: the
ocean, the Black Sea, the Sea of Marmara, the Vistula Lagoon and the Caspian Sea; any other is a
lake or closed off on the grid, and counts as land. Needs `pip install roaring-landmask==0.11.0
rasterio`; takes about two minutes and 3 GB. Run from the root of the repository:

    python seeds/build/sea_water.py
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely
from rasterio.features import rasterize
from rasterio.transform import from_origin
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.sea.water import ALL_LAND, ALL_WATER, CELLS_A_DEGREE
from sea_coast import COASTS, coast, cut

SEEDS = Path(__file__).resolve().parents[1]
BLOCK = 10
#: Land is cut this much wider than a block, in degrees.
PAD = 0.01
#: One point of each water that is kept.
KEPT = {
    "Atlantic": (-30.0, 30.0),
    "Black Sea": (34.0, 43.0),
    "Sea of Marmara": (28.0, 40.7),
    "Vistula Lagoon": (19.95, 54.62),
    "Caspian Sea": (51.0, 39.0),
}
#: GSHHG counts the Caspian Sea as land: within this box OSM decides alone.
CASPIAN = (46.3, 36.0, 55.2, 47.6)


def blocks(name: str) -> Iterator[tuple[int, int, np.ndarray]]:
    """Land of a coast by blocks: west, south, polygons."""
    for west in range(-180, 180, 3 * BLOCK):
        strip = cut(*coast(name), (west - PAD, -90, west + 3 * BLOCK + PAD, 90))
        for south in range(-90, 90, BLOCK):
            box = (west - PAD, south - PAD, west + 3 * BLOCK + PAD, south + BLOCK + PAD)
            row = cut(*strip, box)
            for lon in range(west, west + 3 * BLOCK, BLOCK):
                box = (lon - PAD, south - PAD, lon + BLOCK + PAD, south + BLOCK + PAD)
                yield lon, south, cut(*row, box)[0]


def touched(name: str, west: int, south: int, land: np.ndarray) -> np.ndarray:
    """Cells of a block that land touches."""
    cells = BLOCK * CELLS_A_DEGREE
    if not len(land):
        return np.zeros((cells, cells), np.bool_)
    grid = from_origin(west, south + BLOCK, 1 / CELLS_A_DEGREE, 1 / CELLS_A_DEGREE)
    touched = rasterize(land, (cells, cells), transform=grid, all_touched=True).astype(np.bool_)
    if name == "Gshhg":
        lon = west + (np.arange(cells) + 0.5) / CELLS_A_DEGREE
        lat = south + BLOCK - (np.arange(cells) + 0.5) / CELLS_A_DEGREE
        x = (lon > CASPIAN[0]) & (lon < CASPIAN[2])
        y = (lat > CASPIAN[1]) & (lat < CASPIAN[3])
        touched[np.ix_(y, x)] = False
    return touched


def land_by_square() -> dict[tuple[int, int], np.ndarray]:
    """Land cells of every square degree that has any, by row and column from the north-west."""
    squares: dict[tuple[int, int], np.ndarray] = {}
    for name in COASTS:
        for west, south, land in blocks(name):
            cells = touched(name, west, south, land)
            parts = cells.reshape(BLOCK, CELLS_A_DEGREE, BLOCK, CELLS_A_DEGREE).swapaxes(1, 2)
            for i, j in np.argwhere(parts.any(axis=(2, 3))).tolist():
                key = 90 - south - BLOCK + i, west + 180 + j
                packed = np.packbits(parts[i, j], axis=1)
                squares[key] = squares[key] | packed if key in squares else packed
    return squares


def labels(squares: dict[tuple[int, int], np.ndarray]) -> np.ndarray:
    """Connected waters numbered within each square degree: an array, or one number for all."""
    found = np.empty((180, 360), object)
    number = 0
    for key in np.ndindex(180, 360):
        if key not in squares:
            number += 1
            found[key] = number
            continue
        water = np.unpackbits(squares[key], axis=1) == 0
        part, count = ndimage.label(water)
        found[key] = np.where(part > 0, part + number, 0).astype(np.int32)
        number += count
    return found


def joined(found: np.ndarray) -> np.ndarray:
    """For each number of a water the number of the whole it belongs to."""
    square = (CELLS_A_DEGREE, CELLS_A_DEGREE)
    pairs = []
    for row, column in np.ndindex(180, 360):
        here = np.broadcast_to(found[row, column], square)
        east = np.broadcast_to(found[row, (column + 1) % 360], square)
        sides = [(here[:, -1], east[:, 0])]
        if row < 179:
            sides.append((here[-1], np.broadcast_to(found[row + 1, column], square)[0]))
        for a, b in sides:
            pair = np.unique(np.column_stack([a, b]), axis=0)
            pairs.append(pair[(pair > 0).all(axis=1)])
    i, j = np.concatenate(pairs).T
    count = max(int(np.max(part)) for part in found.ravel()) + 1
    graph = coo_array((np.ones(len(i)), (i, j)), shape=(count, count))
    return connected_components(graph, directed=False)[1]


def kept(found: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Which numbers of waters ships reach."""
    keep = np.zeros(whole.max() + 1, np.bool_)
    for lon, lat in KEPT.values():
        x, y = int((lon + 180) * CELLS_A_DEGREE), int((90 - lat) * CELLS_A_DEGREE)
        square = np.broadcast_to(
            found[y // CELLS_A_DEGREE, x // CELLS_A_DEGREE], (CELLS_A_DEGREE, CELLS_A_DEGREE)
        )
        keep[whole[square[y % CELLS_A_DEGREE, x % CELLS_A_DEGREE]]] = True
    reached = keep[whole]
    reached[0] = False
    return reached


def main() -> None:
    found = labels(land_by_square())
    reached = kept(found, joined(found))
    index = np.full((180, 360), ALL_LAND, np.int16)
    squares = []
    for key in np.ndindex(180, 360):
        land = np.broadcast_to(~reached[found[key]], (CELLS_A_DEGREE, CELLS_A_DEGREE))
        if not land.any():
            index[key] = ALL_WATER
        elif not land.all():
            index[key] = len(squares)
            squares.append(np.packbits(land, axis=1))
    save(SEEDS / "sea_water.npz", {"index": index, "squares": np.array(squares)})


def save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """An npz file packed by LZMA, the same bytes for the same arrays."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, values in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, values, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_LZMA
            )


if __name__ == "__main__":
    main()
