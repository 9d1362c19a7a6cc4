"""Mechanisms that rest as shipped: what each does to the world on the day it acts."""

import numpy as np
import pytest

from sim.theory.arrays import logistic
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.binding import faults
from sim.world.engine import weeks
from sim.world.phases.hearing import believed_way_out
from sim.world.phases.text import laid, open_issues
from sim.world.phases.valuations import feared_weeks, required_utility, smaller_surplus
from sim.world.state import World
from tests.toys import awake, of_sides, rebuilt, rich

RUNS = np.arange(16)


def after(scenario, last=30):
    world = World(scenario, 5, RUNS)
    for week in weeks(world):
        if week == last:
            return world
    raise AssertionError("the world is shorter")


@pytest.mark.parametrize("switch", ["interactions", "war_curvature"])
@pytest.mark.parametrize("agenda", [CEASEFIRE_AGENDA, SETTLEMENT_AGENDA])
def test_the_table_counts_interacting_and_curved_losses_in_every_gain(agenda, switch):
    world = after(awake(rich(), switch))
    reference = np.where(world.agendas[agenda].on_table, world.text, world.wartime)
    world.asked[agenda] = (
        required_utility(world, agenda, feared_weeks(world, agenda, reference)) - world.outside[agenda]
    )
    world.left_out[agenda] = world.agendas[agenda].left_out(reference, world.wartime)
    world.asked[agenda] += world.left_out[agenda]
    table = laid(world, agenda, open_issues(world), reference, RUNS)
    other = np.clip(reference + 0.1, 0, 1)
    expected = world.worth(other, agenda) - required_utility(world, agenda, feared_weeks(world, agenda, reference))
    assert table.gains(other) == pytest.approx(expected, abs=1e-12)


def test_an_issue_weighs_more_beside_another_that_is_lost():
    world, plain = after(awake(rich(), "interactions"), 0), after(rich(), 0)
    assert (world.flow < plain.flow).all()
    assert (np.abs(world.slope) > np.abs(plain.slope)).any()


def test_an_event_moves_the_lines_of_one_side_and_the_agenda_in_the_same_week():
    change = ({"target": "red_line.north", "multiply": 0.0},)
    hit = rebuilt(rich(), {"shocks": {"turn": {"kind": "stochastic", "hazard": 99.0, "changes": change}}})
    world, plain = after(hit, 0), after(rich(), 0)
    moved = world.red_line - plain.red_line
    assert (moved[0].min(axis=0) < -0.1).all()
    assert (moved[1] == 0.0).all()
    for kind in world.agendas:
        assert np.array_equal(kind.signed.red_line, world.red_line[:, kind.rows])
    assert (world.surplus[SETTLEMENT_AGENDA] < plain.surplus[SETTLEMENT_AGENDA]).any()


def test_lines_stand_still_in_peace():
    world, seen = World(awake(rich(), "moving_red_lines"), 5, np.arange(64)), 0
    calm, before = world.at_peace, world.red_line
    for _ in weeks(world):
        seen += int(calm.sum())
        assert np.array_equal(np.compress(calm, before, axis=-1), np.compress(calm, world.red_line, axis=-1))
        calm, before = world.at_peace, world.red_line
    assert seen > 0
    assert (world.red_line != world.sides.red_line).any()


def test_a_name_that_has_no_red_line_is_a_fault():
    change = ({"target": "red_line.north", "add": 0.2},)
    turn = rebuilt(rich(), {"shocks": {"turn": {"kind": "stochastic", "hazard": 1.0, "changes": change}}}).shocks[
        "turn"
    ]
    wrong = turn.model_copy(update={"changes": (turn.changes[0].model_copy(update={"target": "red_line.nort"}),)})
    told = [fault.sentence for fault in faults(rich().model_copy(update={"shocks": {"turn": wrong}}))]
    assert told == ['no such red_line "nort"; did you mean north?']


def test_without_doubt_and_with_one_view_of_the_front_the_way_out_is_what_it_was():
    sure = {"beliefs": {"drift": 0.001, "uncertainty": 0.0, "process": 0.0}}
    still = rebuilt(rich(), {**of_sides(sure), "mechanisms": {"learning": False, "mediation": False}})
    world = after(rebuilt(still, {"mechanisms": {"talk_learning": True}, "talks": {"opacity": 0.0}}), 0)
    best = np.maximum(*(smaller_surplus(world, kind) for kind in (CEASEFIRE_AGENDA, SETTLEMENT_AGENDA)))
    known = logistic(world.tree.ripeness.way_out_precision * best)
    assert believed_way_out(world) == pytest.approx(np.stack([known, known]), abs=1e-9)


def test_doubts_stay_beliefs_and_only_tables_move_them():
    world = after(awake(rich(), "talk_learning"), 60)
    assert world.doubt.sum(axis=1) == pytest.approx(1.0)
    assert len(np.unique(world.doubt[0, 3])) > 1


def test_a_gamble_raises_the_worth_of_war_where_tolerance_is_gone():
    gambling = awake(rich(), "gambling")
    world = after(gambling, 0)
    low = world.tolerance < world.sides.home.gamble_below
    assert low.any()
    assert (world.reckoned[low] == 0.5 * world.cost[low]).all()
    assert (world.reckoned[~low] == world.cost[~low]).all()
