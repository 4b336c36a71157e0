"""Text in, proposed claims out: each with the sentence it rests on and how it was read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from geo import dates, seeds
from geo.places import Gazetteer
from geo.schema import Evidence, Kind, Mode, OptionalText, Precision, Row, Scope, Stance, Unit
from geo.schema import Reading as HowSure
from geo.tables import typed
from geo.text import sentences
from geo.text.actors import PLACES
from geo.text.counted import counted
from geo.text.denials import CHARGED, denial
from geo.text.drafts import Credited, Draft
from geo.text.eyes import Eye
from geo.text.legs import legs
from geo.text.lexicon import Lexicon, shipped
from geo.text.meant import ARMS
from geo.text.names import port_of
from geo.text.numbers import Number
from geo.text.scene import Context, Scene
from geo.text.sightings import gone_on, seen_beside

if TYPE_CHECKING:
    import pandas as pd

#: Hexadecimal digits of a proposal's identifier, and the columns it is made of: what else is read
#: in the sentence may change with the rules, and a decision on the claim still finds it.
ID_DIGITS = 12
IDENTITY = ("quote", "stance", "mode", "unit")
#: Signs between a sentence and the next.
NEXT_SIGNS = 2
#: Codes of a language that is not told (`und` in ISO 639).
UNTOLD = ("", "und")
#: Evidence by the lexicon's word for it.
EVIDENCE: dict[str, Evidence] = {
    "imagery": "satellite imagery", "ais": "AIS", "documents": "documents", "witness": "witness",
}  # fmt: skip


class NotRead(ValueError):
    """A text in a language that the lexicon does not cover."""

    def __init__(self, language: str) -> None:
        self.language = language
        name = "unknown" if language in UNTOLD else language
        super().__init__(f"not read: language {name}")


class Proposal(Row):
    """A claim read in a text, before a person decided on it."""

    table: ClassVar[str] = "proposals"
    key: ClassVar[tuple[str, ...]] = ("start", "ordinal")

    claim_id: str = Field(description="Identifier: of the sentence, stance, mode and unit.")
    start: int = Field(description="Where the sentence begins in the text, in characters.")
    end: int = Field(description="The character after its last.")
    ordinal: int = Field(description="Which claim of its sentence it is, from 1.")
    quote: str = Field(description="The sentence, as the text has it.")
    claimant: OptionalText = Field(description="As in claims; empty where nobody is credited.")
    stance: Stance = Field(description="As in claims.")
    cargo_stance: Stance = Field(description="As in claims.")
    kind: Kind = Field(description="As in claims.")
    scope: Scope | None = Field(description="As in claims.")
    mode: Mode | None = Field(description="As in claims.")
    origin: OptionalText = Field(description="As in claims.")
    destination: OptionalText = Field(description="As in claims.")
    via: OptionalText = Field(description="As in claims.")
    vessel: OptionalText = Field(description="As in claims.")
    date_start: date | None = Field(description="As in claims; empty where open.")
    date_end: date | None = Field(description="As in claims.")
    date_precision: Precision = Field(description="As in claims.")
    low: int | None = Field(description="As in claims.")
    best: int | None = Field(description="As in claims.")
    high: int | None = Field(description="As in claims.")
    unit: Unit | None = Field(description="As in claims.")
    quantifier: OptionalText = Field(description="As in claims.")
    evidence: Evidence = Field(description="As in claims.")
    reading: HowSure = Field(description="As in claims: high where every part is stated.")
    claimant_basis: OptionalText = Field(
        description="stated in the sentence, carried from another, or the publisher."
    )
    ends_basis: OptionalText = Field(
        description="stated, carried from another sentence, or corridor: the countries alone."
    )
    date_basis: OptionalText = Field(
        description="stated, carried, said (only the day of saying), or published."
    )
    flags: OptionalText = Field(description="Reasons to look twice, joined by ';'.")


def propose(
    text: str,
    published: date | str,
    language: str | None = None,
    *,
    publisher: str = "",
    gazetteer: Gazetteer | None = None,
) -> pd.DataFrame:
    """Claims that a report makes about shipments on the corridor.

    Parameters
    ----------
    text
        The report, as plain text.
    published
        Day of publication; of a month or year, its last day. Relative dates are read from it.
    language
        ISO 639 code; default: told from the text.
    publisher
        Claimant or web address to credit where the text names nobody but "we".
    gazetteer
        Places and their spellings; default: the shipped ones.

    Returns
    -------
    DataFrame
        Columns of `Proposal`, one row a leg and count, in the order of the text. Empty where the
        text does not speak of the corridor.

    Raises
    ------
    NotRead
        If the lexicon does not cover the language.

    Examples
    --------
    >>> found = propose("RUSI counted at least five trips from Rajin to Dunai.", "2023-10-17")
    >>> found.loc[0, ["claimant", "quantifier", "unit", "origin", "destination"]].to_list()
    ['RUSI', 'at_least', 'trip', 'rajin', 'dunai']
    """
    day = dates.window(published)[1] if isinstance(published, str) else published
    reader = _shipped_reader() if gazetteer is None else _reader(gazetteer)
    rows = reader.rows(text, day, language, publisher)
    return typed(rows, Proposal) if rows else _none().copy()


def language_of(text: str) -> str:
    """ISO 639 code of a text's language, or "" for one that the lexicon does not cover."""
    return sentences.language(sentences.plain(text), shipped())


