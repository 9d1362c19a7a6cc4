import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.theory.season import (
    expected_count,
    expected_count_weekly,
    peak_share,
    poisson_from_uniform,
    seasonal,
)

amplitude = st.floats(0.0, 1.0)


@given(a=amplitude, peak=st.floats(0.0, 52.0), start=st.floats(-100.0, 100.0))
def test_a_year_expects_the_same_whatever_the_season(a, peak, start):
    assert expected_count(1.2, a, start, start + 52.0, peak) == pytest.approx(62.4, abs=1e-9)
    weeks = np.arange(52) + np.floor(start)
    assert (1.2 * seasonal(weeks, a, peak)).sum() == pytest.approx(62.4, abs=1e-9)


@pytest.mark.parametrize("a", [0.0, 0.3, 0.8, 1.0])
def test_thirteen_weeks_around_the_peak(a):
    integral = expected_count(2.0, a, 10.0, 23.0, 16.5)
    assert integral == pytest.approx(2.0 * (13.0 + a * 11.704112), abs=2e-6)
    steps = expected_count_weekly(2.0, a, 10, 22, 16)
    assert steps == pytest.approx(2.0 * (13.0 + a * 11.711235), abs=2e-6)


def test_share_of_the_peak_window_at_amplitude_eight_tenths():
    assert peak_share(0.8, 13.0) == pytest.approx(0.430, abs=5e-4)
    assert peak_share(0.8, 52.0) == pytest.approx(1.0)
    assert peak_share(0.8, 0.0) == 0.0


@given(a=amplitude, first=st.integers(-60, 60), length=st.integers(1, 120), peak=st.floats(0.0, 52.0))
def test_weekly_expectation_is_the_sum_of_the_weeks(a, first, length, peak):
    weeks = np.arange(first, first + length)
    direct = (0.7 * seasonal(weeks, a, peak)).sum()
    assert expected_count_weekly(0.7, a, first, first + length - 1, peak) == pytest.approx(direct, abs=1e-9)


@given(a=amplitude, start=st.floats(-50, 50), middle=st.floats(0, 30), end=st.floats(0, 30))
def test_expected_counts_add_up_over_windows(a, start, middle, end):
    parts = expected_count(1.0, a, start, start + middle, 3.0)
    parts = parts + expected_count(1.0, a, start + middle, start + middle + end, 3.0)
    assert parts == pytest.approx(expected_count(1.0, a, start, start + middle + end, 3.0), abs=1e-9)


@given(rate=st.floats(0.0, 40.0), u=st.floats(0.0, 1.0, exclude_max=True))
def test_count_is_the_inverse_of_the_distribution(rate, u):
    count = int(poisson_from_uniform(np.array([u]), rate, 200)[0])
    assert stats.poisson.cdf(count, rate) >= u - 1e-12
    assert count == 0 or stats.poisson.cdf(count - 1, rate) < u + 1e-12


@given(u=st.floats(0.0, 1.0, exclude_max=True), rate=st.floats(0.0, 20.0), more=st.floats(0.0, 20.0))
def test_a_higher_rate_never_gives_a_lower_count(u, rate, more):
    low, high = poisson_from_uniform(np.array([u, u]), np.array([rate, rate + more]), 100)
    assert low <= high


def test_counts_have_the_distribution_that_they_claim():
    uniform = (np.arange(100_000) + 0.5) / 100_000
    counts = poisson_from_uniform(uniform, 3.0, 50)
    frequencies = np.bincount(counts, minlength=20)[:20] / 100_000
    assert frequencies == pytest.approx(stats.poisson.pmf(np.arange(20), 3.0), abs=2e-5)


def test_counts_stop_at_the_maximum_and_at_rate_zero():
    assert poisson_from_uniform(np.array([0.999999]), 10.0, 4).tolist() == [4]
    assert poisson_from_uniform(np.array([0.999999, 0.0]), 0.0, 4).tolist() == [0, 0]
    assert poisson_from_uniform(np.array([0.5]), 10.0, 0).tolist() == [0]


def test_slots_and_runs_broadcast():
    counts = poisson_from_uniform(np.full((3, 2), 0.5), np.array([0.0, 5.0]), 30)
    assert counts.tolist() == [[0, 5]] * 3
