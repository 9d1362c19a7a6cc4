"""The world around the table: networks made for experiments, bounded confidence, patrons, and who keeps sanctions."""

import numpy as np
import pytest

from sim.randomness import Luck
from sim.world.decisions import DECISIONS, Measure
from sim.world.engine import play_week, weeks
from sim.world.generators import GENERATORS, generated
from sim.world.state import World
from tests.toys import rebuilt, ukraine

SEED, RUNS = 9, range(120, 136)


def made(kind, seed=SEED, replicates=(0,)):
    states = ukraine().tables.states
    numbers = type("Numbers", (), {"kind": kind, "neighbours": 6, "rewiring": 0.1, "inside": 0.3, "between": 0.02})
    return generated("ties", numbers, states, Luck(seed, list(replicates), 1))


def played(change, until=30, runs=RUNS, seed=SEED):
    world = World(rebuilt(ukraine(), {"texts": dict.fromkeys(ukraine().texts), **change}), seed, runs)
    for week in weeks(world):
        if week == until:
            return world
    return world


@pytest.mark.parametrize("kind", sorted(GENERATORS))
def test_a_made_up_network_belongs_to_the_seed_and_not_to_the_replicates(kind):
    one, same, other = made(kind), made(kind, replicates=(5, 900)), made(kind, seed=SEED + 1)
    assert (one.influenced == same.influenced).all()
    assert (one.other == same.other).all()
    assert one.influenced.shape != other.influenced.shape or (one.other != other.other).any()
    ties = set(zip(one.influenced.tolist(), one.other.tolist(), strict=True))
    assert ties == {(b, a) for a, b in ties}
    assert all(a != b for a, b in ties)


def test_a_small_world_has_its_neighbours_and_blocks_are_denser_inside():
    assert len(made("small_world").weight) == 193 * 6
    block = made("block_model")
    regions = np.array(ukraine().tables.states.regions)
    inside = (regions[block.influenced] == regions[block.other]).mean()
    assert inside > 0.6


def test_a_generated_layer_is_listened_to():
    layers = dict.fromkeys(ukraine().ties)
    world = played({"ties": {**layers, "ring": {"generator": {"kind": "small_world", "rewiring": 0.0}}}}, until=0)
    assert world.society.ties.nnz == 193 * 6
    assert np.allclose(world.society.ties.data, 1 / 6)


def test_bounded_confidence_without_confidence_leaves_each_state_to_its_luck():
    rules = {"rule": "bounded_confidence", "noise": 0.0, "weariness": 0.0}
    still = played({"influence": {**rules, "confidence": 0.0}}, until=5)
    assert np.allclose(still.society.by_topic(), still.society.observed[:, :, None], atol=1e-6)
    moved = played({"influence": {**rules, "confidence": 0.3}}, until=20).society.by_topic()
    first = played({"influence": {**rules, "confidence": 0.3}}, until=0).society.by_topic()
    assert moved.std(axis=0).mean() < first.std(axis=0).mean()
    assert (moved >= 0).all()
    assert (moved <= 1).all()


def test_patrons_that_leave_make_the_war_dearer_and_only_for_the_side_they_leave():
    drift = {"influence": {"weariness": 0.2, "noise": 0.0}}
    none = played(drift, until=2)
    felt = played({"influence": {**drift["influence"], "patron_pressure": 0.05}}, until=2)
    assert (felt.patrons[0] > 0.01).all()
    assert (felt.patrons[1] == 0).all()
    assert (felt.cost[0] > none.cost[0]).all()
    assert (felt.cost[1] == none.cost[1]).all()


def test_exits_pull_exits_when_peers_count():
    alone, together = (
        played({"sanctions": {"benefit": 1.0, "first_renewal": None, "peer_weight": weight}}, until=1)
        for weight in (0.0, 3.0)
    )
    assert (together.society.coalition <= alone.society.coalition).all()
    assert together.society.coalition.mean() < alone.society.coalition.mean() - 0.05


def test_the_leak_grows_faster_when_more_of_the_targets_trade_is_outside():
    kept = played({"sanctions": {"benefit": 90.0, "first_renewal": None}}, until=27)
    left = played({"sanctions": {"benefit": -90.0, "first_renewal": None}}, until=27)
    assert np.allclose(kept.society.outside, 1 - 0.593, atol=1e-9)
    assert np.allclose(left.society.outside, 1.0)
    assert (left.society.leak > kept.society.leak).all()
    assert (left.pressure == 0).all()


def test_a_target_that_adapts_feels_less():
    plain, adapting = (played({"sanctions": {"benefit": 90.0, "adaptation": rate}}, until=20) for rate in (0.0, 0.01))
    assert np.allclose(adapting.pressure, plain.pressure * np.exp(-0.2))


def measure(will, **more):
    runs = np.asarray(will).shape[1]
    given = {"weights": np.ones(len(will)), "quota": 0.55, "weight_quota": 0.65, "blocking_minority": 0, "leader": 0, "objection": 0.5,
             "purse": None, "tradable": np.ones(runs, dtype=bool)} | more  # fmt: skip
    return Measure(np.asarray(will), **given)


def test_without_a_purse_one_hold_out_is_won_back_and_two_are_not():
    will = np.array([[1.0, -9.0, -9.0], [1.0, 1.0, -9.0], [1.0, 1.0, 1.0]])
    assert DECISIONS["unanimity"](measure(will)).tolist() == [True, True, False]
    assert DECISIONS["unanimity"](measure(will, tradable=np.zeros(3, dtype=bool))).tolist() == [True, False, False]
    assert DECISIONS["unanimity"](measure(will, purse=20.0)).tolist() == [True, True, True]
    assert DECISIONS["unanimity"](measure(will, purse=2.0)).tolist() == [True, False, False]


@pytest.mark.parametrize(("rule", "agreed"), [("qualified_majority", True), ("leader", False), ("consensus", False)])
def test_rules_differ_on_one_strong_objection_of_the_leader(rule, agreed):
    will = np.concatenate([[[-1.0]], np.ones((9, 1))])
    assert DECISIONS[rule](measure(will)).tolist() == [agreed]


def test_the_bloc_decides_by_the_rule_that_it_names():
    hold_outs = {"benefit": 1.0, "first_renewal": None, "side_payment": 0.0}
    renewed = {}
    for rule in ("unanimity", "qualified_majority"):
        world = World(rebuilt(ukraine(), {"actors": {"eu": {"decision_rule": rule}}, "sanctions": hold_outs}), 9, RUNS)
        play_week(world)
        renewed[rule] = world.society.bloc_in_force
    assert not renewed["unanimity"].any()
    assert renewed["qualified_majority"].all()
