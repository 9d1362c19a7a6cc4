"""Common random numbers: what is added, taken away or hurts nobody leaves the luck of all the rest as it was."""

import datetime

import numpy as np
import pytest

from sim.scenario.writing import tree_of
from sim.world.binding import LEVELS, STOCKS
from sim.world.phases.fora import ballots
from sim.world.state import World
from tests.laws import History, RecordingLuck, differences, lived, play, same
from tests.toys import INERT, of_tree, rebuilt, rich, toy, ukraine

NUMBERS = np.arange(48)
DAY, WEEK = datetime.date(2030, 9, 3), 35
TARGETS = {
    "grid": "grid.north", "tolerance": "tolerance.south", "forces": "forces.north", "trust": "trust.north",
    "site": "site", "need": "need", "aid": "aid.all", "air_defence": "air_defence.north", "funding": "funding",
    "presence": "presence", "incentive": "incentive.market", "leverage": "leverage.envoy", "economy": "economy.south",
    "strikes": "strikes.winter_strikes", "pressure": "pressure", "engagement": "engagement.patron",
    "mobility": "mobility", "replacement": "replacement.south",
    "hardness": "hardness.north.public", "red_line": "red_line.north",
}  # fmt: skip
"""A target of every kind that needs no table of states."""


@pytest.fixture(scope="module")
def base():
    return play(rich(), NUMBERS)


@pytest.fixture(scope="module")
def few():
    return play(ukraine(), np.arange(5))


def dated(target, size=1.0):
    effect = {"add": 1.0} if target == "site" else {"multiply": 0.5}
    changes = ({"target": target, **effect},)
    return {"shocks": {"hit": {"kind": "dated", "when": DAY, "lasts": 60, "size": size, "changes": changes}}}


def without(history, *names):
    """A history without the events that carry some names."""
    events = {number: [one for one in own if one[2] not in names] for number, own in history.events.items()}
    return History(history.replicates, history.traces, events)


def before(history, week):
    """The weeks of a history before a week."""
    traces = {name: trace[:week] for name, trace in history.traces.items()}
    events = {number: [one for one in own if one[0] < week] for number, own in history.events.items()}
    return History(history.replicates, traces, events)


def test_every_kind_of_target_is_tried():
    assert TARGETS.keys() | {"stance", "sanctions"} == {*STOCKS, *LEVELS}


@pytest.mark.parametrize("target", TARGETS.values())
def test_a_shock_leaves_the_weeks_before_it_and_changes_one_after_it(base, target):
    shocked = without(play(rebuilt(rich(), dated(target)), NUMBERS), "hit")
    assert differences(before(shocked, WEEK), before(base, WEEK)) == []
    assert differences(shocked, base) != []


@pytest.mark.parametrize("target", ["stance.all", "stance.IND", "sanctions.all"])
def test_a_shock_to_third_states_leaves_the_weeks_before_it_and_changes_one_after_it(few, target):
    day = datetime.date(2026, 9, 1)
    change = {"target": target, **({"add": 0.4} if target[1] == "t" else {"multiply": 0.5})}
    hit = {"shocks": {"hit": {"kind": "dated", "when": day, "changes": (change,)}}}
    shocked = without(play(rebuilt(ukraine(), hit), few.replicates), "hit")
    week = (day - ukraine().calendar.start).days // 7
    assert differences(before(shocked, week), before(few, week)) == []
    assert differences(shocked, few) != []


def empty_shock(targets):
    changes = [{"target": target, "add": 0.5} for target in targets]
    changes += [{"target": target, "multiply": 2.0} for target in targets if target.partition(".")[0] != "stance"]
    return {
        "shocks": {"empty": {"kind": "stochastic", "hazard": 0.3, "size": 0, "lasts": 5, "changes": tuple(changes)}}
    }


