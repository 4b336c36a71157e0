"""Named straits and canals: which a line passes, and which are open."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.sea import globe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

#: First and last points of the pieces of a gate.
PIECES = slice(None, -1), slice(1, None)


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
        return np.logical_or.reduce(_crossed(a, b, posts[:-1], posts[1:]), axis=1)


def _crossed(a: Floats, b: Floats, left: Floats, right: Floats) -> Bools:
    """Whether arcs from `a` to `b`, `(n, 3)`, cross arcs from `left` to `right`, `(m, 3)`."""
    line, gate = np.cross(a, b), np.cross(left, right)
    crossed: Bools = np.sign(a @ gate.T) != np.sign(b @ gate.T)
    crossed &= np.sign(line @ left.T) != np.sign(line @ right.T)
    # The two great circles meet twice, on opposite sides: both arcs must hold the same meeting.
    i, j = np.nonzero(crossed)
    meeting = np.cross(line[i], gate[j])
    on_line = np.einsum("ij,ij->i", meeting, a[i] + b[i])
    on_gate = np.einsum("ij,ij->i", meeting, left[j] + right[j])
    crossed[i, j] = np.sign(on_line) == np.sign(on_gate)
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


@cache
def _gates() -> tuple[list[str], Floats, Floats]:
    """Every straight piece of every gate: whose it is, and its ends as unit vectors."""
    posts = {name: globe.vectors(passage.gate) for name, passage in passages().items()}
    names = [name for name, at in posts.items() for _ in at[1:]]
    left, right = (np.concatenate([at[part] for at in posts.values()]) for part in PIECES)
    return names, left, right


def passed(line: Floats) -> tuple[str, ...]:
    """Passages along a line in degrees `(n, 2)`, in the order they are passed."""
    at = globe.vectors(line)
    names, left, right = _gates()
    crossed = _crossed(at[:-1], at[1:], left, right)
    first: dict[str, int] = {}
    for gate in np.flatnonzero(crossed.any(axis=0)):
        step = int(np.argmax(crossed[:, gate]))
        first[names[gate]] = min(step, first.get(names[gate], step))
    return tuple(sorted(first, key=first.__getitem__))
