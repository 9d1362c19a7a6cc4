"""Every switch: the world plays without the mechanism, the others' luck is untouched, and something changes."""

import numpy as np
import pytest

from sim.scenario import load
from sim.scenario.vocabulary import Scenario
from sim.world.quantities import READINGS
from sim.world.state import World
from tests.laws import RecordingLuck, lived, same, snapshot, weeks_of
from tests.toys import OPTIONAL, ROOT, awake, rebuilt, rich, ukraine

MAIN = ROOT / "scenarios" / "ukraine-2026"
SWITCHES = [name for name in type(rich().mechanisms).model_fields if name != "source"]
STREAMS = {
    "strikes": ("strikes", "strike sizes"),
    "shocks": ("shocks", "shock sizes"),
    "breaking": ("breaks",),
    "preconditions": ("preconditions",),
    "mediation": ("engagement", "messages", "confidences"),
    **dict.fromkeys(("talk_learning", "holding_out", "reservation_messages"), ("confidences",)),
    "homes_at_table": ("homes",),
    "ladder": ("ladder", "breach", "monitoring", "initiatives"),
    "grit": ("initiatives",),
    "trust": ("monitoring",),
    "influence": ("stances",),
    "assembly": ("votes", "absence"),
    "sanctions": ("sanctions", "side payments"),
    "aid": ("aid",),
    "nuclear": ("nuclear",),
    "consent": ("consent",),
}
"""Streams, or their first words, that only this mechanism asks."""

VARIANTS = {
    "interactions": "linked_issues",
    **dict.fromkeys(("talk_learning", "reservation_messages"), "talk_learning"),
    "holding_out": "holding_out",
    "consent": "europe_must_consent",
}
"""Mechanisms that the main scenario leaves at rest, and its variant in which each acts."""

NEVER_MET = ("parameters",)
"""Streams of which a mechanism without luck of its own may ask more: those that only some histories come to."""

OUTSIDE = ("harvest", "offensive", "fatigue_of_donors")
"""Shocks of the rich toy that come without looking at the world."""


def without(scenario: Scenario, switch: str) -> Scenario:
    return rebuilt(scenario, {"mechanisms": {switch: False}})


def recorded_quantities(world):
    """What the table of weeks keeps of a world, by name."""
    return {name: np.array(reading(world)) for name, reading in READINGS.items()}


def first_difference(one, other, runs, seen=snapshot):
    """First week in which two scenarios differ in anything that is seen of them; none where they never do."""
    worlds = [World(scenario, 5, np.arange(runs)) for scenario in (one, other)]
    for week, _ in zip(*map(weeks_of, worlds), strict=True):
        here, there = map(seen, worlds)
        if not all(same(values, there[name]) for name, values in here.items()):
            return week
    return None


@pytest.mark.slow
@pytest.mark.parametrize("switch", SWITCHES)
def test_a_switch_changes_something(switch):
    whole = awake(ukraine(), switch) if switch in OPTIONAL else ukraine()
    assert first_difference(whole, without(whole, switch), 64 if switch in OPTIONAL else 48) is not None


@pytest.mark.slow
@pytest.mark.parametrize("switch", SWITCHES)
def test_a_switch_shows_in_what_is_recorded_of_the_main_scenario_as_shipped(switch):
    whole = load(MAIN, variants=[VARIANTS[switch]] if switch in VARIANTS else [])
    assert first_difference(whole, without(whole, switch), 128, recorded_quantities) is not None


def test_variants_that_wake_a_mechanism_differ_from_the_file():
    for switch, name in VARIANTS.items():
        assert first_difference(ukraine(), load(MAIN, variants=[name]), 32) is not None, switch


@pytest.mark.slow
@pytest.mark.parametrize("switch", OPTIONAL)
def test_a_mechanism_that_rests_leaves_the_others_luck_when_it_wakes(whole, switch):
    (luck, history), (more, changed) = whole, recorded(awake(rich(), switch), weeks=80)
    asked = {address: more.forms[address] for address in more.forms.keys() & luck.forms.keys()}
    assert asked == {address: luck.forms[address] for address in asked}
    own = (*NEVER_MET, *STREAMS.get(switch, ()))
    new = [address for address in more.forms.keys() - luck.forms.keys() if not address[0].startswith(own)]
    assert new == []
    assert comings(changed) == comings(history)


def recorded(scenario, runs=6, weeks=None):
    luck = RecordingLuck(5, np.arange(runs), scenario.calendar.weeks)
    return luck, lived(World(scenario, 5, np.arange(runs), luck=luck), weeks)


@pytest.fixture(scope="module")
def whole():
    return recorded(rich(), weeks=80)


@pytest.mark.parametrize("switch", SWITCHES)
def test_a_world_without_a_mechanism_plays_and_leaves_the_others_luck(whole, switch):
    (luck, history), (fewer, changed) = whole, recorded(without(rich(), switch), weeks=80)
    asked = {address: fewer.forms[address] for address in fewer.forms.keys() & luck.forms.keys()}
    assert asked == {address: luck.forms[address] for address in asked}
    assert [address for address in fewer.forms if address[0].startswith(STREAMS.get(switch, ("nothing",)))] == []
    if switch != "shocks":
        assert comings(changed) == comings(history)


def comings(history):
    """When the shocks from outside came, with their sizes, by replicate."""
    return {number: [one for one in own if one[2] in OUTSIDE] for number, own in history.events.items()}


@pytest.mark.slow
@pytest.mark.parametrize("switch", SWITCHES)
def test_the_main_scenario_plays_without_a_mechanism(switch):
    luck, history = recorded(without(ukraine(), switch), 128)
    assert np.isfinite(history.traces["surplus"]).all()
    assert [address for address in luck.forms if address[0].startswith(STREAMS.get(switch, ("nothing",)))] == []


def test_streams_that_are_named_here_are_asked():
    luck, _ = recorded(load(MAIN, variants=["europe_must_consent", "talk_learning"]), weeks=120)
    for streams in STREAMS.values():
        assert any(address[0].startswith(streams) for address in luck.forms)


def test_without_the_site_no_shock_takes_its_power():
    change = ({"target": "site", "add": 1},)
    blackout = rebuilt(rich(), {"shocks": {"blackout": {"kind": "stochastic", "hazard": 1.0, "changes": change}}})
    dark, spared = (lived(World(one, 5, np.arange(8)), 20) for one in (blackout, without(blackout, "nuclear")))
    assert dark.traces["reading site_dark"].any()
    assert not spared.traces["reading site_dark"].any()


def test_without_attrition_and_shocks_the_forces_stay():
    still = rebuilt(
        rich(), {"mechanisms": {"attrition": False, "shocks": False, "grit": False}, "agreements": {"rearming": 0}}
    )
    forces = lived(World(still, 5, np.arange(8))).traces["forces"]
    assert (forces == forces[0]).all()


def test_without_learning_beliefs_move_only_by_messages():
    deaf = rebuilt(rich(), {"mechanisms": {"learning": False, "mediation": False}})
    history = lived(World(deaf, 5, np.arange(8)))
    for name in ("reading belief_a", "reading belief_b"):
        assert (history.traces[name] == history.traces[name][0]).all()
