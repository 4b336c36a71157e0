"""Which known fact a new claim may repeat, and which documents are copies: proposals only."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from geo.claims import parts
from geo.schema import Row
from geo.tables import typed

if TYPE_CHECKING:
    import pandas as pd

    from geo.places import Gazetteer

#: Units that may tell the same movements.
KIN = ({"trip", "round_trip", "delivery", "port_call"}, {"railcar", "train"})
#: Words in a shingle, and the share of shingles two texts must have in common to be near copies.
SHINGLE_WORDS = 5
COPY_SHARE = 0.6
#: Facts proposed for one claim at most, the likeliest first.
MOST = 5
_ROOT_ENDS = re.compile(r"\s*\(.*|\s*/.*|\s*;.*")


class Sameness(Row):
    """A fact that a claim may repeat."""

    table: ClassVar[str] = "sameness"
    key: ClassVar[tuple[str, ...]] = ("claim_id", "rank")

    claim_id: str = Field(description="The claim.")
    rank: int = Field(description="1 is the likeliest.")
    fact_id: str = Field(description="The fact it may repeat.")
    agree: int = Field(description="How many of the five grounds agree.")
    reasons: str = Field(description="The grounds that agree, joined by ';'.")
    against: str = Field(description="What differs, joined by ';'.")


def same_facts(
    claims: Iterable[Mapping[str, Any]], known: Iterable[Mapping[str, Any]], gazetteer: Gazetteer
) -> pd.DataFrame:
    """Facts that claims may repeat. Nothing is joined here: a person decides.

    Parameters
    ----------
    claims
        New claims or proposals: rows with the columns of `geo.schema.Claim`, dates as days.
    known
        Claims with their `fact_id`; a claim is not compared with itself.
    gazetteer
        Places, to know which lies in which.

    Returns
    -------
    DataFrame
        Columns of `Sameness`: for each claim the likeliest facts, of which unit and ends must be
        compatible, windows overlap, and claimant or number agree.
    """
    tellings = list(known)
    rows: list[dict[str, Any]] = []
    for claim in claims:
        best: dict[str, dict[str, Any]] = {}
        for telling in tellings:
            found = _compare(claim, telling, gazetteer)
            fact = telling["fact_id"]
            if found is not None and found["agree"] > best.get(fact, {}).get("agree", 0):
                best[fact] = found | {"fact_id": fact}
        ranked = sorted(best.values(), key=_likeliest)[:MOST]
        rows += [f | {"claim_id": claim["claim_id"], "rank": n} for n, f in enumerate(ranked, 1)]
    return typed(rows, Sameness)


def _likeliest(found: Mapping[str, Any]) -> tuple[int, bool, str]:
    """Order of facts: the more grounds agree the better, and a number says most."""
    return -found["agree"], "same number" not in found["reasons"], found["fact_id"]


def _compare(
    claim: Mapping[str, Any], telling: Mapping[str, Any], gazetteer: Gazetteer
) -> dict[str, Any] | None:
    """Grounds for and against two claims telling the same; None where they cannot."""
    opposed = (claim["stance"] == "denies") != (telling["stance"] == "denies")
    if opposed or claim["claim_id"] == telling["claim_id"]:
        return None
    ends = [_compatible(claim[end], telling[end], gazetteer) for end in ("origin", "destination")]
    grounds = {
        "same claimant": _root(claim["claimant"]) == _root(telling["claimant"]),
        "same unit": claim["unit"] == telling["unit"],
        "same number": _said(claim) is not None and _said(claim) == _said(telling),
        "windows overlap": _overlap(claim, telling),
        "compatible ends": all(ends),
    }
    possible = _kin(claim["unit"], telling["unit"]) and grounds["windows overlap"] and all(ends)
    if not possible or not (grounds["same claimant"] or grounds["same number"]):
        return None
    against = [_difference(ground, telling) for ground, agrees in grounds.items() if not agrees]
    agreeing = [ground for ground, agrees in grounds.items() if agrees]
    return {"agree": len(agreeing), "reasons": ";".join(agreeing), "against": ";".join(against)}


def _root(claimant: str | None) -> str:
    """The body that speaks, without its spokesman: `Kremlin (Peskov)` is the Kremlin."""
    return _ROOT_ENDS.sub("", claimant or "").casefold()


def _said(claim: Mapping[str, Any]) -> int | None:
    stated = (claim["best"], claim["low"], claim["high"])
    return next((int(n) for n in stated if n is not None), None)


def _kin(unit: str, other: str) -> bool:
    return unit == other or any({unit, other} <= kin for kin in KIN)


def _overlap(claim: Mapping[str, Any], telling: Mapping[str, Any]) -> bool:
    """Whether the windows share a day; an open side reaches any day."""
    for one, other in ((claim, telling), (telling, claim)):
        start, end = one["date_start"], other["date_end"]
        if start is not None and end is not None and start > end:
            return False
    return True


def _compatible(places: str, others: str, gazetteer: Gazetteer) -> bool:
    """Whether ends may be the same: not stated, or one lies in the other."""
    ours, theirs = parts(places or ""), parts(others or "")
    if not ours or not theirs:
        return True
    return any(
        gazetteer.lies_in(one, other) or gazetteer.lies_in(other, one)
        for one in ours
        for other in theirs
    )


def _difference(ground: str, telling: Mapping[str, Any]) -> str:
    """What the other telling says where they do not agree."""
    match ground:
        case "same claimant":
            return f"claimant {telling['claimant']}"
        case "same unit":
            return f"unit {telling['unit'] or 'not stated'}"
        case "same number":
            said = _said(telling)
            return f"number {said}" if said is not None else "no number"
        case _:
            return ground


@dataclass
class Copies:
    """Texts seen so far, to tell a new one that is nearly the same: a syndicated copy.

    Examples
    --------
    >>> copies = Copies()
    >>> copies.add("A", "one two three four five six")
    >>> copies.like("One two three four five, six!")
    [('A', 1.0)]
    """

    _sizes: dict[str, int] = field(default_factory=dict, repr=False)
    _names: dict[int, list[str]] = field(default_factory=dict, repr=False)

    def add(self, name: str, text: str) -> None:
        """Remember a text under a name."""
        shingles = _shingles(text)
        self._sizes[name] = len(shingles)
        for shingle in shingles:
            self._names.setdefault(shingle, []).append(name)

    def like(self, text: str) -> list[tuple[str, float]]:
        """Names of texts that share most runs of five words with one, and the share (0 to 1)."""
        shingles = _shingles(text)
        common = Counter(name for s in shingles for name in self._names.get(s, ()))
        shares = {
            name: shared / (len(shingles) + self._sizes[name] - shared)
            for name, shared in common.items()
        }
        near = [(name, round(share, 2)) for name, share in shares.items() if share >= COPY_SHARE]
        return sorted(near, key=lambda n: (-n[1], n[0]))


def _shingles(text: str) -> frozenset[int]:
    """Runs of five words, as numbers that are the same in every run of the program."""
    words = re.findall(r"\w+", text.casefold())
    runs = (" ".join(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1))
    return frozenset(
        int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs
    )
