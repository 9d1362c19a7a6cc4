"""Sealed bids to a mediator: two sides name a price each, and where the bids cross they split the difference.

The rule works for any bids; the equilibrium bids are those of values that are uniform between known ends, which
may differ for buyer and seller. Offers that both sides see are in ``bargaining`` and ``stacked_offers``.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number

Ends = tuple[Number, Number]

UNIT: Ends = (0.0, 1.0)


def split_the_difference(bid_buyer: Number, bid_seller: Number, weight: Number = 0.5) -> tuple[BoolArray, Array]:
    """Whether two sealed bids make a deal, and at what price.

    Parameters
    ----------
    bid_buyer, bid_seller : float or Array
        Most that one side offers to pay, and least that the other asks for.
    weight : float or Array
        Weight of the buyer's bid in the price, in [0, 1].

    Returns
    -------
    tuple of BoolArray and Array
        True where the buyer bids as much as the seller asks or more; the price between both bids, also where
        there is no deal.

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).

    >>> [value.item() for value in split_the_difference(0.75, 0.25)]
    [True, 0.5]
    """
    bid_buyer, bid_seller = np.asarray(bid_buyer), np.asarray(bid_seller)
    price = np.asarray(weight) * bid_buyer + (1.0 - np.asarray(weight)) * bid_seller
    return np.asarray(bid_buyer >= bid_seller), np.asarray(price)


def mediated_gains(
    value_buyer: Number, value_seller: Number, bid_buyer: Number, bid_seller: Number, *, weight: Number = 0.5
) -> Array:
    """What both sides gain from sealed bids.

    Parameters
    ----------
    value_buyer, value_seller : float or Array
        What the good is worth to either side.
    bid_buyer, bid_seller : float or Array
        Their bids.
    weight : float or Array
        Weight of the buyer's bid in the price, in [0, 1].

    Returns
    -------
    Array, (2, ...)
        Gains of buyer and seller; zero without a deal.

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).

    >>> mediated_gains(1.0, 0.25, 0.75, 0.25)
    array([0.5 , 0.25])
    """
    deal, price = split_the_difference(bid_buyer, bid_seller, weight)
    gains = np.broadcast_arrays(value_buyer - price, price - value_seller)
    return np.where(deal, np.stack(gains), 0.0)


class _Lines(NamedTuple):
    """Linear strategies: lowest and highest bid, lowest and highest ask, before either is cut to the other's range."""

    bid_low: Array
    bid_high: Array
    ask_low: Array
    ask_high: Array


def _lines(buyers: Ends, sellers: Ends, weight: Number) -> _Lines:
    """What the ends of both ranges bid: a buyer at v bids (v + k s)/(1 + k), where s is the lowest ask."""
    (value_low, value_high), (cost_low, cost_high) = (
        (np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)) for low, high in (buyers, sellers)
    )
    k = np.asarray(weight, dtype=np.float64)
    ask_low = 0.5 * ((1.0 + k) * cost_low + (1.0 - k) * value_high)
    bid_high = 0.5 * ((2.0 - k) * value_high + k * cost_low)
    bid_low = (value_low + k * ask_low) / (1.0 + k)
    return _Lines(bid_low, bid_high, ask_low, (cost_high + (1.0 - k) * bid_high) / (2.0 - k))


def chatterjee_samuelson_bids(
    value_buyer: Number, value_seller: Number, *, buyers: Ends = UNIT, sellers: Ends = UNIT, weight: Number = 0.5
) -> tuple[Array, Array]:
    """Bids of the linear equilibrium in the sealed double auction with uniform values.

    Nobody bids what it would lose by, nor more than the highest ask, nor asks less than the lowest bid; where
    the lines of all bids lie above those of all asks, everybody names one price between them and all trade.

    Parameters
    ----------
    value_buyer, value_seller : float or Array
        Private values; those outside the ranges bid along the same lines.
    buyers, sellers : tuple of float or Array
        Lowest and highest value that a buyer and a seller may have, rising.
    weight : float or Array
        Weight of the buyer's bid in the price, in [0, 1].

    Returns
    -------
    tuple of Array
        Bid of the buyer and of the seller.

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).

    >>> [round(float(bid), 6) for bid in chatterjee_samuelson_bids(0.5, 0.25)]
    [0.416667, 0.416667]
    >>> [round(float(bid), 6) for bid in chatterjee_samuelson_bids(0.5, 0.25, weight=1.0)]
    [0.25, 0.25]
    """
    k, ends = np.asarray(weight, dtype=np.float64), _lines(buyers, sellers, weight)
    bid = (np.asarray(value_buyer) + k * ends.ask_low) / (1.0 + k)
    ask = (np.asarray(value_seller) + (1.0 - k) * ends.bid_high) / (2.0 - k)
    sure, one_price = ends.bid_low >= ends.ask_high, k * ends.bid_low + (1.0 - k) * ends.ask_high
    bid = np.where(sure, one_price, np.minimum(bid, ends.ask_high))
    ask = np.where(sure, one_price, np.maximum(ask, ends.bid_low))
    return np.asarray(np.minimum(bid, value_buyer)), np.asarray(np.maximum(ask, value_seller))


