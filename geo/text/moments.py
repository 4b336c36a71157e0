"""Dates in a text, each as its first and last possible day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.schema import Precision
from geo.text.letters import Token

#: Early, mid and late: the first ten days of a month, the next ten, and the rest.
PARTS_OF_MONTH = ((1, 10), (11, 20), (21, 31))
#: Early, mid and late in a year, its quarters and its halves, as months.
PARTS_OF_YEAR = (
    (1, 4), (6, 8), (9, 12), (1, 3), (4, 6), (7, 9), (10, 12), (1, 6), (7, 12)
)  # fmt: skip
SEASON_MONTHS = ((3, 5), (6, 8), (9, 11), (12, 2))
SATURDAY = 5
DAYS_A_WEEK = 7
MONTHS_A_YEAR = 12

#: What stands before a month's or year's name, and after it: a part, a year.
_PART = "(?:p[-o]*)?"
_YEAR = "(?:,?o*[yv]|,?o*[lt]A)?"
#: The shapes of dates in letters, tried in this order.
_SHAPES = re.compile(
    "|".join(
        f"(?P<{name}>{shape})"
        for name, shape in {
            "week_of": "Ko+(?:mo*[dn]|[dn]o*m)",
            "day": f"y-d-d|d(?:[-a,]o*d)*o*m{_YEAR}|[yv]?l?[mj]o*[dnz](?:[-a]o*[dnz])?{_YEAR}",
            "months_to": f"[cd]Oo*[-u]o*{_PART}[lt]?m{_YEAR}",
            "month": f"{_PART}[lt]?m{_YEAR}(?:p(?!o*[mqyv]))?|[yv]l?[mj]o*p?|jp?",
            "nth": "(?<=[_osbu-]o)n(?:[-a]o*n)?(?:o*[lt]O)?|l?z(?:-z)?",
            "past": "[rl]o*[cd][DKOA]|ro*[KOA]",
            "relative": "[pe]?o*[lt][KOAE]|po*A|E",
            "weekday": "[lt]?w",
            "season": f"{_PART}[lt]?q{_YEAR}",
            "year": f"{_PART}[yv]p?",
            "day_back": "k",
            "ago": "[cd]o*[DKOA]g",
            "later": "f|[cd][DKOA]h",
            "sooner": "[cd]o*[DKOA]e",
        }.items()
    )
)


@dataclass(frozen=True)
class Moment:
    """A date as written, and the days it may mean.

    `tokens` are the number of its first word and of the one after its last. `floating` tells that
    no year was written: the latest such date is meant. `days_later` is set where the text counts
    from the date before, `running` where it runs up to the day of publication.
    """

    tokens: tuple[int, int]
    first: date
    last: date
    precision: Precision
    floating: bool = False
    days_later: int | None = None
    running: bool = False

    def before(self, latest: date) -> Moment:
        """The same date in the latest year in which it begins by a day."""
        moved = self
        while moved.floating and moved.first > latest:
            first, last = (months_before(d, MONTHS_A_YEAR) for d in (moved.first, moved.last))
            moved = replace(moved, first=first, last=last)
        return moved


def month_window(year: int, month: int, part: int | None = None) -> tuple[date, date]:
    """First and last day of a month, or of its early (0), mid (1) or late (2) part."""
    length = calendar.monthrange(year, month)[1]
    first, last = PARTS_OF_MONTH[part] if part in (0, 1, 2) else (1, length)
    return date(year, month, first), date(year, month, min(last, length))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month.

    Examples
    --------
    >>> months_before(date(2024, 3, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 - months, MONTHS_A_YEAR)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length))


@dataclass(frozen=True)
class _Shape:
    """A date's words, to be read from the day of publication."""

    tokens: tuple[Token, ...]
    span: tuple[int, int]
    published: date
    earlier: Moment | None

    def values(self, letters: str) -> list[int]:
        return [t.value for t in self.tokens if t.letter in letters]

    def one(self, letters: str) -> int | None:
        return next(iter(self.values(letters)), None)

    @property
    def year(self) -> int | None:
        """The year written, in figures or as `last year`."""
        back = self.one("v")
        if back is None and any(t.letter == "A" for t in self.tokens):
            back = 1 if self.values("l") else 0
        return self.one("y") if back is None else self.published.year - back

    def moment(
        self, window: tuple[date, date], precision: Precision, *, floating: bool = False
    ) -> Moment:
        return Moment(self.span, *window, precision, floating).before(self.published)


