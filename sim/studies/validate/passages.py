"""A played front against the theory of first passage, and breaks against their hazard, in whole and in half weeks."""

from __future__ import annotations

import numpy as np

from sim.experiment.histories import history
from sim.studies.validate.small_worlds import SILENT, world
from sim.theory.first_passage import behind_shifted_ends, expected_duration, prob_upper, weekly_barrier_shift

RUNS, VOLATILITY, MOBILITY, FORCE, SHARE = 512, 0.12, 0.05, 1.1, 0.4
WEEKS = 280


def passages() -> list[float]:
    """Share of victories and mean length less theory, in standard errors, for whole steps and for half ones."""
    return [*_passage(1.0), *_passage(0.5)]


def _passage(step: float) -> list[float]:
    weeks = round(WEEKS / step)
    volatility, mobility = VOLATILITY * step**0.5, MOBILITY * step
    scenario = world(
        *SILENT, "actors.mediator=null", "ladder=null", "mechanisms.attrition=false",
        f"calendar={{start: 2030-01-01, weeks: {weeks}, signing_weeks: 1, standing_weeks: 1}}",
        f"front.share={SHARE}", f"front.mobility={mobility}", f"front.volatility={volatility}",
        f"front.observation_noise={volatility}", f"actors.rival.forces.initial={FORCE}",
    )  # fmt: skip
    ends = [event for event in history(scenario, np.arange(RUNS), 8).events if event[2] == "victory"]
    if len(ends) < RUNS:
        return [np.inf, np.inf]
    won = np.mean([event[3] == "rival" for event in ends])
    lasted = (np.array([event[1] for event in ends]) + 1.0) * step
    drift = MOBILITY * (FORCE**2 - 1.0) / (FORCE**2 + 1.0)
    theory = behind_shifted_ends(SHARE, drift, VOLATILITY, weekly_barrier_shift(VOLATILITY, step))
    chance, length = float(prob_upper(*theory)), float(expected_duration(*theory))
    errors = (chance * (1.0 - chance) / RUNS) ** 0.5, float(lasted.std()) / RUNS**0.5
    return [(float(won) - chance) / errors[0], (float(lasted.mean()) - length) / errors[1]]


STANDS, HAZARD = 30, 0.04
BARE = tuple(f"agreements.{key}=0" for key in (
    "guarantee", "monitoring", "trust", "temptation", "mismatch", "withdrawn", "power_shift", "war_cost", "charter",
    "interim", "rearming",
))  # fmt: skip
"""A hazard on which nothing bears."""


def breaks() -> list[float]:
    """Share of first agreements that break within weeks of standing less theory, for whole steps and for half ones."""
    return [_broken(1.0), _broken(0.5)]


def _broken(step: float) -> float:
    weeks = round(STANDS / step)
    scenario = world(
        "actors.mediator=null", "ladder=null", "talks.base=1", "mechanisms.attrition=false",
        "mechanisms.commitment=false",
        "mechanisms.taste=false", "mechanisms.red_lines=false", "mechanisms.learning=false", *BARE,
        *(f"actors.{side}.{key}" for side in ("home", "rival") for key in ("beliefs.drift=0", "precision=1e9")),
        f"agreements.hazard={HAZARD * step}",
        f"calendar={{start: 2030-01-01, weeks: {weeks + round(10 / step)}, signing_weeks: 1, standing_weeks: 1}}",
    )  # fmt: skip
    signed: dict[int, int] = {}
    broken: dict[int, float] = {}
    for replicate, week, kind, _, value in history(scenario, np.arange(RUNS), 9).events:
        if kind == "settlement_signed" and week < 10 / step:
            signed.setdefault(replicate, week)
        elif kind == "agreement_broken" and replicate in signed:
            broken.setdefault(replicate, value)
    chance, among = 1.0 - np.exp(-HAZARD * STANDS), len(signed)
    share = np.mean([broken.get(replicate, np.inf) <= weeks for replicate in signed]) if among else np.inf
    return float((share - chance) / (chance * (1.0 - chance) / max(among, 1)) ** 0.5)
