"""A played front against the theory of first passage, in whole weeks and in half weeks."""

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
