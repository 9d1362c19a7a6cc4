"""Cross-pressure and fatigue in the votes of a played world: whom they move, whither, and that each has a switch."""

import numpy as np
import pytest

from sim.theory.voting import ABSENT, ABSTAIN
from sim.world.ballot import EVERYBODY, vote
from sim.world.state import World
from tests.toys import rebuilt, ukraine

KEY, RUNS = "lasting_peace_2026", range(96)


def votes(week=0, **numbers):
    assembly = {"cross_pressure": 0.0, "absence_cross_pressure": 0.0, "fatigue": 0.0} | numbers
    world = World(rebuilt(ukraine(), {"assembly": assembly, "actors": {"eu": {"whip": 0.0}}}), 7, RUNS)
    world.week = week
    columns = world.society.rows.columns
    return vote(world, KEY, EVERYBODY), columns["dependence_a"] * columns["dependence_b"] > 0


@pytest.fixture(scope="module")
def plain():
    return votes()[0]


def test_states_pulled_both_ways_stay_away_more_and_nobody_else_moves(plain):
    found, torn = votes(absence_cross_pressure=4.0)
    moved = found != plain
    assert (found[moved] == ABSENT).all()
    assert not moved[~torn].any()
    assert moved[torn].any()


def test_states_pulled_both_ways_abstain_more_and_nobody_else_moves(plain):
    found, torn = votes(cross_pressure=4.0)
    moved = found != plain
    assert (found[moved] == ABSTAIN).all()
    assert not moved[~torn].any()
    assert moved[torn].any()


def test_the_tired_abstain_more_wherever_they_stand(plain):
    assert (votes(fatigue=4.0)[0] == plain).all()
    late, torn = votes(week=150, fatigue=4.0)
    moved = late != votes(week=150)[0]
    assert (late[moved] == ABSTAIN).all()
    assert moved[~torn].any()
    assert np.count_nonzero(moved) > 0.02 * moved.size
