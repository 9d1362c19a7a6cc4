import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.zeuthen import concede, risk_limit

exponents = st.floats(0.3, 1.0)
needs = st.floats(0.0, 0.4)


def shares(rows):
    return np.linspace(0.0, 1.0, rows)[:, None]


def turns(runs=1, side=0):
    return np.full(runs, side)


@given(exponents, exponents, needs, needs, st.integers(3, 60), st.integers(0, 1))
def test_the_process_ends_on_the_largest_product(power_a, power_b, need_a, need_b, rows, side):
    part = need_b + (1.0 - need_a - need_b) * shares(rows)
    gain_a = np.maximum((1.0 - part) ** power_a - need_a**power_a, 0.0)
    gain_b = np.maximum(part**power_b - need_b**power_b, 0.0)
    product = (gain_a * gain_b)[:, 0]
    found = concede(gain_a, gain_b, turns(side=side))
    assert product[found.outcome[0]] >= product.max() * (1.0 - 1e-9)
    assert found.given_a + found.given_b == rows - 1
    assert found.given_a == found.outcome


@given(exponents, exponents, st.integers(3, 40))
def test_the_mirrored_sides_meet_on_the_mirrored_row(power_a, power_b, rows):
    gain_a, gain_b = (1.0 - shares(rows)) ** power_a, shares(rows) ** power_b
    here = concede(gain_a, gain_b, turns()).outcome
    there = concede(gain_b[::-1], gain_a[::-1], turns(side=1)).outcome
    assert there == rows - 1 - here


@pytest.mark.parametrize("rows", [201, 2001])
def test_on_a_smooth_frontier_the_sides_meet_at_the_nash_point(rows):
    """u_b = 1 - u_a squared: the product is largest at u_a = 1 over the root of 3."""
    utility_a = 1.0 - shares(rows)
    found = concede(utility_a, 1.0 - utility_a**2, turns())
    assert utility_a[found.outcome[0], 0] == pytest.approx(1 / np.sqrt(3), abs=1 / (rows - 1))


def test_the_side_with_more_to_lose_gives_way():
    """A round by hand: 1 against .4 is a risk of .6, .5 against .1 one of .8."""
    assert risk_limit(np.array([1.0, 0.5]), np.array([0.4, 0.1])) == pytest.approx([0.6, 0.8])
    gain_a, gain_b = np.array([[1.0], [0.8], [0.4]]), np.array([[0.1], [0.2], [0.5]])
    found = concede(gain_a, gain_b, turns())
    assert (found.outcome[0], found.given_a[0], found.rounds[0]) == (2, 2, 2)


def test_who_has_nothing_to_lose_runs_any_risk_and_one_offer_is_agreed():
    assert risk_limit(np.array([0.0, 1.0]), np.array([0.0, 2.0])).tolist() == [1.0, 0.0]
    one = concede(np.array([[0.3]]), np.array([[0.2]]), turns())
    assert (one.outcome[0], one.rounds[0]) == (0, 0)


def test_of_two_equal_offers_the_side_whose_turn_it_is_gives_way():
    gains = np.array([[2.0, 2.0], [1.0, 1.0]])
    assert concede(gains, gains[::-1], np.array([0, 1])).outcome.tolist() == [1, 0]
