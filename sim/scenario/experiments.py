"""Experiment files: from a file to a frozen record, and a record back to a file.

Only the form is checked here, with every fault at once; whether paths, variants and outcomes exist is checked
where scenarios are bound to the rules that play them.
"""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML

from sim.scenario.extending import neighbour, read_bytes
from sim.scenario.faults import Fault, InputFault
from sim.scenario.sentences import faults_of
from sim.scenario.vocabulary.experiment import Experiment
from sim.scenario.writing import WIDTH, listed_tree
from sim.scenario.yaml_door import Tree, read_mapping


@dataclass(frozen=True)
class WrittenExperiment:
    """An experiment file as it stands on the disk.

    Parameters
    ----------
    file : str
        Its name in the report.
    tree : dict
    experiment : Experiment or None
        None where the form has a fault.
    scenario : Path or None
        File or folder of the scenario; None where none could be found.
    faults : tuple of Fault
        Of the form, and of where the scenario is looked for.
    """

    file: str
    tree: Tree
    experiment: Experiment | None
    scenario: Path | None
    faults: tuple[Fault, ...]


def read_experiment(path: str | Path) -> WrittenExperiment:
    """Experiment file with everything that is wrong with its form.

    Raises
    ------
    InputFault
        Where the file cannot be read or is no YAML.
    """
    file = Path(path)
    tree = read_mapping(read_bytes(file), str(file))
    experiment, faults = experiment_of(tree)
    scenario, lost = scenario_of(file, tree)
    return WrittenExperiment(str(file), tree, experiment, scenario, (*faults, *lost))


def experiment_of(tree: Tree) -> tuple[Experiment | None, list[Fault]]:
    """Experiment of a tree, or the faults of its form."""
    try:
        return Experiment.model_validate(tree), []
    except ValidationError as error:
        return None, faults_of(error, tree, Experiment)


def readable_parts(tree: Tree) -> tuple[Experiment, set[str]]:
    """Experiment of the parts that can be read, never to be played, and the names of those that cannot.

    What is left out cannot be read either where the tree has an unknown key, which may be meant to be it.
    """
    strange = bool(set(tree) - set(Experiment.model_fields))
    kept: dict[str, Any] = {}
    for name, field in Experiment.model_fields.items():
        if name in tree:
            with suppress(ValidationError):
                part: Any = Annotated[field.annotation, field]
                kept[name] = TypeAdapter(part).validate_python(tree[name])
        elif not (strange or field.is_required()):
            kept[name] = field.get_default()
    return Experiment.model_construct(**kept), set(Experiment.model_fields) - set(kept)


def is_experiment(tree: Tree) -> bool:
    """Whether a file means to be an experiment: it names a scenario, and describes no world.

    >>> is_experiment({"scenario": "../a", "factors": {}}), is_experiment({"issues": {}, "actors": {}})
    (True, False)
    """
    of_experiment = set(Experiment.model_fields) - {"name", "title", "question", "variants"}
    return bool(of_experiment & set(tree)) and not {"issues", "actors", "calendar"} & set(tree)


def means_experiment(path: str | Path) -> bool:
    """Whether a file that can be read means to be an experiment; what cannot be read is told elsewhere."""
    try:
        return is_experiment(read_mapping(read_bytes(Path(path)), str(path)))
    except InputFault:
        return False


def dump_experiment(experiment: Experiment) -> str:
    """YAML of an experiment, so that reading it gives the same one."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = None
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = WIDTH
    stream = io.StringIO()
    yaml.dump(listed_tree(experiment.model_dump(exclude_unset=True)), stream)
    return stream.getvalue()


def scenario_of(file: Path, tree: Tree) -> tuple[Path | None, list[Fault]]:
    """Where the scenario stands that a file names, or why it cannot be looked for."""
    named: Any = tree.get("scenario")
    if not isinstance(named, str):
        return None, []
    try:
        return neighbour(file, named, "scenario"), []
    except InputFault as error:
        return None, list(error.faults)
