"""Named straits and canals: which a line passes, and which are open."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.sea import globe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Passage:
    """A strait, a canal or a cape that ships pass.

    Attributes
    ----------
    passage
        Identifier.
    gate
        Line from shore to shore, degrees `(n, 2)`: who crosses it has passed.
    fairway
        The way through where the water grid is closed, degrees `(n, 2)`; else empty.
    is_open
        Whether routes use it unless told otherwise.
    """

    passage: str
    gate: Floats
    fairway: Floats
    is_open: bool

    def crossed(self, a: Floats, b: Floats) -> Bools:
        """Which great circles from `a` to `b`, unit vectors `(n, 3)`, cross the gate."""
        posts = globe.vectors(self.gate)
        crossed = np.zeros(len(a), np.bool_)
        for left, right in pairwise(posts):
            crossed |= _cross(a, b, left, right)
        return crossed


def _cross(a: Floats, b: Floats, left: Floats, right: Floats) -> Bools:
    """Whether arcs from `a` to `b` cross the arc from `left` to `right`."""
    line, gate = np.cross(a, b), np.cross(left, right)
    apart = (np.sign(a @ gate) != np.sign(b @ gate)) & (
        np.sign(line @ left) != np.sign(line @ right)
    )
    # The two great circles meet twice, on opposite sides: both arcs must hold the same meeting.
    meeting = np.cross(line, gate)
    on_line = np.einsum("ij,ij->i", meeting, a + b)
    crossed: Bools = apart & (np.sign(on_line) == np.sign(meeting @ (left + right)))
    return crossed


@cache
def passages() -> dict[str, Passage]:
    """The shipped passages, by identifier."""
    from geo.seeds import shipped

    with shipped().joinpath("sea_passages.csv").open(encoding="utf-8") as file:
        return {
            row["passage"]: Passage(
                row["passage"],
                gate=_points(row["gate"]),
                fairway=_points(row["fairway"]),
                is_open=row["open"] == "yes",
            )
            for row in csv.DictReader(file)
        }


def _points(wkt: str) -> Floats:
    return shapely.get_coordinates(shapely.from_wkt(wkt)) if wkt else np.empty((0, 2))


def passed(line: Floats) -> tuple[str, ...]:
    """Passages along a line in degrees `(n, 2)`, in the order they are passed."""
    at = globe.vectors(line)
    first = {
        name: int(np.argmax(crossed))
        for name, passage in passages().items()
        if (crossed := passage.crossed(at[:-1], at[1:])).any()
    }
    return tuple(sorted(first, key=first.__getitem__))
