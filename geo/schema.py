"""The seed tables: their columns, types and vocabularies, and what each means.

One pydantic model a table, one field a column. Readers validate rows with the models, and the
data dictionary (`docs/tables.md`) is generated from them, so code and documentation cannot drift.
Tables that are made from these are in `geo.derived`.
"""

from __future__ import annotations

import re
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
