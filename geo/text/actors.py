"""Who says it: claimants named in a text, and which of them a sentence is to be credited to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geo.text.finder import Finder, finder, word
from geo.text.lexicon import UNSPACED, Lexicon, Mark

#: Claimants whose names are first of all those of countries and capitals.
PLACES = frozenset({"DPRK", "Russia", "US government", "ROK government", "Ukraine", "Japan"})
#: Signs between a claimant and the verb of saying that follows it; less for the name of a country,
#: which mostly stands for the place.
BEFORE_VERB, COUNTRY_BEFORE_VERB = 60, 26
#: Signs between `according to`, or a verb of saying, and the claimant after it.
AFTER_ACCORDING, AFTER_VERB = 32, 16
#: Signs between a claimant and `refused to comment`.
BEFORE_SILENCE = 40
_PREPOSITION = (
    r"\b(?:to|from|in|it|of|with|for|by|into|at|on|after|between|against"
    r"|в|во|у|из|с|со|до|к|от|на|для|по|через|между|з|із|зі|від|між|щодо|aus|nach|mit|von|gegen)\b"
)
_GOVERNS = re.compile(_PREPOSITION, re.IGNORECASE)
_GOVERNED = re.compile(_PREPOSITION + r"\s+(?:the\s+)?$", re.IGNORECASE)
#: Who is told something does not say it.
_HEARER = re.compile(
    r"\b(?:told|telling|asked|asking|informed|briefed|urged|переда\w+|направил\w*|надісла\w+|нада\w+)"
    r"\s+(?:an?\s+|the\s+|експертам\s+|экспертам\s+|групі\s+|группе\s+)?$",
    re.IGNORECASE,
)
#: Korean and Japanese: the topic of a sentence; and a clause of another subject's own.
_TOPIC = re.compile(r"(?:\s?정부|\s?당국|\s?측|政府|当局|側)?[은는は]")
_OWN_CLAUSE = 12
#: What joins two claimants that speak together.
_JOINED = re.compile(r"[\s,]*(?:and|и|та|і|й|und|·|와|과|と|、)\s*(?:the\s+)?(?:\w+\s+)?")
#: `North Korea is estimated to`: not it estimates.
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?:\s+\w+ly)?\s*$", re.IGNORECASE)
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
#: A particle at the end of a name or right after it.
_SUBJECT = re.compile(r"[은는이가はがも측側]|.(?:[은는이가はがも측側]|\s?정부|\s?당국|政府|当局)")
#: `Washington's tally`, `US estimates`.
_ESTIMATE = re.compile(
    r"(?:'s)?\s+(?:own\s+|latest\s+)?(?:tally|figure|estimate|count|number|assessment|reckoning)s?\b"
)
#: `North Korea, he added`.
_OTHER_SUBJECT = re.compile(
    r"\b(?:he|she|it|they|он|она|они|він|вона|вони|er|sie|es)\s*$", re.IGNORECASE
)
_TOLD_OTHERWISE = re.compile(r"[;:]|\b(?:that|to)\b")


class ActorName(NamedTuple):
    """A claimant named in a sentence; `called` where only described: `a US think-tank`."""

    start: int
    end: int
    actor: str
    called: bool


@dataclass(frozen=True)
class ActorNames:
    """Finds claimants named in one language."""

    lexicon: Lexicon
    code: str

    def find(self, text: str) -> list[ActorName]:
        """Claimants that a plain sentence may name, in their order."""
        return [
            ActorName(start, end, actor, called)
            for start, end, (actors, called) in self._words.apart(text)
            for actor in actors
        ]

    @cached_property
    def _words(self) -> Finder[tuple[tuple[str, ...], bool]]:
        meant: dict[tuple[str, bool], list[str]] = {}
        for actor, known in self.lexicon.actor.items():
            for name in known.names:
                meant.setdefault((name, False), []).append(actor)
            for name in known.called:
                meant.setdefault((name, True), []).append(actor)
        words = [
            word(spelling, (tuple(actors), called), cased=_cased(spelling))
            for (name, called), actors in meant.items()
            for spelling in _opening(name)
        ]
        return finder(words, spaced=self.code not in UNSPACED)


def _cased(name: str) -> bool:
    """Whether capitals count: of a single word, and where an article belongs to the name."""
    return name != name.lower() and (" " not in name or name.startswith("The "))


def _opening(name: str) -> list[str]:
    """A name as it stands within a sentence and at its head."""
    return [name, "The" + name[3:]] if name.startswith("the ") else [name]


def meant_by(actors: list[ActorName], named: frozenset[str], lexicon: Lexicon) -> list[ActorName]:
    """Claimants without descriptions that stand for nobody whom the text names.

    A description stands for one claimant, the first of them; `both countries` for both. One that
    only one body of a nation is called by, `the defence minister`, needs only its nation named.
    """
    nations = {lexicon.actor[name].nation for name in named} - {""}
    out: list[ActorName] = []
    for actor in actors:
        again = any(a.start == actor.start for a in out)
        alone = sum(a.start == actor.start for a in actors) == 1
        known = actor.actor in named or (alone and lexicon.actor[actor.actor].nation in nations)
        if not actor.called or (known and not again):
            out.append(actor)
    return out


def joined(first: ActorName, second: ActorName, text: str) -> bool:
    """Whether two claimants speak together: `Moscow and Pyongyang`, `both countries`."""
    gap = text[first.end : second.start]
    return first.start == second.start or _JOINED.fullmatch(gap) is not None


@dataclass(frozen=True)
class Speakers:
    """Decides whom a sentence is to be credited to."""

    lexicon: Lexicon

    def speaking(
        self, text: str, actors: Sequence[ActorName], marks: Sequence[Mark]
    ) -> tuple[str, ...]:
        """Claimants that speak in a sentence, the first first; empty where none does.

        A capital or a country speaks only next to a verb of saying. Newspapers and agencies stand
        back behind whoever they quote.
        """
        speaking = _together([a for a in actors if self._speaks(text, a, actors, marks)], text)
        bodies = self._bodies(text, actors, marks)
        names = list(dict.fromkeys(a.actor for a in speaking or bodies))
        for joint, members in self.lexicon.together.items():
            if set(members) <= {a.actor for a in actors} and set(members) & set(names):
                return (joint,)
        own = [n for n in names if not self.lexicon.actor[n].relays]
        if names and not own:  # told to a newspaper by somebody else
            own = [a.actor for a in bodies if not self.lexicon.actor[a.actor].relays][:1]
        return tuple(own or names)

    def _bodies(
        self, text: str, actors: Sequence[ActorName], marks: Sequence[Mark]
    ) -> list[ActorName]:
        """Who is named with something to say; in an aside where the others keep silent."""
        bodies = [a for a in actors if a.actor not in PLACES]
        bodies = [a for a in bodies if not _HEARER.search(text[: a.start])] or bodies
        first = [a for a in bodies if not _in_aside(a, marks)]
        heard = [a for a in first if not _silent(a, marks)]
        return heard if heard or not first else [a for a in bodies if a not in first]

    def aside(self, actors: Sequence[ActorName]) -> tuple[str, ...]:
        """The first claimant of a sentence in which none speaks, if it names one."""
        return tuple(a.actor for a in actors if a.actor not in PLACES)[:1]

    def _speaks(
        self, text: str, actor: ActorName, actors: Sequence[ActorName], marks: Sequence[Mark]
    ) -> bool:
        if self.lexicon.actor[actor.actor].document or _accords(text, actor, marks):
            return True
        country = actor.actor in PLACES
        if _in_aside(actor, marks) or (country and _GOVERNED.search(text[: actor.start])):
            return False
        unspaced = _UNSPACED.match(text, actor.start) is not None
        if country and unspaced and not _is_subject(text, actor):
            return False
        if country and _is_object(text, actor, marks):
            return False
        if unspaced and _is_topic(text, actor, actors, marks):
            return True
        if country and _ESTIMATE.match(text, actor.end):
            return True
        others = [a for a in actors if a is not actor]
        return any(
            _before_verb(text, actor, mark, others, marks, country=country)
            or _after_verb(text, actor, mark, marks)
            for mark in marks
            if mark.tags & {"say.verb", "stance.deny"}
        )


def _is_subject(text: str, actor: ActorName) -> bool:
    """Korean and Japanese: whether a particle makes a country the subject."""
    return _SUBJECT.match(text, actor.end - 1) is not None


def _is_object(text: str, actor: ActorName, marks: Sequence[Mark]) -> bool:
    """Whether a country stands right after what is done to it: `visited North Korea`."""
    acts = ("verb.move", "verb.visit", "verb.call", "verb.get")
    governing = [m for m in marks if m.tags & set(acts) and m.end <= actor.start]
    return any(text[m.end : actor.start].strip() in ("", "the") for m in governing)


def _is_topic(
    text: str, actor: ActorName, actors: Sequence[ActorName], marks: Sequence[Mark]
) -> bool:
    """Korean and Japanese: whether the sentence is about what the claimant says."""
    if not (_TOPIC.match(text, actor.end) or text[actor.end - 1] in "은는は"):
        return False
    verbs = [m for m in marks if "say.verb" in m.tags and m.start >= actor.end]
    later = [a for a in actors if a.start > actor.end]
    return any(
        not any(a.end <= verb.start and _takes(text, a, verb) for a in later) for verb in verbs
    )


def _takes(text: str, other: ActorName, verb: Mark) -> bool:
    """Whether a verb is of another topic before it, or of a subject right before it."""
    if _TOPIC.match(text, other.end):
        return True
    near = verb.start - other.end <= _OWN_CLAUSE
    return near and _SUBJECT.match(text, other.end - 1) is not None


def _accords(text: str, actor: ActorName, marks: Sequence[Mark]) -> bool:
    """Whether a name follows `according to`; in Korean and Japanese it stands before it."""
    according = [m for m in marks if "say.according" in m.tags]
    if _UNSPACED.match(text, actor.start):
        gaps = [text[actor.end : m.start] for m in according if m.start >= actor.end]
        return any(len(gap) <= _OWN_CLAUSE and not re.search("[、,]", gap) for gap in gaps)
    return any(_follows(text, mark, actor, AFTER_ACCORDING) for mark in according)


def _follows(text: str, mark: Mark, actor: ActorName, reach: int) -> bool:
    gap = text[mark.end : actor.start]
    return mark.end <= actor.start and len(gap) <= reach and not _TOLD_OTHERWISE.search(gap)


def _before_verb(
    text: str,
    actor: ActorName,
    verb: Mark,
    others: Sequence[ActorName],
    marks: Sequence[Mark],
    *,
    country: bool,
) -> bool:
    """Whether a verb of saying after a name is said of it, and not of anything between."""
    gap = text[actor.end : verb.start]
    if verb.start < actor.end or len(gap) > (COUNTRY_BEFORE_VERB if country else BEFORE_VERB):
        return False
    aside = re.match(r",[^,]*,", gap)  # `RUSI, writing with NK News, speaks of`
    start = actor.end + (aside.end() if aside else 0)
    if re.search(r"[;:]", gap) or (country and _GOVERNS.search(gap)):
        return False
    if any(start <= other.start < verb.start for other in others) or _PASSIVE.search(gap):
        return False
    if country and _OTHER_SUBJECT.search(gap):
        return False
    breaks = {"verb.move", "say.which", "say.that"}
    return not any(start <= m.start < verb.start and m.tags & breaks for m in marks)


def _after_verb(text: str, actor: ActorName, verb: Mark, marks: Sequence[Mark]) -> bool:
    """Whether a name right after a verb of saying is its subject: `..., said Kirby`."""
    if "say.verb" not in verb.tags or not _follows(text, verb, actor, AFTER_VERB):
        return False
    rest = re.match(r"[^.,;]*", text[actor.end :])
    stop = actor.end + len(rest[0] if rest else "")
    moves = {"verb.move", "verb.call"}
    return not any(actor.end <= m.start < stop and m.tags & moves for m in marks)


def _together(speaking: list[ActorName], text: str) -> list[ActorName]:
    """The first who speaks, with those who speak with it."""
    chosen = speaking[:1]
    for actor in speaking[1:]:
        if not joined(chosen[-1], actor, text):
            break
        chosen.append(actor)
    return chosen


def _silent(actor: ActorName, marks: Sequence[Mark]) -> bool:
    """Whether a name is of somebody who refused to comment."""
    return any("say.silent" in m.tags and 0 <= m.start - actor.end <= BEFORE_SILENCE for m in marks)


def _in_aside(actor: ActorName, marks: Sequence[Mark]) -> bool:
    """Whether a name is the subject of a relative clause: `which the White House showed`."""
    return any("say.which" in m.tags and 0 <= actor.start - m.end <= len(" the ") for m in marks)
