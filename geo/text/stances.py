"""How firmly something is said: asserted, suspected, or only planned."""

from __future__ import annotations

import re

from geo.text.drafts import Firmness
from geo.text.lexicon import Mark
from geo.text.reading import Reading

#: Signs after a hedge within which it is seen whether it doubts the cargo or the movement; in
#: Korean and Japanese, before it.
HEDGE_REACH, HEDGE_REACH_BACK = 34, 17
#: What may yet be done.
COMING = ("verb.move", "verb.receive", "verb.get")
#: What a doubt may be about besides the movement.
GOODS = frozenset({"cargo.arms", "cargo.box", "cargo.container"})
_INSIDE = re.compile(r"\b(?:with|of|carrying|holding|containing)\s+$", re.IGNORECASE)
_PASSIVE = re.compile(r"\s(?:is|are|was|were|has been|have been|had been|being)\s(?:\w+\s)?")
#: What opens a condition: nothing in it has happened.
_CONDITION = re.compile(
    r"[\s,;\"']*(?:if|assuming|supposing|wenn|falls|если|якщо|якби)\b", re.IGNORECASE
)
_NOT_PLANNED = re.compile(r"\s+(?:have|not|already)\b")


def planned(reading: Reading, start: int, end: int) -> bool:
    """Whether part of a sentence tells what may come, not what was."""
    if _CONDITION.match(reading.text, start):
        return True
    plans = reading.tagged("stance.plan", start=start, end=end)
    told = any(not _NOT_PLANNED.match(reading.text, mark.end) for mark in plans)
    return told or may_yet(reading, start, end)


def may_yet(reading: Reading, start: int, end: int) -> bool:
    """Whether something may yet be done: `could send`, unlike `could have sent`."""
    verbs = {v.start for v in reading.tagged(*COMING, start=start, end=end)}
    return any(mark.end + 1 in verbs for mark in reading.tagged("stance.may", start=start, end=end))


def firmness(reading: Reading, start: int = 0, end: int | None = None) -> Firmness:
    """What part of a sentence says of the movement and of the cargo."""
    last = len(reading.text) if end is None else end
    if reading.has("stance.hint", start=start, end=last):
        return Firmness("suspects", "suspects")
    hedges = reading.tagged("stance.hedge", start=start, end=last)
    if not hedges:
        return Firmness()
    of_cargo_only = all(_of_cargo(reading, hedge, last) for hedge in hedges)
    return Firmness("asserts" if of_cargo_only else "suspects", "suspects")


def _of_cargo(reading: Reading, hedge: Mark, end: int) -> bool:
    """Whether what a hedge is about is the inside of the boxes.

    In Korean and Japanese the hedge follows what it is about.
    """
    if not reading.spaced:
        before = max(0, hedge.start - HEDGE_REACH_BACK)
        return reading.has("stance.hold", "verb.load", start=before, end=hedge.start)
    reach = min(end, hedge.end + HEDGE_REACH)
    held = reading.tagged("stance.hold", start=hedge.end, end=reach)
    moved = reading.tagged("verb.move", "verb.call", start=hedge.end, end=reach)
    if not held or not moved:
        return bool(held)
    if hedge.start == 0 and reading.text[hedge.end : hedge.end + 1] == ",":
        return False  # `Perhaps, shells now go by train`
    if _INSIDE.search(reading.text[: hedge.start]):
        return True  # `containers with suspected arms`
    if moved[0].start > held[0].end and held[0].tags & GOODS:  # `believed the cargo is hauled`
        between = reading.text[held[0].end : moved[0].start]
        if _PASSIVE.fullmatch(between):
            return False
    shipment = 0 <= moved[0].start - held[0].end <= 1  # a probable arms shipment
    return held[0].start <= moved[0].start and not shipment
