"""The tables: their columns, types and vocabularies, and what each means.

One pydantic model a table, one field a column. Readers validate rows with the models, and the
data dictionary (`docs/tables.md`) is generated from them, so code and documentation cannot drift.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from geo import dates

Mode = Literal["sea", "rail", "air", "road"]
Stance = Literal["asserts", "suspects", "denies"]
Kind = Literal["count", "movement", "sighting", "transfer", "capacity"]
Scope = Literal["window", "cumulative", "event", "snapshot"]
Precision = Literal["day", "week", "month", "season", "open_ended"]
Evidence = Literal["official statement", "satellite imagery", "witness", "documents", "AIS"]
Reading = Literal["high", "medium", "low"]
Unit = Literal[
    "trip", "round_trip", "port_call", "delivery", "container", "railcar", "train", "round",
    "tonne", "vessels", "guns", "persons", "days",
]  # fmt: skip
SourceKind = Literal[
    "news", "think_tank", "government", "court", "dataset", "official_media", "social"
]
PlaceKind = Literal[
    "port", "station", "border_station", "border_crossing", "junction", "depot", "town", "city",
    "district", "region", "country",
]  # fmt: skip

#: Quantifiers with a rule of their own (`geo.claims.interval`); any other text is a vague word.
QUANTIFIERS = (
    "at_least", "more_than", "about", "counted", "exact", "up_to", "range", "seen", "none_seen",
    "none",
)  # fmt: skip


def _wrong(column: str, message: str) -> PydanticCustomError:
    """What is wrong between cells, laid at the door of one of them."""
    return PydanticCustomError("row", "{message}", {"column": column, "message": message})


def _blank(value: Any) -> Any:
    return None if value == "" else value


def _day_window(value: str) -> str:
    dates.window(value)
    return value


def _imo(value: str) -> str:
    """A ship's IMO number ends in a check digit (IMO resolution A.1117(30)): a typo check."""
    if not re.fullmatch(r"[0-9]{7}", value):
        raise ValueError("an IMO number has seven digits")
    if sum(int(d) * (7 - i) for i, d in enumerate(value[:6])) % 10 != int(value[6]):
        raise ValueError("the check digit of this IMO number is wrong")
    return value


def _web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("an address starts with http:// or https://")
    return value


Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
DatePrefix = Annotated[str, AfterValidator(_day_window)]
Maybe = BeforeValidator(_blank)
OptionalText = Annotated[str | None, Maybe]
OptionalDate = Annotated[DatePrefix | None, Maybe]
OptionalCount = Annotated[Annotated[int, Field(ge=0)] | None, Maybe]


