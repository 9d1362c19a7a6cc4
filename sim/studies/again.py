"""Making a comparison, a sensitivity analysis or a discovery again from its own folder.

What explains runs does not keep them: the runs are played again from the scenario and the experiment in the manifest,
and then explained as before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.experiment.execution import run
from sim.experiment.sweep import sweep
from sim.record.folder import FolderFault
from sim.record.manifest import Manifest
from sim.record.result import ENSEMBLE, Result
from sim.record.study import Study
from sim.record.sweep import SWEEP, SweepResult
from sim.scenario import InputFault, Scenario
from sim.scenario.checking import check
from sim.scenario.experiments import experiment_of
from sim.scenario.table_files import Shelf
from sim.scenario.vocabulary.experiment import Experiment
from sim.scenario.yaml_door import read_mapping
from sim.studies.compare import compare
from sim.studies.explain import discover, sensitivity

Progress = Callable[[int], object]
Pair = tuple[Study, Study]
"""A study as it stands in a folder, and as it is now."""


def comparison_again(folder: Path, workers: int = 1, progress: Progress | None = None) -> Pair:
    """A comparison, and the same variants compared with the present version.

    Raises
    ------
    FolderFault
        It is no such result, or one whose scenario cannot be read any more.
    """
    then = Study.load(folder)
    made = then.manifest
    now = compare(
        _written(folder, then), made["asked"]["variants"], made["replicates"], made["seed"],
        overrides=made["overrides"], workers=workers, progress=progress,
    )  # fmt: skip
    return then, now


def _written(folder: Path, then: Study) -> Scenario:
    """The scenario as its file said, before variants and settings were laid over it."""
    text = then.manifest.get("written")
    if text is None:
        return then.scenario
    checked = check(read_mapping(text.encode(), "scenario"), Shelf(texts=dict(then.scenario.tables.texts)))
    if checked.scenario is None or checked.faults:
        told = InputFault("scenario", checked.faults)
        raise FolderFault(f"{folder} holds a scenario that cannot be read any more: {told}")
    return checked.scenario


def explained_again(folder: Path, workers: int = 1, progress: Progress | None = None) -> Pair:
    """A sensitivity analysis or a discovery, and the same of runs that are played again.

    Raises
    ------
    FolderFault
        It is no such result, or one whose runs cannot be played again.
    """
    then = Study.load(folder)
    made = then.manifest
    asked = dict(made["asked"])
    source = _source(folder, then, workers, progress)
    given = {key: asked[key] for key in ("outcome", "seed", "variant", "labels")}
    if isinstance(source, Result):
        del given["variant"]
    now = discover(source, **given) if then.kind == "discovery" else sensitivity(
        source, method=asked["method"], **given, **asked.get("options", {})
    )  # fmt: skip
    return then, now


def _source(folder: Path, then: Study, workers: int, progress: Progress | None) -> Result | SweepResult:
    made, of = then.manifest, then.manifest["of"]
    if of["kind"] == SWEEP:
        return sweep(_experiment(folder, of), then.scenario, workers=workers, progress=progress)
    if of["kind"] == ENSEMBLE and not made["missing"]:
        return run(then.scenario, made["replicates"], made["seed"], workers=workers, progress=progress)
    why = f"lacked replicates {made['missing']}" if made.get("missing") else "are of no ensemble and no sweep"
    raise FolderFault(f"{folder} explains runs that {why}, so that they cannot be played again")


def _experiment(folder: Path, of: Manifest) -> Experiment:
    try:
        tree: dict[str, Any] = read_mapping(of["experiment"].encode(), "experiment")
    except KeyError:
        raise FolderFault(f"{folder} does not hold its experiment, as older versions did not keep it") from None
    experiment, faults = experiment_of(tree)
    if experiment is None:
        raise FolderFault(f"{folder} holds an experiment that cannot be read: {InputFault('experiment', faults)}")
    return experiment
