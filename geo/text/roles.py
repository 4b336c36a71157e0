"""What a place is to the movement told: where it begins, where it ends, or only where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from geo.text.lexicon import UNSPACED, Language, either
from geo.text.names import NamedPlace

Role = Literal["origin", "destination", "at", "pair", "via", "instead", ""]
#: Signs around a place within which a word may tell its role.
REACH = 90
#: Words in the longest phrase that tells a role: `close to`, `by way of`.
LONGEST_PHRASE = 3
#: Stands in the text for a name before the place: it is no word of its phrase.
_NAME = "~"
_TOKEN = re.compile(r"[\w'-]+|[^\w\s]|~")
_LOOSE = frozenset([*"\"'(,-~", "'s"])
#: How far apart the two places of `between A and B` may stand.
PAIR_REACH = 40


class PlaceName(NamedTuple):
    """A place named in a sentence, with its role there."""

    start: int
    end: int
    text: str
    place_id: str
    role: Role
    doubt: str


@dataclass(frozen=True)
class Roles:
    """Tells the roles of places in one language."""

    code: str
    language: Language

    def told(self, text: str, named: list[NamedPlace]) -> list[PlaceName]:
        """The places of a plain sentence with their roles, in their order."""
        out: list[PlaceName] = []
        for number, place in enumerate(named):
            following = named[number + 1] if number + 1 < len(named) else None
            role = self._role(text, place, following, out)
            shown = text[place.start : place.end]
            out.append(PlaceName(place.start, place.end, shown, place.place_id, role, place.doubt))
        return self._paired(out, text)

    def _role(
        self, text: str, place: NamedPlace, following: NamedPlace | None, earlier: list[PlaceName]
    ) -> Role:
        after = text[place.end : place.end + REACH]
        if self._distant.match(after):
            return "instead"
        for role, pattern in self._after:
            if pattern.match(after):
                return role
        if earlier and self._listed.fullmatch(text[earlier[-1].end : place.start]):
            return earlier[-1].role  # `Dunay and Vostochny`: a list shares its role
        if following and after.startswith("'s ") and following.start - place.end < PAIR_REACH:
            return ""  # `Russia's Dunai port`: the country only describes the port
        before = _masked(text, max(0, place.start - REACH), place.start, earlier)
        return "instead" if self._distance.search(before) else self._governed(before)

    def _governed(self, before: str) -> Role:
        """Read back over the words of the place's phrase to the word that governs it."""
        words = [w.lower() for w in _TOKEN.findall(before)]
        place: Role = ""
        end = len(words)
        while end > 0:
            for length in range(min(LONGEST_PHRASE, end), 0, -1):
                role = self._before.get(" ".join(words[end - length : end]))
                if role and role != "at":
                    return role
                if role:
                    place = place or role
                    end -= length
                    break
            else:
                if not self._fills(words[end - 1]):
                    return place
                end -= 1
        return place

    def _fills(self, token: str) -> bool:
        """Whether a word may stand between a place and the word that governs it."""
        words, stems = self._filler
        return token in words or token in _LOOSE or token.isdecimal() or token.startswith(stems)

    @cached_property
    def _filler(self) -> tuple[frozenset[str], tuple[str, ...]]:
        listed = self.language.place.filler
        stems = tuple(w.removesuffix("*") for w in listed if w.endswith("*"))
        return frozenset(w for w in listed if not w.endswith("*")), stems

    @cached_property
    def _before(self) -> dict[str, Role]:
        ends = self.language.place.before
        listed: tuple[tuple[Role, list[str]], ...] = (
            ("at", ends.at), ("via", ends.via), ("pair", ends.pair), ("origin", ends.origin),
            ("destination", ends.destination), ("instead", ends.instead),
        )  # fmt: skip
        return {word: role for role, words in listed for word in words}

    @cached_property
    def _after(self) -> list[tuple[Role, re.Pattern[str]]]:
        """Roles told after the place: Korean and Japanese do."""
        ends = self.language.place.after
        listed: tuple[tuple[Role, list[str]], ...] = (
            ("via", ends.via), ("instead", ends.instead), ("pair", ends.pair),
            ("origin", ends.origin), ("destination", ends.destination), ("at", ends.at),
        )  # fmt: skip
        return [
            (role, re.compile(rf"['\"]?\s*(?:{either(words, spaced=False)})"))
            for role, words in listed
            if words
        ]

    @cached_property
    def _distance(self) -> re.Pattern[str]:
        """`290 km from the border` says how far, not from where."""
        measures = either(self.language.marks.get("stance", {}).get("measure", []))
        away = (
            r"\s+(?:away\s+|entfernt\s+|\w+\s+)?(?:from|of|to|off|short\s+of|от|до|від|von|vom|vor)"
            r"\s+(?:the\s+|its\s+|der\s+|dem\s+)*$"
        )
        return re.compile(rf"(?<!\w)(?:{measures}){away}", re.IGNORECASE)

    @cached_property
    def _distant(self) -> re.Pattern[str]:
        """The same where words are not spaced: the place, then the figure."""
        if self.code not in UNSPACED:
            return re.compile("(?!)")
        return re.compile(r"\S{0,6}\s?(?:약|約)?\s?\d[\d,.]*\s?(?:km|㎞|킬로|キロ)", re.IGNORECASE)

    @cached_property
    def _listed(self) -> re.Pattern[str]:
        join = rf"\s*,\s*|\s*,?\s*(?:{self._both})\s+|\s*[/·・、]\s*"
        return re.compile(rf"['\"]?(?:{join})(?:the\s+)?['\"]?", re.IGNORECASE)

    @cached_property
    def _both(self) -> str:
        words = [*self.language.date.both, "or", "or to", "and to"]
        return either(words, spaced=self.code not in UNSPACED)

    def _paired(self, named: list[PlaceName], text: str) -> list[PlaceName]:
        """Both places of `between A and B` have that role."""
        join = re.compile(rf".{{0,{PAIR_REACH}}}?(?:{self._both}|-)\s+.{{0,{PAIR_REACH}}}?")
        out = list(named)
        for number, (first, second) in enumerate(pairwise(named), 1):
            joined = first.role == "pair" and second.role in ("", "pair", "at")
            if joined and join.fullmatch(text[first.end : second.start]):
                out[number] = second._replace(role="pair")
        return out


def _masked(text: str, start: int, end: int, earlier: list[PlaceName]) -> str:
    """Part of a text with the names in it masked."""
    part = list(text[start:end])
    for place in earlier:
        for sign in range(max(place.start, start), min(place.end, end)):
            part[sign - start] = _NAME
    return "".join(part)
