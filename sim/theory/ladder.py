"""Trust and the ladder of confidence-building steps: what a kept or broken promise teaches.

An untrustworthy party defects more readily when more is at stake, so that a small step says little. Which
steps are taken and when is decided elsewhere; the worth of agreements that may break is in ``commitment``.
"""

from typing import Literal

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number, logistic

TRUST_LIMIT = 1e-6
"""Trust stays this far from 0 and 1, so that no experience is final."""

IMPOSSIBLE = 1e-12
"""Floor of a likelihood; reports that nobody could have caused then teach nothing."""


def _bounded(trust: Number) -> Array:
    """Trust kept off both ends."""
    return np.asarray(np.clip(trust, TRUST_LIMIT, 1.0 - TRUST_LIMIT))


def trust_odds(trust: Number) -> Array:
    """Odds of a trust kept off both ends.

    Parameters
    ----------
    trust : float or Array
        Probability in [0, 1].

    Returns
    -------
    Array
        Above zero and finite, also where trust is 0 or 1.

    >>> float(trust_odds(0.75)), bool(0.0 < trust_odds(0.0) < trust_odds(1.0) < np.inf)
    (3.0, True)
    """
    trust = _bounded(trust)
    return trust / (1.0 - trust)


def defection_probability(
    stake: Number,
    rule: Literal["stake", "logit"] = "stake",
    *,
    gain: Number = 1.0,
    continuing: Number = 0.0,
    precision: Number = 1.0,
) -> Array:
    """Probability that an untrustworthy party breaks a step on the ladder.

    Parameters
    ----------
    stake : float or Array
        What the step puts at stake, in [0, 1].
    rule : {"stake", "logit"}
        Equal to the stake, or a quantal response to what a breach brings.
    gain : float or Array
        Under logit: gain from a breach per unit of stake.
    continuing : float or Array
        Under logit: value of going on with the step.
    precision : float or Array
        Under logit: precision of the response, zero or more.

    Returns
    -------
    Array
        Probability in [0, 1].

    Raises
    ------
    ValueError
        The rule has another name.

    Source: [Kydd2005]_ (Kydd, 2005); [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995) for logit.

    >>> float(defection_probability(0.25)), float(defection_probability(0.25, "logit", continuing=0.25))
    (0.25, 0.5)
    """
    if rule == "stake":
        return np.asarray(np.clip(stake, 0.0, 1.0))
    if rule == "logit":
        return logistic(precision * (np.asarray(gain) * stake - continuing))
    raise ValueError(f"rule is {rule!r}; allowed are 'stake' and 'logit'")


def observed_compliance(compliance: Number, accuracy: Number = 1.0) -> Array:
    """Probability that monitors report compliance.

    Parameters
    ----------
    compliance : float or Array
        Probability that the party complies.
    accuracy : float or Array
        Probability that a report is true: 1 perfect monitors, 0.5 none.

    Returns
    -------
    Array
        Probability in [0, 1].

    Source: [Kydd2005]_ (Kydd, 2005).

    >>> float(observed_compliance(0.75)), float(observed_compliance(0.75, 0.5))
    (0.75, 0.5)
    """
    compliance, accuracy = np.asarray(compliance), np.asarray(accuracy)
    return np.asarray(accuracy * compliance + (1.0 - accuracy) * (1.0 - compliance))


def update_odds(
    odds: Number,
    stake: Number,
    noise: Number,
    *,
    complied: BoolArray | bool,
    accuracy: Number = 1.0,
) -> Array:
    """Odds that a party is trustworthy after a report on one of its steps.

    Parameters
    ----------
    odds : float or Array
        Odds before, zero or more.
    stake : float or Array
        Probability that an untrustworthy party defects: the stake itself under the simple rule, otherwise
        what :func:`defection_probability` says. Accidents befall it too, so it counts as the noise at least.
    noise : float or Array
        Probability that a trustworthy party breaks the step by accident or through spoilers.
    complied : BoolArray or bool
        What was reported.
    accuracy : float or Array
        As in :func:`observed_compliance`.

    Returns
    -------
    Array
        Odds after, zero or more.

    Source: [Kydd2005]_ (Kydd, 2005).

    >>> round(float(update_odds(1.0, 0.05, 0.02, complied=True)), 4)
    1.0316
    >>> round(float(update_odds(1.0, 0.05, 0.02, complied=False)), 4)
    0.4
    """
    good = observed_compliance(1.0 - np.asarray(noise), accuracy)
    bad = observed_compliance(1.0 - np.maximum(stake, noise), accuracy)
    kept = np.maximum(good, IMPOSSIBLE) / np.maximum(bad, IMPOSSIBLE)
    broken = np.maximum(1.0 - good, IMPOSSIBLE) / np.maximum(1.0 - bad, IMPOSSIBLE)
    return np.asarray(odds * np.where(complied, kept, broken))


