import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from sim.theory.arrays import logistic
from sim.theory.bargaining import screening_threshold, take_it_or_leave_it
from sim.theory.frontier_walk import value_at
from sim.theory.ultimatum import logit_ultimatum, screening_demand, ultimatum_along

unit = st.floats(0.0, 1.0)


@given(st.floats(-1.0, 2.0), st.floats(0.5, 60.0), st.floats(0.0, 0.3))
def test_no_other_ultimatum_gains_more(surplus, precision, extra):
    part, chance = logit_ultimatum(surplus, precision, extra)

    def gain(x):
        return (x + extra) * float(logistic(precision * (surplus - x)))

    best = minimize_scalar(lambda x: -gain(x), bounds=(-3.0, 6.0), method="bounded", options={"xatol": 1e-10})
    assert gain(float(part)) >= -best.fun - 1e-9
    assert chance == pytest.approx(float(logistic(precision * (surplus - part))))


def test_an_answer_of_great_precision_is_asked_for_everything():
    part, chance = logit_ultimatum(1.0, 1e6)
    assert part == pytest.approx(1.0, abs=1e-4)
    assert chance == pytest.approx(1.0, abs=1e-4)


def test_a_hopeless_ultimatum_is_finite():
    part, chance = logit_ultimatum(-50.0, 45.0)
    assert part == pytest.approx(1 / 45)
    assert 0.0 <= chance < 1e-300


def test_two_types_of_the_catalogue_change_the_demand_at_the_threshold():
    threshold = float(screening_threshold(0.05, 0.3, 0.1))
    weak = np.array([threshold - 1e-9, threshold + 1e-9])
    demand, war, _ = screening_demand(0.5, 0.1, np.array([[0.05], [0.3]]), np.stack([1 - weak, weak]))
    assert threshold == pytest.approx(0.375)
    assert demand == pytest.approx([0.55, 0.8])
    assert war == pytest.approx([0.0, 1 - threshold], abs=1e-8)


def test_many_types_approach_the_uniform_cost():
    count = 20_000
    costs = (np.arange(count)[:, None] + 0.5) / count * 0.25
    demand, war, _ = screening_demand(0.5, 0.05, costs[::40], np.full((count // 40, 1), 40 / count))
    sought, risk = take_it_or_leave_it(0.5, 0.05, 0.25)
    assert demand == pytest.approx(float(sought), abs=2e-3)
    assert war == pytest.approx(float(risk), abs=5e-3)


@given(unit, unit, st.lists(st.tuples(unit, st.floats(0.01, 1.0)), min_size=1, max_size=5))
def test_screening_is_never_worse_than_playing_safe_or_fighting(p, cost, types):
    costs, beliefs = (np.array(column)[:, None] for column in zip(*types, strict=True))
    demand, war, payoff = screening_demand(p, cost, costs, beliefs / beliefs.sum())
    assert payoff >= min(p + costs.min(), 1.0) - 1e-12
    assert payoff >= p - cost - 1e-12
    assert p <= demand <= 1.0
    assert -1e-12 <= war < 1.0


def test_ties_go_to_the_smaller_demand():
    demand, war, _ = screening_demand(0.5, 0.0, np.array([[0.25], [0.0]]), np.array([[1.0], [0.0]]))
    assert demand.tolist() == [0.75]
    demand, war, _ = screening_demand(0.5, 0.25, np.array([[0.5], [0.125]]), np.array([[0.5], [0.5]]))
    assert (demand.tolist(), war.tolist()) == ([0.625], [0.0])


@given(st.integers(0, 2**32 - 1))
def test_no_other_place_of_a_frontier_gains_more(seed):
    rng = np.random.default_rng(seed)
    own = 0.6 - np.cumsum(rng.exponential(0.2, (5, 16)) * (rng.random((5, 16)) < 0.8), axis=0)
    other = -0.4 + np.cumsum(rng.exponential(0.2, (5, 16)) * (rng.random((5, 16)) < 0.8), axis=0)
    precision = np.exp(rng.normal(3.0, 1.0, 16))

    def worth(place):
        return np.maximum(value_at(own, place), 0.0) * logistic(precision * value_at(other, place))

    places = np.linspace(0.0, 4.0, 401)[:, None] + np.zeros(16)
    best = ultimatum_along(own, other, precision)
    assert (worth(best) >= worth(places).max(axis=0) - 1e-12).all()


def test_who_gains_nowhere_stays_at_its_own_end():
    assert ultimatum_along(np.array([[-0.1], [-0.5]]), np.array([[0.0], [0.4]]), 10.0).tolist() == [0.0]
