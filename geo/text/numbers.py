"""Numbers in a text, with what their wording makes of them: at least six, four to six million."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geo.schema import QUANTIFIERS
from geo.text.lexicon import Language, either

#: Figures in a text with blanks, by the sign that parts whole from broken; and in one without.
_FIGURE = {
    ".": r"(?<![\w.,:/])(?<![^\W\d]-)(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)",
    ",": r"(?<![\w.,:/])(?<![^\W\d]-)(?:\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+(?:,\d+)?)",
}
_UNSPACED_FIGURE = r"(?<![\d.,:/A-Za-z-])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\d.,]*[A-Za-z])"
_GAP = r"(?:[\s-]+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+)"
#: From here on a figure is a code or a telephone number and counts nothing.
NO_COUNT = 10**12
_BLANKS = re.compile(r"\s+")


class Number(NamedTuple):
    """A number as said, in the columns of a claim.

    `quantifier` is one of `geo.schema.QUANTIFIERS` or the vague word used, whose `low` is the
    floor it sets, where it sets one.
    """

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    quantifier: str

    @property
    def vague(self) -> bool:
        """Whether a word stands for the number: dozens."""
        return self.quantifier not in QUANTIFIERS

    @property
    def said(self) -> int | None:
        """The number named, where one is."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)


def _by_word(listed: dict[str, list[str]]) -> dict[str, int]:
    return {word.casefold(): int(n) for n, words in listed.items() for word in words}


def _of(words: dict[str, int], text: str | None) -> int | None:
    """The number that a word as written stands for, among some; `word*` begins a word."""
    word = _BLANKS.sub(" ", text or "").strip().casefold()
    if word in words:
        return words[word]
    stems = (w for w in words if w.endswith("*") and word.startswith(w[:-1]))
    stem = max(stems, key=len, default="") if word else ""
    return words[stem] if stem else None


