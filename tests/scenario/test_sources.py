"""Numbers say where they come from."""

from pathlib import Path

import pytest

from sim.scenario import load, unsourced

ROOT = Path(__file__).resolve().parents[2]
TOY = ROOT / "scenarios" / "toy-two-sides"
SHIPPED = sorted(file.parent for file in (ROOT / "scenarios").glob("*/scenario.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_what_is_shipped_names_all_its_sources(path):
    assert [str(fault) for fault in unsourced(load(path))] == []


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("talks.base=0.01", ["talks.base: without a source; write one beside it or in its section"]),
        ("talks.base=0", []),
        ("talks={base: 0.01, source: toy}", []),
        ("talks.base={value: 1, source: assumed}", ["talks.base: assumed and without a range, found 1"]),
        ("talks.base={uniform: [0.001, 0.01], source: assumed}", []),
        ("front.source=assumed", ["front.share: assumed and without a range, found 0.55"]),
        ("talks={base: 0.5, source: assumed}", ["talks.base: assumed and without a range, found 0.5"]),
        ("actors.north.cost.base=0.001", []),
    ],
)  # fmt: skip
def test_a_number_needs_a_source_and_an_assumption_a_range(setting, told):
    assert [str(fault) for fault in unsourced(load(TOY, overrides=[setting]))] == told
