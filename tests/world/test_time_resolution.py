"""M8: half the step, twice the steps, and everything that goes by the week rescaled, leave a war as it was.

A week is the step of the engine; a scenario whose hazards, drifts and costs are written for half weeks makes it a
half one. How often a table meets cannot be rescaled: it meets once a step.
"""

import numpy as np
import pytest

from sim.theory.durability import duration_dependence
from sim.world.engine import play_week
from sim.world.state import SETTLEMENT, World
from tests.toys import rebuilt, toy

WEEKS, HAZARD = 60, 0.03
BARE = dict.fromkeys(
    ("guarantee", "monitoring", "trust", "temptation", "mismatch", "power_shift", "war_cost", "charter", "interim"), 0.0
)


def standing(step, shape=1.0, withdrawn=0.0):
    """Lengths in weeks of 4,000 agreements that stand from the start; infinite where they outlive the weeks."""
    runs, steps = 4000, round(WEEKS / step)
    rules = {**BARE, "hazard": HAZARD * step**shape, "shape": shape, "withdrawn": withdrawn, "rearming": 0.0}
    silent = dict.fromkeys(("base", "ripe_weight", "pressure_weight", "enticing_weight", "instrumental_weight"), 0.0)
    change = {
        "calendar": {"weeks": steps, "signing_weeks": 1, "standing_weeks": 1}, "agreements": rules, "talks": silent,
        "actors": {"envoy": None}, "ladder": None, "shocks": {"winter_strikes": None},
    }  # fmt: skip
    world = World(rebuilt(toy(()), change), 3 + round(2 * step), np.arange(runs))
    world.status[:], world.signed_week[:] = SETTLEMENT, -1
    world.signed_leverage[:], world.leverage_decay[:] = 0.2, 0.08 * step
    for _ in range(steps):
        play_week(world)
    lengths = np.full(runs, np.inf)
    for week, kind, _, broken, _ in world.journal.events:
        if kind == "agreement_broken":
            lengths[broken] = np.minimum(lengths[broken], (week + 1) * step)
    return lengths


def cumulative(weeks, shape, withdrawn):
    """Integral of the hazard over a time, leverage fading as it goes."""
    fine = (np.arange(20_000) + 0.5) / 20_000 * weeks
    lost = 0.2 * (1.0 - np.exp(-0.08 * fine))
    return float(np.mean(shape * fine ** (shape - 1.0) * np.exp(withdrawn * lost)) * weeks * HAZARD)


@pytest.mark.parametrize("step", [1.0, 0.5])
@pytest.mark.parametrize(("shape", "withdrawn"), [(1.0, 0.0), (0.7, 0.0), (1.0, 5.0)])
def test_agreements_stand_as_long_whatever_the_step(step, shape, withdrawn):
    lengths = standing(step, shape, withdrawn)
    for weeks in (10, 30, WEEKS):
        chance = 1.0 - np.exp(-cumulative(weeks, shape, withdrawn))
        error = (chance * (1.0 - chance) / lengths.size) ** 0.5
        assert np.mean(lengths <= weeks) == pytest.approx(chance, abs=4.0 * error), weeks


def test_a_falling_hazard_adds_up_to_the_same_in_halves():
    whole = HAZARD * duration_dependence(np.arange(WEEKS), 0.7).sum()
    halves = HAZARD * 0.5**0.7 * duration_dependence(np.arange(2 * WEEKS), 0.7).sum()
    assert halves == pytest.approx(whole, rel=1e-12)


def war(step, weeks=104):
    """The toy without envoy, deals and strikes, everything that goes by the week written for a step."""

    def side(drift):
        return {
            "cost": {"base": 0.0009 * step, "fatigue": 0.0012 * step, "deficit": 0.0},
            "discount": 0.002 * step,
            "horizon": 52 / step,
            "beliefs": {"drift": drift * step, "uncertainty": 0.0012 * step, "process": 0.00015 * step**1.5},
            "forces": {"effectiveness": 0.006 * step, "replacement": 1.0},
            "home": {"return_rate": 0.02 * step, "cold_weight": 0.0},
        }

    talks = {
        "base": 0.02, "ripe_weight": 0.1, "pressure_weight": 0.02, "enticing_weight": 0.2, "instrumental_weight": 0.1,
        "precondition_drop": 0.02,
    }  # fmt: skip
    change = {
        "calendar": {"weeks": round(weeks / step), "signing_weeks": 1, "standing_weeks": 1},
        "front": {"mobility": 0.02 * step, "volatility": 0.01 * step**0.5, "observation_noise": 0.01 * step**0.5},
        "actors": {"envoy": None, "north": side(-0.001), "south": side(0.002)},
        "shocks": {"winter_strikes": None},
        "ladder": None,
        "ripeness": {"cost_threshold": 0.002 * step, "cost_width": 0.0006 * step},
        "talks": {key: value * step for key, value in talks.items()}
        | {"direct_patience": 6 / step, "taste_half_life": 26 / step},
        "agreements": {"hazard": 0.02 * step, "rearming": 0.004 * step},
    }
    return rebuilt(toy(()), change)


def firsts(step, runs, seed):
    """Week of the first talks, settlement and break in every run, and the world at the end."""
    scenario = war(step)
    world = World(scenario, seed, np.arange(runs))
    for _ in range(scenario.calendar.weeks):
        play_week(world)
    found = {kind: np.full(runs, np.inf) for kind in ("talks_opened", "settlement_signed", "agreement_broken")}
    for week, kind, _, where, _ in world.journal.events:
        if kind in found:
            found[kind][where] = np.minimum(found[kind][where], (week + 1) * step)
    return found, world


def test_a_whole_war_in_half_weeks_is_the_same_war():
    runs = 1000
    (whole, one), (halves, other) = firsts(1.0, runs, 7), firsts(0.5, runs, 8)
    for kind, weeks in whole.items():
        for until in (26, 52, 104):
            here, there = np.mean(weeks <= until), np.mean(halves[kind] <= until)
            error = ((here * (1.0 - here) + there * (1.0 - there)) / runs) ** 0.5
            assert there == pytest.approx(here, abs=4.0 * error), (kind, until)
    for name, scale in (("front", 1.0), ("war_value", 1.0), ("fatigue", 1.0), ("drift_mean", 2.0), ("cost", 2.0)):
        here, there = getattr(one, name), scale * getattr(other, name)
        spread = (here.var(axis=-1) + there.var(axis=-1)) / runs
        assert (np.abs(there.mean(axis=-1) - here.mean(axis=-1)) <= 4.0 * spread**0.5).all(), name
        assert there.std(axis=-1) == pytest.approx(here.std(axis=-1), rel=0.12), name
