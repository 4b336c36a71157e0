"""The seed tables: the shipped ones are sound, and every spoiled one is told apart."""

from __future__ import annotations

import pandas as pd
import pytest

from geo import seeds
from geo.problems import TableError


def problems(folder):
    with pytest.raises(TableError) as caught:
        seeds.read(folder)
    return caught.value.problems


def test_the_shipped_seeds_hold_what_was_collected(shipped):
    assert (len(shipped.sources), len(shipped.claims)) == (142, 289)
    assert shipped.claims["fact_id"].nunique() == 137


def test_a_date_prefix_becomes_its_first_or_its_last_day(shipped):
    claim = shipped.claims.set_index("claim_id").loc["C0212"]
    assert claim["date_start"] == pd.Timestamp("2023-08-01")
    assert claim["date_end"] == pd.Timestamp("2024-01-31")


@pytest.mark.parametrize(
    ("table", "row", "cells", "column", "value", "said"),
    [
        ("claims", 10, {"date_start": "2024-05-01", "date_end": "2023-05-01"}, "date_start",
         "2024-05-01", "after date_end 2023-05-01"),
        ("claims", 10, {"low": "9", "best": "6"}, "low", "9", "low to best to high"),
        ("claims", 10, {"destination": "dunay-port"}, "destination", "dunay-port", "dunai"),
        ("claims", 10, {"stance": "maybe"}, "stance", "maybe", "'asserts', 'suspects' or 'denies'"),
        ("claims", 10, {"source_id": ""}, "source_id", "(empty)", "pattern"),
        ("claims", 10, {"source_id": "R999"}, "source_id", "R999", "sources.csv"),
        ("claims", 10, {"claim_id": "C0001"}, "claim_id", "C0001", "row 2"),
        ("claims", 10, {"date_start": "2023-13-01"}, "date_start", "2023-13-01", "calendar"),
        ("claims", 10, {"vessel": "Titanic"}, "vessel", "Titanic", "vessels.csv"),
        ("claims", 10, {"imo": "9161004"}, "imo", "9161004", "check digit"),
        ("claims", 10, {"unit": ""}, "unit", "(empty)", "needs a unit"),
        ("claims", 22, {"date_start": "2025-01-01", "date_end": "2025-01-02"}, "date_start",
         "2025-01-01", "published before"),
        ("sources", 5, {"url": "javascript:alert(1)"}, "url", "javascript:alert(1)", "http"),
        ("places", 2, {"lat": "142"}, "lat", "142", "less than or equal to 90"),
        ("places", 2, {"within": "atlantis"}, "within", "atlantis", "places.csv"),
        ("place_aliases", 2, {"place_id": "atlantis"}, "place_id", "atlantis", "places.csv"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_file_row_column_and_value(
    spoil, table, row, cells, column, value, said
):
    (problem,) = problems(spoil(table, row, **cells))
    found = (problem.file, problem.row, problem.column, problem.value)
    assert found == (f"{table}.csv", row, column, value)
    assert said in problem.message


def test_all_wrong_rows_are_named_at_once(spoil):
    spoil("claims", 5, stance="maybe")
    spoil("claims", 9, low="many")
    found = problems(spoil("places", 3, where_prec="0"))
    assert [(p.file, p.row) for p in found] == [
        ("claims.csv", 5),
        ("claims.csv", 9),
        ("places.csv", 3),
    ]


def test_a_file_in_another_encoding_is_refused(folder):
    path = folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")
    (problem,) = problems(folder)
    assert problem.file == "claims.csv"
    assert "UTF-8" in problem.message


def test_a_byte_order_mark_is_no_matter(folder):
    path = folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert len(seeds.read(folder).claims) == 289


def test_a_missing_column_is_named(folder):
    path = folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("quantifier", "words", 1))
    found = {(p.file, p.row, p.column) for p in problems(folder)}
    assert found == {("claims.csv", 1, "quantifier"), ("claims.csv", 1, "words")}


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_file_is_refused(folder, content):
    (folder / "sources.csv").write_text(content)
    (problem,) = problems(folder)
    assert (problem.file, "empty" in problem.message) == ("sources.csv", True)


def test_a_missing_file_is_named(folder):
    (folder / "vessels.csv").unlink()
    assert [p.file for p in problems(folder)] == ["vessels.csv"]


def test_a_row_with_too_many_cells_is_named(folder):
    path = folder / "vessels.csv"
    path.write_text(path.read_text(encoding="utf-8") + "Ship,,,,,\n", encoding="utf-8")
    (problem,) = problems(folder)
    assert (problem.file, problem.row) == ("vessels.csv", 6)


def test_the_order_of_rows_does_not_matter(folder, shipped):
    for path in folder.glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table.sample(frac=1, random_state=7).to_csv(path, index=False)
    again = seeds.read(folder)
    for name in ("sources", "claims", "places", "place_aliases", "name_aliases", "vessels"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(shipped, name))
