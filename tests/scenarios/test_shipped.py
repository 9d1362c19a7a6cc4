"""Every scenario in `scenarios/` reads, names its sources, plays with every variant, and says what it is in a paper."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.scenario import unsourced
from sim.world.engine import weeks
from sim.world.state import World

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "scenarios").glob("*/scenario.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_scenario_reads_and_names_its_sources(folder):
    assert unsourced(sim.load(folder)) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_scenario_plays_to_its_end(folder):
    base = sim.load(folder)
    assert list(weeks(World(base, 1, np.arange(4))))[-1] == base.calendar.weeks - 1


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_scenario_begins_in_every_variant(folder):
    base = sim.load(folder)
    for variant in base.variants:
        world = World(sim.vary(base, variants=[variant]), 1, np.arange(4))
        assert len(list(islice(weeks(world), 30))) == 30


def test_the_first_scenario_has_a_paper_and_what_the_question_needs():
    folder = next(folder for folder in FOLDERS if folder.name == "ukraine-2026")
    scenario = sim.load(folder)
    assert (folder / "paper.md").is_file()
    assert {"control", "recognition"} <= set(scenario.issues)
    assert len(scenario.tables.states.iso3) == 193
    assert scenario.tables.states.members("EU").sum() == 27
    assert {
        "no_winter_strikes",
        "aid_cut",
        "security_guarantees",
        "no_mediator",
        "sanctions_relief_offer",
    } <= set(scenario.variants)


def test_uncertain_are_the_horizon_and_the_red_lines():
    scenario = sim.load(next(folder for folder in FOLDERS if folder.name == "ukraine-2026"))
    for side in "AB":
        actor = scenario.belligerent(side)
        assert not actor.horizon.fixed
        assert not any(width.fixed for width in actor.red_line.values())
