"""Exact results on bargaining between two sides, with and without war as the alternative."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.studies.validate.entry import Entry
from sim.studies.validate.homes import doubtful_homes, known_homes
from sim.theory import bargaining, sealed_bids
from sim.theory.bargaining_range import dynamic_range, fearon_range, settlement_week, width
from sim.theory.beliefs import gap_ratio, learn
from sim.theory.choice import trembling_agreement
from sim.theory.commitment import critical_shift, preventive_war, value_with_breakdown
from sim.theory.frontier import Frontier, egalitarian_point, frontier, kalai_smorodinsky_point
from sim.theory.logrolling import package_gains, separate_gains
from sim.theory.mediation import honest_interval, message_weight
from sim.theory.outside_options import outside_option_share
from sim.theory.sealed_bids import chatterjee_samuelson_bids, mediated_gains, split_the_difference
from sim.theory.ultimatum import screening_demand
from sim.theory.zeuthen import concede

Array = npt.NDArray[np.float64]

WEEKS = np.array([1, 4, 13, 26, 52, 104])
LOGROLL = np.array([[0.8, 0.2], [0.2, 0.8]])


def _pie() -> Frontier:
    one = np.ones((1, 1, 1))
    return frontier(np.array([[[0.0], [1.0]]]), -one, one, np.array([[1.0], [0.0]]))


def _with_war() -> list[float]:
    """Nash, Kalai-Smorodinsky and egalitarian shares of A, and the middle of Fearon's range."""
    low, high = fearon_range(0.6, 0.1, 0.2)
    others = [point(_pie(), low, 1.0 - high).utility_a[0] for point in (kalai_smorodinsky_point, egalitarian_point)]
    return [float(bargaining.nash_with_war(0.6, 0.1, 0.2)), *others, float(0.5 * (low + high))]


def _conceded() -> list[float]:
    """Where both sides end by Zeuthen's rule on a quarter circle and on a parabola, A's and B's utility."""
    part = np.linspace(0.0, 1.0, 4001)[:, None]
    utility_a = np.concatenate([1.0 - part, 1.0 - part], axis=1)
    utility_b = np.concatenate([np.sqrt(1.0 - np.square(1.0 - part)), 1.0 - np.square(1.0 - part)], axis=1)
    met = concede(utility_a, utility_b, np.zeros(2, dtype=np.int64)).outcome
    return [float(side[row, run]) for run, row in enumerate(met) for side in (utility_a, utility_b)]


def _dynamic() -> list[float]:
    front, side = np.array([0.4]), np.ones((2, 1))
    drift, annuity = np.array([[0.001], [0.003]]), np.array([[100.0], [50.0]])
    ends = dynamic_range(front, drift, 0.002 * side, annuity)
    common = dynamic_range(front, 0.001 * side, 0.002 * side, 50.0 * side)
    return [float(ends[0][0]), float(ends[1][0]), float(width(*common)[0])]


def _screened() -> list[float]:
    """Demands just below and just above the threshold belief in a weak opponent."""
    threshold = float(bargaining.screening_threshold(0.05, 0.3, 0.1))
    weak = threshold + np.array([-1e-9, 1e-9])
    demand = screening_demand(0.5, 0.1, np.array([[0.05], [0.3]]), np.stack([1.0 - weak, weak]))[0]
    return [threshold, *demand]


def _sealed() -> list[float]:
    """Probability of trade, gains, and the best gains, by the middle of every cell of a fine grid."""
    marks = (np.arange(1200) + 0.5) / 1200
    buyer, seller = marks[:, None], marks[None, :]
    bids = chatterjee_samuelson_bids(buyer, seller)
    trade = split_the_difference(*bids)[0]
    gains = np.add(*mediated_gains(buyer, seller, *bids))
    return [float(trade.mean()), float(gains.mean()), float(np.maximum(buyer - seller, 0.0).mean())]


