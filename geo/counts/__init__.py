"""Counting: what overlapping, repeated and hedged reports support."""

from geo.counts.conflicts import conflicts
from geo.counts.curves import curves, loads
from geo.counts.known import known
from geo.counts.scopes import Scope
from geo.counts.statements import FLOWS, LINKS
from geo.counts.table import count_scopes, counts

__all__ = [
    "FLOWS",
    "LINKS",
    "Scope",
    "conflicts",
    "count_scopes",
    "counts",
    "curves",
    "known",
    "loads",
]
