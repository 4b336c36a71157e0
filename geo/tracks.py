"""Trips and flows to tracks: each on the inferred route of its legs, with its window."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from geo import legs
from geo.schema import Track, Unlocated
from geo.seeds import split
from geo.tables import records, typed

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.places import Gazetteer

#: Columns a track takes over from the trip or flow laid on it.
CARRIED = (
    "fact_id", "date_start", "date_end", "low", "best", "high", "unit", "stance", "claimant",
    "vessel", "claims",
)  # fmt: skip
#: Columns a track takes over from its route.
ROUTED = ("length_km", "low_km", "high_km", "network_km", "estimated_km", "method", "geometry")


def tracks(
    trips: pd.DataFrame, flows: pd.DataFrame, gazetteer: Gazetteer
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Lay trips and flows on inferred routes.

    Where a fact leaves an end open between several places, there is a track for each pair of
    ends; all carry the whole number, and `alternatives` says of how many one is meant.

    Parameters
    ----------
    trips, flows
        Tables of `geo.trips.trips_and_flows`.
    gazetteer
        Places, with their points.

    Returns
    -------
    tracks
        Columns of `geo.schema.Track`, EPSG:4326, lengths in kilometres.
    unlocated
        Columns of `geo.schema.Unlocated`: what has no track, and why.
    """
    import geopandas as gpd

    drawn: list[dict[str, Any]] = []
    left_out: list[dict[str, Any]] = []
    for told in (*_told("trip", trips), *_told("flow", flows)):
        laid, reasons = _laid(told, gazetteer)
        drawn += laid
        if not laid:
            left_out.append(told | {"reason": "; ".join(reasons)})
    routes = _routes({(r["mode"], r["origin"], r["destination"]) for r in drawn}, gazetteer)
    whole = [row | routes[row["mode"], row["origin"], row["destination"]] for row in drawn]
    table = typed(whole, Track)
    table["geometry"] = gpd.GeoSeries(table["geometry"], crs="EPSG:4326")
    return (
        gpd.GeoDataFrame(table, geometry="geometry", crs="EPSG:4326"),
        typed(({c: row[c] for c in Unlocated.columns()} for row in left_out), Unlocated),
    )


def _told(of: str, table: pd.DataFrame) -> list[dict[str, Any]]:
    one: dict[str, Any] = {"low": 1, "best": 1, "high": None, "unit": "trip"}
    said = one if of == "trip" else {}
    return [row | said | {"of": of, "of_id": row[f"{of}_id"]} for row in records(table)]


def _laid(told: dict[str, Any], gazetteer: Gazetteer) -> tuple[list[dict[str, Any]], list[str]]:
    """The legs of every pair of ends the fact leaves open, and why others have none."""
    if told["unit"] in legs.VISITS:
        return [], ["a visit to a port, not a movement along a leg"]
    pairs = list(product(split(told["origin"]) or [""], split(told["destination"]) or [""]))
    rows: list[dict[str, Any]] = []
    reasons: dict[str, None] = {}
    for origin, destination in pairs:
        try:
            path = legs.legs(
                origin,
                destination,
                told["mode"],
                gazetteer,
                via=told["via"],
                vessel=told["vessel"],
            )
        except legs.NoLegs as reason:
            reasons[str(reason)] = None
            continue
        for number, leg in enumerate(path, start=1):
            row = {c: told[c] for c in CARRIED} | leg._asdict()
            row |= {"of": told["of"], "of_id": told["of_id"], "leg": number}
            row |= {"alternatives": len(pairs), "route_basis": "inferred"}
            row["track_id"] = f"{told['of_id']}.{origin}.{destination}.{number}"
            rows.append(row)
    return rows, list(reasons)


def _routes(
    wanted: set[tuple[str, str, str]], gazetteer: Gazetteer
) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Each distinct leg's route, computed once."""
    import pandas as pd

    from geo import rail, sea

    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for mode, router in (("sea", sea.routes), ("rail", rail.routes)):
        ends = sorted((a, b) for m, a, b in wanted if m == mode)
        if not ends:
            continue
        pairs = pd.DataFrame(ends, columns=["origin", "destination"])
        routed = router(pairs, places=gazetteer.places)
        for row in records(routed.reindex(columns=["origin", "destination", *ROUTED])):
            key = (mode, row.pop("origin"), row.pop("destination"))
            found[key] = row
    return found
