"""The face `import sim`: what it offers, and that it costs nothing until it is used."""

import subprocess
import sys

import pytest

import sim

pytestmark = pytest.mark.newest


def test_importing_the_face_imports_nothing_heavy(root):
    code = (
        "import sys, sim\n"
        "heavy = {'matplotlib', 'mesa', 'pandas', 'scipy.stats', 'scipy', 'numpy', 'pydantic'}\n"
        "print(sorted(set(sys.modules) & heavy))"
    )
    asked = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert asked.stdout == "[]\n"


@pytest.mark.parametrize("name", sim.__all__)
def test_everything_it_names_is_there(name):
    assert getattr(sim, name) is not None
    assert name in dir(sim)


def test_the_names_of_the_design_are_offered():
    assert {"load", "run", "Scenario", "Result", "NegotiationModel", "figure", "InputFault"} <= set(dir(sim))


def test_an_unknown_name_is_refused_as_of_any_module():
    with pytest.raises(AttributeError, match="module 'sim' has no attribute 'lode'"):
        _ = sim.lode


def test_a_scenario_is_loaded_played_and_shown(root):
    scenario = sim.load(root / "scenarios" / "toy-two-sides")
    result = sim.run(scenario, replicates=2, seed=7)
    assert isinstance(scenario, sim.Scenario)
    assert isinstance(result, sim.Result)
    assert len(result.runs) == 2
