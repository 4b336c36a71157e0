"""Columns of yes and no: which are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]


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
    packed = np.ascontiguousarray(np.packbits(columns, axis=0).T)
    width = packed.shape[1]
    text = packed.tobytes()
    kinds: dict[bytes, int] = {}
    kind = [
        kinds.setdefault(text[k * width : (k + 1) * width], len(kinds))
        for k in range(columns.shape[1])
    ]
    every = np.array(kind, np.int64)
    return np.unique(every, return_index=True)[1], every
