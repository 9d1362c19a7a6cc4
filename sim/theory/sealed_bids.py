"""Sealed bids to a mediator: two sides name a price each, and where the bids cross they split the difference.

The rule works for any bids; the equilibrium bids are those of values uniform on [0, 1]. Offers that both
sides see are in ``bargaining`` and ``stacked_offers``.
"""

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number


def split_the_difference(bid_buyer: Number, bid_seller: Number) -> tuple[BoolArray, Array]:
    """Whether two sealed bids make a deal, and at what price.

    Parameters
    ----------
    bid_buyer, bid_seller : float or Array
        Most that one side offers to pay, and least that the other asks for.

    Returns
    -------
    tuple of BoolArray and Array
        True where the buyer bids as much as the seller asks or more; the mean of both bids, also where there
        is no deal.

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).

    >>> [value.item() for value in split_the_difference(0.75, 0.25)]
    [True, 0.5]
    """
    bid_buyer, bid_seller = np.asarray(bid_buyer), np.asarray(bid_seller)
    return np.asarray(bid_buyer >= bid_seller), np.asarray(0.5 * (bid_buyer + bid_seller))


def mediated_gains(value_buyer: Number, value_seller: Number, bid_buyer: Number, bid_seller: Number) -> Array:
    """What both sides gain from sealed bids.

    Parameters
    ----------
    value_buyer, value_seller : float or Array
        What the good is worth to either side.
    bid_buyer, bid_seller : float or Array
        Their bids.

    Returns
    -------
    Array, (2, ...)
        Gains of buyer and seller; zero without a deal.

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).

    >>> mediated_gains(1.0, 0.25, 0.75, 0.25)
    array([0.5 , 0.25])
    """
    deal, price = split_the_difference(bid_buyer, bid_seller)
    gains = np.broadcast_arrays(value_buyer - price, price - value_seller)
    return np.where(deal, np.stack(gains), 0.0)


def chatterjee_samuelson_bids(value_buyer: Number, value_seller: Number) -> tuple[Array, Array]:
    """Equilibrium bids in the sealed double auction with values uniform on [0, 1].

    Parameters
    ----------
    value_buyer, value_seller : float or Array
        Private values in [0, 1].

    Returns
    -------
    tuple of Array
        Bid of the buyer and of the seller, linear in their values.

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).

    >>> [round(float(bid), 6) for bid in chatterjee_samuelson_bids(0.5, 0.25)]
    [0.416667, 0.416667]
    """
    buyer = np.asarray(value_buyer) * 2.0 / 3.0 + 1.0 / 12.0
    return np.asarray(buyer), np.asarray(np.asarray(value_seller) * 2.0 / 3.0 + 1.0 / 4.0)


def chatterjee_samuelson_trade(value_buyer: Number, value_seller: Number) -> BoolArray:
    """Whether the equilibrium bids cross.

    Parameters
    ----------
    value_buyer, value_seller : float or Array
        Private values in [0, 1].

    Returns
    -------
    BoolArray
        True where the buyer's value is above the seller's by a quarter or more.

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).

    >>> bool(chatterjee_samuelson_trade(0.5, 0.25)), bool(chatterjee_samuelson_trade(0.5, 0.3))
    (True, False)
    """
    return np.asarray(np.asarray(value_buyer) - value_seller >= 0.25)


def chatterjee_samuelson_probability() -> float:
    """Probability of trade in the linear equilibrium with values uniform on [0, 1].

    Source: [ChatterjeeSamuelson1983]_ (Chatterjee and Samuelson, 1983).

    >>> chatterjee_samuelson_probability()
    0.28125
    """
    return 9.0 / 32.0


def chatterjee_samuelson_gains() -> float:
    """Expected gains from trade in the linear equilibrium, the most that any mechanism reaches.

    Source: [MyersonSatterthwaite1983]_ (Myerson and Satterthwaite, 1983).

    >>> chatterjee_samuelson_gains()
    0.140625
    """
    return 9.0 / 64.0


def efficient_trade_gains() -> float:
    """Expected gains from trade if all values uniform on [0, 1] were known.

    Source: [MyersonSatterthwaite1983]_ (Myerson and Satterthwaite, 1983).

    >>> round(efficient_trade_gains(), 6)
    0.166667
    """
    return 1.0 / 6.0
