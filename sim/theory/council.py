"""The decision of the Security Council on a text, given how its members vote.

How members come to vote is in `voting`; how much power the rule gives to whom is in `power`.
"""

import numpy as np

from sim.theory.arrays import BoolArray
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