def _day(shape: _Shape) -> Moment | None:
    year, month, days = shape.year, shape.one("m"), shape.values("dnz")
    if [t.letter for t in shape.tokens[:2]] == ["y", "-"]:
        month, days = days[0], days[1:]
    back = shape.one("j")
    if month is None and back is not None:
        then = months_before(shape.published.replace(day=1), back)
        year, month = then.year, then.month
    try:
        written = [date(year or shape.published.year, month or 0, day) for day in days]
    except ValueError:
        return None
    return shape.moment((min(written), max(written)), "day", floating=year is None)


def _month(shape: _Shape) -> Moment:
    back, part = shape.one("j"), shape.one("p")
    year: int | None
    if back is not None:
        then = months_before(shape.published.replace(day=1), back)
        year, month = then.year, then.month
    else:
        year, month = shape.year, shape.values("m")[0]
    window = month_window(year or shape.published.year, month, part)
    moment = _gone(shape, shape.moment(window, "month", floating=year is None))
    if any(shape.values("t")) and shape.earlier is not None:  # "in October 2023 ... that September"
        return moment.before(shape.earlier.last)
    return moment


def _week_of(shape: _Shape) -> Moment | None:
    day = _day(shape)
    if day is None:
        return None
    return replace(day, last=day.first + timedelta(days=DAYS_A_WEEK - 1), precision="week")


def _months_to(shape: _Shape) -> Moment:
    end = _month(shape)
    count = shape.values("cd")[0]
    return replace(end, first=months_before(end.first.replace(day=1), count - 1))


def _nth(shape: _Shape) -> Moment | None:
    """A day without month: of the month before it in the sentence, else the latest such day."""
    days = shape.values("nz")
    month = shape.published.replace(day=1)
    named = any(t.letter == "O" for t in shape.tokens)
    if named:
        month = months_before(month, 1 if shape.values("l") else 0)
    elif shape.earlier and shape.earlier.precision == "month" and not shape.earlier.running:
        month = shape.earlier.first.replace(day=1)
    for _ in range(2):
        try:
            first, last = month.replace(day=min(days)), month.replace(day=max(days))
        except ValueError:
            return None
        if named or first <= shape.published:
            return shape.moment((first, last), "day")
        month = months_before(month, 1)
    return None


def _past(shape: _Shape) -> Moment | None:
    count = shape.one("cd")
    if count is None and shape.one("DKOA"):  # "in the past weeks": nobody knows how many
        return None
    count = count or 1
    first = _back(shape.published, count, _unit(shape))
    return replace(shape.moment((first, shape.published), "month"), running=True)


def _relative(shape: _Shape) -> Moment:
    unit, back = _unit(shape), 1 if shape.values("l") else 0
    today = shape.published
    if unit == "A":
        window = _year_window(today.year - back, shape.one("p"))
        return shape.moment(window, "season")
    if unit == "O":
        then = months_before(today.replace(day=1), back)
        return shape.moment(month_window(then.year, then.month, shape.one("p")), "month")
    monday = today - timedelta(days=today.weekday() + DAYS_A_WEEK * back)
    if unit == "K":
        return shape.moment((monday, monday + timedelta(days=DAYS_A_WEEK - 1)), "week")
    saturday = today - timedelta(days=(today.weekday() - SATURDAY) % DAYS_A_WEEK)
    return shape.moment((saturday, saturday + timedelta(days=1)), "day")


