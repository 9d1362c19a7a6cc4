"""A coalition of sanctions: its pressure, the leaks in it, and who stays when peers leave.

Relief from sanctions as an issue at the table is a matter of preferences; here is only the coalition that
holds or crumbles.
"""

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number, ordered_sum


def pressure(weights: Array, level: Array, leak: Number) -> Array:
    """Pressure that the senders together put on the target.

    S = Σ_s w_s·l_s·(1 − leak).

    Parameters
    ----------
    weights : Array, (S, 1) or (S, R)
        Weight of each sender in the target's trade or finance, zero or more; they sum to at most one.
    level : Array, (S, R)
        Level of each sender's sanctions, in [0, 1].
    leak : float or Array, (R,)
        Share of the pressure lost through third parties, in [0, 1].

    Returns
    -------
    Array, (R,)
        Pressure in [0, 1].

    >>> pressure(np.array([[0.5], [0.25]]), np.array([[1.0], [1.0]]), 0.2).round(12).tolist()
    [0.6]
    """
    result: Array = ordered_sum(weights * level) * np.subtract(1.0, leak)
    return result


def level(will: Array, full_will: Number) -> Array:
    """Level at which a sender applies its sanctions.

    l = min(will/will in full, 1) where the will is above zero, and none otherwise.

    Parameters
    ----------
    will : Array, (S, R)
        Will to keep the sanctions; zero and below leaves.
    full_will : float or Array, (R,)
        Will from which the sanctions are applied in full, zero or more; at zero they are all or nothing.

    Returns
    -------
    Array, (S, R)
        In [0, 1].

    >>> level(np.array([[-1.0, 1.0, 4.0]]), 2.0).tolist()
    [[0.0, 0.5, 1.0]]
    """
    full = np.broadcast_to(np.asarray(full_will, dtype=np.float64), will.shape[-1:])
    share = np.divide(will, full, out=np.ones_like(will), where=np.broadcast_to(full > 0.0, will.shape))
    result: Array = np.where(will > 0.0, np.minimum(share, 1.0), 0.0)
    return result


def next_leak(leak: Number, rate: Number, outside_share: Number) -> Array:
    """Leak of the sanctions after one more week.

    leak + ε·(1 − leak)·share of trade with states outside the coalition.

    Parameters
    ----------
    leak : float or Array, (R,)
        Present leak, in [0, 1].
    rate : float or Array, (R,)
        ε, share of what is left that a week opens when all trade is outside, in [0, 1].
    outside_share : float or Array, (R,)
        Share of the target's trade with non-senders, in [0, 1].

    Returns
    -------
    Array, (R,)
        Leak in [0, 1], never smaller than before.

    Source: substitution by third parties, [Early2015]_ (Early, 2015).

    >>> float(next_leak(0.5, 0.2, 0.5))
    0.55
    """
    opened = rate * np.subtract(1.0, leak) * outside_share
    result: Array = np.clip(leak + opened, 0.0, 1.0)
    return result


def stays(benefit: Number, own_cost: Number, fatigue: Number, peer_share: Number, peer_weight: Number) -> BoolArray:
    """Which senders keep their sanctions.

    A sender stays while benefit + weight·share of peers that stay exceeds its own cost·(1 + fatigue). Because
    the peers' share falls with every exit, one exit can pull others after it.

    Parameters
    ----------
    benefit : float or Array, (S, R)
        Worth of staying on its own (norms, legitimacy), in units of the cost.
    own_cost : float or Array, (S, R)
        Economic cost to the sender, zero or more.
    fatigue : float or Array, (S, R) or (R,)
        Weariness in [0, 1].
    peer_share : float or Array, (S, R)
        Share of its peers' weight that stays, as each sender sees it, in [0, 1].
    peer_weight : float or Array, (S, R)
        Worth of the company of all peers, zero or more.

    Returns
    -------
    bool array, (S, R)
        True where it stays; equality leaves.

    Source: threshold behaviour, [Granovetter1978]_ (Granovetter, 1978).

    >>> bool(stays(0.2, 0.4, 0.5, 1.0, 0.5)), bool(stays(0.2, 0.4, 0.5, 0.5, 0.5))
    (True, False)
    """
    worth = benefit + np.multiply(peer_weight, peer_share)
    result: BoolArray = np.greater(worth, own_cost * np.add(1.0, fatigue))
    return result


def adaptation(age: Number, rate: Number) -> Array:
    """Share of the pressure that still bites after the target has had time to adapt.

    Parameters
    ----------
    age : float or Array, (R,)
        Age of the sanctions in weeks, zero or more.
    rate : float or Array, (R,)
        Weekly rate of adaptation, zero or more.

    Returns
    -------
    Array, (R,)
        exp(−rate·age) in (0, 1].

    >>> float(adaptation(0.0, 0.01))
    1.0
    """
    result: Array = np.exp(-np.multiply(rate, age))
    return result
