"""Denials: who says that nothing of the kind was shipped."""

from __future__ import annotations

import re

from geo.text.actors import ActorName, joined
from geo.text.dating import dated
from geo.text.drafts import Credited, Dated, Draft, Ends, Firmness
from geo.text.ends import NORTH_KOREA, RUSSIA
from geo.text.lexicon import Lexicon, Mark
from geo.text.reading import Reading
from geo.text.scene import Scene

#: Nations whose word against the charge is a denial.
CHARGED = ("KP", "RU")
#: Signs around `never` or `nothing` within which a word of supplying is what it denies.
NOTHING_REACH = 40
#: Signs between `not` and a word that denies, which it takes back.
NOT_REACH = 10
#: What denies the verb after it, not the one before.
_VERBAL = ("not", "nicht", "не")
_DISAGREES = re.compile(r"dis|not|no |refut|reject", re.IGNORECASE)


def denial(scene: Scene, lexicon: Lexicon) -> Draft | None:
    """The denial that a sentence tells, if it tells one."""
    reading = scene.reading
    mark = _denies(reading)
    if mark is None or not _about_shipments(scene):
        return None
    claimants = _denying(reading, mark, lexicon)
    if not claimants:
        return None
    ours = all(lexicon.actor[c].nation in CHARGED for c in claimants)
    last = scene.context.last
    told = dated(scene, mark.start, mark.end)
    return Draft(
        reading,
        (mark.start, mark.end),
        "transfer",
        mode="" if ours or last is None else last.mode,
        ends=Ends(NORTH_KOREA, RUSSIA, basis="corridor"),
        dated=told if told.basis == "said" else Dated(),
        firm=Firmness("denies", "denies"),
        credit=Credited(claimants, "stated"),
    )


def _denies(reading: Reading) -> Mark | None:
    """The word that denies, unless it is itself denied."""
    for mark in reading.tagged("stance.deny"):
        if not reading.has("stance.nothing", start=mark.start - NOT_REACH, end=mark.start):
            return mark
    for mark in reading.tagged("stance.nothing"):
        if any(q.start <= mark.start < q.end for q in reading.quantities):
            continue  # no fewer than
        if _never_sold(reading, mark) and reading.has("say.verb"):
            return mark
    return None


def _never_sold(reading: Reading, mark: Mark) -> bool:
    """`Never sold`, `has sold nothing`; but not `the shells it sent do not work`."""
    after = reading.has("stance.sold", start=mark.end, end=mark.end + NOTHING_REACH)
    if after or not reading.spaced:
        near = {"start": mark.start - NOTHING_REACH, "end": mark.end + NOTHING_REACH}
        return after or reading.has("stance.sold", **near)
    before = reading.has("stance.sold", start=mark.start - NOTHING_REACH, end=mark.start)
    return before and mark.text.lower() not in _VERBAL


def _about_shipments(scene: Scene) -> bool:
    if scene.reading.has("cargo.arms"):
        return True
    told = scene.reading.has("stance.charge", "stance.sold", "stance.deny")
    return scene.context.corridor and told


def _denying(reading: Reading, mark: Mark, lexicon: Lexicon) -> tuple[str, ...]:
    """Claimants before the word that denies, the nearest and those joined to it."""
    before = [a for a in reading.actors if a.start < mark.start and not a.called]
    before = before or list(reading.actors)
    charged = [a for a in before if lexicon.actor[a.actor].nation in CHARGED]
    while any(a.actor in reading.speakers for a in charged[:-1]) and (
        charged[-1].actor not in reading.speakers
    ):
        charged.pop()  # `Pyongyang says it has sold Russia nothing`
    if charged:
        return _nearest(charged, reading.text)
    doubting = [a.actor for a in before if lexicon.actor[a.actor].nation in ("", "UN")]
    return tuple(doubting[-1:]) if _DISAGREES.match(mark.text) else ()


def _nearest(actors: list[ActorName], text: str) -> tuple[str, ...]:
    chosen = [actors[-1]]
    for actor in reversed(actors[:-1]):
        if not joined(actor, chosen[-1], text):
            break
        chosen.append(actor)
    return tuple(sorted({a.actor for a in chosen}))
