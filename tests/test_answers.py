"""Answers on the real seeds, each figure checked by hand against the claims."""

from __future__ import annotations

import datetime as dt

import pytest

from geo import answers, claims, facts, report


@pytest.fixture(scope="module")
def ask(shipped, gazetteer):
    def answer(destination, as_of, *, link_calls=False, mode="sea"):
        known = claims.known(shipped.claims, shipped.sources, as_of)
        links = ("round_trips", "calls") if link_calls else ("round_trips",)
        asked = answers.Question("trip", mode, "rajin", destination, links=links)
        day = dt.date.fromisoformat(as_of) if as_of else None
        return answers.answer(asked, facts.facts(known, gazetteer)[0], gazetteer, day)

    return answer


@pytest.mark.parametrize(
    ("destination", "as_of", "link_calls", "low", "forced"),
    [
        # CSIS's page of 17 October counts six since late August; RUSI's four fit within.
        ("russia", "2023-10-26", False, 6, {"E-CSIS-6TRIPS"}),
        # The ship VOA saw on 19 and 20 October left after CSIS's window had closed on the 16th.
        ("russia", "2023-10-26", True, 7, {"E-CSIS-6TRIPS", "E-VOA-1019"}),
        # NK Pro's 32 hold CSIS's six and RUSI's; CSIS's 25 are visits, another unit.
        ("russia", "2024-03-12", False, 32, {"E-NKP-32"}),
        # Lady R was at Rajin on 10 March, after NK Pro's window.
        ("russia", "2024-03-12", True, 33, {"E-NKP-32", "E-LAD-0310"}),
        ("russia", "2025-04-20", False, 64, {"E-OSC-64"}),
        # VOA's first large ship, of 26 August 2023, left before OSC began to count.
        ("russia", "2025-04-20", True, 65, {"E-OSC-64", "E-VOA-0826"}),
        # No report ties more than six trips to Dunai alone, whatever retellings say.
        ("dunai", None, False, 6, {"E-CSIS-6TRIPS"}),
        # Angara unloaded at Rajin on 9 December for Dunai (Bloomberg).
        ("dunai", None, True, 7, {"E-CSIS-6TRIPS", "E-ANG-1209"}),
    ],
)
def test_the_fewest_trips_by_sea(ask, destination, as_of, link_calls, low, forced):
    answer = ask(destination, as_of, link_calls=link_calls)
    last = answer.table.iloc[-1]
    assert last["cum_low"] == low
    assert set(answer.forcing["fact_id"]) == forced
    assert answer.table["high"].isna().all()
    assert answer.table["cum_high"].isna().all()


def test_a_number_that_is_partly_suspected_says_so(ask):
    # CSIS's own page only suspects its six; of RUSI's four or five, four are asserted.
    assert ask("dunai", "2023-10-26").headline == (
        "At least 6 trips from 21 August to 26 October 2023."
        " 4 of them asserted, the rest only suspected."
    )
    assert ask("russia", "2025-04-20").headline.endswith("2025.")


def test_the_visits_csis_counted_stand_beside_the_trips(ask):
    beside = ask("russia", "2024-03-31").wider.set_index("fact_id")
    assert beside.loc["E-CSIS-25", "said"] == "at least 25"


def test_an_answer_names_who_forces_it_who_fits_and_who_denies(ask):
    told = report.text(ask("dunai", "2023-10-26"), dt.date(2023, 10, 26))
    assert told.startswith("Reported trips by sea, Rajin to Dunai, as of 26 October 2023\n")
    forced, rest = told.split("These fit within that number, so they add nothing:")
    assert "CSIS Beyond Parallel: suspects at least 6 trips" in forced
    assert "RUSI: at least 4 trips" in rest
    assert "Kremlin (Peskov), by 26 October 2023" in rest.split("Denied by:")[1]


def test_a_question_about_nothing_reported_says_so(ask):
    answer = ask("vladivostok", "2023-10-26")
    assert answer.headline == "No number of trips is reported."


def test_reasons_are_told_in_words(shipped, gazetteer):
    known = claims.known(shipped.claims, shipped.sources, "2023-10-26")
    asked = answers.Question("trip", "sea", "rajin", "dunai")
    settled = facts.facts(known, gazetteer)[0]
    told = report.text(answers.answer(asked, settled, gazetteer, explain=True), None)
    assert "2023-10 in all, low 6: CSIS Beyond Parallel: at least 6 trips" in told


def test_adding_the_reported_numbers_gives_what_the_readme_warns_of(shipped):
    known = claims.known(shipped.claims, shipped.sources)
    trips = known.query("unit == 'trip' and mode == 'sea' and stance != 'denies'")
    number = trips["named"].fillna(trips["floor"])
    assert (number.sum(), number.max()) == (390, 64)
    assert number[~trips["fact_id"].duplicated()].sum() == 160
