"""Every file in tests/bad_scenarios fails with the faults that its first lines tell, and with no others."""

from pathlib import Path

import pytest

from sim.scenario import InputFault, load

FOLDER = Path(__file__).resolve().parents[1] / "bad_scenarios"
CASES = sorted(path for path in FOLDER.iterdir() if not path.name.startswith("000-"))


def first_comments(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    end = next((number for number, line in enumerate(lines) if not line.startswith("# ")), len(lines))
    return [line.removeprefix("# ") for line in lines[:end]]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_faults_are_the_first_lines(path):
    file = path / "scenario.yaml" if path.is_dir() else path
    with pytest.raises(InputFault) as raised:
        load(path)
    assert [str(fault) for fault in raised.value.faults] == first_comments(file)
    assert str(raised.value).startswith(f"{file}: {len(raised.value.faults)} fault")


def test_there_are_many_and_what_they_extend_is_good():
    assert len(CASES) >= 35
    for path in FOLDER.glob("000-*"):
        assert load(path).name.startswith("good")
