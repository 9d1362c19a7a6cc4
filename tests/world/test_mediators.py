"""Mediators in a world: they come and go, compete, have a name to lose, and guarantee what is believed of them."""

import numpy as np
import pytest

from sim.world.engine import play_week, weeks
from sim.world.guarantors import on_offer, tie
from sim.world.phases.hearing import mistaken
from sim.world.phases.mediators import blame, concert, credit, renew_guarantee
from sim.world.state import World
from tests.laws import differences, play
from tests.toys import rebuilt, rich, ukraine

SOME = np.arange(48)
EAGER = {"engagement": 0.9, "access": {"A": 0.9, "B": 0.9}}


def with_envoy(**values):
    return rebuilt(rich(), {"actors": {"envoy": {**EAGER, **values}}})


def failed(scenario, runs=6):
    """A world after one week in which the envoy then fails everywhere."""
    world = World(scenario, 3, np.arange(runs))
    play_week(world)
    world.succeeded[:], world.failed[:], world.renown[:] = 0.0, 0.0, 1.0
    row = world.mediators.keys.index("envoy")
    blame(world, np.full(runs, row), np.ones(runs, dtype=bool))
    return world, row


def test_a_mediator_that_always_leaves_is_gone_after_a_failure_and_offers_nothing():
    world, row = failed(with_envoy(leaves=1, returns=0))
    assert not world.present[row].any()
    for _ in range(20):
        play_week(world)
        assert not world.offering[row].any()
    left = [event for event in world.journal.events if event[1] == "mediator_left" and event[2] == "envoy"]
    assert {run for event in left for run in event[3]} == set(range(6))


def test_one_that_is_missed_comes_back_within_the_week():
    world, row = failed(with_envoy(leaves=1, returns=1e6))
    play_week(world)
    assert world.present[row].all()
    assert any(event[1:3] == ("mediator_returned", "envoy") for event in world.journal.events)


def test_who_never_leaves_lives_as_if_there_were_no_coming_and_going():
    base = rebuilt(with_envoy(leaves=0.5), {"mechanisms": {"presence": False}})
    assert differences(play(base, SOME), play(with_envoy(leaves=0), SOME)) == []
    assert differences(play(base, SOME), play(with_envoy(leaves=0.5), SOME)) != []


def test_outcomes_move_a_name_for_each_side_by_its_own_prior():
    name = {"A": 0.5, "B": 0.25, "trials": 4}
    world, row = failed(with_envoy(credibility=name))
    assert world.renown[row].T.tolist() == [[pytest.approx(0.8), pytest.approx(0.8)]] * 6
    world.convener[:] = row
    credit(world, np.arange(6) < 3)
    expected = [[3 / 6 / 0.5, 2 / 6 / 0.25]] * 3 + [[0.8, 0.8]] * 3
    assert np.allclose(world.renown[row].T, expected)
    others = [other for other in range(len(world.mediators.keys)) if other != row]
    assert (world.renown[others] == 1.0).all()


def test_a_name_that_is_not_at_stake_never_changes():
    world, _ = failed(with_envoy())
    assert (world.renown == 1.0).all()


def test_rivals_without_coordination_take_from_the_convener_and_one_voice_does_not():
    for coordination, alone in ((0.0, False), (1.0, True)):
        world = World(rebuilt(rich(), {"mediation": {"coordination": coordination, "rival_loss": 1}}), 3, [0, 1])
        world.offering[:] = True
        world.convener[:] = 0
        concert(world)
        assert (world.concert == (1.0 if alone else 1 / 3)).all()


def test_who_may_not_write_is_no_rival():
    dumb = {"actors": {key: {"mandate": ()} for key in ("patron", "neighbour")}}
    world = World(rebuilt(rich(), {**dumb, "mediation": {"coordination": 0}}), 3, [0, 1])
    world.offering[:] = True
    world.convener[:] = world.mediators.keys.index("envoy")
    concert(world)
    assert (world.concert == 1.0).all()


def test_broken_promises_hollow_out_a_guarantee_and_kept_ones_fill_it():
    world = World(rebuilt(with_envoy(), {"mediation": {"guarantee_trials": 4}}), 3, [0, 1, 2])
    before = world.guarantee.copy()
    world.breaks[:], world.kept[:], world.guarantee_stale = [0, 1, 0], [0, 0, 1], True
    renew_guarantee(world)
    assert world.guarantee[0] == before[0]
    assert world.guarantee[1] < before[1]
    assert world.guarantee[2] > before[2]


