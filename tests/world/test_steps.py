"""Talks by steps: one frontier an issue, what is agreed stays agreed, and nothing is traded for anything."""

import numpy as np
import pytest

from sim.world.agenda import SETTLEMENT_AGENDA
from sim.world.phases import signing, text
from sim.world.phases.steps import in_turn
from sim.world.protocols import PROTOCOLS
from sim.world.state import NEVER, World
from tests.laws import lived, play
from tests.toys import of_sides, rebuilt, rich, toy, with_veto_player

RUNS = np.arange(24)
SIDES = ("north", "south")
SYMMETRIC = {
    "issues": {"recognition": {"wartime": 0.5}, "ceasefire": {"agenda": "parked", "wartime": 0.5}},
    "front": {"share": 0.5, "volatility": 0.0},
    "shocks": {"winter_strikes": None},
    "ladder": None,
    "talks": {"base": 1.0, "direct_patience": 1e6},
    "agreements": {"hazard": 0.0},
    "mechanisms": {
        "taste": False, "learning": False, "commitment": False, "red_lines": False, "attrition": False,
        "fatigue": False, "instrumental_talks": False, "tolerance": False,
    },
}  # fmt: skip
CARE = {"north": {"control": 0.8, "recognition": 0.2}, "south": {"control": 0.2, "recognition": 0.8}}
ENDS = {"north": 0.0, "south": 1.0}


def symmetric(pace, name="nash_point", **changes):
    """A war of two alike who care for one issue each, and talk without anybody else."""
    same = {
        "cost": {"base": 0.005, "fatigue": 0.0, "deficit": 0.0},
        "beliefs": {"drift": 0.0},
        "charter_weight": 0.0,
        "regroup": 0.0,
    }
    sides = {
        side: {
            **same, "salience": {**CARE[side], "ceasefire": 0.0},
            "ideal_point": dict.fromkeys(("control", "recognition", "ceasefire"), ENDS[side]),
        }
        for side in SIDES
    }  # fmt: skip
    rules = {"name": name, "direct": name, "pace": pace, "weeks_per_issue": 2, **changes}
    return rebuilt(toy(()), {**SYMMETRIC, "actors": {**sides, "envoy": None}, "protocol": rules})


def worth_of_signed(scenario, runs=4, weeks=12):
    """What the signed terms are worth to each side on the two issues, and the week in which they are signed."""
    world = World(scenario, 5, np.arange(runs))
    lived(world, weeks)
    assert (world.signed_week != NEVER).all()
    rows = [world.issues.names.index(name) for name in ("control", "recognition")]
    distance = np.abs(world.terms[rows] - np.array([0.0, 1.0])[:, None, None])
    care = np.array([[CARE[side][name] for name in ("control", "recognition")] for side in SIDES])
    return 1.0 - (care[:, :, None] * distance).sum(axis=1), world.signed_week


@pytest.mark.parametrize("name", ["nash_point", "alternating_offers", "baron_ferejohn", "rubinstein"])
def test_a_package_trades_issues_and_steps_do_not(name):
    """No. 47 through a world's own talks: (.8, .8) against (.5, .5), and only after the last step."""
    package, at_once = worth_of_signed(symmetric("package", name))
    steps, later = worth_of_signed(symmetric("step_by_step", name))
    assert (at_once == 0).all()
    assert (later == 3).all()
    if name == "nash_point":
        assert package == pytest.approx(np.full((2, 4), 0.8), abs=1e-9)
        assert steps == pytest.approx(np.full((2, 4), 0.5), abs=1e-9)
    assert (package.sum(axis=0) > steps.sum(axis=0) + 0.2).all()


def recorded(scenario, monkeypatch, runs=RUNS, weeks=120):
    """Tables and what was said at them, week by week, of a scenario that is played."""
    seen, settled = [], text.settle

    def settle(world, table, shown, said, live):
        found = settled(world, table, shown, said, live)
        seen.append((world.week, live, table, shown, found, np.take(world.settled, live, axis=-1)))
        return found

    monkeypatch.setattr(text, "settle", settle)
    world = World(scenario, 3, runs)
    return world, lived(world, weeks), seen


@pytest.mark.parametrize("name", ["single_text", "nash_point", "alternating_offers", "alternating_texts"])
def test_what_is_agreed_in_one_step_stays_agreed(monkeypatch, name):
    rules = {"name": name, "direct": name, "pace": "step_by_step", "weeks_per_issue": 2}
    _, _, seen = recorded(rebuilt(rich(), {"protocol": rules}), monkeypatch)
    kept, stays = {}, 0
    for _, live, table, _, said, settled in seen:
        for column, run in enumerate(live):
            if table.age[column] == 0:
                kept.pop(run, None)
            nothing = np.zeros(len(settled), dtype=bool)
            before, older, terms = kept.get(run, (nothing, nothing, table.text[:, column]))
            assert settled[before, column].all()
            assert not table.open_issues[before, column].any()
            assert np.array_equal(said.text[before, column], table.text[before, column])
            assert np.array_equal(table.text[older, column], terms[older])
            stays += older.any()
            kept[run] = settled[:, column], before, table.text[:, column]
    assert stays > 20


