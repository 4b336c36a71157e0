"""Figures compared: counts of one period that differ, by definition or in fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from geo.counting.bounds import Reason
from geo.counting.disagreement import Disagreement
from geo.counting.scopes import DIMENSIONS, held, lanes
from geo.counting.statements import record
from geo.counting.words import clause

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

#: Units in which one shipment is variously counted.
KINDRED = ({"trip", "round_trip", "port_call", "delivery"},)
#: Least share of days that two windows have in common to speak of one period.
SAME_PERIOD = 0.5


def compared(told: pd.DataFrame, places: pd.DataFrame) -> Iterator[Disagreement]:
    """For each count, the nearest count of another claimant that gives another number.

    `definition` where unit, places, ships or mode differ; `figures` where they are the same.
    Nearest is the one whose window has most days in common, at least half.

    Parameters
    ----------
    told, places
        Tables of `geo.counting.statements.numbered` and of `geo.seeds.read`.
    """
    told = told[(told["kind"] == "count") & (told["floor"] > 0)].reset_index(drop=True)
    if told.empty:
        return
    near = overlap(told) * _kindred(told) * shared(told, places)
    near[told["claimant"].to_numpy()[:, None] == told["claimant"].to_numpy()] = 0
    near[told["aim"].to_numpy()[:, None] == told["aim"].to_numpy()] = 0
    names = dict(zip(places["place_id"], places["name"], strict=True))
    pairs = {
        tuple(sorted((i, int(near[i].argmax()))))
        for i in range(len(told))
        if near[i].max() >= SAME_PERIOD
    }
    for i, k in sorted(pairs):
        same = (told.loc[i, ["unit", *DIMENSIONS]] == told.loc[k, ["unit", *DIMENSIONS]]).all()
        said = [
            clause(
                Reason(at_most=False, number=round(told["floor"][n]), told=(n,)),
                told["unit"][n],
                told,
                names,
            )
            for n in (i, k)
        ]
        unit = told["unit"][i] if told["unit"][i] == told["unit"][k] else ""
        ids = frozenset(told["fact_id"].iloc[[i, k]])
        yield Disagreement("figures" if same else "definition", unit, ids, "; ".join(said))


def overlap(told: pd.DataFrame) -> NDArray[np.float64]:
    """Share of days in common, of all days of either window; open ends end with the record."""
    first, last = record([told])
    start = np.clip(told["start"].to_numpy(np.float64), first, None)
    end = np.clip(told["end"].to_numpy(np.float64), None, last + 1)
    both = np.minimum.outer(end, end) - np.maximum.outer(start, start)
    either = np.maximum.outer(end, end) - np.minimum.outer(start, start)
    share: NDArray[np.float64] = np.clip(both / either, 0, None)
    return share


def _kindred(told: pd.DataFrame) -> NDArray[np.bool_]:
    family = [next((k for k, f in enumerate(KINDRED) if u in f), u) for u in told["unit"]]
    return np.array([[a == b for b in family] for a in family])


def shared(told: pd.DataFrame, places: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether one movement could be counted by both."""
    cover = lanes(told.assign(port=""), held(places)).astype(np.float32)
    return cover @ cover.T > 0


def unseen(told: pd.DataFrame, places: pd.DataFrame) -> Iterator[Disagreement]:
    """Movements told to lie wholly where and when another claimant saw none; as `compared`."""
    told = told.reset_index(drop=True)
    names = dict(zip(places["place_id"], places["name"], strict=True))
    cover = lanes(told, held(places)) if len(told) else np.zeros((0, 0), np.bool_)
    for k in np.flatnonzero(told["quiet"]):
        none = told.loc[k]
        inside = (told["start"] >= none["start"]) & (told["end"] <= none["end"])
        inside &= (told["unit"] == none["unit"]) & (told["floor"] > 0)
        for i in np.flatnonzero(inside & ~(cover & ~cover[k]).any(axis=1)):
            number = round(told["floor"][i])
            seen = clause(
                Reason(at_most=False, number=number, told=(int(i),)), told["unit"][i], told, names
            )
            nothing = clause(
                Reason(at_most=False, number=0, told=(int(k),)), none["unit"], told, names
            )
            words = f"{nothing.replace('at least 0', 'saw no')}; {seen}"
            ids = frozenset(told["fact_id"].iloc[[i, k]])
            yield Disagreement("not_seen", none["unit"], ids, words)
