"""Dates of a sentence as windows of days: since, until, between, or on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from geo.schema import Precision
from geo.text.letters import Calendar, Token
from geo.text.moments import Moment, moments

COARSEST: tuple[Precision, ...] = ("open_ended", "season", "month", "week", "day")
#: Words that may stand between the parts of a window without changing it.
_FILLER = str.maketrans("", "", "oe_")
#: Letters between the two ends of a window, without `between` before them and with it.
_TO = re.compile(r"[,sb]?[-u]+")
_SINCE = re.compile(r"\bsince\s[^,;.\d]{4,60}$", re.IGNORECASE)
_AND = re.compile(r",?(?:a|-|u)")


@dataclass(frozen=True)
class Window:
    """First and last possible day of what a text tells, where it tells them.

    `form` is how it is told: on a day or in a month, since, until, a range, or running up to the
    day of publication. `start` and `end` are its place in the sentence.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    form: Literal["on", "since", "until", "range", "running"]
    precision: Precision
    days_later: int | None = None

    def after(self, day: date | None) -> Window | None:
        """The window of a date told from another: two days later."""
        if self.days_later is None:
            return self
        if day is None:
            return None
        then = day + timedelta(days=self.days_later)
        return replace(self, first=then, last=then, days_later=None)


def windows(text: str, published: date, calendar: Calendar) -> list[Window]:
    """Windows told in a sentence, in their order.

    Parameters
    ----------
    text
        The sentence.
    published
        Day of publication: relative dates are read from it.
    calendar
        Words of the language.
    """
    tokens = calendar.tokens(text)
    letters = "".join(t.letter for t in tokens)
    found = moments(tokens, published)
    out: list[Window] = []
    number = 0
    while number < len(found):
        first = found[number]
        second = found[number + 1] if number + 1 < len(found) else None
        if second and _joined(letters, first, second):
            ends = _settled(first, second)
            if ends[0].first <= ends[1].last:
                out.append(_range(tokens, *ends))
                number += 2
                continue
        out.append(_single(text, tokens, first, calendar))
        number += 1
    return out


def _before(letters: str, moment: Moment) -> str:
    return letters[: moment.tokens[0]].translate(_FILLER)[-1:]


def _after(letters: str, moment: Moment) -> str:
    return letters[moment.tokens[1] :].translate(_FILLER)[:1]


def _joined(letters: str, first: Moment, second: Moment) -> bool:
    gap = letters[first.tokens[1] : second.tokens[0]].translate(_FILLER)
    if first.days_later is not None or second.days_later is not None:
        return False
    after = _after(letters, second)
    opened = _before(letters, first) == "b" or after == "i"
    closed = gap in ("s", "b") and after == "u"  # Korean and Japanese: from X, Y until
    return closed or bool(_TO.fullmatch(gap) or (opened and _AND.fullmatch(gap)))


def _range(tokens: list[Token], first: Moment, second: Moment) -> Window:
    coarse = min((first.precision, second.precision), key=COARSEST.index)
    span = tokens[first.tokens[0]].start, tokens[second.tokens[1] - 1].end
    return Window(*span, first.first, max(first.last, second.last), "range", coarse)


def _settled(first: Moment, second: Moment) -> tuple[Moment, Moment]:
    """Both ends in their years: an end without one takes it from the other."""
    if first.floating:
        return first.before(second.last), second
    while second.floating and second.before(second.first - timedelta(days=1)).first >= first.first:
        second = second.before(second.first - timedelta(days=1))
    return first, second


def _single(text: str, tokens: list[Token], moment: Moment, calendar: Calendar) -> Window:
    span = tokens[moment.tokens[0]].start, tokens[moment.tokens[1] - 1].end
    if moment.days_later is not None:
        return Window(*span, None, None, "on", "day", moment.days_later)
    if moment.running:
        return Window(*span, moment.first, moment.last, "running", moment.precision)
    match _turn(text, tokens, moment, calendar):
        case "since":
            return Window(*span, moment.first, None, "since", "open_ended")
        case "until":
            return Window(*span, None, moment.last, "until", "open_ended")
    return Window(*span, moment.first, moment.last, "on", moment.precision)


def _turn(text: str, tokens: list[Token], moment: Moment, calendar: Calendar) -> str:
    """Whether a lone date opens or closes a window; Korean and Japanese say so after it."""
    letters = "".join(t.letter for t in tokens)
    side = _before(letters, moment) if calendar.spaced else _after(letters, moment)
    if side == "b" and moment.precision == "day" and moment.first < moment.last:
        return ""  # "between 26 and 28 August" is a whole by itself
    begun = text[: tokens[moment.tokens[0]].start]
    if side not in ("s", "u", "b") and moment.precision == "day" and _SINCE.search(begun):
        return "since"  # "since the president took office on January 20"
    if side == "b":
        begins = not letters[: moment.tokens[0]].translate(_FILLER)[:-1]
        after = text[tokens[moment.tokens[1] - 1].end :]
        return "since" if begins or calendar.goes_on.match(after) else ""
    return {"s": "since", "u": "until"}.get(side, "")
