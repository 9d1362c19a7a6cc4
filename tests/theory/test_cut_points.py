import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from sim.theory.cut_points import classified, cuts_of_a_tally
from sim.theory.voting import ABSENT, ABSTAIN, NO, YES

ballots = st.lists(st.tuples(st.integers(-3, 3), st.sampled_from([YES, NO, ABSTAIN, ABSENT])), min_size=1, max_size=9)


def by_hand(points, votes):
    """Every pair of cuts and both ways, tried one by one."""
    best = 0
    cuts = np.arange(-3.5, 4.0)
    for first in cuts:
        for second in cuts[cuts >= first]:
            for low, high in ((YES, NO), (NO, YES)):
                told = np.where(points < first, low, np.where(points > second, high, ABSTAIN))
                best = max(best, int(np.count_nonzero(told == votes)))
    return best


@given(cast=ballots)
def test_the_best_cuts_are_those_that_trying_all_would_find(cast):
    points = np.array([float(point) for point, _ in cast])
    votes = np.array([vote for _, vote in cast], dtype=np.int8)
    right, modal, whole = classified(points, votes)
    assert right == by_hand(points, votes)
    assert modal <= right <= whole == np.count_nonzero(votes != ABSENT)


def test_states_at_one_point_cannot_be_told_apart():
    votes = np.array([YES, NO, YES], dtype=np.int8)
    assert classified(np.zeros(3), votes) == (2, 2, 3)


def test_without_abstentions_one_cut_is_left_and_states_without_a_point_do_not_count():
    votes = np.array([NO, ABSTAIN, YES, YES], dtype=np.int8)
    points = np.array([0.0, 9.0, 1.0, np.nan])
    assert classified(points, votes, abstention=False) == (2, 1, 2)
    assert classified(np.array([np.nan]), np.array([YES], dtype=np.int8)) == (0, 0, 0)


@given(slope=st.floats(0.5, 2.5), yes=st.floats(0.05, 0.6), no=st.floats(0.02, 0.3))
def test_cuts_give_the_shares_of_the_tally(slope, yes, no):
    points = np.linspace(-2.0, 2.0, 41)
    first, second = cuts_of_a_tally(points, slope, yes, no)
    assert ndtr(slope * points + first).mean() == pytest.approx(yes, abs=1e-9)
    assert ndtr(-slope * points - second).mean() == pytest.approx(no, abs=1e-9)
    assert second >= first
