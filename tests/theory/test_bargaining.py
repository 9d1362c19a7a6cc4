import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory import bargaining as theory
from sim.theory.bargaining_range import fearon_range

unit = st.floats(0.0, 1.0)


def test_alternating_offers_of_the_catalogue():
    shares = theory.rubinstein_share(np.array([0.9, 0.9, 0.5]), np.array([0.9, 0.95, 0.5]))
    assert shares == pytest.approx([0.526316, 0.344828, 2 / 3], abs=5e-7)


@given(st.floats(0.0, 0.99), st.floats(0.0, 0.99))
def test_the_second_mover_is_indifferent_to_waiting(discount_1, discount_2):
    first = theory.rubinstein_share(discount_1, discount_2)
    assert 1 - first == pytest.approx(discount_2 * theory.rubinstein_share(discount_2, discount_1))


def test_finite_horizons_of_the_catalogue():
    shares = theory.finite_horizon_share(0.9, np.arange(1, 7))
    assert shares == pytest.approx([1, 0.1, 0.91, 0.181, 0.8371, 0.24661], abs=1e-12)


@given(unit, st.integers(2, 40))
def test_a_finite_horizon_is_solved_backwards(discount, rounds):
    shares = theory.finite_horizon_share(discount, np.array([rounds, rounds - 1]))
    assert shares[0] == pytest.approx(1 - discount * shares[1], abs=1e-12)


def test_a_far_horizon_and_a_short_interval_are_limits():
    assert theory.finite_horizon_share(0.9, 501) == pytest.approx(float(theory.rubinstein_share(0.9, 0.9)))
    close = theory.rubinstein_share(np.exp(-0.02e-6), np.exp(-0.01e-6))
    assert theory.small_interval_share(0.02, 0.01) == pytest.approx(1 / 3)
    assert close == pytest.approx(1 / 3, abs=1e-6)


def test_the_patient_share_equally():
    assert theory.rubinstein_share(1.0, 1.0) == 0.5
    assert theory.small_interval_share(0.0, 0.0) == 0.5
    assert theory.rubinstein_share(0.5, 1.0) == 0.0


def test_the_nash_pie_of_the_catalogue():
    shares = theory.nash_pie_share(np.array([0.5, 0.3]), np.array([1.0, 0.7]))
    assert shares == pytest.approx([1 / 3, 0.3])


@given(st.floats(0.1, 1.0), st.floats(0.1, 1.0), st.floats(0.05, 0.95))
def test_the_nash_share_maximises_the_weighted_product(one, other, weight):
    share = float(theory.nash_pie_share(one, other, weight))
    grid = np.linspace(0.001, 0.999, 999)
    worth = weight * one * np.log(grid) + (1 - weight) * other * np.log(1 - grid)
    assert share == pytest.approx(grid[np.argmax(worth)], abs=2e-3)


def test_nash_with_war_is_the_middle_of_the_range():
    assert theory.nash_with_war(0.6, 0.1, 0.2) == pytest.approx(0.65)
    assert theory.nash_with_war(0.6, 0.1, 0.2) == pytest.approx(np.mean(fearon_range(0.6, 0.1, 0.2)))
    assert theory.nash_with_war(1.0, 0.0, 0.5) == 1.0


def test_the_ultimatum_of_the_catalogue():
    assert theory.take_it_or_leave_it(0.5, 0.05, 0.25) == pytest.approx((0.6, 0.4))


@given(unit, st.floats(0.0, 0.5), st.floats(0.01, 0.5))
def test_no_other_ultimatum_pays_better(p, cost_1, cost_max):
    def worth(demand):
        war = np.clip((demand - p) / cost_max, 0.0, 1.0)
        return (1 - war) * demand + war * (p - cost_1)

    demand, war = theory.take_it_or_leave_it(p, cost_1, cost_max)
    assert war == pytest.approx(np.clip((demand - p) / cost_max, 0.0, 1.0))
    assert worth(demand) >= worth(np.linspace(0.0, 1.0, 501)).max() - 1e-12


def test_a_known_opponent_leaves_no_risk():
    assert [float(value) for value in theory.take_it_or_leave_it(0.5, 0.05, 0.0)] == [0.5, 0.0]


def test_the_screening_threshold_of_the_catalogue():
    assert theory.screening_threshold(0.05, 0.3, 0.1) == pytest.approx(0.375)


@given(unit, st.floats(0.0, 0.2), st.floats(0.21, 0.5), st.floats(0.0, 0.3))
def test_above_the_threshold_the_risk_pays(belief, low, high, own):
    risky, safe = belief * (0.4 + high) + (1 - belief) * (0.4 - own), 0.4 + low
    if abs(risky - safe) > 1e-9:
        assert bool(belief > theory.screening_threshold(low, high, own)) == (risky > safe)


@given(unit, unit, st.integers(2, 40))
def test_a_finite_horizon_of_unequal_patience_is_solved_backwards(first, second, rounds):
    share = theory.finite_horizon_share(first, rounds, second)
    assert share == pytest.approx(1 - second * theory.finite_horizon_share(second, rounds - 1, first), abs=1e-12)


def test_who_never_tires_takes_all_or_nothing_by_who_speaks_last():
    assert theory.finite_horizon_share(1.0, np.arange(1, 5)).tolist() == [1.0, 0.0, 1.0, 0.0]
