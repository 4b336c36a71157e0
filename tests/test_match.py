"""Which fact a claim may repeat is proposed with reasons, never decided."""

from __future__ import annotations

from datetime import date

from geo import match
from geo.tables import records

TOLD = {
    "claim_id": "A", "fact_id": "F-A", "claimant": "RUSI", "stance": "asserts", "unit": "trip",
    "low": 5, "best": 5, "high": None, "date_start": date(2023, 8, 15),
    "date_end": date(2023, 10, 14), "origin": "rajin", "destination": "dunai",
}  # fmt: skip


def found(gazetteer, claim, *known):
    return records(match.same_facts([TOLD | {"claim_id": "B"} | claim], known, gazetteer))


def test_the_same_count_by_the_same_claimant_agrees_in_everything(gazetteer):
    (row,) = found(gazetteer, {}, TOLD)
    assert (row["fact_id"], row["agree"], row["against"]) == ("F-A", 5, "")


def test_a_spokesman_and_his_house_are_one_claimant(gazetteer):
    known = TOLD | {"claimant": "Kremlin (Peskov)"}
    (row,) = found(gazetteer, {"claimant": "Kremlin", "low": 9, "best": 9}, known)
    assert "same claimant" in row["reasons"]
    assert row["against"] == "number 5"


def test_a_port_lies_in_its_country(gazetteer):
    (row,) = found(gazetteer, {"origin": "north-korea", "destination": "russia"}, TOLD)
    assert "compatible ends" in row["reasons"]


def test_what_cannot_be_the_same_is_not_proposed(gazetteer):
    apart = [
        {"date_start": date(2024, 1, 1), "date_end": date(2024, 2, 1)},
        {"unit": "container"},
        {"stance": "denies"},
        {"destination": "vostochny"},
        {"claimant": "NK Pro", "low": 7, "best": 7},
    ]
    for change in apart:
        assert found(gazetteer, change, TOLD) == []


def test_the_likeliest_fact_comes_first_and_a_claim_is_not_its_own_repeat(gazetteer):
    weaker = TOLD | {"claim_id": "C", "fact_id": "F-C", "low": 4, "best": 4}
    rows = found(gazetteer, {}, weaker, TOLD, TOLD | {"claim_id": "B", "fact_id": "F-B"})
    assert [(r["rank"], r["fact_id"]) for r in rows] == [(1, "F-A"), (2, "F-C")]


def test_a_syndicated_text_is_a_near_copy_and_another_report_is_not():
    text = (
        "The White House said on Friday that more than 1,000 containers had gone to Russia by ship."
    )
    copies = match.Copies()
    copies.add("S1", text)
    assert copies.like("WASHINGTON - " + text)[0][0] == "S1"
    assert (
        copies.like("RUSI counted at least five trips between Rajin and Dunai since August.") == []
    )
