"""Words: a bound and its reasons as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from geo.claims import parts
from geo.counting.periods import stamp
from geo.counting.statements import AFTER_ALL, BEFORE_ALL

if TYPE_CHECKING:
    import pandas as pd

    from geo.counting.bounds import Bound, Reason

#: Units whose plural is not theirs with an s.
PLURALS = {"delivery": "deliveries", "guns": "guns", "persons": "persons"}
NO_FLOOR = "0: no number that facts state has to lie wholly in this window and scope"
NO_CEILING = "no upper bound: part of this window and scope is under no fact's ceiling"


def because(bound: Bound, unit: str, told: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Why a bound is what it is.

    Parameters
    ----------
    bound
        Of statements `told`.
    names
        Name of each place.
    """
    if bound.value is None:
        return NO_CEILING
    if not bound.reasons:
        return NO_FLOOR
    clauses = [clause(r, unit, told, names) for r in bound.reasons]
    if len(clauses) == 1:
        return clauses[0]
    apart = sum(r.number for r in bound.reasons) == bound.value
    same = all(not r.at_most for r in bound.reasons) or all(r.at_most for r in bound.reasons)
    head = "each apart from the others" if apart and same else "together"
    return f"{head}: {'; '.join(clauses)}"


def clause(reason: Reason, unit: str, told: pd.DataFrame, names: Mapping[str, str]) -> str:
    """One floor or ceiling: who says it, of what, in which days, by which fact."""
    rows = told.iloc[list(reason.told)]
    first = rows.iloc[0]
    sides = ("inner_start", "inner_end") if reason.at_most else ("start", "end")
    window = days(int(first[sides[0]]), int(first[sides[1]]))
    who = " and ".join(sorted(set(rows["claimant"])))
    linked = f", by the rule '{first['link']}'" if first["link"] else ""
    linked += ", suspected" if rows["suspected"].all() else ""
    facts = ", ".join(sorted(set(rows["fact_id"])))
    bound = "at most" if reason.at_most else "at least"
    what = f"{bound} {counted(reason.number, unit)}{lane(first, names)}"
    return f"{who}: {what}, {window}{linked} [{facts}]"


def counted(number: int, unit: str) -> str:
    """A number with its unit.

    Examples
    --------
    >>> counted(2, "port_call")
    '2 port calls'
    """
    plain = unit.replace("_", " ")
    return f"{number:,} {plain if number == 1 else PLURALS.get(unit, plain + 's')}"


def lane(row: pd.Series[str], names: Mapping[str, str]) -> str:
    """Where, how and by what ships, as far as it is stated."""
    said = ""
    for word, column in (("at", "port"), ("from", "origin"), ("to", "destination")):
        if row[column] and (column == "port" or row[column] != row["port"]):
            said += f" {word} {_either(row[column], names)}"
    said += f" by {_either(row['vessel'], {})}" if row["vessel"] else ""
    return said + (f" ({row['mode']})" if row["mode"] else "")


def _either(cell: str, names: Mapping[str, str]) -> str:
    return " or ".join(names.get(p, p) for p in sorted(parts(cell)))


def days(start: int, end: int) -> str:
    """A window of whole days since 1970, `end` exclusive, in words."""
    if start <= BEFORE_ALL:
        return f"until {stamp(end - 1)}" if end < AFTER_ALL else "at any time"
    if end >= AFTER_ALL:
        return f"from {stamp(start)}"
    return stamp(start) if end - start == 1 else f"{stamp(start)} to {stamp(end - 1)}"


def facts_of(bound: Bound, facts: Sequence[str]) -> str:
    """The facts that force a bound, joined by `;`.

    Parameters
    ----------
    facts
        The fact of each statement.
    """
    return ";".join(sorted({facts[n] for r in bound.reasons for n in r.told}))
