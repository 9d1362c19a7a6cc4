"""Laws of a played ensemble: the same bytes however the work was shared, and no run that feels the others."""

import os
import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from scipy.stats import chi2

from sim.experiment.execution import run
from sim.randomness import BLOCK
from sim.record.manifest import sha256
from sim.record.result import parquet
from tests.toys import assembly, toy

RUNS = {toy: 40, assembly: 12}


def hashes(result):
    return {name: sha256(parquet(table)) for name, table in result.tables.items()}


@pytest.fixture(scope="module", params=RUNS, ids=["toy", "assembly"])
def ensemble(request):
    """A scenario and how many runs of it are played."""
    return request.param(), RUNS[request.param]


@pytest.fixture(scope="module")
def reference(ensemble):
    return hashes(run(*ensemble, seed=11))


def test_the_same_scenario_and_seed_give_the_same_bytes(ensemble, reference):
    assert hashes(run(*ensemble, seed=11)) == reference


@pytest.mark.parametrize("batch", [pytest.param(1, marks=pytest.mark.slow), 7])
def test_the_width_of_a_batch_changes_no_byte(ensemble, reference, batch):
    assert hashes(run(*ensemble, seed=11, batch=batch)) == reference


def test_a_second_worker_changes_no_byte(ensemble, reference):
    assert hashes(run(*ensemble, seed=11, workers=2, batch=16)) == reference


CHILD = """
from tests.test_laws_engine import RUNS, hashes, run
for make, runs in RUNS.items():
    print(hashes(run(make(), runs, seed=11)))
"""


@pytest.mark.newest
def test_the_hash_seed_of_python_changes_no_byte(root):
    said = []
    for number in ("0", "1", "100"):
        environment = {**os.environ, "PYTHONHASHSEED": number, "PYTHONPATH": str(root)}
        asked = subprocess.run(
            [sys.executable, "-c", CHILD],
            env=environment,
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert asked.returncode == 0, asked.stderr
        said.append(asked.stdout)
    assert said[0] == said[1] == said[2]
    assert said[0].splitlines() == [str(hashes(run(make(), runs, seed=11))) for make, runs in RUNS.items()]


def test_more_replicates_leave_the_first_ones_as_they_were(ensemble):
    few, many = run(ensemble[0], 5, seed=11), run(*ensemble, seed=11)
    assert many.runs.head(5).equals(few.runs)
    own = many.events[many.events["replicate"] < 5].astype({"kind": str, "who": str})
    assert own.equals(few.events.astype({"kind": str, "who": str}))
    assert many.votes[many.votes["replicate"] < 5].equals(few.votes)


def test_replicates_differ(ensemble):
    fronts = run(*ensemble, seed=11).runs["front"]
    assert len(np.unique(fronts)) > ensemble[1] // 2


@pytest.mark.slow
def test_ten_thousand_runs_fit(tmp_path):
    """Under a gibibyte of memory; a run takes less than 800 bytes in its table and 3 kB in all."""
    code = (
        "import resource, sys, sim\n"
        "sim.run(sim.load('scenarios/ukraine-2026'), 10_000, seed=1).save(sys.argv[1])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    place = tmp_path / "r"
    asked = subprocess.run([sys.executable, "-c", code, str(place)], capture_output=True, text=True, check=True)
    assert int(asked.stdout) < 2**20
    assert (place / "runs.parquet").stat().st_size < 800 * 10_000
    assert sum(path.stat().st_size for path in place.glob("*.parquet")) < 3_000 * 10_000


@pytest.mark.slow
@pytest.mark.parametrize("outcome", ["durable", "front", "weeks_at_war", "rung_1_opened"])
def test_runs_of_a_block_of_luck_are_as_unlike_as_any(outcome):
    """Means of blocks of 128 vary as those of independent runs do: Pearson's statistic, at one in ten thousand."""
    values = many()[outcome].to_numpy(dtype=float)
    means = values.reshape(-1, BLOCK).mean(axis=1)
    found = (means.size - 1) * means.var(ddof=1) / (values.var(ddof=1) / BLOCK)
    low, high = chi2.ppf([5e-5, 1 - 5e-5], means.size - 1)
    assert low < found < high


@cache
def many():
    return run(toy(), 128 * BLOCK, seed=5, workers=2).runs.sort_values("replicate")
