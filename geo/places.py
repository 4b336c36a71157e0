"""Names to places: an exact spelling decides, context breaks ties, a likeness only suggests."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo.seeds import split

if TYPE_CHECKING:
    import pandas as pd

#: Aliases of these kinds name a wrong thing: they are flagged, whatever the context.
ALWAYS_FLAGGED = ("wrong place", "wrong merge", "wrong type")
#: Aliases of these kinds are taken only where country and shipping context both support them.
NEEDS_COUNTRY = ("mistranslation", "probable mistranslation", "mistranslation/typo", "typo")
#: Least likeness (0 to 100, rapidfuzz ratio) worth suggesting. True variants reach 90 and wrong
#: words reach 91, so no threshold may ever decide.
LEAST_LIKENESS = 60
SUGGESTIONS = 5


class Match(NamedTuple):
    """What a name stands for.

    `status` is `exact` (then `place_id` is set), `flagged` (the name is known but may mean
    something else: `candidates` are the places it may stand for, `note` says why) or `unknown`
    (`candidates` are suggestions for a person, the likeliest first).
    """

    name: str
    status: Literal["exact", "flagged", "unknown"]
    place_id: str | None
    candidates: tuple[str, ...]
    note: str


class _Alias(NamedTuple):
    place_id: str
    kind: str
    collides_with: str


@dataclass(frozen=True)
class Gazetteer:
    """The places, their spellings, and which place lies in which.

    Parameters
    ----------
    places, aliases
        Tables of `geo.seeds.read`: `places` and `place_aliases`.

    Examples
    --------
    >>> from geo import seeds
    >>> tables = seeds.read()
    >>> gazetteer = Gazetteer(tables.places, tables.place_aliases)
    >>> gazetteer.resolve("Najin").place_id
    'rajin'
    >>> gazetteer.resolve("Nakhodka", country="KP", shipping=True).status
    'flagged'
    >>> gazetteer.resolve("Rajim").candidates[0]
    'rajin'
    """

    places: pd.DataFrame
    aliases: pd.DataFrame

    @cached_property
    def country(self) -> dict[str, str]:
        """Country code of each place."""
        return dict(zip(self.places["place_id"], self.places["country"], strict=True))

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each place, for people."""
        return dict(zip(self.places["place_id"], self.places["name"], strict=True))

    @cached_property
    def precision(self) -> dict[str, int]:
        """`where_prec` of each place."""
        return dict(zip(self.places["place_id"], self.places["where_prec"], strict=True))

    @cached_property
    def kind(self) -> dict[str, str]:
        """Kind of each place."""
        return dict(zip(self.places["place_id"], self.places["kind"], strict=True))

    @cached_property
    def around(self) -> dict[str, frozenset[str]]:
        """The larger places that hold each place, itself not among them."""
        parents = {
            place: split(cell)
            for place, cell in zip(self.places["place_id"], self.places["within"], strict=True)
        }
        return {place: frozenset(_upward(place, parents)) for place in parents}

    def lies_in(self, place: str, larger: str) -> bool:
        """Whether a place is, or lies within, another."""
        return place == larger or larger in self.around.get(place, frozenset())

    def widest(self, places: frozenset[str]) -> frozenset[str]:
        """The places without those that lie in another of them."""
        return frozenset(p for p in places if not self.around[p] & places)

    def narrowest(self, places: frozenset[str]) -> frozenset[str]:
        """The places without those that hold another of them."""
        held = frozenset[str]().union(*(self.around[p] for p in places))
        return places - held

    def label(self, cell: str) -> str:
        """Names of the places of a cell, for people: `Dunai or Vostochny Port`."""
        return " or ".join(self.names.get(p, p) for p in split(cell))

    def resolve(self, name: str, *, country: str | None = None, shipping: bool = False) -> Match:
        """The place a name stands for.

        Parameters
        ----------
        name
            As found in a text.
        country
            ISO code of the country the text puts it in, where it does.
        shipping
            Whether the text speaks of ships or cargo here: needed where the name has a homonym.
        """
        found = self._spelled.get(_folded(name), [])
        if not found:
            return Match(name, "unknown", None, self._like(name), "no such spelling is known")
        candidates = tuple(sorted({a.place_id for a in found}))
        here = [a for a in found if country in (None, self.country[a.place_id])]
        doubt = self._doubt(name, found, here, country, ships=shipping)
        place = self._one_of(here)
        if doubt or place is None:
            return Match(name, "flagged", None, candidates, doubt or "several places of that name")
        return Match(name, "exact", place, (place,), "")

    def _doubt(
        self,
        name: str,
        found: list[_Alias],
        here: list[_Alias],
        country: str | None,
        *,
        ships: bool,
    ) -> str:
        wrong = [a for a in here if a.kind in ALWAYS_FLAGGED]
        if wrong and (country or len(here) == len(wrong)):
            return f"{name} was met where {self.names[wrong[0].place_id]} was meant"
        if not here:
            others = sorted({self.country[a.place_id] for a in found})
            return f"{name} is known in {', '.join(others)}, not in {country}"
        colliding = [a for a in here if a.collides_with]
        if len(colliding) < len(here) or not colliding:
            return ""
        needs_country = all(a.kind in NEEDS_COUNTRY for a in colliding)
        if ships and (country or not needs_country):
            return ""
        return f"{name} is also {colliding[0].collides_with}"

    def _one_of(self, here: list[_Alias]) -> str | None:
        """The only place meant, or the one that holds all others meant: true either way."""
        meant = frozenset(a.place_id for a in here if a.kind not in ALWAYS_FLAGGED)
        wide = self.widest(meant)
        return next(iter(wide)) if len(wide) == 1 else None

    @cached_property
    def _spelled(self) -> dict[str, list[_Alias]]:
        spelled: defaultdict[str, list[_Alias]] = defaultdict(list)
        rows = self.aliases[["alias", "place_id", "kind", "collides_with"]]
        for alias, *rest in rows.itertuples(index=False):
            spelled[_folded(alias)].append(_Alias(*rest))
        for place, name in self.names.items():
            for spelling in {_folded(place), _folded(name)}:
                if not any(a.place_id == place for a in spelled[spelling]):
                    spelled[spelling].append(_Alias(place, "name", ""))
        return dict(spelled)

    def _like(self, name: str) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process

        spellings = sorted(self._spelled)
        near = process.extract(
            _folded(name), spellings, scorer=fuzz.ratio, limit=50, score_cutoff=LEAST_LIKENESS
        )
        ranked = dict.fromkeys(a.place_id for match, *_ in near for a in self._spelled[match])
        return tuple(ranked)[:SUGGESTIONS]


def _upward(place: str, parents: dict[str, list[str]]) -> set[str]:
    above: set[str] = set()
    rising = list(parents[place])
    while rising:
        larger = rising.pop()
        if larger not in above:
            above.add(larger)
            rising += parents.get(larger, [])
    return above


def _folded(name: str) -> str:
    """One spelling for what differs only in case, accents' encoding, quotes, dashes or spaces."""
    name = unicodedata.normalize("NFKC", name).casefold()
    name = re.sub(r"[\"'«»„“”‘’`]", "", name)
    name = re.sub(r"[\u2010-\u2015-]", "-", name)
    return re.sub(r"\s+", " ", name).strip(" .,;:")
