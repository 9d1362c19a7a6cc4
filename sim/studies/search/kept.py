"""What an interrupted search has played, so that it can go on: a small file a stretch, by the hash of what it is.

A search decides its next step from the last, always in the same way; played again with these files it comes to where
it was without playing, and goes on from there.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np

from sim.experiment.blocks import write_whole
from sim.record.folder import told
from sim.record.manifest import sha256_of_code, versions
from sim.scenario.writing import dump
from sim.studies.search.ledger import Came, Columns, Play
from sim.studies.search.loading import Prepared


def place_of(out: Path) -> Path:
    """Where the stretches of a search stand that is to be written into a folder.

    >>> place_of(Path("results/levers")).as_posix()
    'results/levers.unfinished'
    """
    return out.with_name(f"{out.name}.unfinished")


class Kept:
    """Stretches of one search in a folder, which is made when the first is kept.

    Parameters
    ----------
    folder : Path
    ready : Prepared
        Whatever decides a run is in the name of its stretch: another scenario, outcome or version finds nothing.
    """

    def __init__(self, folder: Path, ready: Prepared) -> None:
        self.folder = folder
        tables = sorted(ready.scenario.tables.texts.items())
        self._decides = json.dumps(
            [dump(ready.scenario), tables, ready.search.outcome, sha256_of_code(), sorted(versions().items())]
        )

    def over(self, play: Play, already: Callable[[int], object] | None = None) -> Play:
        """Whoever plays, asked only for what is not kept; `already` is told how many runs were."""

        def played(columns: Columns, replicates: int, first: int, seed: int) -> Came:
            file = self.folder / f"{self._name(columns, replicates, first, seed)}.npy"
            came = _read(file)
            if came is not None:
                if already is not None:
                    already(came.size)
                return came
            came = np.asarray(play(columns, replicates, first, seed), dtype=np.int8)
            held = io.BytesIO()
            np.save(held, came)
            with told(self.folder):
                self.folder.mkdir(parents=True, exist_ok=True)
                write_whole(file, held.getvalue())
            return came

        return played

    def remove(self) -> None:
        """Takes the folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _name(self, columns: Columns, replicates: int, first: int, seed: int) -> str:
        total = sha256(self._decides.encode())
        for path, values in sorted(columns.items()):
            total.update(path.encode() + b"\0" + np.ascontiguousarray(values, dtype="<f8").tobytes())
        total.update(f"{replicates} {first} {seed}".encode())
        return total.hexdigest()


def _read(file: Path) -> Came | None:
    """What a file holds; None where there is none, or one that is damaged and is played again."""
    try:
        came: Came = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return came
