"""By sea, by rail, by air: how a sentence says that something moved."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from geo.text.drafts import Ends
from geo.text.lexicon import Mark
from geo.text.reading import Reading
from geo.text.scene import Scene

#: Units that tell the mode by themselves.
UNIT_MODE = {"railcar": "rail", "train": "rail", "port_call": "sea"}
#: Units of cargo: a ship elsewhere in the sentence is not surely theirs.
CARGO = ("container", "round", "tonne", "guns")
MODES = ("sea", "rail", "air")
#: Kinds of place that tell that something went by rail.
STATIONS = frozenset({"station", "border_station", "border_crossing"})
#: Signs between a word like `aboard` or `took` and the ship or train it is said of.
BEARER_REACH = 34
_ON = re.compile(
    r"\b(?:by|via|on|onto|aboard|using|in|into|per|mit|auf|на|по|із|з)\s+"
    r"(?:(?!and\b|or\b|off\b)[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
#: What stands between a part by sea and a part by rail of one sentence.
_THEN = re.compile(
    r";|,|\s(?:before|then|later|after|and|were then|from where|whence|once)\s|\s-\s|，|、|뒤|후"
)


class Part(NamedTuple):
    """A part of a sentence that tells of one mode; "" where it tells of none."""

    start: int
    end: int
    mode: str


def mode_of(scene: Scene, unit: str, where: Ends, start: int, end: int) -> str:
    """The mode of what is counted in a clause; empty where it is not told."""
    if unit in UNIT_MODE:
        return UNIT_MODE[unit]
    cargo = unit in CARGO
    inland = cargo and scene.lie_in(where.origin, "RU")
    told = _told(scene.reading, start, end, at_port=not inland, cargo=cargo)
    if not told and not cargo:
        told = _told(scene.reading, 0, len(scene.reading.text))
    return told or _by_places(scene, where, cargo=cargo)


def _by_places(scene: Scene, where: Ends, *, cargo: bool) -> str:
    """By sea between ports; but one carried over does not tell how this cargo went."""
    if scene.lie_in(where.origin, "RU"):
        return ""
    seen_there = bool(where.origin) and not where.destination
    named = where.origin if seen_there else where.either
    if cargo and where.basis == "carried" and not seen_there:
        here = frozenset(p.place_id for p in scene.reading.places)
        named = where.via | (where.destination & here)
    kinds = {scene.gazetteer.kind[p] for p in named}
    return "sea" if "port" in kinds and not kinds & STATIONS else ""


def _told(
    reading: Reading, start: int, end: int, *, at_port: bool = True, cargo: bool = False
) -> str:
    """The one mode that part of a sentence names; where none, by sea in a port or by ship."""
    named = {
        mode
        for mode in MODES
        for mark in reading.tagged(f"mode.{mode}", start=start, end=end)
        if not cargo or _bears(reading, mark)
    }
    if any(start <= v.start < end for v in reading.vessels):
        named.add("sea")
    if named:
        return named.pop() if len(named) == 1 else ""
    port = at_port and reading.has("mode.port", start=start, end=end)
    return "sea" if port or reading.vessels else ""


def _bears(reading: Reading, mark: Mark) -> bool:
    """Whether a ship or train is told to bear the cargo, not only to stand by."""
    if "mode.air" in mark.tags and reading.has("stance.people", end=mark.start):
        return False  # `Putin's plane`
    if not reading.spaced or not mark.tags & {"unit.vessels", "unit.train", "unit.railcar"}:
        return True
    if reading.has("verb.move", start=mark.end, end=mark.end + BEARER_REACH):
        return True
    return bool(_ON.search(reading.text[max(0, mark.start - BEARER_REACH) : mark.start]))


def parts(scene: Scene) -> list[Part]:
    """The sentence in parts of one mode each, in its order."""
    reading = scene.reading
    cues = [Part(m.start, m.end, mode) for mode in MODES for m in reading.tagged(f"mode.{mode}")]
    cues = sorted([*cues, *(Part(v.start, v.end, "sea") for v in reading.vessels)])
    whole = Part(
        0, len(reading.text), cues[0].mode if cues else _told(reading, 0, len(reading.text))
    )
    if len({c.mode for c in cues}) > 1:
        return _split(reading, cues)
    return _before_rail(scene, cues[0].start) if whole.mode == "rail" else [whole]


def _split(reading: Reading, cues: list[Part]) -> list[Part]:
    out: list[Part] = []
    begin = 0
    for before, after in pairwise(cues):
        if before.mode != after.mode:
            cut = _cut(reading.text, before.end, after.start)
            out.append(Part(begin, cut, before.mode))
            begin = cut
    return [*out, Part(begin, len(reading.text), cues[-1].mode)]


def _before_rail(scene: Scene, train: int) -> list[Part]:
    """`Shipped from Rajin to Dunay, then taken by train`: ports make the first part one by sea."""
    reading = scene.reading
    ends = [p for p in reading.places if p.end < train and p.role in ("origin", "destination")]
    ports = any(scene.gazetteer.kind[p.place_id] == "port" for p in ends if p.place_id)
    reached = any(p.role == "destination" for p in ends)
    onward = any(p.start > train for p in reading.places)
    if len({p.role for p in ends}) < len(("origin", "destination")) and not (
        ports and reached and onward
    ):
        return [Part(0, len(reading.text), "rail")]
    cut = _cut(reading.text, ends[-1].end, train)
    return [Part(0, cut, "sea"), Part(cut, len(reading.text), "rail")]


def _cut(text: str, after: int, before: int) -> int:
    cuts = [m.start() for m in _THEN.finditer(text, after, before)]
    return cuts[-1] if cuts else before
