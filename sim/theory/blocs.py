"""How a bloc decides: unanimity with hold-outs who can be bought, qualified majority, a leader, consensus.

A member's will is a number above zero when it is for the measure; its size is what it would take to turn it.
How the will comes about is not decided here, and neither is how members vote in the Assembly (`voting`).
"""

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray, Number, ordered_sum


def price_of_unanimity(will: Array) -> Array:
    """What it takes to win every hold-out back: the sum of what each lacks.

    Parameters
    ----------
    will : Array, (M, R)
        Will of each member, above zero in favour.

    Returns
    -------
    Array, (R,)
        Zero or more, in units of the will.

    >>> price_of_unanimity(np.array([[1.0], [-0.5], [-0.25]])).tolist()
    [0.75]
    """
    return ordered_sum(np.maximum(-will, 0.0))


def unanimity(will: Array, purse: Number, tradable: BoolArray | bool = True) -> BoolArray:
    """Whether all members agree, hold-outs being paid as far as the purse reaches.

    Parameters
    ----------
    will : Array, (M, R)
        Will of each member, above zero in favour.
    purse : float or Array, (R,)
        Most that side-payments may cost together, zero or more.
    tradable : bool array, (R,)
        Where side-payments can be arranged at all.

    Returns
    -------
    bool array, (R,)
        True where nobody is against, or where all that are can be paid; so also for a bloc without members.

    Source: [EUTreaty]_ (Article 31(1)); side-payments as in [Riker1962]_ (Riker, 1962).

    >>> will = np.array([[1.0, 1.0, 1.0], [0.5, -0.5, -0.5]])
    >>> unanimity(will, 0.6, np.array([True, True, False])).tolist()
    [True, True, False]
    """
    willing = np.all(will > 0.0, axis=0)
    paid = np.asarray(tradable) & (price_of_unanimity(will) <= purse)
    agreed: BoolArray = willing | paid
    return agreed


def qualified_majority(
    will: Array, weights: Array, members_quota: Number, weights_quota: Number, blocking_minority: int = 0
) -> BoolArray:
    """Whether enough members with enough weight agree, or too few object to block.

    Parameters
    ----------
    will : Array, (M, R)
        Will of each member, above zero in favour.
    weights : Array, (M,)
        Weight of each member (people), zero or more.
    members_quota, weights_quota : float or Array, (R,)
        Shares of the members and of the weight that must be in favour, in [0, 1].
    blocking_minority : int, zero or more
        Members that it takes to block: fewer than these cannot, whatever they weigh; with 0 the shares alone decide.

    Returns
    -------
    bool array, (R,)

    Source: [EUTreaty]_ (Article 16(4) TEU: 55 in 100 members with 65 in 100 of the people; a blocking minority
    has at least four members).

    >>> will, equal = np.array([[1.0], [1.0], [-1.0]]), np.ones(3)
    >>> [qualified_majority(will, equal, quota, 0.0).item() for quota in (0.55, 0.7)]
    [True, False]
    """
    favour = will > 0.0
    heads, mass = np.count_nonzero(favour, axis=0), ordered_sum(np.where(favour, weights[:, None], 0.0))
    slack = 1e-9
    enough = (heads >= np.multiply(members_quota, len(will)) - slack) & (
        mass >= np.multiply(weights_quota, weights.sum()) - slack
    )
    agreed: BoolArray = enough | (len(will) - heads < blocking_minority)
    return agreed


def leader(will: Array, row: int) -> BoolArray:
    """Whether the member that leads is for it; the others follow.

    Parameters
    ----------
    will : Array, (M, R)
    row : int
        Of the member that leads.

    >>> leader(np.array([[1.0], [-1.0]]), 1).tolist()
    [False]
    """
    return np.asarray(will[row] > 0.0)


def consensus(will: Array, objection: Number) -> BoolArray:
    """Whether no member objects so much that it says so, and most are in favour.

    Parameters
    ----------
    will : Array, (M, R)
        Will of each member, above zero in favour.
    objection : float or Array, (R,)
        How far below zero the will must be before a member breaks the silence, zero or more.

    Returns
    -------
    bool array, (R,)
        A tie is not most; a bloc without members has no consensus.

    >>> consensus(np.array([[1.0], [1.0], [-0.3]]), 0.5).tolist()
    [True]
    """
    silent = np.all(will >= -np.asarray(objection), axis=0)
    agreed: BoolArray = silent & (2 * np.count_nonzero(will > 0.0, axis=0) > len(will))
    return agreed


def agreement_index(yes: IntArray, no: IntArray, abstain: IntArray) -> Array:
    """How far the members of a group vote alike.

    (max − ½(others)) / all: 1 where all agree, 0 where they are split evenly in three.

    Parameters
    ----------
    yes, no, abstain : int64 array, (R,)
        Members that voted so; absent ones are not counted.

    Returns
    -------
    Array, (R,)
        In [0, 1]; NaN where no member voted.

    Source: [HixNouryRoland2005]_ (Hix, Noury and Roland, 2005).

    >>> agreement_index(np.array([27, 3]), np.array([0, 3]), np.array([0, 3])).tolist()
    [1.0, 0.0]
    """
    cast = np.stack([yes, no, abstain]).astype(np.float64)
    present, most = ordered_sum(cast), np.max(cast, axis=0)
    safe = np.where(present > 0, present, 1.0)
    index: Array = np.where(present > 0, (1.5 * most - 0.5 * present) / safe, np.nan)
    return index
