"""Reading the sentences of a text in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.text.actors import ActorName, ActorNames, Speakers, meant_by
from geo.text.letters import Calendar
from geo.text.lexicon import UNSPACED, Language, Lexicon, Mark, Marker, either
from geo.text.names import PlaceNames, VesselName, VesselNames
from geo.text.numbers import Numerals
from geo.text.quantities import VOYAGES, Quantities
from geo.text.reading import Reading
from geo.text.roles import Roles
from geo.text.saying import Saying
from geo.text.sentences import Sentence
from geo.text.windows import Window, windows

if TYPE_CHECKING:
    import pandas as pd

    from geo.places import Gazetteer

#: Words of shipping anywhere in a text make a ship of a name that may be a person's.
SHIPPING = frozenset(
    {
        "mode.sea", "mode.port", "cargo.box", "cargo.container", "unit.trip", "unit.round_trip",
        "verb.visit", "verb.unload",
    }
)  # fmt: skip
#: Units that a bare number may take up from the sentence before.
TAKEN_UP = ("railcar", "container", "vessels", "round")
#: Signs between a number and what it counts, where the number might be a year.
UNIT_REACH = 10
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_YEAR = re.compile(r"\b(?:in|since|during|of|by|from|until|early|late|mid|Jahr|seit)[\s-]+$")
#: What sets what one claimant says against what another does.
_CONTRAST = re.compile(
    r"[;,]?\s*(?:while|whereas|but|and|although|а|но|але|тоді як|тогда как|während|aber)\s"
)


@dataclass(frozen=True)
class Eye:
    """Reads sentences of one language."""

    lexicon: Lexicon
    code: str
    gazetteer: Gazetteer
    vessels: pd.DataFrame

    def read(self, told: list[Sentence], published: date) -> Iterator[Reading]:
        """Readings of a plain text's sentences, in their order."""
        marks = [self._marker.find(sentence.text) for sentence in told]
        actors = [self._actors.find(sentence.text) for sentence in told]
        named = frozenset(a.actor for found in actors for a in found if not a.called)
        shipping = any(m.tags & SHIPPING for found in marks for m in found)
        unit = ""
        for sentence, words, found in zip(told, marks, actors, strict=True):
            meant = meant_by(found, named, self.lexicon)
            reading = self._read(sentence, published, words, meant, unit, shipping=shipping)
            unit = _last_unit(reading) or unit
            yield reading

    def _read(
        self,
        sentence: Sentence,
        published: date,
        words: list[Mark],
        actors: list[ActorName],
        unit_before: str,
        *,
        shipping: bool,
    ) -> Reading:
        text = sentence.text
        places = self._roles.told(text, self._places.find(text, shipping=shipping))
        ships = self._ships.find(text, spaced=self.spaced, shipping=shipping)
        nth = [(q.start, q.end) for q in self._quantities.ordinals(text, words)]
        dates = windows(_without(text, [*ships, *nth]), published, self._calendar)
        dates = [w for w in dates if not _counts(text, w, words)]
        words = self._anew(text, words)
        marks = [m for m in words if not any(w.start <= m.start < w.end for w in dates)]
        taken = [(w.start, w.end) for w in dates]
        taken += [(ship.start, ship.end) for ship in ships]
        taken += [(place.start, place.end) for place in places]
        speakers = self._speakers.speaking(text, actors, marks)
        return Reading(
            sentence,
            tuple(m.start() for m in self._clause.finditer(text)),
            tuple(marks),
            tuple(places),
            tuple(ships),
            tuple(actors),
            speakers,
            () if speakers else self._speakers.aside(actors),
            tuple(dates),
            Saying(text, actors, marks, self.spaced).window(dates),
            self._asides(text, speakers, actors, marks),
            tuple(self._quantities.find(text, marks, taken, unit_before)),
            self.spaced,
        )

    def _asides(
        self, text: str, speakers: tuple[str, ...], actors: list[ActorName], marks: list[Mark]
    ) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
        """Clauses with a speaker of their own: `while Washington says`."""
        if not speakers or len({a.actor for a in actors}) < len(("one", "another")):
            return ()
        edges = [0, *(m.start() for m in self._clause.finditer(text)), len(text)]
        out = []
        for start, end in pairwise(edges):
            if start and _CONTRAST.match(text, start):
                here = [a for a in actors if start <= a.start < end]
                words = [m for m in marks if start <= m.start < end]
                who = self._speakers.speaking(text, here, words)
                out += [(start, end, who)] if who and who != speakers else []
        return tuple(out)

    def _anew(self, text: str, marks: list[Mark]) -> list[Mark]:
        """Marks without `a new ship` where a word before it tells that it is the one named."""
        known = self._language.definite
        if not known:
            return marks
        taken_up = [(m.start, m.end) for m in marks if m.tags & {"name.ship", "name.pair"}]
        return [
            m._replace(tags=m.tags - {"name.new_ship"})
            if "name.new_ship" in m.tags
            and (
                any(start < m.start < end for start, end in taken_up)
                or self._known.search(text[: m.start])
            )
            else m
            for m in marks
        ]

    @cached_property
    def _known(self) -> re.Pattern[str]:
        """`The 115-metre`, before a ship; `the next` is another one."""
        words = either(self._language.definite)
        others = either(self._language.other)
        return re.compile(rf"(?<!\w)(?:{words})\s+(?:(?!{others})[\w-]+\s+){{0,3}}$", re.IGNORECASE)

    @cached_property
    def spaced(self) -> bool:
        """Whether the language writes blanks between words."""
        return self.code not in UNSPACED

    @cached_property
    def _language(self) -> Language:
        return self.lexicon.language[self.code]

    @cached_property
    def _clause(self) -> re.Pattern[str]:
        return re.compile(self._language.clause)

    @cached_property
    def _marker(self) -> Marker:
        return self.lexicon.marker(self.code)

    @cached_property
    def _numerals(self) -> Numerals:
        return Numerals(self._language, self.spaced)

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar(self._language.date, self._numerals.values, self.spaced)

    @cached_property
    def _places(self) -> PlaceNames:
        return PlaceNames(self.gazetteer, self.code, self._language)

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self.code, self._language)

    @cached_property
    def _ships(self) -> VesselNames:
        return VesselNames(self.vessels)

    @cached_property
    def _actors(self) -> ActorNames:
        return ActorNames(self.lexicon, self.code)

    @cached_property
    def _speakers(self) -> Speakers:
        return Speakers(self.lexicon)

    @cached_property
    def _quantities(self) -> Quantities:
        return Quantities(self._language, self.spaced, self._numerals)


def _last_unit(reading: Reading) -> str:
    """What a bare number in the next sentence would count: `around 70 were seen`."""
    if any(q.unit in VOYAGES for q in reading.quantities):
        return next(q.unit for q in reversed(reading.quantities) if q.unit in VOYAGES)
    units = (t.removeprefix("unit.") for m in reversed(reading.marks) for t in sorted(m.tags))
    return next((unit for unit in units if unit in TAKEN_UP), "")


def _counts(text: str, window: Window, marks: list[Mark]) -> bool:
    """Whether what looks like a year is the number of what follows: `2000 containers`."""
    if not _YEAR.fullmatch(text, window.start, window.end):
        return False
    units = (m.start for m in marks if any(tag.startswith("unit.") for tag in m.tags))
    near = any(0 < start - window.end <= UNIT_REACH for start in units)
    return near and not _IN_YEAR.search(text[: window.start])


def _without(text: str, spans: Iterable[tuple[int, ...] | VesselName]) -> str:
    """The text without some spans: the 1 of Maia-1 is no day, nor is the 27th ship."""
    for start, end, *_ in spans:
        text = text[:start] + "x" * (end - start) + text[end:]
    return text
