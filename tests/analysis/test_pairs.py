"""Differences of paired runs: against scipy, against Newcombe's paper, and at the edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from sim.analysis.pairs import NO_PAIRS, pair_flags, pair_numbers, resampled, variance_reduction

NUMBERS = st.integers(3, 30).flatmap(lambda n: arrays(np.float64, (2, n), elements=st.integers(-9, 9)))


@given(NUMBERS)
def test_swapping_the_two_turns_the_difference_round(pair):
    there, back = pair_numbers(*pair), pair_numbers(*pair[::-1])
    assert there.paired.value == -back.paired.value
    np.testing.assert_allclose([there.paired.low, there.unpaired.low], [-back.paired.high, -back.unpaired.high])
    flags, turned = pair_flags(*(pair > 0)), pair_flags(*(pair[::-1] > 0))
    np.testing.assert_allclose(flags.paired.low, -turned.paired.high)


@given(NUMBERS)
def test_intervals_are_those_of_scipy(pair):
    found = pair_numbers(*pair)
    if min(pair[0].std(), pair[1].std()) > 0:
        welch = stats.ttest_ind(*pair, equal_var=False).confidence_interval()
        np.testing.assert_allclose([found.unpaired.low, found.unpaired.high], welch, atol=1e-9)
    if (pair[0] - pair[1]).std() > 0:
        own = stats.ttest_rel(*pair).confidence_interval()
        np.testing.assert_allclose([found.paired.low, found.paired.high], own, atol=1e-9)


def test_the_paired_example_of_newcombe():
    """Table II of the paper, (36, 12, 2, 0): 0.20 with 0.0569 to 0.3404 by method 10."""
    first = np.repeat([True, True, False, False], [36, 12, 2, 0])
    second = np.repeat([True, False, True, False], [36, 12, 2, 0])
    found = pair_flags(first, second).paired
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (0.2, 0.0569, 0.3404)


@given(arrays(np.float64, 20, elements=st.floats(-5, 5)), st.floats(-3, 3))
def test_a_constant_shift_is_known_without_error(values, shift):
    found = pair_numbers(np.round(values) + round(shift), np.round(values))
    assert found.paired.value == found.paired.low == found.paired.high == round(shift)


def test_independent_runs_gain_nothing_by_pairing():
    one, two = np.random.default_rng(1).normal(size=(2, 40_000))
    assert variance_reduction(one, two) == pytest.approx(1.0, abs=0.03)
    assert variance_reduction(one, one + two) == pytest.approx(3.0, abs=0.06)
    assert variance_reduction(one, -one) == pytest.approx(0.5)


def test_what_never_varies():
    assert np.isnan(variance_reduction([1, 1], [0, 0]))
    assert variance_reduction([0, 1], [0, 1]) == np.inf
    assert np.isnan(variance_reduction([1], [2]))


def test_runs_without_a_number_take_their_partner_with_them():
    found = pair_numbers([1.0, np.nan, 3.0, 5.0], [0.0, 1.0, np.nan, 3.0])
    assert (found.first, found.second, found.paired.value, found.paired.n) == (3.0, 1.5, 1.5, 2)
    assert pair_numbers([np.nan], [1.0]) is NO_PAIRS
    assert pair_flags([], []) is NO_PAIRS
    alone = pair_numbers([2.0], [1.0]).paired
    assert (alone.value, alone.n) == (1.0, 1)
    assert np.isnan(alone.low)


def test_unequal_numbers_of_runs_are_refused():
    with pytest.raises(ValueError, match="there are 1 and 2 of them"):
        pair_numbers([1.0], [1.0, 2.0])


def test_drawing_again_gives_the_interval_of_a_mean():
    values = np.random.default_rng(3).normal(size=400)
    found = resampled(lambda rows: float(values[rows].mean()), 400, 1, times=2000)
    half = 1.96 * values.std(ddof=1) / 20
    assert found.value == values.mean()
    np.testing.assert_allclose([found.low, found.high], [found.value - half, found.value + half], atol=0.15 * half)
    assert found == resampled(lambda rows: float(values[rows].mean()), 400, 1, times=2000)


def test_a_statistic_that_often_does_not_exist_has_no_interval():
    found = resampled(lambda rows: 1.0 if 0 in rows else np.nan, 10, 1)
    assert (found.value, np.isnan(found.low)) == (1.0, True)


@pytest.mark.slow
def test_paired_intervals_cover_as_often_as_promised():
    luck = np.random.default_rng(11)
    hits = 0
    for _ in range(2000):
        shared = luck.exponential(size=60)
        found = pair_numbers(shared + luck.normal(0.3, 0.5, 60), shared).paired
        hits += found.low <= 0.3 <= found.high
    assert 0.935 <= hits / 2000 <= 0.965
