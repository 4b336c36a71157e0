"""A sentence as a string of letters, by what each word can be in a date.

The shapes of dates are then short patterns over these letters, the same for all languages.

m month, w weekday, q season, y year in figures, v year in words (`last year` in one word),
j month in words, k day in words (`yesterday`), d figure up to 31, n ordinal (`21st`),
z figure with a sign for day, c other number, p part (`early`, `first quarter of`), l last, t this,
e earlier, D day, K week, O month, A year, E weekend as words for spans, s since, u until,
b between or from, a and, i within (after a range), `-` to, r in the past, g ago, h later,
f a date counted from the one before, o `the` and `of`, _ `on` and `in`, x any other word
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geo.text.lexicon import Dates, either, worded

FIRST_YEAR, LAST_YEAR = 1900, 2099
LONGEST_MONTH = 31
#: Letters of figures that a sign after them makes a month or a year: Korean and Japanese.
_SUFFIXED = {"monthed": "m", "yeared": "y"}
_MARKS = {"-": "-", "~": "-", ",": ",", "、": ","}


class Token(NamedTuple):
    """A word of a sentence with the letter for what it can be in a date."""

    letter: str
    value: int
    start: int
    end: int


@dataclass(frozen=True)
class Calendar:
    """Spells sentences of one language.

    Parameters
    ----------
    words
        Words of dates.
    numbers
        Numbers in words, for "two weeks ago".
    spaced
        Whether the language writes blanks between words.
    """

    words: Dates
    numbers: dict[str, int]
    spaced: bool

    def tokens(self, text: str) -> list[Token]:
        """The words of a sentence as letters."""
        out: list[Token] = []
        for match in self._pattern.finditer(text):
            out += self._read(match)
        return out

    def _read(self, match: re.Match[str]) -> list[Token]:
        kind, (start, end) = match.lastgroup, match.span()
        if kind == "nth":
            return [Token("n", int(match[kind][:-2]), start, end)]
        if kind == "dayed":  # `8~9일`, 8 to 9: two days with a dash between them
            days = [int(d) for d in re.findall(r"\d+", match[0])]
            joined = [Token("z", d, start, end) for d in days]
            return joined if len(days) == 1 else [joined[0], Token("-", 0, start, end), joined[-1]]
        if kind in _SUFFIXED:
            return [Token(_SUFFIXED[kind], int(re.findall(r"\d+", match[0])[0]), start, end)]
        if kind == "figure":
            letter, value = _figure(match[0])
            if letter == "y" and not self.spaced and match.string[end : end + 1] != "-":
                letter = "c"  # a year has its sign after it
            return [Token(letter, value, start, end)]
        if kind == "mark":
            return [Token(_MARKS.get(match[0], "x"), 0, start, end)]
        letter, value = self._meaning(match[0]) if kind == "word" else ("x", 0)
        return [Token(letter, value, start, end)]

    def _meaning(self, text: str) -> tuple[str, int]:
        word = re.sub(r"\s+", " ", text)
        for known in (word, word.lower()):
            stems = (known[:n] + "*" for n in range(len(known), 0, -1))
            for spelling in (known, *stems):
                if spelling in self._letters:
                    return self._letters[spelling]
        return "x", 0

    @cached_property
    def goes_on(self) -> re.Pattern[str]:
        """What follows a date from which something goes on: `from August on`."""
        return re.compile(rf"\s*(?:{either(self.words.onward, spaced=self.spaced)})")

    @cached_property
    def _letters(self) -> dict[str, tuple[str, int]]:
        """What each word of the lexicon can be in a date."""
        letters: dict[str, tuple[str, int]] = {}
        for letter, words in self._plain.items():
            # Of units, the first word is the singular: "the past week", "the past weeks".
            letters |= {word: (letter, min(n, 1)) for n, word in enumerate(words)}
        for letter, values in self._numbered.items():
            for value, words in values.items():
                letters = dict.fromkeys(words, (letter, value)) | letters
        return letters | {w: ("c", n) for w, n in self.numbers.items() if w not in letters}

    @property
    def _plain(self) -> dict[str, list[str]]:
        w = self.words
        return {
            "l": w.last, "t": w.this, "e": w.earlier, "D": w.day, "K": w.week, "O": w.month,
            "A": w.year, "E": w.weekend, "s": w.since, "b": w.between, "u": w.until, "a": w.both,
            "i": w.within, "r": w.past, "g": w.ago, "h": w.later, "o": w.filler, "_": w.leading,
            "-": w.to, "x": w.other,
        }  # fmt: skip

    @property
    def _numbered(self) -> dict[str, dict[int, list[str]]]:
        w = self.words
        return {
            "m": dict(enumerate(w.months, 1)),
            "w": dict(enumerate(w.weekdays)),
            "q": dict(enumerate(w.seasons)),
            "p": dict(enumerate((w.early, w.mid, w.late, *w.quarters))),
            "k": _by_number(w.days_back),
            "j": _by_number(w.months_back),
            "v": _by_number(w.years_back),
            "f": _by_number(w.days_later),
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        ordered = sorted(self._letters, key=lambda w: (-len(w), w))
        known = "|".join(_cased(word, worded(word, spaced=self.spaced)) for word in ordered)
        figure = {"figure": r"\d(?:[\d.,:]*\d)?"}
        mark = {"mark": r"[^\w\s.]"}
        if self.spaced:
            nth = {"nth": r"\d{1,2}(?:st|nd|rd|th)(?!\w)", "glued": r"\d[\d.,:]*[^\W\d_]\w*"}
            parts = nth | figure | {"word": known, "other": r"\w+"} | mark
        else:
            parts = self._suffixed | figure | {"word": known, "other": r"[^\W\d]"} | mark
        return re.compile("|".join(f"(?P<{name}>{part})" for name, part in parts.items()))

    @property
    def _suffixed(self) -> dict[str, str]:
        """Figures that a sign after them makes a day, a month or a year."""
        w = self.words
        days, months, years = ("|".join(m) for m in (w.day_mark, w.month_mark, w.year_mark))
        run = r"\d{1,2}(?:\s*[~-]\s*\d{1,2})?"
        return {
            "dayed": rf"{run}\s*(?:{days})(?!\s*(?:{'|'.join(w.not_a_date)}))",
            "monthed": rf"\d{{1,2}}\s*(?:{months})",
            "yeared": rf"\d{{4}}\s*(?:{years})",
        }


def _by_number(words: dict[str, list[str]]) -> dict[int, list[str]]:
    return {int(number): listed for number, listed in words.items()}


def _cased(word: str, pattern: str) -> str:
    """A word with a capital is met only so written: `May`, `March`."""
    return pattern if word != word.lower() else f"(?i:{pattern})"


def _figure(text: str) -> tuple[str, int]:
    if not text.isdecimal():
        return "x", 0
    value = int(text)
    if 1 <= value <= LONGEST_MONTH:
        return "d", value
    if FIRST_YEAR <= value <= LAST_YEAR:
        return "y", value
    return "c", value
