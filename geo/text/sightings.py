"""Single ships and trains seen on a day, in a port or on their way; and none seen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from geo.text.dating import dated, told_windows
from geo.text.drafts import Dated, Draft, Ends
from geo.text.ends import ends, filled
from geo.text.numbers import Number
from geo.text.reading import Reading
from geo.text.scene import Scene, credited
from geo.text.stances import firmness, planned
from geo.text.windows import Window

#: A ship seen within so many days is one sighting.
LONGEST_SIGHT_DAYS = 10
#: A clause that goes on about the ship of the one before: `and was in Vostochny`.
_SAME = re.compile(
    r"[\s,;]*(?:and|then|und|dann|и|затем|і|й|та|потім)\s+(?:again\s+)?(?:at|in|off|was|is|were|then|"
    r"later|lay|had|has|reached|arrived|sailed|left|fuhr|lag|lief|legte|erreichte|kehrte|traf|war|"
    r"вышл[оа]|вышел|ушл[оа]|ушел|прибыл\w*|пришл[оа]|стоял\w*|вийшл[оа]|вийшов|прибул\w*)\b"
)
#: The port named before; but `there was a ship` names none.
_THERE = re.compile(r"\bthere\b(?!\s+(?:is|are|was|were|lay)\b)|\bdort\b|\bтам\b", re.IGNORECASE)
#: What makes a second sighting a call of its own: `and again on the 23rd`.
_AGAIN = re.compile(
    r"\b(?:again|once more|returned|erneut|wieder|снова|вновь|знову)\b|다시|再び", re.IGNORECASE
)
#: How long, but not when: `for weeks`.
_WHILE = re.compile(
    r"\bfor\s+(?:\w+\s+){0,2}(?:days|weeks|months)\b|\b(?:tage|wochen|monate)lang\b|"
    r"\b(?:неделями|месяцами|тижнями|місяцями)\b|동안|몇 주|数週間|数か月",
    re.IGNORECASE,
)
ONE = Number(0, 0, 1, 1, 1, "seen")
NONE = Number(0, 0, 0, 0, None, "none_seen")
PRESENT = ("verb.call", "verb.see", "verb.load", "verb.unload", "verb.move")
GOODS = ("verb.load", "cargo.arms", "cargo.container", "cargo.box")


def sightings(scene: Scene) -> list[Draft]:
    """Ships and trains seen, one draft a ship and day, and windows in which no ship was."""
    reading = scene.reading
    if reading.topic == "other" or planned(reading, 0, len(reading.text)):
        return []
    train = _train(scene)
    return [train] if train is not None else [*_absence(scene), *_ships(scene)]


def seen_beside(scene: Scene, numbered: list[Draft]) -> list[Draft]:
    """Sightings; beside a number, those that a clause of their own tells with ship and day."""
    if not numbered:
        return sightings(scene)
    reading = scene.reading
    counting = {reading.clause(d.span[0]) for d in numbered}
    return [
        seen
        for seen in sightings(scene)
        if (clause := reading.clause(seen.span[0])) not in counting
        and seen.kind == "sighting"
        and seen.number is not None
        and seen.number.said
        and reading.has("name.new_ship", start=clause[0], end=clause[1])
    ]


def _ships(scene: Scene) -> list[Draft]:
    reading, context = scene.reading, scene.context
    new = reading.has("name.new_ship")
    seen_before = context.last is not None and context.last.kind == "sighting"
    taken_up = reading.has("name.ship") and (context.ship or seen_before)
    if not (reading.vessels or new or taken_up) or not reading.has(*PRESENT):
        return []
    days = _days(scene)
    out: list[Draft] = []
    for day in days:
        if reading.absent(*reading.clause(day.start)) or not _ship_on(reading, day, days):
            continue
        ships = _aboard(scene, day, days) or (context.vessels if taken_up and not new else ())
        draft = _sighting(scene, day, ships)
        if draft is None or any(_same_stay(draft, other) for other in out):
            continue
        whole = _stayed(out[-1], draft) if out else None
        out[-1:] = [whole] if whole is not None else [*out[-1:], draft]
    return out


def _days(scene: Scene) -> list[Window]:
    """Windows of few days that a sentence tells."""
    return [
        w
        for w in (_by(scene, told) for told in told_windows(scene))
        if w.form in ("on", "range")
        and w.precision in ("day", "week")
        and (_last(w) - _first(w)).days <= LONGEST_SIGHT_DAYS
    ]


def _by(scene: Scene, window: Window) -> Window:
    """`By 30 August it was unloading`, after the day of another clause: on that day."""
    start, end = scene.reading.clause(window.start)
    lies = scene.reading.has("verb.unload", "verb.call", start=start, end=end)
    ship = scene.vessels(start, end) or scene.reading.has("name.ship", start=start, end=end)
    earlier = any(w.end <= start for w in scene.reading.happened)
    if window.form != "until" or not (start and lies and ship and earlier):
        return window
    return replace(window, first=window.last, form="on", precision="day")


def _first(window: Window) -> date:
    return window.first or date.min


def _last(window: Window) -> date:
    return window.last or date.max


def _ship_on(reading: Reading, day: Window, days: list[Window]) -> bool:
    """Of several days, whether the clause of this one names a ship, or no clause does."""
    if len(days) == 1:
        return True
    named = {
        (start, end): any(start <= v.start < end for v in reading.vessels)
        or reading.has("name.new_ship", "unit.port_call", start=start, end=end)
        for start, end in (reading.clause(d.start) for d in days)
    }
    start, end = reading.clause(day.start)
    before = max((d.end for d in days if d.end <= day.start), default=0)
    if any(before <= v.start < day.start for v in reading.vessels):
        return True  # `the Lady R, which left on 4 February, and the Maia-1`
    if any(named.values()):
        return named[start, end] or _SAME.match(reading.text, start) is not None
    anywhere = bool(reading.vessels) or reading.has("name.new_ship")
    anywhere = anywhere or _SAME.match(reading.text, start) is not None
    return anywhere or reading.has("name.ship", start=start, end=end)


def _aboard(scene: Scene, day: Window, days: list[Window]) -> tuple[str, ...]:
    """Ships named with a day: since the day before it in its clause, else in the clause."""
    start, end = scene.reading.clause(day.start)
    earlier = [w.end for w in scene.reading.windows if start <= w.start < day.start]
    own = scene.vessels(max([start, *earlier]), day.start)
    before = max((w.end for w in scene.reading.windows if w.end <= day.start), default=0)
    own = own or scene.vessels(before, day.start) or scene.vessels(start, end)
    last = len(scene.reading.text) if day is days[-1] else end
    return own or scene.vessels(end=last)


def _sighting(scene: Scene, day: Window, ships: tuple[str, ...]) -> Draft | None:
    reading = scene.reading
    start, end = reading.clause(day.start)
    where = _where(scene, start, end)
    if where is None:
        return None
    left = bool(scene.points(where.origin)) and _leaves(reading, start, end)
    moving = left or _moves(scene, where, start, end)
    if moving:
        where = where if where.whole else filled(scene, where, finely=not left)
    else:
        where = _at(scene, where)
    if not where.either:
        return None
    return Draft(
        reading,
        (day.start, day.end),
        "movement" if moving else "sighting",
        "trip" if moving else "port_call",
        ONE,
        "event",
        "sea",
        where,
        ships,
        Dated(day, "stated"),
        firmness(reading),
        credited(scene),
    )


def _where(scene: Scene, start: int, end: int) -> Ends | None:
    """Ends of the clause, the port told before, or the sentence's; None where it is elsewhere."""
    where = ends(scene, start, end)
    if where.either:
        return where
    if scene.reading.elsewhere(start, end):
        return None
    ports, stated = scene.context.ports, ends(scene)
    there = scene.reading.has("name.port", start=start, end=end)
    there = there or _THERE.search(scene.reading.text, start, end) is not None
    if not stated.either and not scene.reading.places:
        there = there or scene.reading.has("verb.call", "verb.load", start=start, end=end)
    return Ends(ports, basis="carried") if there and ports else stated


