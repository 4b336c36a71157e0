"""The data island: the tables that the page shows, packed into one text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.page.basemap import basemap
from geo.page.columns import columns, drawn, packed
from geo.page.history import history
from geo.page.known import known
from geo.page.strings import strings
from geo.page.weeks import weeks

if TYPE_CHECKING:
    import datetime as dt

    import geopandas as gpd
    import pandas as pd

    from geo.build import Tables
    from geo.page.history import History

#: Routes are drawn to about 50 m, a pixel at the closest zoom.
ROUTE_TOLERANCE_DEG = 0.0005
ROUTE_STEPS_PER_DEG = 10_000
#: What makes a corridor: one mode between two places.
CORRIDOR = ["mode", "origin", "destination"]
#: The claims that tell a fact in one unit and direction tell it in no other: they name its row.
ROW = ["fact_id", "version", "claims"]
#: What a claim under review may bring along of its source, which the table of sources lacks.
FROM_SOURCE = ["publisher", "title", "published", "url"]

SHOWN = {
    "sources": [
        "source_id", "publisher", "title", "author", "published", "published_by",
        "published_basis", "url", "language", "kind",
    ],
    "places": [
        "place_id", "name", "kind", "country", "within", "lat", "lon", "radius_km", "where_prec",
    ],
    "claims": [
        "claim_id", "source_id", "claimant", "stance", "cargo_stance", "kind", "scope",
        "mode", "origin", "destination", "vessel", "date_start", "date_end", "low", "best", "high",
        "unit", "quantifier", "evidence", "reading", "note",
    ],
    "counts": [
        "unit", "mode", "origin", "destination", "period", "low", "best", "high", "cum_low",
        "cum_best", "cum_high", "cum_low_asserted", "claims_low", "claims_high",
    ],
    "facts": [
        "fact_id", "unit", "direction", "claimant", "stance", "cargo_stance", "kind", "scope",
        "mode", "origin", "destination", "port", "via", "vessel", "date_start", "date_end",
        "date_precision", "quantifier", "low", "best", "high", "evidence", "published", "basis",
        "version", "since", "until",
    ],
    "conflicts": ["kind", "unit", "facts", "claims", "set_aside"],
    "differences": ["fact_id", "version", "unit", "direction", "column", "value", "claims"],
}  # fmt: skip


def island(tables: Tables) -> str:
    """Everything the page shows, as `geo.page.columns.packed`."""
    past = history(tables)
    routes = corridors(past.tracks)
    facts = past.facts[SHOWN["facts"]]
    # Most facts have one version: it holds from the day on which the fact was first published.
    facts = facts.assign(since=facts["since"].mask(facts["since"] == facts["published"]))
    content: dict[str, Any] = {
        "strings": strings(),
        "as_of": _day(tables.as_of),
        "latest": _day(tables.latest),
        "basemap": basemap(),
        "route_steps_per_degree": ROUTE_STEPS_PER_DEG,
        "corridors": columns(routes),
        "facts": columns(facts.join(_laid(past, routes))) | _told(past, tables.claims),
        "known": columns(known(past.facts, tables.places, tables.counts)),
        "weeks": columns(weeks(tables.facts, tables.places, tables.counts)),
        "proposed": _proposed(tables.proposed),
        "differences": columns(past.differences[SHOWN["differences"]]),
    }
    for name in ("sources", "places", "claims", "counts", "conflicts"):
        content[name] = columns(getattr(tables, name)[SHOWN[name]])
    return packed(content)


def _proposed(proposed: pd.DataFrame | None) -> dict[str, Any]:
    """Claims that nobody has reviewed, with as much of their source as came along."""
    if proposed is None:
        return {}
    wanted = [*SHOWN["claims"], "published_by", "sentence", *FROM_SOURCE]
    return columns(proposed[[name for name in wanted if name in proposed]])


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def corridors(tracks: gpd.GeoDataFrame) -> pd.DataFrame:
    """One row per corridor that has a track, with its route drawn once.

    Parameters
    ----------
    tracks
        Columns of `geo.derived.Track`.

    Returns
    -------
    DataFrame
        `mode, origin, destination, length_km, low_km, high_km, estimated_km, method`; `line`,
        steps of `geo.page.columns.drawn`; and `estimated`, the parts of it on track that nobody
        surveyed, each such steps.
    """
    import pandas as pd

    from geo.rail import estimated_parts

    distinct = tracks.sort_values("track_id").drop_duplicates(CORRIDOR).sort_values(CORRIDOR)
    measured = ["length_km", "low_km", "high_km", "estimated_km"]
    out = pd.DataFrame(distinct[[*CORRIDOR, *measured, "method"]])
    out = out.round(dict.fromkeys(measured, 1)).reset_index(drop=True)
    lines = distinct.geometry.to_numpy()
    by_rail = (distinct["mode"] == "rail").to_numpy()
    parts = [estimated_parts(x) if r else None for x, r in zip(lines, by_rail, strict=True)]
    out["line"] = [_steps(line) for line in lines]
    out["estimated"] = [[_steps(x) for x in shapely.get_parts(p)] if p else [] for p in parts]
    return out


def _steps(line: shapely.LineString) -> list[int]:
    plain = shapely.simplify(line, ROUTE_TOLERANCE_DEG)
    return drawn(shapely.get_coordinates(plain), ROUTE_STEPS_PER_DEG)


def _laid(past: History, routes: pd.DataFrame) -> pd.DataFrame:
    """For each fact: whether it is a trip or a flow, its corridors, or why it has none."""
    import pandas as pd

    rows = past.facts[ROW].reset_index(names="row")
    numbered = routes[CORRIDOR].reset_index(names="corridor")
    legs = past.tracks[[*ROW, *CORRIDOR, "alternatives"]].merge(numbered, on=CORRIDOR)
    legs = legs.merge(rows, on=ROW).sort_values(["row", "corridor"])
    moving = pd.concat([past.trips[ROW].assign(of="trip"), past.flows[ROW].assign(of="flow")])
    out = rows.merge(moving, on=ROW, how="left")
    out = out.merge(past.unlocated[[*ROW, "reason"]], on=ROW, how="left")
    laid = pd.DataFrame(
        {
            "of": out["of"].fillna("").astype("str"),
            "unlocated": out["reason"].fillna("").astype("str"),
            "alternatives": legs.groupby("row")["alternatives"].max(),
        },
        index=out.index,
    )
    laid["alternatives"] = laid["alternatives"].fillna(0).astype("int64")
    legs = legs.drop_duplicates(["row", "corridor"])
    laid["corridors"] = _lists(legs["row"], legs["corridor"], len(rows))
    return laid


def _told(past: History, claims: pd.DataFrame) -> dict[str, list[int]]:
    """For each fact: how many claims tell it, and which, as steps from one claim to the next."""
    numbers = dict(zip(claims["claim_id"], range(len(claims)), strict=True))
    told = past.facts["claims"].str.split(";")
    rows = np.array([numbers[claim] for cell in told for claim in cell], np.int64)
    return {"claims": told.str.len().tolist(), "claim_steps": np.diff(rows, prepend=0).tolist()}


def _lists(rows: pd.Series[int], values: pd.Series[int], count: int) -> list[list[int]]:
    """Values of each row as a list; rows are in order, and may have none."""
    cuts = np.searchsorted(rows, np.arange(count + 1)).tolist()
    every = values.tolist()
    return [every[start:end] for start, end in pairwise(cuts)]
