"""Tables to columns of plain JSON: short, and quick to read in a browser."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

#: A text column is written as distinct values and their numbers when that many rows share one.
SHARED_BY = 2
#: Half the time of the highest level for 1 % more bytes.
DEFLATE_LEVEL = 6


def columns(table: pd.DataFrame) -> dict[str, Any]:
    """A table as JSON columns.

    Days become whole days since 1970-01-01, missing values None. A text column whose values repeat
    becomes `{"values": [...], "rows": [number of the value, ...]}`. The last day of a window is
    counted from its first day, where that is known: lengths repeat, days do not.

    Examples
    --------
    >>> import pandas as pd
    >>> columns(pd.DataFrame({"day": pd.to_datetime(["1970-01-03", None])}))
    {'day': [2, None]}
    """
    out = {str(name): _column(table[name]) for name in table}
    if "date_start" in out and "date_end" in out:
        out["date_end"] = [
            end if start is None or end is None else end - start
            for start, end in zip(out["date_start"], out["date_end"], strict=True)
        ]
    return out


def _column(cells: pd.Series[Any]) -> Any:
    import pandas as pd

    if isinstance(cells.dtype, pd.StringDtype):
        return _texts(cells)
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        return _gaps(cells.to_numpy("datetime64[D]").astype(np.int64).tolist(), cells)
    if pd.api.types.is_numeric_dtype(cells.dtype):
        numbers = cells.to_numpy("float64", na_value=np.nan)
        whole = np.isnan(numbers) | (numbers == np.floor(numbers))
        plain = np.nan_to_num(numbers)
        return _gaps(plain.astype(np.int64).tolist() if whole.all() else plain.tolist(), cells)
    return _gaps(cells.tolist(), cells)


def _gaps(values: list[Any], cells: pd.Series[Any]) -> list[Any]:
    """The values, with None where the cell holds nothing."""
    missing = cells.isna()
    if not missing.any():
        return values
    return [None if gap else value for value, gap in zip(values, missing, strict=True)]


def _texts(cells: pd.Series[Any]) -> Any:
    import pandas as pd

    rows, values = pd.factorize(cells, sort=True)
    if len(values) * SHARED_BY > len(cells):
        return cells.tolist()
    return {"values": list(values), "rows": rows.tolist()}


def packed(content: Any) -> str:
    """JSON, deflated, in base64: letters, digits, `+`, `/` and `=` only, so no markup can hide."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(zlib.compress(text.encode("utf-8"), DEFLATE_LEVEL)).decode("ascii")


def drawn(lonlat: np.ndarray[Any, np.dtype[np.float64]], per_degree: int) -> list[int]:
    """A line `(n, 2)` as whole steps: first point, then differences, longitude before latitude.

    Examples
    --------
    >>> drawn(np.array([[130.0, 42.0], [130.5, 42.25]]), 100)
    [13000, 4200, 50, 25]
    """
    steps = np.round(lonlat * per_degree).astype(np.int64)
    first = np.arange(len(steps)) == 0
    moves = np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.int64))
    result: list[int] = moves[moves.any(axis=1) | first].ravel().tolist()
    return result
