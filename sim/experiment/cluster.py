"""A Dask cluster as an executor: the workers of a scheduler that runs elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

PATIENCE = 10
"""Seconds in which a scheduler must answer."""

KEPT = "what is finished stays, and --resume goes on from there"


class ClusterFault(Exception):
    """A scheduler that cannot be reached or went away; the message is one sentence for the user."""


@contextmanager
def cluster(address: str | None) -> Iterator[tuple[Executor | None, int, Callable[[], object] | None]]:
    """Executor of a cluster, how many workers it has, and what tells whether it is alive; nothing without address.

    Raises
    ------
    ClusterFault
        Nobody answers there, there are no workers, or `distributed` is not installed; also from the third thing
        that is given, when the scheduler has gone away.
    """
    if address is None:
        yield None, 0, None
        return
    try:
        client_of: Any = import_module("distributed").Client
    except ModuleNotFoundError:
        raise ClusterFault("Dask is not installed: pip install parley-sim[cluster]") from None
    try:
        client = client_of(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise ClusterFault(f"no Dask scheduler answers at {address}: {str(error).splitlines()[0]}") from None
    try:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise ClusterFault(f"the Dask scheduler at {address} has no workers") from None
        workers = sum(client.nthreads().values())

        def alive() -> None:
            if client.status != "running":
                raise ClusterFault(f"the Dask scheduler at {address} went away; {KEPT}")

        # A lost scheduler is told in one sentence of ours.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        yield client.get_executor(pure=False), workers, alive
    finally:
        client.close(timeout=1)
