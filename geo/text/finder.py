"""Finding many words and phrases in a text at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

#: Signs that words without blanks, and beginnings of words, are looked up by.
UNSPACED_KEY, STEM_KEY = 2, 3
_TOKEN = re.compile(r"\w+|[^\w\s]")
_BLANKS = re.compile(r"\s+")


class Part(NamedTuple):
    """A word of a phrase, as the list has it, and whether it may go on with any letters."""

    stem: str
    goes_on: bool


class Word(NamedTuple, Generic[T]):
    """A word or phrase to be found; `cased` tells that capitals count."""

    parts: tuple[Part, ...]
    cased: bool
    value: T


class Found(NamedTuple, Generic[T]):
    """A word found in a text."""

    start: int
    end: int
    value: T


def word(spelling: str, value: T, *, cased: bool = False) -> Word[T]:
    """A word of a list: `word*` goes on with any letters, a blank is any space.

    Parameters
    ----------
    spelling
        As the list has it.
    value
        What finding it tells.
    cased
        Whether capitals count.
    """
    stems = spelling if cased else lowered(spelling)
    parts = tuple(Part(p.removesuffix("*"), p.endswith("*")) for p in stems.split())
    return Word(parts, cased, value)


def lowered(text: str) -> str:
    """The text in small letters, each in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True)
class Finder(Generic[T]):
    """Finds words, at each place every one that stands there.

    Parameters
    ----------
    words
        What to find.
    spaced
        Whether words begin and end at word breaks; Korean and Japanese write without them.

    Examples
    --------
    >>> ships = Finder((word("freighter*", "ship"), word("cargo ship", "ship")))
    >>> [(f.start, f.end) for f in ships.apart("Two freighters and a cargo ship left.")]
    [(4, 14), (21, 31)]
    """

    words: tuple[Word[T], ...]
    spaced: bool = True

    def at_each(self, text: str) -> Iterator[list[Found[T]]]:
        """Everything found at each place of a text, in its order, the longest first."""
        low = lowered(text)
        for start, candidates in self._candidates(low):
            found = [
                Found(start, end, known.value)
                for known in candidates
                if (end := self._end(known, text if known.cased else low, start)) >= 0
            ]
            if found:
                found.sort(key=lambda f: -f.end)
                yield found

    def apart(self, text: str) -> list[Found[T]]:
        """The longest at each place, none within another."""
        out: list[Found[T]] = []
        for found in self.at_each(text):
            if not out or found[0].start >= out[-1].end:
                out.append(found[0])
        return out

    def _candidates(self, low: str) -> Iterator[tuple[int, list[Word[T]]]]:
        """Words that may begin at each place, by the token or signs there."""
        keyed = self._keyed
        if self.spaced:
            for match in _TOKEN.finditer(low):
                token = match[0]
                words = [*keyed.get(token, ()), *keyed.get(token[:STEM_KEY] + "*", ())]
                if words:
                    yield match.start(), words
            return
        for start in range(len(low)):
            words = [*keyed.get(low[start], ())]
            words += keyed.get(low[start : start + UNSPACED_KEY] + "*", ())
            if words:
                yield start, words

    @cached_property
    def _keyed(self) -> dict[str, list[Word[T]]]:
        """Words by what they begin with: a whole token, or signs followed by `*`."""
        keyed: dict[str, list[Word[T]]] = {}
        for known in self.words:
            keyed.setdefault(self._key(known), []).append(known)
        return keyed

    def _key(self, known: Word[T]) -> str:
        first, goes_on = known.parts[0]
        low = lowered(first)
        if not self.spaced:
            return low if len(low) == 1 else low[:UNSPACED_KEY] + "*"
        token = _TOKEN.match(low)
        begun = token[0] if token else low
        return begun[:STEM_KEY] + "*" if goes_on and begun == low else begun

    def _end(self, known: Word[T], text: str, start: int) -> int:
        """Where a word ends that begins at a place; -1 if it does not stand there."""
        place = start
        for number, (stem, goes_on) in enumerate(known.parts):
            if number:
                blank = _BLANKS.match(text, place)
                if blank is None and self.spaced:
                    return -1
                place = blank.end() if blank else place
            if not text.startswith(stem, place):
                return -1
            place += len(stem)
            if self.spaced:
                whole = place
                while place < len(text) and (text[place].isalnum() or text[place] == "_"):
                    place += 1
                if place > whole and not goes_on:
                    return -1
        return place


def finder(words: Iterable[Word[T]], *, spaced: bool = True) -> Finder[T]:
    """A finder for words in any order."""
    return Finder(tuple(words), spaced)
