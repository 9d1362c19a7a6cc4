"""The sweep of `ukraine-2026` on a Dask cluster of two workers: `python -m tests.benchmarks.on_dask RUNS`.

What is printed is one line of JSON: runs a second with the cluster started and without its start, the seconds of the
start, and whether every table has the bytes that one core gives.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sim.experiment.sweep import sweep_prepared
from tests.benchmarks.sweeps import of_size
from tests.dask_cluster import dask_cluster

TABLES = ("runs.parquet", "points.parquet", "design.parquet")


def measured(runs: int) -> dict[str, Any]:
    """One sweep there, and the same here."""
    ready = of_size("ukraine-2026", runs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = time.perf_counter()
        with dask_cluster(folder) as (address, _):
            starting, clock = time.perf_counter() - clock, time.perf_counter()
            sweep_prepared(ready, folder / "there", workers=2, address=address)
            there = time.perf_counter() - clock
        sweep_prepared(ready, folder / "here", workers=1)
        same = all((folder / "there" / name).read_bytes() == (folder / "here" / name).read_bytes() for name in TABLES)
    return {"runs": runs, "rate": runs / there, "start": starting, "same": same}


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
