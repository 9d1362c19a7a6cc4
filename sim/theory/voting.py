"""A vote of the General Assembly: latent support, the band of abstention, discipline, absence.

A vote has four outcomes, and each state's follows from a latent support and a band around zero within which
it abstains. Luck is handed in. Majorities are in `majority`, the Security Council's rule in `council`, the
power that rules confer in `power`, and how positions come about in `influence`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from sim.theory.arrays import BoolArray, IntArray, logistic
from sim.theory.majority import adoption_margin, simple_majority, two_thirds, yes_share

__all__ = [
    "ABSENT",
    "ABSTAIN",
    "NO",
    "OUTCOMES",
    "YES",
    "Votes",
    "absence_probability",
    "abstention_band",
    "adoption_margin",
    "cast",
    "caucus",
    "demand_and_band",
    "outcome_probabilities",
    "simple_majority",
    "support",
    "tally",
    "torn",
    "two_thirds",
    "whip",
    "yes_share",
]

YES, NO, ABSTAIN, ABSENT = 0, 1, 2, 3
OUTCOMES = ("yes", "no", "abstain", "absent")

Array = npt.NDArray[np.floating[Any]]
"""Array of either precision; an Assembly of many runs is reckoned in single precision."""

Number = float | Array
"""A scalar, or an array that broadcasts against the runs."""

Votes = npt.NDArray[np.int8]
"""(N, R) outcome codes, an index into ``OUTCOMES``."""


def support(
    general: Array,
    conflict: Array,
    *,
    general_weight: Number,
    conflict_weight: Number,
    demand: Number,
    push: Number = 0.0,
    noise: Number = 0.0,
) -> Array:
    """Latent support of every state for a text.

    y* = b·θ + g·ψ − D + push + ε.

    Parameters
    ----------
    general : Array, (N, 1) or (N, R)
        θ, point of the state on the general dimension of the Assembly.
    conflict : Array, (N, 1) or (N, R)
        ψ, its alignment in this conflict.
    general_weight, conflict_weight : float or Array, (R,)
        b and g, how much the text turns on each dimension.
    demand : float or Array, (R,)
        D, how much the text asks for.
    push : float or Array, (N, R)
        Lobbying through ties, in units of the noise.
    noise : float or Array, (N, R)
        ε, standard normal luck.

    Returns
    -------
    Array, (N, R)
        Latent support, positive in favour.

    Source: spatial voting, [EnelowHinich1984]_ (Enelow and Hinich, 1984); scale of
    [BaileyStrezhnevVoeten2017]_ (Bailey, Strezhnev and Voeten, 2017).

    >>> text = dict(general_weight=1.5, conflict_weight=1.0, demand=0.5)
    >>> support(np.array([[1.0]]), np.array([[0.5]]), **text).tolist()
    [[1.5]]
    """
    result: Array = general_weight * general + conflict_weight * conflict - demand + push + noise
    return result


def torn(dependence_a: Number, dependence_b: Number) -> Array:
    """How far a state is pulled both ways: the geometric mean of its dependences.

    Parameters
    ----------
    dependence_a, dependence_b : float or Array, (N, 1)
        Dependence of the state on each side, in [0, 1].

    Returns
    -------
    Array, (N, 1)
        In [0, 1]; 0 for a state that one side leaves alone.

    >>> float(torn(0.25, 1.0))
    0.5
    """
    return np.sqrt(np.multiply(dependence_a, dependence_b))


def abstention_band(
    base: Number,
    dependence_a: Number,
    dependence_b: Number,
    cross_pressure: Number,
    fatigue_weight: Number,
    fatigue: Number,
) -> Array:
    """Width of the band of latent support within which a state abstains.

    B = B0 + h·sqrt(dependence on A · dependence on B) + φ·fatigue: those who need both sides, and the tired,
    abstain.

    Parameters
    ----------
    base : float or Array, (N, 1)
        B0, zero or more, in units of the noise.
    dependence_a, dependence_b : float or Array, (N, 1)
        Dependence of the state on each side, in [0, 1].
    cross_pressure : float or Array
        h, zero or more.
    fatigue_weight : float or Array
        φ, zero or more.
    fatigue : float or Array, (R,)
        Weariness of the Assembly with the conflict, in [0, 1].

    Returns
    -------
    Array, (N, R)
        Band, zero or more.

    >>> float(abstention_band(1.5, 0.25, 1.0, 0.5, 1.0, 0.25))
    2.0
    """
    widening = cross_pressure * torn(dependence_a, dependence_b)
    result: Array = np.maximum(base + widening + np.multiply(fatigue_weight, fatigue), 0.0)
    return result


def demand_and_band(cut_yes: Number, cut_no: Number) -> tuple[Number, Number]:
    """Demand and band of a text from the cut points of an ordered probit.

    With P(yes) = Φ(bθ + k1) and P(no) = Φ(−bθ − k2): D = −(k1 + k2)/2 and B = k2 − k1.

    Parameters
    ----------
    cut_yes, cut_no : float or Array
        k1 and k2, with k1 ≤ k2.

    Returns
    -------
    demand, band : float or Array

    Source: [BaileyStrezhnevVoeten2017]_ (Bailey, Strezhnev and Voeten, 2017), ordered response model.

    >>> demand_and_band(0.5, 2.0)
    (-1.25, 1.5)
    """
    return -0.5 * (cut_yes + cut_no), cut_no - cut_yes


def whip(support: Array, bloc_position: Array, strength: Number) -> Array:
    """Latent support of members after their bloc has called for discipline.

    Parameters
    ----------
    support : Array, (N, R)
        Support of each state on its own.
    bloc_position : Array, (R,) or (N, R)
        Position of the bloc, as from `caucus`.
    strength : float or Array, (N, 1)
        ζ in [0, 1]: 0 leaves a state free (use it for non-members), 1 makes it vote with the bloc.

    Returns
    -------
    Array, (N, R)
        (1 − ζ)·support + ζ·bloc position.

    >>> whip(np.array([[1.0], [-1.0]]), np.array([3.0]), np.array([[0.5], [0.0]])).tolist()
    [[2.0], [-1.0]]
    """
    result: Array = np.subtract(1.0, strength) * support + strength * bloc_position
    return result


def caucus(support: Array, members: BoolArray) -> Array:
    """Position of a bloc: the median of its members in every run.

    Parameters
    ----------
    support : Array, (N, R)
        Latent support of all states.
    members : bool array, (N,)
        Who belongs to the bloc.

    Returns
    -------
    Array, (R,)
        Median; the mean of the middle two when the number of members is even.

    Raises
    ------
    ValueError
        The bloc has no members.

    Source: [Black1948]_ (Black, 1948).

    >>> caucus(np.array([[1.0], [5.0], [9.0], [100.0]]), np.array([True, True, True, False])).tolist()
    [5.0]
    """
    number = int(np.count_nonzero(members))
    if number == 0:
        raise ValueError("a bloc without members has no position")
    ranked = np.sort(np.compress(members, support, axis=0), axis=0)
    low, high = ranked[(number - 1) // 2], ranked[number // 2]
    median: Array = low if number % 2 else 0.5 * (low + high)
    return median


def cast(support: Array, band: Number, absent: BoolArray) -> Votes:
    """Vote of every state.

    Parameters
    ----------
    support : Array, (N, R)
        Latent support.
    band : float or Array, (N, 1) or (N, R)
        Width of the band of abstention, zero or more.
    absent : bool array, (N, R)
        Who is not there.

    Returns
    -------
    int8 array, (N, R)
        YES above +band/2, NO below −band/2, ABSTAIN between and exactly on a border, ABSENT whatever the
        support.

    Source: [BaileyStrezhnevVoeten2017]_ (Bailey, Strezhnev and Voeten, 2017), ordered response model.

    >>> cast(np.array([[2.0], [1.0], [-2.0]]), 2.0, np.zeros((3, 1), dtype=bool)).T.tolist()
    [[0, 2, 1]]
    """
    half = np.multiply(0.5, band)
    yes, no, abstain, away = np.array([YES, NO, ABSTAIN, ABSENT], dtype=np.int8)
    votes = np.where(support > half, yes, np.where(support < -half, no, abstain))
    cast_votes: Votes = np.where(absent, away, votes)
    return cast_votes


def absence_probability(
    habit: Number, day: Number = 0.0, *, pulled: Number = 0.0, cross_pressure: Number = 0.0
) -> Array:
    """Probability that a state does not vote at all.

    Log odds: habit + weight·how far it is pulled both ways + what the day adds.

    Parameters
    ----------
    habit : float or Array, (N, 1)
        Log odds of absence for the size and habit of its mission; minus infinity is always there.
    day : float or Array, (R,)
        Log odds that the day adds for everybody.
    pulled : float or Array, (N, 1)
        As from `torn`, in [0, 1].
    cross_pressure : float or Array, (R,)
        Log odds that a state wholly pulled both ways has more.

    Returns
    -------
    Array, (N, R)
        Probability in [0, 1].

    >>> float(absence_probability(-np.inf, 2.0)), float(absence_probability(-1.0, pulled=0.5, cross_pressure=2.0))
    (0.0, 0.5)
    """
    return logistic(np.add(np.add(habit, np.multiply(cross_pressure, pulled)), day))


def tally(votes: Votes) -> IntArray:
    """Number of states for each outcome.

    Parameters
    ----------
    votes : int8 array, (N, R)
        Outcome codes.

    Returns
    -------
    int64 array, (4, R)
        Yes, no, abstaining, absent, in the order of ``OUTCOMES``; they sum to N.

    >>> tally(np.array([[0], [0], [2], [3]], dtype=np.int8)).T.tolist()
    [[2, 0, 1, 1]]
    """
    counts = np.zeros((len(OUTCOMES), votes.shape[1]), dtype=np.int64)
    # Bytes add up eight times as fast as wide numbers; 255 rows is as far as they go.
    for start in range(0, len(votes), 255):
        part = votes[start : start + 255]
        counts += [
            np.add.reduce((part == code).view(np.uint8), axis=0, dtype=np.uint8) for code in range(len(OUTCOMES))
        ]
    return counts


def outcome_probabilities(support_mean: Array, band: Number, absence: Number) -> Array:
    """Probability of each outcome when the luck of support is standard normal.

    Parameters
    ----------
    support_mean : Array, (N, R)
        Latent support without its luck.
    band : float or Array, (N, 1) or (N, R)
        Width of the band of abstention, zero or more.
    absence : float or Array, (N, 1) or (N, R)
        Probability of absence.

    Returns
    -------
    Array, (4, N, R)
        Yes, no, abstaining, absent, in the order of ``OUTCOMES``; they sum to one.

    Source: [BaileyStrezhnevVoeten2017]_ (Bailey, Strezhnev and Voeten, 2017), ordered response model.

    >>> outcome_probabilities(np.array([[0.0]]), 0.0, 0.5).reshape(-1).tolist()
    [0.25, 0.25, 0.0, 0.5]
    """
    half = np.multiply(0.5, band)
    against = ndtr(-half - support_mean)
    present = np.subtract(1.0, absence)
    shares = (ndtr(support_mean - half), against, ndtr(half - support_mean) - against)
    voting = [present * share for share in shares]
    return np.stack(np.broadcast_arrays(*voting, np.asarray(absence, dtype=np.float64)))
