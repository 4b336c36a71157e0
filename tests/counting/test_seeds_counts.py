"""The shipped claims, counted: each figure worked out by hand from the claims named."""

import pytest

from geo import claims
from geo.counting import Scope, conflicts, count_scopes, curves, known, loads
from geo.facts import facts
from geo.versions import versions

RAJIN_RUSSIA = Scope("trip", "sea", "rajin", "russia")
RAJIN_DUNAI = Scope("trip", "sea", "rajin", "dunai")
KOREA_DUNAI = Scope("trip", "sea", "north-korea", "dunai")
CALLS = ("round_trips", "calls")


@pytest.fixture(scope="module")
def settled(shipped, gazetteer):
    """Facts and differences as known on a day, each worked out once."""
    cache = {}

    def on(as_of=None):
        if as_of not in cache:
            told = claims.known(shipped.claims, shipped.sources, as_of)
            cache[as_of] = facts(told, gazetteer)
        return cache[as_of]

    return on


@pytest.fixture(scope="module")
def total(settled, shipped):
    """Low of all time as known on a day, with the facts that force it."""

    def on(as_of, scope, links=()):
        table = count_scopes(settled(as_of)[0], shipped.places, [scope], links=links)
        assert table["cum_high"].isna().all()  # no fact says how many there were at most
        last = table.iloc[-1]
        return last["cum_low"], last["facts_cum_low"]

    return on


def test_on_26_october_2023_six_trips_by_csis(total):
    # CSIS: at least 6 from 21 August to 16 October (C0020, its own page). RUSI's 4 or 5 trips and
    # VOA's calls lie in the same days.
    assert total("2023-10-26", RAJIN_RUSSIA) == (6, "E-CSIS-6TRIPS")
    # The ship VOA saw on 19 and 20 October sailed after the 16th: a seventh, if calls are trips.
    assert total("2023-10-26", RAJIN_RUSSIA, CALLS) == (7, "E-CSIS-6TRIPS;E-VOA-1019")


def test_on_12_march_2024_thirty_two_trips_by_nk_pro(total, settled, shipped):
    # NK Pro: at least 32 from August to 29 February (C0280, its own headline).
    assert total("2024-03-12", RAJIN_RUSSIA) == (32, "E-NKP-32")
    # Lady R, at Rajin on 10 March, left after that window.
    assert total("2024-03-12", RAJIN_RUSSIA, CALLS) == (33, "E-LAD-0310;E-NKP-32")
    # CSIS's 25 are visits to Rajin, a series of their own.
    visits = Scope("port_call", "sea", "rajin", "russia")
    beside = count_scopes(settled("2024-03-12")[0], shipped.places, [visits]).iloc[-1]
    assert (beside["cum_low"], beside["facts_cum_low"]) == (25, "E-CSIS-25")


def test_on_20_april_2025_sixty_four_trips_by_osc(total):
    # OSC: 64 from 1 September 2023 to 31 March 2025 (C0215). NK Pro's 32 may all lie in it but
    # for the days of August, of which nothing says how many they hold.
    assert total("2025-04-20", RAJIN_RUSSIA) == (64, "E-OSC-64")
    # The ship VOA saw on 26 August 2023 left by the 29th, before that window.
    assert total("2025-04-20", RAJIN_RUSSIA, CALLS) == (65, "E-OSC-64;E-VOA-0826")


@pytest.mark.parametrize("as_of", ["2023-10-26", "2024-03-12", "2025-04-20"])
def test_rajin_dunai_alone_is_six_trips_and_never_thirty_two(total, as_of):
    # Every wider number (32, 27, 64) is 'to Dunai or Vostochny', and RUSI's 11 'to Russia'.
    assert total(as_of, RAJIN_DUNAI) == (6, "E-CSIS-6TRIPS")


def test_linked_calls_on_other_days_make_a_seventh_trip_to_dunai_and_an_eighth(total):
    # Angara at Rajin on 9 December 2023, for Dunai (Bloomberg).
    assert total("2024-03-12", RAJIN_DUNAI, CALLS) == (7, "E-ANG-1209;E-CSIS-6TRIPS")
    assert total("2025-04-20", RAJIN_DUNAI, CALLS) == (7, "E-ANG-1209;E-CSIS-6TRIPS")
    # A ship at Dunai on 17 October 2024 came from a North Korean port not named (CNS).
    eighth = (8, "E-ANG-1209;E-CNS-1017;E-CSIS-6TRIPS")
    assert total("2025-04-20", KOREA_DUNAI, CALLS) == eighth


def test_best_puts_no_trip_on_a_narrower_corridor_than_was_told(settled, shipped):
    scopes = [RAJIN_DUNAI, Scope("trip", "sea", "rajin", "vostochny"), RAJIN_RUSSIA]
    table = count_scopes(settled("2025-04-20")[0], shipped.places, scopes, links=())
    best = table.groupby("destination", sort=False)["cum_best"].last()
    # Six are told to Dunai; to Vostochny Maia-1 (12 Feb), Lady R (12 March) and Angara (Oct 2024),
    # of which Maia-1 came from a port not named, yet within NK Pro's 32 from Rajin.
    assert best.tolist() == [6, 3, 64]


