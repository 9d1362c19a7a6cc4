"""Bueno de Mesquita's challenge model of one issue, in the replication by Scholz, Calbert and Smith.

One round of offers and its consequences, the rounds until nobody moves, and the oddities of the replication
as switches are here; the forecasts that only weigh positions are in ``median``. The formulae of support,
chances and expected gains are in ``challenge_utility``.
"""

from typing import Literal, NamedTuple

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray, Number
from sim.theory.challenge_utility import (
    Denominator,
    expected_gains,
    risk_exponents,
    status_quo_utility,
    win_probability,
)

CONFRONTATION, COMPROMISE, CAPITULATION, NO_OFFER = range(4)
"""What makes an actor move, in the order in which it takes notice."""

SAME_PLACE = 1e-9
"""Positions nearer than this part of the width of the issue are one; else rounding says who has arrived."""


class Rules(NamedTuple):
    """What the literature leaves open, with the choices of the public replication as defaults.

    ``compromise``: of several compromises an actor takes the one whose midpoint, weighted by what is at
    stake for both, is ``"lowest"`` on the scale (an oddity: turn the scale round and the outcome is another
    one), or, as the text has it, the ``"nearest"``. ``denominator``: see
    :func:`~sim.theory.challenge_utility.win_probability`. ``capitulates``: an actor that expects to lose more
    by a contest than its challenger to gain gives in, as the text has it; in the public code the case never
    arises. ``risk``: exponents follow from ``"security"``, or are 1 for all, ``"neutral"``. ``status_quo``:
    probability Q that things stay as they are without a challenge, one number or (runs,).
    """

    compromise: Literal["lowest", "nearest"] = "lowest"
    denominator: Denominator = "all"
    capitulates: bool = False
    risk: Literal["security", "neutral"] = "security"
    status_quo: Number = 1.0


REPLICATION = Rules()
"""The choices of the public replication."""


class Round(NamedTuple):
    """What a round leaves: (actors, runs) each.

    New ``positions``; the ``offer`` that each actor took (0 lost confrontation, 1 compromise, 2 capitulation,
    3 none) and ``whose``, the number of the actor it came from, or -1.
    """

    positions: Array
    offer: IntArray
    whose: IntArray


class Course(NamedTuple):
    """The whole course: cheap enough to be kept for every run.

    ``positions`` (rounds + 1, actors, runs) from the start on; ``offer`` and ``whose`` (rounds, actors, runs)
    as in :class:`Round`; ``rounds`` (runs,) played until the run settled or was stopped; ``settled`` (runs,).
    """

    positions: Array
    offer: IntArray
    whose: IntArray
    rounds: IntArray
    settled: BoolArray


class _Answer(NamedTuple):
    """Kind of the offer, how much an actor minds taking it, and where it would go: (actors, runs)."""

    offer: IntArray
    minds: Array
    target: Array


def challenge_round(
    positions: Array, capability: Array, salience: Array, span: Array, rules: Rules = REPLICATION
) -> Round:
    """One round in which everybody may challenge everybody, and each gives way to the offer it minds least.

    An actor sees each dyad with its own attitude to risk. Where both expect to gain by a challenge, it loses
    a confrontation to who expects more and moves all the way. Where only the other expects to gain, and more
    than the actor would lose, both compromise: it moves by the ratio of its loss to that gain. Confrontations
    go before compromises, these before capitulations; among confrontations, and capitulations, the nearest is
    taken, the first in the order of the actors if several are equally near. All move at the same time.

    Parameters
    ----------
    positions : Array, (actors, runs)
        Positions on the issue, in any unit.
    capability, salience : Array, (actors, runs) or (actors, 1)
        Power, zero or more and in any unit, and salience in [0, 1].
    span : Array, (runs,)
        Width of the issue, at least the distance of the outermost positions.
    rules : Rules
        Choices that the literature leaves open.

    Returns
    -------
    Round
        Positions at the end of the round and what led there.

    Source: [ScholzCalbertSmith2011]_ (Scholz, Calbert and Smith, 2011), after [BuenoDeMesquitaStokman1994]_
    (Bueno de Mesquita and Stokman, 1994).

    >>> start, power, care = np.array([[0.0], [1.0]]), np.array([[3.0], [1.0]]), np.full((2, 1), 0.5)
    >>> challenge_round(start, power, care, np.ones(1), Rules(denominator="pair")).positions.T
    array([[0., 0.]])
    """
    distance = np.abs(positions[None] - positions[:, None]) / np.where(span > 0.0, span, 1.0)
    weight = capability * salience
    chance = win_probability(distance, weight, denominator=rules.denominator)
    risk, unchanged = None, np.zeros(1)
    if rules.risk == "security":
        risk = risk_exponents(distance, salience, chance)
        chance = win_probability(distance, weight, risk, rules.denominator)
        unchanged = rules.status_quo * status_quo_utility(risk)
    best = _Answer(np.full(positions.shape, NO_OFFER), np.full(positions.shape, np.inf), positions)
    whose = np.full(positions.shape, -1)
    for challenger in range(len(positions)):
        own, other = expected_gains(challenger, distance, salience, chance, risk, unchanged)
        apart = distance[challenger] > SAME_PLACE
        answer = _answer(positions, positions[challenger], (own, other), apart, rules)
        better = (answer.offer < best.offer) | ((answer.offer == best.offer) & (answer.minds < best.minds))
        best = _Answer(*(np.where(better, new, old) for new, old in zip(answer, best, strict=True)))
        whose = np.where(better, challenger, whose)
    return Round(best.target, best.offer, whose)


