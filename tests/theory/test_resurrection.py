import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.resurrection import reckoned_cost

share = st.floats(0.0, 1.0)


@given(share, share, share, share)
def test_a_leader_reckons_no_more_than_the_cost_and_all_of_it_above_the_threshold(cost, tolerance, threshold, gamble):
    found = float(reckoned_cost(cost, tolerance, threshold, gamble))
    assert 0.0 <= found <= cost
    if tolerance >= threshold or gamble == 0.0:
        assert found == cost


def test_losing_small_is_losing_office():
    """Goemans: the semi-repressive leader fights on at the cost at which the others make terms."""
    cost = np.full((3, 1), 0.004)
    gamble, tolerance = np.array([[0.0], [0.75], [0.75]]), np.array([[0.2], [0.2], [0.5]])
    assert reckoned_cost(cost, tolerance, 0.3, gamble).ravel() == pytest.approx([0.004, 0.001, 0.004])


def test_a_leader_with_nothing_to_lose_counts_no_cost():
    assert float(reckoned_cost(0.01, 0.0, 0.3, 1.0)) == 0.0