def test_a_shock_of_size_zero_leaves_everything(base, few):
    empty = play(rebuilt(rich(), empty_shock(TARGETS.values())), NUMBERS)
    assert any("empty" in {event[2] for event in own} for own in empty.events.values())
    assert differences(without(empty, "empty"), base) == []
    targets = ["stance.all", "stance.FRA", "sanctions.all", "aid.USA", "site", "need"]
    assert differences(without(play(rebuilt(ukraine(), empty_shock(targets)), few.replicates), "empty"), few) == []


def test_a_shock_that_is_taken_away_leaves_the_others_luck(base):
    calm = play(rebuilt(rich(), {"shocks": {"harvest": None}}), NUMBERS)
    for shock in ("offensive", "fatigue_of_donors"):
        comings = [[one for own in each.events.values() for one in own if one[2] == shock] for each in (calm, base)]
        assert comings[0] == comings[1] != []
    assert differences(calm, base) != []


def test_an_inert_mediator_changes_nothing(base, few):
    assert differences(play(rebuilt(rich(), INERT), NUMBERS), base) == []
    assert differences(play(rebuilt(ukraine(), INERT), few.replicates), few) == []
    alone = rebuilt(toy(()), {"actors": {"envoy": None}})
    assert differences(play(rebuilt(alone, INERT), NUMBERS), play(alone, NUMBERS)) == []


@pytest.mark.parametrize(
    "gift", [{"mandate": ("control",)}, {"good_offices": 0.5}, {"guarantee": 0.9, "guarantee_credibility": 0.9}]
)
def test_a_mediator_with_something_to_give_changes_something(base, gift):
    awake = {"actors": {"bystander": {**INERT["actors"]["bystander"], **gift}}}
    assert differences(play(rebuilt(rich(), awake), NUMBERS), base) != []


def with_a_state(absence):
    """The main scenario with a state outside the United Nations in its table, without ties and group."""
    tree = tree_of(ukraine())
    name = tree["states"]["file"]
    text = ukraine().tables.texts[name].rstrip("\n")
    header, last = text.split("\n")[0].split(","), text.split("\n")[-1].split(",")
    row = dict(zip(header, last, strict=True))
    row = {
        column: {"iso3": "XAA", "name": "Nowhere", "absence": str(absence)}.get(column, value)
        for column, value in row.items()
    }
    for column in ("groups", "council", "sender"):
        row |= {column: {"sender": "0"}.get(column, "")} if column in row else {}
    texts = {**ukraine().tables.texts, name: f"{text}\n{','.join(row.values())}\n"}
    return of_tree({**tree, "variants": {}}, texts)


def test_a_state_without_ties_and_voice_changes_nothing(few):
    silent = with_a_state(absence=200)
    assert silent.tables.states.iso3[-1] == "XAA"
    assert differences(play(silent, few.replicates), few) == []


def test_a_state_without_ties_changes_no_other_vote(few):
    worlds = [World(scenario, 11, few.replicates) for scenario in (ukraine(), with_a_state(absence=-5))]
    for key, text in ukraine().texts.items():
        plain, more = (ballots(world, key) for world in worlds)
        assert text.forum == "council" or (more[-1] != 3).any()
        assert (more[:-1] == plain).all()


@pytest.mark.parametrize("make", [rich, ukraine])
def test_every_draw_has_one_form_and_one_place_in_the_code(make):
    scenario = make()
    luck = RecordingLuck(3, np.arange(40), scenario.calendar.weeks)
    lived(World(scenario, 3, np.arange(40), luck=luck))
    kinds = {address: {kind for kind, _ in forms} for address, forms in luck.forms.items()}
    doubled = {address: forms for address, forms in luck.forms.items() if len(forms) != len(kinds[address])}
    assert doubled == {}
    assert {address: places for address, places in luck.places.items() if len(places) > 1} == {}
    assert len(luck.forms) > 50


def test_more_weeks_first_meet_the_same(base):
    longer = rebuilt(rich(), {"calendar": {"weeks": 200}})
    assert differences(before(play(longer, NUMBERS), 156), base) == []


def test_another_seed_is_another_world(base):
    other = play(rich(), NUMBERS, seed=12)
    assert not same(other.traces["front"], base.traces["front"])