def _weekday(shape: _Shape) -> Moment:
    back = (shape.published.weekday() - shape.values("w")[0]) % DAYS_A_WEEK
    day = shape.published - timedelta(days=back)
    return shape.moment((day, day), "day")


def _season(shape: _Shape) -> Moment:
    first, last = SEASON_MONTHS[shape.values("q")[0]]
    year = shape.year or shape.published.year
    start = date(year, first, 1)
    end = month_window(year + (last < first), last)[1]
    return _gone(shape, shape.moment((start, end), "season", floating=shape.year is None))


def _gone(shape: _Shape, moment: Moment) -> Moment:
    """`Last summer`, said in summer: the one before."""
    if shape.values("l") and moment.floating and moment.last >= shape.published:
        return moment.before(moment.first - timedelta(days=1))
    return moment


def _year(shape: _Shape) -> Moment:
    year = shape.year or shape.published.year
    return shape.moment(_year_window(year, shape.one("p")), "season")


def _day_back(shape: _Shape) -> Moment:
    day = shape.published - timedelta(days=shape.values("k")[0])
    return shape.moment((day, day), "day")


def _ago(shape: _Shape) -> Moment:
    """Two weeks ago: to the unit counted in, so the whole of that week or month."""
    unit = _unit(shape)
    day = _back(shape.published, shape.values("cd")[0], unit)
    if unit == "D":
        return shape.moment((day, day), "day")
    if unit == "K":
        return shape.moment((day - timedelta(days=3), day + timedelta(days=3)), "week")
    if unit == "O":
        return shape.moment(month_window(day.year, day.month), "month")
    return shape.moment(_year_window(day.year, None), "season")


def _sooner(shape: _Shape) -> Moment:
    """Two days earlier: than the date before it."""
    later = _later(shape)
    return replace(later, days_later=-(later.days_later or 0))


def _later(shape: _Shape) -> Moment:
    days = shape.one("f")
    if days is None:
        length = {"D": 1, "K": DAYS_A_WEEK}.get(_unit(shape), 0)
        days = shape.values("cd")[0] * length
    moment = shape.moment((shape.published, shape.published), "day")
    return replace(moment, days_later=days)


def _unit(shape: _Shape) -> str:
    return next(t.letter for t in reversed(shape.tokens) if t.letter in "DKOAE")


def _back(day: date, count: int, unit: str) -> date:
    if unit in "DK":
        return day - timedelta(days=count * (DAYS_A_WEEK if unit == "K" else 1))
    return months_before(day, count * (MONTHS_A_YEAR if unit == "A" else 1))


def _year_window(year: int, part: int | None) -> tuple[date, date]:
    first, last = PARTS_OF_YEAR[part] if part is not None else (1, MONTHS_A_YEAR)
    return date(year, first, 1), month_window(year, last)[1]


_READERS: dict[str, Callable[[_Shape], Moment | None]] = {
    "day": _day,
    "week_of": _week_of,
    "months_to": _months_to,
    "month": _month,
    "nth": _nth,
    "past": _past,
    "relative": _relative,
    "weekday": _weekday,
    "season": _season,
    "year": _year,
    "day_back": _day_back,
    "ago": _ago,
    "later": _later,
    "sooner": _sooner,
}


def moments(tokens: list[Token], published: date) -> list[Moment]:
    """Dates in their order, read from the day of publication; none begins after it.

    Parameters
    ----------
    tokens
        The sentence as `Calendar.tokens` spells it.
    published
        Day of publication.
    """
    found: list[Moment] = []
    for match in _SHAPES.finditer("".join(t.letter for t in tokens)):
        words = tuple(tokens[match.start() : match.end()])
        shape = _Shape(words, match.span(), published, found[-1] if found else None)
        moment = _READERS[match.lastgroup or ""](shape)
        if moment is not None and moment.first <= published:
            found.append(moment)
    return found
