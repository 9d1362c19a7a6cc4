import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.theory.median import condorcet_winner, majority_margin, weighted_mean, weighted_median

# capability, position in years and salience of ten governments on emission standards
EMISSIONS = np.array(
    [
        (0.08, 4, 0.8),
        (0.08, 7, 0.4),
        (0.03, 4, 0.2),
        (0.16, 4, 0.8),
        (0.16, 10, 0.6),
        (0.16, 10, 0.6),
        (0.16, 10, 0.9),
        (0.05, 7, 0.1),
        (0.05, 4, 1.0),
        (0.08, 7, 0.7),
    ]
)
CAPABILITY, POSITION, SALIENCE = EMISSIONS.T

ideals = arrays(np.float64, st.integers(1, 9), elements=st.integers(0, 20).map(lambda n: n / 20))


def test_emission_standards_of_the_european_community():
    weights = CAPABILITY * SALIENCE
    assert weighted_mean(POSITION, weights) == pytest.approx(7.3899557, abs=5e-8)
    assert weighted_median(POSITION, weights) == 7.0
    assert weighted_mean(POSITION, CAPABILITY) == pytest.approx(7.4752475, abs=5e-8)


def test_median_voter_of_black_beats_every_alternative():
    voters = np.array([0.0, 0.2, 0.5, 0.6, 0.9])
    others = np.setdiff1d(np.linspace(0.0, 1.0, 101).round(2), [0.5])
    assert (majority_margin(np.array(0.5), others, voters, np.ones(5)) > 0).all()
    assert condorcet_winner(voters, np.ones(5)) == 0.5
    assert condorcet_winner(voters, np.ones(5), np.linspace(0.0, 1.0, 101)) == pytest.approx(0.5)


@given(voters=ideals, data=st.data())
def test_no_position_beats_the_weighted_median(voters, data):
    weights = data.draw(arrays(np.float64, len(voters), elements=st.integers(1, 5).map(float)))
    median = weighted_median(voters, weights)
    assert (majority_margin(np.linspace(0.0, 1.0, 41), median, voters, weights) <= 0).all()


@given(voters=ideals, data=st.data())
def test_some_alternative_is_always_unbeaten(voters, data):
    weights = data.draw(arrays(np.float64, len(voters), elements=st.integers(1, 5).map(float)))
    choices = data.draw(arrays(np.float64, 4, elements=st.integers(0, 16).map(lambda n: n / 16)))
    winner = condorcet_winner(voters, weights, choices)
    assert winner in choices
    assert (majority_margin(choices, winner, voters, weights) <= 0).all()


@given(voters=arrays(np.float64, (7, 4), elements=st.floats(-5.0, 5.0)))
def test_equal_weights_give_the_plain_median_in_every_run(voters):
    assert weighted_median(voters, np.ones((7, 1))).tolist() == np.median(voters, axis=0).tolist()
    assert weighted_mean(voters, np.ones((7, 1))) == pytest.approx(voters.mean(axis=0), abs=1e-12)


def test_ties_go_to_the_lower_position():
    assert weighted_median(np.array([3.0, 1.0, 2.0, 4.0]), np.ones(4)) == 2.0
    assert weighted_median(np.array([1.0, 0.0]), np.array([0.5, 0.5])) == 0.0
    assert condorcet_winner(np.array([0.2, 0.8]), np.ones(2)) == 0.2


def test_tenths_that_do_not_add_up_in_floating_point_still_tie():
    weights = np.array([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
    assert weighted_median(np.arange(10.0), weights) == 4.0


def test_a_member_without_weight_is_no_median():
    assert weighted_median(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 0.0])) == 1.0


def test_runs_are_independent():
    voters = np.array([[0.1, 0.9], [0.2, 0.8], [0.3, 0.7]])
    assert condorcet_winner(voters, np.ones((3, 2))).tolist() == [0.2, 0.8]
