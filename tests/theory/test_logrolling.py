import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.logrolling import package_gains, separate_gains
from sim.theory.outcomes import additive_utilities, nash_outcome

weights = st.lists(st.tuples(st.floats(0.05, 1.0), st.floats(0.05, 1.0)), min_size=1, max_size=5)


@given(weights, st.floats(0.1, 0.9))
def test_a_package_is_worth_no_smaller_product_than_its_parts(pairs, power):
    salience = np.array(pairs).T
    whole, parts = package_gains(salience, power=power), separate_gains(salience, power)
    worth = power * np.log(whole[0]) + (1 - power) * np.log(whole[1])
    assert worth >= power * np.log(parts[0]) + (1 - power) * np.log(parts[1]) - 1e-9


def test_each_side_gets_its_important_issue():
    salience = np.array([[0.8, 0.2], [0.2, 0.8]])
    assert package_gains(salience).ravel() == pytest.approx([0.8, 0.8])
    assert separate_gains(salience).ravel() == pytest.approx([0.5, 0.5])


def test_the_package_is_the_nash_outcome_of_a_fine_grid():
    salience = np.array([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
    share = np.arange(41) / 40
    grid = additive_utilities(salience, [np.stack([1 - share, share])] * 3)
    best = nash_outcome(grid, np.zeros((2, 1))).utilities
    assert package_gains(salience) == pytest.approx(best, abs=0.01)


def test_nothing_is_traded_on_one_issue_or_between_equal_tastes():
    for salience in (np.array([[0.7], [0.4]]), np.array([[0.6, 0.4], [0.6, 0.4]])):
        assert package_gains(salience) == pytest.approx(separate_gains(salience))


def test_without_a_package_good_enough_both_keep_what_they_have():
    salience = np.array([[0.8, 0.2], [0.2, 0.8]])
    assert package_gains(salience, 0.95).ravel().tolist() == [0.95, 0.95]
