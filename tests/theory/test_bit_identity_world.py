"""A run has the same bits whether it is computed alone or among 128."""

import numpy as np
import pytest
from scipy import sparse

from sim.theory import (
    attrition,
    council,
    front,
    grid,
    humanitarian,
    influence,
    majority,
    median,
    nuclear,
    sanctions,
    season,
    tolerance,
    voting,
)

RUNS = 128
STATES = 23

rng = np.random.default_rng(2026)
share = rng.random(RUNS)
other = rng.random(RUNS)
sides = rng.random((2, RUNS)) + 0.1
states = rng.normal(size=(STATES, RUNS))
luck = rng.standard_normal(RUNS)
waves = rng.random((3, RUNS))
exponent = np.where(share < 0.3, 1.0, np.where(share < 0.5, 2.0, other))
ballots = rng.integers(0, 4, (15, RUNS)).astype(np.int8)
column = rng.random((STATES, 1))
members = rng.random(STATES) < 0.4
ties = influence.row_stochastic(sparse.random_array((STATES, STATES), density=0.3, format="csr", rng=rng))
openness = rng.random((STATES, 1)) * 0.9
single = ties.astype(np.float32)
permanent = np.arange(15) < 5

WAVE = {"interception_drones": 0.5, "interception_missiles": 0.4, "damage_drone": 0.01, "damage_missile": 0.1}
WEEK = {"cold": 0.7, "resting": 0.75, "cold_weight": 0.1, "harm_weight": 0.2, "rally_weight": 0.3}
TEXT = {"general_weight": 1.7, "conflict_weight": 1.2, "demand": 0.4}
COST = {"fatigue_weight": 0.0012, "deficit_weight": 0.0018, "nuclear_weight": 0.3}