@dataclass(frozen=True)
class Numerals:
    """Finds numbers written in one language.

    Parameters
    ----------
    language
        Its words.
    spaced
        Whether it writes blanks between words.
    """

    language: Language
    spaced: bool

    def find(self, text: str) -> list[Number]:
        """Numbers of a text, in their order."""
        found = (self._number(match) for match in self._pattern.finditer(text))
        return [n for n in found if max(n.low or 0, n.best or 0, n.high or 0) < NO_COUNT]

    @cached_property
    def values(self) -> dict[str, int]:
        """Words for whole numbers."""
        return _by_word(self.language.number.value)

    @cached_property
    def _scales(self) -> dict[str, int]:
        return _by_word(self.language.number.scale)

    @cached_property
    def _vagues(self) -> dict[str, int]:
        return _by_word(self.language.number.vague)

    def _number(self, match: re.Match[str]) -> Number:
        if match["vague"]:
            scale = _of(self._scales, match["vague"]) if match["before"] else None
            if scale is None:
                return self._vague(match)
            return self._bounded(match, scale)  # more than a thousand
        if match["from"]:
            return self._bounded(match, *self._range(match["from"], match["upto"]))
        if match["second"]:
            return self._bounded(match, *self._range(match["first"], match["second"]))
        return self._bounded(match, self._value(match["first"]))

    def _vague(self, match: re.Match[str]) -> Number:
        word = _BLANKS.sub(" ", match["vague"]).casefold()
        floor = _of(self._vagues, word)
        said = word.removesuffix(" of")
        return Number(*match.span(), floor or None, None, None, said)

    def _bounded(self, match: re.Match[str], first: int, second: int | None = None) -> Number:
        if second is not None and first < second:
            return Number(*match.span(), first, None, second, "range")
        kind = self._quantifier(match)
        if kind == "up_to":
            return Number(*match.span(), None, None, first, kind)
        if kind in ("at_least", "more_than"):
            return Number(*match.span(), first, first, None, kind)
        return Number(*match.span(), None, first, None, kind or "counted")

    def _quantifier(self, match: re.Match[str]) -> str:
        """The bound that the words around a number make; the word after it is the closer."""
        if match["plus"]:
            return "at_least"
        words = self.language.quantifier
        inner = rf"\s(?:{self._inner})\s"
        if self.spaced and re.search(inner, match["first"] or "", re.IGNORECASE):
            return "more_than"
        for said, kinds in ((match["after"], words.after), (match["before"], words.before)):
            for kind, listed in kinds.items():
                if _of(dict.fromkeys((w.casefold() for w in listed), 0), said) is not None:
                    return kind
        return ""

    def _range(self, first: str, second: str) -> tuple[int, int]:
        """`Four to six million`: the scale of the second number is the first's too."""
        low, high = self._value(first), self._value(second)
        scales = [[s for kind, s in self._parts(n) if kind == "scale"] for n in (first, second)]
        if scales[1] and not scales[0] and low * scales[1][0] < high:
            low = round(low * scales[1][0])
        return low, high

    def _value(self, text: str) -> int:
        """Whole value of a number as written."""
        total, current, last = 0, 0.0, 0.0
        for kind, value in self._parts(text):
            if kind == "value":
                current += value
                continue
            if last and value > last:  # six hundred thousand
                total = round((total + current) * value)
            else:
                total += round((current or 1) * value)
            current, last = 0.0, value
        return total + int(current)

    def _parts(self, text: str) -> list[tuple[str, float]]:
        out: list[tuple[str, float]] = []
        for match in self._part.finditer(text):
            if match["figure"]:
                out.append(("value", self._figure(match["figure"])))
            elif (scale := _of(self._scales, match["scale"])) is not None:
                out.append(("scale", scale))
            elif (value := _of(self.values, match["value"])) is not None:
                out.append(("value", value))
        return out

    def _figure(self, text: str) -> float:
        if self.language.number.decimal == ",":
            text = re.sub(r"[ .](?=\d{3})", "", text).replace(",", ".")
        return min(float(re.sub("[, ]", "", text)), float(NO_COUNT))

    def _either(self, words: Iterable[str]) -> str:
        return either(list(words), spaced=self.spaced)

    @cached_property
    def _part(self) -> re.Pattern[str]:
        value, scale = self._either(self.values), self._either(self._scales)
        parts = rf"(?P<figure>\d[\d., ]*\d|\d)|(?P<scale>{scale})|(?P<value>{value})"
        return re.compile(parts, re.IGNORECASE)

    @cached_property
    def _core(self) -> str:
        """A number: figures or words, then scales and further words."""
        value, scale = self._either(self.values), self._either(self._scales)
        if self.spaced:
            figure, edge = _FIGURE[self.language.number.decimal], r"(?<!\w)"
            worded = f"(?:{edge}(?:{value})|{edge}(?:{scale}))(?:{_GAP}(?:{scale}|{value}))*"
            over = f"(?:{_GAP}(?:{self._inner}){_GAP}(?:{scale}))?"
            return f"(?:{figure}(?:{_GAP}(?:{scale}))*{over}|{worded}{over})"
        units = self.language.marks.get("unit", {}).values()
        counters = self._either(word for words in units for word in words)
        # A word for one is also a part of other words: it counts only before a counter.
        counted = rf"(?<![가-힣])(?:{value})(?=\s*(?:{counters}))"
        scaled = rf"(?<![가-힣\d수])(?:{scale})(?=(?:{scale})*\s*여?\s*(?:{counters}))"
        return (
            rf"(?:(?:{_UNSPACED_FIGURE}|{counted}|{scaled})(?:(?:{scale})|(?<=[천만억千万億])\d+)*)"
        )

    @property
    def _inner(self) -> str:
        """Words for more that stand within a number: six and some million."""
        return self._either(self.language.quantifier.after.get("more_than", []))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words, dates = self.language.quantifier, self.language.date
        before = self._either(w for listed in words.before.values() for w in listed)
        after = self._either(w for listed in words.after.values() for w in listed)
        join, both = self._either(self.language.number.join), self._either(dates.both)
        between, vague = self._either(dates.between), self._either(self._vagues)
        edge, gap = (r"(?<!\w)", r"\s+") if self.spaced else ("", r"\s*")
        core = self._core
        pair = rf"(?:{between}){gap}(?P<from>{core}){gap}(?:{both}){gap}(?P<upto>{core})"
        run = rf"(?P<first>{core})(?:\s*(?:-|~|{join})\s*(?P<second>{core}))?"
        return re.compile(
            rf"(?P<before>{edge}(?:{before}){gap})?"
            rf"(?:(?P<vague>{edge}(?:{vague}))|{edge}{pair}|{run})"
            rf"(?:\s*(?P<plus>[+]|-plus(?!\w)))?(?:(?:{gap}|-)(?P<after>{after}))?",
            re.IGNORECASE,
        )
