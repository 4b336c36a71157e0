"""Counted claims: so many trips, containers, railcars or shells."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.text.dating import LONG, dated
from geo.text.drafts import Dated, Draft, Ends, Firmness
from geo.text.ends import at_port, between_both, ends, filled, moored
from geo.text.meant import idle, lies_inland, meant
from geo.text.modes import mode_of
from geo.text.numbers import Number
from geo.text.quantities import Quantity
from geo.text.reading import Reading
from geo.text.scene import Scene, credited
from geo.text.stances import firmness, may_yet, planned
from geo.text.windows import Window

if TYPE_CHECKING:
    from geo.schema import Kind, Scope

#: Units that count movements of ships or trains, not what they carry.
MOVEMENTS = ("trip", "round_trip", "delivery", "times", "port_call", "vessels", "train")
_WAS_FIRST = re.compile(r"\b(?:was|is)\s+(?:an?|the)\s+(?:initial|first)\s", re.IGNORECASE)
#: What stands between two ships and what they did: `both under sanctions`.
_APPOSED = re.compile(r",[^,;]{3,90},")
#: Cargo that may be seen standing: a stack on a pier or cars in a yard, no movement.
STANDING = ("container", "railcar")
#: Signs between `the first` and the ship or the delivery it is said of.
FIRST_REACH, FIRST_DELIVERY_REACH = 8, 24
#: Signs from its beginning within which a sentence takes up `they` or `the four ships`.
TOGETHER_REACH = 24
#: `That makes three ships since`, `bringing to three the ships`.
_MAKES = re.compile(
    r"\b(?:makes|made|brings|brought|bringing|takes|taking|raises|raising|damit)\b[^,;:]{0,40}$",
    re.IGNORECASE,
)
#: `By two vessels` tells who did what is counted.
_DOERS = re.compile(r"\b(?:by|using|von|mit|durch)\s+(?:the\s+|den\s+)?$", re.IGNORECASE)
#: Signs after a number of ships within which a verb shows what they did.
DID_REACH = 30


def counted(scene: Scene) -> list[Draft]:
    """Claims that count something, in the order of the sentence."""
    reading = scene.reading
    drafts = [_counted(scene, q) for q in [*reading.quantities, *_first_delivery(reading)]]
    told = [d for d in drafts if d is not None]
    # Beside a number, `with millions of munitions` only describes what it counts.
    return [d for d in told if d.number is not None and not d.number.vague] or told


def _first_delivery(reading: Reading) -> list[Quantity]:
    """A first or initial delivery, as one, where no number is told."""
    told = reading.has("verb.receive", "verb.done") or _WAS_FIRST.search(reading.text)
    if reading.quantities or not told:
        return []
    for mark in reading.tagged("name.delivery"):
        near = {"start": mark.start - FIRST_DELIVERY_REACH, "end": mark.start}
        if reading.has("stance.first", "stance.initial", **near):
            one = Number(mark.start, mark.end, 1, 1, 1, "seen")
            return [Quantity(mark.start, mark.end, one, "delivery")]
    return []


def _counted(scene: Scene, quantity: Quantity) -> Draft | None:
    reading = scene.reading
    unit = _unit(scene, quantity)
    if not unit or not meant(scene, quantity, unit):
        return None
    start, stop = reading.clause(quantity.start)
    if unit == "round" and _converts(reading, start, stop):
        return _converted(scene, quantity)
    if planned(reading, start, quantity.end) or (quantity.number.vague and idle(reading)):
        return None
    where = _ends(scene, quantity, unit)
    told = _carried(scene, dated(scene, quantity.start, quantity.end))
    kind, scope = _kind(scene, quantity, unit, where, told)
    if quantity.number.vague and unit in STANDING and lies_inland(scene, where, start, stop):
        return None
    most = unit in STANDING and quantity.number.quantifier == "up_to"
    if most and not _on_a_day(told) and not reading.has("verb.move", start=start, end=stop):
        return None  # `no more than 20 were ever seen`
    if kind == "sighting":
        where, told = _standing(scene, where, told)
    return Draft(
        reading,
        (quantity.start, quantity.end),
        kind,
        unit,
        quantity.number,
        scope,
        mode_of(scene, unit, where, start, stop),
        where,
        _ships(scene, quantity),
        told,
        firmness(reading, start, stop),
        credited(scene, quantity.start),
    )


def _carried(scene: Scene, told: Dated) -> Dated:
    """`Together they moved`: the window of the voyages counted before, where none is told."""
    before, reading = scene.context.counted, scene.reading
    window = before.dated.window if before is not None else None
    if told.window is not None or window is None:
        return told
    together = reading.has("name.pair", "name.them", end=TOGETHER_REACH)
    if before is not None and reading.speakers:
        together = together and before.credit.claimants in ((), reading.speakers)
    if reading.has("name.period") or (together and window.form in LONG):
        return Dated(window, "carried")
    return told


def _unit(scene: Scene, quantity: Quantity) -> str:
    """The unit of the schema that a quantity is in; empty where it counts nothing that moves."""
    if quantity.unit == "times":
        return _times(scene, quantity)
    if quantity.unit == "vessels":
        return "port_call" if _in_port(scene.reading, quantity) else ""
    return "" if quantity.unit in ("missile", "piece") else quantity.unit


def _times(scene: Scene, quantity: Quantity) -> str:
    """What was done so many times: a voyage between ports, a call at one, or nothing."""
    reading = scene.reading
    moves = reading.has("verb.move", "verb.call", "verb.load", "verb.unload", "mode.sea")
    if not moves and not reading.vessels:
        return ""
    both = between_both(scene, ends(scene), 0, len(reading.text))
    voyage = scene.points(both.origin) and scene.points(both.destination)
    seen = reading.has("verb.see", "verb.call")
    seen = seen and (quantity.ordinal or not reading.has("verb.move"))
    return "port_call" if (reading.has("verb.visit") or seen) and not voyage else "trip"


def _in_port(reading: Reading, quantity: Quantity) -> bool:
    """Whether ships are counted at a port, not named as those that did something else."""
    if reading.has("name.ports"):
        return False
    if any(q.unit in MOVEMENTS and q.unit != "vessels" for q in reading.quantities):
        return False
    if reading.has("stance.first", start=quantity.start - FIRST_REACH, end=quantity.start):
        return False
    before = reading.text[: quantity.start]
    if reading.has("nation.KP", start=quantity.start, end=quantity.end):
        return False  # North Korea's own ships
    if _DOERS.search(before) or reading.unseen(quantity.end):
        return False
    if _MAKES.search(before) and any(w.form in LONG for w in reading.windows):
        return True
    apposed = _APPOSED.match(reading.text, quantity.end)  # `two ships, both sanctioned, have`
    begin = apposed.end() if apposed else quantity.end
    after = {"start": begin, "end": begin + DID_REACH}
    did = reading.tagged("verb.move", "verb.load", **after)
    called = reading.tagged("verb.call", "verb.see", **after)
    if did and (not called or did[0].start < called[0].start):
        return False
    return quantity.ordinal or reading.has("verb.see", "verb.call", "mode.port")


def _ships(scene: Scene, quantity: Quantity) -> tuple[str, ...]:
    """The ships a count is of: of several counts, those named since the one before it."""
    counts = [q for q in scene.reading.quantities if q.unit in MOVEMENTS]
    before = [q.end for q in counts if q.end <= quantity.start]
    own = scene.vessels(max(before, default=0), quantity.start)
    return own if own and len(counts) > 1 else scene.told_of()


def _on_a_day(told: Dated) -> bool:
    window = told.window
    return told.basis != "stated" or (window is not None and window.precision == "day")


def _ends(scene: Scene, quantity: Quantity, unit: str) -> Ends:
    start, stop = scene.reading.clause(quantity.start)
    stated = ends(scene, start, stop)
    stated = stated if stated.whole else ends(scene)
    stated = at_port(scene, between_both(scene, stated, start, stop), start, stop)
    if unit == "port_call":
        return _at_port_told(scene, moored(scene, stated))
    if unit == "container" and not stated.whole and _piled(scene.reading):
        return _at_port_told(scene, stated)
    last = scene.context.last
    same_train = unit == "railcar" and last is not None and last.mode == "rail" and last.ends.whole
    landed = scene.are(stated.destination, "port") and not stated.origin
    finely = unit in MOVEMENTS or same_train or landed
    return filled(scene, stated, finely=finely)


def _piled(reading: Reading) -> bool:
    """Whether containers are told to stand somewhere, or seen in pictures and not moved."""
    pictured = reading.has("evidence.imagery") and not reading.has("verb.move", "verb.load")
    return pictured or reading.has("heap.container")


def _at_port_told(scene: Scene, stated: Ends) -> Ends:
    """The port of the sentence, else the port told before."""
    if stated.whole or scene.points(stated.either) or not scene.context.ports:
        return stated
    return Ends(scene.context.ports, basis="carried")


def _kind(
    scene: Scene, quantity: Quantity, unit: str, where: Ends, told: Dated
) -> tuple[Kind, Scope | None]:
    """What kind of claim a count is: a stack on a pier is no movement, `several` no count."""
    reading = scene.reading
    if unit in STANDING and scene.points(where.origin):
        moved = reading.has("verb.move", "verb.load", "verb.unload")
        on_a_day = told.window is not None and told.window.form == "on"
        seen = reading.has("verb.see", "verb.call", "heap.container", "evidence.imagery")
        if seen and (not moved or (on_a_day and where.basis != "stated")):
            return "sighting", "snapshot"
    if quantity.number.said is None:
        return "transfer", None
    form = reading.happened[0].form if reading.happened else ""
    return "count", "window" if form == "range" else "cumulative"


def _standing(scene: Scene, where: Ends, told: Dated) -> tuple[Ends, Dated]:
    """A stack goes nowhere yet; undated, it was seen on the day told before."""
    if where.basis != "stated":
        where = replace(where, destination=frozenset())
    day = scene.context.day
    if told.window is None and day is not None:
        told = Dated(Window(0, 0, day, day, "on", "day"), "carried")
    return where, told


def _converts(reading: Reading, start: int, stop: int) -> bool:
    """Whether rounds are worked out from something else: boxes that could hold them."""
    if reading.has("stance.convert", end=stop):
        return True
    if not reading.has("stance.may", start=start, end=stop):
        return False
    if may_yet(reading, start, stop) and any(start <= p.start < stop for p in reading.places):
        return False  # a country that could send them, not boxes that could deliver them
    plans = reading.tagged("stance.plan", start=start, end=stop)
    return all("stance.may" in plan.tags for plan in plans)


def _converted(scene: Scene, quantity: Quantity) -> Draft:
    """Rounds that containers could hold: of the ends and window of the count they come from."""
    reading, source = scene.reading, scene.context.counted
    told, where = dated(scene, quantity.start, quantity.end), ends(scene)
    if told.basis != "stated" and source is not None and source.dated.window is not None:
        told = Dated(source.dated.window, "carried")
    if not where.whole:
        where = filled(scene, Ends(), finely=False)
        if source is not None and source.ends.whole:
            where = Ends(source.ends.origin, source.ends.destination, basis="carried")
    return Draft(
        reading,
        (quantity.start, quantity.end),
        "capacity" if reading.has("stance.capacity") else "count",
        "round",
        quantity.number,
        "cumulative",
        ends=where,
        dated=told,
        firm=Firmness("suspects", "suspects"),
        credit=credited(scene),
    )
