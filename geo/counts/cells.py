"""Cells: the lane and span of days where a movement may lie, without those a neighbour beats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.counts.columns import distinct
from geo.counts.solver import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.counts.bounds import Window
    from geo.counts.rows import Rows

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]


def cells(window: Window, floors: Rows, ceilings: Rows, *, most: bool) -> tuple[Problem, Bools]:
    """The problem of the fewest or the most movements in a window, over as few cells as will do.

    A cell is beaten by the next one on its lane if that counts towards every floor it does,
    against no ceiling it does not, and for the window no worse: moving a movement there changes
    no answer.

    Returns
    -------
    problem
        Rows over the cells that are left.
    counted
        Which of these cells the window counts.
    """
    f, c = len(floors), len(ceilings)
    covers = np.vstack([floors.lanes, ceilings.lanes, window.lanes])
    starts = np.concatenate([floors.start, ceilings.start, [window.start]])
    ends = np.concatenate([floors.end, ceilings.end, [window.end]])
    # What speaks against a cell: ceilings, and the window where it asks for the fewest.
    against = np.zeros(f + c + 1, np.bool_)
    against[f:] = True
    against[-1] = not most
    # Cells that matter: those of a floor, or for the most those under a ceiling.
    needed = np.arange(f + c + 1) < f
    if most:
        needed = ~needed
        needed[-1] = False
    lanes = covers[:, covers[needed].any(axis=0)]
    peaks = [_peaks(lane, starts, ends, against, needed) for lane in lanes[:, distinct(lanes)[0]].T]
    found = np.concatenate([np.zeros((f + c + 1, 0), np.bool_), *peaks], axis=1)
    found = found[:, distinct(found)[0]]
    return Problem(found[:f], floors.bound, found[f:-1], ceilings.bound), found[-1]


def _peaks(lane: Bools, starts: Ints, ends: Ints, against: Bools, needed: Bools) -> Bools:
    """`(rows, spans)`: the spans of one lane that no neighbouring span beats."""
    rows = np.flatnonzero(lane)
    cuts = np.unique(np.concatenate([starts[rows], ends[rows]]))[:-1]
    inside = (starts[rows, None] <= cuts) & (ends[rows, None] > cuts)
    inside = inside[:, inside[needed[rows]].any(axis=0)]
    good = inside ^ against[rows, None]
    rising = (good[:, :-1] <= good[:, 1:]).all(axis=0)
    falling = (good[:, 1:] <= good[:, :-1]).all(axis=0) & ~rising
    keep = ~(np.append(rising, [False]) | np.append([False], falling))[: inside.shape[1]]
    column = np.zeros((len(lane), int(keep.sum())), np.bool_)
    column[rows] = inside[:, keep]
    return column
