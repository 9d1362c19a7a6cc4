import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.measures import difference, difference_of_differences, mean, proportion, quantile, ratio

FLAGS = arrays(bool, st.integers(1, 60))
NUMBERS = arrays(np.float64, st.integers(2, 50), elements=st.floats(-100, 100))


@given(FLAGS)
def test_a_share_lies_in_its_interval(flags):
    found = proportion(flags)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.n == flags.size
    assert found.value == pytest.approx(flags.sum() / flags.size)


@given(FLAGS)
def test_the_interval_of_the_opposite_is_mirrored(flags):
    one, other = proportion(flags), proportion(~flags)
    assert other.low == pytest.approx(1 - one.high, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "value", "low", "high"),
    [
        ((56, 70), (48, 80), 0.2, 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.6, 0.1705, 0.8090),
        ((10, 10), (0, 20), 1.0, 0.6791, 1.0),
        ((0, 10), (0, 20), 0.0, -0.1611, 0.2775),
    ],
)
def test_differences_in_newcombes_table(first, second, value, low, high):
    one, two = (np.arange(n) < yes for yes, n in (first, second))
    found = difference(one, two, paired=False)
    assert [found.value, found.low, found.high] == pytest.approx([value, low, high], abs=5e-5)


def test_pairing_narrows_the_interval_of_runs_that_met_the_same_luck():
    luck = np.linspace(0, 1, 200)
    one, two = luck < 0.5, luck < 0.4
    loose, tight = difference(one, two, paired=False), difference(one, two, paired=True)
    assert tight.value == loose.value == pytest.approx(0.1)
    assert tight.high - tight.low < 0.7 * (loose.high - loose.low)
    assert tight.low > 0


@given(st.data())
def test_a_difference_turns_with_its_sides(data):
    n = data.draw(st.integers(1, 40))
    one, two = data.draw(arrays(bool, n)), data.draw(arrays(bool, n))
    forth, back = difference(one, two, paired=True), difference(two, one, paired=True)
    assert -1 - 1e-12 <= forth.low <= forth.value <= forth.high <= 1 + 1e-12
    assert back.low == pytest.approx(-forth.high, abs=1e-12)


def test_a_share_differs_from_itself_by_nothing():
    flags = np.arange(100) < 30
    found = difference(flags, flags, paired=True)
    assert found.value == 0
    assert found.high - found.low < 0.05


def test_pairs_must_be_pairs():
    with pytest.raises(ValueError, match="there are 2 and 3 of them"):
        difference([True, False], [True, False, True], paired=True)


def test_a_mean_has_two_standard_errors():
    found = mean([1.0, 2.0, 3.0, np.nan])
    assert found.n == 3
    assert found.value == 2.0
    assert found.high - 2.0 == pytest.approx(1.959964 / math.sqrt(3))


@given(NUMBERS)
def test_a_ratio_to_one_year_each_is_a_mean(values):
    one, other = ratio(np.abs(values), np.ones(values.size)), mean(np.abs(values))
    assert one.value == pytest.approx(other.value)
    assert one.high == pytest.approx(other.high)


@given(NUMBERS, st.floats(0.1, 10))
def test_a_ratio_follows_the_unit_of_time(values, scale):
    exposure = np.linspace(0.5, 2, values.size)
    one, other = ratio(np.abs(values), exposure), ratio(np.abs(values), exposure * scale)
    assert other.value * scale == pytest.approx(one.value)


def test_runs_that_differ_only_in_length_have_no_error():
    found = ratio([2, 4, 6], [1, 2, 3])
    assert (found.value, found.low, found.high) == (2.0, 2.0, 2.0)


@given(arrays(np.float64, st.integers(1, 80), elements=st.floats(-5, 5)), st.floats(0.05, 0.95))
def test_a_quantile_lies_in_its_interval(values, level):
    found = quantile(values, level)
    assert found.low <= found.value <= found.high
    assert found.value in values


def test_the_interval_of_a_median_of_twenty():
    found = quantile(np.arange(1, 21), 0.5)
    assert (found.low, found.high) == (6, 15)


def test_a_quantile_covers_as_often_as_promised():
    draws = np.random.default_rng(1).random((400, 60))
    hits = [found.low <= 0.25 <= found.high for found in (quantile(row, 0.25) for row in draws)]
    assert np.mean(hits) > 0.93


@pytest.mark.parametrize(
    "nothing",
    [
        lambda: proportion([]),
        lambda: mean([np.nan]),
        lambda: ratio([0], [0]),
        lambda: quantile([np.nan], 0.5),
        lambda: difference([], [], paired=True),
    ],
)
def test_nothing_gives_no_estimate(nothing):
    assert math.isnan(nothing().value)
    assert nothing().n == 0


def test_too_few_runs_bound_no_tail():
    assert quantile([1.0, 2.0], 0.95).high == math.inf
    assert math.isnan(mean([1.0]).low)


@given(arrays(bool, (4, 30)), arrays(bool, 30))
def test_a_difference_of_differences_is_the_gap_of_two_contrasts_and_forgets_what_all_share(four, shared):
    one, two, three, four = four
    found = difference_of_differences((one, two), (three, four))
    here, there = (difference(*pair, paired=True).value for pair in ((one, two), (three, four)))
    assert found.value == pytest.approx(here - there, abs=1e-12)
    assert difference_of_differences((three, four), (one, two)).value == pytest.approx(-found.value)
    moved = [np.asarray(each, dtype=float) + shared for each in (one, two, three, four)]
    again = difference_of_differences(moved[:2], moved[2:])
    assert (again.value, again.low, again.high) == pytest.approx((found.value, found.low, found.high))


def test_the_interval_of_a_difference_of_differences_covers_as_it_says():
    rng, misses = np.random.default_rng(5), 0
    for _ in range(400):
        luck = rng.random(200)
        here, there = (luck < 0.6, luck < 0.4), (luck < 0.5, luck < 0.4 + 0.1 * (rng.random(200) < 0.5))
        found = difference_of_differences(here, there)
        misses += not found.low <= 0.15 <= found.high
    assert misses / 400 == pytest.approx(0.05, abs=0.03)


def test_four_outcomes_of_different_runs_are_refused():
    with pytest.raises(ValueError, match="2, 2, 3, 3"):
        difference_of_differences(([1, 0], [0, 0]), ([1, 0, 0], [0, 0, 1]))