def test_a_guarantor_guarantees_as_far_as_it_still_gives():
    armed = with_envoy(arms="A", iso3="USA")
    world = World(armed, 3, [0, 1])
    before = world.guarantee.copy()
    world.factor["aid.USA"] = np.array([1.0, 0.5])
    renew_guarantee(world)
    assert world.guarantee[0] == before[0]
    assert 0.0 < world.guarantee[1] < before[1]
    del world.factor["aid.USA"]
    renew_guarantee(world)
    assert (world.guarantee == before).all()


def test_a_stranger_to_both_sides_is_believed_less_where_ties_count():
    scenario = ukraine()
    world = World(scenario, 3, [0])
    near = [tie(scenario, world.society, code) for code in ("USA", "BRA")]
    assert 0.0 <= near[1] < near[0] <= 1.0
    strangers = [World(rebuilt(scenario, {"mediation": {"guarantee_ties": weight}}), 3, [0]) for weight in (0.0, 1.0)]
    assert strangers[1].guarantee[0] < strangers[0].guarantee[0]


def test_guarantees_add_up_to_the_chance_that_not_all_fail():
    assert on_offer(np.array([[0.5], [0.5]]))[0] == 0.75
    assert on_offer(np.zeros((0, 2))).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("rivalry", ["forum_shopping", "inverted_u"])
def test_the_idle_mediator_changes_nothing_even_where_rivals_and_names_count(rivalry):
    """No. 25: no information, no leverage, nothing to write."""
    rivals = {
        "mediation": {"coordination": 0.2, "rivalry": rivalry, "guarantee_trials": 4},
        "actors": {"envoy": {"leaves": 0.5, "credibility": {"trials": 4}}},
    }
    idle = {"kind": "mediator", "iso3": "CHE", "mandate": (), **EAGER, "leaves": 0.5, "credibility": {"trials": 2}}
    scenario = rebuilt(rich(), rivals)
    with_idle = rebuilt(scenario, {"actors": {"idle": idle}})
    assert differences(play(with_idle, SOME), play(scenario, SOME)) == []


def test_a_world_with_all_of_it_keeps_its_bits_in_any_company():
    among, alone = (World(ukraine(), 5, which) for which in ([3, 8, 11], [8]))
    for world in (among, alone):
        for _ in weeks(world):
            pass
    for name in ("renown", "present", "guarantee", "trust", "status"):
        assert (np.take(getattr(among, name), [1], axis=-1) == getattr(alone, name)).all(), name


def doubting(information, **mechanisms):
    """A world in doubt in which the envoy knows so much, and only the envoy may open a table."""
    known = {
        "envoy": {**EAGER, "information": information},
        "patron": {"information": 0},
        "neighbour": {"information": 0},
    }
    on = {"talk_learning": True, "honesty": False, **mechanisms}
    return rebuilt(rich(), {"actors": known, "mechanisms": on, "talks": {"base": 0.3}})


def right(world):
    """Weight that each side gives to the grid points within half a deviation of the truth, (side, run)."""
    near = np.abs(mistaken(world)) <= 0.5 * world.tree.talks.opacity
    return np.where(near, world.doubt, 0.0).sum(axis=1)


def test_a_mediator_that_knows_brings_beliefs_nearer_to_what_the_other_needs():
    found = {}
    for information in (0.0, 1.0):
        world = World(doubting(information, learning=False), 3, np.arange(256))
        for _, _ in zip(range(12), weeks(world), strict=False):
            pass
        found[information] = right(world).mean()
    assert found[1.0] > found[0.0] + 0.05


def test_a_mediator_without_information_of_its_own_says_nothing_of_the_other():
    silent = doubting(0.0)
    assert differences(play(silent, SOME), play(doubting(0.0, reservation_messages=False), SOME)) == []
    spoken = doubting(1.0)
    assert differences(play(spoken, SOME), play(doubting(1.0, reservation_messages=False), SOME)) != []


def test_without_doubt_there_is_nothing_to_tell():
    calm = rebuilt(doubting(1.0), {"mechanisms": {"talk_learning": False}})
    off = rebuilt(calm, {"mechanisms": {"reservation_messages": False}})
    assert differences(play(calm, SOME), play(off, SOME)) == []


def test_a_message_off_the_honest_interval_is_not_believed():
    """No. 24: an unbiased mediator that dislikes war is not believed."""
    world = World(doubting(0.8, honesty=True), 3, np.arange(64))
    world.mediators.bias[:] = 0.0
    deaf = World(doubting(0.8, honesty=True, reservation_messages=False), 3, np.arange(64))
    deaf.mediators.bias[:] = 0.0
    for one in (world, deaf):
        one.mediators.war_cost[:] = 1e6
        for _, _ in zip(range(20), weeks(one), strict=False):
            pass
    assert np.array_equal(world.doubt, deaf.doubt)
