"""What the wording of a number allows, and which claims are known on a day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import claims
from geo.schema import QUANTIFIERS


@pytest.mark.parametrize(
    ("quantifier", "said", "allowed"),
    [
        ("at_least", (6, 6, None), (6, 6, None)),
        ("at_least", (9, None, None), (9, 9, None)),
        ("more_than", (1000, 1000, None), (1001, 1001, None)),
        ("counted", (None, 32, None), (32, 32, None)),
        ("seen", (1, 1, 1), (1, 1, None)),
        ("exact", (None, 3, None), (3, 3, 3)),
        ("about", (None, 10, None), (8, 10, 12)),
        ("about", (None, 2, None), (1, 2, 3)),
        ("up_to", (None, None, 1000), (1, 1000, 1000)),
        ("range", (4, None, 6), (4, None, 6)),
        ("none_seen", (0, 0, None), (0, 0, None)),
        ("none", (0, 0, 0), (0, 0, 0)),
        ("dozens", (24, None, None), (24, None, None)),
        ("almost", (None, 16000, None), (None, None, None)),
    ],
)
def test_the_wording_sets_the_bounds(quantifier, said, allowed):
    assert claims.interval(quantifier, *said) == allowed


def test_what_was_seen_once_is_a_floor_and_never_a_ceiling():
    assert claims.interval("exact", 1, 1, 1, scope="event").high is None


@given(
    st.sampled_from([*QUANTIFIERS, "dozens"]),
    st.lists(st.integers(0, 10**7), min_size=1, max_size=3).map(sorted),
)
def test_bounds_never_cross_and_no_number_is_made_up(quantifier, numbers):
    low, best, high = (numbers[0], numbers[len(numbers) // 2], numbers[-1])
    bounds = claims.interval(quantifier, low, best, high)
    stated = [n for n in bounds if n is not None]
    assert stated == sorted(stated)
    assert bounds.best in (None, 0, best, low, low + 1, high)


def test_only_sources_public_by_the_day_are_known(shipped):
    known = claims.known(shipped.claims, shipped.sources, "2023-10-26")
    assert known["published_by"].max().date().isoformat() == "2023-10-26"
    assert "C0020" in set(known["claim_id"])
    assert "C0212" not in set(known["claim_id"])


def test_a_source_dated_to_a_month_is_known_only_after_it(shipped):
    by_day = {
        d: claims.known(shipped.claims, shipped.sources, d) for d in ("2024-03-30", "2024-03-31")
    }
    assert "C0028" not in set(by_day["2024-03-30"]["claim_id"])
    assert "C0028" in set(by_day["2024-03-31"]["claim_id"])


def test_nothing_is_known_before_the_first_source(shipped):
    assert claims.known(shipped.claims, shipped.sources, "2000-01-01").empty


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("more_than", 1000, 1000, None), "more than 1,000"),
        (("up_to", None, None, 73), "up to 73"),
        (("counted", None, 32, None), "32"),
        (("range", 4, None, 6), "4 to 6"),
        (("several", None, None, None), "several"),
        (("none_seen", 0, 0, None), "none seen"),
    ],
)
def test_a_number_is_told_in_the_words_of_its_wording(told, words):
    assert claims.wording(*told) == words