def test_one_issue_is_open_and_its_frontier_is_that_of_the_issue(monkeypatch):
    rules = {"pace": "step_by_step", "weeks_per_issue": 2}
    _, _, seen = recorded(rebuilt(rich(), {"protocol": rules}), monkeypatch)
    for _, live, table, shown, _, _ in seen:
        assert (table.open_issues.sum(axis=0) <= 1).all()
        assert not (table.open_issues & ~shown).any()
        for place in (0.0, len(table.frontier.order) * 1.0):
            terms = table.terms_at(np.full(live.size, place))
            assert np.array_equal(terms[~table.open_issues], table.text[~table.open_issues])
        for place, corner in ((0.0, 0), (len(table.frontier.order) * 1.0, -1)):
            gains = table.gains(table.terms_at(np.full(live.size, place)))
            assert gains[0] == pytest.approx(table.frontier.utility_a[corner] - table.needed[0], abs=1e-9)
            assert gains[1] == pytest.approx(table.frontier.utility_b[corner] - table.needed[1], abs=1e-9)


def test_the_parts_of_what_a_side_can_bear_add_to_the_whole(monkeypatch):
    """Over the turns of all issues that are shown, reservation values add to that of the package."""
    shares, seen = {}, text.one_issue

    def one_issue(world, agenda, table, shown, live):
        found = seen(world, agenda, table, shown, live)
        if world.week == 0 and shown.all():
            for age in range(0, 6, 2):
                turned = seen(world, agenda, table.__class__(**{**vars(table), "age": table.age + age}), shown, live)
                shares.setdefault("parts", []).append(turned.needed)
            shares["whole"] = table.needed
        return found

    monkeypatch.setattr(text, "one_issue", one_issue)
    issues = {"ceasefire": {"agenda": "settlement", "wartime": 0.5}}
    scenario = rebuilt(symmetric("step_by_step"), {"issues": issues})
    lived(World(scenario, 5, np.arange(3)), 1)
    assert sum(shares["parts"]) == pytest.approx(shares["whole"])


def test_nothing_is_signed_before_all_is_settled(monkeypatch):
    rules = {"pace": "step_by_step", "weeks_per_issue": 3}
    asked = []

    def sign(world):
        early = world.talking & (world.talks_agenda == SETTLEMENT_AGENDA) & (world.week - world.talks_start < 8)
        asked.append((world.complete & early).sum())
        signed(world)

    from sim.world.phases import diplomacy

    signed = signing.sign
    monkeypatch.setattr(diplomacy, "sign", sign)
    history = play(rebuilt(toy(()), {"protocol": rules}), RUNS)
    assert sum(asked) == 0
    assert any(event[1] == "settlement_signed" for own in history.events.values() for event in own)


def test_new_talks_begin_with_nothing_settled(monkeypatch):
    rules = {"pace": "step_by_step", "weeks_per_issue": 1}
    _, _, seen = recorded(rebuilt(rich(), {"protocol": rules}), monkeypatch)
    fresh = [settled[:, table.age == 0].sum(axis=0) for _, _, table, _, _, settled in seen]
    assert np.concatenate(fresh).max() <= 1


def test_turns_go_round_the_issues_that_are_shown():
    shown = np.array([[True, True], [False, True], [True, True]])
    turns = [in_turn(shown, np.array([age, age]), 2).argmax(axis=0).tolist() for age in range(8)]
    assert [turn[0] for turn in turns] == [0, 0, 2, 2, 0, 0, 2, 2]
    assert [turn[1] for turn in turns] == [0, 0, 1, 1, 2, 2, 0, 0]


@pytest.mark.parametrize("name", [name for name in PROTOCOLS if name != "arbitral_fill_in"])
def test_every_protocol_plays_by_steps_with_a_veto_player_too(name):
    rules = {"name": name, "pace": "step_by_step", "weeks_per_issue": 1}
    for scenario in (rich(), with_veto_player(rich())):
        history = play(rebuilt(scenario, {"protocol": rules}), RUNS[:8], weeks=60)
        assert np.isfinite(history.traces["text"]).all()


def test_steps_do_not_feel_the_batch():
    rules = {"name": "alternating_offers", "pace": "step_by_step"}
    scenario = rebuilt(with_veto_player(toy(())), {"protocol": rules, **of_sides({})})
    among, alone = play(scenario, RUNS, weeks=80), play(scenario, [5], weeks=80)
    for name, trace in alone.traces.items():
        assert np.array_equal(trace, among.take([5]).traces[name], equal_nan=True)
