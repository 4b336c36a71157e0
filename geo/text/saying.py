"""The day on which something was said, apart from the day on which it happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.text.actors import ActorName
from geo.text.lexicon import Mark
from geo.text.windows import Window

#: Signs between a verb of saying and the date after it; twice that where a figure is given.
SAID_REACH, GIVEN_REACH = 26, 52
#: Signs between such a date and the verb that follows it: "On Friday the White House said".
SAYS_REACH = 70
#: Signs before a date that opens a sentence.
OPENING = 14
#: Signs that a particle and a blank take in Korean and Japanese.
PARTICLE = 2
#: Japanese particles that make a date the day of what follows.
_WHEN = ("に", "の")
_BROKEN = re.compile(r"[,;:.](?!\d)|\bthat\b")


@dataclass(frozen=True)
class Saying:
    """Finds the date of saying in one sentence."""

    text: str
    actors: Sequence[ActorName]
    marks: Sequence[Mark]
    spaced: bool

    def window(self, windows: Sequence[Window]) -> Window | None:
        """The window in which something was said, if one is told."""
        told = [w for w in windows if w.form in ("on", "until")]
        tests = (self._at_verb, self._after_verb, self._between, self._at_actor, self._opens)
        for says in tests:
            window = next((w for w in told if says(w)), None)
            if window is not None:
                return window
        return None

    def _after_verb(self, window: Window) -> bool:
        """`Said on Friday`, `a paper out on Monday`; but seen on Friday is when it was so."""
        for mark in self.marks:
            says = mark.tags & {"say.verb", "say.out"} and "verb.see" not in mark.tags
            if not says or mark.end > window.start:
                continue
            gap = self.text[mark.end : window.start]
            reach = GIVEN_REACH if "say.figure" in mark.tags else SAID_REACH
            moved = self._tells({"verb.move", "verb.call"}, mark.end, window.start)
            if len(gap) <= reach and not moved and not _BROKEN.search(gap):
                return True
        return False

    def _opens(self, window: Window) -> bool:
        """`On Friday the White House said`, not `in November, the White House said, five cars`."""
        if len(self.text[: window.start].strip()) > OPENING:
            return False
        for mark in self.marks:
            if mark.start < window.end or "say.verb" not in mark.tags:
                continue
            parenthesis = self.text[mark.end : mark.end + 1] == ","
            reach = mark.start if self.spaced else min(mark.start, window.end + 2 * PARTICLE)
            named = any(window.end <= a.start < reach for a in self.actors)
            moved = self._tells({"verb.move"}, window.end, mark.start)
            near = mark.start - window.end <= SAYS_REACH
            if near and named and not moved and not parenthesis:
                return True
        return False

    def _between(self, window: Window) -> bool:
        """`Peskov on Saturday denied`: the date between who speaks and the verb."""
        named = any(0 < window.start - a.end <= OPENING for a in self.actors)
        if not named or not self.spaced:
            return False
        tags = {"say.verb", "say.silent", "stance.deny"}
        return any(
            window.end <= m.start < window.end + SAID_REACH
            and m.tags & tags
            and "verb.see" not in m.tags
            and not _BROKEN.search(self.text[window.end : m.start])
            for m in self.marks
        )

    def _at_verb(self, window: Window) -> bool:
        """The date right before the verb: `12 марта опубликовал`."""
        reach = 1 if self.spaced else PARTICLE
        return any(
            m.start - window.end <= reach and "verb.see" not in m.tags
            for m in self._verbs_after(window)
        )

    def _at_actor(self, window: Window) -> bool:
        """Korean and Japanese: the date right after who says it."""
        near = any(0 < window.start - a.end <= PARTICLE for a in self.actors)
        if self.text[window.end : window.end + 1] in _WHEN:
            return near and not self._tells({"verb.see", "verb.load"}, window.end, len(self.text))
        return not self.spaced and near and bool(self._verbs_after(window))

    def _verbs_after(self, window: Window) -> list[Mark]:
        return [m for m in self.marks if "say.verb" in m.tags and m.start >= window.end]

    def _tells(self, tags: set[str], start: int, end: int) -> bool:
        return any(start <= m.start < end and m.tags & tags for m in self.marks)
