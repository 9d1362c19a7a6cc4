import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import simpson

from sim.theory.preferences import loss
from sim.theory.war_curvature import bend, wandering_gain
from sim.theory.war_value import annuity, war_value

NEAR = 1e-3


def bent(front, ideal, power, reach=NEAR, salience=1.0):
    return bend(np.array([front]), np.array([[ideal]]), np.array([[salience]]), power, reach)[0, 0]


@given(st.floats(0.1, 0.9), st.sampled_from([0.0, 1.0]), st.floats(0.3, 3.0), st.floats(0.0, 1.0))
def test_the_bend_is_the_second_derivative(front, ideal, power, salience):
    def utility(at):
        one = np.ones((1, 1, 1))
        return -loss(np.array([[at]]), ideal * one, salience * one, np.full((1, 1, 1), power))[0, 0]

    step = 1e-4
    numeric = (utility(front + step) - 2.0 * utility(front) + utility(front - step)) / step**2
    assert bent(front, ideal, power, salience=salience) == pytest.approx(numeric, abs=2e-3, rel=1e-3)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.2, 4.0))
def test_the_bend_has_the_sign_of_one_less_the_exponent_and_is_finite(front, ideal, power):
    found = bent(front, ideal, power)
    assert np.isfinite(found)
    assert found * (1.0 - power) >= 0.0


def test_quadratic_losses_without_drift_are_valued_exactly():
    """The discounted mean of -f^2 under Brownian motion, by quadrature: -(f^2 + s^2 / r)."""
    front, spread, rate = 0.4, 0.01, 0.002
    week = np.linspace(0.0, 12_000.0, 600_001)
    mean = -(front**2 + spread**2 * week)
    exact = simpson(rate * np.exp(-rate * week) * mean, x=week)
    gain = wandering_gain(bent(front, 0.0, 2.0), spread)
    found = war_value(-(front**2), -2.0 * front, 0.0, -gain, annuity(rate, np.inf))
    assert float(found) == pytest.approx(exact, abs=1e-6)


def test_straight_losses_have_no_bend():
    assert bent(0.4, 0.0, 1.0) == 0.0


def test_at_the_kink_the_bend_is_taken_where_the_front_wanders():
    assert bent(0.5, 0.5, 1.5, reach=0.02) == pytest.approx(bent(0.52, 0.5, 1.5, reach=0.02))
    assert float(wandering_gain(bent(0.5, 0.5, 1.5, reach=0.0), 0.0)) == 0.0
