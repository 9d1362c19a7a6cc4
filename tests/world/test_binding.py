"""A scenario meets the rules: unknown targets, protocols and missing sections are faults with the nearest name."""

import subprocess
import sys

import pytest

import sim
from sim.world.binding import faults

TOY, UKRAINE = "scenarios/toy-two-sides", "scenarios/ukraine-2026"

FAULTY = {
    "protocol.name=singel_text": 'protocol.name: no such protocol "singel_text"; did you mean single_text?',
    "shocks={s: {kind: dated, when: 2030-05-01, changes: [{target: grids.north, add: 1}]}}": (
        'shocks.s.changes[0].target: no such quantity "grids"; did you mean grid?'
    ),
    "shocks={s: {kind: dated, when: 2030-05-01, changes: [{target: grid.nort, add: 1}]}}": (
        'shocks.s.changes[0].target: no such grid "nort"; did you mean north?'
    ),
    "shocks={s: {kind: dated, when: 2030-05-01, changes: [{target: funding, add: 1}]}}": (
        "shocks.s.changes[0].target: funding needs a section humanitarian; there is none"
    ),
    "shocks={s: {kind: dated, when: 2030-05-01, changes: [{target: mobility.north, add: 1}]}}": (
        'shocks.s.changes[0].target: mobility stands alone, found "mobility.north"'
    ),
    "shocks={s: {kind: triggered, watch: morale.north, below: 1}}": 'shocks.s.watch: no such quantity "morale"',
}


@pytest.mark.parametrize("setting", FAULTY)
def test_an_unknown_name_is_a_fault_with_its_place(setting):
    with pytest.raises(sim.InputFault) as told:
        sim.load(TOY, overrides=[setting])
    assert any(str(fault).startswith(FAULTY[setting]) for fault in told.value.faults)


def test_all_unknown_names_are_told_at_once():
    settings = ["protocol.name=x", "protocol.direct=y"]
    with pytest.raises(sim.InputFault) as told:
        sim.load(TOY, overrides=settings)
    assert [fault.place for fault in told.value.faults] == ["protocol.name", "protocol.direct"]


@pytest.mark.parametrize("folder", [TOY, UKRAINE])
def test_a_shipped_scenario_is_bound(folder):
    assert faults(sim.load(folder)) == []


def test_an_unbound_scenario_is_not_played():
    scenario = sim.load(TOY)
    with pytest.raises(sim.InputFault, match="no such protocol"):
        sim.run(scenario, 2, overrides=["protocol.name=x"])


def test_the_command_tells_and_writes_nothing(tmp_path):
    line = [sys.executable, "-m", "sim", "run", TOY, "--set", "protocol.name=x", "--out", str(tmp_path / "r")]
    asked = subprocess.run(line, capture_output=True, text=True, check=False)
    assert asked.returncode == 2
    assert "protocol.name" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert list(tmp_path.iterdir()) == []
