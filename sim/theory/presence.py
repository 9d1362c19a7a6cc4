"""Third parties come, go and have a name to lose: return after failure, rivals, and credibility learned from outcomes.

When a mediator's counsel is believed is in ``mediation``.
"""

import numpy as np

from sim.theory.arrays import Array, Number


def return_hazard(base: Number, access: Number, ripeness: Number, pull: Number) -> Array:
    """Weekly hazard that a mediator that has left comes back.

    Parameters
    ----------
    base : float or Array
        Hazard of one that both sides receive openly, at no ripeness.
    access : float or Array
        How openly it is received by both together, in [0, 1].
    ripeness : float or Array
        Readiness of the pair for talks, in [0, 1].
    pull : float or Array
        Relative rise at full ripeness, zero or more.

    Returns
    -------
    Array
        Zero or more; never without access.

    Source: [Greig2005]_ (Greig, 2005).

    >>> float(return_hazard(0.1, 0.5, 1.0, 2.0))
    0.15000000000000002
    """
    return np.asarray(np.asarray(base) * access * (1.0 + np.asarray(pull) * ripeness))


def forum_shopping(rivals: Number, coordination: Number, loss: Number) -> Array:
    """Effect of a mediator beside uncoordinated rivals, between whom the sides can choose.

    Parameters
    ----------
    rivals : float or Array
        How many others offer to write the text, zero or more.
    coordination : float or Array
        0 each for itself, 1 one voice.
    loss : float or Array
        Relative loss by one uncoordinated rival.

    Returns
    -------
    Array
        In (0, 1]; 1 alone or in one voice.

    Source: [CrockerHampsonAall1999]_ (Crocker, Hampson and Aall, 1999).

    >>> float(forum_shopping(1.0, 0.0, 1.0)), float(forum_shopping(3.0, 1.0, 1.0))
    (0.5, 1.0)
    """
    return np.asarray(1.0 / (1.0 + np.asarray(loss) * (1.0 - np.asarray(coordination)) * rivals))


def inverted_u(rivals: Number, coordination: Number, gain: Number, loss: Number) -> Array:
    """Effect of a coalition of mediators that first pool their means and then stand in each other's way.

    Parameters
    ----------
    rivals : float or Array
        Partners beside the first, zero or more.
    coordination : float or Array
        0 each for itself, 1 one voice; it lowers the loss.
    gain : float or Array
        Relative gain by a partner.
    loss : float or Array
        Relative loss by each pair, growing with the square of the partners.

    Returns
    -------
    Array
        Zero or more; 1 alone, largest at gain / (2 loss (1 - coordination)) partners.

    Source: [Boehmelt2011]_ (Böhmelt, 2011).

    >>> [round(float(inverted_u(partners, 0.0, 0.4, 0.1)), 6) for partners in (0, 2, 4, 9)]
    [1.0, 1.4, 1.0, 0.0]
    """
    rivals = np.asarray(rivals)
    harm = np.asarray(loss) * (1.0 - np.asarray(coordination))
    return np.maximum(1.0 + np.asarray(gain) * rivals - harm * rivals * rivals, 0.0)


def reputation(prior: Number, trials: Number, successes: Number, failures: Number) -> Array:
    """Mean of a Beta posterior of credibility over its prior mean.

    Parameters
    ----------
    prior : float or Array
        Credibility at the start, in [0, 1].
    trials : float or Array
        Outcomes that it weighs, zero or more; infinite where no outcome changes it.
    successes, failures : float or Array
        What was seen since.

    Returns
    -------
    Array
        1 before any outcome; 0 for a prior of 0, which nothing mends.

    >>> round(float(reputation(0.5, 8.0, 0.0, 2.0)), 6), round(float(reputation(0.5, 8.0, 2.0, 0.0)), 6)
    (0.8, 1.2)
    """
    prior, successes = np.asarray(prior), np.asarray(successes)
    moves = np.isfinite(trials)
    trials = np.where(moves, trials, 0.0)
    weighed = np.maximum(trials + successes + failures, 1e-12)
    mean = (prior * trials + successes) / weighed
    seen = (prior > 0.0) & (successes + failures > 0.0) & moves
    return np.where(seen, mean / np.where(prior > 0.0, prior, 1.0), np.where(prior > 0.0, 1.0, 0.0))
