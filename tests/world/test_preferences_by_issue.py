"""Curvature and red lines with a number of their own for an issue: one rule, whatever form the numbers have."""

import numpy as np
import pytest

from sim.scenario.faults import InputFault
from sim.scenario.numbers import numbers_of
from sim.theory.segments import STEEPEST
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA
from sim.world.state import World
from tests.laws import differences, play
from tests.toys import SHORT, of_sides, rebuilt, rich, toy, with_veto_player

RUNS = np.arange(24)


def every_issue(key, value):
    return {f"{key}_by_issue": dict.fromkeys(toy(()).issues, value)}


@pytest.mark.parametrize(
    ("key", "value"), [("red_line_steepness", 2.5), ("red_line_steepness", "absolute"), ("curvature", 1.5)], ids=str
)
def test_the_same_number_for_every_issue_is_the_number_for_all(key, value):
    one, other = (play(rebuilt(rich(), of_sides(how)), RUNS) for how in ({key: value}, every_issue(key, value)))
    assert differences(one, other) == []


def test_one_issue_is_bent_and_the_other_straight():
    squared = World(rebuilt(rich(), of_sides({"curvature_by_issue": {"control": 2}})), 5, RUNS)
    straight = World(rich(), 5, RUNS)
    kind = SETTLEMENT_AGENDA
    control, terms = squared.issues.territory, squared.wartime.copy()
    lost = straight.worth(terms, kind) - squared.worth(terms, kind)
    judge = straight.agendas[kind].signed
    row = list(straight.agendas[kind].rows).index(control)
    share = np.abs(terms[control] - judge.ideal_point[:, row]) / judge.scale[:, row]
    assert lost == pytest.approx(judge.salience[:, row] * (share**2 - share), abs=1e-12)


def test_an_agenda_without_the_bent_issue_stays_straight():
    world = World(rebuilt(rich(), of_sides({"curvature_by_issue": {"control": 2}})), 5, RUNS)
    bent = [not one.is_straight for one in world.agendas]
    assert bent == [bool(one.on_table[world.issues.territory, 0]) for one in world.agendas]


def test_nobody_signs_beyond_an_absolute_line():
    lines = {"red_line": {"control": 0.5, "recognition": 0.3}}
    loose = rebuilt(rich(), of_sides({**lines, "red_line_steepness": 0}))
    hard = rebuilt(loose, of_sides({"red_line_steepness_by_issue": {"control": "absolute"}}))
    crossed = []
    for scenario in (loose, hard):
        world = World(scenario, 5, RUNS)
        steep = world.agendas[SETTLEMENT_AGENDA].signed.steepness
        assert set(np.unique(steep)) <= {0.0, STEEPEST}
        history = play(scenario, np.arange(96))
        found = [
            abs(line - ideal)
            for events in history.events.values()
            for _, kind, _, line in events
            if kind == "settlement_signed"
            for ideal in world.sides.ideal_point[:, world.issues.territory, 0]
        ]
        crossed.append(max(found, default=0.0) > 0.5 + 1e-5)
    assert crossed == [True, False]


def test_a_veto_player_has_its_own_numbers_by_issue():
    first = next(iter(rich().issues))
    hard = {"red_line": {first: 0.1}, "red_line_steepness_by_issue": {first: "absolute"}}
    world = World(with_veto_player(rich(), **hard, curvature_by_issue={first: 2}), 5, RUNS)
    judge = world.judges[CEASEFIRE_AGENDA].own
    assert (judge.steepness[0].max(axis=0) == STEEPEST).all()
    assert (judge.curvature[0].max(axis=0) == 2.0).all()


def test_a_number_for_an_issue_can_be_swept():
    scenario = rebuilt(rich(), of_sides({"curvature_by_issue": {"control": {"uniform": [0.5, 2.0]}}}))
    assert "actors.north.curvature_by_issue.control" in numbers_of(scenario)
    half = World(scenario, 5, RUNS, {"actors.north.curvature_by_issue.control": np.full(RUNS.size, 0.5)})
    assert (half.sides.curvature[0, half.issues.territory] == 0.5).all()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("curvature_by_issue={contrl: 2}", "curvature_by_issue.contrl: no such issue; did you mean control?"),
        ("red_line_steepness_by_issue={land: 2}", "red_line_steepness_by_issue.land: no such issue"),
        ("curvature_by_issue={control: -1}", "curvature_by_issue.control: 0 or more is allowed, found -1"),
        ("red_line_steepness=hard", "red_line_steepness"),
    ],
)
def test_a_wrong_number_or_name_is_a_fault(line, told):
    with pytest.raises(InputFault) as found:
        toy((*SHORT, f"actors.north.{line}"))
    assert told in str(found.value)
