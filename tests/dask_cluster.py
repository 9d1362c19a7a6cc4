"""A real Dask cluster on loopback: a scheduler and two worker processes of one thread each."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.experiment.cluster import ClusterFault, cluster

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
"""Seconds that scheduler and workers may take to be there."""


@contextmanager
def dask_cluster(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """Address of a scheduler that has two workers, and what kills the scheduler."""
    file = folder / "scheduler.json"
    where, quiet = ["--scheduler-file", str(file)], ["--host", "127.0.0.1", "--no-dashboard"]
    deadline = time.monotonic() + PATIENCE
    processes = [_started("dask_scheduler", *where, "--port", "0", *quiet)]
    try:
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        own = ["--nthreads", "1", "--local-directory", str(folder)]
        processes += [_started("dask_worker", *where, *own, *quiet) for _ in range(2)]
        address = json.loads(file.read_text())["address"]
        _await_workers(address, deadline)
        yield address, lambda: processes[0].send_signal(signal.SIGKILL)
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _started(module: str, *words: str) -> subprocess.Popen[Any]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *words],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _await_workers(address: str, deadline: float) -> None:
    while time.monotonic() < deadline:
        try:
            with cluster(address) as (_, workers, _):
                if workers == 2:
                    return
        except ClusterFault:
            time.sleep(0.3)
    raise TimeoutError("no workers came")
