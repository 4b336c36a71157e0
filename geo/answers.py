"""A question about counts, answered with its evidence: how many, since when, says who."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo import words
from geo.claims import parts
from geo.counting import FLOWS, Scope, count_scopes
from geo.problems import UnusableInput
from geo.schema import Mode

if TYPE_CHECKING:
    import pandas as pd

    from geo.counting.periods import Length
    from geo.places import Gazetteer

#: Columns of the table a person asks for, and those that say what forces it.
FIGURES = ("period", "low", "best", "high", "cum_low", "cum_best", "cum_high")
#: Units whose facts may force a number of trips, by the rules of `geo.counting.LINKS`.
LINKED = ("round_trip", "port_call")
MODES = Mode.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Question:
    """What is asked; an empty text means any. Places are place_ids."""

    unit: str = "trip"
    mode: str = ""
    origin: str = ""
    destination: str = ""
    vessel: str = ""
    period: Length = "month"
    since: dt.date | None = None
    links: tuple[str, ...] = ("round_trips",)

    @property
    def scope(self) -> Scope:
        """What is counted."""
        return Scope(self.unit, self.mode, self.origin, self.destination, self.vessel)


def question(
    gazetteer: Gazetteer, vessels: pd.DataFrame, *, origin: str, destination: str, **asked: Any
) -> Question:
    """A question in a person's words, its places and its ship looked up.

    Raises
    ------
    UnusableInput
        If a word is not known; the message says what is.
    """
    for name, value, allowed in (
        ("unit", asked["unit"], FLOWS),
        ("mode", asked["mode"], ("", *MODES)),
        ("vessel", asked["vessel"], ("", *vessels["vessel"])),
    ):
        if value not in allowed:
            known = ", ".join(a for a in allowed if a)
            raise UnusableInput(f"--{name} {value!r} is not known; known: {known}")
    ends = {"from": origin, "to": destination}
    found = {option: _place(gazetteer, option, name) for option, name in ends.items() if name}
    return Question(origin=found.get("from", ""), destination=found.get("to", ""), **asked)


def _place(gazetteer: Gazetteer, option: str, name: str) -> str:
    if name in gazetteer.names:
        return name
    match = gazetteer.resolve(name, shipping=True)
    if match.place_id is None:
        hint = ", ".join(match.candidates) or "none like it"
        raise UnusableInput(f"--{option} {name!r}: {match.note}; did you mean: {hint}")
    return match.place_id


@dataclass(frozen=True)
class Answer:
    """Counts of one question, and every fact that speaks to it.

    Parameters
    ----------
    asked
        The question.
    facts
        Table of `geo.facts.facts`, as known on the day.
    gazetteer
        Places.
    known_by
        The day all this was known by, for people; the last day counted where none is given.
    table
        Low, best and high per period and in all, with the facts that force them.
    explain
        Whether the table gives the reasons of each bound in words.
    """

    asked: Question
    facts: pd.DataFrame
    gazetteer: Gazetteer
    known_by: dt.date | None
    table: pd.DataFrame
    explain: bool = False

    @cached_property
    def forcing(self) -> pd.DataFrame:
        """The facts that force the number in all."""
        last = self.table.tail(1)
        named = parts(";".join([*last["facts_cum_low"], *last["facts_cum_high"]]))
        linked = LINKED if self.asked.unit == "trip" else ()
        unit = self.facts["unit"].isin((self.asked.unit, *linked))
        return self.facts[unit & self.facts["fact_id"].isin(named) & self._touching]

    @cached_property
    def also(self) -> pd.DataFrame:
        """Facts about the same movements that add nothing: they fit within the number."""
        return self._about[~self._about["fact_id"].isin(self.forcing["fact_id"])]

    @cached_property
    def wider(self) -> pd.DataFrame:
        """Facts of other units or wider scopes: they may be about these movements or others."""
        apart = ~self.facts.index.isin(self._about.index)
        told = apart & (self.facts["stance"] != "denies") & self.facts["low"].notna()
        told &= ~self.facts.index.isin(self.forcing.index)
        return self.facts[told & self._touching & self._in_mode]

    @cached_property
    def denials(self) -> pd.DataFrame:
        """Who denies, and when."""
        denied = (self.facts["stance"] == "denies") & self._touching & self._in_mode
        return self.facts[denied].sort_values(["published", "fact_id"])

    @cached_property
    def _about(self) -> pd.DataFrame:
        facts = self.facts
        same = (facts["unit"] == self.asked.unit) & (facts["stance"] != "denies")
        return facts[same & facts["low"].notna() & self._within & self._in_mode]

    @cached_property
    def _in_mode(self) -> pd.Series[bool]:
        mode = self.asked.mode
        return self.facts["mode"].isin((mode, "")) if mode else self.facts["mode"].notna()

    @cached_property
    def _touching(self) -> pd.Series[bool]:
        """Facts whose ends overlap those asked about."""
        return self._ends(
            lambda told, asked: any(
                self.gazetteer.lies_in(p, asked) or self.gazetteer.lies_in(asked, p) for p in told
            )
        )

    @cached_property
    def _within(self) -> pd.Series[bool]:
        """Facts whose ends lie in those asked about."""
        return self._ends(lambda told, asked: all(self.gazetteer.lies_in(p, asked) for p in told))

    def _ends(self, fits: Any) -> pd.Series[bool]:
        import pandas as pd

        kept = pd.Series(data=True, index=self.facts.index)
        for column in ("origin", "destination"):
            asked = getattr(self.asked, column)
            if asked:
                kept &= self.facts[column].map(lambda c, a=asked: not c or fits(parts(c), a))
        return kept

    @property
    def title(self) -> str:
        """What was counted, for people."""
        asked = self.asked
        ship = f" by {asked.vessel}" if asked.vessel else ""
        way = words.scope(asked.mode, asked.origin, asked.destination, self.gazetteer)
        return f"Reported {words.units(asked.unit)}{ship} {way}"

    @property
    def headline(self) -> str:
        """The number in all, for people."""
        if self.table.empty:
            return "No claim known by then gives a number."
        last = self.table.iloc[-1]
        high = None if last.isna()["cum_high"] else int(last["cum_high"])
        number = words.figure(int(last["cum_low"]), float(last["cum_best"]), high)
        starts = self.forcing["date_start"]
        start = None if starts.isna().any() or starts.empty else starts.min().date()
        if self.asked.since and (start is None or start < self.asked.since):
            start = self.asked.since
        until = self.known_by or last["end"].date()
        if not last["cum_low"] and not last["cum_best"] and high is None:
            return f"No number of {words.units(self.asked.unit)} is reported."
        said = f"{number} {words.units(self.asked.unit, int(last['cum_low']))}"
        firm = words.asserted(int(last["cum_low_asserted"]), int(last["cum_low"]))
        return f"{said[0].upper()}{said[1:]} {words.window(start, until)}.{firm}"


def answer(
    asked: Question,
    facts: pd.DataFrame,
    gazetteer: Gazetteer,
    known_by: dt.date | None = None,
    *,
    explain: bool = False,
) -> Answer:
    """The answer to one question; parameters as of `Answer`."""
    table = count_scopes(
        facts, gazetteer.places, [asked.scope],
        period=asked.period, since=asked.since, links=asked.links, explain=explain,
    )  # fmt: skip
    return Answer(asked, facts, gazetteer, known_by, table, explain)


def line(fact: Any, gazetteer: Gazetteer) -> str:
    """One fact for people: who, how many, where, when, and its identifiers."""
    hedge = "suspects " if fact.stance == "suspects" else ""
    way = words.scope(fact.mode, fact.origin, fact.destination, gazetteer)
    when = words.window(_date(fact.date_start), _date(fact.date_end))
    counted = f"{fact.said} {words.units(fact.unit, _int(fact.best))}".strip()
    return f"{fact.claimant}: {hedge}{counted} {way}, {when} [{fact.fact_id}: {fact.claims}]"


def denial(fact: Any, gazetteer: Gazetteer) -> str:
    """One denial for people: who, of what, by when."""
    way = words.scope(fact.mode, fact.origin, fact.destination, gazetteer)
    told = words.on(_date(fact.date_end) or _date(fact.published))
    return f"{fact.claimant}, by {told}: movements {way} [{fact.fact_id}: {fact.claims}]"


def _int(value: Any) -> int | None:
    import pandas as pd

    return None if pd.isna(value) else int(value)


def _date(value: Any) -> dt.date | None:
    import pandas as pd

    return None if pd.isna(value) else value.date()
