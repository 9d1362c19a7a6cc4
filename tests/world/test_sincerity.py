"""Who means to settle, and what is believed of it, in worlds."""

import numpy as np
import pytest

from sim.world.engine import weeks
from sim.world.phases.sincerity import believed
from sim.world.recorder import play_outcomes
from sim.world.state import World
from tests.laws import differences, play
from tests.toys import of_sides, rebuilt, rich, toy

PULLED = {"talks": {"base": 0.02, "instrumental_weight": 0.8, "doubt": 0.0, "taste_half_life": 4}}


def pretending(**talks):
    """The toy with a strong pull to talk for the pause alone."""
    return rebuilt(toy(()), {**of_sides({"regroup": 0.1}), "talks": {**PULLED["talks"], **talks}})


def tables(scenario, runs=1024, last=60):
    """Belief and truth, (side, table), at every table in session, with the weeks that each has lasted."""
    world, found = World(scenario, 3, np.arange(runs)), []
    for week in weeks(world):
        (live,) = np.nonzero(world.talking & world.at_war)
        age = np.broadcast_to(world.week - world.talks_start[live], (2, live.size))
        found.append(np.stack([world.sincerity[:, live], world.sincere[:, live] * 1.0, age]))
        if week == last:
            break
    return np.concatenate(found, axis=-1).reshape(3, -1)


def test_belief_falls_while_talks_last_and_points_to_the_truth():
    belief, sincere, age = tables(pretending(doubt=1e-9))
    assert belief[age >= 4].mean() < belief[age == 0].mean()
    assert belief[sincere == 1].mean() > belief[sincere == 0].mean() + 0.02


@pytest.mark.parametrize("half_life", [0, 26])
def test_of_those_who_are_believed_so_far_so_many_mean_it(half_life):
    belief, sincere, _ = tables(pretending(doubt=1e-9, taste_half_life=half_life))
    for low, high in ((0.0, 0.02), (0.02, 0.6), (0.6, 1.1)):
        here = (belief >= low) & (belief < high)
        assert here.sum() > 500
        assert belief[here].mean() == pytest.approx(sincere[here].mean(), abs=0.05)


def test_a_side_that_accepts_is_believed_and_one_that_pretends_never_signs():
    world = World(pretending(doubt=0.5), 3, np.arange(256))
    for _ in weeks(world):
        fresh = world.signed_week == world.week
        assert world.sincere[:, fresh].all()
        assert (believed(world)[fresh] == 1.0).all()


def test_doubt_shortens_talks():
    def lengths(doubt):
        history = play(pretending(doubt=doubt), np.arange(256), weeks=80)
        return [value for own in history.events.values() for _, kind, _, value in own if kind == "talks_closed"]

    assert np.mean(lengths(1.0)) < np.mean(lengths(0.0)) - 0.5


def test_without_doubt_the_switch_changes_nothing():
    calm = rebuilt(rich(), {"talks": {"doubt": 0}})
    blind = rebuilt(calm, {"mechanisms": {"sincerity": False}})
    assert differences(play(calm, range(16)), play(blind, range(16))) == []


def test_talks_for_the_pause_alone_are_counted():
    found = play_outcomes(pretending(), 3, np.arange(128))
    assert (found["instrumental_talks"] <= found["talks"]).all()
    assert found["instrumental_talks"].sum() > 100
    plain = play_outcomes(rebuilt(pretending(), {"mechanisms": {"instrumental_talks": False}}), 3, np.arange(128))
    assert plain["instrumental_talks"].sum() == 0
