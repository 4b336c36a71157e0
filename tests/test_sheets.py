"""Hand-coded claims: what is wrong is told by row and given back, the rest is taken."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import seeds, sheets
from geo.problems import TableError
from geo.schema import Claim
from geo.template import template

KNOWN = sheets.Known({"S1": "2023-10-26"}, frozenset({"rajin", "dunai"}), frozenset({"Angara"}))
GOOD = {
    "source_id": "S1", "claimant": "RUSI", "stance": "asserts", "cargo_stance": "suspects",
    "kind": "count", "scope": "window", "mode": "sea", "origin": "rajin", "destination": "dunai",
    "date_start": "2023-08", "date_end": "2023-10-14", "date_precision": "month", "low": "5",
    "best": "5", "unit": "trip", "quantifier": "at_least", "evidence": "satellite imagery",
    "reading": "high",
}  # fmt: skip


def sheet_of(*rows: dict[str, str]) -> sheets.Sheet:
    return sheets.read(sheets.written(rows, Claim.columns()), "mine.csv")[0]


def test_good_rows_are_kept_and_bad_ones_given_back_with_the_reason():
    sheet = sheet_of(GOOD, GOOD | {"origin": "rajim"}, GOOD | {"low": "7"})
    rows, problems = sheets.hand_coded(sheet, KNOWN)
    assert [row["claim_id"][:5] for row in rows] == ["mine-"]
    assert [(p.row, p.column, p.value) for p in problems] == [
        (3, "origin", "rajim"),
        (4, "low", "7"),
    ]
    assert "nearest: rajin" in problems[0].message
    back = sheets.read(sheets.given_back(sheet, problems), "back.csv")[0]
    assert [(r["row"], r["reason"].split(":")[0]) for _, r in back.rows] == [
        ("3", "origin"),
        ("4", "low"),
    ]


def test_rows_given_back_and_mended_are_taken():
    sheet = sheet_of(GOOD | {"origin": "rajim"})
    _, problems = sheets.hand_coded(sheet, KNOWN)
    back = sheets.given_back(sheet, problems).replace(b"rajim", b"rajin")
    rows, problems = sheets.hand_coded(sheets.read(back, "back.csv")[0], KNOWN)
    assert [row["origin"] for row in rows] == ["rajin"]
    assert problems == []


def test_rows_without_identifier_get_one_that_is_theirs_wherever_they_stand():
    other = GOOD | {"low": "6", "best": "6"}
    first, _ = sheets.hand_coded(sheet_of(GOOD, other), KNOWN)
    second, _ = sheets.hand_coded(sheet_of(other, GOOD), KNOWN)
    assert [r["claim_id"] for r in first] == [r["claim_id"] for r in second][::-1]
    assert len({r["claim_id"] for r in first}) == 2


def test_what_was_seen_once_cannot_be_seen_after_it_was_published():
    sheet = sheet_of(
        GOOD | {"scope": "event", "date_start": "2023-11-01", "date_end": "2023-11-02"}
    )
    rows, problems = sheets.hand_coded(sheet, KNOWN)
    assert rows == []
    assert problems[0].column == "date_start"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=30))
def test_no_cell_is_taken_for_a_formula_and_every_cell_comes_back(text):
    text = text.strip()
    content = sheets.written([{"note": text, "claim_id": "x"}], ["note", "claim_id"])
    shown = content.decode("utf-8-sig").splitlines()[1].lstrip('"')
    assert not shown.startswith(("=", "+", "@")) or text == ""
    ((_, row),) = sheets.read(content, "f.csv")[0].rows
    assert row["note"] == text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_every_sign_that_begins_a_formula_is_shielded(sign):
    assert sheets.shielded(sign + "1").startswith("'")


def test_a_workbook_filled_in_the_template_is_read():
    book = openpyxl.load_workbook(io.BytesIO(template()))
    page = book["claims"]
    columns = [cell.value for cell in page[1]]
    assert columns == Claim.columns()
    page.append([GOOD.get(c, "") for c in columns])
    out = io.BytesIO()
    book.save(out)
    pages = {s.file: s for s in sheets.read(out.getvalue(), "mine.xlsx")}
    rows, problems = sheets.hand_coded(pages["mine.xlsx (claims)"], KNOWN)
    assert problems == []
    assert rows[0]["low"] == "5"


def test_the_shipped_claims_are_a_sheet_of_good_rows():
    shipped = seeds.read()
    known = sheets.Known(
        dict(zip(shipped.sources["source_id"], shipped.sources["published"], strict=True)),
        frozenset(shipped.places["place_id"]),
        frozenset(shipped.vessels["vessel"]),
    )
    content = seeds.shipped().joinpath("claims.csv").read_bytes()
    rows, problems = sheets.hand_coded(sheets.read(content, "claims.csv")[0], known)
    assert problems == []
    assert len(rows) == len(shipped.claims)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"a,a\n1,2\n", "stands twice"),
        (b"\xff\xfea\x00", "not UTF-8"),
        (b'a,b\n"1,2\n', "not CSV"),
        (b"PK\x03\x04 no workbook", "not an XLSX workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content, said):
    with pytest.raises(TableError, match=said):
        sheets.read(content, "x.csv")


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unopened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(TableError, match="would unpack to"):
        sheets.read(out.getvalue(), "bomb.xlsx")


def test_columns_that_are_missing_or_unknown_are_named():
    sheet = sheets.read(b"source_id,colour\nS1,red\n", "x.csv")[0]
    with pytest.raises(TableError, match="unknown column") as told:
        sheets.hand_coded(sheet, KNOWN)
    assert "claimant" in str(told.value)
