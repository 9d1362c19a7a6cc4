import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.ratification import ratifies, required_gain, setter_outcome, share_in_favour, win_set

unit = st.floats(0.0, 1.0)


def test_the_setter_of_the_catalogue():
    assert setter_outcome(0.0, 0.5, 0.8) == pytest.approx(0.2)
    assert win_set(0.8, 0.5) == pytest.approx((0.2, 0.8))


def test_a_reversion_between_setter_and_ratifier_stays():
    assert setter_outcome(0.0, 0.5, 0.3) == pytest.approx(0.3)


@given(unit, unit, unit)
def test_what_a_setter_proposes_is_ratified_and_no_worse_for_the_setter(setter, median, reversion):
    outcome = setter_outcome(setter, median, reversion)
    assert abs(outcome - median) <= abs(reversion - median) + 1e-12
    assert abs(outcome - setter) <= abs(reversion - setter) + 1e-12


@given(unit, unit, unit, unit)
def test_no_ratified_terms_are_better_for_the_setter(setter, median, reversion, other):
    if abs(other - median) <= abs(reversion - median):
        assert abs(setter_outcome(setter, median, reversion) - setter) <= abs(other - setter) + 1e-12


@given(unit, st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_tied_hands_pull_the_outcome_their_way(median, reach, less):
    loose = setter_outcome(0.0, median, median + reach)
    tight = setter_outcome(0.0, median, median + min(less, reach))
    assert abs(tight - median) <= abs(loose - median) + 1e-12


@given(st.floats(-1.0, 1.0), st.floats(0.01, 1.0))
def test_shares_for_and_against_add_to_one(gain, spread):
    assert share_in_favour(gain, spread) + share_in_favour(-gain, spread) == pytest.approx(1.0)


def test_a_public_of_normal_voters_and_a_single_veto_player():
    assert share_in_favour(0.1, 0.1) == pytest.approx(0.8413447460685429)
    assert share_in_favour(np.array([-0.1, 0.0, 0.1]), 0.0).tolist() == [0.0, 1.0, 1.0]


def test_the_quota_itself_is_enough():
    assert ratifies(np.array([0.59, 0.6, 0.61]), 0.6).tolist() == [False, True, True]


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.5), st.floats(1e-6, 0.5))
def test_the_required_gain_just_meets_the_quota(quota, spread, more):
    gain = required_gain(quota, spread)
    assert ratifies(share_in_favour(gain + more, spread), quota)
    assert not ratifies(share_in_favour(gain - more, spread), quota)


def test_required_gains_of_all_of_none_and_of_one_veto():
    gain = required_gain(np.array([1.0, 0.0, 1.0]), np.array([0.1, 0.1, 0.0]))
    assert ratifies(share_in_favour(gain[0], 0.1), 1.0)
    assert gain[1:].tolist() == [-np.inf, 0.0]
