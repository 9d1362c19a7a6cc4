"""Whether a side that talks means to settle: where its presence at the table comes from, and what refusals tell.

An instrumental side talks for what the talking brings and never signs.  What the other side would settle for is
in ``talk_learning``; the hazard that opens talks is in ``ripeness``.
"""

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number

LEAST = 1e-12
"""Probability below which no refusal by a sincere side is held to lie, so that one answer never ends all doubt."""


def pretence(honest: Number, instrumental: Number) -> Array:
    """Probability that a side which sits down does so without intent to settle: its part of the hazard of talks.

    Parameters
    ----------
    honest, instrumental : float or Array
        Parts of the weekly hazard that talks open, zero or more.

    Returns
    -------
    Array
        Probability in [0, 1]; 0 where there is no hazard.

    Source: [Min2020]_ (Min, 2020) for talks without intent to settle; [Kingman1993]_ (Kingman, 1993) for the part.

    >>> float(pretence(0.03, 0.01)), float(pretence(0.0, 0.0))
    (0.25, 0.0)
    """
    return np.asarray(instrumental / np.maximum(np.asarray(honest) + instrumental, 1e-12))


def refusal_likelihood(chance: Number, best: Number, fresh: Number) -> Array:
    """Probability that a sincere side refuses a text, after it has refused others.

    A mood that never changes refuses whatever is no better than what it refused before; one that is drawn anew
    each time refuses by the chance of the text alone. Between the two the logarithms are mixed.

    Parameters
    ----------
    chance : float or Array
        Probability that a sincere side accepts this text, seen by itself, in [0, 1].
    best : float or Array
        Largest such probability among the texts that it refused before; 0 where there were none.
    fresh : float or Array
        Share of the mood that is new, in [0, 1], as from :func:`~sim.theory.talk_learning.fresh_share`.

    Returns
    -------
    Array
        Probability in (0, 1].

    Source: after [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995), [BayleyHammersley1946]_ (Bayley and
    Hammersley, 1946).

    >>> [round(float(refusal_likelihood(0.6, 0.2, fresh)), 6) for fresh in (0.0, 1.0)]
    [0.5, 0.4]
    """
    before = np.maximum(1.0 - np.asarray(best), LEAST)
    alone = np.maximum(1.0 - np.asarray(chance), LEAST)
    lasting = np.log(np.minimum(alone, before)) - np.log(before)
    fresh = np.asarray(fresh)
    return np.asarray(np.exp((1.0 - fresh) * lasting + fresh * np.log(alone)))


def next_sincerity(belief: Number, refusal: Number, *, accepted: BoolArray | bool) -> Array:
    """Belief that a side means to settle, after its answer to a text.

    Parameters
    ----------
    belief : float or Array
        Probability before, in [0, 1].
    refusal : float or Array
        Probability that a sincere side refuses, in [0, 1]; an instrumental one always does.
    accepted : BoolArray or bool
        What it answered.

    Returns
    -------
    Array
        Probability in [0, 1]; 1 after an acceptance, which only a sincere side gives.

    Source: Bayes' rule; after [Kydd2005]_ (Kydd, 2005).

    >>> round(float(next_sincerity(0.5, 0.5, accepted=False)), 6), float(next_sincerity(0.5, 0.5, accepted=True))
    (0.333333, 1.0)
    """
    sincere = np.asarray(belief) * refusal
    other = 1.0 - np.asarray(belief)
    some = sincere + other > 0.0
    refused = np.where(some, sincere / np.where(some, sincere + other, 1.0), 1.0)
    return np.where(accepted, 1.0, refused)


def doubted_patience(patience: Number, belief: Number, doubt: Number) -> Array:
    """Mean length of talks that are less and less believed in.

    Parameters
    ----------
    patience : float or Array
        Mean length in weeks where nobody doubts, zero or more.
    belief : float or Array
        Probability that both sides mean to settle, in [0, 1].
    doubt : float or Array
        How far doubt shortens it, in [0, 1].

    Returns
    -------
    Array
        Weeks, zero or more.

    >>> float(doubted_patience(8.0, 0.5, 0.5)), float(doubted_patience(8.0, 0.5, 0.0))
    (6.0, 8.0)
    """
    return np.asarray(patience * (1.0 - np.asarray(doubt) * (1.0 - np.asarray(belief))))
