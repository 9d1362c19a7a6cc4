"""Sweeps of `ukraine-2026`, measured: `python -m tests.benchmarks.sweeps NAME RUNS [WORKERS]`.

What is printed is one line of JSON: the clock, this process's work, the share of it outside the engine, bytes, and the
peak memory of any process. Each is played in a process of its own.
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sim.experiment import points
from sim.experiment.loading import Prepared, prepared
from sim.experiment.sweep import sweep_prepared
from sim.scenario.vocabulary.experiment import Experiment
from sim.world.binding import load

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
REPLICATES = 64
TREE: dict[str, Any] = {
    "name": "bench",
    "scenario": "scenario.yaml",
    "replicates": REPLICATES,
    "seed": 2026,
    "outcomes": ("durable", "end", "first_ceasefire", "first_settlement", "first_peace_weeks", "front"),
}
FACTORS = {
    "ukraine-2026": {
        "actors.usa.guarantee_credibility": {"range": (0, 1)},
        "actors.usa.leverage.B": {"range": (0, 0.2)},
        "actors.russia.horizon": {"loguniform": (13, 260)},
    },
    "toy-two-sides": {"ladder.monitoring": {"range": (0.2, 0.9)}, "actors.south.trustworthy": {"range": (0.1, 0.9)}},
}


def measured(name: str, runs: int, workers: int) -> dict[str, Any]:
    """One sweep of so many runs."""
    ready = of_size(name, runs)
    inside = _watched()
    points.play_points(ready.scenario, {}, 1)
    inside.clear()
    clock, work = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        result = sweep_prepared(ready, Path(folder) / "r", workers=workers)
        clock, work = time.perf_counter() - clock, time.process_time() - work
        sizes = {file.name: file.stat().st_size for file in result.folder.iterdir() if file.is_file()}
        whole = sum(file.stat().st_size for file in result.folder.rglob("*") if file.is_file())
    played = result.manifest["runs"]
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    unit = 2**30 if sys.platform == "darwin" else 2**20
    return {
        "runs": played,
        "workers": workers,
        "seconds": round(clock, 2),
        "rate": round(played / clock, 1),
        "overhead": round((work - sum(inside)) / sum(inside), 4) if inside else None,
        "gib": [round(resource.getrusage(kind).ru_maxrss / unit, 3) for kind in kinds],
        "bytes_runs": round(sizes["runs.parquet"] / played, 1),
        "bytes_whole": round(whole / played, 1),
        "files": sizes,
        "load": os.getloadavg()[0],
    }


def of_size(name: str, runs: int) -> Prepared:
    """An experiment of so many runs: Latin-hypercube points of 64 replicates each."""
    design = {"kind": "latin_hypercube", "rows": max(1, runs // REPLICATES)}
    tree = {**TREE, "design": design, "factors": FACTORS[name]}
    return prepared(Experiment.model_validate(tree), load(SCENARIOS / name))


def _watched() -> list[float]:
    """Seconds of work of every batch that this process plays from now on."""
    inside: list[float] = []
    real = points.play_outcomes

    def play(*arguments: Any) -> Any:
        start = time.process_time()
        left = real(*arguments)
        inside.append(time.process_time() - start)
        return left

    points.play_outcomes = play
    return inside


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)))
