"""Unilateral steps in a world: who takes them, what they cost, and what the other makes of them."""

import numpy as np

from sim.theory.grit import step_probability
from sim.world.state import World
from tests.laws import differences, lived, play
from tests.toys import rebuilt, rich, toy

MANY = np.arange(128)
ALONE = {
    "ladder": {"rungs": {"prisoners": {"rate": 0}, "power_plants": {"rate": 0}}, "forgetting": 0},
    "shocks": {"winter_strikes": None},
    "mechanisms": {"attrition": False, "breaking": False},
}


def stepping(scenario=None, **numbers):
    """The toy without small deals in which the north alone takes steps."""
    north = {"grit": {"rate": 0.2, "cost": 0.01, "good_price": 0.02, "bad_price": 0.005, **numbers}}
    return rebuilt(scenario or toy(()), {**ALONE, "actors": {"north": north}})


def steps_of(history):
    return {(run, event[0]) for run, own in history.events.items() for event in own if event[1] == "step_taken"}


def test_good_and_bad_types_step_as_often_as_their_prices_say():
    world = World(stepping(), 3, np.arange(512))
    history = lived(world, 40)
    at_war = (history.traces["status"][:40] == 0).sum(axis=0)
    taken = np.bincount([run for run, _ in steps_of(history)], minlength=512)
    for good, price in ((True, 0.02), (False, 0.005)):
        kind = world.trustworthy[0] == good
        expected = 0.2 * float(step_probability(0.01, price))
        assert abs(taken[kind].sum() / at_war[kind].sum() - expected) < 0.012


def test_a_step_lifts_the_other_sides_trust_alone_and_costs_strength():
    history, still = play(stepping(), MANY, weeks=30), play(stepping(rate=0), MANY, weeks=30)
    steps = sorted(steps_of(history))
    first = dict(reversed(steps))
    assert len(first) > 50
    for run, week in first.items():
        assert week == 0 or history.traces["trust"][week, 1, run] > history.traces["trust"][week - 1, 1, run]
        lost = still.traces["forces"][week, :, run] - history.traces["forces"][week, :, run]
        assert lost[0] > 0.0
    assert np.allclose(history.traces["trust"][:, 0], still.traces["trust"][:, 0], atol=1e-12)


def test_trust_does_not_drift_where_the_other_side_is_as_good_as_is_believed():
    """A week without a step takes back what steps give: with types drawn by the trust, it stays right on average."""
    sides = {side: {"trust": 0.3, "trustworthy": 0.3} for side in ("north", "south")}
    fair = rebuilt(stepping(), {"actors": sides, "mechanisms": {"breaking": False}, "talks": {"base": 0}})
    world = World(fair, 3, np.arange(2048))
    lived(world, 40)
    war = world.at_war
    assert war.mean() > 0.3
    assert abs(world.trust[1][war].mean() - world.trustworthy[0][war].mean()) < 0.03
    assert world.trust[1][world.trustworthy[0]].mean() > world.trust[1][~world.trustworthy[0]].mean() + 0.2


def test_a_step_that_costs_nothing_changes_nothing_but_the_journal():
    free, none = play(stepping(cost=0), MANY[:32]), play(stepping(rate=0), MANY[:32])
    assert steps_of(free)
    assert np.allclose(free.traces["trust"], none.traces["trust"], atol=1e-12)
    assert np.array_equal(free.traces["forces"], none.traces["forces"])


def test_a_side_without_a_section_takes_no_step_and_a_switch_leaves_all_as_it_was():
    bare = rebuilt(rich(), {"actors": {"north": {"grit": None}, "south": {"grit": None}}})
    off = rebuilt(rich(), {"mechanisms": {"grit": False}})
    assert differences(play(bare, MANY[:16]), play(off, MANY[:16])) == []
