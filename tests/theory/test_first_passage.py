import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import invgauss

from sim.theory.first_passage import (
    behind_shifted_ends,
    expected_duration,
    one_sided_moments,
    one_sided_survival,
    prob_upper,
    weekly_barrier_shift,
)

fronts = st.integers(0, 1000).map(lambda part: part / 1000)
drifts = st.floats(-0.01, 0.01)
volatilities = st.floats(0.0, 0.05)


def test_the_drifted_front_of_the_catalogue():
    assert prob_upper(0.3, 0.002, 0.03) == pytest.approx(0.7451537, abs=5e-8)
    assert expected_duration(0.3, 0.002, 0.03) == pytest.approx(222.5768, abs=5e-5)


def test_the_driftless_front_of_the_catalogue():
    assert prob_upper(0.3, 0.0, 0.03) == pytest.approx(0.3, abs=1e-15)
    assert expected_duration(0.3, 0.0, 0.03) == pytest.approx(0.21 / 0.0009, rel=1e-12)


def test_weekly_looks_move_the_ends_outwards():
    seen = behind_shifted_ends(0.3, 0.002, 0.03, weekly_barrier_shift(0.03))
    assert prob_upper(*seen) == pytest.approx(0.76378, abs=5e-6)
    assert expected_duration(*seen) == pytest.approx(236.50, abs=5e-3)
    assert weekly_barrier_shift(0.03, 0.25) == pytest.approx(weekly_barrier_shift(0.03) / 2)


def test_a_walk_of_weekly_steps_agrees_with_the_shifted_ends():
    generator = np.random.default_rng(7)
    runs = 20_000
    front, ended, alive = np.full(runs, 0.3), np.zeros(runs), np.arange(runs)
    for week in range(1, 4000):
        front[alive] += 0.002 + 0.03 * generator.standard_normal(len(alive))
        out = (front[alive] <= 0.0) | (front[alive] >= 1.0)
        ended[alive[out]] = week
        alive = alive[~out]
        if not len(alive):
            break
    seen = behind_shifted_ends(0.3, 0.002, 0.03, weekly_barrier_shift(0.03))
    error = 3 / np.sqrt(runs)
    assert (front >= 1.0).mean() == pytest.approx(float(prob_upper(*seen)), abs=0.43 * error)
    assert ended.mean() == pytest.approx(float(expected_duration(*seen)), abs=ended.std() * error)


def test_one_far_end_is_reached_after_an_inverse_gaussian_time():
    assert one_sided_moments(0.3, 0.01, 0.05) == pytest.approx((30.0, 750.0, 36.0))


@given(fronts, drifts, volatilities)
def test_mirrored_fronts_have_mirrored_chances_and_the_same_duration(front, drift, volatility):
    here, there = prob_upper(front, drift, volatility), prob_upper(1.0 - front, -drift, volatility)
    assert here + there == pytest.approx(1.0, abs=1e-6)
    same = expected_duration(1.0 - front, -drift, volatility)
    assert expected_duration(front, drift, volatility) == pytest.approx(float(same), rel=1e-6)


@given(fronts, fronts, drifts, volatilities)
def test_chances_rise_with_the_front(one, other, drift, volatility):
    low, high = sorted((one, other))
    assert 0.0 <= prob_upper(low, drift, volatility) <= prob_upper(high, drift, volatility) <= 1.0


@pytest.mark.parametrize("ratio", [0.9e-3, 1.1e-3, -0.9e-3, -1.1e-3])
def test_the_series_meets_the_closed_form(ratio):
    volatility = 0.02
    drift = ratio * volatility**2 / 2
    exact = 0.3 * 0.7 / volatility**2 * (1 + ratio * 0.4 / 6 - ratio**2 * 0.21 / 12)
    assert expected_duration(0.3, drift, volatility) == pytest.approx(exact, rel=1e-9)


def test_fronts_that_do_not_vary_go_where_they_drift():
    front, drift = np.array([0.25, 0.25, 0.25, 0.0]), np.array([0.01, -0.01, 0.0, 0.0])
    assert prob_upper(front, drift, 0.0).tolist() == [1.0, 0.0, 0.25, 0.0]
    assert expected_duration(front, drift, 0.0)[:2] == pytest.approx([75.0, 25.0])
    assert expected_duration(front, drift, 0.0)[2:].tolist() == [np.inf, 0.0]


def test_a_quiet_front_overflows_nowhere():
    assert prob_upper(0.857, 6e-4, 3e-4) == 1.0
    assert prob_upper(0.857, -6e-4, 3e-4) == 0.0
    assert expected_duration(0.857, -6e-4, 3e-4) == pytest.approx(0.857 / 6e-4)


@given(st.floats(0.1, 500.0), st.floats(0.01, 1.0), st.floats(0.001, 0.05), st.floats(0.01, 0.2))
def test_survival_of_one_end_is_inverse_gaussian(time, distance, drift, volatility):
    mean, _, shape = one_sided_moments(distance, drift, volatility)
    known = invgauss(mean / shape, scale=shape).sf(time)
    assert one_sided_survival(time, distance, drift, volatility) == pytest.approx(known, abs=1e-9)


def test_an_end_that_one_drifts_away_from_may_never_be_reached():
    never = 1 - np.exp(-2 * 0.01 * 0.3 / 0.05**2)
    assert one_sided_survival(1e9, 0.3, -0.01, 0.05) == pytest.approx(never)
    assert float(one_sided_survival(10.0, 0.0, 0.01, 0.05)) == 0.0