def _sealed_in_closed_form() -> list[float]:
    """The same from the ranges alone, for both on [2, 3], and what is left where one side names the price."""
    here = ((2.0, 3.0), (2.0, 3.0))
    chance, gains = sealed_bids.chatterjee_samuelson_probability, sealed_bids.chatterjee_samuelson_gains
    found = [
        chance(*here),
        gains(*here),
        sealed_bids.efficient_trade_gains(*here),
        chance(*here, 1.0),
        gains(*here, 1.0),
    ]
    return [float(number) for number in found]


def _honest() -> list[float]:
    low, high = honest_interval(0.05, 0.3, 0.1, 0.8, 0.2)
    unbiased = message_weight(0.0, low, high, 4.0)
    return [float(low), float(high), float(unbiased < 1.0)]


def _learned() -> Array:
    """Gap left after some weeks, by the rule and by the filter applied week after week."""
    mean, variance, left = np.array([-0.003, 0.003]), np.full(2, 4e-4), []
    for week in range(1, WEEKS[-1] + 1):
        mean, variance = learn(mean, variance, 0.001, 0.03, 0.0)
        if week in WEEKS:
            left.append((mean[1] - mean[0]) / 0.006)
    return np.concatenate([gap_ratio(WEEKS, 4e-4, 9e-4), left])


LOGIT_OF_SHORT = 1.0 / (1.0 + np.exp(0.9))
RUBINSTEIN = bargaining.rubinstein_share
LEFT = (0.692308, 0.36, 0.147541, 0.079646, 0.041475, 0.021176)

