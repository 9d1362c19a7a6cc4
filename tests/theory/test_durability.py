import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.durability import duration_dependence, excess_bad_faith, gain_from_war, holds, quantal_break

gains = st.floats(-1.0, 1.0)


@given(st.floats(0.2, 3.0), st.integers(1, 200))
def test_the_weeks_add_up_to_the_power_of_the_age(shape, weeks):
    total = duration_dependence(np.arange(weeks), shape).sum()
    assert total == pytest.approx(weeks**shape, rel=1e-9)


def test_survival_of_the_catalogue():
    """No. 45: shape .7 and scale 10 weeks, S(26) = .141989."""
    factors = duration_dependence(np.arange(26), 0.7)
    assert np.exp(-(factors * 10**-0.7).sum()) == pytest.approx(0.141989, abs=1e-6)


def test_without_dependence_the_factor_is_one_to_the_last_bit():
    assert (duration_dependence(np.arange(300), 1.0) == 1.0).all()
    assert (np.diff(duration_dependence(np.arange(300), 0.5)) < 0.0).all()


@given(gains)
def test_certain_answers_are_the_limit_of_uncertain_ones(gain):
    if abs(gain) > 1e-6:
        assert float(quantal_break(gain, 1e9)) == (0.0 if holds(gain) else 1.0)


@given(gains, gains, st.floats(0.0, 1.0))
def test_a_cost_of_going_back_only_ever_holds_an_agreement(war, peace, cost):
    assert bool(holds(gain_from_war(war, peace, cost))) >= bool(holds(gain_from_war(war, peace)))


def test_without_precision_half_leave():
    assert float(quantal_break(0.7, 0.0)) == 0.5


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_bad_faith_is_no_more_than_was_to_be_expected_on_average(one, other):
    expected = np.array([[one], [other]])
    total = 0.0
    for types in np.ndindex(2, 2):
        trustworthy = np.array(types, dtype=bool)[:, None]
        total += float(
            excess_bad_faith(trustworthy, expected)[0] * np.prod(np.where(trustworthy, expected, 1 - expected))
        )
    assert total == pytest.approx(0.0, abs=1e-12)


def test_two_of_bad_faith_where_one_was_expected_are_one_too_many():
    assert excess_bad_faith(np.zeros((2, 1), dtype=bool), np.full((2, 1), 0.5)).tolist() == [1.0]


def test_certain_types_are_no_surprise():
    assert excess_bad_faith(np.array([[True], [False]]), np.array([[1.0], [0.0]])).tolist() == [0.0]
