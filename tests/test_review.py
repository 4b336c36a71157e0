"""Proposals, decisions and the claims that follow: nothing unreviewed is a claim."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from geo import review, sheets
from geo.schema import Claim
from geo.tables import records
from geo.text import propose
from tests.text.scoring import reports

TEXT = "RUSI counted at least five trips from Rajin to Dunai between 15 August and 14 October."
AT = "2023-10-17T12:00:00+00:00"
KNOWN = sheets.Known(
    {"S1": "2023-10-17"}, frozenset({"rajin", "dunai", "vostochny"}), frozenset({"Angara"})
)


def proposals(text: str = TEXT) -> pd.DataFrame:
    return propose(text, "2023-10-17").assign(source_id="S1")


def only(text: str = TEXT) -> dict:
    (row,) = review.undecided(proposals(text), [])
    return row


def decide(row, choice="accept", **changes):
    return review.decision(row, choice, changes, reviewer="anna", at=AT)


def queued(*rows: dict[str, str]) -> sheets.Sheet:
    return sheets.read(sheets.written(rows, review.QUEUE), "review.csv")[0]


def test_an_accepted_proposal_is_a_claim_with_who_and_when():
    decision = decide(only())
    assert (decision["reviewer"], decision["decided_at"]) == ("anna", AT)
    (claim,) = review.claims([decision])
    made = Claim.model_validate(claim)
    assert (made.claimant, made.low, made.unit, made.origin) == ("RUSI", 5, "trip", "rajin")
    assert made.date_end == "2023-10-14"


def test_a_rejected_or_undecided_proposal_is_no_claim():
    assert review.claims([]) == []
    assert review.claims([decide(only(), "reject")]) == []


def test_the_last_decision_counts_and_the_first_stays_on_record():
    made = [decide(only()), decide(only(), "reject")]
    assert review.claims(made) == []
    assert review.claims(made[::-1])[0]["low"] == "5"


def test_a_correction_outlives_a_new_reading_of_the_same_text():
    decision = decide(only(), destination="vostochny", vessel="Angara", note="-")
    assert review.undecided(proposals(), [decision]) == []
    (claim,) = review.claims([decision])
    assert (claim["destination"], claim["vessel"], claim["note"]) == ("vostochny", "Angara", "")


def test_a_decided_claim_comes_back_when_it_is_read_otherwise():
    changed = proposals().assign(destination="vostochny")
    (row,) = review.undecided(changed, [decide(only())])
    assert row["again"] == "accepted when read otherwise"
    assert review.claims([decide(only())])[0]["destination"] == "dunai"


def test_an_accepted_claim_whose_sentence_is_gone_is_told_and_stays():
    gone = proposals("Nothing of the kind is told here any more.")
    decision = decide(only())
    assert review.lost(gone, [decision]) == [decision["claim_id"]]
    assert len(review.claims([decision])) == 1


def test_a_sentence_added_before_it_does_not_bring_a_decided_claim_back():
    longer = proposals("Nothing was heard from Moscow on Monday. " + TEXT)
    assert [r["claim_id"] for r in review.undecided(longer, [decide(only())])] == []


def test_decisions_filled_into_the_sheet_are_taken_and_wrong_ones_told_by_row():
    row = only()
    (cells,) = review.queue([row], pd.DataFrame(columns=["claim_id", "fact_id", "reasons"]))
    sheet = queued(
        cells | {"decision": "accept", "low": "6", "best": "6", "fact_id": "E-RUSI-5RT"},
        cells | {"decision": "acept"},
        cells | {"decision": "accept", "origin": "rajim"},
        cells | {"decision": "accept", "claim_id": "nobody"},
        cells | {"decision": "accept", "mode": "mule"},
        cells,
    )
    made, problems = review.decided(sheet, [row], KNOWN, "anna", AT)
    assert [(d["low"], d["fact_id"]) for d in made] == [("6", "E-RUSI-5RT")]
    assert [(p.row, p.column, p.value) for p in problems] == [
        (3, "decision", "acept"), (4, "origin", "rajim"), (5, "claim_id", "nobody"),
        (6, "mode", "mule"),
    ]  # fmt: skip


def test_what_waits_is_a_table_of_claims_with_their_sentences():
    source = {"publisher": "A paper", "title": "Ships", "published": "2023-10", "url": ""}
    shown = review.proposed([only()], {"S1": source})
    assert shown.loc[0, list(source)].to_dict() == source
    assert list(shown.columns) == [
        *Claim.columns(), "published_by", "sentence", *review.FROM_SOURCE,
    ]  # fmt: skip
    assert shown.loc[0, "sentence"] == TEXT
    assert shown.loc[0, "published_by"] == pd.Timestamp(date(2023, 10, 31))
    assert review.proposed([], {}).dtypes.to_dict() == shown.dtypes.to_dict()


@pytest.mark.parametrize("report", reports()[::2], ids=lambda r: r["name"])
def test_whatever_is_proposed_can_be_accepted_as_it_stands(report):
    found = propose(report["text"], report["published"]).assign(source_id="S1")
    for row in records(found):
        (claim,) = review.claims([decide(row)])
        Claim.model_validate(claim)
