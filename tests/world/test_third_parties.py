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
    ring = {"ring": {"generator": {"kind": "small_world", "rewiring": 0.0}}}
    world = played({"ties": {**layers, **ring}, "sanctions": {"peers": None}}, until=0)
    assert world.society.ties.nnz == 193 * 6
    assert np.allclose(world.society.ties.data, 1 / 6)


def at_war(world):
    return [world.society.place[code] for code in ("UKR", "RUS")]


def test_belligerents_do_not_listen_to_their_ties_unless_told_to():
    drift = {"noise": 0.0, "weariness": 0.0}
    deaf, open_ = (played({"influence": {**drift, "belligerents": share}}, until=0) for share in (0.0, 0.5))
    assert (deaf.society.susceptibility[at_war(deaf)] == 0).all()
    assert (np.delete(deaf.society.susceptibility, at_war(deaf)) == 0.5).sum() > 180
    for world in (deaf, open_):
        for stances in world.society.stances:
            stances[:] = 1.0
            stances[at_war(world)] = 0.0
        world.week = 1
        world.society.listen(np.zeros(world.runs, np.float32), np.zeros(world.runs, np.float32), 1)
    assert (deaf.society.stance()[at_war(deaf)] == 0).all()
    assert (open_.society.stance()[at_war(open_)] > 0.3).all()


def test_where_confidence_is_bounded_belligerents_are_deaf_too():
    rules = {"rule": "bounded_confidence", "noise": 0.0, "weariness": 0.0, "confidence": 1.0}
    world = played({"influence": rules}, until=5)
    assert (world.society.stance()[at_war(world)] == 0).all()
    assert np.abs(world.society.stance()).max() > 0.01


def test_patron_pressure_is_switched_by_itself():
    drift = {"influence": {"weariness": 0.2, "noise": 0.0, "patron_pressure": 0.05}}
    felt, spared, none = (
        played({**drift, "mechanisms": switches}, until=2)
        for switches in ({}, {"patron_pressure": False}, {"influence": False})
    )
    assert (felt.patrons[0] > 0.01).all()
    assert (spared.patrons == 0).all()
    assert (none.patrons == 0).all()
    assert (felt.society.stance() == spared.society.stance()).all()
    assert (felt.cost[0] > spared.cost[0]).all()


def test_bounded_confidence_without_confidence_leaves_each_state_to_its_luck():
    rules = {"rule": "bounded_confidence", "noise": 0.0, "weariness": 0.0}
    still = played({"influence": {**rules, "confidence": 0.0}}, until=5)
    assert np.allclose(still.society.by_topic(), still.society.observed[:, :, None], atol=1e-6)
    moved = played({"influence": {**rules, "confidence": 0.3}}, until=20).society.by_topic()
    first = played({"influence": {**rules, "confidence": 0.3}}, until=0).society.by_topic()
    assert moved.std(axis=0).mean() < first.std(axis=0).mean()
    assert (moved >= 0).all()
    assert (moved <= 1).all()


@pytest.mark.parametrize("rule", ["friedkin_johnsen", "bounded_confidence"])
def test_a_shock_to_a_stance_is_seen_under_either_rule_of_influence(rule):
    world = played({"influence": {"rule": rule, "noise": 0.0, "weariness": 0.0, "confidence": 0.0}}, until=0)
    place, nothing = world.society.place["BRA"], np.zeros(world.runs, np.float32)
    before = world.society.stance()[place].copy()
    world.society.shift("BRA", np.full(world.runs, 0.1))
    world.society.listen(nothing, nothing, 1)
    assert (world.society.stance()[place] > before + 0.03).all()


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


def test_peers_are_those_that_the_ties_name():
    world = played({}, until=0)
    rows = np.flatnonzero(world.society.senders)
    shares = world.society.peers.toarray()
    assert np.allclose(shares.sum(axis=1), 1.0)
    assert (np.diag(shares) == 0).all()
    codes = [world.society.rows.iso3[row] for row in rows]
    germany, poland, japan = (codes.index(code) for code in ("DEU", "POL", "JPN"))
    assert shares[germany, poland] > 0
    assert shares[germany, japan] == 0
    alike = played({"sanctions": {"peers": None}}, until=0).society.peers.toarray()
    assert np.allclose(alike[~np.eye(len(rows), dtype=bool)], 1 / (len(rows) - 1))


def test_the_others_weigh_by_the_targets_trade_and_apply_what_they_will():
    plain = {"benefit": 2.0, "first_renewal": None, "peer_weight": 0.0}
    whole = played({"sanctions": plain}, until=1).society
    half = played({"sanctions": {**plain, "full_will": 4.0}}, until=1).society
    others = whole.senders & ~whole.bloc_members
    weights = whole.rows.columns["target_trade"][others]
    kept = (whole.staying[others] * weights[:, None]).sum(axis=0) / weights.sum()
    assert np.allclose(whole.others_share, kept)
    assert (half.others_share < whole.others_share).all()
    assert (half.staying == whole.staying).all()


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


def lapsed(reinstatement, until=60):
    """A bloc that lets go in the first week, and is of another mind at every later renewal."""
    rules = {"renewal_weeks": 26, "first_renewal": None, "benefit": -90.0, "reinstatement": reinstatement}
    world = World(rebuilt(ukraine(), {"texts": dict.fromkeys(ukraine().texts), "sanctions": rules}), SEED, RUNS)
    for week in weeks(world):
        if week == 1:
            assert not world.society.bloc_in_force.any()
            world.tree.sanctions.benefit = 90.0
        if week == until:
            break
    return world


def test_what_has_lapsed_comes_back_only_by_a_new_decision():
    never, easily, hardly = (lapsed(hurdle) for hurdle in (None, 0.0, 900.0))
    assert not never.society.bloc_in_force.any()
    assert easily.society.bloc_in_force.all()
    assert not hardly.society.bloc_in_force.any()
    assert (easily.pressure > never.pressure).all()
    kinds = [event[1] for event in easily.journal.events]
    assert kinds.count("sanctions_lapsed") == kinds.count("sanctions_reinstated") == 1
    assert kinds.count("sanctions_renewed") == 1
    assert "sanctions_reinstated" not in [event[1] for event in never.journal.events]


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
    for rule, weights in (
        ("unanimity", "population"),
        ("qualified_majority", "population"),
        ("qualified_majority", None),
    ):
        bloc = {"decision_rule": rule, "weights": weights}
        world = World(rebuilt(ukraine(), {"actors": {"eu": bloc}, "sanctions": hold_outs}), 9, RUNS)
        play_week(world)
        renewed[rule, weights] = world.society.bloc_in_force
    assert not renewed["unanimity", "population"].any()
    by_people, by_heads = renewed["qualified_majority", "population"], renewed["qualified_majority", None]
    assert by_heads.all()
    assert 0.5 < by_people.mean() < 1.0
