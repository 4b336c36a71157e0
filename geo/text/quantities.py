"""Numbers of something: trips, containers, shells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from geo.text.lexicon import Language, Mark, either
from geo.text.numbers import Number, Numerals

#: Signs between a number and what it counts, in languages with blanks and without.
SPACED_REACH, UNSPACED_REACH = 60, 3
#: Signs between `the third` and what it is.
ORDINAL_REACH = 30
#: Where a counter says only `pieces`, what is counted stands within so many signs.
NOUN_REACH = 24
#: A bare number takes the unit of the one before it only from here on: smaller ones count others.
LEAST_BARE = 1000
#: Signs between a pile and the number it is put at.
HEAP_REACH = 24
#: Units that a number after `has counted` may take up.
VOYAGES = ("trip", "round_trip")
#: Units of which one may be the third, and those that a counter for pieces may stand for.
ORDERED = ("vessels", "trip", "round_trip", "port_call", "delivery", "train", "times")
IN_PIECES = ("container", "round", "railcar", "guns")
#: Words that no phrase of a counted thing runs across.
_STOP = re.compile(
    r"[,;:.()\"]|\b(?:in|to|from|at|on|and|or|by|with|was|were|is|are|had|have|has|that|which|who|"
    r"into|as|for|when|where|while|but|than|until|since|after|before|between|being|been|made|"
    r"и|в|на|из|по|с|от|до|за|что|й|та|і|з|із|у|не|und|von|nach|aus|im|in|auf|bis|mit)\b|\d",
    re.IGNORECASE,
)
#: A model within a phrase: 50 M1989 howitzers.
_MODEL = re.compile(r"\b[A-Z]{1,3}-?\d+\w*")
_OF = re.compile(r"^\s*(?:pieces|units|a total)?\s*of\s+(?:the\s+)?", re.IGNORECASE)
#: `The number of containers ... at 5,000`: the thing counted comes first.
_TOTAL = re.compile(r"\b(?:number|total|count|tally|figure|estimate|sum)\s+of\s", re.IGNORECASE)
_TALLY = re.compile(
    r"\b(?:tally|figure|total|count|estimate|number|sum)\b[^.;]{0,40}\b(?:at|to|is|was|of|as)\s*$",
    re.IGNORECASE,
)
_TOTALS = re.compile(r"\b(?:at|to|is|was|of|as)\s*$")
#: `70 were counted`: the number stands for what it counts.
_STANDS = re.compile(r"\s+(?:of\s+(?:them|these|those)\s+)?(?:were|was|are|have|had|could\s+be)\b")
#: What follows a number that nothing is named with.
_ALONE = re.compile(
    r"\s*(?:$|[,;.)]|(?:of|for|if|by|to|in|when|were|as|since|from|between|over|at|on|after|and|so)\b)"
)
#: What follows a number that stands for voyages told before.
_BY = re.compile(r"\s*(?:$|[,;.]|(?:by|since|between|in|from|over|up)\b)")
_ALTERNATIVE = re.compile(r"(?:\bor\b|;|,)\s*\S*\s*$")
#: `One of five voyages` counts the five.
_ONE_OF = re.compile(
    r"\s+(?:of|von|из|з|із)\s+(?:the\s+|its\s+|these\s+|those\s+)?$", re.IGNORECASE
)
#: `How many guns` counts none.
_ASKED = re.compile(r"\b(?:how|so|too|as)\s+$", re.IGNORECASE)
#: `It was the 22nd since August`: the noun is in the sentence before.
_NTH_ALONE = re.compile(r"\b(?:it|this|that|which|ship|vessel)\s+(?:is|was)\s+(?:the|its|her)\s+$")
_SINCE = re.compile(r"\s+(?:since|so far|this year)\b")
_PLURAL = re.compile(r"[a-z](?<!s)s$")
_ARTICLE = re.compile(r"\b(?:a|an|the|ein|eine)\b", re.IGNORECASE)
_PART_OF = re.compile(r"\s*(?:of\s+)?(?:which|them|whom)\b")


class Quantity(NamedTuple):
    """A number and the unit it counts, where it stands in the sentence."""

    start: int
    end: int
    number: Number
    unit: str
    #: Whether it is told as the last of so many: `the third ship`.
    ordinal: bool = False


class _Unit(NamedTuple):
    """A word that names a unit."""

    start: int
    end: int
    unit: str


@dataclass(frozen=True)
class _Words:
    """What a sentence offers to be counted."""

    text: str
    units: tuple[_Unit, ...]
    heaps: tuple[Mark, ...]
    #: Verbs of seeing and saying: no counted phrase runs across one.
    acts: tuple[Mark, ...]
    moves: tuple[Mark, ...]
    #: Spans whose figures mean something else: dates, names.
    taken: Sequence[tuple[int, int]]
    #: What the sentence before spoke of.
    unit_before: str


@dataclass(frozen=True)
class Quantities:
    """Finds counted things in one language."""

    language: Language
    spaced: bool
    numerals: Numerals

    def find(
        self,
        text: str,
        marks: Sequence[Mark],
        taken: Sequence[tuple[int, int]] = (),
        unit_before: str = "",
    ) -> list[Quantity]:
        """Quantities of a sentence in their order.

        Parameters
        ----------
        text
            The sentence, plain.
        marks
            Words of the lexicon in it.
        taken
            Spans whose figures mean something else: dates, names.
        unit_before
            What the sentence before spoke of, for `around 70 were counted`.
        """
        heaps = tuple(m for m in marks if "heap.container" in m.tags)
        acts = tuple(m for m in marks if m.tags & {"verb.see", "say.verb"})
        moves = tuple(m for m in marks if "verb.move" in m.tags)
        words = _Words(text, tuple(_units(marks)), heaps, acts, moves, taken, unit_before)
        out: list[Quantity] = []
        numbers = self.numerals.find(text)
        ordinals = [match.span() for match in self._nth.finditer(text)]
        for number, following in zip_longest(numbers, numbers[1:]):
            other = any(start < number.end and number.start < end for start, end in taken)
            if other or self._measure.match(text, number.end):
                continue
            if any(start <= number.start < end for start, end in ordinals):
                continue
            if number.vague and _ASKED.search(text[: number.start]):
                continue
            if following and _ONE_OF.fullmatch(text, number.end, following.start):
                continue
            quantity = (
                self._counted(words, number)
                or _partly(words, number)
                or (self._bare(words, number, out) if self.spaced else None)
            )
            out += [quantity] if quantity is not None else []
        out += self._repeats(text)
        certain = any(not q.number.vague for q in out)
        return out if certain else [*out, *self.ordinals(text, marks)]

    def _repeats(self, text: str) -> list[Quantity]:
        """`Twice in July`: so many times."""
        told = [(m, self._repeated_by[m[0].casefold()]) for m in self._repeat.finditer(text)]
        numbers = [Number(*m.span(), None, times, None, "counted") for m, times in told]
        return [Quantity(n.start, n.end, n, "times") for n in numbers]

    def _counted(self, words: _Words, number: Number) -> Quantity | None:
        """`More than 1,000 metal containers`: the noun follows the number in its phrase."""
        reach = SPACED_REACH if self.spaced else UNSPACED_REACH
        noun = next((u for u in words.units if 0 <= u.start - number.end <= reach), None)
        if noun is None or any(
            number.end <= start < noun.start and not words.text[start:end].endswith("'s")
            for start, end in words.taken
        ):
            return None
        if any(number.end <= a.start < noun.start for a in words.acts):
            return None
        if number.best == 1 and _PLURAL.search(words.text[noun.start : noun.end]):
            return None  # `one of the firms runs`
        gap = _MODEL.sub(" ", self._calibre.sub(" ", words.text[number.end : noun.start]))
        gap = _OF.sub(" ", gap)
        if self.spaced and (_STOP.search(gap) or _ARTICLE.search(gap)):
            return None
        unit = noun.unit if noun.unit != "piece" else _in_pieces(words, number, noun)
        bounded = self._bounded(words.text, number, noun.end)
        return Quantity(number.start, noun.end, bounded, unit) if unit else None

    def _bounded(self, text: str, number: Number, end: int) -> Number:
        """The number with a bound told after the counted thing: `eleven runs or more`."""
        match = self._bound_after.match(text, end)
        if match is None or number.quantifier != "counted":
            return number
        kind, said = match.lastgroup or "", number.best
        if kind == "up_to":
            return number._replace(quantifier=kind, best=None, high=said)
        return number._replace(quantifier=kind, low=None if kind == "about" else said)

    def _bare(self, words: _Words, number: Number, earlier: list[Quantity]) -> Quantity | None:
        """A number without a noun, of what the sentence or the one before has named."""
        text = words.text
        if not words.units and words.unit_before and _STANDS.match(text, number.end):
            return Quantity(number.start, number.end, number, words.unit_before)
        if words.unit_before in VOYAGES and not number.vague and self._elliptic(words, number):
            bounded = self._bounded(text, number, number.end)
            return Quantity(number.start, number.end, bounded, words.unit_before)
        if number.said is None or not _ALONE.match(text, number.end):
            return None
        unit = _heaped(words, number) or _totalled(words, number) or _tallied(words, number)
        unit = unit or _moved(words, number)
        if not unit and number.said >= LEAST_BARE:
            unit = _repeated(words, number, earlier)
        return Quantity(number.start, number.end, number, unit) if unit else None

    def _elliptic(self, words: _Words, number: Number) -> bool:
        """`RUSI has counted five or more by two vessels`: five of what was counted before."""
        told = any(0 < number.start - act.end <= 1 for act in words.acts)
        bound = self._bound_after.match(words.text, number.end)
        return told and _BY.match(words.text, bound.end() if bound else number.end) is not None

    def ordinals(self, text: str, marks: Sequence[Mark]) -> Iterator[Quantity]:
        """`The third ship since`, `the 27th call`: so many by then; at most one."""
        units = list(_units(marks))
        for match in self._nth.finditer(text):
            if _NTH_ALONE.search(text[: match.start()]) and _SINCE.match(text, match.end()):
                number = Number(*match.span(), None, self._said(match[0]), None, "counted")
                yield Quantity(match.start(), match.end(), number, "vessels", ordinal=True)
                return
            for noun in units:
                gap = text[match.end() : noun.start]
                near = 0 <= noun.start - match.end() <= ORDINAL_REACH
                told = any(match.end() <= m.start < noun.start and _tells(m) for m in marks)
                told = told or _ARTICLE.search(gap) is not None
                if near and noun.unit in ORDERED and not told and not _STOP.search(gap):
                    number = Number(*match.span(), None, self._said(match[0]), None, "counted")
                    yield Quantity(match.start(), noun.end, number, noun.unit, ordinal=True)
                    return

    def _said(self, ordinal: str) -> int:
        """The number of an ordinal, in words or figures."""
        word = re.sub(r"\s+", " ", ordinal).casefold()
        figures = re.match(r"\d+", word)
        return int(figures[0]) if figures else self._ordered[word]

    @cached_property
    def _ordered(self) -> dict[str, int]:
        listed = self.language.number.ordinal.items()
        return {word.casefold(): int(number) for number, words in listed for word in words}

    @cached_property
    def _nth(self) -> re.Pattern[str]:
        edge = r"(?<!\w)" if self.spaced else ""
        words = either(list(self._ordered), spaced=self.spaced)
        figures = self.language.number.nth or "(?!)"
        return re.compile(f"{edge}(?:{words}|{figures})", re.IGNORECASE)

    @cached_property
    def _repeated_by(self) -> dict[str, int]:
        listed = self.language.number.repeat.items()
        return {word.casefold(): int(number) for number, words in listed for word in words}

    @cached_property
    def _repeat(self) -> re.Pattern[str]:
        """`Twice`, but not `twice as many`."""
        edge = r"(?<!\w)" if self.spaced else ""
        words = either(list(self._repeated_by), spaced=self.spaced)
        return re.compile(rf"{edge}(?:{words})(?!\s+(?:as|the|that)\b)", re.IGNORECASE)

    @cached_property
    def _bound_after(self) -> re.Pattern[str]:
        kinds = self.language.quantifier.after
        groups = "|".join(f"(?P<{k}>{either(w, spaced=self.spaced)})" for k, w in kinds.items())
        lead = r"\s*,?\s*" if self.spaced else r"\s*\S{0,2}\s?"
        return re.compile(rf"{lead}(?:{groups or '(?!)'})")

    @cached_property
    def _measures(self) -> str:
        words = self.language.marks.get("stance", {}).get("measure", [])
        return either(words, spaced=self.spaced)

    @cached_property
    def _measure(self) -> re.Pattern[str]:
        """What makes a number a length or a calibre."""
        return re.compile(rf"[\s-]*(?:{self._measures})", re.IGNORECASE)

    @cached_property
    def _calibre(self) -> re.Pattern[str]:
        """A measure within a phrase: 500,000 122 mm shells."""
        return re.compile(rf"\d+[\s-]*(?:{self._measures})", re.IGNORECASE)


def _tells(mark: Mark) -> bool:
    """Whether a word is a verb: `a picture of the 21st shows a ship` counts no ship."""
    return any(tag.startswith(("verb.", "say.")) for tag in mark.tags)


def _units(marks: Sequence[Mark]) -> Iterator[_Unit]:
    for mark in marks:
        for tag in sorted(mark.tags):
            if tag.startswith("unit."):
                yield _Unit(mark.start, mark.end, tag.removeprefix("unit."))
                break


def _in_pieces(words: _Words, number: Number, counter: _Unit) -> str:
    """What a counter for pieces counts: the noun nearest to it, or nothing."""
    near = [
        (min(abs(u.start - counter.end), abs(number.start - u.end)), u.start, u.unit)
        for u in words.units
        if u.unit in IN_PIECES and u.start != counter.start
    ]
    distance, _, unit = min(near, default=(NOUN_REACH + 1, 0, ""))
    return unit if distance <= NOUN_REACH else ""


def _partly(words: _Words, number: Number) -> Quantity | None:
    """`Deliveries, several of which`: the number follows what it counts."""
    if not _PART_OF.match(words.text, number.end):
        return None
    for noun in reversed(words.units):
        gap = words.text[noun.end : number.start]
        if noun.end <= number.start and not gap.strip(" ,"):
            return Quantity(noun.start, number.end, number, noun.unit)
    return None


def _heaped(words: _Words, number: Number) -> str:
    """`The pile is put at about 300`."""
    near = any(0 <= number.start - heap.end <= HEAP_REACH for heap in words.heaps)
    return "container" if near else ""


def _totalled(words: _Words, number: Number) -> str:
    """`The number of containers ... at roughly 5,000`."""
    before = words.text[: number.start]
    total = _TOTAL.search(before)
    if total is None or not _TOTALS.search(before):
        return ""
    between = (u.unit for u in words.units if total.end() <= u.start and u.end <= number.start)
    return next(between, "")


def _moved(words: _Words, number: Number) -> str:
    """`North Korea delivered 350,000`: of what the text counted before."""
    gaps = [words.text[m.end : number.start] for m in words.moves if m.end <= number.start]
    moved = any(len(gap) <= HEAP_REACH and not re.search("[,;:]", gap) for gap in gaps)
    large = number.said is not None and number.said >= LEAST_BARE
    return words.unit_before if moved and large and not words.units else ""


def _tallied(words: _Words, number: Number) -> str:
    """`Washington's tally stands at 10,000`: of what the text counted before."""
    before = words.text[: number.start]
    told = not words.units and words.unit_before != "round" and _TALLY.search(before)
    return words.unit_before if told else ""


def _repeated(words: _Words, number: Number, earlier: list[Quantity]) -> str:
    """`Or half a million`: the unit of the number before, or the rounds the sentence spoke of."""
    before = words.text[: number.start]
    if earlier and _ALTERNATIVE.search(before[-NOUN_REACH:]):
        return earlier[-1].unit
    if any(u.unit == "round" and u.end <= number.start for u in words.units):
        return "round"
    return earlier[-1].unit if earlier and ";" in before[earlier[-1].end :] else ""
