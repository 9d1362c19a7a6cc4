"""How fast the theory of negotiation is on one core: `python -m tests.benchmarks.negotiation`.

Each function returns a rate a second of this process's own work, at best and in the middle; the command
prints all of them as one line of JSON, in a fresh process ("cold") and in one that has held large arrays.
"""

import json
import statistics
import time
from collections.abc import Callable

import numpy as np

from sim.theory.challenge import course_of_challenges
from sim.theory.outcomes import (
    egalitarian_outcome,
    kalai_smorodinsky_outcome,
    nash_outcome,
    pareto_points,
)
from sim.theory.quantal import quantal_response_equilibrium
from sim.theory.stacked_offers import negotiate
from tests.theory.domains import CAPABILITY, POSITION, SALIENCE, THREE_SIDES, TWO_SIDES


def rate(solve: Callable[[], object], runs: int, repetitions: int) -> dict[str, float]:
    """Runs a second of something that solves so many at once, at best and in the middle."""
    times = []
    for _ in range(repetitions):
        start = time.process_time()
        solve()
        times.append(time.process_time() - start)
    return {"best": runs / min(times), "median": runs / statistics.median(times)}


def alternating_offers(runs: int = 2048, repetitions: int = 30) -> dict[str, float]:
    """Negotiations over 1,331 outcomes, a late and an early conceder, 100 rounds; target 100,000."""
    exponent = np.broadcast_to(np.array([[4.0], [0.25]]), (2, runs))
    return rate(lambda: negotiate(TWO_SIDES, exponent, np.zeros((2, 1))), runs, repetitions)


def varied_offers(runs: int = 2048, repetitions: int = 30) -> dict[str, float]:
    """The same, with exponents and reservation values of each run's own."""
    generator = np.random.default_rng(1)
    exponent = np.array([[4.0], [0.25]]) * np.exp(generator.normal(0.0, 0.2, (2, runs)))
    reservation = generator.uniform(0.0, 0.3, (2, runs))
    return rate(lambda: negotiate(TWO_SIDES, exponent, reservation), runs, repetitions)


def three_parties(runs: int = 2048, repetitions: int = 10) -> dict[str, float]:
    """Negotiations of three parties over 1,331 outcomes, late conceders, 100 rounds."""
    exponent = np.full((3, runs), 4.0)
    return rate(lambda: negotiate(THREE_SIDES, exponent, np.zeros((3, 1))), runs, repetitions)


def one_negotiation(repetitions: int = 30) -> dict[str, float]:
    """Single negotiations of two sides over 1,331 outcomes, one after the other."""
    exponent = np.array([[4.0], [0.25]])
    return rate(lambda: negotiate(TWO_SIDES, exponent, np.zeros((2, 1))), 1, repetitions)


def solution_points(repetitions: int = 100) -> dict[str, float]:
    """Efficient points and three solutions of 1,331 outcomes of two sides; target 500 (2 ms each)."""
    nothing = np.zeros((2, 1))

    def solve() -> None:
        efficient = pareto_points(TWO_SIDES)
        for solution in (nash_outcome, egalitarian_outcome, kalai_smorodinsky_outcome):
            solution(TWO_SIDES, nothing, efficient)

    return rate(solve, 1, repetitions)


def challenges(runs: int = 512, repetitions: int = 30) -> dict[str, float]:
    """Three rounds of the challenge model for ten actors, positions of each run's own; target 15,000."""
    generator = np.random.default_rng(2)
    positions = POSITION + generator.normal(0.0, 0.2, (len(POSITION), runs))
    capability = CAPABILITY * np.exp(generator.normal(0.0, 0.1, (len(POSITION), runs)))
    return rate(lambda: course_of_challenges(positions, capability, SALIENCE, rounds=3), runs, repetitions)


def quantal_equilibria(runs: int = 512, repetitions: int = 5) -> dict[str, float]:
    """Logit equilibria of games of two by two actions."""
    row, column = np.random.default_rng(3).random((2, 2, 2, runs))
    return rate(lambda: quantal_response_equilibrium(row, column, 5.0), runs, repetitions)


MEASUREMENTS = (
    alternating_offers,
    varied_offers,
    three_parties,
    one_negotiation,
    solution_points,
    challenges,
    quantal_equilibria,
)


def keep_memory() -> None:
    """Lets the allocator keep what is freed, as it does once a world has been played in the process.

    Without it every call may ask the system for its pages anew, which takes up to half of the time.
    """
    np.ones(3_000_000)


def measured() -> dict[str, dict[str, float]]:
    """All rates."""
    return {each.__name__: each() for each in MEASUREMENTS}


if __name__ == "__main__":
    cold = measured()
    keep_memory()
    print(json.dumps({"cold": cold, "warm": measured()}))
