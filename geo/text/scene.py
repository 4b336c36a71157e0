"""A sentence in the light of what its text told before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from geo.text.drafts import Credited, Draft
from geo.text.reading import Reading

if TYPE_CHECKING:
    from geo.places import Gazetteer

#: From this precision on (UCDP `where_prec`) a place is an area.
AREA_PRECISION = 4
#: How many ships `the three vessels` are.
SO_MANY = {"four": 4, "quartet": 4, "three": 3, "trio": 3, "two": 2, "both": 2, "pair": 2}


@dataclass
class Context:
    """What a text has told so far."""

    published: date
    publisher: tuple[str, ...] = ()
    #: Whether it already spoke of shipments between the two countries.
    corridor: bool = False
    #: Whether any of its sentences names North Korea.
    of_north: bool = False
    #: Whether any names Russia.
    of_russia: bool = False
    #: What its latest sentence about goods said they are, as `Reading.topic`.
    topic: str = ""
    #: Who spoke last, and who spoke when: by the place of the sentence.
    claimants: tuple[str, ...] = ()
    spoken: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    #: Who denied last, and where the sentence ended in which they did.
    denied: tuple[tuple[str, ...], int] = ((), 0)
    #: Whether a ship was spoken of.
    ship: bool = False
    #: The port of North Korea, the ships and the day named last.
    ports: frozenset[str] = frozenset()
    vessels: tuple[str, ...] = ()
    day: date | None = None
    #: The latest draft, the latest with a number, with both ends, and with a landing in a port.
    last: Draft | None = None
    counted: Draft | None = None
    whole: Draft | None = None
    landed: Draft | None = None


@dataclass(frozen=True)
class Scene:
    """A sentence, what came before it, and the places of the world."""

    reading: Reading
    context: Context
    gazetteer: Gazetteer

    def points(self, places: frozenset[str]) -> frozenset[str]:
        """Those of some places that are no areas."""
        return frozenset(p for p in places if self.gazetteer.precision[p] < AREA_PRECISION)

    def are(self, places: frozenset[str], kind: str) -> bool:
        """Whether there are places and all are of one kind: `port`."""
        return bool(places) and all(self.gazetteer.kind[p] == kind for p in places)

    def lie_in(self, places: frozenset[str], country: str) -> bool:
        """Whether there are places and all lie in one country."""
        return bool(places) and all(self.gazetteer.country[p] == country for p in places)

    @property
    def other_goods(self) -> bool:
        """Whether it speaks of other goods, or goes on after a sentence that does."""
        topic = self.reading.topic or self.context.topic
        return topic == "other"

    @property
    def names_north(self) -> bool:
        """Whether the sentence names North Korea or a place there."""
        places = (frozenset({p.place_id}) for p in self.reading.places if p.place_id)
        return self.reading.has("nation.KP") or any(self.lie_in(p, "KP") for p in places)

    @property
    def names_russia(self) -> bool:
        """Whether the sentence names Russia or a place there."""
        places = (frozenset({p.place_id}) for p in self.reading.places if p.place_id)
        return self.reading.has("nation.RU") or any(self.lie_in(p, "RU") for p in places)

    @property
    def apart(self) -> bool:
        """Whether a place is paired with one that is not known: `between Dunai and Mumbai`."""
        pairs = [p for p in self.reading.places if p.role == "pair"]
        if len(pairs) != 1 or self.reading.has("name.ports"):
            return False
        return not (self.names_north and self.names_russia)

    def vessels(self, start: int = 0, end: int | None = None) -> tuple[str, ...]:
        """Ships named in part of the sentence."""
        last = len(self.reading.text) if end is None else end
        named = (v.vessel for v in self.reading.vessels if start <= v.start < last)
        return tuple(dict.fromkeys(named))

    def told_of(self) -> tuple[str, ...]:
        """Ships the sentence is about: named in it, or taken up as `it` or `the pair`."""
        named = self.vessels()
        if self._more_than_known:
            return named
        if self.reading.has("name.pair") or (not named and self._ship_meant):
            return tuple(dict.fromkeys([*self.context.vessels, *named]))
        return named

    @property
    def _more_than_known(self) -> bool:
        """Whether `the four ships` are more than the text has named."""
        pairs = " ".join(m.text.lower() for m in self.reading.tagged("name.pair"))
        told = next((n for word, n in SO_MANY.items() if word in pairs), 0)
        return told > len({*self.context.vessels, *self.vessels()})

    @property
    def _ship_meant(self) -> bool:
        """Whether the ship named before is taken up, not who spoke: `it said`."""
        said = {m.start for m in self.reading.tagged("say.verb")}
        return any(m.end + 1 not in said for m in self.reading.tagged("name.ship"))

    def remember(self, drafts: list[Draft], latest: Draft | None) -> None:
        """Let the context know what the sentence told; `drafts` are those read in it."""
        denying = {c for d in drafts if d.denies for c in d.credit.claimants}
        for draft in drafts:
            if draft.denies:
                self.context.denied = draft.credit.claimants, self.reading.sentence.end
        self._remember_speakers(tuple(s for s in self.reading.speakers if s not in denying))
        self._remember_names()
        if latest is not None and drafts and not latest.denies:
            self._remember_draft(latest)

    def _remember_speakers(self, speakers: tuple[str, ...]) -> None:
        if speakers:
            self.context.claimants = speakers
            self.context.spoken.append((self.reading.sentence.start, speakers))

    def _remember_names(self) -> None:
        reading, context = self.reading, self.context
        named = self.points(frozenset(p.place_id for p in reading.places if p.place_id))
        named -= {p for p in named if self.gazetteer.kind[p] == "border_crossing"}
        context.ports = (
            frozenset(p for p in named if self.lie_in(frozenset({p}), "KP")) or context.ports
        )
        if reading.vessels or reading.has("name.new_ship"):
            context.vessels = self.vessels()
        context.ship = context.ship or bool(reading.vessels) or reading.has("name.new_ship")
        context.topic = reading.topic or context.topic
        days = [w.first for w in reading.happened if w.first and w.last in (w.first, None)]
        context.day = days[-1] if days else context.day

    def _remember_draft(self, latest: Draft) -> None:
        context = self.context
        context.last, context.corridor = latest, True
        if latest.number is not None and latest.unit:
            context.counted = latest
        if latest.ends.whole and not latest.ends.reverse:
            context.whole = latest
            if latest.mode != "rail" and self.points(latest.ends.destination):
                context.landed = latest


def credited(scene: Scene, position: int = 0) -> Credited:
    """Claimants of a sentence: named in it, else carried from one before, else the publisher."""
    reading, context = scene.reading, scene.context
    if reading.speakers:
        return Credited(reading.told_by(position), "stated")
    if reading.has("say.self") and context.publisher:
        return Credited(context.publisher, "publisher")
    if context.claimants:
        return Credited(context.claimants, "carried")
    if reading.aside:
        return Credited(reading.aside, "stated")
    return Credited(context.publisher, "publisher" if context.publisher else "")
