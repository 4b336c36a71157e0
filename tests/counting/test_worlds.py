"""The band against worlds whose truth is known."""

import numpy as np
import pandas as pd
import pytest
from worlds import FIRST_DAY, covered, world

from geo.counting import Scope, count_scopes

SCOPES = [
    Scope("trip", "sea", "port-0", "harbour-0"),
    Scope("trip", "sea", "port-0", "ru"),
    Scope("trip", "sea", "kp", "ru", "Angara;Maria"),
    Scope("trip", "", "kp", "ru"),
]


def true_numbers(counts, truth):
    """The true number of each row's period, and from the first day to its end."""
    days = FIRST_DAY + truth["day"].to_numpy()
    for row in counts.itertuples():
        until = covered(truth, row.mode, row.origin, row.destination, row.vessel) & (
            days <= row.end
        )
        yield (until & (days >= row.start)).sum(), until.sum()


@pytest.mark.parametrize("block", range(5))
def test_the_band_never_misses_the_truth(block):
    capped = 0
    for seed in range(10 * block, 10 * block + 10):
        facts, share = ((40, 0.06), (80, 0.4))[seed % 2]
        made = world(seed, facts=facts, months=15, ceilings=share)
        counts = count_scopes(made.facts, made.places, SCOPES, period="quarter", since=FIRST_DAY)
        truth = pd.DataFrame(true_numbers(counts, made.truth), columns=["", "cum_"])
        for part in truth:
            assert (counts[f"{part}low"] <= truth[part]).all(), seed
            high = counts[f"{part}high"].astype("Float64").fillna(np.inf)
            assert (truth[part] <= high).all(), seed
            capped += counts[f"{part}high"].notna().sum()
    assert capped > 0
