"""Tables to files that other tools open: GeoParquet, CSV and one GeoPackage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from geo.build import Tables

#: Tables written, in the order a claim takes.
WRITTEN = (
    "sources", "claims", "places", "facts", "differences", "trips", "flows", "tracks", "unlocated",
    "counts", "conflicts",
)  # fmt: skip
#: A spreadsheet runs a cell that begins with one of these (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(tables: Tables, folder: Path) -> list[Path]:
    """Write every table into an empty folder.

    Parameters
    ----------
    tables
        Of `geo.load`.
    folder
        An existing folder; the caller moves its files to where they belong.

    Returns
    -------
    list of Path
        `NAME.csv` and `NAME.parquet` of each table, and `transload.gpkg` with the layers
        `tracks` and `places` (EPSG:4326) and the tables without geometry.

    Notes
    -----
    In CSV a text that a spreadsheet would run as a formula is preceded by an apostrophe; the
    Parquet files hold every text as it is.
    """
    made: list[Path] = []
    for name in WRITTEN:
        table = getattr(tables, name)
        made += [folder / f"{name}.csv", folder / f"{name}.parquet"]
        flat(table).to_csv(made[-2], index=False, lineterminator="\n", date_format="%Y-%m-%d")
        table.to_parquet(made[-1], index=False)
    made.append(folder / "transload.gpkg")
    _geopackage(tables, made[-1])
    return made


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """A table as CSV holds it: geometry as WKT, and no text that a spreadsheet would run."""
    import pandas as pd

    out = pd.DataFrame(table.copy())
    if "geometry" in out:
        out["geometry"] = table.geometry.to_wkt(rounding_precision=6)
    for column in map(str, out.select_dtypes("str")):
        risky = out[column].str.startswith(FORMULA_STARTS)
        out[column] = out[column].mask(risky, "'" + out[column])
    return out


def _geopackage(tables: Tables, path: Path) -> None:
    import geopandas as gpd
    import pyogrio

    points = gpd.points_from_xy(tables.places["lon"], tables.places["lat"], crs="EPSG:4326")
    layers = {name: getattr(tables, name) for name in WRITTEN}
    layers["places"] = gpd.GeoDataFrame(tables.places, geometry=points)
    # GDAL stamps each layer with the time of writing; the same tables must give the same file.
    stamp = f"{tables.latest or '2000-01-01'}T00:00:00Z"
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})
    try:
        for name in ("tracks", "places", *(n for n in WRITTEN if n not in ("tracks", "places"))):
            layer = layers[name]
            kind = "LineString" if name == "tracks" else "Point" if name == "places" else None
            pyogrio.write_dataframe(layer, path, layer=name, driver="GPKG", geometry_type=kind)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
