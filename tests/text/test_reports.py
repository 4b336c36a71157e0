"""The whole reader on 381 labelled reports; the floors are what it reaches, less a margin."""

from __future__ import annotations

import pytest

from geo.tables import records
from geo.text import propose
from tests.text.scoring import reports, score

HARD_NEGATIVES = ("an", "bn", "cn", "dn", "rn")


@pytest.fixture(scope="module")
def total():
    return score(reports())


def test_claims_are_found_and_little_else_is_proposed(total):
    assert total.precision >= 0.96, total.extra
    assert total.recall >= 0.96, total.missed


def test_windows_and_claimants_of_what_is_found_are_right(total):
    assert total.dates / total.right >= 0.95
    assert total.claimants / total.right >= 0.95


@pytest.mark.parametrize("script", ["latin", "other"])
def test_no_script_is_read_much_worse_than_the_others(script):
    latin = [r for r in reports() if r["text"].strip()[:40].isascii()]
    chosen = latin if script == "latin" else [r for r in reports() if r not in latin]
    assert score(chosen).recall >= 0.9


def test_reports_of_other_things_give_no_count_with_both_ends():
    wrong = []
    for report in reports():
        if not report["name"].startswith(HARD_NEGATIVES):
            continue
        for row in records(propose(report["text"], report["published"])):
            if row["low"] or row["best"] or row["high"]:
                wrong += (
                    [(report["name"], row["quote"])] if row["origin"] and row["destination"] else []
                )
    assert not [w for w in wrong if w[0] != "an5"]  # an5 tells of troops, labelled as such
