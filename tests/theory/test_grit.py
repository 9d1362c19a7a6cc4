import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.grit import step_lesson, step_probability
from sim.theory.ladder import believe

costs = st.floats(0.0, 0.05)
prices = st.floats(0.002, 0.1)
inner = st.floats(0.001, 0.999)


@given(inner, costs, prices, prices, st.floats(0.0, 1.0))
def test_beliefs_are_right_on_average(trust, cost, good_price, bad_price, occasion):
    lesson = step_lesson(cost, good_price, bad_price, occasion)
    chances = [occasion * step_probability(cost, price) for price in (good_price, bad_price)]
    step = trust * chances[0] + (1.0 - trust) * chances[1]
    after = step * believe(trust, lesson.taken) + (1.0 - step) * believe(trust, lesson.absent)
    assert after == pytest.approx(trust, abs=2e-6)


@given(prices, prices, st.tuples(costs, costs))
def test_a_dearer_step_teaches_more_if_the_trustworthy_pay_more(one, other, pair):
    bad, good = sorted((one, other))
    cheap, dear = (float(step_lesson(cost, good, bad, 0.1).taken) for cost in sorted(pair))
    assert 1.0 <= cheap <= dear * (1.0 + 1e-12)


@given(prices, prices, st.floats(0.0, 1.0))
def test_a_step_that_costs_nothing_teaches_nothing(good, bad, occasion):
    lesson = step_lesson(0.0, good, bad, occasion)
    assert (float(lesson.taken), float(lesson.absent)) == (1.0, 1.0)


def test_the_odds_rise_by_the_exponential_of_the_cost_over_the_prices():
    lesson = step_lesson(0.01, 0.02, 0.005, 0.1)
    assert lesson.taken == pytest.approx(np.exp(0.01 * (200 - 50)))
    assert lesson.absent == pytest.approx((1 - 0.1 * np.exp(-0.5)) / (1 - 0.1 * np.exp(-2.0)))


@given(costs, prices, prices, st.floats(0.0, 1.0))
def test_silence_that_nobody_reads_says_nothing_and_steps_say_the_same(cost, good, bad, occasion):
    deaf, keen = (step_lesson(cost, good, bad, occasion, silence) for silence in (0.0, 1.0))
    assert float(deaf.absent) == 1.0
    assert float(deaf.taken) == float(keen.taken)


def test_who_would_pay_nothing_takes_free_steps_only():
    assert step_probability(np.array([0.0, 1e-9]), 0.0).tolist() == [1.0, 0.0]
    lesson = step_lesson(0.01, 0.02, 0.0, 1.0)
    assert lesson.taken > 1e9
    assert np.isfinite(lesson).all()
