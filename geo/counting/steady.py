"""Steadiness: the history of most even rates among those that meet some rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

#: A price or a multiplier below this is nil: HiGHS works to 1e-7.
NIL = 1e-6
#: Newton steps end here: far below anything shown, far above rounding.
EXACT = 1e-10
MOST_STEPS = 100
#: A multiplier so small whose slope would push it below nil is held at nil.
AT_NIL = 1e-6
#: Added to curvature where rows say the same twice, as a share of the mean curvature.
RIDGE = 1e-9
TINY = 1e-12


def steadiest(rows: csr_array, bound: Floats, tight: Bools, days: Floats) -> Floats:
    """Numbers x >= 0 with least `sum(x**2 / days)` and `rows @ x >= bound`.

    Read: every row adds a steady rate to its own window, none more than its number needs.

    Parameters
    ----------
    rows
        `(rows, stretches)` of 1, 0 and -1.
    bound
        `(rows,)`.
    tight
        `(rows,)`: rows that are met exactly.
    days
        `(stretches,)`: how long each stretch is.
    """
    from scipy.sparse import block_array
    from scipy.sparse.csgraph import connected_components

    graph = block_array([[None, abs(rows)], [abs(rows).T, None]])
    count, part = connected_components(graph, directed=False)
    x = np.zeros(len(days))
    for k in range(count):
        here = np.flatnonzero(part[: len(bound)] == k)
        cells = np.flatnonzero(part[len(bound) :] == k)
        if len(cells) and (bound[here] > 0).any():
            x[cells] = _newton(rows[here][:, cells], bound[here], tight[here], days[cells])
    return x


def _newton(rows: csr_array, bound: Floats, tight: Bools, days: Floats) -> Floats:
    """By the dual: one multiplier a row, projected Newton steps.

    After Bertsekas (1982), SIAM Journal on Control and Optimization 20(2). The dual is piecewise
    quadratic, so the steps end at the exact answer.
    """
    from scipy.sparse import diags_array

    share = days / days.sum()
    scale = 1 / np.sqrt((rows * rows) @ share)
    size = float(np.abs(bound * scale).max())
    rows, need = (diags_array(scale) @ rows).tocsr(), bound * scale / size
    columns = rows.T.tocsr()

    def value(y: Floats) -> float:
        return float(share @ np.maximum(0, columns @ y) ** 2 / 2 - need @ y)

    def projected(y: Floats) -> Floats:
        return np.where(tight, y, np.maximum(0, y))

    y = np.zeros(len(bound))
    for _ in range(MOST_STEPS):
        rate = columns @ y
        slope = rows @ (share * np.maximum(0, rate)) - need
        off = float(np.abs(y - projected(y - slope)).max())
        if off < EXACT:
            break
        held = ~tight & (y <= min(AT_NIL, off)) & (slope > 0)
        step = -slope
        step[~held] = _step(rows[~held], np.where(rate >= 0, share, 0), -slope[~held])
        length, here = 1.0, value(y)
        while length > TINY and value(projected(y + length * step)) > here:
            length /= 2
        y = projected(y + length * step)
    x: Floats = size * share * np.maximum(0, columns @ y)
    return x


def _step(rows: csr_array, share: Floats, slope: Floats) -> Floats:
    from scipy.sparse import diags_array, eye_array
    from scipy.sparse.linalg import splu

    curve = (rows @ diags_array(share) @ rows.T).tocsc()
    ridge = RIDGE * max(float(curve.trace()) / len(slope), TINY)
    step: Floats = splu(curve + ridge * eye_array(len(slope), format="csc")).solve(slope)
    return step
