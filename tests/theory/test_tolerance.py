import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.tolerance import coldness, next_tolerance, weekly_cost

share = st.floats(0.0, 1.0)
WEEK = {
    "deficit": 0.0,
    "cold": 1.0,
    "harm": 0.0,
    "strike_shock": 0.0,
    "rally": 0.0,
    "resting": 0.75,
    "cold_weight": 0.1,
    "harm_weight": 0.2,
    "rally_weight": 0.3,
    "return_rate": 0.05,
}


def after(tolerance=0.5, **changes):
    return float(next_tolerance(np.array([tolerance]), **(WEEK | changes))[0])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"return_rate": 0.0}, 0.5),
        ({}, 0.5 + 0.05 * 0.25),
        ({"return_rate": 0.0, "deficit": 0.4}, 0.5 - 0.1 * 0.4),
        ({"return_rate": 0.0, "deficit": 0.4, "cold": 0.5}, 0.5 - 0.1 * 0.4 * 0.5),
        ({"return_rate": 0.0, "harm": 0.3}, 0.5 - 0.2 * 0.3),
        ({"return_rate": 0.0, "strike_shock": 0.4, "rally": 0.5}, 0.5 + 0.3 * 0.5 * 0.4),
    ],
)
def test_each_term_by_hand(changes, expected):
    assert after(**changes) == pytest.approx(expected, abs=1e-15)


@given(tolerance=share, deficit=share, cold=share, harm=st.floats(0, 20), shock=st.floats(0, 20), rally=share)
def test_tolerance_stays_a_share(tolerance, deficit, cold, harm, shock, rally):
    value = after(tolerance, deficit=deficit, cold=cold, harm=harm, strike_shock=shock, rally=rally)
    assert 0.0 <= value <= 1.0


@given(shock=share, rally=share, more=share)
def test_rally_never_lowers_tolerance(shock, rally, more):
    assert after(strike_shock=shock, rally=rally) <= after(strike_shock=shock, rally=min(1.0, rally + more))


def test_quiet_brings_tolerance_back_to_rest():
    tolerance = np.array([0.1, 1.0])
    for _ in range(400):
        tolerance = next_tolerance(tolerance, **WEEK)
    assert tolerance == pytest.approx([0.75, 0.75], abs=1e-6)


@given(week=st.floats(-200.0, 200.0), peak=st.floats(0.0, 52.0))
def test_coldness_is_a_share_with_mean_one_half(week, peak):
    value = coldness(week, peak)
    assert 0.0 <= value <= 1.0
    assert value + coldness(week + 26.0, peak) == pytest.approx(1.0, abs=1e-12)


COST = {"fatigue_weight": 0.0012, "deficit_weight": 0.0018}


def test_cost_by_hand_at_the_default_weights():
    assert weekly_cost(0.0009, 0.5, 0.25, 0.5, **COST) == pytest.approx(0.0009 + 0.0006 + 0.000225)


@pytest.mark.parametrize("burden", ["sanctions", "economy", "nuclear", "humanitarian"])
def test_a_burden_counts_with_its_weight_and_not_by_default(burden):
    base = weekly_cost(0.001, 0.0, 0.0, 0.0, **COST)
    assert weekly_cost(0.001, 0.0, 0.0, 0.0, **COST, **{burden: 0.5}) == base
    felt = weekly_cost(0.001, 0.0, 0.0, 0.0, **COST, **{burden: 0.5, f"{burden}_weight": 0.004})
    assert felt == pytest.approx(0.003)


@given(deficit=share, rally=share)
def test_full_rally_hides_the_deficit(deficit, rally):
    without = weekly_cost(0.001, 0.0, 0.0, 0.0, **COST)
    assert weekly_cost(0.001, 0.0, deficit, 1.0, **COST) == without
    assert weekly_cost(0.001, 0.0, deficit, rally, **COST) >= without


def test_sides_and_runs_broadcast():
    cost = weekly_cost(np.array([[0.001], [0.002]]), np.zeros((2, 3)), np.zeros(3), 0.5, **COST)
    assert cost.tolist() == [[0.001] * 3, [0.002] * 3]
