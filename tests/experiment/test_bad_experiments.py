"""Every file in tests/bad_experiments fails with the faults that its first lines tell, and with no others."""

from pathlib import Path

import pytest

from sim.experiment.loading import load_experiment
from sim.scenario import InputFault

FOLDER = Path(__file__).resolve().parents[1] / "bad_experiments"
FILES = sorted(FOLDER.glob("[0-9]*.yaml"))
CASES = [path for path in FILES if not path.name.startswith("000-")]


def first_comments(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("# ") for line in lines if line.startswith("# ")]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_faults_are_the_first_lines(path):
    with pytest.raises(InputFault) as raised:
        load_experiment(path)
    assert [str(fault) for fault in raised.value.faults] == first_comments(path)
    assert str(raised.value).startswith(f"{path}: {len(raised.value.faults)} fault")


def test_there_are_many_and_the_first_one_is_good():
    assert len(CASES) >= 35
    assert load_experiment(FOLDER / "000-good.yaml").experiment.name == "small"


def test_faults_of_the_scenario_are_told_with_those_of_the_experiment(tmp_path):
    (tmp_path / "scenario.yaml").write_text(
        (FOLDER.parent / "bad_scenarios" / "000-good.yaml").read_text() + "nonsense: 1\n"
    )
    text = (FOLDER / "000-good.yaml").read_text().replace("durable", "durabl")
    (tmp_path / "sweep.yaml").write_text(text)
    with pytest.raises(InputFault) as raised:
        load_experiment(tmp_path / "sweep.yaml")
    assert [str(fault).replace(f"{tmp_path}/", "") for fault in raised.value.faults][1:] == [
        'outcomes[0]: no such outcome "durabl"; did you mean durable?'
    ]
    assert "scenario.yaml: nonsense: no such key" in str(raised.value)


def test_a_file_that_is_not_there_names_the_nearest():
    with pytest.raises(InputFault, match=r"no such file; did you mean 000-good\.yaml"):
        load_experiment(FOLDER / "000-godo.yaml")
