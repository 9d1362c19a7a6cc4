"""The result of a sweep: design, runs and points with the experiment, the scenario and the manifest behind them.

Its folder is complete or not there; tables are read when they are first asked for, since runs may be many.
"""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq

from sim.record.folder import FolderFault, check_place, written
from sim.record.manifest import Manifest, sha256_of_file
from sim.record.result import BESIDE, SCENARIO, manifest_in, scenario_in
from sim.record.runs import frame_of
from sim.scenario.experiments import experiment_of
from sim.scenario.faults import InputFault
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.experiment import Experiment
from sim.scenario.yaml_door import read_mapping

SWEEP = "sweep"
"""Kind of result, as a manifest names it."""

EXPERIMENT = "experiment.yaml"
TABLES = ("design", "runs", "points")


class SweepResult:
    """What a sweep leaves.

    It comes out of `sim.sweep` or `SweepResult.load`, is read by measures and figures, and never changes.

    Parameters
    ----------
    folder : Path
        Where it stands.
    manifest : dict
        Where the numbers come from.
    experiment : Experiment
    keep : TemporaryDirectory, optional
        A folder that goes away with this object.
    """

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        experiment: Experiment,
        keep: TemporaryDirectory[str] | None = None,
    ) -> None:
        self.folder, self.manifest, self.experiment = folder, manifest, experiment
        self._keep = keep

    def __repr__(self) -> str:
        return (
            f"<SweepResult of {self.experiment.name}: {self.manifest['points']} points, {self.manifest['runs']} runs>"
        )

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario as its file said, before variants and settings."""
        return scenario_in(self.folder, self.manifest)

    @cached_property
    def design(self) -> pd.DataFrame:
        """One row a point: ``point``, ``variant``, ``row`` of the design, and each factor by its path.

        A missing number is what the scenario says.
        """
        return frame_of(self._read("design"))

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a point and replicate: the outcomes, or the error that stopped it."""
        return frame_of(self._read("runs"))

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point, outcome and measure, with 95 % intervals; what is measured is said in `record.points`."""
        return frame_of(self._read("points"))

    def _read(self, name: str) -> pq.Table:
        return pq.read_table(self.folder / f"{name}.parquet")

    def save(self, folder: str | Path, *, replace: bool = False) -> None:
        """Puts a copy into a folder, which is complete afterwards or not there.

        Raises
        ------
        FolderFault
            The place is taken, or cannot be written.
        """
        check_place(Path(folder), replace=replace)
        with written(Path(folder), replace=replace) as hidden:
            shutil.copytree(self.folder, hidden, dirs_exist_ok=True)

    @classmethod
    def load(cls, folder: str | Path, *, keep: TemporaryDirectory[str] | None = None) -> SweepResult:
        """Result of a sweep that stands in a folder.

        Raises
        ------
        FolderFault
            It is no such result, or one that was changed or is of another layout; said in one sentence.
        """
        folder = Path(folder)
        made = manifest_in(folder, SWEEP)
        for name, known in _hashes(made).items():
            try:
                found = sha256_of_file(folder / name)
            except OSError as error:
                raise FolderFault(f"{folder / name} cannot be read: {error.strerror}") from None
            if found != known:
                raise FolderFault(f"{folder / name} is not the file that its manifest speaks of: it was changed")
        return cls(folder, made, _experiment_in(folder), keep)


def _hashes(made: Manifest) -> dict[str, str]:
    """Hash of every file that a manifest speaks of: the tables of the result, and what the scenario was."""
    beside = {f"{BESIDE}/{name}": known for name, known in made["tables"].items()}
    return {**made["files"], SCENARIO: made["scenario"]["sha256"], **beside}


def _experiment_in(folder: Path) -> Experiment:
    try:
        tree = read_mapping((folder / EXPERIMENT).read_bytes(), EXPERIMENT)
    except (OSError, InputFault) as error:
        raise FolderFault(f"{folder} holds an experiment that cannot be read: {error}") from None
    experiment, faults = experiment_of(tree)
    if experiment is None:
        raise FolderFault(f"{folder} holds an experiment that cannot be read: {InputFault(EXPERIMENT, faults)}")
    return experiment
