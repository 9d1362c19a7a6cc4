"""Exact results on the front, the value of war, losses, durations, trust, and seasons."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.analysis.survival import kaplan_meier
from sim.studies.validate.entry import Entry
from sim.theory.attrition import attrition, lanchester_linear, lanchester_square
from sim.theory.durations import weibull_hazard, weibull_mean, weibull_survival
from sim.theory.first_passage import (
    behind_shifted_ends,
    expected_duration,
    one_sided_moments,
    one_sided_survival,
    prob_upper,
    weekly_barrier_shift,
)
from sim.theory.front import advance, ended
from sim.theory.ladder import assurance_threshold, successes_needed, trust_odds, update_odds
from sim.theory.season import expected_count, expected_count_weekly, peak_share
from sim.theory.war_value import absorbing_annuity, annuity, discounted_ends, war_value

Array = npt.NDArray[np.float64]

FRONT = (0.3, 0.002, 0.03)
WALKS = 20_000
STAKES = np.array([0.05, 0.1, 0.25, 0.35, 0.6, 0.8])
DURATIONS, SEEN = [3, 5, 5, 8, 12], [True, True, False, True, True]


def _weekly() -> Array:
    shifted = behind_shifted_ends(*FRONT, weekly_barrier_shift(0.03))
    return np.array([prob_upper(*shifted), expected_duration(*shifted)])


def _walked() -> list[float]:
    """Share of weekly walks that end at 1 and their mean length, each less theory, in standard errors."""
    front, drift, volatility = FRONT
    rng, live = np.random.default_rng(29), np.full(WALKS, front)
    upper, weeks, week = 0, [], 0
    while live.size:
        week += 1
        live = advance(live, drift, volatility, rng.standard_normal(live.size))
        over = ended(live)
        upper += int((over == 2).sum())
        weeks += [week] * int((over > 0).sum())
        live = live[over == 0]
    chance, length = _weekly()
    errors = (chance * (1 - chance) / WALKS) ** 0.5, float(np.std(weeks)) / WALKS**0.5
    return [(upper / WALKS - chance) / errors[0], (float(np.mean(weeks)) - length) / errors[1]]


def _value_of_war() -> list[float]:
    left = absorbing_annuity(0.4, 0.001, 0.02, 0.002)
    endless = annuity(0.002, np.inf)
    return [float(left), *(float(war_value(0.4, 1.0, 0.001, 0.0015, weeks)) for weeks in (left, endless))]


def _fought() -> float:
    """Survivors of a fight to the finish, in hundredths of a step."""
    forces, rate = np.array([[1000.0], [800.0]]), np.full((2, 1), 0.01 * 0.01)
    while forces[1, 0] > 0.0:
        forces = forces - attrition(forces, rate, 1.0)
    return float(forces[0, 0])


def _bayes() -> list[float]:
    """Trust from .2 on, after some kept steps whose stake makes each multiply the odds by a ratio."""
    trust = []
    for ratio, steps in ((1.05, 10), (1.5, 10), (3.0, 3)):
        odds = trust_odds(0.2)
        for _ in range(steps):
            odds = update_odds(odds, 1.0 - 1.0 / ratio, 0.0, complied=True)
        trust.append(float(odds / (1.0 + odds)))
    return trust


def _product_limit() -> list[float]:
    curve = kaplan_meier(DURATIONS, SEEN)
    return [curve.at(time).value for time in (3, 5, 8, 12)]


FIGHTING = (
    Entry(
        "exact", "29", "Drifting front: victory of B, weeks, discounted ends at 1 and 0",
        (0.7451537, 222.5768, 0.5845285, 0.2256935),
        lambda: [prob_upper(*FRONT), expected_duration(*FRONT), *discounted_ends(*FRONT, 0.001)[::-1]],
        5e-5, "KarlinTaylor1981",
    ),
    Entry(
        "exact", "29a", "Front without drift: victory of B, weeks, discounted ends at 1 and 0",
        (0.3, 233.3333, 0.2193432, 0.5900086),
        lambda: [prob_upper(0.3, 0.0, 0.03), expected_duration(0.3, 0.0, 0.03),
                 *discounted_ends(0.3, 0.0, 0.03, 0.001)[::-1]],
        5e-5, "KarlinTaylor1981",
    ),
    Entry(
        "exact", "29b", "Front seen once a week: victory of B", (0.76378,), lambda: _weekly()[:1], 5e-6, "Siegmund1979",
    ),
    Entry("exact", "29c", "Front seen once a week: weeks", (236.50,), lambda: _weekly()[1:], 5e-3, "Siegmund1979"),
    Entry(
        "exact", "29d", "20,000 weekly walks less theory, in standard errors: victory, weeks", (0, 0), _walked, 3.0,
        "Siegmund1979", "C", "a fixed seed",
    ),
    Entry(
        "exact", "30", "Annuity with absorbing ends; value of war with them, and without", (271.9514, 0.264024, 0.15),
        _value_of_war, 5e-5, "Fearon1995, Slantchev2003",
    ),
    Entry(
        "exact", "32", "One far end: mean, variance, shape", (30, 750, 36), lambda: one_sided_moments(0.3, 0.01, 0.05),
        1e-9, "ChhikaraFolks1989", "T",
    ),
    Entry(
        "exact", "32a", "One far end: share not there after 30 weeks", (0.34314165,),
        lambda: one_sided_survival(30.0, 0.3, 0.01, 0.05), 5e-9, "ChhikaraFolks1989", "C",
        "the inverse Gaussian of SciPy",
    ),
    Entry(
        "exact", "34", "Square law: survivors, duration", (600, 109.8612),
        lambda: np.array(lanchester_square(1000.0, 800.0, 0.01, 0.01))[[0, 2]], 5e-5, "Lanchester1916",
    ),
    Entry(
        "exact", "34a", "Linear law: survivors", (200,), lambda: lanchester_linear(1000.0, 800.0, 0.01, 0.01)[0], 1e-9,
        "Lanchester1916",
    ),
    Entry(
        "exact", "34b", "Square law fought out in hundredths of a step", (600,), _fought, 0.1, "Lanchester1916", "C",
        "Euler steps: the tolerance is theirs",
    ),
    Entry(
        "exact", "35", "Assurance: trust from which a security seeker cooperates", (0.8,),
        lambda: assurance_threshold(1.0, 0.8, 0.3, -0.5), 1e-9, "Kydd2005",
    ),
    Entry(
        "exact", "35a", "Prior .2 after likelihood ratios of 1.05 and 1.5 ten times, of 3 three times",
        (0.28938, 0.93513, 0.87097),
        _bayes, 5e-6, "Kydd2005",
    ),
    Entry(
        "exact", "35b", "Kept steps from trust .15 to .5, by stake", (56, 21, 7, 5, 2, 2),
        lambda: successes_needed(0.15, 0.5, STAKES, 0.02), 0.0, "Kydd2005",
    ),
    Entry(
        "exact", "44", "Seasonal Poisson: a year at .8 and at 0; peak quarter as integral and by weeks; its share",
        (52, 52, 13 + 0.8 * 11.704112, 13 + 0.8 * 11.711235, 0.430),
        lambda: [expected_count(1.0, 0.8, 0.0, 52.0, 3.0), expected_count(1.0, 0.0, 0.0, 52.0, 3.0),
                 expected_count(1.0, 0.8, -6.5, 6.5, 0.0), expected_count_weekly(1.0, 0.8, -6.0, 6.0, 0.0),
                 np.round(peak_share(0.8, 13.0), 3)],
        5e-6, "Kingman1993",
    ),
    Entry(
        "exact", "45", "Weibull .7, 10: mean", (12.6582,), lambda: weibull_mean(0.7, 10.0), 5e-5,
        "KalbfleischPrentice2002", "T",
    ),
    Entry(
        "exact", "45a", "Weibull .7, 10: share left at 26", (0.141989,), lambda: weibull_survival(26.0, 0.7, 10.0),
        5e-7, "KalbfleischPrentice2002", "T",
    ),
    Entry(
        "exact", "45c", "Weibull .7, 10: hazard at 26", (0.07 * 2.6**-0.3,), lambda: weibull_hazard(26.0, 0.7, 10.0),
        1e-12, "KalbfleischPrentice2002", "T",
    ),
    Entry(
        "exact", "45b", "Product limit of 3, 5, 5+, 8, 12", (4 / 5, 3 / 5, 3 / 10, 0), _product_limit, 1e-9,
        "KaplanMeier1958", "T",
    ),
)  # fmt: skip
"""Nos. 29 to 45."""
