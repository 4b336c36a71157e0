"""Movements told without a number: shipped from here to there, and taken on by train."""

from __future__ import annotations

import re

from geo.text.dating import dated
from geo.text.drafts import Credited, Draft, Ends
from geo.text.ends import NORTH_KOREA, RUSSIA, at_port, ends, filled
from geo.text.lexicon import Mark
from geo.text.modes import Part, parts
from geo.text.reading import Reading
from geo.text.scene import Scene, credited
from geo.text.stances import firmness, planned

#: Signs before a verb within which a word denies it.
NOT_REACH = 20
#: Signs around a verb within which what it moves is named.
UNIT_REACH = 70
#: What an uncounted leg may be told in, the most telling first.
UNITS = ("round_trip", "trip", "container", "railcar", "round")
#: `A port used for arms transfers`: none of them is told.
_IN_GENERAL = re.compile(
    r"\b(?:used|route|hub|port|base|evidence|proof|role)\s+(?:for|in|of)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
#: What makes a verb of moving another: `took its place`, `gave no figure`, `went on to say`.
_IDIOM = re.compile(
    r"\s+(?:(?:its|their|his|her|the|no|a|any)\s+)*(?:place|part|turn|note|notice|over|stock|office|"
    r"effect|action|steps|measures|details?|figures?|breakdown|reasons?|evidence|proof|word|rise|"
    r"further|public|ahead|out|up(?=\s+(?:on|at|beside|along|near|by|in)\b)|on\s+to\s+(?:say|add|tell)|"
    r"under|into\s+force|attention|pressure)\b",
    re.IGNORECASE,
)
#: `Would not say what the trains carried`: nothing is told.
_ASKED = re.compile(
    r"\b(?:say|said|know|known|clear|tell|ask|asked|determine|verify|confirm)\s+"
    r"(?:what|whether|how|where|if)\b[^,;.]*$",
    re.IGNORECASE,
)
#: `Shipping containers stood there`: no verb.
_NOUN = re.compile(r"shipping\s+containers?\b", re.IGNORECASE)
_DOING = re.compile(
    r"\b(?:been|is|are|was|were|of|by|from|began|started|stopped|for)\s+$", re.IGNORECASE
)
#: Verbs that move nothing by themselves, and what they must be said of: `made voyages`.
LIGHT = ("made", "makes", "completed", "ran", "run", "runs", "begin", "begins", "began", "acquired")
DONE_REACH = 40
DONE = ("unit.trip", "unit.round_trip", "unit.delivery", "unit.port_call")
MOVES = ("verb.move", "verb.load", "verb.unload")
GOODS = ("cargo.arms", "cargo.container", "cargo.box")


def legs(scene: Scene) -> list[Draft]:
    """Uncounted movements, one a mode, in the order of the sentence."""
    if scene.other_goods or scene.apart or scene.reading.unseen():
        return []
    out: list[Draft] = []
    told = _by_mode(scene)
    journey = len(told) > 1 and any(where.either for _, where in told)
    for part, where in told:
        draft = _leg(scene, part, where, out, journey=journey)
        if draft is not None:
            out.append(draft)
    return out


def _by_mode(scene: Scene) -> list[tuple[Part, Ends]]:
    """One part a mode: the first of its kind, with the ends that any of its kind states."""
    out: dict[str, tuple[Part, Ends]] = {}
    for part in parts(scene):
        where = ends(scene, part.start, part.end)
        first, known = out.get(part.mode, (part, where))
        out[part.mode] = (first, where if where.whole and not known.whole else known)
    return list(out.values())


def _leg(
    scene: Scene, part: Part, stated: Ends, before: list[Draft], *, journey: bool
) -> Draft | None:
    reading, (start, end, mode) = scene.reading, part
    verbs = _verbs(scene, part) or _implied(scene, part, stated, before)
    if (
        not verbs
        or reading.has("stance.halt", start=start, end=end)
        or _leads_away(scene, part, stated)
    ):
        return None
    where = _onward(scene, part, stated, before)
    if not where.either:
        return None
    if where.basis == "corridor" and (reading.elsewhere(start, end) or not _of_north(scene)):
        return None
    told = dated(scene, verbs[0].start, verbs[0].end)
    firm = told.basis == "stated" or (journey and end < len(reading.text))
    if not _telling(scene, part, where, dated=firm):
        return None
    return Draft(
        reading,
        (verbs[0].start, verbs[0].end),
        "transfer",
        _unit(reading, verbs[0]),
        mode=mode or ("sea" if where.whole and scene.are(where.either, "port") else ""),
        ends=where,
        vessels=scene.vessels() if mode == "sea" else (),
        dated=told,
        firm=firmness(reading, start, end),
        credit=_credit(scene, where),
    )


def _implied(scene: Scene, part: Part, stated: Ends, before: list[Draft]) -> list[Mark]:
    """`By sea to Dunai, then by train to Tikhoretsk`: the verb is told once."""
    goes_on = before and before[-1].mode != part.mode and stated.destination - RUSSIA
    return scene.reading.tagged(f"mode.{part.mode}", start=part.start) if goes_on else []


def _of_north(scene: Scene) -> bool:
    """Whether the text speaks of North Korea: in the sentence, or as what it is about."""
    return scene.names_north or scene.context.corridor


def _verbs(scene: Scene, part: Part) -> list[Mark]:
    """Verbs in a part of a sentence that are said of cargo that did move."""
    return [
        verb
        for verb in scene.reading.tagged(*MOVES, start=part.start, end=part.end)
        if _said_of_cargo(scene, verb, part)
        and not planned(scene.reading, *scene.reading.clause(verb.start))
    ]


def _said_of_cargo(scene: Scene, verb: Mark, part: Part) -> bool:
    """Whether a verb of moving is said of cargo: named in its clause, or taken up by rail."""
    reading = scene.reading
    start, end = reading.clause(verb.start)
    denied = reading.has("stance.nothing", start=verb.start - NOT_REACH, end=verb.start)
    if denied or reading.absent(start, verb.start):
        return False
    if "unit.delivery" in verb.tags and _IN_GENERAL.search(reading.text[: verb.start]):
        return False
    if _IDIOM.match(reading.text, verb.end) or _ASKED.search(reading.text[: verb.start]):
        return False
    if _NOUN.match(reading.text, verb.start):
        return _DOING.search(reading.text[: verb.start]) is not None
    near = {"start": max(start, verb.start - DONE_REACH), "end": min(end, verb.end + DONE_REACH)}
    if verb.text.lower() in LIGHT and not reading.has(*DONE, **near):
        return False
    if reading.has("stance.rate", "stance.people", start=start, end=end):
        return False
    if verb.tags & {"unit.trip", "unit.round_trip", "unit.delivery"} and len(reading.places) > 1:
        return True
    if reading.has(*GOODS, start=start, end=end) or scene.vessels(start, end):
        return True
    taken_up = reading.has("name.ship", "say.pronoun", "name.them") or bool(reading.topic)
    trains = reading.tagged("name.train", end=verb.start)
    taken_up = taken_up or any(t.text.lower().startswith(("the ", "der ")) for t in trains)
    where = ends(scene, part.start, part.end)
    ports = scene.points(where.origin) and scene.points(where.destination)
    # Korean and Japanese leave the subject out; elsewhere it may be only `two Russian ships`.
    onward = bool(reading.places) and reading.has("mode.rail")
    elliptic = not reading.spaced or reading.has("unit.vessels", start=start, end=verb.start)
    return scene.context.corridor and (
        (taken_up and (part.mode == "rail" or onward)) or (bool(ports) and (taken_up or elliptic))
    )


def _leads_away(scene: Scene, part: Part, stated: Ends) -> bool:
    """Whether no cargo for Russia is told of: a ship come to load, trains that feed a port."""
    if stated.reverse and not stated.origin:
        return True
    feeds = any(scene.gazetteer.kind[p] == "port" for p in stated.origin)
    return part.mode == "rail" and not stated.destination and feeds


def _onward(scene: Scene, part: Part, stated: Ends, before: list[Draft]) -> Ends:
    """Ends with those of the leg before: what goes on by rail begins where the ship landed."""
    if stated.reverse:
        return filled(scene, stated, finely=False)
    if part.mode == "rail":
        inland = _inland(scene, part, stated, before)
        if inland is not None:
            return inland
    else:
        stated = at_port(scene, stated, part.start, part.end)
    loaded = _loaded(scene)
    by_sea = part.mode in ("", "sea") and scene.are(stated.destination, "port")
    if by_sea and not stated.origin and loaded:
        return Ends(loaded, stated.destination, stated.via, "carried")
    basis = stated.basis if stated.whole else "corridor"
    origin, destination = stated.origin or NORTH_KOREA, stated.destination or RUSSIA
    return Ends(origin, destination, stated.via, basis)


def _inland(scene: Scene, part: Part, stated: Ends, before: list[Draft]) -> Ends | None:
    """A leg by rail within Russia, from where the cargo landed; None where it is none."""
    if stated.origin or stated.destination == RUSSIA:
        return None
    moved = scene.reading.has("verb.move", start=part.start, end=part.end)
    by_ship = bool(before) and scene.are(before[-1].ends.destination, "port")
    if not stated.destination and by_ship:
        if not moved:
            return Ends()  # `and put on a train there`: where to is not told
        return Ends(before[-1].ends.destination, basis="carried")  # `then by train to the west`
    if not scene.context.corridor or not scene.lie_in(stated.destination, "RU"):
        return None
    earlier = before[-1] if before else scene.context.whole
    landed = scene.points(earlier.ends.destination) if earlier is not None else frozenset()
    if not landed and scene.context.landed is not None:
        landed = scene.points(scene.context.landed.ends.destination)
    if stated.destination <= landed:
        return None
    origin = landed or (RUSSIA if earlier is not None else NORTH_KOREA)
    return Ends(origin, stated.destination, stated.via, "carried")


def _loaded(scene: Scene) -> frozenset[str]:
    whole = scene.context.whole
    return whole.ends.origin if whole is not None else scene.context.ports


def _telling(scene: Scene, part: Part, where: Ends, *, dated: bool) -> bool:
    """Whether the leg says more than that something was sent: a place, a train, a dated ship."""
    if where.either - NORTH_KOREA - RUSSIA:
        return True
    return scene.context.corridor and (part.mode == "rail" or (bool(part.mode) and dated))


def _unit(reading: Reading, verb: Mark) -> str:
    """What moved, named next to the verb."""
    start, end = reading.clause(verb.start)
    near = {"start": max(start, verb.start - UNIT_REACH), "end": min(end, verb.end + UNIT_REACH)}
    return next((unit for unit in UNITS if reading.has(f"unit.{unit}", **near)), "")


def _credit(scene: Scene, where: Ends) -> Credited:
    """Who is to be credited: for a way onward that nobody is named for, who told of the landing."""
    credit, landed = credited(scene), scene.context.landed
    if credit.basis != "stated" and where.basis == "carried" and landed is not None:
        return Credited(landed.credit.claimants, "carried")
    return credit
