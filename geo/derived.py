"""The tables made from the seed tables: their columns, and what each means.

Models as in `geo.schema`; the data dictionary (`docs/tables.md`) is generated from both.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field

from geo.schema import Evidence, Id, Kind, Mode, OptionalText, Precision, Row, Stance, Text, Unit


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