BARGAINS = (
    Entry(
        "exact", "14", "Rubinstein, first mover: (.9, .9), (.9, .95), (.5, .5)", (0.1 / 0.19, 0.05 / 0.145, 2 / 3),
        lambda: RUBINSTEIN(np.array([0.9, 0.9, 0.5]), np.array([0.9, 0.95, 0.5])), 1e-9, "Rubinstein1982", "T",
    ),
    Entry(
        "exact", "14a", "Rubinstein at .9 with an outside option of the second mover: .4 (idle), .6", (1 / 1.9, 0.4),
        lambda: outside_option_share(0.9, 0.9, 0.0, np.array([0.4, 0.6])), 1e-9, "Sutton1986", "T",
    ),
    Entry(
        "exact", "15", "Finite horizon, d = .9, 1 to 6 offers; rates .02 and .01 without delay",
        (1, 0.1, 0.91, 0.181, 0.8371, 0.24661, 1 / 3),
        lambda: [*bargaining.finite_horizon_share(0.9, np.arange(1.0, 7.0)),
                 bargaining.small_interval_share(0.02, 0.01)],
        1e-9, "Stahl1972, BinmoreRubinsteinWolinsky1986",
    ),
    Entry(
        "exact", "16", "Nash solution of power utilities: (.5, 1), (.3, .7); weighted (.5, 1) at .8",
        (1 / 3, 0.3, 0.4 / 0.6),
        lambda: bargaining.nash_pie_share(np.array([0.5, 0.3, 0.5]), np.array([1.0, 0.7, 1.0]),
                                          np.array([0.5, 0.5, 0.8])),
        1e-9, "Nash1950", "T",
    ),
    Entry(
        "exact", "16a", "Zeuthen's concessions end at Nash's point: quarter circle; b = 1 - a squared",
        (np.sqrt(0.5), np.sqrt(0.5), 1 / np.sqrt(3), 2 / 3), _conceded, 4e-4,
        "Zeuthen1930, Harsanyi1956, Nash1950", "T", "4,001 offers; the tolerance is a step and a half",
    ),
    Entry(
        "exact", "17", "War as the disagreement: Nash, Kalai-Smorodinsky, egalitarian, middle of the range",
        (0.65,) * 4, _with_war, 1e-9, "Nash1950, KalaiSmorodinsky1975, Fearon1995",
    ),
    Entry(
        "exact", "18", "Fearon's range", (0.5, 0.8), lambda: fearon_range(0.6, 0.1, 0.2), 1e-9, "Fearon1995", "T",
    ),
    Entry(
        "exact", "18a", "Range from a front of .4: low, high; width with common beliefs", (0.45, 0.7, 0.2),
        _dynamic, 1e-9, "Fearon1995, Slantchev2003",
    ),
    Entry(
        "exact", "19", "Ultimatum, cost uniform to .25: demand, war", (0.6, 0.4),
        lambda: bargaining.take_it_or_leave_it(0.5, 0.05, 0.25), 1e-9, "Fearon1995", "T",
    ),
    Entry(
        "exact", "21", "Two types: belief from which the risky demand pays; demands on both sides of it",
        (0.375, 0.55, 0.8), _screened, 1e-9, "Fearon1995", "T",
    ),
    Entry(
        "exact", "22", "Sealed bids, uniform values: trade, gains, best gains", (9 / 32, 9 / 64, 1 / 6), _sealed, 5e-4,
        "ChatterjeeSamuelson1983, MyersonSatterthwaite1983", "C", "integrated on a grid of 1,200 by 1,200 values",
    ),
    Entry(
        "exact", "22a", "Sealed bids in closed form: trade, gains, best gains; the buyer's bid alone: trade, gains",
        (9 / 32, 9 / 64, 1 / 6, 1 / 4, 1 / 8), _sealed_in_closed_form, 1e-12,
        "ChatterjeeSamuelson1983, MyersonSatterthwaite1983",
    ),
    Entry(
        "exact", "24", "Honest mediator: lowest and highest bias; no bias is not honest", (2 / 19, 8, 1), _honest, 1e-9,
        "Kydd2003",
    ),
    Entry(
        "exact", "26", "Preventive war: later chance above which the declining side attacks; below it, above it",
        (0.302 / 0.9, 0, 1),
        lambda: [critical_shift(0.3, 0.2, 0.9), *preventive_war(0.3, np.array([0.335, 0.336]), 0.2, 0.9)], 1e-9,
        "Fearon1995", "T",
    ),
    Entry(
        "exact", "27", "Settlement that may break, infinite horizon", (0.35,),
        lambda: value_with_breakdown(0.6, 0.3, 0.01, 1 / 0.002), 1e-9, "Powell2006",
    ),
    Entry(
        "exact", "28", "Disagreement left after 1, 4, 13, 26, 52, 104 weeks: by rule, and by the filter", LEFT * 2,
        _learned, 5e-7, "Kalman1960, Slantchev2003",
    ),
    Entry(
        "exact", "28a", "Week in which learning opens the range", (400,),
        lambda: settlement_week(0.006, 0.003, 1e-6, 4e-4), 1e-9, "Slantchev2003",
    ),
    Entry(
        "exact", "47", "Logrolling: package, then issue by issue", (0.8, 0.8, 0.5, 0.5),
        lambda: [*package_gains(LOGROLL).ravel(), *separate_gains(LOGROLL).ravel()], 1e-9, "Raiffa1982, Nash1950", "T",
    ),
    Entry(
        "exact", "47a", "Two sides .02 short whose taste is drawn anew: agreed after 1 meeting, after 52",
        (LOGIT_OF_SHORT**2, 1.0 - (1.0 - LOGIT_OF_SHORT**2) ** 52),
        lambda: [trembling_agreement(np.full((2, 1), -0.02), 45.0, meetings)[0] for meetings in (1, 52)], 1e-9,
        "McKelveyPalfrey1995", "C", "why the taste persists in a played world",
    ),
    Entry(
        "exact", "50", "Smaller win-sets: shares lost, deals made possible (of 4,000); blind chance falls", (0, 0, 1),
        known_homes, 0.0, "Putnam1988, Schelling1960, Iida1993", "T",
    ),
    Entry(
        "exact", "50a", "Homes roughly known, one hardens: shares lost (of 4,000), mean chance falls, sure limit",
        (0, 1, 0), doubtful_homes, 1e-5, "Iida1993, Nash1950",
        remark="the doubt, a tenth of the pie, is normal",
    ),
)  # fmt: skip
"""Nos. 14 to 28, 47 and 50."""
