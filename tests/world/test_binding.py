"""A scenario meets the rules: unknown targets, protocols and missing sections are faults with the nearest name."""

import subprocess
import sys
from pathlib import Path

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


BEYOND_TWO = [
    "protocol.name=baron_ferejohn",
    "protocol.baron_ferejohn={quota: majority, third_parties: {envoy: 1}}",
]


def test_a_variant_that_only_a_setting_does_not_fit_is_left_out():
    """Without the envoy nobody but the two sides could vote, which is no reason not to play the world with it."""
    assert list(sim.load(TOY, overrides=BEYOND_TWO).variants) == ["no_winter_strikes"]
    with pytest.raises(sim.InputFault, match="no such mediator"):
        sim.load(TOY, variants=["no_mediator"], overrides=BEYOND_TWO)


def test_a_setting_does_not_hide_a_variant_that_is_faulty_as_written(tmp_path):
    written = Path(TOY, "scenario.yaml").read_text(encoding="utf-8") + "  misspelt: {protocol: {name: singel_text}}\n"
    (tmp_path / "scenario.yaml").write_text(written, encoding="utf-8")
    for overrides in ([], BEYOND_TWO):
        with pytest.raises(sim.InputFault) as told:
            sim.load(tmp_path, overrides=overrides)
        assert [fault.place for fault in told.value.faults] == ["variants.misspelt: protocol.name"]


DIVISORS = (
    "actors.north.horizon", "actors.south.forces.fatigue_scale", "ripeness.victory_in_sight", "ripeness.cost_width",
    "nuclear_site.repair_weeks",
)  # fmt: skip


@pytest.mark.parametrize("path", DIVISORS)
@pytest.mark.parametrize("value", ["0", "{uniform: [0, 1]}"])
def test_what_the_world_divides_by_is_above_zero(path, value):
    with pytest.raises(sim.InputFault) as told:
        sim.load(TOY, overrides=[f"{path}={value}"])
    (fault,) = (one for one in told.value.faults if one.place == path)
    assert fault.sentence.startswith("a number above 0 is allowed, found 0")