@lru_cache(maxsize=1)
def _none() -> pd.DataFrame:
    """No proposals: made once, for most texts of the world give none."""
    return typed([], Proposal)


@dataclass(frozen=True)
class Reader:
    """Reads reports with one lexicon, gazetteer and list of ships."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    vessels: pd.DataFrame

    @cached_property
    def _eyes(self) -> dict[str, Eye]:
        known = self.lexicon.language
        return {code: Eye(self.lexicon, code, self.gazetteer, self.vessels) for code in known}

    def names(self, folded: str) -> bool:
        """Whether a text may speak of the corridor: cheap, and never wrongly no."""
        return any(w in folded for w in self.lexicon.corridor)

    def rows(
        self, text: str, published: date, language: str | None, publisher: str
    ) -> list[dict[str, Any]]:
        """Rows of `Proposal`."""
        folded = text.casefold()
        if not self.names(folded):
            return []
        flat = sentences.plain(text)
        code = sentences.language(flat, self.lexicon) if language is None else language
        if code not in self._eyes:
            raise NotRead(code)
        if not any(w in folded for w in self.lexicon.shipments):
            return []
        head = sentences.dateline(flat)
        flat = " " * len(head) + flat[len(head) :]
        context = Context(published, self._publisher(publisher, head))
        told = sentences.sentences(flat, self.lexicon.language[code])
        drafts: list[Draft] = []
        named: set[str] = set()
        scenes = [
            Scene(reading, context, self.gazetteer)
            for reading in self._eyes[code].read(told, published)
        ]
        context.of_north = any(scene.names_north for scene in scenes)
        context.of_russia = any(scene.names_russia for scene in scenes)
        for scene in scenes:
            reading = scene.reading
            self._take(scene, drafts)
            named |= {a.actor for a in reading.actors if not a.called}
        credited = (self._specified(_credited_later(d, context.spoken), named) for d in drafts)
        return _numbered([self._row(text, draft, published) for draft in credited])

    def _specified(self, draft: Draft, named: set[str]) -> Draft:
        """A claim of `Seoul` or `Washington`, credited to the only body of theirs that is named."""
        out = []
        for claimant in draft.credit.claimants:
            nation = self.lexicon.actor[claimant].nation if claimant in PLACES else ""
            bodies = [
                a for a in named - PLACES if nation and self.lexicon.actor[a].nation == nation
            ]
            only = len(bodies) == 1 and nation not in CHARGED
            out.append(bodies[0] if only else claimant)
        return replace(draft, credit=replace(draft.credit, claimants=tuple(dict.fromkeys(out))))

    def _publisher(self, publisher: str, head: str) -> tuple[str, ...]:
        """The claimant that a publisher or a line of agency stands for."""
        for name, actor in self.lexicon.actor.items():
            if publisher == name or (actor.address and actor.address in publisher):
                return (name,)
            if any(f"({n})" in head for n in actor.names):
                return (name,)
        return ()

    def _take(self, scene: Scene, drafts: list[Draft]) -> None:
        """Add a sentence's drafts, and let the context know what it told."""
        found = self._drafts(scene)
        for draft in found:
            whole = gone_on(drafts[-1] if drafts else None, draft, scene)
            drafts[-1:] = [whole] if whole is not None else [*drafts[-1:], self._ported(draft)]
        scene.remember(found, drafts[-1] if drafts else None)

    def _drafts(self, scene: Scene) -> list[Draft]:
        if scene.reading.vessels or _mentions(scene):
            scene.context.corridor = True
        denied = denial(scene, self.lexicon)
        if denied is not None:
            again = _goes_on(scene, denied)
            beside = _beside(scene, denied)
            return beside if again else [*beside, denied]
        numbered = counted(scene)
        seen = seen_beside(scene, numbered)
        moved = legs(scene)
        if numbered or seen:  # beside a number only the way onward is news
            modes = {d.mode for d in (*numbered, *seen)}
            moved = [d for d in moved if d.mode == "rail" and d.mode not in modes]
        return [*seen, *numbered, *moved]

    def _ported(self, draft: Draft) -> Draft:
        """By sea a region with a port of its name means the port."""
        if draft.mode != "sea":
            return draft
        origin, destination = (
            frozenset(port_of(place, self.gazetteer) for place in side)
            for side in (draft.ends.origin, draft.ends.destination)
        )
        return replace(draft, ends=replace(draft.ends, origin=origin, destination=destination))

    def _row(self, text: str, draft: Draft, published: date) -> dict[str, Any]:
        sentence, number, window = draft.reading.sentence, draft.number, draft.dated.window
        bounds = number or Number(0, 0, None, None, None, "")
        return {
            "start": sentence.start,
            "end": sentence.end,
            "quote": text[sentence.start : sentence.end],
            "claimant": ";".join(sorted(draft.credit.claimants)),
            "stance": draft.firm.movement,
            "cargo_stance": draft.firm.cargo,
            "kind": draft.kind,
            "scope": draft.scope,
            "mode": draft.mode,
            "origin": ";".join(sorted(draft.ends.origin)),
            "destination": ";".join(sorted(draft.ends.destination)),
            "via": ";".join(sorted(draft.ends.via)),
            "vessel": ";".join(draft.vessels),
            "date_start": window.first if window else None,
            "date_end": (window.last if window else None) or published,
            "date_precision": window.precision if window else "open_ended",
            "low": bounds.low,
            "best": bounds.best,
            "high": bounds.high,
            "unit": draft.unit,
            "quantifier": bounds.quantifier,
            "evidence": self._evidence(draft),
            "reading": _how_sure(draft),
            "claimant_basis": draft.credit.basis,
            "ends_basis": draft.ends.basis,
            "date_basis": draft.dated.basis or "published",
            "flags": ";".join(_doubts(draft)),
        }

    def _evidence(self, draft: Draft) -> str:
        """What the sentence names, else what its claimant usually rests on."""
        for word, evidence in EVIDENCE.items():
            if draft.reading.has(f"evidence.{word}"):
                return evidence
        actors = (self.lexicon.actor.get(c) for c in draft.credit.claimants)
        return next((a.evidence for a in actors if a is not None), "official statement")


