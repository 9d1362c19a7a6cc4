import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sim.theory.arrays import logistic, ordered_sum, safe_power

finite = st.floats(-1e6, 1e6)


@given(npst.arrays(np.float64, st.tuples(st.integers(1, 40), st.integers(1, 5)), elements=finite))
def test_a_sum_adds_in_the_order_of_the_leading_axis(values):
    for run in range(values.shape[1]):
        total = 0.0
        for term in values[:, run]:
            total += float(term)
        assert ordered_sum(values)[run] == total


def test_the_sum_of_nothing_is_zero_and_the_input_is_left_alone():
    assert ordered_sum(np.empty((0, 3))).tolist() == [0.0, 0.0, 0.0]
    values = np.ones((3, 2))
    ordered_sum(values)
    assert (values == 1.0).all()


@given(st.floats(-700.0, 700.0))
def test_the_logistic_is_odd_about_one_half(value):
    assert logistic(value) + logistic(-value) == pytest.approx(1.0, abs=1e-15)


def test_the_logistic_at_one_and_at_both_ends():
    assert logistic(1.0) == pytest.approx(0.7310585786300049, abs=1e-15)
    assert logistic(np.array([-1e308, -np.inf, 1e308, np.inf])).tolist() == [0.0, 0.0, 1.0, 1.0]


@given(st.floats(0.0, 10.0), st.floats(0.0, 10.0))
def test_powers_agree_with_the_usual_ones(base, exponent):
    assert safe_power(base, exponent) == pytest.approx(base**exponent, rel=1e-12, abs=1e-300)


def test_zero_to_the_zero_is_one():
    assert safe_power(np.zeros(2), np.array([0.0, 2.0])).tolist() == [1.0, 0.0]
