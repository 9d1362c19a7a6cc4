"""Support, chances and expected gains of the challenge model: what an actor weighs before it gives way.

What the actors then do is in ``challenge``. All arrays over pairs have the actor who looks or challenges
first.
"""

from typing import Literal

import numpy as np

from sim.theory.arrays import Array, Number, ordered_sum

Denominator = Literal["all", "pair"]
"""Whose support a chance of winning is measured against."""

NEXT_TO_NOTHING = 1e-150
"""Stands in for a base of zero, whose powers then vanish beside whatever they are added to.

Its square is still a full number; denormal ones slow every operation on them.
"""


def win_probability(
    distance: Array, weight: Array, risk: Array | None = None, denominator: Denominator = "all"
) -> Array:
    """Chance that a challenge wins, by the support of everybody for either side.

    Each actor supports the nearer side by its weight times the difference of both distances, raised to its
    risk exponent. A pair of sides is looked at once, for the support of one is the opposition to the other,
    and the supporters one after another.

    Parameters
    ----------
    distance : Array, (actors, actors, runs)
        Distances of the positions, as a part of the width of the issue.
    weight : Array, (actors, runs) or (actors, 1)
        Capability times salience.
    risk : Array, (actors, runs), optional
        Risk exponents above zero; 1 for all by default.
    denominator : {"all", "pair"}
        ``"pair"`` divides by all support for either of the two sides, so that both chances add to 1.
        ``"all"`` divides by the support in all contests between all, as the public replication does; chances
        are then small, and no longer add to 1.

    Returns
    -------
    Array, (actors, actors, runs)
        Chance of the first against the second, in [0, 1]; 0 where both stand at the same place or nobody
        cares.

    Source: [ScholzCalbertSmith2011]_ (Scholz, Calbert and Smith, 2011).

    >>> apart = np.array([[0.0, 1.0], [1.0, 0.0]])[..., None]
    >>> win_probability(apart, np.array([[3.0], [1.0]]), denominator="pair")[..., 0]
    array([[0.  , 0.75],
           [0.25, 0.  ]])
    """
    first, second = np.triu_indices(len(distance), 1)
    shape = len(first), distance.shape[-1]
    for_first, for_second, lean, for_side = np.zeros(shape), np.zeros(shape), np.empty(shape), np.empty(shape)
    for place, far in enumerate(distance):
        loss = weight[place] * (far if risk is None else _raised(far, risk[place]))
        np.take(loss, second, axis=0, out=lean, mode="clip")
        lean -= np.take(loss, first, axis=0, out=for_side, mode="clip")
        for_first += np.maximum(lean, 0.0, out=for_side)
        for_side -= lean
        for_second += for_side
    total = for_first + for_second
    if denominator == "all":
        total = 2.0 * ordered_sum(total)
    total = np.where(total > 0.0, total, 1.0)
    chance = np.zeros(distance.shape)
    chance[first, second], chance[second, first] = for_first / total, for_second / total
    return chance


def risk_exponents(distance: Array, salience: Array, chance: Array) -> Array:
    """Risk exponents from the security of every position, as everybody without a taste for risk would see it.

    The safest actor holds its position because it shuns risks, the most endangered one although it must run
    them: R = (2D - max D - min D) / (max D - min D) of the sum D of what all others expect from challenging
    it, and the exponent (1 - R/3) / (1 + R/3).

    Parameters
    ----------
    distance, chance : Array, (actors, actors, runs)
        As in and from :func:`win_probability`, without risk exponents.
    salience : Array, (actors, runs) or (actors, 1)
        Salience in [0, 1].

    Returns
    -------
    Array, (actors, runs)
        Exponents from 1/2 (most endangered) to 2 (safest); 1 for all where all are equally safe.

    Source: [ScholzCalbertSmith2011]_ (Scholz, Calbert and Smith, 2011).

    >>> apart, chance = np.ones((2, 2, 1)) - np.eye(2)[..., None], np.full((2, 2, 1), 0.5)
    >>> risk_exponents(apart, np.array([[1.0], [0.5]]), chance).T
    array([[2. , 0.5]])
    """
    danger = np.zeros(distance.shape[1:])
    for challenger in range(len(distance)):
        danger += expected_gains(challenger, distance, salience, chance)[1]
    most, least = np.max(danger, axis=0), np.min(danger, axis=0)
    spread = most - least
    acceptance = np.where(spread > 0.0, (2.0 * danger - most - least) / np.where(spread > 0.0, spread, 1.0), 0.0)
    return (1.0 - acceptance / 3.0) / (1.0 + acceptance / 3.0)


def status_quo_utility(risk: Array) -> Array:
    """What the status quo is worth on the scale of :func:`expected_gains`: 2 - 4(1/2)^r.

    >>> status_quo_utility(np.array([1.0, 2.0]))
    array([0., 1.])
    """
    return np.asarray(2.0 - 4.0 * np.exp(risk * np.log(0.5)))


def expected_gains(
    challenger: int,
    distance: Array,
    salience: Array,
    chance: Array,
    risk: Array | None = None,
    unchanged: Number = 0.0,
) -> tuple[Array, Array]:
    """What each actor expects from challenging one other, and thinks the other expects from challenging it.

    The challenged resists with a probability that is its salience; whoever does not resist has lost. Success
    is worth 2 - 4(1/2 - d/2)^r and failure 2 - 4(1/2 + d/2)^r at distance d. The looking actor's own risk
    exponent r stands for both.

    Parameters
    ----------
    challenger : int
        Number of the other actor.
    distance, chance : Array, (actors, actors, runs)
        As in and from :func:`win_probability`.
    salience : Array, (actors, runs) or (actors, 1)
        Salience in [0, 1].
    risk : Array, (actors, runs), optional
        Risk exponents of the looking actors; 1 for all by default.
    unchanged : float or Array, (actors, runs)
        What is had without a challenge: :func:`status_quo_utility` times the probability that things stay.

    Returns
    -------
    tuple of Array, (actors, runs)
        Gain of each actor, and of the challenger against it.

    Source: [ScholzCalbertSmith2011]_ (Scholz, Calbert and Smith, 2011).

    >>> apart, chance = np.ones((2, 2, 1)) - np.eye(2)[..., None], np.full((2, 2, 1), 0.25)
    >>> [float(gain[0, 0]) for gain in expected_gains(1, apart, np.array([[1.0], [0.5]]), chance)]
    [0.5, -1.0]
    """
    far = distance[challenger]
    if risk is None:
        success, at_stake = 2.0 * far - unchanged, 4.0 * far
    else:
        half = 0.5 * far
        less, more = _raised(0.5 - half, risk), _raised(0.5 + half, risk)
        success, at_stake = 2.0 - unchanged - 4.0 * less, 4.0 * (more - less)
    own = success - salience[challenger] * (1.0 - chance[:, challenger]) * at_stake
    return own, success - salience * (1.0 - chance[challenger]) * at_stake


def _raised(base: Array, risk: Array) -> Array:
    """Base from 0 to 1 to the risk exponent."""
    return np.asarray(np.exp(risk * np.log(np.maximum(base, NEXT_TO_NOTHING))))
