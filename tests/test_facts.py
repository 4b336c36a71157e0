"""What all tellings of one fact support, checked by hand against the claims."""

from __future__ import annotations

import pandas as pd
import pytest

from geo import claims, facts


def settle(shipped, gazetteer, as_of=None):
    known = claims.known(shipped.claims, shipped.sources, as_of)
    return facts.facts(known, gazetteer)


@pytest.fixture(scope="module")
def all_known(shipped, gazetteer):
    settled, differences = settle(shipped, gazetteer)
    return settled.set_index(["fact_id", "unit", "direction"]), differences


def test_every_claim_tells_exactly_one_fact(shipped, all_known):
    told = all_known[0]["claims"].str.split(";").explode()
    assert sorted(told) == sorted(shipped.claims["claim_id"])


def test_the_claimants_own_page_decides(all_known):
    # The Independent (C0009) stretches the window to its own day; CSIS's page (C0020) ends it on
    # the day of its image, and hedges.
    six = all_known[0].loc[("E-CSIS-6TRIPS", "trip", "KP>RU")]
    assert (six["basis"], six["date_end"], six["stance"]) == (
        "own page", pd.Timestamp("2023-10-16"), "suspects",
    )  # fmt: skip
    assert six["differences"] == "date_end;stance"


def test_two_retellings_do_not_narrow_a_fact_to_dunai(all_known):
    # C0169 and C0176 name Dunai and Vostochny; C0173 and C0280 Dunai alone; C0164 only Russia.
    told = all_known[0].loc[("E-NKP-32", "trip", "KP>RU")]
    assert (told["origin"], told["destination"]) == ("rajin", "dunai;vostochny")
    assert (told["quantifier"], told["low"]) == ("at_least", 32)


def test_one_retelling_alone_narrows_nothing(all_known):
    # C0202 says Dunai, C0204 only Russia: Angara's eleven trips stay trips to Russia.
    assert all_known[0].loc[("E-RUSI-ANG11", "trip", "KP>RU"), "destination"] == "russia"
    # Of 18 documents only C0080 gives the thousand containers a first day.
    assert pd.isna(all_known[0].loc[("E-WH-1000C", "container", "KP>RU"), "date_start"])


def test_a_number_that_one_of_five_documents_gives_is_not_taken(shipped, gazetteer):
    # Until June 2024 only RBC (C0117) ties the thousand containers to the train to the depot.
    settled = settle(shipped, gazetteer, "2023-12-31")[0].set_index("fact_id")
    train = settled.loc[["E-WH-RAIL-OCT23"]].query("direction == 'RU>RU'").iloc[0]
    assert (train["kind"], train["low"], train["destination"]) == ("transfer", pd.NA, "tikhoretsk")


def test_the_lowest_number_stands_where_retellings_differ(all_known):
    # Kyiv Post: at least 4; Washington Post and CSIS: at least 5.
    assert all_known[0].loc[("E-RUSI-5TRIPS", "trip", "KP>RU"), "low"] == 4


def test_more_than_a_thousand_survives_up_to_a_thousand(all_known):
    told = all_known[0].loc[("E-WH-1000C", "container", "KP>RU")]
    assert (told["quantifier"], told["low"], told["high"]) == ("more_than", 1001, pd.NA)
    assert told["claimant"] == "White House NSC"


def test_a_count_never_covers_days_after_it_was_first_told(all_known):
    # Retold until December 2023, the White House's figure is of 13 October.
    told = all_known[0].loc[("E-WH-1000C", "container", "KP>RU")]
    assert told["date_end"] == told["published"] == pd.Timestamp("2023-10-13")


def test_a_reverse_leg_is_a_row_of_its_own(all_known):
    back = all_known[0].loc[("E-NKP-32", "trip", "RU>KP")]
    assert back["claims"] == "C0186;C0188"


def test_a_capacity_retold_as_a_count_stays_a_capacity(all_known):
    assert all_known[0].loc[("E-ROK-6700", "round", "KP>RU"), "kind"] == "capacity"


def test_a_port_call_is_at_the_korean_port_however_the_ship_came(all_known):
    # C0179 tells the leg from Vostochny, four others only the ship at Rajin.
    call = all_known[0].xs("port_call", level="unit").loc["E-LAD-0310"].iloc[0]
    assert (call["port"], call["origin"]) == ("rajin", "rajin")


def test_an_absence_holds_only_for_the_days_all_tellings_share(all_known):
    # C0168 tells the pause until 1 March 2024, C0190 until 10 March; C0175 tells a decline.
    quiet = all_known[0].loc[("E-NKP-PAUSE", "trip", "KP>RU")]
    assert (quiet["low"], quiet["high"]) == (0, pd.NA)
    window = (quiet["date_start"], quiet["date_end"])
    assert window == (pd.Timestamp("2024-02-13"), pd.Timestamp("2024-03-01"))


def test_differences_name_every_value_and_its_claims(all_known):
    differences = all_known[1]
    rows = differences[
        (differences["fact_id"] == "E-RUSI-5TRIPS") & (differences["column"] == "number")
    ]
    assert dict(zip(rows["value"], rows["claims"], strict=True)) == {
        "at least 4": "C0014",
        "at least 5": "C0018;C0022",
    }


def test_repeating_every_claim_under_a_new_id_changes_no_number(shipped, gazetteer):
    once = settle(shipped, gazetteer)[0]
    doubled = shipped.claims.assign(claim_id=shipped.claims["claim_id"] + "-again")
    twice = pd.concat([shipped.claims, doubled], ignore_index=True)
    known = claims.known(twice, shipped.sources)
    settled = facts.facts(known, gazetteer)[0]
    same = [c for c in once if c not in ("claims", "tellings")]
    pd.testing.assert_frame_equal(settled[same], once[same])


def test_facts_of_a_past_day_know_nothing_later(shipped, gazetteer):
    settled = settle(shipped, gazetteer, "2023-10-26")[0]
    assert settled["published"].max() <= pd.Timestamp("2023-10-26")
    assert "E-NKP-32" not in set(settled["fact_id"])
