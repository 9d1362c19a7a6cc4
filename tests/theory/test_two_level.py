import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.bargaining import nash_with_war
from sim.theory.bargaining_range import fearon_range
from sim.theory.two_level import blind_two_level_chance, two_level_share

unit = st.floats(0.0, 1.0)


@given(unit, unit, unit, unit, unit, unit)
def test_a_smaller_win_set_never_costs_share_and_never_makes_a_deal(low, high, home, tighter, other, power):
    """The Schelling conjecture when all know the win-sets."""
    loose, possible = two_level_share(low, high, home, other, power)
    tight, still = two_level_share(low, high, home + tighter, other, power)
    assert possible or not still
    assert not still or tight >= loose


@given(unit, unit, unit, unit, unit)
def test_a_deal_lies_in_both_win_sets_and_in_the_range(low, high, home_a, home_b, power):
    share, deal = two_level_share(low, high, home_a, home_b, power)
    assert bool(deal) == (max(low, home_a) <= min(high, home_b))
    if deal:
        assert max(low, home_a) <= share <= min(high, home_b)


def test_without_homes_the_governments_meet_in_the_middle_of_fearons_range():
    low, high = fearon_range(0.6, 0.1, 0.2)
    share, deal = two_level_share(low, high, -np.inf, np.inf)
    assert deal
    assert share == pytest.approx(float(nash_with_war(0.6, 0.1, 0.2)))


def test_homes_that_leave_one_point_leave_a_deal():
    share, deal = two_level_share(0.25, 0.75, 0.5, 0.5)
    assert (float(share), bool(deal)) == (0.5, True)


@given(unit, unit, unit, st.floats(0.01, 0.5), st.floats(0.0, 0.5))
def test_a_home_thought_to_need_more_makes_a_deal_less_likely(share, home_a, home_b, spread, more):
    before = blind_two_level_chance(share, home_a, home_b, spread)
    assert blind_two_level_chance(share, home_a + more, home_b, spread) <= before
    assert 0.0 <= before <= 1.0


def test_chance_of_a_far_text_is_none():
    assert blind_two_level_chance(0.0, 1.0, 1.0, 0.01) == 0.0
