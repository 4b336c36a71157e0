"""Columns of yes and no: which are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Words = NDArray[np.uint64]

WORD_BYTES = 8


def distinct(columns: Bools) -> tuple[Ints, Ints]:
    """The first column of each kind, and the kind of every column.

    Parameters
    ----------
    columns
        `(rows, n)`.

    Examples
    --------
    >>> distinct(np.array([[True, False, True]]))
    (array([0, 1]), array([0, 1, 0]))
    """
    bits = np.packbits(columns, axis=0)
    short = -len(bits) % WORD_BYTES
    words = np.pad(bits, ((0, short), (0, 0))).T
    return same(np.ascontiguousarray(words).view(np.uint64).T)


def same(words: Words) -> tuple[Ints, Ints]:
    """As `distinct`, of columns of words.

    Columns are told apart by a sum of their words times odd numbers that look random; that no two
    differ and have one sum is checked.
    """
    if not words.size:
        return np.arange(min(1, words.shape[1])), np.zeros(words.shape[1], np.int64)
    total = (words * _odd(len(words))[:, None]).sum(axis=0, dtype=np.uint64)
    _, first, kind = np.unique(total, return_index=True, return_inverse=True)
    if not (words == words[:, first[kind]]).all():
        _, first, kind = np.unique(words, axis=1, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return first[order], place[kind]


def _odd(many: int) -> Words:
    """Odd numbers that look random: SplitMix64, after Steele, Lea and Flood (2014)."""
    mixed = np.arange(1, many + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    odd: Words = mixed ^ (mixed >> np.uint64(31)) | np.uint64(1)
    return odd
