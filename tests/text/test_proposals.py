"""What a report's sentences become: one test a thing an analyst would notice."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.tables import records
from geo.text import NotRead, Proposal, propose

PUBLISHED = "2024-03-15"
LEAD = "North Korea has sent containers of munitions to Russia from the port of Rajin. "


def read(text: str, published: str = PUBLISHED, **more) -> list[dict]:
    return records(propose(text, published, **more))


def one(text: str, **more) -> dict:
    found = read(text, **more)
    assert len(found) == 1, found
    return found[0]


def test_every_quote_stands_in_the_text_where_it_says():
    text = (
        LEAD + "“At least six trips” – so CSIS – were made from Rajin to Dunai since late August."
    )
    for row in read(text):
        assert text[row["start"] : row["end"]] == row["quote"]


def test_bounds_are_kept_and_no_best_is_made_up():
    row = one("RUSI counted at least five round trips from Rajin to Dunai since August.")
    assert (row["low"], row["best"], row["high"]) == (5, 5, None)
    assert (row["unit"], row["quantifier"], row["mode"]) == ("round_trip", "at_least", "sea")
    assert (row["origin"], row["destination"]) == ("rajin", "dunai")


def test_the_day_of_saying_only_ends_the_window():
    row = one(
        "On Monday the White House said North Korea had sent Russia 300 containers of shells."
    )
    assert row["date_start"] is None
    assert row["date_end"].date() == date(2024, 3, 11)
    assert row["date_basis"] == "said"


def test_a_date_of_happening_beside_one_of_saying_is_told_apart():
    row = one(
        "The White House said on Friday that North Korea had sent Russia 300 containers of shells "
        "between 2 and 5 February."
    )
    assert (str(row["date_start"].date()), str(row["date_end"].date())) == (
        "2024-02-02",
        "2024-02-05",
    )


def test_recent_weeks_open_no_window():
    row = one("In recent weeks 40 containers of arms reached Russia from North Korea, RUSI says.")
    assert row["date_start"] is None


def test_a_claimant_named_before_is_carried_and_marked_so():
    rows = read(
        "NK Pro looked at Rajin. " + "Since August there were 32 voyages from Rajin to Dunai."
    )
    assert [(r["claimant"], r["claimant_basis"]) for r in rows] == [("NK Pro", "carried")]


def test_a_claimant_named_after_is_found_too():
    text = "At least 32 voyages led from Rajin to Dunai. The figure comes from NK Pro."
    assert [r["claimant"] for r in read(text)] == ["NK Pro"]


def test_a_think_tank_only_described_is_the_one_named_later():
    text = (
        "A US think tank has looked at the port of Rajin. It saw six trips to Dunai. "
        "The images are the work of CSIS."
    )
    assert {r["claimant"] for r in read(text)} == {"CSIS Beyond Parallel"}


def test_we_is_the_publisher():
    row = one(
        "We counted 73 railcars at Tumangang in North Korea on March 3.",
        publisher="https://www.38north.org/2024/03/x",
    )
    assert (row["claimant"], row["claimant_basis"]) == ("38 North", "publisher")


@pytest.mark.parametrize(
    "text",
    [
        "North Korea plans to send 500 containers of shells to Russia.",
        "North Korea will ship 500 containers of shells to Russia next month.",
        "If North Korea sends 500 containers of shells to Russia, Seoul will answer.",
        "Three ships a week carry arms from North Korea to Russia.",
        "The two leaders met twice; Russia is concerned about 300 containers of grain.",
    ],
)
def test_plans_rates_and_other_goods_are_no_counts(text):
    assert not [r for r in read(text) if r["unit"] in ("container", "trip", "port_call")]


def test_what_boxes_could_hold_is_a_capacity_and_suspected():
    rows = read(
        "North Korea has sent Russia about 6,700 containers since September, Seoul's defense "
        "minister said. They could hold up to three million 152 mm shells."
    )
    shells = next(r for r in rows if r["unit"] == "round")
    assert (shells["kind"], shells["stance"], shells["high"]) == ("capacity", "suspects", 3_000_000)
    assert shells["date_start"] == rows[0]["date_start"]


def test_a_denial_is_a_claim_without_number():
    row = one(
        "Kremlin spokesman Dmitry Peskov denied that Russia had received North Korean shells."
    )
    assert (row["stance"], row["claimant"], row["best"]) == ("denies", "Kremlin", None)


def test_both_capitals_deny_together():
    rows = read(LEAD + "Moscow and Pyongyang deny the reports.")
    assert rows[-1]["claimant"] == "DPRK;Russia"


def test_a_denied_denial_is_none():
    assert not [r for r in read(LEAD + "Pyongyang has not denied it.") if r["stance"] == "denies"]


def test_doubt_of_the_cargo_is_not_doubt_of_the_voyage():
    row = one(
        "The Angara made 11 voyages from Rajin to Dunai carrying what are believed to be munitions, "
        "RUSI says."
    )
    assert (row["stance"], row["cargo_stance"]) == ("asserts", "suspects")


def test_reverse_flow_keeps_its_direction():
    row = one(
        "Russia has sent North Korea 9,000 containers of goods from Vostochny to Rajin, Seoul said."
    )
    assert (row["origin"], row["destination"]) == ("vostochny", "rajin")
    assert "reverse" in row["flags"]


def test_sea_and_rail_of_one_sentence_are_two_legs():
    rows = read(
        "Munitions shipped from Rajin to the port of Dunai were then taken by train to a depot near "
        "Tikhoretsk, the White House said."
    )
    legs = [(r["mode"], r["origin"], r["destination"]) for r in rows]
    assert legs == [("sea", "rajin", "dunai"), ("rail", "dunai", "tikhoretsk")]


def test_a_stack_on_a_pier_is_no_movement():
    row = one("On March 3 about 300 containers stood on the quay at Rajin, VOA says.")
    assert (row["kind"], row["scope"], row["destination"]) == ("sighting", "snapshot", "")


def test_a_ship_that_loads_and_is_seen_across_made_the_voyage():
    row = one(
        "Lady R loaded containers at Rajin on March 10, NK Pro says. Two days later it lay in "
        "Vostochny."
    )
    assert (row["kind"], row["origin"], row["destination"]) == ("movement", "rajin", "vostochny")
    assert (str(row["date_start"].date()), str(row["date_end"].date())) == (
        "2024-03-10",
        "2024-03-12",
    )


def test_two_ships_of_one_sentence_keep_their_days():
    rows = read(LEAD + "Lady R was at Rajin on February 4 and Maia-1 on February 12, NK Pro says.")
    seen = {r["vessel"]: str(r["date_start"].date()) for r in rows if r["unit"] == "port_call"}
    assert seen == {"Lady R": "2024-02-04", "Maia-1": "2024-02-12"}


def test_no_ship_seen_is_a_claim_of_none():
    row = one("No Russian ship has been at Rajin to load arms since 12 February, NK Pro says.")
    assert (row["quantifier"], row["low"], row["origin"]) == ("none_seen", 0, "rajin")


def test_the_third_ship_since_a_day_means_three():
    rows = read("A third large vessel since January 20 has docked at Rajin, Radio Free Asia says.")
    assert [(r["best"], r["unit"]) for r in rows] == [(3, "port_call")]


def test_a_cosmodrome_is_no_port_and_a_person_no_ship():
    text = LEAD + "Maria Zakharova said 20 guests saw the Vostochny Cosmodrome on March 3."
    assert all(not r["vessel"] and "vostochny" not in r["destination"] for r in read(text))


def test_a_distance_is_no_origin():
    rows = read(LEAD + "The boxes went by train to Tikhoretsk, 290 km from the Ukrainian border.")
    assert rows[-1]["origin"] != "ukraine-border"


def test_a_name_with_another_meaning_is_flagged_not_taken():
    rows = read("The White House says 300 containers of arms went from North Korea to the Danube.")
    assert rows[0]["destination"] != "dunai"
    assert "Danube" in rows[0]["flags"]


def test_an_unknown_language_is_named_not_guessed():
    text = "Kapal kargo Rusia membawa kontainer senjata dari pelabuhan Rajin Korea Utara ke Rusia."
    with pytest.raises(NotRead, match="not read: language"):
        propose(text, PUBLISHED)
    with pytest.raises(NotRead, match="language pl"):
        propose(LEAD, PUBLISHED, "pl")


def test_a_text_about_something_else_gives_an_empty_table_of_the_same_shape():
    empty = propose("The minister spoke about milk prices.", PUBLISHED)
    full = propose(LEAD, PUBLISHED)
    assert empty.empty
    assert list(empty.columns) == Proposal.columns() == list(full.columns)
    assert (empty.dtypes == full.dtypes).all()


def test_the_same_text_gives_the_same_table():
    text = LEAD + "RUSI counted at least five trips from Rajin to Dunai since August."
    pd.testing.assert_frame_equal(propose(text, PUBLISHED), propose(text, PUBLISHED))


def test_curly_quotes_and_odd_blanks_change_nothing_but_the_quote():
    text = LEAD + '"At least six trips" led from Rajin to Dunai - so RUSI.'
    odd = text.replace('"', "”").replace(" - ", " — ").replace("six trips", "six\u00a0trips")
    columns = ["unit", "low", "origin", "destination", "claimant", "start", "end"]
    pd.testing.assert_frame_equal(
        propose(text, PUBLISHED)[columns], propose(odd, PUBLISHED)[columns]
    )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.dates(date(2022, 1, 1), date(2027, 1, 1)))
def test_no_text_is_too_odd_to_read(noise, published):
    found = propose(LEAD + noise, published, "en")
    assert (found["end"] > found["start"]).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 5000), st.sampled_from(["at least", "about", "up to", "more than"]))
def test_any_number_of_containers_is_told_as_worded(number, words):
    row = one(f"RUSI says {words} {number:,} containers of shells went from North Korea to Russia.")
    told = {
        "at least": row["low"],
        "more than": row["low"],
        "about": row["best"],
        "up to": row["high"],
    }
    assert told[words] == number
    assert row["unit"] == "container"
