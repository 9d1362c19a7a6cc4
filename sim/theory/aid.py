"""What donors pledge: some tire, and some follow what the others give.

Who gives to whom, and the luck of deliveries, are not known here.
"""

import numpy as np

from sim.theory.arrays import Array, Number, ordered_sum


def next_pledges(pledged: Array, share: Array, pull: Number, lost: Number) -> Array:
    """Pledges of the next week: what the donors keep up, and what the pull of the whole brings back to each.

    p·max(1 − pull − lost, 0) + share·pull·Σp, so that without loss the sum of all pledges stays, and each donor's part
    of it goes to its share.

    Parameters
    ----------
    pledged : Array, (donor, R)
        What each pledges now, in any unit, zero or more.
    share : Array, (donor, 1) or (donor, R)
        Share of the whole that each donor's partners see as its own, in [0, 1], with sum 1.
    pull, lost : float or Array, (R,)
        Weekly pull of the peers and weekly loss of commitment, in [0, 1].

    Returns
    -------
    Array, (donor, R)
        Zero or more; together they grow where pull and loss exceed 1.

    >>> next_pledges(np.array([[1.0], [3.0]]), np.array([[0.5], [0.5]]), 0.5, 0.0).ravel().tolist()
    [1.5, 2.5]
    """
    kept = pledged * np.maximum(1.0 - np.asarray(pull) - lost, 0.0)
    return np.asarray(kept + share * (np.asarray(pull) * ordered_sum(pledged)))
