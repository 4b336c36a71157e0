"""Trips and flows to tracks: each on the inferred route of its legs, with its window."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING, Any

from geo import legs
from geo.derived import Track, Unlocated
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
#: Routes of pairs of places, of `geo.sea` and `geo.rail`.
Router = Callable[..., Any]
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
        Columns of `geo.derived.Track`, EPSG:4326, lengths in kilometres.
    unlocated
        Columns of `geo.derived.Unlocated`: what has no track, and why.
    """
    import geopandas as gpd

    told = [*_told("trip", trips), *_told("flow", flows)]
    laid = [_laid(row, gazetteer) for row in told]
    routes = _routes({_leg(r) for rows, _ in laid for r in rows}, gazetteer)
    whole: list[dict[str, Any]] = []
    left_out: list[dict[str, Any]] = []
    for row, (rows, reasons) in zip(told, laid, strict=True):
        routed = [(r, routes[_leg(r)]) for r in rows]
        whole += [r | route for r, route in routed if isinstance(route, dict)]
        reasons += [route for _, route in routed if isinstance(route, str)]
        if all(isinstance(route, str) for _, route in routed):
            left_out.append(row | {"reason": "; ".join(dict.fromkeys(reasons))})
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


def _leg(row: dict[str, Any]) -> legs.Leg:
    return legs.Leg(row["mode"], row["origin"], row["destination"])


def _laid(told: dict[str, Any], gazetteer: Gazetteer) -> tuple[list[dict[str, Any]], list[str]]:
    """The legs of every pair of ends the fact leaves open, and why others have none."""
    if told["unit"] in legs.VISITS:
        return [], ["a visit to a port, not a movement along a leg"]
    pairs = list(product(split(told["origin"]) or [""], split(told["destination"]) or [""]))
    rows: list[dict[str, Any]] = []
    reasons: list[str] = []
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
            reasons.append(str(reason))
            continue
        for number, leg in enumerate(path, start=1):
            row = {c: told[c] for c in CARRIED} | leg._asdict()
            row |= {"of": told["of"], "of_id": told["of_id"], "leg": number}
            row |= {"alternatives": len(pairs), "route_basis": "inferred"}
            row["track_id"] = f"{told['of_id']}.{origin}.{destination}.{number}"
            rows.append(row)
    return rows, reasons


def _routes(wanted: set[legs.Leg], gazetteer: Gazetteer) -> dict[legs.Leg, dict[str, Any] | str]:
    """Each distinct leg's route, computed once, or why there is none."""
    import pandas as pd

    from geo import rail, sea

    routers: dict[str, Router] = {"sea": sea.routes, "rail": rail.routes}
    found: dict[legs.Leg, dict[str, Any] | str] = {}
    for leg in sorted(wanted):
        pair = pd.DataFrame([leg[1:]], columns=["origin", "destination"])
        try:
            routed = routers[leg.mode](pair, places=gazetteer.places)
        except ValueError as reason:
            found[leg] = f"no route by {leg.mode}: {reason}"
        else:
            found[leg] = records(routed.reindex(columns=list(ROUTED)))[0]
    return found
