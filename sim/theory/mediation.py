"""When a mediator is believed, and what is left of its leverage once it has gone home.

Drafting texts and choosing terms belongs to the protocols; guarantees enter ``commitment`` as covariates.
"""

import numpy as np

from sim.theory.arrays import Array, Number


def _bias_at(posterior: Number, cost_low: Number, cost_high: Number, mediator_cost: Number) -> Array:
    """Bias that leaves the mediator indifferent between both counsels; infinite where there is none."""
    posterior = np.asarray(posterior)
    stake = posterior * cost_high - cost_low
    tempting = stake > 0.0
    return np.where(tempting, (1.0 - posterior) * mediator_cost / np.where(tempting, stake, 1.0), np.inf)


def honest_interval(
    cost_low: Number,
    cost_high: Number,
    mediator_cost: Number,
    posterior_weak: Number,
    posterior_resolved: Number,
) -> tuple[Array, Array]:
    """Biases towards the receiver for which a mediator's counsel is honest in an ultimatum crisis.

    The mediator values the receiver's share by its bias and dislikes war. It counsels the risky demand after
    a signal that the opponent is weak and restraint after a signal that it is resolved.

    Parameters
    ----------
    cost_low, cost_high : float or Array
        Costs of war of the resolved and of the weak opponent.
    mediator_cost : float or Array
        What war costs the mediator.
    posterior_weak, posterior_resolved : float or Array
        Its probability that the opponent is weak after either signal, the first the larger one.

    Returns
    -------
    tuple of Array
        Lowest and highest honest bias. Both infinite: no bias makes it counsel the risky demand.

    Source: after [Kydd2003]_ (Kydd, 2003).

    >>> [round(float(end), 6) for end in honest_interval(0.05, 0.3, 0.1, 0.8, 0.2)]
    [0.105263, 8.0]
    """
    low = _bias_at(posterior_weak, cost_low, cost_high, mediator_cost)
    high = _bias_at(posterior_resolved, cost_low, cost_high, mediator_cost)
    return low, high


def message_weight(bias: Number, low: Number, high: Number, decay: Number) -> Array:
    """Credence that a receiver gives a mediator's message.

    Parameters
    ----------
    bias : float or Array
        Bias of the mediator towards the receiver.
    low, high : float or Array
        Honest biases, from :func:`honest_interval`; infinite ends allowed.
    decay : float or Array
        Rate at which credence falls with the distance from them, zero or more.

    Returns
    -------
    Array
        Weight in [0, 1]: 1 inside the interval, 0 at infinite distance from it.

    Source: after [Kydd2003]_ (Kydd, 2003).

    >>> float(message_weight(0.5, 0.1, 8.0, 2.0)), float(message_weight(0.0, np.inf, np.inf, 2.0))
    (1.0, 0.0)
    """
    bias = np.asarray(bias, dtype=np.float64)
    distance = np.maximum(low - bias, 0.0) + np.maximum(bias - high, 0.0)
    reachable = np.isfinite(distance)
    return np.where(reachable, np.exp(-np.where(reachable, distance, 0.0) * decay), 0.0)


def residual_leverage(leverage: Number, decay: Number, age: Number) -> Array:
    """What is left of a mediator's side-payments and threats some weeks after signature.

    Parameters
    ----------
    leverage : float or Array
        Utility added while the mediator was engaged.
    decay : float or Array
        Rate a week, zero or more.
    age : float or Array
        Weeks since signature.

    Returns
    -------
    Array
        Utility still added.

    Source: [Beardsley2008]_ (Beardsley, 2008).

    >>> round(float(residual_leverage(0.1, 0.04, 26)), 6)
    0.035345
    """
    return np.asarray(leverage * np.exp(-np.asarray(decay) * age))
