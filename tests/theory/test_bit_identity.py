"""A run's numbers are the same bits whether it is computed alone or among many."""

from collections.abc import Callable

import numpy as np
import pytest

from sim.theory import (
    arrays,
    bargaining,
    bargaining_range,
    beliefs,
    choice,
    commitment,
    first_passage,
    interactions,
    ladder,
    mediation,
    moving_lines,
    preferences,
    ratification,
    resurrection,
    ripeness,
    talk_learning,
    war_curvature,
    war_value,
)
from sim.theory import frontier as frontiers

RUNS, SIDES, ISSUES = 128, 2, 5
RUN, SIDE, ISSUE, PARTY = (RUNS,), (SIDES, RUNS), (ISSUES, RUNS), (SIDES, ISSUES, RUNS)


def scaled(low, high):
    return lambda unit: low + (high - low) * unit


UNIT = scaled(0.0, 1.0)
DRIFT, VOLATILITY, DISCOUNT = scaled(-0.005, 0.005), scaled(0.0, 0.02), scaled(5e-4, 0.01)
WEEKS, COST, GAIN = scaled(1.0, 200.0), scaled(0.0, 0.005), scaled(-0.3, 0.3)
NORMAL = scaled(-4.0, 4.0)


def solve(ideal, salience, red_line, steepness, keeps):
    pieces = frontiers.issue_segments(
        ideal, salience, red_line, steepness[:, None], np.zeros_like(ideal[0]), np.ones_like(ideal[0])
    )
    chain = frontiers.frontier(*pieces)
    solutions = (frontiers.nash_point, frontiers.egalitarian_point, frontiers.kalai_smorodinsky_point)
    points = [solution(chain, keeps[0], keeps[1]) for solution in solutions]
    terms = [frontiers.terms_at(chain, pieces.knots, point.position) for point in points]
    return [np.stack(point) for point in points] + terms


def hazard(base, one, two):
    return commitment.break_hazard(base, {"one": one, "two": two}, {"one": -0.3, "two": 1.7})


def curved(terms, ideal, salience, curvature):
    return preferences.loss(terms, ideal, salience, curvature[:, None])


def consistency(terms):
    return preferences.norm_consistency(terms, np.ones((ISSUES, 1)), np.full((ISSUES, 1), 0.13))


def kept_or_broken(trust, stake, noise, complied, accuracy):
    told = ladder.update_odds(1.0, stake, 0.1 * noise, complied=complied > 0.5, accuracy=accuracy)
    return ladder.believe(trust, told)


def interacting(agreed, wartime, delivery, weight):
    pairs = interactions.Pairs(np.array([0, 1, 0]), np.array([0, 1, 1]), weight[:, :3])
    return interactions.expected_interaction_loss(pairs, agreed, wartime, delivery)


def moved_lines(width, fatigue, losses):
    return moving_lines.next_red_line(width, fatigue[:, None], losses[:, None], softening=0.03, hardening=0.7)


def told(need, surplus, precision, share):
    weight = np.repeat(need[:, None], 5, axis=1) + 0.1
    at = surplus[:, None] - np.linspace(-1.0, 1.0, 5)[:, None]
    return talk_learning.next_posterior(weight, at, surplus > 0.0, precision, share)


def told_by_another(need, error, deviation):
    weight = np.repeat(need[:, None], 5, axis=1) + 0.1
    return talk_learning.told_posterior(weight, error[:, None] - np.linspace(-1.0, 1.0, 5)[:, None], deviation)


def bent(front, ideal, salience, power):
    return war_curvature.bend(front, ideal, salience, power, 0.01)