class Row(BaseModel):
    """A row of a table as it stands in its file; an empty cell is None: not stated."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]

    @classmethod
    def columns(cls) -> list[str]:
        """Names of the columns, in order."""
        return list(cls.model_fields)


class Source(Row):
    """One document."""

    table: ClassVar[str] = "sources"
    key: ClassVar[tuple[str, ...]] = ("source_id",)

    source_id: Id = Field(description="Identifier of the document.")
    publisher: Text = Field(description="Who published the page that was read.")
    title: Text = Field(description="Title as shown, or a description in brackets.")
    author: OptionalText = Field(description="Author or authors, where shown.")
    published: DatePrefix = Field(
        description="Publication date, as precise as known: a day, a month or a year."
    )
    published_basis: Literal["stated", "inferred"] = Field(
        description="Whether the page shows its date or it was inferred from the text."
    )
    url: Annotated[Annotated[str, AfterValidator(_web_address)] | None, Maybe] = Field(
        description="Where the page was found."
    )
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = Field(
        description="Language code (ISO 639)."
    )
    kind: SourceKind = Field(description="What kind of publisher it is.")
    note: OptionalText = Field(description="How far the page was read, and how it was dated.")


class Claim(Row):
    """One claim made in one source."""

    table: ClassVar[str] = "claims"
    key: ClassVar[tuple[str, ...]] = ("claim_id",)

    claim_id: Id = Field(description="Identifier of the claim.")
    source_id: Id = Field(description="The source the claim was read in.")
    fact_id: Id = Field(description="Claims with one fact_id tell the same observation.")
    claimant: Text = Field(description="Who makes the claim, as the source attributes it.")
    stance: Stance = Field(description="What the claimant says of the movement.")
    cargo_stance: Stance = Field(description="What the claimant says of the suspected cargo.")
    kind: Kind = Field(
        description="count (N in a window), movement (one dated leg), sighting (seen at a place), "
        "transfer (no number), capacity ('could hold up to N': never a count)."
    )
    scope: Annotated[Scope | None, Maybe] = Field(
        description="What a number covers: a window, all since a start, one event, one moment."
    )
    mode: Annotated[Mode | None, Maybe] = Field(description="How the cargo moved.")
    origin: OptionalText = Field(description="place_id, or several joined by ';': any of them.")
    destination: OptionalText = Field(description="place_id, or several joined by ';'.")
    via: OptionalText = Field(description="place_id passed on the way.")
    vessel: OptionalText = Field(description="Ship, or several joined by ';': by any of them.")
    imo: Annotated[Annotated[str, AfterValidator(_imo)] | None, Maybe] = Field(
        description="IMO number of the ship, where a source printed it."
    )
    date_start: OptionalDate = Field(
        description="Earliest possible day of the movement; a prefix means its first day."
    )
    date_end: OptionalDate = Field(
        description="Last possible day of the movement; a prefix means its last day."
    )
    date_precision: Precision = Field(description="How precisely the window is told.")
    low: OptionalCount = Field(description="Lower number as said.")
    best: OptionalCount = Field(description="The number as said.")
    high: OptionalCount = Field(description="Upper number as said.")
    unit: Annotated[Unit | None, Maybe] = Field(description="What is counted.")
    quantifier: OptionalText = Field(
        description="Wording of the number: " + ", ".join(QUANTIFIERS) + ", or the vague word used."
    )
    evidence: Evidence = Field(description="What the claimant rests the claim on.")
    reading: Reading = Field(description="How sure the coding of this claim is.")
    note: OptionalText = Field(description="Contradictions, errors and choices of the coding.")

    @model_validator(mode="after")
    def _window_runs_forward(self) -> Claim:
        if self.date_start and self.date_end:
            first, last = dates.window(self.date_start)[0], dates.window(self.date_end)[1]
            if first > last:
                raise _wrong("date_start", f"is after date_end {self.date_end}")
        return self

    @model_validator(mode="after")
    def _numbers_rise(self) -> Claim:
        stated = [n for n in (self.low, self.best, self.high) if n is not None]
        if stated != sorted(stated):
            said = f"low {self.low}, best {self.best}, high {self.high}"
            raise _wrong("low", f"numbers must not fall from low to best to high ({said})")
        return self

    @model_validator(mode="after")
    def _number_has_its_words(self) -> Claim:
        if self.low is None and self.best is None and self.high is None:
            return self
        if not self.unit or not self.quantifier:
            raise _wrong("quantifier" if self.unit else "unit", "a number needs a unit and wording")
        return self


class Place(Row):
    """A place, a region or a country."""

    table: ClassVar[str] = "places"
    key: ClassVar[tuple[str, ...]] = ("place_id",)

    place_id: Id = Field(description="Identifier of the place.")
    name: Text = Field(description="Name shown to people.")
    kind: PlaceKind = Field(description="What it is.")
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = Field(
        description="Country code (ISO 3166-1 alpha-2)."
    )
    within: OptionalText = Field(
        description="The next larger place that holds it, or several joined by ';'."
    )
    lat: Annotated[float, Field(ge=-90, le=90)] = Field(description="Latitude, degrees (WGS 84).")
    lon: Annotated[float, Field(ge=-180, le=180)] = Field(
        description="Longitude, degrees (WGS 84)."
    )
    approach_lat: Annotated[Annotated[float, Field(ge=-90, le=90)] | None, Maybe] = Field(
        description="Latitude of a point in the water from which ships make the port."
    )
    approach_lon: Annotated[Annotated[float, Field(ge=-180, le=180)] | None, Maybe] = Field(
        description="Longitude of that point."
    )
    radius_km: Annotated[float, Field(gt=0)] = Field(
        description="How far from the point the place may extend, in kilometres."
    )
    where_prec: Annotated[int, Field(ge=1, le=7)] = Field(
        description="Precision after UCDP: 1 exact, 2 near, 3 district, 4 province, 5 part of a "
        "country, 6 country, 7 at sea. From 4 on a place is counted but never drawn as an end."
    )
    coord_source: Text = Field(description="Where the coordinates were taken from.")

    @model_validator(mode="after")
    def _approach_is_whole(self) -> Place:
        if (self.approach_lat is None) != (self.approach_lon is None):
            raise _wrong("approach_lat", "approach_lat and approach_lon go together")
        return self


class PlaceAlias(Row):
    """A spelling of a place, with what else it may mean."""

    table: ClassVar[str] = "place_aliases"
    key: ClassVar[tuple[str, ...]] = ("place_id", "alias", "kind")

    place_id: Id = Field(description="The place the spelling stands for.")
    alias: Text = Field(description="The spelling as found.")
    language: OptionalText = Field(description="Language or languages it was found in.")
    kind: Text = Field(description="Romanisation, native, typo, mistranslation and so on.")
    collides_with: OptionalText = Field(
        description="Another thing of that name: such a match is flagged, never taken silently."
    )
    note: OptionalText = Field(description="Where and how it was met.")


class NameAlias(Row):
    """A spelling of a vessel or an organisation."""

    table: ClassVar[str] = "name_aliases"
    key: ClassVar[tuple[str, ...]] = ("canonical", "alias", "language")

    canonical: Text = Field(description="The name used here.")
    alias: Text = Field(description="The spelling as found.")
    language: OptionalText = Field(description="Language or languages it was found in.")
    kind: Text = Field(description="Name, transliteration, mistranslation and so on.")
    collides_with: OptionalText = Field(description="Another thing of that name.")
    note: OptionalText = Field(description="Where and how it was met.")


class Vessel(Row):
    """A named ship."""

    table: ClassVar[str] = "vessels"
    key: ClassVar[tuple[str, ...]] = ("vessel",)

    vessel: Text = Field(description="Name used here.")
    imo: Annotated[Annotated[str, AfterValidator(_imo)] | None, Maybe] = Field(
        description="IMO number, only where a source printed it."
    )
    aliases: OptionalText = Field(description="Spellings, joined by ';'.")
    note: OptionalText = Field(description="What is known of it, and what its name collides with.")


SEEDS: tuple[type[Row], ...] = (Source, Claim, Place, PlaceAlias, NameAlias, Vessel)


class Fact(Row):
    """What all tellings of one observation support, in one unit and direction."""

    table: ClassVar[str] = "facts"
    key: ClassVar[tuple[str, ...]] = ("fact_id", "unit", "direction")

    fact_id: Id = Field(description="The observation. One told in two units has a row for each.")
    unit: OptionalText = Field(description="What is counted.")
    direction: OptionalText = Field(
        description="Country codes, as KP>RU; empty where an end is not stated."
    )
    claimant: Text = Field(description="Who made the observation, as most tellings credit it.")
    stance: Stance = Field(description="Of the movement.")
    cargo_stance: Stance = Field(description="Of the suspected cargo.")
    kind: Kind = Field(description="As in claims; the weakest that a telling supports.")
    scope: OptionalText = Field(description="As in claims.")
    mode: OptionalText = Field(description="How the cargo moved; empty where not stated.")
    origin: OptionalText = Field(description="place_ids, joined by ';': any of them.")
    destination: OptionalText = Field(description="place_ids, joined by ';'.")
    port: OptionalText = Field(description="Of port calls: the port or ports called at.")
    via: OptionalText = Field(description="place_id passed on the way.")
    vessel: OptionalText = Field(description="Ships, joined by ';'.")
    imo: OptionalText = Field(description="IMO number, where printed.")
    date_start: date | None = Field(description="Earliest possible day; empty where open.")
    date_end: date | None = Field(description="Last possible day.")
    inner_start: date | None = Field(description="First day the number surely covers.")
    inner_end: date | None = Field(description="Last day the number surely covers.")
    date_precision: Precision = Field(description="How precisely the window is told.")
    quantifier: OptionalText = Field(description="Wording of the number.")
    said: OptionalText = Field(description="The number as worded, for people.")
    low: int | None = Field(description="Fewest that the wording allows.")
    best: int | None = Field(description="Number the wording names; empty for a vague word.")
    high: int | None = Field(description="Most that the wording allows; empty where unbounded.")
    evidence: Evidence = Field(description="What the claimant rests it on.")
    published: date = Field(description="First day on which a telling was surely public.")
    basis: Literal["own page", "one telling", "all tellings"] = Field(
        description="Whether the claimant's own page decided, or the weakest of all tellings."
    )
    tellings: int = Field(description="Number of claims that tell it. Never a count of trips.")
    claims: Text = Field(description="claim_ids that tell it, joined by ';'.")
    sources: Text = Field(description="source_ids of these claims, joined by ';'.")
    differences: OptionalText = Field(description="What the tellings disagree on.")


class Difference(Row):
    """A value on which the tellings of one fact disagree."""

    table: ClassVar[str] = "differences"
    key: ClassVar[tuple[str, ...]] = ("fact_id", "unit", "direction", "column", "value")

    fact_id: Id = Field(description="The fact.")
    unit: OptionalText = Field(description="Of the fact's row.")
    direction: OptionalText = Field(description="Of the fact's row.")
    column: Text = Field(description="What the tellings disagree on.")
    value: Text = Field(description="What some of them say.")
    claims: Text = Field(description="claim_ids that say so, joined by ';'.")
    sources: Text = Field(description="source_ids of these.")
    weighed: bool = Field(
        description="Whether it was weighed; false where the claimant's own page decided."
    )


class Trip(Row):
    """One identified single movement."""

    table: ClassVar[str] = "trips"
    key: ClassVar[tuple[str, ...]] = ("trip_id",)

    trip_id: Id = Field(description="Identifier: the fact's, with its direction where it has two.")
    fact_id: Id = Field(description="The fact that identifies it.")
    mode: OptionalText = Field(description="How the cargo moved.")
    origin: OptionalText = Field(description="place_ids.")
    destination: OptionalText = Field(description="place_ids.")
    via: OptionalText = Field(description="place_id passed on the way.")
    vessel: OptionalText = Field(description="The ship, where named.")
    imo: OptionalText = Field(description="IMO number, where printed.")
    date_start: date | None = Field(description="Earliest possible day.")
    date_end: date | None = Field(description="Last possible day.")
    stance: Stance = Field(description="Of the movement.")
    cargo_stance: Stance = Field(description="Of the suspected cargo.")
    claimant: Text = Field(description="Who observed it.")
    claims: Text = Field(description="claim_ids behind it.")


class Flow(Row):
    """What a fact says moved on a corridor in a window, without naming single movements."""

    table: ClassVar[str] = "flows"
    key: ClassVar[tuple[str, ...]] = ("flow_id",)

    flow_id: Id = Field(description="Identifier: the fact's, with unit and direction.")
    fact_id: Id = Field(description="The fact behind it.")
    mode: OptionalText = Field(description="How the cargo moved.")
    origin: OptionalText = Field(description="place_ids.")
    destination: OptionalText = Field(description="place_ids.")
    via: OptionalText = Field(description="place_id passed on the way.")
    vessel: OptionalText = Field(description="Ships, joined by ';'.")
    date_start: date | None = Field(description="Earliest possible day.")
    date_end: date | None = Field(description="Last possible day.")
    low: int | None = Field(description="Fewest.")
    best: int | None = Field(description="Number named.")
    high: int | None = Field(description="Most; empty where unbounded.")
    unit: OptionalText = Field(description="What is counted; empty for a transfer with no number.")
    quantifier: OptionalText = Field(description="Wording of the number.")
    stance: Stance = Field(description="Of the movement.")
    cargo_stance: Stance = Field(description="Of the suspected cargo.")
    claimant: Text = Field(description="Who made the observation.")
    claims: Text = Field(description="claim_ids behind it.")


class Track(Row):
    """A trip or flow on one leg of an inferred route, with its window."""

    table: ClassVar[str] = "tracks"
    key: ClassVar[tuple[str, ...]] = ("track_id",)

    track_id: Id = Field(description="trip_id or flow_id, pair of ends and number of the leg.")
    of: Literal["trip", "flow"] = Field(description="What is laid on the route.")
    of_id: Id = Field(description="trip_id or flow_id.")
    fact_id: Id = Field(description="The fact behind it.")
    leg: int = Field(description="Number of the leg within the journey, from 1.")
    mode: Mode = Field(description="sea or rail.")
    origin: Id = Field(description="place_id where the leg begins.")
    destination: Id = Field(description="place_id where the leg ends.")
    alternatives: int = Field(
        description="How many pairs of ends the fact leaves open; above 1 the track is one of them."
    )
    date_start: date | None = Field(description="Earliest possible day.")
    date_end: date | None = Field(description="Last possible day.")
    low: int | None = Field(description="Fewest; of the whole fact where ends are open.")
    best: int | None = Field(description="Number named.")
    high: int | None = Field(description="Most; empty where unbounded.")
    unit: OptionalText = Field(description="What is counted.")
    stance: Stance = Field(description="Of the movement.")
    claimant: Text = Field(description="Who made the observation.")
    vessel: OptionalText = Field(description="Ships, joined by ';'.")
    length_km: float = Field(description="Best length of the leg.")
    low_km: float = Field(description="Shortest plausible length.")
    high_km: float = Field(description="Longest plausible length.")
    network_km: float | None = Field(
        description="Rail: length in the network, before its correction."
    )
    estimated_km: float | None = Field(description="Rail: part on track nobody surveyed.")
    route_basis: Literal["inferred", "observed"] = Field(
        description="Whether anybody saw the line taken. Here always inferred."
    )
    method: Text = Field(description="How the route was found.")
    claims: Text = Field(description="claim_ids behind it.")
    geometry: Any = Field(description="LineString, WGS 84 (EPSG:4326).")


class Unlocated(Row):
    """A trip or flow that cannot be drawn, and why."""

    table: ClassVar[str] = "unlocated"
    key: ClassVar[tuple[str, ...]] = ("of_id",)

    of: Literal["trip", "flow"] = Field(description="What could not be laid on a route.")
    of_id: Id = Field(description="trip_id or flow_id.")
    fact_id: Id = Field(description="The fact behind it.")
    mode: OptionalText = Field(description="How the cargo moved.")
    origin: OptionalText = Field(description="place_ids as told.")
    destination: OptionalText = Field(description="place_ids as told.")
    low: int | None = Field(description="Fewest.")
    best: int | None = Field(description="Number named.")
    high: int | None = Field(description="Most.")
    unit: OptionalText = Field(description="What is counted.")
    claimant: Text = Field(description="Who made the observation.")
    claims: Text = Field(description="claim_ids behind it.")
    reason: Text = Field(description="Why there is no track.")


class Count(Row):
    """How many, in one period and scope."""

    table: ClassVar[str] = "counts"
    key: ClassVar[tuple[str, ...]] = ("unit", "mode", "origin", "destination", "vessel", "start")

    unit: Unit = Field(description="What is counted. Units are separate series.")
    mode: OptionalText = Field(description="Scope: mode; empty means any.")
    origin: OptionalText = Field(
        description="Scope: place_id; empty means any. Of port calls: the port."
    )
    destination: OptionalText = Field(description="Scope: place_id; empty means any.")
    vessel: OptionalText = Field(description="Scope: ship; empty means any.")
    period: Text = Field(description="The month, week, quarter or day.")
    start: date = Field(description="First day of the period.")
    end: date = Field(description="Last day of the period.")
    low: int = Field(description="Fewest that fit every claim known.")
    best: float = Field(description="Fewest that meet every number named, spread steadily.")
    high: int | None = Field(description="Most; empty where no claim sets a ceiling.")
    low_asserted: int = Field(description="low without facts that only suspect a movement.")
    cum_low: int = Field(description="Fewest from the beginning to the end of the period.")
    cum_best: float = Field(description="Best from the beginning.")
    cum_high: int | None = Field(description="Most from the beginning; empty where unbounded.")
    cum_low_asserted: int = Field(description="cum_low without facts that only suspect a movement.")
    facts_low: OptionalText = Field(description="fact_ids that force low.")
    facts_high: OptionalText = Field(description="fact_ids that force high.")
    facts_cum_low: OptionalText = Field(description="fact_ids that force cum_low.")
    facts_cum_high: OptionalText = Field(description="fact_ids that force cum_high.")
    claims_low: OptionalText = Field(description="claim_ids behind facts_cum_low.")
    claims_high: OptionalText = Field(description="claim_ids behind facts_cum_high.")


class Conflict(Row):
    """What facts, or the tellings of one fact, disagree on."""

    table: ClassVar[str] = "conflicts"
    key: ClassVar[tuple[str, ...]] = ("kind", "facts", "words")

    kind: Literal[
        "clash", "two_places", "not_seen", "retelling", "figures", "definition", "drift"
    ] = Field(
        description="clash: cannot all hold; two_places: one ship, too far apart; not_seen: one "
        "saw nothing where another saw something; retelling: tellings of one fact exclude each "
        "other; figures: different numbers for one thing; definition: for different things, so no "
        "clash of fact; drift: wording alone."
    )
    unit: OptionalText = Field(description="What is counted, where one unit is meant.")
    date_start: date | None = Field(description="First day the facts span.")
    date_end: date | None = Field(description="Last day the facts span.")
    words: Text = Field(description="What is said against what.")
    set_aside: OptionalText = Field(
        description="fact_ids whose ceilings the counts leave out, so that the rest can hold."
    )
    facts: Text = Field(description="fact_ids involved: none can be left out of the conflict.")
    claimants: Text = Field(description="Who says so.")
    claims: Text = Field(description="claim_ids involved.")
    sources: Text = Field(description="source_ids involved.")


DERIVED: tuple[type[Row], ...] = (Fact, Difference, Trip, Flow, Track, Unlocated, Count, Conflict)
