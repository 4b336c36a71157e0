"""Scopes: what a count is asked of, and the lanes that scopes and statements tell apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.claims import parts
from geo.counting.columns import distinct

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

#: What tells one movement from another, apart from its day. Of a port call, `origin` is where the
#: ship came from and `destination` where it went on to.
DIMENSIONS = ("mode", "port", "origin", "destination", "vessel")
#: Stands for whatever no statement and no scope names: another ship, a place not in the table.
OTHER = ""


@dataclass(frozen=True, order=True)
class Scope:
    """What is counted. An empty text means any.

    Attributes
    ----------
    unit
        One of `geo.counting.FLOWS`. Units are separate series.
    mode
        `sea`, `rail`, `air` or `road`.
    origin, destination
        `place_id`, or several joined by `;`: any of them. A region or country means every place
        in it and whatever in it is not named. For port calls `origin` is the port called at and
        `destination` where the ship went on to; with a destination alone, that is the port.
    vessel
        Name of a ship, or several joined by `;`.
    """

    unit: str = "trip"
    mode: str = ""
    origin: str = ""
    destination: str = ""
    vessel: str = ""

    def lane(self) -> dict[str, str]:
        """The scope as a value for each of `DIMENSIONS`."""
        lane = {**asdict(self), "port": ""}
        del lane["unit"]
        if self.unit == "port_call":
            lane["port"], lane["origin"] = self.origin or self.destination, ""
            lane["destination"] = self.destination if self.origin else ""
        return lane


def held(places: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Each place with every place that lies in it, itself among them."""
    from geo.places import Gazetteer

    within = Gazetteer(places, places.head(0)).around
    return {p: frozenset({p} | {q for q, larger in within.items() if p in larger}) for p in within}


def lanes(asked: pd.DataFrame, within: Mapping[str, frozenset[str]]) -> Bools:
    """Which lanes each row covers: a lane is a class of movements that no row tells apart.

    Parameters
    ----------
    asked
        Columns `DIMENSIONS`, one row per statement or scope.
    within
        Table of `held`.

    Returns
    -------
    ndarray of bool, (rows, lanes)
        Every lane is covered by at least one row.

    Raises
    ------
    ValueError
        If a place is not in the table.
    """
    if asked.empty:
        return np.zeros((0, 0), np.bool_)
    kinds = asked[list(DIMENSIONS)].drop_duplicates()
    reach = np.ones((len(kinds), 1), np.bool_)
    for column in DIMENSIONS:
        named = column in ("port", "origin", "destination")
        covered = _covered(kinds[column], _places(within) if named else parts)
        reach = (reach[:, :, None] & covered[:, None, :]).reshape(len(reach), -1)
        reach = reach[:, reach.any(axis=0)]
        reach = reach[:, distinct(reach)[0]]
    keys = {key: k for k, key in enumerate(kinds.itertuples(index=False, name=None))}
    index = [keys[key] for key in asked[list(DIMENSIONS)].itertuples(index=False, name=None)]
    return reach[index]


def _places(within: Mapping[str, frozenset[str]]) -> Callable[[str], frozenset[str]]:
    def covered(cell: str) -> frozenset[str]:
        unknown = sorted(p for p in parts(cell) if p not in within)
        if unknown:
            raise ValueError(f"not in the table of places: {', '.join(unknown)}")
        return frozenset().union(*(within[p] for p in parts(cell)))

    return covered


def _covered(cells: pd.Series[str], expand: Callable[[str], frozenset[str]]) -> Bools:
    """Which classes of values each cell covers; an empty cell covers them all."""
    sets = [expand(cell) for cell in cells]
    values = sorted(frozenset({OTHER}).union(*sets))
    covered = np.array([[not s or v in s for v in values] for s in sets], np.bool_)
    return covered[:, distinct(covered)[0]]
