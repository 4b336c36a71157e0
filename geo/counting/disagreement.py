"""A disagreement between facts or tellings, before it is looked up who tells them."""

from __future__ import annotations

from typing import NamedTuple


class Disagreement(NamedTuple):
    """What disagrees, in words. `claims` and `sources` only where fewer than the facts' own."""

    kind: str
    unit: str
    facts: frozenset[str]
    words: str
    set_aside: frozenset[str] = frozenset()
    claims: str = ""
    sources: str = ""

    def sorting(self) -> tuple[str, ...]:
        """An order that depends on content alone."""
        return self.unit, *sorted(self.facts), self.words
