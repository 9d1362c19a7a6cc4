"""One offer to an opponent whose answer is uncertain: by its noise, or because its cost of war is not known.

An opponent with a cost that is uniformly distributed is in ``bargaining``; the noise itself is in ``choice``.
"""

import numpy as np
from scipy.special import wrightomega

from sim.theory.arrays import Array, Number, logistic, ordered_sum, row_of


def logit_ultimatum(surplus: Number, precision: Number, proposer_extra: Number = 0.0) -> tuple[Array, Array]:
    """Best ultimatum to an opponent who accepts by a logit of what is left to it.

    Of a surplus S over disagreement the proposer asks for the x that maximises (x + e)·Λ(λ(S − x)), where e is
    what it gains by any agreement besides: x = (1 + ω(λ(S + e) − 1))/λ − e with Wright's ω, the Lambert W of an
    exponential.

    Parameters
    ----------
    surplus : float or Array
        S, what an agreement adds to both sides' disagreement values, in the opponent's units; any sign.
    precision : float or Array
        λ of the opponent's answers, above zero.
    proposer_extra : float or Array
        e, in the same units.

    Returns
    -------
    tuple of Array
        Proposer's part of the surplus, which exceeds all of it where there is little to lose by a refusal, and
        the probability that it is accepted.

    Source: [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995) for the answer.

    >>> [round(float(value), 6) for value in logit_ultimatum(1.0, 10.0)]
    [0.804735, 0.875735]
    """
    precision = np.asarray(precision, dtype=np.float64)
    chance = wrightomega(precision * (np.asarray(surplus) + proposer_extra) - 1.0)
    part = (1.0 + chance) / precision - proposer_extra
    return np.asarray(part), np.asarray(logistic(precision * (surplus - part)))


def ultimatum_along(own: Array, other: Array, precision: Number) -> Array:
    """Best ultimatum along a frontier to an opponent who accepts by a logit of its gain.

    The frontier is linear by pieces; on each the closed form of :func:`logit_ultimatum` holds, with what the
    opponent wins for what the proposer gives up as the price.

    Parameters
    ----------
    own : Array, (corners, runs)
        Proposer's gain over disagreement at the corners, nowhere rising.
    other : Array, (corners, runs)
        Opponent's gain, nowhere falling.
    precision : float or Array, (runs,)
        Of the opponent's answers, above zero.

    Returns
    -------
    Array, (runs,)
        Position on the frontier, from 0 to the number of pieces; the first corner where the proposer gains
        nowhere.

    Source: [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995) for the answer.

    >>> ultimatum_along(np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]]), 10.0).round(6)
    array([0.195265])
    """
    fall, rise = own[:-1] - own[1:], other[1:] - other[:-1]
    sloped = (fall > 0.0) & (rise > 0.0)
    price = np.where(sloped, rise, 1.0) / np.where(sloped, fall, 1.0)
    part, _ = logit_ultimatum(other[:-1] + price * own[:-1], precision)
    inside = np.clip((own[:-1] - part / price) / np.where(sloped, fall, 1.0), 0.0, 1.0)
    at = np.where(sloped, inside, np.where(rise > 0.0, 1.0, 0.0))
    chance = logistic(precision * (other[:-1] + at * rise))
    piece = np.argmax(np.maximum(own[:-1] - at * fall, 0.0) * chance, axis=0)
    gains = own[0] > 0.0
    return np.where(gains, piece + row_of(at, piece), 0.0)


def screening_demand(p: Number, cost_1: Number, costs: Array, beliefs: Array) -> tuple[Array, Array, Array]:
    """Best ultimatum to an opponent of one of several types, each with its own cost of war.

    A type takes what leaves it no less than war does, so that only the demands that make one type indifferent
    are worth asking: the more that is asked, the more types fight.

    Parameters
    ----------
    p : float or Array, (runs,)
        Proposer's probability of victory, in [0, 1].
    cost_1 : float or Array, (runs,)
        Proposer's cost of war, zero or more.
    costs : Array, (types, runs) or (types, 1)
        Cost of war of each type, zero or more, in any order.
    beliefs : Array, (types, runs) or (types, 1)
        Proposer's probability of each type; they sum to one.

    Returns
    -------
    tuple of Array, (runs,)
        Demand, at most one; probability of war; proposer's expected payoff. Ties go to the smaller demand.

    Source: [Fearon1995]_ (Fearon, 1995) on the risk-return trade-off.

    >>> costs, weak = np.array([[0.05], [0.3]]), np.array([0.3, 0.45])
    >>> screening_demand(0.5, 0.1, costs, np.stack([1 - weak, weak]))[0].tolist()
    [0.55, 0.8]
    """
    costs, beliefs = np.broadcast_arrays(costs, beliefs)
    demands = np.minimum(np.asarray(p) + costs, 1.0)
    takes = demands[None] <= np.asarray(p) + costs[:, None]
    peace = ordered_sum(np.where(takes, beliefs[:, None], 0.0))
    payoff = peace * demands + (1.0 - peace) * (np.asarray(p) - cost_1)
    order = np.argsort(demands, axis=0, kind="stable")
    best = np.argmax(np.take_along_axis(payoff, order, axis=0), axis=0)
    chosen = row_of(order, best)
    return row_of(demands, chosen), 1.0 - row_of(peace, chosen), row_of(payoff, chosen)
