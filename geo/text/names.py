"""Names of places and ships in a text: exact spellings, in any case, and what they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from geo.seeds import split
from geo.text.finder import Finder, Found, Word, finder, word
from geo.text.lexicon import UNSPACED, Language, either

if TYPE_CHECKING:
    import pandas as pd

    from geo.places import Gazetteer

#: Signs before a name that may still tell the country it lies in.
NATION_REACH = 40
#: Signs around a name within which another word makes it a cosmodrome, or a port.
OTHER_REACH, PORT_BEFORE, PORT_AFTER = 20, 18, 9
#: The least length of a Cyrillic name that has cases.
SHORTEST_DECLINED = 5
#: Names of this many signs or fewer are not cut.
SHORT = 3
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_ENDING = re.compile(r"(?:ский|цкий|[ыоиі]й|ая|яя|[аяйьиіоеую])$")


class NamedPlace(NamedTuple):
    """A place named in a sentence; without `place_id` where the name may mean another thing."""

    start: int
    end: int
    place_id: str
    doubt: str


class VesselName(NamedTuple):
    """A ship named in a sentence."""

    start: int
    end: int
    vessel: str


class _Spelling(NamedTuple):
    """A spelling of the gazetteer, or an area of the lexicon."""

    alias: str
    area: str


@dataclass(frozen=True)
class PlaceNames:
    """Finds places named in one language.

    Parameters
    ----------
    gazetteer
        The places and their spellings.
    code, language
        Code of the language, and its words.
    """

    gazetteer: Gazetteer
    code: str
    language: Language

    def find(self, text: str, *, shipping: bool) -> list[NamedPlace]:
        """Places of a plain sentence, in their order.

        `shipping` tells whether the text speaks of ships or cargo: names with a homonym need it.
        """
        out = []
        for found in self._spelled.apart(text):
            before = text[max(0, found.start - NATION_REACH) : found.start]
            after = text[found.end : found.end + OTHER_REACH]
            if self._other_before.search(before) or self._other_after.match(after):
                continue
            place, doubt = self._meant(found, before, after, shipping=shipping)
            out.append(NamedPlace(found.start, found.end, place, doubt))
        return out

    def _meant(
        self, found: Found[_Spelling], before: str, after: str, *, shipping: bool
    ) -> tuple[str, str]:
        alias, area = found.value
        if area:
            return area, ""
        result = self.gazetteer.resolve(alias, shipping=shipping)
        if result.place_id:
            near = f"{before[-PORT_BEFORE:]}|{after[:PORT_AFTER]}"
            at_port = self._port.search(near)
            return port_of(result.place_id, self.gazetteer) if at_port else result.place_id, ""
        country = self._country(before)
        if country:
            result = self.gazetteer.resolve(alias, country=country, shipping=shipping)
        return result.place_id or "", "" if result.place_id else result.note

    def _country(self, before: str) -> str:
        """The country whose port the text just called it."""
        for country, names in self.language.marks.get("nation", {}).items():
            words = either(names, spaced=self._spaced)
            if re.search(rf"(?:{words})(?:\s+\w+){{0,3}}\s*$", before, re.IGNORECASE):
                return country
        return ""

    @cached_property
    def _spaced(self) -> bool:
        return self.code not in UNSPACED

    @cached_property
    def _port(self) -> re.Pattern[str]:
        """The word for a port right before or after a name, with the name as `|`."""
        words = either(self.language.marks.get("mode", {}).get("port", []), spaced=self._spaced)
        before = rf"(?:{words})(?:\s+of)?\s*['\"]?\|"
        return re.compile(rf"{before}|\|['\"]?\s*(?:{words})", re.IGNORECASE)

    @cached_property
    def _other_after(self) -> re.Pattern[str]:
        words = either(self.language.place.not_place, spaced=self._spaced)
        return re.compile(rf"['\"]?\s*(?:{words})", re.IGNORECASE)

    @cached_property
    def _other_before(self) -> re.Pattern[str]:
        words = either(self.language.place.not_place, spaced=self._spaced)
        return re.compile(rf"(?:{words})\s*['\"]?$", re.IGNORECASE)

    @cached_property
    def _spelled(self) -> Finder[_Spelling]:
        areas = {w: place for place, words in self.language.place.area.items() for w in words}
        names = [*self.gazetteer.aliases["alias"], *self.gazetteer.places["name"]]
        words: list[Word[_Spelling]] = [
            word(phrase, _Spelling(phrase, area)) for phrase, area in areas.items()
        ]
        for name in dict.fromkeys(n for n in names if n.casefold() not in areas):
            words += self._words(name)
        return finder(words, spaced=self._spaced)

    def _words(self, name: str) -> list[Word[_Spelling]]:
        """How a spelling of the gazetteer may stand in a text of this language."""
        told = _Spelling(name, "")
        flat = re.sub(r"[\"'\u2018\u2019\u201c\u201d\u00ab\u00bb]", "", name)
        if _CYRILLIC.search(name):
            return [word(_stem(flat), told, cased=True)] if self.code in ("ru", "uk") else []
        if _HANGUL.search(name):
            return [word(flat, told)] if self.code == "ko" else []
        if _JAPANESE.search(name):
            return [word(flat, told)] if self.code == "ja" else []
        if flat == flat.lower():
            return [word(flat, told)]
        return [word(flat, told, cased=True), word(flat.upper(), told, cased=True)]


def port_of(place: str, gazetteer: Gazetteer) -> str:
    """The port called after a region, where the gazetteer knows one; else the place itself."""
    if gazetteer.kind[place] == "port":
        return place
    return gazetteer.resolve(f"{gazetteer.names[place]} port", shipping=True).place_id or place


def _stem(name: str) -> str:
    """A Cyrillic name as words of the lexicon that go on with any ending of a case."""
    return " ".join(
        _ENDING.sub("", part) + "*"
        if len(part) >= SHORTEST_DECLINED and not part.isupper()
        else part
        for part in name.split()
    )


@dataclass(frozen=True)
class VesselNames:
    """Finds ships named in a text.

    Parameters
    ----------
    vessels
        Table of `geo.seeds.read`: `vessels`.
    """

    vessels: pd.DataFrame

    def find(self, text: str, *, spaced: bool, shipping: bool) -> list[VesselName]:
        """Ships of a sentence, in their order.

        A name that is also a person's or a river's counts only where the text speaks of shipping.
        """
        return [
            VesselName(start, end, vessel)
            for start, end, (vessel, plain) in self._named[spaced].apart(text)
            if not plain or (shipping and not _OTHER_NAME.match(text[end:]))
        ]

    @cached_property
    def _named(self) -> dict[bool, Finder[tuple[str, bool]]]:
        rows = zip(self.vessels["vessel"], self.vessels["aliases"], strict=True)
        named = {alias: vessel for vessel, cell in rows for alias in [*split(cell), vessel]}
        # In Korean and Japanese a last sign says that it is a ship; it is often left out.
        named |= {a[:-1]: v for a, v in named.items() if a[-1] in "호号" and len(a) > SHORT}
        words = [
            word(spelling, (vessel, not re.search(r"[\d\s-]", alias)), cased=True)
            for alias, vessel in named.items()
            for spelling in _both_spellings(alias)
        ]
        return {spaced: finder(words, spaced=spaced) for spaced in (True, False)}


#: What follows a name that is no ship's: `Maria Zakharova`, `the Angara rocket`.
_OTHER_NAME = re.compile(r"\s+(?:[A-Z][a-z]|rocket|river)")


def _both_spellings(alias: str) -> list[str]:
    """A Cyrillic name as Russian and as Ukrainian write it, in any case."""
    if not _CYRILLIC.search(alias):
        apart = re.sub(r"(?<=[가-힣ァ-ヶー])(?=[A-Z])", " ", alias)  # Korean writes both
        return list(dict.fromkeys([alias, apart]))
    stem = _stem(alias)
    if number := re.search(r"[ая]([ -]\d+)$", alias):
        forms = [f"{alias[: number.start()]}{ending}{number[1]}" for ending in "аяюуиіеєо"]
        return list(dict.fromkeys(f.replace("и", i, 1) for f in forms for i in "иі"))
    return list(dict.fromkeys([stem, stem.replace("и", "і")]))