def _moves(scene: Scene, where: Ends, start: int, end: int) -> bool:
    """Whether the ship is told to go from port to port, or to reach one with its cargo."""
    if not scene.points(where.destination):
        return False
    reached = {p.place_id for p in scene.reading.places if p.role == "destination"}
    told = scene.reading.topic or _sails(scene, start, end)
    return where.whole or bool(told and reached & where.destination)


def _sails(scene: Scene, start: int, end: int) -> bool:
    """Whether a ship that lay in a port before is told to go on: `and sailed to Vostochny`."""
    verbs = scene.reading.tagged("verb.move", "verb.depart", start=start, end=end)
    goes = any("verb.depart" in v.tags or "verb.call" not in v.tags for v in verbs)
    return goes and bool(scene.context.ports)


def _leaves(reading: Reading, start: int, end: int) -> bool:
    """Whether the ship is told to have loaded and left."""
    loads = reading.has(*GOODS, start=start, end=end)
    return loads and reading.has("verb.depart", start=start, end=end)


def _at(scene: Scene, where: Ends) -> Ends:
    """The port of a sighting, as its origin."""
    here = scene.points(where.origin) or scene.points(where.destination)
    if here:  # a ship does not lie in a depot
        return Ends(here, basis="stated") if scene.are(here, "port") else Ends()
    if scene.context.ports and (where.origin or not where.destination):
        return Ends(scene.context.ports, basis="carried")
    area = where.origin or where.destination
    return Ends() if scene.lie_in(area, "RU") else Ends(area, basis=where.basis)


