import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.theory import sealed_bids as theory

unit = st.floats(0.0, 1.0)


sides = st.tuples(st.floats(-2.0, 2.0), st.floats(0.1, 2.0)).map(lambda ends: (ends[0], ends[0] + ends[1]))
MIDDLE = (np.arange(1000) + 0.5) / 1000


def drawn(ends, marks=MIDDLE):
    return ends[0] + (ends[1] - ends[0]) * marks


def traded(buyer, seller, **ranges):
    return theory.split_the_difference(*theory.chatterjee_samuelson_bids(buyer, seller, **ranges))[0]


@given(unit, unit)
def test_trade_between_equal_ranges_asks_for_a_quarter(buyer, seller):
    if abs(buyer - seller - 0.25) > 1e-12:
        assert bool(traded(buyer, seller)) == (buyer - seller > 0.25)


def test_equal_ranges_have_the_published_chance_and_gains():
    """Nine in 32, nine 64ths, and a sixth if the values were known; on any scale."""
    assert theory.chatterjee_samuelson_probability() == pytest.approx(9 / 32)
    assert theory.chatterjee_samuelson_gains() == pytest.approx(9 / 64)
    assert theory.efficient_trade_gains() == pytest.approx(1 / 6)
    wide = ((2.0, 5.0), (2.0, 5.0))
    assert theory.chatterjee_samuelson_probability(*wide) == pytest.approx(9 / 32)
    assert theory.chatterjee_samuelson_gains(*wide) == pytest.approx(3 * 9 / 64)


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_a_side_that_sets_the_price_asks_for_a_quarter_of_the_trades(weight):
    """A first offer to a value uniform on [0, 1] is half of what there is: trade in one of four, gains of an eighth."""
    assert theory.chatterjee_samuelson_probability(weight=weight) == pytest.approx(1 / 4)
    assert theory.chatterjee_samuelson_gains(weight=weight) == pytest.approx(1 / 8)


@settings(max_examples=40)
@given(sides, sides, unit)
def test_chance_and_gains_are_those_of_the_bids(buyers, sellers, weight):
    value, cost = drawn(buyers)[:, None], drawn(sellers)[None]
    bids = theory.chatterjee_samuelson_bids(value, cost, buyers=buyers, sellers=sellers, weight=weight)
    deal, _ = theory.split_the_difference(*bids, weight)
    gains = theory.mediated_gains(value, cost, *bids, weight=weight)
    assert deal.mean() == pytest.approx(theory.chatterjee_samuelson_probability(buyers, sellers, weight), abs=4e-3)
    assert gains.sum(axis=0).mean() == pytest.approx(
        theory.chatterjee_samuelson_gains(buyers, sellers, weight), abs=4e-3
    )
    assert np.maximum(value - cost, 0.0).mean() == pytest.approx(
        theory.efficient_trade_gains(buyers, sellers), abs=4e-3
    )
    assert gains.min() >= -1e-12


@settings(max_examples=60)
@given(sides, sides, unit, unit, st.floats(-3.0, 5.0))
def test_no_other_bid_or_ask_is_better(buyers, sellers, weight, place, other):
    """Each side's bid is a best response to the other's, wherever the ranges lie."""
    rule = {"buyers": buyers, "sellers": sellers, "weight": weight}
    value, cost = drawn(buyers, np.array(place)), drawn(sellers, np.array(place))
    bids, asks = theory.chatterjee_samuelson_bids(drawn(buyers), drawn(sellers), **rule)
    bid, ask = theory.chatterjee_samuelson_bids(value, cost, **rule)

    def gain(one, two, row):
        return theory.mediated_gains(value, cost, one, two, weight=weight)[row].mean()

    assert gain(bid + 1e-12, asks, 0) >= gain(other, asks, 0) - 5e-3
    assert gain(bids, ask - 1e-12, 1) >= gain(bids, other, 1) - 5e-3


@given(sides, sides, unit)
def test_the_mirrored_market_has_the_mirrored_bids(buyers, sellers, weight):
    value, cost = drawn(buyers), drawn(sellers)
    bid, ask = theory.chatterjee_samuelson_bids(value, cost, buyers=buyers, sellers=sellers, weight=weight)
    turned = {"buyers": (-sellers[1], -sellers[0]), "sellers": (-buyers[1], -buyers[0]), "weight": 1.0 - weight}
    other_bid, other_ask = theory.chatterjee_samuelson_bids(-cost, -value, **turned)
    assert other_bid == pytest.approx(-ask)
    assert other_ask == pytest.approx(-bid)


def test_ranges_far_apart_trade_always_at_one_price_or_never():
    value, cost = drawn((5.0, 6.0)), drawn((0.0, 1.0))
    bid, ask = theory.chatterjee_samuelson_bids(value, cost, buyers=(5.0, 6.0), sellers=(0.0, 1.0))
    assert np.unique([bid, ask]).size == 1
    assert 1.0 <= bid[0] <= 5.0
    assert theory.chatterjee_samuelson_probability((5.0, 6.0), (0.0, 1.0)) == 1.0
    assert theory.chatterjee_samuelson_probability((0.0, 1.0), (5.0, 6.0)) == 0.0
    assert not traded(1.0, 5.0, buyers=(0.0, 1.0), sellers=(5.0, 6.0))


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
