"""A real Dask cluster on loopback: the same tables as one core, and one sentence when its scheduler goes away."""

import threading

import pytest

from sim.experiment import plan as plan_module
from sim.experiment.cluster import ClusterFault
from sim.experiment.sweep import sweep
from tests.dask_cluster import dask_cluster
from tests.experiments import experiment, files_of
from tests.toys import toy

pytest.importorskip("distributed")

SMALL = experiment()


@pytest.fixture
def scheduler(tmp_path):
    """Address of a scheduler of two workers, and what ends it."""
    with dask_cluster(tmp_path) as found:
        yield found


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
