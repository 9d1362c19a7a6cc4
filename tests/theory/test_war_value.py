import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.first_passage import expected_duration
from sim.theory.war_value import absorbing_annuity, annuity, discounted_ends, war_value

fronts = st.integers(0, 1000).map(lambda part: part / 1000)
drifts = st.floats(-0.01, 0.01)
volatilities = st.floats(0.0, 0.05)
discounts = st.floats(1e-8, 0.05)


def textbook(front, drift, volatility, discount):
    variance = volatility**2
    bend = np.sqrt(drift**2 + 2 * discount * variance) / variance
    upper = np.exp(drift * (1 - front) / variance) * np.sinh(front * bend) / np.sinh(bend)
    lower = np.exp(-drift * front / variance) * np.sinh((1 - front) * bend) / np.sinh(bend)
    return lower, upper


def test_the_discounted_ends_of_the_catalogue():
    lower, upper = discounted_ends(0.3, 0.002, 0.03, 0.001)
    assert (lower, upper) == pytest.approx((0.2256935, 0.5845286), abs=6e-8)
    lower, upper = discounted_ends(0.3, 0.0, 0.03, 0.001)
    assert (lower, upper) == pytest.approx((0.5900086, 0.2193432), abs=6e-8)


def test_the_war_value_of_the_catalogue():
    weeks = absorbing_annuity(0.4, 0.001, 0.02, 0.002)
    assert weeks == pytest.approx(271.9514, abs=5e-5)
    assert war_value(0.4, 1.0, 0.001, 0.0015, weeks) == pytest.approx(0.264024, abs=5e-7)
    assert war_value(0.4, 1.0, 0.001, 0.0015, annuity(0.002, np.inf)) == pytest.approx(0.15)


@given(st.floats(0.01, 0.99), drifts, st.floats(0.02, 0.1), st.floats(1e-4, 0.05))
def test_the_stable_form_is_the_textbook_form(front, drift, volatility, discount):
    exact = textbook(front, drift, volatility, discount)
    assert discounted_ends(front, drift, volatility, discount) == pytest.approx(exact, rel=1e-9)


@given(fronts, drifts, volatilities, discounts)
def test_ends_are_discounted_and_mirrored(front, drift, volatility, discount):
    lower, upper = discounted_ends(front, drift, volatility, discount)
    assert 0.0 <= lower <= 1.0
    assert 0.0 <= upper <= 1.0
    assert lower + upper <= 1.0 + 1e-12
    mirrored = discounted_ends(1.0 - front, -drift, volatility, discount)
    assert mirrored[::-1] == pytest.approx((lower, upper), abs=1e-6)


@given(fronts, drifts, volatilities, discounts)
def test_an_annuity_ends_before_the_war_does_and_before_patience(front, drift, volatility, discount):
    weeks = absorbing_annuity(front, drift, volatility, discount)
    assert 0.0 <= weeks <= expected_duration(front, drift, volatility) * (1 + 1e-6) + 1e-6
    assert weeks * discount <= 1.0 + 1e-12


@given(st.floats(0.1, 0.9), drifts, st.floats(0.01, 0.05), st.floats(1e-3, 0.05))
def test_the_annuity_solves_its_differential_equation(front, drift, volatility, discount):
    h = 1e-4
    left, here, right = (float(absorbing_annuity(front + shift, drift, volatility, discount)) for shift in (-h, 0.0, h))
    curve, rise = (right - 2 * here + left) / h**2, (right - left) / (2 * h)
    assert 0.5 * volatility**2 * curve + drift * rise - discount * here == pytest.approx(-1.0, abs=2e-3)


@given(fronts, st.floats(-6e-4, 6e-4), st.sampled_from([3e-4, 1e-6, 0.0]), st.sampled_from([5e-4, 2e-3]))
def test_quiet_fronts_are_finite(front, drift, volatility, discount):
    weeks = absorbing_annuity(front, drift, volatility, discount)
    assert np.isfinite(weeks)
    assert weeks >= 0.0


def test_a_front_that_does_not_vary_arrives_on_its_day():
    lower, upper = discounted_ends(np.array([0.75, 0.75, 0.75]), np.array([0.01, -0.01, 0.0]), 0.0, 0.002)
    assert upper == pytest.approx([np.exp(-0.05), 0.0, 0.0])
    assert lower == pytest.approx([0.0, np.exp(-0.15), 0.0])
    assert absorbing_annuity(0.75, 0.0, 0.0, 0.002) == pytest.approx(500.0)


def test_a_quiet_front_is_almost_sure_of_its_end():
    lower, upper = discounted_ends(0.857, 6e-4, 3e-4, 0.002)
    exact = np.exp(-0.143 * 2 * 0.002 / (6e-4 + np.sqrt(3.6e-7 + 2 * 0.002 * 9e-8)))
    assert (lower, upper) == pytest.approx((0.0, exact), rel=1e-12)


def test_at_an_end_nothing_is_left():
    assert discounted_ends(np.array([0.0, 1.0]), 0.001, 0.02, 0.002)[0].tolist() == [1.0, 0.0]
    assert absorbing_annuity(np.array([0.0, 1.0]), 0.001, 0.02, 0.002).tolist() == [0.0, 0.0]


def test_annuities_without_discount():
    assert annuity(np.array([0.0, 0.002]), np.array([52.0, np.inf])).tolist() == [52.0, 500.0]
    assert absorbing_annuity(0.3, 0.002, 0.03, 0.0) == pytest.approx(222.5768, abs=5e-5)
