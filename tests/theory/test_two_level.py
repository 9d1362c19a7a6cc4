import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.bargaining import nash_with_war
from sim.theory.bargaining_range import fearon_range
from sim.theory.two_level import blind_two_level_chance, two_level_share, two_level_under_doubt

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


@given(unit, st.floats(0.05, 1.0), unit, unit, st.floats(0.05, 0.95), st.floats(0.02, 0.3), st.floats(0.0, 0.5))
def test_under_doubt_a_harder_home_wins_share_and_loses_agreements(low, room, home, other, power, spread, harder):
    """Both directions of the Schelling conjecture, where the win-sets are known roughly."""
    share, chance = two_level_under_doubt(low, low + room, home, other, spread=spread, power=power)
    firm, rarer = two_level_under_doubt(low, low + room, home + harder, other, spread=spread, power=power)
    assert low <= share <= firm + 1e-12 <= low + room + 1e-9
    assert rarer <= chance + 1e-9


@given(unit, unit, unit, unit, st.floats(0.1, 0.9))
def test_doubt_that_vanishes_leaves_the_share_of_known_homes(low, high, home_a, home_b, power):
    share, deal = two_level_share(low, high, home_a, home_b, power)
    if deal and min(high, home_b) - max(low, home_a) > 1e-3:
        nearly, chance = two_level_under_doubt(low, high, home_a, home_b, spread=1e-5, power=power)
        assert nearly == pytest.approx(float(share), abs=2e-4)
        assert chance > 0.99


def test_no_share_nearby_has_a_larger_product_of_expected_gains():
    least, most, home, power, spread = 0.1, 0.9, 0.6, 0.3, 0.05
    share = float(two_level_under_doubt(least, most, home, 0.8, spread=spread, power=power)[0])

    def product(at):
        return blind_two_level_chance(at, home, 0.8, spread) * (at - least) ** power * (most - at) ** (1 - power)

    assert product(share) >= max(product(share - 1e-4), product(share + 1e-4))


def test_governments_with_nothing_to_divide_have_no_share_and_no_chance():
    share, chance = two_level_under_doubt(0.8, 0.2, 0.0, 1.0, spread=0.1)
    assert np.isnan(share)
    assert chance == 0.0
