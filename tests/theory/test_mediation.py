import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.mediation import honest_interval, message_weight, residual_leverage

biases = st.floats(0.0, 20.0)


def counsels_risk(bias, posterior, low, high, dislike):
    """Whether the mediator itself likes the risky demand, with the war lottery at one half."""
    risky = posterior * bias * (0.5 + high) + (1 - posterior) * (bias * 0.5 - dislike)
    return risky - bias * (0.5 + low)


def test_the_honest_interval_of_the_catalogue():
    low, high = honest_interval(0.05, 0.3, 0.1, 0.8, 0.2)
    assert (low, high) == pytest.approx((2 / 19, 8.0))
    assert message_weight(0.0, low, high, 5.0) < 1.0
    assert message_weight(np.array([2 / 19 + 1e-9, 4.0, 8.0 - 1e-9]), low, high, 5.0).tolist() == [
        1.0,
        1.0,
        1.0,
    ]


@given(biases, st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.01, 0.2), st.floats(0.21, 0.6))
def test_inside_the_interval_a_mediator_says_what_it_knows(bias, one, other, cost_low, cost_high):
    resolved, weak = sorted((one, other))
    low, high = honest_interval(cost_low, cost_high, 0.1, weak, resolved)
    after_weak = counsels_risk(bias, weak, cost_low, cost_high, 0.1)
    after_resolved = counsels_risk(bias, resolved, cost_low, cost_high, 0.1)
    if min(abs(after_weak), abs(after_resolved)) > 1e-9:
        assert bool(low <= bias <= high) == (after_weak > 0.0 > after_resolved)


def test_a_mediator_who_knows_too_little_is_never_believed():
    low, high = honest_interval(0.05, 0.3, 0.1, 0.1, 0.1)
    assert (low, high) == (np.inf, np.inf)
    assert message_weight(3.0, low, high, 0.5) == 0.0


def test_one_who_would_counsel_restraint_anyway_has_no_upper_limit():
    low, high = honest_interval(0.05, 0.3, 0.1, 0.8, 0.1)
    assert np.isfinite(low)
    assert high == np.inf
    assert message_weight(1e6, low, high, 0.5) == 1.0


@given(biases, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_credence_falls_with_the_distance_from_honesty(bias, width, decay):
    weight = message_weight(bias, 1.0, 1.0 + width, decay)
    further = message_weight(np.where(bias < 1.0, bias - 1.0, bias + 1.0), 1.0, 1.0 + width, decay)
    assert 0.0 <= further <= weight <= 1.0


@given(st.floats(0.0, 1.0), st.floats(0.0, 0.1), st.floats(0.0, 200.0), st.floats(0.0, 200.0))
def test_leverage_fades_alike_at_any_age(leverage, decay, age, more):
    twice = residual_leverage(residual_leverage(leverage, decay, age), decay, more)
    assert residual_leverage(leverage, decay, age + more) == pytest.approx(float(twice))


def test_leverage_at_signature_is_whole():
    assert residual_leverage(0.1, 0.04, 0) == 0.1
    assert residual_leverage(0.1, np.log(2.0) / 26, 26) == pytest.approx(0.05)