def believe(trust: Number, ratio: Number) -> Array:
    """Trust after news of a known likelihood ratio.

    Parameters
    ----------
    trust : float or Array
        Probability that the party is trustworthy, before.
    ratio : float or Array
        Probability of the news if it is, over that if it is not; zero or more.

    Returns
    -------
    Array
        Trust after, kept off 0 and 1.

    >>> float(believe(0.5, 3.0))
    0.75
    """
    odds = trust_odds(trust) * ratio
    return _bounded(odds / (1.0 + odds))


def weekly_lesson(ratio: Number, weeks: Number) -> Array:
    """Likelihood ratio of one quiet week of a promise whose keeping over a span of weeks teaches a given one.

    A party that would break it within the span with some probability does so at a constant hazard, so that every
    quiet week tells the same and all of them together tell the whole.

    Parameters
    ----------
    ratio : float or Array
        Likelihood ratio of the promise kept over the whole span, above zero.
    weeks : float or Array
        Length of the span; less than a week counts as one.

    Returns
    -------
    Array
        Above zero; its power to the number of weeks is the ratio.

    Source: after [Kydd2005]_ (Kydd, 2005).

    >>> round(float(weekly_lesson(0.98 / 0.4, 52.0)), 6), float(weekly_lesson(1.0, 52.0))
    (1.017382, 1.0)
    """
    return np.asarray(np.exp(np.log(ratio) / np.maximum(weeks, 1.0)))


def forget(trust: Number, prior: Number, rate: Number) -> Array:
    """Trust after a week without news, drawn back towards what it was at first.

    Parameters
    ----------
    trust : float or Array
        Trust now.
    prior : float or Array
        Trust at the start.
    rate : float or Array
        Share of the distance in log odds that is lost a week, in [0, 1].

    Returns
    -------
    Array
        Trust between the two, kept off 0 and 1.

    >>> round(float(forget(0.9, 0.5, 0.5)), 2)
    0.75
    """
    rate = np.asarray(rate)
    mixed = (1.0 - rate) * np.log(trust_odds(trust)) + rate * np.log(trust_odds(prior))
    return _bounded(logistic(mixed))


def assurance_threshold(cc: Number, dc: Number, dd: Number, cd: Number) -> Array:
    """Trust from which a security seeker cooperates.

    Parameters
    ----------
    cc, dc, dd, cd : float or Array
        Own payoffs; the first letter is one's own move, C cooperate and D defect.

    Returns
    -------
    Array
        Threshold in [0, 1]; 0 where cooperating is no risk, infinite where exploiting a cooperator is
        no worse than joining it.

    Source: [Kydd2005]_ (Kydd, 2005).

    >>> round(float(assurance_threshold(1.0, 0.8, 0.3, -0.5)), 6)
    0.8
    """
    reward = np.maximum(np.asarray(cc) - dc, 0.0)
    risk = np.maximum(np.asarray(dd) - cd, 0.0)
    worthwhile = reward > 0.0
    return np.where(worthwhile, risk / np.where(worthwhile, reward + risk, 1.0), np.inf)


def successes_needed(start: Number, goal: Number, stake: Number, noise: Number) -> Array:
    """Kept steps in a row that lift trust to a goal.

    Parameters
    ----------
    start, goal : float or Array
        Trust now and trust wanted, in (0, 1).
    stake, noise : float or Array
        As in :func:`update_odds`.

    Returns
    -------
    Array
        Whole number of steps: 0 where the goal is met, infinite where a kept step teaches nothing.

    Source: [Kydd2005]_ (Kydd, 2005).

    >>> [int(successes_needed(0.15, 0.5, stake, 0.02)) for stake in (0.05, 0.25, 0.6)]
    [56, 7, 2]
    """
    distance = np.log(trust_odds(goal)) - np.log(trust_odds(start))
    step = np.log(update_odds(1.0, stake, noise, complied=True))
    teaches = step > 0.0
    steps = np.where(teaches, np.ceil(distance / np.where(teaches, step, 1.0) - 1e-9), np.inf)
    return np.where(distance <= 0.0, 0.0, steps)
