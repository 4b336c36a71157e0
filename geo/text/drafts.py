"""A claim in the making."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo.schema import Kind, Scope, Stance
from geo.text.numbers import Number
from geo.text.reading import Reading
from geo.text.windows import Window

#: How a part of a claim is known: read in its sentence, carried from another one, only the two
#: countries of the corridor, the publisher's own, only the day of saying, or not at all.
Basis = Literal["stated", "carried", "corridor", "publisher", "said", ""]


@dataclass(frozen=True)
class Ends:
    """Where a movement begins and ends, as place_ids; any of them may be meant."""

    origin: frozenset[str] = frozenset()
    destination: frozenset[str] = frozenset()
    via: frozenset[str] = frozenset()
    basis: Basis = ""
    #: Whether it goes from Russia to North Korea.
    reverse: bool = False

    @property
    def whole(self) -> bool:
        """Whether both ends are known."""
        return bool(self.origin and self.destination)

    @property
    def either(self) -> frozenset[str]:
        """Places of both ends."""
        return self.origin | self.destination


@dataclass(frozen=True)
class Dated:
    """The window of a claim and how it is known."""

    window: Window | None = None
    basis: Basis = ""


@dataclass(frozen=True)
class Credited:
    """The claimants of a claim and how they are known."""

    claimants: tuple[str, ...] = ()
    basis: Basis = ""


@dataclass(frozen=True)
class Firmness:
    """What is said of the movement, and of the cargo."""

    movement: Stance = "asserts"
    cargo: Stance = "asserts"


@dataclass(frozen=True)
class Draft:
    """One claim of one sentence; `span` is where in it the claim is told."""

    reading: Reading
    span: tuple[int, int]
    kind: Kind
    unit: str = ""
    number: Number | None = None
    scope: Scope | None = None
    mode: str = ""
    ends: Ends = Ends()
    vessels: tuple[str, ...] = ()
    dated: Dated = Dated()
    firm: Firmness = Firmness()
    credit: Credited = Credited()

    @property
    def denies(self) -> bool:
        """Whether it says that nothing moved."""
        return self.firm.movement == "denies"
