"""Exact results on votes: power indices, majorities, medians, a setter, a legislature."""

from __future__ import annotations

from itertools import product

import numpy as np

from sim.studies.validate.entry import Entry
from sim.theory.legislature import baron_ferejohn, closed_rule
from sim.theory.majority import two_thirds, yes_share
from sim.theory.median import condorcet_winner
from sim.theory.power import banzhaf, coleman, decisive_vote, penrose_square_root, shapley_shubik
from sim.theory.ratification import setter_outcome, win_set
from sim.theory.recognition import closed_rule_among
from sim.theory.rules import WeightedRule, security_council, wins

EEC = WeightedRule((4, 4, 4, 2, 2, 1), 12)
THREE = WeightedRule((50, 49, 1), 51)
YES, NO = np.array([107, 93, 93]), np.array([12, 18, 24])


def _same_coalitions() -> list[int]:
    """Coalitions of the Council on which two weighted forms differ from its rule."""
    coalitions = np.array(list(product((False, True), repeat=15))).T
    council = wins(security_council(), coalitions)
    forms = (WeightedRule((7,) * 5 + (1,) * 10, 39), WeightedRule((9,) * 5 + (1,) * 10, 49))
    return [int((wins(form, coalitions) != council).sum()) for form in forms]


def _council_banzhaf() -> list[float]:
    power = banzhaf(security_council())
    shares = (float(power.normalised[0]), float(power.normalised[5]))
    return [power.winning, power.swings[0], power.swings[5], sum(power.swings), *shares]


def _beaten_by_the_median() -> float:
    ideal = np.array([0.0, 0.2, 0.5, 0.6, 0.9])
    return float(condorcet_winner(ideal, np.ones(5), np.arange(101) / 100))


def _legislatures() -> list[float]:
    proposer, partner = baron_ferejohn(np.array([3, 5, 3, 5]), np.array([1.0, 1.0, 0.8, 0.8]))
    return [*proposer, partner[2], partner[3]]


