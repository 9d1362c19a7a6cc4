"""What parties know of outcomes: the same whether outcomes are shared by all runs or every run has its own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sim.theory.rankings import own_rankings, shared_rankings
from sim.theory.stacked_offers import negotiate, negotiate_among
from tests.theory.domains import THREE_SIDES
from tests.theory.test_stacked_offers import slow, talks

coarse = st.integers(0, 6).map(lambda value: value / 6)


@settings(max_examples=100)
@given(npst.arrays(np.float64, st.tuples(st.integers(2, 3), st.integers(1, 20)), elements=coarse), coarse, st.data())
def test_a_ranking_of_its_own_says_what_a_shared_one_says(utilities, shift, data):
    runs = data.draw(st.integers(1, 3))
    shared, own = shared_rankings(utilities), own_rankings(np.repeat(utilities[:, :, None], runs, axis=2))
    wanted = np.linspace(-0.1, 1.1, 7)[:, None] + shift / 7 + np.zeros(runs)
    every = np.arange(runs)
    for one, other in zip(shared, own, strict=True):
        assert (other.lowest == one.lowest).all()
        assert (other.highest == one.highest).all()
        ranks = other.rank(wanted, every)
        assert np.array_equal(one.rank(wanted, every), ranks)
        within = np.minimum(ranks, utilities.shape[1] - 1)
        assert np.array_equal(one.outcome_at(within, every), other.outcome_at(within, every))
        for mine, yours in zip(shared, own, strict=True):
            assert np.array_equal(one.worth_to(mine, within, every), other.worth_to(yours, within, every))


@settings(max_examples=100)
@given(talks(), st.integers(0, 2**16))
def test_runs_with_outcomes_of_their_own_play_by_the_rules_act_by_act(talk, seed):
    utilities, exponent, reservation, rounds = talk
    runs = exponent.shape[1]
    shuffled = np.random.default_rng(seed).permuted(np.repeat(utilities[:, :, None], runs, axis=2), axis=1)
    found = negotiate_among(own_rankings(shuffled), exponent, reservation, rounds)
    for run in range(runs):
        outcome, step = slow(shuffled[:, :, run], exponent[:, run], reservation[:, run], rounds)
        assert (found.outcome[run], found.step[run]) == (-1 if outcome is None else outcome, step)


def test_three_parties_agree_as_in_the_catalogue_in_every_column():
    own = own_rankings(np.repeat(THREE_SIDES[:, :, None], 4, axis=2))
    some = [party.of_runs(np.array([2, 0])) for party in own]
    for exponent in (4.0, 1.0):
        whole = negotiate(THREE_SIDES, np.full((3, 1), exponent), np.zeros((3, 1)))
        found = negotiate_among(some, np.full((3, 2), exponent), np.zeros((3, 2)))
        assert np.array_equal(found.outcome, np.repeat(whole.outcome, 2))
        assert found.utilities == pytest.approx(np.repeat(whole.utilities, 2, axis=1))


def test_a_party_that_nothing_satisfies_ends_only_its_own_runs():
    utilities = np.repeat(np.array([[0.0, 0.5, 1.0], [1.0, 0.5, 0.0]])[:, :, None], 2, axis=2)
    found = negotiate_among(own_rankings(utilities), np.ones((2, 2)), np.array([[0.0, 1.5], [0.0, 0.0]]))
    assert found.outcome.tolist() == [1, -1]


def test_one_outcome_is_ranked_and_agreed_upon():
    found = negotiate_among(own_rankings(np.full((3, 1, 2), 0.3)), np.full((3, 1), 4.0), np.zeros((3, 2)))
    assert found.outcome.tolist() == [0, 0]