def course_of_challenges(
    positions: Array,
    capability: Array,
    salience: Array,
    *,
    rounds: int = 10,
    tolerance: float = SAME_PLACE,
    rules: Rules = REPLICATION,
) -> Course:
    """Rounds of challenges until nobody moves, or for a number of rounds.

    A run stops after the first round in which nobody moved by more than ``tolerance`` times the width of the
    issue, and stands still from then on; the others stop after ``rounds``. Many never settle, since with the
    oddities of the replication positions can run in circles: look at ``settled``.

    Parameters
    ----------
    positions, capability, salience : Array
        As in :func:`challenge_round`; the issue is as wide as the positions at the start.
    rounds : int
        Most rounds to be played, zero or more.
    tolerance : float
        Zero or more.
    rules : Rules
        Choices that the literature leaves open.

    Returns
    -------
    Course
        History and end of every run.

    Source: [ScholzCalbertSmith2011]_ (Scholz, Calbert and Smith, 2011).

    >>> start, power, care = np.array([[0.0], [1.0]]), np.array([[3.0], [1.0]]), np.full((2, 1), 0.5)
    >>> course_of_challenges(start, power, care, rules=Rules(denominator="pair")).rounds
    array([2])
    """
    positions, capability, salience = np.broadcast_arrays(positions, capability, salience)
    course = _standing_still(positions, rounds)
    span = np.max(positions, axis=0) - np.min(positions, axis=0)
    live = np.arange(positions.shape[-1])
    for place in range(rounds):
        course.positions[place + 1] = course.positions[place]
        if live.size:
            now, power, care = (_cut(each, live) for each in (course.positions[place], capability, salience))
            done = challenge_round(now, power, care, _cut(span, live), _of_runs(rules, live))
            course.positions[place + 1][:, live] = done.positions
            course.offer[place][:, live], course.whose[place][:, live] = done.offer, done.whose
            course.rounds[live] = place + 1
            course.settled[live] = np.max(np.abs(done.positions - now), axis=0) <= tolerance * span[live]
            live = live[~course.settled[live]]
    return course


def _cut(values: Array, runs: IntArray) -> Array:
    """Values of some of the runs."""
    return values if runs.size == values.shape[-1] else np.take(values, runs, axis=-1)


def _of_runs(rules: Rules, runs: IntArray) -> Rules:
    """The rules as they are in some of the runs."""
    return rules if np.ndim(rules.status_quo) == 0 else rules._replace(status_quo=np.take(rules.status_quo, runs))


def _standing_still(positions: Array, rounds: int) -> Course:
    """The course in which nothing happens."""
    shape = (rounds, *positions.shape)
    return Course(
        np.repeat(positions[None], rounds + 1, axis=0),
        np.full(shape, NO_OFFER),
        np.full(shape, -1),
        np.zeros(shape[-1], dtype=np.int64),
        np.zeros(shape[-1], dtype=np.bool_),
    )


def _answer(positions: Array, place: Array, gains: tuple[Array, Array], apart: BoolArray, rules: Rules) -> _Answer:
    """What each actor makes of the offer of one challenger at a place; it minds inf where there is none."""
    own, other = gains
    offer = _offer(apart, own, other, capitulates=rules.capitulates)
    compromise, away, loss = offer == COMPROMISE, place - positions, np.abs(own)
    step = np.where(compromise, away * loss / np.where(compromise, other, 1.0), away)
    minds = np.where(offer == NO_OFFER, np.inf, np.abs(step))
    if rules.compromise == "lowest":
        midpoint = (loss * positions + other * place) / np.where(compromise, loss + other, 1.0)
        minds = np.where(compromise, midpoint, minds)
    return _Answer(offer, minds, np.where(compromise, positions + step, place))


def _offer(apart: BoolArray, own: Array, other: Array, *, capitulates: bool) -> IntArray:
    """Kind of the offer that each actor gets from a challenger."""
    challenged = apart & (other > 0.0)
    lower, loss = challenged & (own < 0.0), -own
    offer = np.where(challenged & (own > 0.0) & (other > own), CONFRONTATION, NO_OFFER)
    offer = np.where(lower & (other > loss), COMPROMISE, offer)
    return np.where(lower & (other < loss), CAPITULATION, offer) if capitulates else offer
