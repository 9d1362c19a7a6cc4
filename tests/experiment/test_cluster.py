"""A real Dask cluster on loopback: the same tables as one core, and one sentence when its scheduler goes away."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from sim.experiment import plan as plan_module
from sim.experiment.cluster import ClusterFault, cluster
from sim.experiment.sweep import sweep
from tests.experiments import ROOT, experiment, files_of
from tests.toys import toy

pytest.importorskip("distributed")

SMALL = experiment()


def started(module, *words):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *words],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler and two workers, and what ends the scheduler."""
    file = tmp_path / "scheduler.json"
    where = ["--scheduler-file", str(file)]
    quiet = ["--no-dashboard"]
    processes = [started("dask_scheduler", *where, "--host", "127.0.0.1", "--port", "0", *quiet)]
    deadline = time.monotonic() + 60
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    for _ in range(2):
        words = ["--nthreads", "1", "--host", "127.0.0.1", "--local-directory", str(tmp_path), *quiet]
        processes.append(started("dask_worker", *where, *words))
    address = json.loads(file.read_text())["address"]
    _await_workers(address, deadline)
    yield address, lambda: processes[0].send_signal(signal.SIGKILL)
    for process in processes:
        process.kill()
        process.wait()


def _await_workers(address, deadline):
    while time.monotonic() < deadline:
        try:
            with cluster(address) as (_, workers, _):
                if workers == 2:
                    return
        except ClusterFault:
            time.sleep(0.3)
    raise TimeoutError("no workers came")


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(plan_module, "LEAST", 200)
    monkeypatch.setattr(plan_module, "width", lambda *_: 200)


@pytest.mark.slow
def test_a_cluster_gives_the_same_tables_as_one_core(scheduler, tmp_path):
    address, _ = scheduler
    there = sweep(SMALL, toy(()), out=tmp_path / "there", address=address)
    here = sweep(SMALL, toy(()), out=tmp_path / "here")
    assert files_of(there.folder) == files_of(here.folder)


@pytest.mark.slow
def test_a_scheduler_that_goes_away_is_one_sentence_and_what_is_finished_stays(scheduler, tmp_path):
    address, end = scheduler
    long = experiment(design={"kind": "latin_hypercube", "rows": 24})
    told = []

    def progress(runs):
        if not told:
            threading.Timer(0.1, end).start()
        told.append(runs)

    with pytest.raises(ClusterFault, match="went away; what is finished stays, and --resume goes on"):
        sweep(long, toy(()), out=tmp_path / "r", address=address, progress=progress)
    kept = len(list((tmp_path / "r.blocks").glob("*.parquet")))
    assert kept == len(told) < 12
    resumed = sweep(long, toy(()), out=tmp_path / "r", resume=True)
    assert files_of(resumed.folder) == files_of(sweep(long, toy(()), out=tmp_path / "here").folder)


def test_where_nobody_answers_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.experiment.cluster.PATIENCE", 1)
    with pytest.raises(ClusterFault, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        sweep(SMALL, toy(()), out=tmp_path / "r", address="tcp://127.0.0.1:9")


def test_an_address_that_is_none_is_one_sentence(tmp_path):
    with pytest.raises(ClusterFault, match="no Dask scheduler answers at nonsense"):
        sweep(SMALL, toy(()), out=tmp_path / "r", address="nonsense://x")
