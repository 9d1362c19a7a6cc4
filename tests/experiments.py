"""Small experiments for tests: a toy of twenty weeks under a few designs."""

from pathlib import Path
from typing import Any

from sim.scenario.vocabulary.experiment import Experiment

ROOT = Path(__file__).resolve().parents[1]
SHORT = {"calendar.signing_weeks": 12, "calendar.standing_weeks": 6, "calendar.weeks": 20}
MONITORING, TRUSTWORTHY = "ladder.monitoring", "actors.south.trustworthy"
TREE: dict[str, Any] = {
    "name": "small",
    "scenario": "scenario.yaml",
    "settings": SHORT,
    "factors": {MONITORING: (0.2, 0.9), TRUSTWORTHY: {"range": (0.1, 0.9)}},
    "design": {"kind": "full_factorial"},
    "replicates": 100,
    "seed": 3,
    "outcomes": ("durable", "end", "first_talks", "first_peace_broken", "front"),
}


def experiment(**change: Any) -> Experiment:
    """The small experiment, 6 points of 100 runs, with some keys changed."""
    return Experiment.model_validate({**TREE, **change})


def files_of(folder: Path) -> dict[str, bytes]:
    """Every table of a result, by its name; the manifest has times in it and is left out."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix in (".parquet", ".yaml")}
