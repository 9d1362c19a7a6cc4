"""How agreements end in a world: by named rules, by age, by what is agreed to keep them, by what broke before."""

import numpy as np
import pytest

from sim.scenario.faults import InputFault
from sim.world.agenda import CEASEFIRE_AGENDA
from sim.world.phases.agreements import ENDINGS, gain_of_breaking, standing_hazard
from sim.world.state import CEASEFIRE, World
from tests.laws import differences, play
from tests.toys import of_sides, rebuilt, rich

MANY = np.arange(96)


def standing(change=None, weeks=5, **values):
    """A world with a ceasefire that was signed some weeks ago in every run."""
    world = World(rebuilt(rich(), change or {}), 3, np.arange(8))
    world.week = weeks
    world.status[:] = CEASEFIRE
    world.signed_week[:] = 0
    world.terms = world.wartime.copy()
    for name, value in values.items():
        setattr(world, name, value)
    return world


def hazard(world):
    from sim.world.phases.valuations import valuations

    valuations(world)
    return standing_hazard(world, CEASEFIRE_AGENDA)


def test_in_the_limit_of_certain_answers_the_quantal_rule_is_the_deterministic_one():
    sharp = rebuilt(rich(), {**of_sides({"precision": 1e9}), "agreements": {"switching_cost": 0.01}})
    quantal, fixed = (
        play(rebuilt(sharp, {"agreements": {"rule": rule}}), MANY) for rule in ("quantal", "deterministic")
    )
    assert differences(quantal, fixed) == []
    broken = [event for own in fixed.events.values() for event in own if event[1] == "agreement_broken"]
    assert broken


def test_under_the_deterministic_rule_an_agreement_stands_exactly_while_no_side_gains_by_war():
    world = standing()
    from sim.world.phases.valuations import valuations

    valuations(world)
    gains = gain_of_breaking(world, CEASEFIRE_AGENDA).max(axis=0)
    assert (ENDINGS["deterministic"](world, CEASEFIRE_AGENDA) == (gains > 0.0)).all()


@pytest.mark.parametrize(
    ("change", "values", "more"),
    [
        ({"agreements": {"provisions": {"zone": 1}, "strength": 1}}, {}, False),
        ({"agreements": {"tolerance": 1}}, {}, False),
        ({"agreements": {"history": 1}}, {"breaks": np.ones(8)}, True),
        ({"agreements": {"shape": 0.5}}, {}, False),
        ({"agreements": {"withdrawn": 4}}, {"signed_leverage": np.full((2, 8), 0.1), "leverage_decay": np.full(8, 9.0)}, True),
        ({"agreements": {"power_shift": 3}}, {"signed_ratio": np.full(8, 5.0)}, True),
        ({"agreements": {"mismatch": 5, "temptation": 0}}, {"terms": "moved"}, True),
    ],
    ids=["provisions", "tolerance", "history", "shape", "withdrawn", "power shift", "mismatch"],
)  # fmt: skip
def test_each_circumstance_moves_the_hazard_its_way(change, values, more):
    still = {key: 0 for key in change["agreements"] if key not in ("shape", "provisions")}
    base = standing({"agreements": still} if still else {}, **{k: v for k, v in values.items() if k != "terms"})
    moved = standing(change, **{key: value for key, value in values.items() if key != "terms"})
    if "terms" in values:
        for world in (base, moved):
            world.terms[world.issues.territory] += 0.3
    before, after = hazard(base), hazard(moved)
    assert ((after > before) if more else (after < before)).all()


def test_provisions_of_no_strength_are_none():
    paper = rebuilt(rich(), {"agreements": {"provisions": {"zone": 1}, "strength": 0}})
    assert differences(play(paper, MANY[:16]), play(rich(), MANY[:16])) == []


def test_a_war_that_returns_is_fought_with_the_forces_as_rearmed():
    calm = {"shocks": {"offensive": None}, "agreements": {"rearming": 0.05, "hazard": 0.2}}
    quick = rebuilt(rich(), calm)
    history = play(quick, MANY)
    forces, status = history.traces["forces"], history.traces["status"]
    back = (status[1:] == 0) & (status[:-1] > 0) & (status[:-1] < 3)
    assert back.any()
    week, run = np.nonzero(back)
    stays = forces[week + 1, :, run] - forces[week, :, run]
    assert stays == pytest.approx(np.full_like(stays, 0.05), abs=1e-9)


def test_a_rule_that_nobody_knows_is_a_fault_with_the_nearest_name():
    with pytest.raises(InputFault, match="hazzard"):
        rebuilt(rich(), {"agreements": {"rule": "hazzard"}})
