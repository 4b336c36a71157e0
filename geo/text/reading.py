"""A sentence with everything that was found in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from geo.text.actors import ActorName
from geo.text.lexicon import Mark
from geo.text.names import VesselName
from geo.text.quantities import Quantity
from geo.text.roles import PlaceName
from geo.text.sentences import Sentence
from geo.text.windows import Window

#: Signs between `no` and the ship that was not there.
NONE_REACH = 34
#: Signs between `not` and what ships were not: `not been seen`.
NOT_REACH = 8
#: Signs between `for the first time` and `since July`, which then opens no window.
FIRST_REACH = 60
#: What a sentence may say is moved, the most telling first; `box` is cargo of any kind.
TOPICS = ("arms", "container", "other", "box")


_FILLED = re.compile(
    r"\s(?:of|with|full of|filled with|loaded with|carrying|с|со|з|із|зі|mit|voller)\s(?:\w+\s)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """What was found in one sentence, in its order."""

    sentence: Sentence
    #: Where its clauses begin, after the first.
    breaks: tuple[int, ...]
    marks: tuple[Mark, ...]
    places: tuple[PlaceName, ...]
    vessels: tuple[VesselName, ...]
    actors: tuple[ActorName, ...]
    #: Claimants who speak in it, and one named only in an aside.
    speakers: tuple[str, ...]
    aside: tuple[str, ...]
    windows: tuple[Window, ...]
    #: The window in which something was said.
    said: Window | None
    #: Clauses that another claimant tells than the sentence, with who tells them.
    asides: tuple[tuple[int, int, tuple[str, ...]], ...]
    quantities: tuple[Quantity, ...]
    spaced: bool

    @property
    def text(self) -> str:
        """The sentence, plain."""
        return self.sentence.text

    def tagged(self, *tags: str, start: int = 0, end: int | None = None) -> list[Mark]:
        """Words that tell any of some things, in part of the sentence."""
        last = len(self.text) if end is None else end
        wanted = frozenset(tags)
        return [m for m in self.marks if m.tags & wanted and start <= m.start and m.end <= last]

    def has(self, *tags: str, start: int = 0, end: int | None = None) -> bool:
        """Whether any such word stands in part of the sentence."""
        return bool(self.tagged(*tags, start=start, end=end))

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Spans of the sentence's clauses."""
        edges = [0, *self.breaks, len(self.text)]
        return tuple((start, end) for start, end in pairwise(edges) if end > start)

    def clause(self, position: int) -> tuple[int, int]:
        """The span of the clause that a position lies in."""
        return next((c for c in self.clauses if c[0] <= position < c[1]), self.clauses[-1])

    def told_by(self, position: int) -> tuple[str, ...]:
        """Claimants who speak in the clause of a position, or else in the sentence."""
        own = (who for start, end, who in self.asides if start <= position < end)
        return next(own, self.speakers)

    def elsewhere(self, start: int, end: int) -> bool:
        """Whether part of the sentence names a party other than the two countries."""
        return any(
            not any(p.start <= m.start < p.end for p in self.places)
            for m in self.tagged("elsewhere.party", start=start, end=end)
        )

    def absent(self, start: int = 0, end: int | None = None) -> list[Mark]:
        """Words that say in part of the sentence that no ship was there."""
        out = self.tagged("stance.absent", start=start, end=end)
        for mark in self.tagged("stance.none", start=start, end=end):
            ships = self.tagged("unit.vessels", start=mark.end, end=mark.end + NONE_REACH)
            if ships and not self.has("verb.move", "verb.call", start=mark.end, end=ships[0].start):
                out.append(mark)
        return out

    def unseen(self, start: int = 0) -> bool:
        """Whether ships are told not to have been seen or to have called."""
        verbs = self.tagged("verb.see", "verb.call", start=start)
        denied = self.tagged("stance.nothing", start=start)
        return any(0 < v.start - mark.end <= NOT_REACH for mark in denied for v in verbs)

    @cached_property
    def happened(self) -> tuple[Window, ...]:
        """Windows other than that of the saying; `the first since July` opens none."""
        return tuple(
            w
            for w in self.windows
            if w is not self.said and not (w.form == "since" and self._first(w))
        )

    def _first(self, window: Window) -> bool:
        start, end = max(0, window.start - FIRST_REACH), window.start
        broken = re.search("[:;]", self.text[start:end])
        return self.spaced and not broken and self.has("stance.first", start=start, end=end)

    @cached_property
    def topic(self) -> str:
        """What the sentence says is moved, of `TOPICS`; empty where it does not say."""
        if not self.has("cargo.arms") and self._filled_otherwise:
            return "other"
        return next((topic for topic in TOPICS if self.has(f"cargo.{topic}")), "")

    @property
    def _filled_otherwise(self) -> bool:
        """`900 containers of timber`: what is in them is what moves."""
        boxes = self.tagged("unit.container", "unit.railcar", "unit.train")
        others = self.tagged("cargo.other")
        gaps = [self.text[b.end : o.start] for b in boxes for o in others if o.start > b.end]
        return any(_FILLED.fullmatch(gap) for gap in gaps)
