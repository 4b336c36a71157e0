"""Whether a number counts shipments on the corridor at all."""

from __future__ import annotations

import re

from geo.text.drafts import Ends
from geo.text.quantities import Quantity
from geo.text.reading import Reading
from geo.text.scene import Scene

#: What is done with what a vague word counts.
ACTS = (
    "verb.move", "verb.load", "verb.unload", "verb.receive", "verb.get", "verb.done", "verb.see",
    "heap.container", "evidence.imagery",
)  # fmt: skip
#: Units of cargo that only arms come in: their sentence need not say whose they are.
ARMS = ("round", "guns")
#: Windows within which something may be the third.
OPEN = ("since", "running")
#: What stands before a party that things go to or come from.
_WITH = re.compile(
    r"\b(?:from|to|for|and|between|with|von|nach|aus|из|в|до|от|з|із|до)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: What stands before a party that goods are of: `containers of Chinese furniture`.
_OF = re.compile(r"\b(?:of|with|carrying)\s+(?:\w+\s+)?$", re.IGNORECASE)
#: Signs after a quantity within which a rate is told: three times a week.
RATE_REACH = 14
#: Signs between `not` and the number it denies.
NONE_REACH = 12


def meant(scene: Scene, quantity: Quantity, unit: str) -> bool:
    """Whether the count is of shipments on the corridor at all, and no rate."""
    reading = scene.reading
    start, stop = reading.clause(quantity.start)
    if _rate(reading, quantity, start) or _none(reading, quantity) or reading.absent(start, stop):
        return False
    if quantity.ordinal and not any(w.form in OPEN for w in reading.windows):
        return False
    if unit not in ARMS and (scene.other_goods or _other(reading, start, stop)):
        return False
    ships = reading.vessels or reading.has("mode.sea", "mode.port", "mode.rail")
    last = scene.context.last
    ships = ships or (last is not None and last.mode == "sea" and bool(scene.context.ports))
    if unit == "port_call" and quantity.unit != "vessels" and not ships:
        return False
    arms = reading.topic == "arms" and (bool(reading.places) or scene.names_north)
    known = scene.context.corridor or bool(reading.vessels) or arms
    return known and _ours(scene, start, stop)


def lies_inland(scene: Scene, where: Ends, start: int, stop: int) -> bool:
    """Whether dozens of boxes are only seen in a depot: how they came there is not told."""
    moved = scene.reading.has("verb.move", "verb.load", "verb.unload", start=start, end=stop)
    seen = scene.reading.has("verb.see", start=start, end=stop)
    return seen and not moved and scene.lie_in(scene.points(where.destination), "RU")


def idle(reading: Reading) -> bool:
    """Whether nothing is told to move or to be seen: `many of the cars are covered`."""
    return not reading.has(*ACTS)


def _other(reading: Reading, start: int, stop: int) -> bool:
    """Whether a clause names other goods and no cargo besides: `14 fishing boats`."""
    ours = reading.has("cargo.arms", "cargo.container", "cargo.box", start=start, end=stop)
    return not ours and reading.has("cargo.other", start=start, end=stop)


def _rate(reading: Reading, quantity: Quantity, start: int) -> bool:
    """`Three ships a week`, `every month a million rounds`: no count."""
    after = reading.has("stance.rate", start=quantity.end, end=quantity.end + RATE_REACH)
    return after or reading.has("stance.each", start=start, end=quantity.start)


def _none(reading: Reading, quantity: Quantity) -> bool:
    """`Not one delivery`: the number is denied."""
    near = {"start": max(0, quantity.start - NONE_REACH), "end": quantity.end}
    marks = reading.tagged("stance.none", "stance.nothing", **near)
    return any(m.start < quantity.start <= m.end + 1 for m in marks)


def _ours(scene: Scene, start: int, stop: int) -> bool:
    """Whether a clause speaks of the two countries, or at least of no other party."""
    reading = scene.reading
    nations = reading.has("nation.KP", "nation.RU", start=start, end=stop)
    if nations or any(start <= p.start < stop for p in reading.places):
        return not _trades(scene, start, stop)
    return reading.has("stance.convert") or not reading.elsewhere(start, stop)


def _trades(scene: Scene, start: int, stop: int) -> bool:
    """Whether a third party is where things go or come from: `between Vladivostok and Busan`."""
    reading = scene.reading
    if scene.apart:
        return True
    parties = reading.tagged("elsewhere.party", start=start, end=stop)
    named = [p for p in parties if not any(n.start <= p.start < n.end for n in reading.places)]
    if any(_OF.search(reading.text[: p.start]) for p in named) and not scene.names_north:
        return True
    paired = any(_WITH.search(reading.text[: p.start]) for p in named)
    return paired and not (scene.names_north and scene.names_russia)