def _values() -> list[float]:
    """Value of every member of three and of five patient and impatient equals; what is left after the first session."""
    found = []
    for members, discount in ((3, 1.0), (5, 0.8)):
        equals = np.full((members, 1), 1.0 / members)
        body = closed_rule(equals, members // 2 + 1, discount)
        kept = body.value - equals * body.proposing - body.invited * body.price
        found += [*body.value.ravel(), body.proposing[0, 0], np.abs(kept).max(), 1.0 - body.value.sum()]
    return [float(number) for number in found]


def _dollar() -> list[float]:
    """Largest, second and third share of a dollar in thirtieths, patient and not; texts that the first is torn by."""
    cuts = 30
    shares = [(one, two, cuts - one - two) for one in range(cuts + 1) for two in range(cuts + 1 - one)]
    dollar, third = np.array(shares, dtype=np.float64).T[..., None] / cuts, np.full((3, 1), 1.0 / 3.0)
    found = []
    for discount in (1.0, 0.9):
        liked = closed_rule_among(dollar, third, 2, np.full((3, 1), discount), 30).liked[0, :, 0]
        found += [*sorted(cuts * dollar[:, liked.argmax(), 0], reverse=True), float(liked.sum())]
    return found


POWER = (
    Entry(
        "exact", "1", "Shapley-Shubik index, Security Council: permanent, elected, the five together",
        (421 / 2145, 4 / 2145, 5 * 421 / 2145),
        lambda: [*np.array(shapley_shubik(security_council()), float)[[0, 5]],
                 sum(shapley_shubik(security_council())[:5])],
        1e-9, "ShapleyShubik1954, UNCharter", "V",
    ),
    Entry(
        "exact", "3", "Banzhaf, Security Council: winning coalitions, swings, all swings, normalised",
        (848, 848, 84, 5080, 106 / 635, 21 / 1270), _council_banzhaf, 1e-9, "Banzhaf1965",
    ),
    Entry(
        "exact", "4", "Absolute Banzhaf and Coleman's power to act, Security Council",
        (848 / 2**14, 84 / 2**14, 848 / 2**15),
        lambda: [float(banzhaf(security_council()).absolute[0]), float(banzhaf(security_council()).absolute[5]),
                 float(coleman(security_council()).act)],
        1e-9, "Penrose1946, Coleman1971",
    ),
    Entry(
        "exact", "5", "Coalitions in which [39; 7x5, 1x10] and [49; 9x5, 1x10] differ from the Council's rule",
        (0, 0), _same_coalitions, 0.0, "UNCharter", "V",
    ),
    Entry(
        "exact", "7", "Shapley-Shubik index, six states of 1958 [12; 4,4,4,2,2,1]",
        (7 / 30, 7 / 30, 7 / 30, 3 / 20, 3 / 20, 0), lambda: np.array(shapley_shubik(EEC), float),
        1e-9, "ShapleyShubik1954",
    ),
    Entry(
        "exact", "8", "[51; 50,49,1]: Shapley-Shubik, then Banzhaf",
        (2 / 3, 1 / 6, 1 / 6, 3 / 5, 1 / 5, 1 / 5),
        lambda: [*np.array(shapley_shubik(THREE), float), *np.array(banzhaf(THREE).normalised, float)],
        1e-9, "ShapleyShubik1954, Banzhaf1965", "V",
    ),
    Entry(
        "exact", "9", "Deciding vote among 101, and its square-root law", (0.0795892, 0.0793925),
        lambda: [float(decisive_vote(101)), penrose_square_root(101)], 5e-8, "Penrose1946",
    ),
    Entry(
        "exact", "10", "Shares of yes of those voting: 107-12, 93-18, 93-24", (0.8992, 0.8378, 0.7949),
        lambda: yes_share(YES, NO), 5e-5, "UNRulesGA", "V",
    ),
    Entry(
        "exact", "10a", "All three pass by two thirds", (1, 1, 1), lambda: two_thirds(YES, NO), 0.0, "UNRulesGA", "V",
    ),
    Entry(
        "exact", "11", "Median voter: ideal points 0, .2, .5, .6, .9 against every hundredth", (0.5,),
        _beaten_by_the_median, 1e-9, "Black1948", "T",
    ),
    Entry(
        "exact", "12", "Setter model, reversion .8 and median .5: win-set, outcome; reversion .3", (0.2, 0.8, 0.2, 0.3),
        lambda: [*win_set(0.8, 0.5), setter_outcome(0.0, 0.5, 0.8), setter_outcome(0.0, 0.5, 0.3)],
        1e-9, "RomerRosenthal1978", "T",
    ),
    Entry(
        "exact", "13", "Baron-Ferejohn, closed rule, n = 3, 5: proposer (d = 1, then .8), partner (d = .8)",
        (2 / 3, 0.6, 1 - 0.8 / 3, 1 - 0.8 * 2 / 5, 0.8 / 3, 0.8 / 5), _legislatures, 1e-9, "BaronFerejohn1989", "V",
    ),
    Entry(
        "exact", "13b", "Closed rule, n = 3 (d = 1), 5 (d = .8): values, proposer, value from later sessions, loss",
        (*[1 / 3] * 3, 2 / 3, 0, 0, *[1 / 5] * 5, 1 - 0.8 * 2 / 5, 0, 0), _values, 1e-9,
        "BaronFerejohn1989, Eraslan2002", "V", "immediate: the values add to the dollar, all from the first session",
    ),
    Entry(
        "exact", "13a", "Closed rule over texts, n = 3, d = 1 and .9: shares in thirtieths, equally good texts",
        (20, 10, 0, 2, 21, 9, 0, 2), _dollar, 1e-9, "BaronFerejohn1989", "V",
    ),
)  # fmt: skip
"""Nos. 1 to 13."""
