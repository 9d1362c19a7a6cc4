import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.bargaining_range import dynamic_range, fearon_range, settlement_week, surplus_share, width
from sim.theory.beliefs import gap_ratio
from sim.theory.war_value import war_value

small = st.floats(-0.01, 0.01)
costs = st.floats(0.0, 0.01)


def sides(one, other):
    return np.array([[one], [other]])


def test_the_static_range_of_the_catalogue():
    assert fearon_range(0.6, 0.1, 0.2) == pytest.approx((0.5, 0.8))


@given(st.floats(0.0, 1.0), small, costs, costs, st.floats(1.0, 300.0))
def test_common_beliefs_leave_exactly_the_costs_of_war(front, drift, cost_a, cost_b, weeks):
    low, high = dynamic_range(np.array([front]), sides(drift, drift), sides(cost_a, cost_b), sides(weeks, weeks))
    assert width(low, high)[0] == pytest.approx((cost_a + cost_b) * weeks, abs=1e-12)


@given(st.floats(0.0, 1.0), small, small, costs, costs, costs)
def test_a_dearer_war_never_narrows_the_range(front, drift_a, drift_b, cost_a, cost_b, more):
    front, drift, weeks = np.array([front]), sides(drift_a, drift_b), sides(50.0, 80.0)
    before = width(*dynamic_range(front, drift, sides(cost_a, cost_b), weeks))
    for cost in (sides(cost_a + more, cost_b), sides(cost_a, cost_b + more)):
        assert width(*dynamic_range(front, drift, cost, weeks)) >= before - 1e-12


def test_the_ends_are_where_peace_and_war_are_worth_the_same():
    front, drift, cost, weeks = np.array([0.4]), sides(-0.001, 0.002), sides(0.0015, 0.001), sides(50.0, 90.0)
    low, high = dynamic_range(front, drift, cost, weeks)
    value_a = war_value(1.0 - front, -1.0, drift[0], cost[0], weeks[0])
    value_b = war_value(front, 1.0, drift[1], cost[1], weeks[1])
    assert 1.0 - high == pytest.approx(value_a)
    assert low == pytest.approx(value_b)


def test_optimism_empties_the_range():
    low, high = dynamic_range(np.array([0.5]), sides(-0.005, 0.005), sides(0.001, 0.001), sides(50.0, 50.0))
    assert width(low, high)[0] == pytest.approx(-0.4)


def test_the_settlement_week_of_the_catalogue():
    assert settlement_week(0.006, 2 * 0.0015, 1e-6, 4e-4) == pytest.approx(400.0, rel=1e-12)


@given(st.floats(0.001, 0.02), st.floats(0.0005, 0.02), st.floats(1e-7, 1e-5), st.floats(1e-5, 1e-3))
def test_at_the_settlement_week_the_gap_is_what_war_costs(gap, cost, prior, noise):
    week = settlement_week(gap, cost, prior, noise)
    assert gap * gap_ratio(week, prior, noise) == pytest.approx(min(gap, cost), rel=1e-9)


def test_those_who_learn_nothing_never_settle_unless_they_could_at_once():
    assert settlement_week(0.006, np.array([0.003, 0.006, 0.0]), 0.0, 4e-4).tolist() == [np.inf, 0.0, np.inf]
    assert settlement_week(0.006, 0.0, 1e-6, 4e-4) == np.inf


@given(st.floats(0.0, 5.0), st.floats(1e-6, 5.0))
def test_the_shares_of_a_surplus_add_up_to_one(gain, other):
    one, rest = float(surplus_share(gain, other)), float(surplus_share(other, gain))
    assert one + rest == pytest.approx(1.0)
    assert 0.0 <= one <= 1.0


def test_the_nash_solution_of_a_pie_gives_half_of_the_surplus():
    demand = 0.6 + 0.5 * (1.0 - 0.6 - 0.1)
    assert surplus_share(demand - 0.6, 1.0 - demand - 0.1) == pytest.approx(0.5)


def test_without_a_surplus_nobody_has_a_share():
    gains = surplus_share(np.array([0.0, -0.1, 0.2]), np.array([0.0, 0.3, -0.1]))
    assert np.isnan(gains).all()