@pytest.mark.parametrize(
    ("scope", "told", "asserted"),
    [
        # CSIS writes that its images are "suggesting" six trips (C0020); RUSI asserts 4 or 5.
        (RAJIN_RUSSIA, 6, 4),
        # VOA takes 300 containers a call, 5 calls, for "about 1,500", at least 1,200 (C0054); the
        # White House asserts more than 1,000.
        (Scope("container", "", "north-korea", "russia"), 1200, 1001),
    ],
)
def test_what_is_only_suspected_counts_and_the_low_without_it_stands_beside(
    settled, shipped, scope, told, asserted
):
    last = count_scopes(settled("2023-10-26")[0], shipped.places, [scope]).iloc[-1]
    assert (last["cum_low"], last["cum_low_asserted"]) == (told, asserted)


def test_what_was_known_when(shipped, gazetteer):
    told = versions(claims.known(shipped.claims, shipped.sources), gazetteer)
    history = known(told, shipped.places, [RAJIN_RUSSIA], links=()).set_index("as_of")
    days = ["2023-10-16", "2023-10-17", "2024-02-28", "2024-02-29", "2024-03-15", "2025-04-16"]
    then = history.loc[[history.index[history.index <= day].max() for day in days]]
    # RUSI's 5, CSIS's 6, NK Pro's 32, Lady R on 12 March 2024 besides, the Open Source Centre's 64.
    assert then["low"].tolist() == [5, 6, 6, 32, 33, 64]
    assert then["facts_low"].tolist()[4] == "E-LAD-0312;E-NKP-32"
    assert {"C0009", "C0020"} >= set(then["claims_low"].iloc[1].split(";"))
    assert history["high"].isna().all()


@pytest.fixture(scope="module")
def listed(settled, shipped):
    told, differences = settled()
    return conflicts(told, shipped.places, differences)


def about(listed, kind, *facts_named):
    named = ";".join(sorted(facts_named))
    return listed[(listed["kind"] == kind) & (listed["facts"] == named)]


def test_voa_saw_no_ship_while_maia_1_was_at_rajin(listed):
    (row,) = about(listed, "not_seen", "E-MAI-0212", "E-NKP-PAUSE").itertuples()
    assert {"C0031", "C0279"} <= set(row.claims.split(";"))
    assert {"R010", "R135"} <= set(row.sources.split(";"))


def test_maia_1_is_told_at_rajin_and_at_vostochny_on_one_day(listed):
    (row,) = about(listed, "two_places", "E-MAI-0212").itertuples()
    assert "Maia-1" in row.words
    assert "C0178" in row.claims.split(";")
    assert str(row.date_start.date()) == str(row.date_end.date()) == "2024-02-12"


def test_nine_trips_are_dated_a_year_apart(listed):
    (row,) = about(listed, "retelling", "E-OSC-MAI9").itertuples()
    assert row.claims == "C0249;C0250"
    assert "2024-02-29 (C0249) or 2025-02-20 (C0250)" in row.words


def test_four_or_five_round_trips_and_lady_r_on_one_day_or_the_next(listed):
    (trips,) = about(listed, "retelling", "E-RUSI-5TRIPS").itertuples()
    assert "at least 4 (C0014) or at least 5 (C0018, C0022)" in trips.words
    (ship,) = about(listed, "retelling", "E-LAD-20251001").itertuples()
    assert "2025-10-01 (C0231, C0234) or 2025-10-02 (C0233)" in ship.words


def test_nine_million_rounds_cannot_lie_within_six(listed):
    # MSMT: about 9 million in 2024, so at least 7.2; OSC: 4 to 6 million by March 2025.
    (row,) = about(listed, "clash", "E-MSMT-9M", "E-OSC-4-6M").itertuples()
    assert row.set_aside == "E-OSC-4-6M"


def test_visits_and_trips_of_one_period_differ_by_definition(listed):
    (row,) = about(listed, "definition", "E-CSIS-25", "E-NKP-32").itertuples()
    assert row.unit == ""
    assert (listed["kind"] == "clash").sum() == 1


def test_containers_are_one_curve_a_claimant_and_never_a_sum(settled, shipped):
    scope = Scope("container", "", "north-korea", "russia")
    drawn = curves(settled()[0], shipped.places, scope)
    for _, curve in drawn.groupby("claimant"):
        assert curve["low"].is_monotonic_increasing
    state = drawn[drawn["claimant"] == "US State Department"]
    # More than 10,000, then more than 11,000: the second includes the first.
    assert state["low"].tolist() == [10001, 11001]


def test_containers_per_voyage_are_a_check_alone(settled, shipped):
    checked = loads(settled()[0], shipped.places)
    per_voyage = {
        (row.fact_containers, row.fact_voyages): row.per_voyage for row in checked.itertuples()
    }
    # About 16,000 containers, 64 voyages; 1,500 containers, which are 5 ships times 300.
    assert per_voyage["E-OSC-16K", "E-OSC-64"] == 250
    assert per_voyage["E-VOA-1500", "E-VOA-5"] == 300