CASES: list[tuple[Callable, list]] = [
    (interacting, [(UNIT, PARTY), (UNIT, PARTY), (UNIT, ISSUE), (UNIT, PARTY)]),
    (moved_lines, [(UNIT, PARTY), (UNIT, SIDE), (UNIT, SIDE)]),
    (told, [(UNIT, SIDE), (GAIN, SIDE), (WEEKS, SIDE), (UNIT, RUN)]),
    (told_by_another, [(UNIT, SIDE), (GAIN, SIDE), (UNIT, SIDE)]),
    (bent, [(UNIT, RUN), (UNIT, SIDE), (UNIT, SIDE), (scaled(0.3, 3.0), SIDE)]),
    (resurrection.reckoned_cost, [(COST, SIDE), (UNIT, SIDE), (UNIT, SIDE), (UNIT, SIDE)]),
    (arrays.ordered_sum, [(UNIT, (40, RUNS))]),
    (arrays.logistic, [(NORMAL, RUN)]),
    (arrays.safe_power, [(UNIT, RUN), (UNIT, RUN)]),
    (preferences.loss, [(UNIT, ISSUE), (UNIT, PARTY), (UNIT, PARTY)]),
    (curved, [(UNIT, ISSUE), (UNIT, PARTY), (UNIT, PARTY), (scaled(0.3, 2.0), SIDE)]),
    (preferences.issue_penalty, [(UNIT, PARTY), (UNIT, PARTY), (scaled(0, 9), PARTY)]),
    (consistency, [(UNIT, ISSUE)]),
    (preferences.slope, [(UNIT, RUN), (UNIT, SIDE), (UNIT, SIDE)]),
    (first_passage.prob_upper, [(UNIT, RUN), (DRIFT, SIDE), (VOLATILITY, RUN)]),
    (first_passage.expected_duration, [(UNIT, RUN), (DRIFT, SIDE), (VOLATILITY, RUN)]),
    (first_passage.behind_shifted_ends, [(UNIT, RUN), (DRIFT, RUN), (VOLATILITY, RUN), (UNIT, RUN)]),
    (war_value.annuity, [(DISCOUNT, RUN), (WEEKS, RUN)]),
    (war_value.discounted_ends, [(UNIT, RUN), (DRIFT, SIDE), (VOLATILITY, RUN), (DISCOUNT, SIDE)]),
    (war_value.absorbing_annuity, [(UNIT, RUN), (DRIFT, SIDE), (VOLATILITY, RUN), (DISCOUNT, SIDE)]),
    (war_value.war_value, [(UNIT, SIDE), (UNIT, SIDE), (DRIFT, SIDE), (COST, SIDE), (WEEKS, SIDE)]),
    (bargaining_range.dynamic_range, [(UNIT, RUN), (DRIFT, SIDE), (COST, SIDE), (WEEKS, SIDE)]),
    (bargaining_range.settlement_week, [(UNIT, RUN), (COST, RUN), (COST, RUN), (UNIT, RUN)]),
    (beliefs.learn, [(DRIFT, SIDE), (COST, SIDE), (DRIFT, RUN), (UNIT, SIDE), (COST, SIDE)]),
    (hazard, [(UNIT, RUN), (UNIT, RUN), (UNIT, SIDE)]),
    (commitment.value_with_breakdown, [(UNIT, SIDE), (UNIT, SIDE), (COST, SIDE), (WEEKS, SIDE)]),
    (commitment.weekly_probability, [(UNIT, RUN), (WEEKS, RUN)]),
    (ripeness.pain, [(COST, SIDE), (COST, SIDE), (scaled(1e-4, 1e-3), SIDE)]),
    (ripeness.stalemate, [(DRIFT, SIDE), (scaled(0.02, 0.2), SIDE)]),
    (lambda *parts: ripeness.ripeness(*parts, (1.0, 0.5, 2.0, 1.3)), [(UNIT, SIDE)] * 4),
    (lambda sides: ripeness.dyad(sides, "compensatory"), [(UNIT, SIDE)]),
    (choice.acceptance_probability, [(GAIN, SIDE), (WEEKS, SIDE)]),
    (choice.persistence, [(WEEKS, RUN)]),
    (choice.next_taste, [(NORMAL, SIDE), (NORMAL, SIDE), (UNIT, RUN)]),
    (choice.logistic_taste, [(NORMAL, SIDE)]),
    (choice.trembling_agreement, [(GAIN, SIDE), (WEEKS, SIDE), (WEEKS, RUN)]),
    (ratification.share_in_favour, [(GAIN, SIDE), (UNIT, SIDE)]),
    (kept_or_broken, [(UNIT, SIDE), (UNIT, SIDE), (UNIT, SIDE), (UNIT, SIDE), (scaled(0.5, 1.0), SIDE)]),
    (ladder.forget, [(UNIT, SIDE), (UNIT, SIDE), (UNIT, RUN)]),
    (solve, [(UNIT, PARTY), (UNIT, PARTY), (UNIT, PARTY), (scaled(0, 9), SIDE), (scaled(-3, -1), SIDE)]),
    (bargaining.rubinstein_share, [(UNIT, RUN), (UNIT, RUN)]),
    (bargaining.take_it_or_leave_it, [(UNIT, RUN), (COST, RUN), (UNIT, RUN)]),
    (mediation.honest_interval, [(COST, RUN), (UNIT, RUN), (UNIT, RUN), (UNIT, RUN), (UNIT, RUN)]),
    (mediation.message_weight, [(UNIT, RUN), (UNIT, RUN), (UNIT, RUN), (WEEKS, RUN)]),
    (mediation.residual_leverage, [(UNIT, RUN), (COST, RUN), (WEEKS, RUN)]),
]


def results(function, arguments):
    value = function(*arguments)
    return value if isinstance(value, list | tuple) else [value]


@pytest.mark.newest
@pytest.mark.parametrize(("function", "shapes"), CASES, ids=lambda case: getattr(case, "__name__", ""))
@pytest.mark.parametrize("width", [1, 3])
def test_a_run_has_the_same_bits_alone_and_among_others(function, shapes, width):
    generator = np.random.default_rng(20)
    arguments = [scale(generator.random(shape)) for scale, shape in shapes]
    among = results(function, arguments)
    for first in range(0, RUNS - width, 7):
        some = slice(first, first + width)
        alone = results(function, [np.ascontiguousarray(argument[..., some]) for argument in arguments])
        for one, other in zip(among, alone, strict=True):
            assert np.ascontiguousarray(one[..., some]).tobytes() == np.asarray(other).tobytes()
