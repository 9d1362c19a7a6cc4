"""What theory says of a whole world: determinism, bargaining range, passage times, acceptance, breaks."""

import numpy as np
import pytest

from sim.theory.first_passage import behind_shifted_ends, expected_duration, prob_upper, weekly_barrier_shift
from sim.world.agenda import SETTLEMENT_AGENDA
from sim.world.phases.calendar import calendar
from sim.world.phases.military import military
from sim.world.state import VICTORY_A, VICTORY_B, World
from tests.laws import differences, play
from tests.toys import of_sides, rebuilt, rich, settled, toy

MANY = np.arange(128)
SILENT = {"base": 0, "ripe_weight": 0, "pressure_weight": 0, "enticing_weight": 0, "instrumental_weight": 0}


def count(history, kind):
    return sum(event[1] == kind for own in history.events.values() for event in own)


def test_without_luck_all_replicates_live_the_same_life():
    """M5."""
    still = {
        "front": {"volatility": 0.0},
        "shocks": {"winter_strikes": None},
        "ladder": None,
        "talks": SILENT,
        "actors": {"envoy": None},
        "mechanisms": {"taste": False},
    }
    history = play(rebuilt(settled(toy(())), {**still, **_stronger_south()}), np.arange(12))
    for trace in history.traces.values():
        assert np.array_equal(trace, np.repeat(trace[..., :1], 12, axis=-1), equal_nan=True)
    front = history.traces["front"][:, 0]
    assert (np.diff(front) > 0).all()


def _stronger_south():
    return {"actors": {"envoy": None, "south": {"forces": {"initial": 1.2}}}}


@pytest.mark.parametrize("envoy", [{}, {"envoy": None}], ids=["mediated", "direct"])
def test_with_nothing_to_learn_or_fear_the_first_talks_end_in_agreement(envoy):
    """M6: common beliefs, no commitment problem, no red lines, precise answers."""
    agreeable = {
        "mechanisms": {"learning": False, "commitment": False, "taste": False, "red_lines": False},
        "actors": {**of_sides({"beliefs": {"drift": 0.0}, "precision": 1e9})["actors"], **envoy},
        "talks": {"base": 0.1},
    }
    history = play(rebuilt(toy(()), agreeable), MANY)
    for events in history.events.values():
        first = min(week for week, kind, *_ in events if kind == "talks_opened")
        assert {"talks_opened", "settlement_signed"} <= {kind for week, kind, *_ in events if week == first}


@pytest.mark.parametrize("side", ["north", "south"])
def test_a_costlier_war_never_narrows_the_range(side):
    """M7: each end stays or moves outwards, week by week, on the same front and the same beliefs."""
    quiet = rebuilt(toy(()), {"talks": SILENT})
    dear = rebuilt(quiet, {"actors": {side: {"cost": {"base": 0.0018}}}})
    cheap, costly = (play(scenario, MANY).traces for scenario in (quiet, dear))
    assert (cheap["front"] == costly["front"]).all()
    at_war = cheap["status"] == 0
    low, high = (
        np.where(at_war, costly[f"reading {end}"] - cheap[f"reading {end}"], 0.0) for end in ("accepts_b", "accepts_a")
    )
    assert (low <= 0.0).all()
    assert (high >= 0.0).all()
    assert (high - low)[at_war].min() > 0.0


@pytest.mark.parametrize("step", [1.0, 0.5])
def test_the_front_is_won_and_lost_as_often_and_as_fast_as_theory_says(step):
    """M8: with ends moved out by the overshoot of a step, whatever the step."""
    runs, volatility, force = 1500, 0.07, 1.1
    drift = 0.02 * (force**2 - 1) / (force**2 + 1)
    war = {
        "calendar": {"weeks": 1040},
        "front": {
            "share": 0.4, "mobility": 0.02 * step, "volatility": volatility * step**0.5, "observation_noise": 0.07,
        },
        "actors": {"south": {"forces": {"initial": force}}},
        "mechanisms": {"attrition": False},
        "ladder": None,
    }  # fmt: skip
    world = World(rebuilt(toy(()), war), 7, np.arange(runs))
    ended = np.full(runs, np.nan)
    for week in range(1040):
        calendar(world)
        military(world)
        ended = np.where(np.isnan(ended) & ~world.at_war, (week + 1) * step, ended)
    assert not np.isnan(ended).any()
    assert set(np.unique(world.status)) == {VICTORY_A, VICTORY_B}
    theory = behind_shifted_ends(0.4, drift, volatility, weekly_barrier_shift(volatility, step))
    chance, weeks = float(prob_upper(*theory)), float(expected_duration(*theory))
    assert np.mean(world.status == VICTORY_B) == pytest.approx(chance, abs=4 * (chance * (1 - chance) / runs) ** 0.5)
    assert np.mean(ended) == pytest.approx(weeks, abs=4 * np.std(ended) / runs**0.5)


def test_without_precision_half_of_all_texts_are_taken_whatever_they_say():
    """M14: each side says yes with one half, so that a quarter of the tables sign in their first week."""
    careless = rebuilt(toy(()), {**of_sides({"precision": 0.0}), "talks": {"base": 1.0}})
    numbers = np.arange(2000)
    fair = play(careless, numbers, weeks=1)
    cruel = {"red_line": {"control": 0.0, "recognition": 0.0}, "red_line_steepness": 50}
    harsh = play(rebuilt(careless, of_sides(cruel)), numbers, weeks=1)
    assert (fair.traces["surplus"] - harsh.traces["surplus"])[:, SETTLEMENT_AGENDA].min() > 1.0
    assert (fair.traces["status"] == harsh.traces["status"]).all()
    opened, signed = count(fair, "talks_opened"), count(fair, "settlement_signed")
    assert signed / opened == pytest.approx(0.25, abs=4 * (0.1875 / opened) ** 0.5)


def test_an_agreement_without_hazard_never_breaks():
    """M15."""
    safe, plain = (play(rebuilt(toy(()), {"agreements": {"hazard": hazard}}), MANY) for hazard in (0.0, 0.01))
    assert count(safe, "settlement_signed") > 100
    assert count(safe, "agreement_broken") == 0 < count(plain, "agreement_broken")


def test_a_guarantee_that_nobody_believes_is_none():
    """M16; and one that is believed raises what the best deal leaves to the side that gains less.

    Without incentives: who is paid for signing at all events may be glad of a break.
    """
    unpaid = rebuilt(rich(), {"mechanisms": {"incentives": False}})
    none, hollow, firm = (
        rebuilt(unpaid, {"actors": {"envoy": {"guarantee": strength, "guarantee_credibility": credibility}}})
        for strength, credibility in ((0.0, 0.5), (0.9, 0.0), (0.9, 0.9))
    )
    assert differences(play(none, MANY[:32]), play(hollow, MANY[:32])) == []
    without, with_one = (play(scenario, MANY[:32], weeks=1).traces["surplus"] for scenario in (hollow, firm))
    assert (with_one.min(axis=2) - without.min(axis=2)).min() > 0.0
