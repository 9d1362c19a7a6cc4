"""Exact results on games of many or noisy players: quantal response, the challenge model, influence, stacked offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.stats import qmc

from sim.analysis.points import Points
from sim.analysis.sensitivity.variance import sobol
from sim.studies.validate.entry import Entry
from sim.theory.challenge import course_of_challenges
from sim.theory.influence import degroot_weights, fixed_point, total_influence
from sim.theory.median import weighted_mean, weighted_median
from sim.theory.outcomes import (
    Solution,
    additive_utilities,
    egalitarian_outcome,
    kalai_smorodinsky_outcome,
    nash_outcome,
    outcome_grid,
    pareto_points,
)
from sim.theory.quantal import quantal_response_equilibrium
from sim.theory.rankings import own_rankings
from sim.theory.stacked_offers import negotiate, negotiate_among

Array = npt.NDArray[np.float64]

CAPABILITY = np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08])[:, None]
POSITION = np.array([4.0, 7.0, 4.0, 4.0, 10.0, 10.0, 10.0, 7.0, 4.0, 7.0])[:, None]
SALIENCE = np.array([0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7])[:, None]
"""NL, BE, LU, DE, FR, IT, UK, IE, DK, GR on emission standards, positions in years."""
BELGIUM, LUXEMBOURG, IRELAND = 1, 2, 7

CHAIN = sparse.csr_array(np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]]))
OPEN = np.array([0.0, 0.8, 0.5])

SHARE = np.arange(101) / 100
PIE = np.stack([SHARE, 1.0 - SHARE])
MARKS = np.arange(11) / 10
WEIGHTS = np.array([[0.473, 0.318, 0.209], [0.331, 0.258, 0.411], [0.187, 0.322, 0.491]])
PEAKS = (0.53, 0.41, 0.67)
VALUES = [np.stack([MARKS, 1.0 - np.abs(MARKS - peak) / max(peak, 1.0 - peak), 1.0 - MARKS]) for peak in PEAKS]


def _three() -> Array:
    return additive_utilities(WEIGHTS, VALUES)


def _two() -> Array:
    return np.take(_three(), [0, 2], axis=0)


def _pennies(*precision: float) -> Array:
    """Chances of the first action of the row player, then of the column player, at some precisions."""
    width = np.ones(len(precision))
    row, column = np.diag([9.0, 1.0])[..., None] * width, (1.0 - np.eye(2))[..., None] * width
    found = quantal_response_equilibrium(row, column, np.array(precision))
    return np.stack([found.row[0], found.column[0]])


def _replication() -> list[float]:
    course = course_of_challenges(POSITION, CAPABILITY, SALIENCE, rounds=10)
    means = [float(weighted_mean(positions, CAPABILITY * SALIENCE)[0]) for positions in course.positions]
    moved = course.positions[1, [LUXEMBOURG, IRELAND], 0]
    return [*course.positions[1:4, BELGIUM, 0], *moved, *means[1:4], means[10]]


def _stacked(utilities: Array, exponent: tuple[float, ...], reservation: tuple[float, ...], rounds: int) -> Any:
    exponents, reserved = (np.array(values, dtype=np.float64)[:, None] for values in (exponent, reservation))
    return negotiate(utilities, exponents, reserved, rounds)


def _pie(exponent: tuple[float, ...], reservation: tuple[float, ...], rounds: int) -> Callable[[], list[float]]:
    def find() -> list[float]:
        ended = _stacked(PIE, exponent, reservation, rounds)
        return [int(ended.outcome[0]), int(ended.step[0])]

    return find


def _terms(make: Callable[[], Array], exponent: tuple[float, ...], reservation: float) -> Callable[[], list[float]]:
    def find() -> list[float]:
        ended = _stacked(make(), exponent, (reservation,) * len(exponent), 100)
        terms = outcome_grid((11, 11, 11))[:, ended.outcome[0]]
        return [*terms, int(ended.step[0]), *ended.utilities[:, 0]]

    return find


def _own_outcomes() -> list[float]:
    """Three parties in four runs that see their outcomes in orders of their own: how many agree as in the catalogue."""
    shuffled = np.random.default_rng(6).permuted(np.arange(1331)[:, None] + np.zeros((1, 4), dtype=int), axis=0)
    rankings, agreed = own_rankings(_three()[:, shuffled]), []
    for exponent, terms in ((4.0, (7, 4, 4)), (1.0, (8, 4, 3))):
        found = negotiate_among(rankings, np.full((3, 1), exponent), np.zeros((3, 4))).outcome
        reached = outcome_grid((11, 11, 11))[:, shuffled[found, np.arange(4)]]
        agreed.append(int((reached == np.array(terms)[:, None]).all(axis=0).sum()))
    return [*map(float, agreed)]


def _solved(solution: Callable[..., Solution]) -> Callable[[], list[float]]:
    def find() -> list[float]:
        points = [solution(one, np.zeros((len(one), 1))).utilities.ravel() for one in (_two(), _three())]
        return [*points[0], *points[1]]

    return find


def _ishigami() -> list[float]:
    """Indices from a Saltelli design: a point, the point with each coordinate of another in turn, the other."""
    pairs = qmc.Sobol(6, rng=1).random(2**14)
    one, other = 2.0 * np.pi * pairs[:, :3] - np.pi, 2.0 * np.pi * pairs[:, 3:] - np.pi
    crossed = [np.where(np.arange(3) == column, other, one) for column in range(3)]
    x = np.stack([one, *crossed, other], axis=1).reshape(-1, 3)
    y = np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = sobol(Points(("x1", "x2", "x3"), x, y[:, None], "y"), second=False, resamples=2)
    value = found.set_index(["index", "factor"])["value"]
    return [float(value[index, factor]) for index in ("S1", "ST") for factor in ("x1", "x2", "x3")]


def _stacked_entries() -> Iterator[Entry]:
    source, rules = "AydoganEtAl2017, FaratinSierraJennings1998", "outcome and step"
    pies = (
        ((4, 4), (0, 0), 100, (50, 85)), ((4, 1), (0, 0), 100, (72, 74)), ((1, 1), (0, 0), 100, (50, 51)),
        ((8, 4), (0, 0), 100, (61, 90)), ((4, 4), (0.6, 0.5), 100, (-1, 100)), ((4, 4), (0, 0), 10, (44, 10)),
    )  # fmt: skip
    for place, (exponent, reservation, rounds, expected) in enumerate(pies, 1):
        name = f"Stacked offers, pie of 101, e {exponent}, reservation {reservation}, {rounds} rounds: {rules}"
        yield Entry("exact", f"B6.{place}", name, expected, _pie(exponent, reservation, rounds), 0.0, source)
    tables: tuple[tuple[Callable[[], Array], tuple[float, ...], float, tuple[float, ...]], ...] = (
        (_two, (4, 4), 0.0, (9, 7, 0, 81, 0.6483, 0.6063)), (_two, (1, 1), 0.0, (9, 4, 2, 41, 0.5947, 0.6047)),
        (_two, (4, 4), 0.4, (9, 5, 1, 91, 0.6056, 0.6216)),
        (_three, (4, 4, 4), 0.0, (7, 4, 4, 84, 0.5419, 0.7238, 0.5439)),
        (_three, (1, 1, 1), 0.0, (8, 4, 3, 44, 0.5683, 0.6000, 0.5743)),
    )  # fmt: skip
    yield Entry(
        "exact", "B6.16", "Stacked offers of three parties, each of 4 runs with outcomes of its own: alike", (4, 4),
        _own_outcomes, 0.0, source,
    )  # fmt: skip
    for place, (make, exponents, reserved, terms) in enumerate(tables, 7):
        name = f"Stacked offers, three issues, e {exponents}, reservation {reserved:g}: terms, step, utilities"
        yield Entry("exact", f"B6.{place}", name, terms, _terms(make, exponents, reserved), 5e-5, source)


def _solution_entries() -> Iterator[Entry]:
    solutions = (
        ("Nash", nash_outcome, (0.5364, 0.90897, 0.4644), "Nash1950"),
        ("Kalai", egalitarian_outcome, (0.5683, 0.600034, 0.5743), "Kalai1977"),
        ("Kalai-Smorodinsky", kalai_smorodinsky_outcome, (0.5637, 0.522432, 0.5777), "KalaiSmorodinsky1975"),
    )
    for place, (name, solution, expected, source) in enumerate(solutions, 12):
        title = f"{name} point of 1,331 outcomes, two parties then three"
        yield Entry("exact", f"B6.{place}", title, (0.632, 0.652, *expected), _solved(solution), 5e-7, source)
    yield Entry(
        "exact", "B6.15", "Efficient outcomes of 1,331, two parties and three", (31, 321),
        lambda: [len(pareto_points(make())) for make in (_two, _three)], 0.0, "Raiffa1982",
    )  # fmt: skip


CROWDS = (
    Entry(
        "exact", "37", "Asymmetric matching pennies, precision .5, 1, 2, 10, 100",
        (0.8307, 0.8936, 0.8608, 0.6075, 0.5110, 0.4181, 0.3128, 0.1911, 0.1044, 0.1000),
        lambda: _pennies(0.5, 1.0, 2.0, 10.0, 100.0), 5e-5,
        "McKelveyPalfrey1995, Turocy2005",
    ),
    Entry(
        "exact", "37a", "The same without precision and with all of it", (0.5, 0.5, 0.5, 0.1),
        lambda: _pennies(0.0, 1e5), 1e-4, "McKelveyPalfrey1995",
    ),
    Entry(
        "exact", "38", "Emission standards: weighted mean, weighted median, mean by capability",
        (7.3899557, 7, 7.4752475),
        lambda: [weighted_mean(POSITION, CAPABILITY * SALIENCE), weighted_median(POSITION, CAPABILITY * SALIENCE),
                 weighted_mean(POSITION, CAPABILITY)],
        5e-8, "BuenoDeMesquitaStokman1994", "V",
    ),
    Entry(
        "exact", "39", "Challenge model, rounds 1 to 3: Belgium; Luxembourg, Ireland; means of rounds 1 to 3 and 10",
        (8.415932, 9.610859, 9.961980, 7, 4, 7.461314, 7.552501, 7.590145, 7.242131), _replication, 5e-7,
        "ScholzCalbertSmith2011",
    ),
    Entry(
        "exact", "41", "Friedkin-Johnsen: positions at rest; weights of the anchors",
        (0, 0.325, 0.775, 0.375, 0.375, 0.25, 0.125, 0.125, 0.75),
        lambda: [*fixed_point(CHAIN, np.array([[0.0], [0.2], [1.0]]), OPEN)[:, 0],
                 *total_influence(CHAIN, OPEN)[1:].ravel()],
        1e-9, "FriedkinJohnsen1990",
    ),
    Entry(
        "exact", "42", "DeGroot: weights, consensus", (0.25, 0.5, 0.25, 0.5),
        lambda: [*degroot_weights(CHAIN), degroot_weights(CHAIN) @ np.array([0.0, 0.5, 1.0])], 1e-9, "DeGroot1974",
    ),
    Entry(
        "exact", "49", "Ishigami function (7, .1): first-order and total Sobol indices, 16,384 base points",
        (0.313905, 0.442411, 0, 0.557589, 0.442411, 0.243684), _ishigami if find_spec("SALib") else None, 0.01,
        "IshigamiHomma1990, SaltelliEtAl2010", remark="" if find_spec("SALib") else "needs SALib",
    ),
    *_stacked_entries(),
    *_solution_entries(),
)  # fmt: skip
"""Nos. 37 to 49, and the vectors of stacked offers."""
