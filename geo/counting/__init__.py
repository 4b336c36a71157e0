"""Counting: what overlapping, repeated and hedged reports support."""

from geo.counting.conflicts import conflicts
from geo.counting.curves import curves, loads
from geo.counting.known import known
from geo.counting.scopes import Scope
from geo.counting.statements import FLOWS, LINKS
from geo.counting.table import count_scopes

__all__ = [
    "FLOWS",
    "LINKS",
    "Scope",
    "conflicts",
    "count_scopes",
    "curves",
    "known",
    "loads",
]