def _goes_on(scene: Scene, denied: Draft) -> bool:
    """Whether a denial only goes on with the one of the sentence before."""
    who, end = scene.context.denied
    return who == denied.credit.claimants and scene.reading.sentence.start - end <= NEXT_SIGNS


def _beside(scene: Scene, denied: Draft) -> list[Draft]:
    """Counts that a sentence tells in another clause than its denial."""
    reading = scene.reading
    clause = reading.clause(denied.span[0])
    return [d for d in counted(scene) if reading.clause(d.span[0]) != clause]


def _mentions(scene: Scene) -> bool:
    """Whether a sentence sets the scene: North Korea, and something shipped from there."""
    reading = scene.reading
    places = [frozenset({p.place_id}) for p in reading.places if p.place_id]
    if not scene.names_north:
        both = scene.context.of_north and (scene.names_russia or scene.context.of_russia)
        arms = any(q.unit in (*ARMS, "container") for q in reading.quantities)
        elsewhere = reading.elsewhere(0, len(reading.text))
        return both and arms and reading.topic == "arms" and not elsewhere
    goods = reading.topic in ("arms", "container", "box")
    counted = bool(reading.quantities) and any(scene.lie_in(place, "RU") for place in places)
    return goods or counted or reading.has("mode.sea", "mode.port", "mode.rail")


def _doubts(draft: Draft) -> Iterable[str]:
    if draft.ends.reverse:
        yield "reverse"
    for place in draft.reading.places:
        if place.doubt:
            yield f"place? {place.text}: {place.doubt}".replace(";", ",")


def _how_sure(draft: Draft) -> str:
    bases = {draft.ends.basis, draft.credit.basis}
    if bases & {"corridor", ""} or draft.kind == "capacity":
        return "low"
    return "high" if bases | {draft.dated.basis} == {"stated"} else "medium"


def _credited_later(draft: Draft, spoken: list[tuple[int, tuple[str, ...]]]) -> Draft:
    """A claim that nobody was named for yet, credited to whoever is named next."""
    start = draft.reading.sentence.start
    later = next((names for place, names in spoken if place > start), ())
    if draft.credit.claimants or not later:
        return draft
    return replace(draft, credit=Credited(later, "carried"))


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their identifiers and their numbers in the sentence."""
    alike: Counter[str] = Counter()
    sentence: Counter[int] = Counter()
    for row in rows:
        digest = hashlib.sha256(repr([row[c] for c in IDENTITY]).encode()).hexdigest()[:ID_DIGITS]
        alike[digest] += 1
        sentence[row["start"]] += 1
        row["claim_id"] = f"P{digest}" + (f"-{alike[digest]}" if alike[digest] > 1 else "")
        row["ordinal"] = sentence[row["start"]]
    return rows


@lru_cache(maxsize=1)
def _shipped_reader() -> Reader:
    tables = seeds.read()
    gazetteer = Gazetteer(tables.places, tables.place_aliases)
    return Reader(shipped(), gazetteer, tables.vessels)


#: The last reader made for a gazetteer given by the caller.
_made: list[tuple[Gazetteer, Reader]] = []


def _reader(gazetteer: Gazetteer) -> Reader:
    if not (_made and _made[0][0] is gazetteer):
        _made[:] = [(gazetteer, Reader(shipped(), gazetteer, _shipped_reader().vessels))]
    return _made[0][1]
