"""How agreements end in a world: by named rules, by age, by what is agreed to keep them, by what broke before."""

import numpy as np
import pytest

from sim.scenario.faults import InputFault
from sim.theory.ladder import trust_odds
from sim.world.agenda import CEASEFIRE_AGENDA
from sim.world.phases.agreements import ENDINGS, agreements, gain_of_breaking, standing_hazard
from sim.world.small_deals import deal_odds
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
        ({"agreements": {"existential": 1}}, {}, True),
        ({"agreements": {"shape": 0.5}}, {}, False),
        ({"agreements": {"withdrawn": 4}}, {"signed_leverage": np.full((2, 8), 0.1), "leverage_decay": np.full(8, 9.0)}, True),
        ({"agreements": {"power_shift": 3}}, {"signed_ratio": np.full(8, 5.0)}, True),
        ({"agreements": {"mismatch": 5, "temptation": 0}}, {"terms": "moved"}, True),
    ],
    ids=["provisions", "tolerance", "history", "existential", "shape", "withdrawn", "power shift", "mismatch"],
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


def test_a_war_for_existence_has_the_larger_stake_of_both_on_the_log_hazard():
    base = standing({"agreements": {"existential": 0}})
    for stakes, larger in (((0.3, 0.8), 0.8), ((None, 0.2), 0.2), ((None, None), 0.0)):
        sides = {side: {"existential": stake} for side, stake in zip(("north", "south"), stakes, strict=True)}
        if stakes[1] is None:
            del sides["south"]
        war = standing({"actors": sides, "agreements": {"existential": 2}})
        assert np.log(hazard(war) / hazard(base)) == pytest.approx(2 * larger)


def quiet(**change):
    """Trust after some weeks of a ceasefire that never breaks, in a world that forgets nothing."""
    calm = {"ladder": {"forgetting": 0, "rungs": {}, **change}, "mechanisms": {"breaking": True}}
    world = standing(
        {**calm, "agreements": {"hazard": 0}, "actors": {"north": {"grit": None}, "south": {"grit": None}}}
    )
    before = world.trust.copy()
    for _ in range(26):
        agreements(world)
        world.week += 1
    return before, world


def test_a_ceasefire_that_stands_for_its_span_teaches_as_one_kept_deal():
    before, world = quiet(peace_weeks=26, ceasefire_stake=0.6, settlement_stake=0.9)
    rules, on = world.tree.ladder, world.on
    stakes = world.layout.stack([rules.ceasefire_stake])
    kept = deal_odds(rules, on, stakes, world.sides.precision, world.trustworthy).kept[0, ::-1]
    assert (kept > 1.0).all()
    assert trust_odds(world.trust) == pytest.approx(trust_odds(before) * kept)


def test_without_a_span_a_ceasefire_teaches_nothing():
    before, world = quiet(peace_weeks=None)
    assert np.array_equal(world.trust, before)


def test_a_break_still_takes_trust_away():
    world = standing({"agreements": {"hazard": 1e6, "rupture": 0.5}, "ladder": {"peace_weeks": 26}})
    before = trust_odds(world.trust)
    agreements(world)
    assert (world.status == 0).all()
    assert (trust_odds(world.trust) < before).all()


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


def test_bad_faith_that_was_not_expected_moves_the_hazard_and_nothing_else_does():
    base, bound = standing(), {"agreements": {"bad_faith": 2}}
    faithless = {"trustworthy": np.zeros((2, 8), dtype=bool)}
    moved = standing(bound, **faithless)
    surprise = moved.sides.trustworthy.sum(axis=0)
    assert (surprise > 0.0).all()
    assert np.log(hazard(moved) / hazard(base)) == pytest.approx(2 * surprise)
    off = standing({**bound, "mechanisms": {"bad_faith": False}}, **faithless)
    assert (hazard(off) == hazard(standing(**faithless))).all()
