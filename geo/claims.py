"""Claims: which were known on a day, and what the wording of a number allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.seeds import split

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

#: Spread given to "about n", as a share of n. A convention, stated wherever the number is shown.
ABOUT_SHARE = 0.2


class Interval(NamedTuple):
    """Fewest, named and most; None where the wording sets no bound or names no number."""

    low: int | None
    best: int | None
    high: int | None


#: Nothing seen sets no ceiling; nothing there, claimed with full coverage, does.
ABSENT = {"none_seen": Interval(0, 0, None), "none": Interval(0, 0, 0)}


def interval(
    quantifier: str, low: int | None, best: int | None, high: int | None, scope: str = ""
) -> Interval:
    """What the wording of a number supports. Never a midpoint.

    Parameters
    ----------
    quantifier
        One of `geo.schema.QUANTIFIERS`, or the vague word used.
    low, best, high
        The numbers as said.
    scope
        Of the claim: something seen once or at one moment sets a floor and no ceiling.

    Notes
    -----
    After UCDP's low, best and high. A plain count is a floor: imagery has gaps. The ceiling of
    "up to n" is its number; its floor is one, for something moved.

    Examples
    --------
    >>> interval("more_than", 1000, 1000, None)
    Interval(low=1001, best=1001, high=None)
    >>> interval("about", None, 10, None)
    Interval(low=8, best=10, high=12)
    >>> interval("dozens", None, None, None)
    Interval(low=None, best=None, high=None)
    """
    said = next((n for n in (best, low, high) if n is not None), None)
    if quantifier in ABSENT:
        return ABSENT[quantifier]
    if said is None:
        return Interval(None, None, None)
    bounds = _worded(quantifier, said, Interval(low, best, high))
    return bounds._replace(high=None) if scope in ("event", "snapshot") else bounds


def _worded(quantifier: str, said: int, stated: Interval) -> Interval:
    spread = max(1, round(ABOUT_SHARE * said))
    floor = stated.low if stated.low is not None else said
    match quantifier:
        case "at_least":
            return Interval(floor, floor, None)
        case "more_than":
            return Interval(floor + 1, floor + 1, None)
        case "counted" | "seen":
            return Interval(said, said, None)
        case "exact":
            return Interval(said, said, said)
        case "about":
            return Interval(max(0, said - spread), said, said + spread)
        case "up_to":
            most = stated.high if stated.high is not None else said
            return Interval(min(1, most), most, most)
        case "range":
            return stated
        case _:  # a vague word keeps its stated floor and names no number
            return Interval(stated.low, None, None)


def known(
    claims: pd.DataFrame, sources: pd.DataFrame, as_of: dt.date | str | None = None
) -> pd.DataFrame:
    """Claims with what their source says of itself, only from sources public on a day.

    Parameters
    ----------
    claims, sources
        Tables of `geo.seeds.read`.
    as_of
        Last day to know anything of; None for all. A source dated only to a month counts as
        public from the last day of that month.

    Returns
    -------
    DataFrame
        The rows of `claims` with `publisher`, `published` and `published_by` (the first day on
        which the source was surely public), and the interval of the wording in `floor`, `named`
        and `ceiling` (Int64).
    """
    import pandas as pd

    dated = sources[["source_id", "publisher", "published", "published_by"]]
    out = claims.merge(dated, on="source_id", how="left", validate="many_to_one")
    if as_of is not None:
        out = out[out["published_by"] <= pd.Timestamp(as_of)].reset_index(drop=True)
    said = zip(
        out["quantifier"],
        *(out[c].astype(object).where(out[c].notna(), None) for c in ("low", "best", "high")),
        out["scope"],
        strict=True,
    )
    bounds = [interval(*row) for row in said]
    columns = ["floor", "named", "ceiling"]
    out[columns] = pd.DataFrame(bounds, columns=columns, index=out.index, dtype="Int64")
    return out


def wording(quantifier: str, low: int | None, best: int | None, high: int | None) -> str:
    """The number as worded, for people.

    Examples
    --------
    >>> wording("more_than", 1000, 1000, None)
    'more than 1,000'
    >>> wording("range", 4, None, 6)
    '4 to 6'
    """
    said = next((n for n in (best, low, high) if n is not None), None)
    words = (quantifier or "").replace("_", " ")
    if said is None or quantifier in ABSENT:
        return words
    if quantifier == "range":
        return f"{low:,} to {high:,}"
    if quantifier in ("counted", "exact", "seen", ""):
        return f"{said:,}"
    return f"{words} {said:,}"


def joined(values: set[str] | frozenset[str]) -> str:
    """Several values in one cell, in an order that does not depend on the input's."""
    return ";".join(sorted(values))


def parts(cell: str) -> frozenset[str]:
    """The values of a cell as a set."""
    return frozenset(split(cell))
