"""The words that reports are read with: claimants, and a file a language; checked when loaded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.problems import Problem, TableError
from geo.schema import Evidence
from geo.text.finder import Finder, finder, word
from geo.text.tags import TAGS

#: Scripts without blanks between words: their words match anywhere.
UNSPACED = ("ko", "ja")
#: The file of what no language owns; the others are named by their language: `en.toml`.
CLAIMANTS = "claimants.toml"

Words = list[Annotated[str, Field(min_length=1)]]
Nation = Literal["KP", "RU", "US", "KR", "UA", "GB", "JP", "LT", "UN", ""]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Actor(_Section):
    """Who may make a claim."""

    names: Words
    nation: Nation = ""
    #: What it is called before or after its name is given: `think tank`, `ministry`.
    called: Words = []
    #: Part of the web address of its own pages.
    address: str = ""
    #: A newspaper or agency: it is the claimant only where nobody else is.
    relays: bool = False
    #: A document rather than a person: it speaks wherever it is named.
    document: bool = False
    #: What it usually rests its claims on.
    evidence: Evidence = "official statement"


class Quantifiers(_Section):
    """Words that make a number a bound, by the quantifier they stand for."""

    before: dict[Literal["at_least", "more_than", "up_to", "about"], Words]
    after: dict[Literal["at_least", "more_than", "up_to", "about"], Words] = {}


class Numbers(_Section):
    """Numbers in words."""

    decimal: Literal[".", ","]
    value: dict[str, Words]
    scale: dict[str, Words]
    #: Vague words by the floor they set; "0" sets none.
    vague: dict[str, Words]
    #: `The third`, by the number: that many by then.
    ordinal: dict[str, Words] = {}
    #: A pattern (regular expression) for an ordinal in figures: `27th`.
    nth: str = ""
    #: `Twice`, by the number of times.
    repeat: dict[str, Words] = {}
    join: Words = []


class Dates(_Section):
    """Words of dates; months from January, weekdays from Monday, seasons from spring.

    A word with a capital is met only so written: `May`, `March`.
    """

    months: Annotated[list[Words], Field(min_length=12, max_length=12)]
    weekdays: Annotated[list[Words], Field(min_length=7, max_length=7)]
    seasons: Annotated[list[Words], Field(max_length=4)] = []
    early: Words
    mid: Words
    late: Words
    last: Words
    this: Words
    earlier: Words = []
    day: Words
    week: Words
    month: Words
    year: Words
    weekend: Words = []
    since: Words
    until: Words
    between: Words
    both: Words
    within: Words = []
    onward: Words = []
    to: Words
    past: Words = []
    ago: Words = []
    later: Words = []
    filler: Words = []
    #: Words that lead a date in and change nothing: `on`, `in`.
    leading: Words = []
    #: Quarters of a year, then its halves.
    quarters: list[Words] = []
    #: Single words for a day, month or year, by how many of them it lies back.
    days_back: dict[str, Words] = {}
    months_back: dict[str, Words] = {}
    years_back: dict[str, Words] = {}
    #: `the next day`, by how many days it lies after the date before it.
    days_later: dict[str, Words] = {}
    #: Longer words that one of the words above begins, and that tell no date.
    other: Words = []
    #: What makes a figure a day, a month or a year where words are not spaced.
    day_mark: Words = []
    month_mark: Words = []
    year_mark: Words = []
    #: What follows a day mark that counts days instead: `16 days long`.
    not_a_date: Words = []


class Ends(_Section):
    """Words before or after a place that tell what it is to the movement."""

    origin: Words = []
    destination: Words = []
    at: Words = []
    pair: Words = []
    via: Words = []
    instead: Words = []


class Places(_Section):
    """How places are named and told apart."""

    before: Ends = Ends()
    after: Ends = Ends()
    #: What may stand between such a word and the place.
    filler: Words = []
    #: Phrases that name an area, by place_id.
    area: dict[str, Words] = {}
    #: What makes a name next to it another thing: `cosmodrome`.
    not_place: Words = []


class Language(_Section):
    """The words of one language, by what they tell the reader."""

    number: Numbers
    quantifier: Quantifiers
    date: Dates
    place: Places
    #: A pattern (regular expression) for what begins a new clause.
    clause: str
    abbreviations: Words = []
    #: Common short words that betray the language of a text.
    betrays: Words = []
    #: What makes a ship the one named before (`the`), and what makes it another all the same.
    definite: Words = []
    other: Words = []
    marks: dict[str, dict[str, Words]]


class _File(_Section):
    actor: dict[str, Actor]
    #: Actors that speak with one voice when named together.
    together: dict[str, Words]
    #: A text without any of these does not speak of the corridor.
    corridor: Words
    #: Nor does one without any of these speak of shipments.
    shipments: Words
    language: dict[str, Language]


class Mark(NamedTuple):
    """A word of the lexicon in a text."""

    start: int
    end: int
    text: str
    tags: frozenset[str]


#: What a phrase still tells by its first word.
_KEPT = ("verb.", "say.", "mode.", "stance.halt")


@dataclass(frozen=True)
class Marker:
    """Finds words of the lexicon; at each word's beginning the longest wins."""

    words: Finder[str]

    def find(self, text: str) -> list[Mark]:
        """Marks in the order of the text; a mark may lie within a longer one.

        A phrase still tells what its first word does: `seen there` is seen.
        """
        out = []
        for found in self.words.at_each(text):
            start, end, _ = found[0]
            told = {f.value for f in found if f.end == end or f.value.startswith(_KEPT)}
            out.append(Mark(start, end, text[start:end], frozenset(told)))
        return out


