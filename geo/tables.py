"""Rows to typed tables: one place decides how a column of the schema is kept in pandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    import pandas as pd

    from geo.schema import Row


def typed(rows: Iterable[Mapping[str, Any]], model: type[Row]) -> pd.DataFrame:
    """A DataFrame with the model's columns and types, sorted by the model's key.

    Whole numbers are Int64 where they may be missing, days datetime64, texts `str` with `""` for
    what is not stated: the same columns and types whether or not there are rows.
    """
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=model.columns(), dtype=object)
    for column, field in model.model_fields.items():
        frame[column] = _column(frame[column], field.annotation)
    return frame.sort_values(list(model.key), ignore_index=True)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, with None for what is missing."""
    plain = table.astype(object)
    rows: Any = plain.where(plain.notna(), None).to_dict("records")
    return list(rows)


def _column(values: pd.Series[Any], annotation: Any) -> pd.Series[Any]:
    import pandas as pd

    kinds = set(_plain(annotation))
    if date in kinds:
        return pd.to_datetime(values)
    if bool in kinds:
        return values.astype(bool)
    if int in kinds:
        return values.astype("Int64" if type(None) in kinds else "int64")
    if float in kinds:
        return values.astype("Float64" if type(None) in kinds else "float64")
    return values if Any in kinds else values.fillna("").astype("str")


def _plain(annotation: Any) -> Iterable[Any]:
    """The plain types inside an annotation, however it is wrapped."""
    inner = [a for a in get_args(annotation) if isinstance(a, type) or get_args(a)]
    if not inner:
        yield annotation
    for part in inner:
        yield from _plain(part)