def _same_stay(draft: Draft, other: Draft) -> bool:
    """Whether two sightings of a sentence tell of one stay: same ships, days that overlap."""
    mine, theirs = draft.dated.window, other.dated.window
    if draft.vessels != other.vessels or mine is None or theirs is None:
        return False
    return _first(mine) <= _last(theirs) and _first(theirs) <= _last(mine)


def _stayed(last: Draft, draft: Draft) -> Draft | None:
    """One of two, where a stay goes on to the next day, or a voyage is told by both its days."""
    before, now = last.dated.window, draft.dated.window
    if before is None or now is None or last.vessels != draft.vessels or last.ends != draft.ends:
        return None
    same = draft.reading.clause(before.start) == draft.reading.clause(now.start)
    voyage = last.kind == draft.kind == "movement" and draft.ends.whole
    apart = (_first(now) - _last(before)).days
    if not same or not (0 <= apart <= LONGEST_SIGHT_DAYS if voyage else apart == 1):
        return None
    return replace(last, dated=Dated(replace(before, last=now.last, form="range"), "stated"))


def _train(scene: Scene) -> Draft | None:
    """A single train seen, over all the days told of it."""
    reading, context = scene.reading, scene.context
    marks = reading.tagged("name.train")
    ships = reading.vessels or reading.has("name.new_ship")
    if not marks or ships or reading.has("stance.people") or scene.other_goods:
        return None
    days = _days(scene)
    if not days or not context.corridor or not reading.has(*PRESENT):
        return None
    first, last = min(days, key=_first), max(days, key=_last)
    stated = ends(scene)
    return Draft(
        reading,
        (marks[0].start, marks[0].end),
        "movement" if stated.whole else "sighting",
        "train",
        ONE,
        "event",
        "rail",
        filled(scene, stated, finely=False),
        (),
        Dated(first if first == last else replace(first, last=last.last, form="range"), "stated"),
        firmness(reading),
        credited(scene),
    )


def _absence(scene: Scene) -> list[Draft]:
    """No ship seen, in a window: a claim too, which bounds nothing."""
    reading = scene.reading
    marks = reading.absent()
    if not marks:
        return []
    start, end = reading.clause(marks[0].start)
    where = _at(scene, ends(scene))
    told = dated(scene, marks[0].start, marks[0].end)
    here = any(start <= w.start < end for w in reading.happened)
    if told.window is not None and told.window.form == "on" and _WHILE.search(reading.text):
        return []  # `in the summer none came for weeks`: when is not told
    if not here or not where.origin or told.basis != "stated":
        return []
    span = (marks[0].start, marks[0].end)
    return [
        Draft(
            reading, span, "count", "port_call", NONE, "window", "sea", where, dated=told,
            credit=credited(scene),
        )
    ]  # fmt: skip


def gone_on(last: Draft | None, seen: Draft, scene: Scene) -> Draft | None:
    """One draft of two, where a sighting goes on with the ship of the one before.

    Loaded in a port of North Korea and later seen in one of Russia, it made the voyage; seen in
    the same port some days running, it lay there. None where they are two.
    """
    if last is None or not _same_ship(last, seen):
        return None
    under_way = last.kind == "movement" and last.mode == "sea"
    if seen.kind == "movement" and last.kind == "sighting" and seen.ends.whole:
        return None  # `lay there on the 10th and sailed on the 12th`: a call and a voyage
    if last.kind != "sighting" and (not under_way or scene.points(last.ends.destination)):
        return None
    first, then = last.dated.window, seen.dated.window
    if first is None or then is None:
        return None
    if not 0 <= (_first(then) - _last(first)).days <= LONGEST_SIGHT_DAYS:
        return None
    told = Dated(replace(first, last=then.last, form="range"), "stated")
    here, there = last.ends.origin, seen.ends.origin or seen.ends.destination
    if here == there:
        anew = _AGAIN.search(seen.reading.text, first.end if seen.reading is last.reading else 0)
        return None if anew else replace(last, dated=told)
    if scene.lie_in(here, "KP") and scene.lie_in(there, "RU"):
        where = Ends(here, there, basis="stated")
        return replace(last, kind="movement", unit="trip", ends=where, dated=told)
    return None


def _same_ship(last: Draft, seen: Draft) -> bool:
    """Whether a later sentence goes on with the ship seen before, by name or as `it`."""
    if seen.number is not ONE:
        return False
    if (
        seen.reading is last.reading
    ):  # `loaded in Rajin on the 12th, it lay in Vostochny by the 14th`
        return bool(seen.vessels) and seen.vessels == last.vessels
    if seen.reading.has("name.new_ship"):
        return False
    return not seen.vessels or seen.vessels == last.vessels