class Lexicon(_File):
    """The checked words."""

    def marker(self, language: str) -> Marker:
        """Finds the words of a language, with what they tell: `unit.trip`, `mode.sea`."""
        sections = self.language[language].marks.items()
        words = [
            word(spelling, f"{section}.{name}")
            for section, lists in sections
            for name, spellings in lists.items()
            for spelling in spellings
        ]
        return Marker(finder(words, spaced=language not in UNSPACED))


def worded(word: str, *, spaced: bool) -> str:
    """A word of the lexicon as a pattern: `word*` is a beginning, a blank any space."""
    stem = word.removesuffix("*")
    pattern = r"\s+".join(re.escape(part) for part in stem.split(" "))
    if not spaced:
        return pattern.replace(r"\s+", r"\s*")
    return pattern + (r"\w*" if word.endswith("*") else r"(?!\w)")


def either(words: list[str], *, spaced: bool = True) -> str:
    """A pattern for any of some words, the longest first; of none, one that never matches."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(worded(w, spaced=spaced) for w in ordered) or r"(?!)"


@cache
def shipped() -> Lexicon:
    """The lexicon that comes with the package."""
    folder = files("geo.text.lexicon")
    tables = (f for f in folder.iterdir() if f.name.endswith(".toml"))
    return parse({table.name: table.read_text("utf-8") for table in tables})


def parse(tables: Mapping[str, str]) -> Lexicon:
    """Check a lexicon.

    Parameters
    ----------
    tables
        TOML by the name of its file: `claimants.toml`, and one a language, `en.toml`.

    Raises
    ------
    TableError
        Naming every section that is unknown, missing or wrong, and its file.
    """
    read = {name: _read(name, tables[name]) for name in sorted(tables)}
    shared = read.pop(CLAIMANTS, {})
    words = {name.removesuffix(".toml"): language for name, language in read.items()}
    try:
        lexicon = Lexicon.model_validate({**shared, "language": words})
    except ValidationError as error:
        raise TableError(_told(wrong) for wrong in error.errors(include_url=False)) from error
    problems = [
        *_wrong_marks(lexicon), *_wrong_units(lexicon), *_wrong_numbers(lexicon),
        *_wrong_patterns(lexicon), *_wrong_actors(lexicon),
    ]  # fmt: skip
    if problems:
        raise TableError(problems)
    return lexicon


def _read(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError([Problem(name, 0, "", "", f"not TOML: {error}")]) from error


def _problem(where: str, value: str, message: str) -> Problem:
    """What is wrong at `language.en.date`, by its file and its place in it."""
    if not where.startswith("language."):
        return Problem(CLAIMANTS, 0, where, value, message)
    _, code, *rest = where.split(".")
    return Problem(f"{code}.toml", 0, ".".join(rest), value, message)


def _told(wrong: Any) -> Problem:
    where = ".".join(str(part) for part in wrong["loc"])
    return _problem(where, str(wrong["input"]), wrong["msg"])


def _wrong_marks(lexicon: Lexicon) -> Iterator[Problem]:
    for code, language in lexicon.language.items():
        for section, lists in language.marks.items():
            for tag in (f"{section}.{name}" for name in lists):
                if tag not in TAGS:
                    near = ", ".join(t for t in TAGS if t.startswith(f"{section}."))
                    message = f"no such words; known: {near or 'other sections'}"
                    yield _problem(f"language.{code}.marks.{section}", tag, message)


def _wrong_units(lexicon: Lexicon) -> Iterator[Problem]:
    for code, language in lexicon.language.items():
        seen: dict[str, str] = {}
        for unit, words in language.marks.get("unit", {}).items():
            for spelling in words:
                if spelling in seen:
                    where = f"language.{code}.marks.unit.{unit}"
                    message = f"is also a word for {seen[spelling]}"
                    yield _problem(where, spelling, message)
                seen[spelling] = unit


def _wrong_patterns(lexicon: Lexicon) -> Iterator[Problem]:
    for code, language in lexicon.language.items():
        for name, pattern in (("clause", language.clause), ("number.nth", language.number.nth)):
            try:
                re.compile(pattern)
            except re.error as error:
                where = f"language.{code}.{name}"
                yield _problem(where, pattern, f"no pattern: {error}")


def _wrong_numbers(lexicon: Lexicon) -> Iterator[Problem]:
    for code, language in lexicon.language.items():
        for name in ("value", "scale", "vague", "ordinal", "repeat"):
            for number in getattr(language.number, name):
                if not number.isdecimal():
                    where = f"language.{code}.number.{name}"
                    yield _problem(where, number, "is no whole number")


def _wrong_actors(lexicon: Lexicon) -> Iterator[Problem]:
    for name, members in lexicon.together.items():
        for member in members:
            if member not in lexicon.actor:
                yield _problem(f"together.{name}", member, "is no actor")
