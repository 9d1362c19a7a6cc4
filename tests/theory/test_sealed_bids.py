import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory import sealed_bids as theory

unit = st.floats(0.0, 1.0)


@given(unit, unit)
def test_trade_is_where_the_bids_cross(buyer, seller):
    bids = theory.chatterjee_samuelson_bids(buyer, seller)
    if abs(buyer - seller - 0.25) > 1e-12:
        assert bool(theory.chatterjee_samuelson_trade(buyer, seller)) == bool(bids[0] >= bids[1])


def test_trade_on_a_fine_grid_has_the_stated_chance_and_gains():
    middle = (np.arange(1000) + 0.5) / 1000
    buyer, seller = middle[:, None], middle[None]
    trade = theory.chatterjee_samuelson_trade(buyer, seller)
    assert trade.mean() == pytest.approx(theory.chatterjee_samuelson_probability(), abs=1e-3)
    assert (trade * (buyer - seller)).mean() == pytest.approx(theory.chatterjee_samuelson_gains(), abs=1e-3)
    assert np.maximum(buyer - seller, 0.0).mean() == pytest.approx(theory.efficient_trade_gains(), abs=1e-3)


@given(unit, unit)
def test_the_buyers_bid_is_a_best_response(value, other):
    seller_value = (np.arange(2000) + 0.5) / 2000
    asked = theory.chatterjee_samuelson_bids(0.0, seller_value)[1]

    def worth(bid):
        return np.where(bid >= asked, value - 0.5 * (bid + asked), 0.0).mean()

    bid = float(theory.chatterjee_samuelson_bids(value, 0.0)[0])
    assert worth(bid) >= worth(other) - 2e-3


def test_the_mediated_chance_and_gains_are_those_of_the_catalogue():
    middle = (np.arange(1000) + 0.5) / 1000
    buyer, seller = middle[:, None], middle[None]
    bids = theory.chatterjee_samuelson_bids(buyer, seller)
    deal, _ = theory.split_the_difference(*bids)
    gains = theory.mediated_gains(buyer, seller, *bids)
    assert deal.mean() == pytest.approx(9 / 32, abs=1e-3)
    assert gains.mean(axis=(1, 2)) == pytest.approx([9 / 128, 9 / 128], abs=1e-3)


@given(unit, unit)
def test_nobody_loses_by_the_equilibrium_bids(buyer, seller):
    bids = theory.chatterjee_samuelson_bids(buyer, seller)
    assert theory.mediated_gains(buyer, seller, *bids).min() >= -1e-15


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_the_price_lies_between_the_bids_and_favours_nobody(one, other):
    deal, price = theory.split_the_difference(one, other)
    assert deal == (one >= other)
    assert price - other == pytest.approx(one - price, abs=1e-12)


def test_equal_bids_make_a_deal():
    deal, price = theory.split_the_difference(np.array([0.5, 0.5]), np.array([0.5, 0.5000001]))
    assert deal.tolist() == [True, False]
    assert theory.mediated_gains(0.9, 0.1, np.array([0.5, 0.5]), np.array([0.5, 0.5000001])).tolist() == [
        [0.4, 0.0],
        [0.4, 0.0],
    ]
    assert price[0] == 0.5
