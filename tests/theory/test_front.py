import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.front import advance, drift, ended, momentum

strength = st.floats(1e-6, 1e9)


@given(a=strength, b=strength)
def test_drift_is_the_hyperbolic_tangent_of_the_log_ratio(a, b):
    value = drift(np.array([[a], [b]]), 0.01)[0]
    assert value == pytest.approx(0.01 * np.tanh(np.log(b / a)), abs=1e-14)


@given(a=strength, b=strength)
def test_exchanging_the_sides_turns_the_drift_exactly(a, b):
    assert drift(np.array([[a], [b]]), 0.01)[0] == -drift(np.array([[b], [a]]), 0.01)[0]


def test_drift_of_two_to_one_is_three_fifths_of_the_mobility():
    assert drift(np.array([[1.0], [2.0]]), 1.0)[0] == pytest.approx(0.6, abs=1e-15)


def test_drift_without_forces():
    forces = np.array([[0.0, 0.0, 3.0], [0.0, 3.0, 0.0]])
    assert drift(forces, 0.02).tolist() == [0.0, 0.02, -0.02]


def test_drift_of_very_large_and_very_small_forces_is_finite():
    forces = np.array([[1e200, 1e-200], [2e200, 2e-200]])
    assert drift(forces, 1.0) == pytest.approx([0.6, 0.6])


@pytest.mark.parametrize("persistence", [0.0, 0.64, 0.95])
def test_momentum_keeps_unit_variance_and_its_autocorrelation(persistence):
    rng = np.random.default_rng(7)
    previous, innovation = rng.standard_normal((2, 200_000))
    following = momentum(previous, innovation, persistence)
    assert following.var() == pytest.approx(1.0, abs=0.02)
    assert np.corrcoef(previous, following)[0, 1] == pytest.approx(persistence, abs=0.01)


def test_momentum_that_never_forgets():
    assert momentum(np.array([0.3]), np.array([5.0]), 1.0).tolist() == [0.3]


@given(front=st.floats(0.0, 1.0), move=st.floats(-2.0, 2.0), spread=st.floats(0.0, 1.0), luck=st.floats(-6, 6))
def test_front_stays_within_the_territory(front, move, spread, luck):
    assert 0.0 <= advance(np.array([front]), move, spread, np.array([luck]))[0] <= 1.0


def test_a_front_without_drift_and_noise_stands_still():
    assert advance(np.array([0.857]), 0.0, 0.0, np.array([2.0])).tolist() == [0.857]


@given(front=st.floats(0.0, 1.0), move=st.floats(-0.2, 0.2), luck=st.floats(-3, 3))
def test_the_mirrored_front_moves_the_other_way(front, move, luck):
    here = advance(np.array([front]), move, 0.01, np.array([luck]))[0]
    there = advance(np.array([1.0 - front]), -move, 0.01, np.array([-luck]))[0]
    assert here == pytest.approx(1.0 - there, abs=1e-12)


def test_victories_are_told_apart():
    codes = ended(np.array([0.0, 1e-12, 0.5, 1.0 - 1e-12, 1.0]))
    assert codes.tolist() == [1, 0, 0, 0, 2]
    assert codes.dtype == np.int8


def test_ruin_of_a_driftless_front_is_its_starting_point():
    rng = np.random.default_rng(3)
    front = np.full(4000, 0.3)
    for _ in range(600):
        alive = ended(front) == 0
        front = np.where(alive, advance(front, 0.0, 0.05, rng.standard_normal(4000)), front)
    assert (ended(front) != 0).mean() > 0.95
    assert (ended(front) == 2).mean() == pytest.approx(0.3, abs=0.04)
