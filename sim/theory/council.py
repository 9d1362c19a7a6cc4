"""The decision of the Security Council on a text, given how its members vote.

How members come to vote is in `voting`; how much power the rule gives to whom is in `power`. Here too is how
sponsors weaken a text for fear of a veto, and what is left of it.
"""

import numpy as np
from scipy.special import ndtr

from sim.theory.arrays import Array, BoolArray, Number
from sim.theory.voting import NO, YES, Votes

VOTES_NEEDED = 9


def council_decision(votes: Votes, permanent: BoolArray, procedural: bool = False) -> BoolArray:
    """Whether the Council adopts a text.

    Parameters
    ----------
    votes : int8 array, (15, R)
        Outcome codes of `voting`.
    permanent : bool array, (15,)
        Which members are permanent.
    procedural : bool
        A procedural question, on which there is no veto.

    Returns
    -------
    bool array, (R,)
        True with nine votes in favour and, on substance, no permanent member against. Abstention or absence
        of a permanent member is no veto.

    Source: [UNCharter]_ (Article 27).

    >>> votes = np.array([[0]] * 9 + [[2]] * 5 + [[1]], dtype=np.int8)
    >>> [council_decision(votes, np.arange(15) == seat).tolist() for seat in (13, 14)]
    [[True], [False]]
    """
    enough = np.count_nonzero(votes == YES, axis=0) >= VOTES_NEEDED
    vetoed = np.any((votes == NO) & permanent[:, None], axis=0)
    adopted: BoolArray = enough if procedural else enough & ~vetoed
    return adopted


def veto_probability(support: Array, band: Number) -> Array:
    """Probability that at least one permanent member votes no, when the luck of support is standard normal.

    Parameters
    ----------
    support : Array, (P, R)
        Latent support of the permanent members without its luck, the dislike of a lonely no included.
    band : float or Array, (P, 1) or (P, R)
        Width of each one's band of abstention, zero or more.

    Returns
    -------
    Array, (R,)
        In [0, 1]; 0 without members.

    >>> veto_probability(np.array([[0.0], [0.0]]), 0.0).tolist()
    [0.75]
    """
    silent = ndtr(support + np.multiply(0.5, band))
    none: Array = np.ones(support.shape[1])
    for row in silent:
        none = none * row
    result: Array = 1.0 - none
    return result


def dilution(support: Array, band: Number, accepted: Number, consensus: Number, steps: int = 20) -> Array:
    """Smallest part of a text that must go before a veto is no longer expected.

    A text diluted by δ has support (1 − δ)·y* + δ·c: word by word it comes nearer to one that all can live
    with. Sponsors strike a twentieth at a time and stop as soon as the probability of a veto is accepted.

    Parameters
    ----------
    support : Array, (P, R)
        Latent support of the permanent members for the text as it was tabled, without luck.
    band : float or Array, (P, 1) or (P, R)
        Width of the band of abstention.
    accepted : float or Array, (R,)
        Largest probability of a veto that the sponsors risk, in [0, 1].
    consensus : float or Array, (R,)
        c, support of every state for a text that says nothing; zero or more.
    steps : int
        Parts into which a text can be cut.

    Returns
    -------
    Array, (R,)
        δ in [0, 1]; 1 where nothing is left, whatever the veto.

    >>> dilution(np.array([[-4.0, 4.0]]), 1.0, 0.05, 2.0).tolist()
    [0.9, 0.0]
    """
    strikes: Array = np.ones(support.shape[1])
    for step in range(steps, -1, -1):
        share = step / steps
        left = (1.0 - share) * support + share * np.asarray(consensus)
        strikes = np.where(veto_probability(left, band) <= accepted, share, strikes)
    return strikes