def chatterjee_samuelson_probability(buyers: Ends = UNIT, sellers: Ends = UNIT, weight: Number = 0.5) -> Array:
    """Probability of trade in the linear equilibrium.

    Parameters
    ----------
    buyers, sellers : tuple of float or Array
        Lowest and highest value that a buyer and a seller may have, apart.
    weight : float or Array
        Weight of the buyer's bid in the price, in [0, 1].

    Returns
    -------
    Array
        In [0, 1]; 0 where no buyer's value is above any seller's.

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).

    >>> float(chatterjee_samuelson_probability()), float(chatterjee_samuelson_probability((1.0, 2.0)))
    (0.28125, 0.875)
    """
    return _traded(buyers, sellers, _least_value(buyers, sellers, weight), lambda cost, _: np.ones_like(cost))


def chatterjee_samuelson_gains(buyers: Ends = UNIT, sellers: Ends = UNIT, weight: Number = 0.5) -> Array:
    """Expected gains from trade of both sides together in the linear equilibrium.

    With equal ranges and even weights they are the most that any mechanism reaches.

    Parameters and source as in :func:`chatterjee_samuelson_probability`; [MyersonSatterthwaite1983]_ (Myerson and
    Satterthwaite, 1983) on other mechanisms.

    >>> float(chatterjee_samuelson_gains())
    0.140625
    """
    return _gained(buyers, sellers, _least_value(buyers, sellers, weight))


def efficient_trade_gains(buyers: Ends = UNIT, sellers: Ends = UNIT) -> Array:
    """Expected gains from trade if both values were known.

    Parameters
    ----------
    buyers, sellers : tuple of float or Array
        Lowest and highest value that a buyer and a seller may have, apart.

    Returns
    -------
    Array
        Zero or more.

    Source: [MyersonSatterthwaite1983]_ (Myerson and Satterthwaite, 1983).

    >>> round(float(efficient_trade_gains()), 6)
    0.166667
    """
    return _gained(buyers, sellers, (np.asarray(1.0), np.asarray(0.0)))


def _least_value(buyers: Ends, sellers: Ends, weight: Number) -> tuple[Array, Array]:
    """Slope and start of the line of the least buyer's value that trades with a seller's."""
    k, ends = np.asarray(weight, dtype=np.float64), _lines(buyers, sellers, weight)
    slope = (1.0 + k) / (2.0 - k)
    return slope, slope * (1.0 - k) * ends.bid_high - k * ends.ask_low


def _gained(buyers: Ends, sellers: Ends, line: tuple[Array, Array]) -> Array:
    """Expected gains of both sides where all values above a line trade."""
    return _traded(buyers, sellers, line, lambda cost, least: 0.5 * (np.asarray(buyers[1]) + least) - cost)


def _traded(buyers: Ends, sellers: Ends, line: tuple[Array, Array], worth: Callable[[Array, Array], Array]) -> Array:
    """Mean over both ranges of what a trade is worth, where all buyers above a line trade.

    Below one cost all buyers trade, above another nobody does; in between and before what is summed is at most
    a square of the cost, which Simpson's rule takes exactly.
    """
    (low, high), (first, last) = buyers, sellers
    slope, start = line

    def at(cost: Array) -> Array:
        least = np.minimum(np.maximum(slope * cost + start, low), high)
        return np.asarray((high - least) / (np.asarray(high) - low) * worth(cost, least))

    def piece(begin: Array, end: Array) -> Array:
        return np.asarray((end - begin) / 6.0 * (at(begin) + 4.0 * at(0.5 * (begin + end)) + at(end)))

    all_trade, none_trade = (np.minimum(np.maximum((value - start) / slope, first), last) for value in (low, high))
    whole = piece(np.asarray(first, dtype=np.float64), all_trade) + piece(all_trade, none_trade)
    return np.asarray(whole / (np.asarray(last) - first))
