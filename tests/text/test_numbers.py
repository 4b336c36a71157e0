"""Numbers in words and figures, and the bounds their wording makes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text.lexicon import shipped
from geo.text.numbers import Numerals

NUMERALS = {
    code: Numerals(language, code not in ("ko", "ja"))
    for code, language in shipped().language.items()
}


def read(text: str, code: str = "en") -> list[tuple]:
    return [(n.quantifier, n.low, n.best, n.high) for n in NUMERALS[code].find(text)]


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("at least six", ("at_least", 6, 6, None)),
        ("no fewer than five", ("at_least", 5, 5, None)),
        ("nine or more", ("at_least", 9, 9, None)),
        ("a minimum of 40", ("at_least", 40, 40, None)),
        ("more than 1,000", ("more_than", 1000, 1000, None)),
        ("upwards of a thousand", ("more_than", 1000, 1000, None)),
        ("well over 2.5 million", ("more_than", 2_500_000, 2_500_000, None)),
        ("in excess of 13 thousand", ("more_than", 13_000, 13_000, None)),
        ("as many as 1,000", ("up_to", None, None, 1000)),
        ("no more than two dozen", ("up_to", None, None, 24)),
        ("fewer than thirty", ("up_to", None, None, 30)),
        ("some 20", ("about", None, 20, None)),
        ("close to 16,000", ("about", None, 16_000, None)),
        ("twelve or so", ("about", None, 12, None)),
        ("an estimated half a million", ("about", None, 500_000, None)),
        ("six or seven", ("range", 6, None, 7)),
        ("4 to 6 million", ("range", 4_000_000, None, 6_000_000)),
        ("between four and six million", ("range", 4_000_000, None, 6_000_000)),
        ("20-25", ("range", 20, None, 25)),
        ("three hundred and fifty", ("counted", None, 350, None)),
        ("twenty-eight thousand", ("counted", None, 28_000, None)),
        ("six hundred thousand", ("counted", None, 600_000, None)),
        ("dozens of", ("dozens", 24, None, None)),
        ("several", ("several", None, None, None)),
        ("several hundred thousand", ("several hundred thousand", 200_000, None, None)),
    ],
)  # fmt: skip
def test_the_wording_of_a_number_sets_its_bounds(wording, expected):
    assert read(f"There were {wording} of them.") == [expected]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("ko", "컨테이너 1만3000여 개", ("about", None, 13_000, None)),
        ("ko", "선박은 최소 4척", ("at_least", 4, 4, None)),
        ("ko", "네 척이 드나들었다", ("counted", None, 4, None)),
        ("ko", "포탄 300만 발", ("counted", None, 3_000_000, None)),
        ("ru", "более тысячи контейнеров", ("more_than", 1000, 1000, None)),
        ("ru", "свыше 1 тыс. контейнеров", ("more_than", 1000, 1000, None)),
        ("ru", "6,5 млн снарядов", ("counted", None, 6_500_000, None)),
        ("ru", "не менее 32 рейсов", ("at_least", 32, 32, None)),
        ("uk", "понад 13 тисяч контейнерів", ("more_than", 13_000, 13_000, None)),
        ("uk", "щонайменше чотири рази", ("at_least", 4, 4, None)),
        ("de", "über 1.000 Container", ("more_than", 1000, 1000, None)),
        ("ja", "約1500個", ("about", None, 1500, None)),
    ],
)
def test_other_languages_count_in_their_own_way(code, text, expected):
    assert read(text, code)[0] == expected


def test_a_syllable_of_another_word_is_no_number():
    assert read("북한 대한민국 한반도", "ko") == []


def test_figures_within_names_and_lengths_are_no_numbers_of_things():
    assert read("the Maia-1 and M1989 guns") == []
    assert read("길이 100m 선박", "ko") == []


@given(st.integers(min_value=1, max_value=99_999_999))
def test_any_figure_is_read_as_it_is_written(number):
    assert read(f"at least {number:,} containers") == [("at_least", number, number, None)]


@given(st.integers(2, 400), st.integers(1, 400), st.sampled_from(["thousand", "million"]))
def test_a_range_shares_the_scale_of_its_end(low, more, scale):
    factor = {"thousand": 1000, "million": 1_000_000}[scale]
    expected = ("range", low * factor, None, (low + more) * factor)
    assert read(f"{low} to {low + more} {scale} shells") == [expected]
