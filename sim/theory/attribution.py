"""Who is blamed for a breach, and what blame teaches: reports that may miss a breach or lay it at the wrong door.

What a party does in a small deal is in ``ladder``; here is only what the other side gets to hear of it.
"""

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number
from sim.theory.ladder import IMPOSSIBLE


def report_probability(
    own: Number, other: Number, detection: Number, misattribution: Number = 0.0, accusation: Number = 0.0
) -> Array:
    """Probability that a party is blamed for a breach in a deal of two.

    Parameters
    ----------
    own, other : float or Array
        Probabilities that the party and its partner break the deal, independently.
    detection : float or Array
        Probability that a breach is seen.
    misattribution : float or Array
        Probability that one that is seen is laid at the other's door.
    accusation : float or Array
        Probability that it is blamed whatever happened.

    Returns
    -------
    Array
        Probability in [0, 1].

    Source: after [Kydd2005]_ (Kydd, 2005).

    >>> round(float(report_probability(0.2, 0.5, 0.8, 0.1)), 6)
    0.17824
    """
    mine = np.asarray(detection) * (1.0 - np.asarray(misattribution)) * own
    theirs = np.asarray(detection) * misattribution * other
    return np.asarray(1.0 - (1.0 - mine) * (1.0 - theirs) * (1.0 - np.asarray(accusation)))


def lesson(good: Number, bad: Number, *, blamed: BoolArray | bool) -> Array:
    """Factor on the odds that a party is trustworthy, after a deal in which it was blamed or not.

    Parameters
    ----------
    good, bad : float or Array
        Probability of blame if it is trustworthy, and if it is not.
    blamed : BoolArray or bool
        What was reported.

    Returns
    -------
    Array
        Likelihood ratio, zero or more; 1 where the report tells nothing.

    Source: [Kydd2005]_ (Kydd, 2005).

    >>> float(lesson(0.02, 0.5, blamed=False)), float(lesson(0.02, 0.5, blamed=True))
    (1.96, 0.04)
    """
    good, bad = np.asarray(good), np.asarray(bad)
    blame = np.maximum(good, IMPOSSIBLE) / np.maximum(bad, IMPOSSIBLE)
    praise = np.maximum(1.0 - good, IMPOSSIBLE) / np.maximum(1.0 - bad, IMPOSSIBLE)
    return np.where(blamed, blame, praise)


def symmetric_reports(good: Number, bad: Number) -> tuple[Array, Array]:
    """Probabilities of blame under which praise teaches as before, and blame takes back what praise gave.

    Parameters
    ----------
    good, bad : float or Array
        Probability of blame if a party is trustworthy, and if it is not; the second not below the first.

    Returns
    -------
    tuple of Array
        The same two, adding to 1: of all reports that teach as much by praise, the only ones whose two lessons
        are each other's inverse.

    Source: after [Kydd2005]_ (Kydd, 2005).

    >>> [round(float(one), 4) for one in symmetric_reports(0.02, 0.51)]
    [0.3333, 0.6667]
    """
    praise = lesson(good, bad, blamed=False)
    return 1.0 / (1.0 + praise), praise / (1.0 + praise)


def deal_gain(surplus: Number, trust: Number, defection: Number, loss: Number) -> Array:
    """What a side expects of a small deal: its own surplus less the risk of being cheated.

    Parameters
    ----------
    surplus : float or Array
        Worth of the deal by itself, in utility.
    trust : float or Array
        Probability that the other side is trustworthy.
    defection : float or Array
        Probability that it cheats if it is not.
    loss : float or Array
        Utility lost by being cheated.

    Returns
    -------
    Array
        Expected gain; the deal is worth taking from 0 on.

    Source: [Kydd2005]_ (Kydd, 2005).

    >>> round(float(deal_gain(0.03, 0.5, 0.4, 0.1)), 6)
    0.01
    """
    return np.asarray(surplus - (1.0 - np.asarray(trust)) * defection * loss)
