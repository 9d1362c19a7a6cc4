import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.beliefs import gap_ratio, learn

means = st.floats(-0.01, 0.01)
deviations = st.floats(1e-5, 0.02)


def test_the_gap_closes_as_in_the_catalogue():
    left = gap_ratio(np.array([1, 4, 13, 26, 52, 104]), 4e-4, 9e-4)
    assert left == pytest.approx([0.692308, 0.36, 0.147541, 0.079646, 0.041475, 0.021176], abs=5e-7)


@given(st.lists(means, min_size=1, max_size=60), deviations, deviations)
def test_weeks_of_common_evidence_close_a_gap_by_its_ratio(moves, prior, noise):
    mean, variance = np.array([-0.003, 0.003]), np.full(2, prior**2)
    for move in moves:
        mean, variance = learn(mean, variance, move, noise, 0.0)
    assert (mean[1] - mean[0]) / 0.006 == pytest.approx(gap_ratio(len(moves), prior**2, noise**2), rel=1e-6)
    assert variance == pytest.approx(np.full(2, prior**2 * gap_ratio(len(moves), prior**2, noise**2)))


@given(means, deviations, means, deviations, deviations)
def test_a_belief_moves_towards_the_evidence_and_not_beyond(mean, deviation, seen, noise, process):
    new, variance = learn(mean, deviation**2, seen, noise, process)
    assert min(mean, seen) - 1e-15 <= new <= max(mean, seen) + 1e-15
    assert 0.0 <= variance <= min(deviation**2 + process**2, noise**2) * (1 + 1e-9)


def test_certainty_does_not_move_and_a_clear_view_is_believed():
    assert [float(value) for value in learn(0.001, 0.0, 0.5, 0.0, 0.0)] == [0.001, 0.0]
    assert [float(value) for value in learn(0.0, 1.0, 0.5, 0.0, 0.0)] == [0.5, 0.0]


def test_a_changing_war_is_never_wholly_known():
    variance = 1.0
    for _ in range(2000):
        _, variance = learn(0.0, variance, 0.0, 0.004, 0.00015)
    steady = 0.5 * (np.sqrt(0.00015**4 + 4 * 0.00015**2 * 0.004**2) - 0.00015**2)
    assert variance == pytest.approx(steady, rel=1e-9)