CASES = {
    "attrition": lambda c: attrition.attrition(c(sides), c(sides), c(share), own_exponent=0.5),
    "attrition_exponents": lambda c: attrition.attrition(
        c(sides), c(sides), c(share), own_exponent=c(exponent), other_exponent=c(exponent)
    ),
    "lanchester_square": lambda c: np.stack(attrition.lanchester_square(c(sides[0]), c(sides[1]), 0.1, 0.2)),
    "lanchester_linear": lambda c: np.stack(attrition.lanchester_linear(c(sides[0]), c(sides[1]), 0.1, 0.2)),
    "fatigue": lambda c: attrition.fatigue(c(share), c(sides[0])),
    "mueller_support": lambda c: attrition.mueller_support(1e5 * c(share), 0.9, 0.1),
    "drift": lambda c: front.drift(c(sides), 0.01),
    "momentum": lambda c: front.momentum(c(luck), c(other), c(share)),
    "advance": lambda c: front.advance(c(share), 0.001, c(other), c(luck)),
    "ended": lambda c: front.ended(np.round(c(share))),
    "seasonal": lambda c: season.seasonal(11.0, c(share), 52.0 * c(other)),
    "expected_count": lambda c: season.expected_count(c(other), c(share), 1.0, 9.0, 52.0 * c(other)),
    "expected_count_weekly": lambda c: season.expected_count_weekly(c(other), c(share), 1, 9, 52 * c(other)),
    "peak_share": lambda c: season.peak_share(c(share), 13.0),
    "poisson_from_uniform": lambda c: season.poisson_from_uniform(c(waves), 4.0 * c(other), 20),
    "wave_damage": lambda c: grid.wave_damage(300 * c(share), 30 * c(other), **WAVE, mark=c(sides[0])),
    "interception": lambda c: grid.interception(0.6, grid.leak_growth(c(share), c(exponent))),
    "strike": lambda c: grid.strike(c(share), c(waves), c(waves) > 0.4),
    "repair": lambda c: grid.repair(c(share), 0.1, c(other)),
    "demand": lambda c: grid.demand(7.0, c(share), c(other), 52.0 * c(share)),
    "deficit": lambda c: grid.deficit(c(share), c(other)),
    "coldness": lambda c: tolerance.coldness(3.0, 52.0 * c(share)),
    "next_tolerance": lambda c: tolerance.next_tolerance(
        c(share), deficit=c(other), harm=0.1, strike_shock=0.3, rally=c(share), return_rate=0.05, **WEEK
    ),
    "weekly_cost": lambda c: tolerance.weekly_cost(0.001, c(sides), c(share), c(other), **COST, nuclear=c(share)),
    "next_need": lambda c: humanitarian.next_need(c(share), 0.9, c(other)),
    "displacement": lambda c: humanitarian.displacement(1e5, c(share), c(other)),
    "funding": lambda c: humanitarian.funding(c(share), 0.7, c(other)),
    "gap": lambda c: humanitarian.gap(c(share), c(other)),
    "loss_hazard": lambda c: nuclear.loss_hazard(0.01, c(share), c(other), 0.5, 1.1, 2.2, 0.7),
    "accident_hazard": lambda c: nuclear.accident_hazard(1e-5, 9.0 * c(share), 4.0),
    "pressure": lambda c: sanctions.pressure(column, c(states), c(share)),
    "next_leak": lambda c: sanctions.next_leak(c(share), 0.01, c(other)),
    "stays": lambda c: sanctions.stays(c(states), column, c(share), 0.3, 0.5),
    "adaptation": lambda c: sanctions.adaptation(30.0, c(share)),
    "influence": lambda c: influence.step(ties, c(states), c(states) ** 2, openness),
    "influence_single": lambda c: influence.step(
        single, c(states).astype(np.float32), c(states).astype(np.float32), openness.astype(np.float32)
    ),
    "anchor": lambda c: influence.anchor(c(states), ties, openness[:, 0]),
    "fixed_point": lambda c: influence.fixed_point(ties, c(states), openness[:, 0]),
    "bounded_confidence": lambda c: influence.bounded_confidence_step(c(states), ties, 0.8),
    "support": lambda c: voting.support(column, column**2, **TEXT, noise=c(states)),
    "abstention_band": lambda c: voting.abstention_band(1.5, column, column[::-1], 0.4, 0.3, c(share)),
    "whip": lambda c: voting.whip(c(states), c(luck), column),
    "caucus": lambda c: voting.caucus(c(states), members),
    "cast": lambda c: voting.cast(c(states), 1.75 * column, c(states) > 2.0),
    "absence_probability": lambda c: voting.absence_probability(
        -3.0 + column, c(luck), pulled=column, cross_pressure=c(share)
    ),
    "tally": lambda c: voting.tally(c(ballots)),
    "outcome_probabilities": lambda c: voting.outcome_probabilities(c(states), 1.75, column),
    "two_thirds": lambda c: majority.two_thirds(c(ballots[0]), c(ballots[1])),
    "simple_majority": lambda c: majority.simple_majority(c(ballots[0]), c(ballots[1])),
    "adoption_margin": lambda c: majority.adoption_margin(c(ballots[0]), c(ballots[1])),
    "council_decision": lambda c: council.council_decision(c(ballots), permanent),
    "weighted_median": lambda c: median.weighted_median(c(states), column),
    "weighted_mean": lambda c: median.weighted_mean(c(states), column),
    "condorcet_winner": lambda c: median.condorcet_winner(c(states), column),
}


@pytest.mark.parametrize("name", CASES)
def test_a_run_has_the_same_bits_alone_among_a_few_and_among_many(name):
    compute = CASES[name]
    together = compute(lambda values: values)
    assert together.shape[-1] == RUNS
    for runs in ([0], [5], [RUNS - 1], [3, 64, 77]):
        apart = compute(lambda values, runs=runs: np.take(values, runs, axis=-1))
        assert apart.dtype == together.dtype
        assert apart.tobytes() == np.take(together, runs, axis=-1).tobytes()
