"""The two sides follow the same rules: exchanged and turned round, they live the mirrored history (M1)."""

import numpy as np
import pytest

from sim.randomness import Luck
from sim.scenario.writing import tree_of
from sim.world.state import World
from tests.laws import SIGNED, MirroredLuck, differences, lived, mirrored, mirrored_columns, turned
from tests.toys import OPTIONAL, awake, of_sides, of_tree, rebuilt, rich, toy

RUNS, SEED = np.arange(64), 3
LONE = {"actors": {"envoy": None, "patron": None, "neighbour": None}, "shocks": {"fatigue_of_donors": None}}
VARIANTS = {
    "as it is": {},
    "without mediators": LONE,
    "curved losses": {"actors": {"north": {"curvature": 2}, "south": {"curvature": 0.5}}},
    "inner ideal points": {
        "actors": {"north": {"ideal_point": {"recognition": 0.6}}, "south": {"ideal_point": {"recognition": 0.4}}}
    },
    "protocols exchanged": {"protocol": {"direct": "single_text", "name": "alternating_texts"}},
    "one ripe side can do": {"ripeness": {"rule": "compensatory"}},
    "the stake tempts": {"ladder": {"defection": "stake"}},
    "no taste": {"mechanisms": {"taste": False}},
    "no red lines": {"mechanisms": {"red_lines": False}},
    "a front that can be won": {"front": {"volatility": 0.04, "observation_noise": 0.04}},
    "a quiet front": {"front": {"volatility": 1e-5}},
}  # fmt: skip


QUICK = ("as it is", "without mediators", "curved losses", "a quiet front")
"""Those that are mirrored at every change; the others with the slow laws."""


def both(scenario, runs=RUNS):
    """The history of a scenario, and that of its mirror image seen through the mirror."""
    world = World(scenario, SEED, runs)
    image = of_tree(mirrored({**tree_of(scenario), "variants": {}}), scenario.tables.texts)
    luck = MirroredLuck(Luck(SEED, runs, scenario.calendar.weeks), SIGNED)
    other = World(image, SEED, runs, mirrored_columns(world.drawn), luck)
    assert other.drawn.keys() == mirrored_columns(world.drawn).keys()
    assert image.belligerents == scenario.belligerents[::-1]
    return lived(world), turned(lived(other))


def test_the_toy_mirrors():
    here, there = both(toy(()), np.arange(128))
    assert differences(here, there, 1e-10) == []
    assert len({event[1] for own in here.events.values() for event in own}) > 5


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in VARIANTS]
)
def test_a_world_with_every_mechanism_mirrors(name):
    here, there = both(rebuilt(rich(), VARIANTS[name]))
    assert differences(here, there, 1e-10) == []


@pytest.mark.slow
@pytest.mark.parametrize("switch", OPTIONAL)
def test_a_world_in_which_a_resting_mechanism_acts_mirrors(switch):
    here, there = both(awake(rich(), switch))
    assert differences(here, there, 1e-10) == []


def test_the_mirror_is_not_blind():
    scenario = rich()
    tree = mirrored({**tree_of(scenario), "variants": {}})
    assert tree["actors"]["north"]["side"] == "B"
    assert tree["actors"]["patron"]["access"] == {"B": 0.9, "A": 0.4}
    assert tree["actors"]["south"]["preconditions"] == {"annexation": {"issue": "recognition", "at_most": 0.5}}
    assert tree["front"]["share"] == pytest.approx(0.45)
    again = mirrored(tree)
    assert of_tree(again, scenario.tables.texts).front.share.arguments[0] == pytest.approx(0.55)
    world = World(scenario, SEED, RUNS)
    luck = MirroredLuck(Luck(SEED, RUNS, scenario.calendar.weeks), ())
    unsigned = World(of_tree(tree, scenario.tables.texts), SEED, RUNS, mirrored_columns(world.drawn), luck)
    assert "front" in differences(lived(world, 5), turned(lived(unsigned, 5)), 1e-10)


def test_direct_talks_over_issues_of_equal_price_mirror():
    alike = {
        "salience": {"control": 1, "recognition": 1, "ceasefire": 1},
        "red_line": {"control": 0.6, "recognition": 0.5},
        "charter_weight": 0,
    }
    lone = rebuilt(rich(), {**LONE, "issues": {"recognition": {"credibility": 1}}})
    here, there = both(rebuilt(lone, of_sides(alike)))
    assert differences(here, there, 1e-10) == []
