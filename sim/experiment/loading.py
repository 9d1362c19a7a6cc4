"""An experiment meets its scenario: paths, variants, settings and outcomes are checked, every fault at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiment.designs import design_fault
from sim.randomness import BLOCK
from sim.record.runs import BY_NAME
from sim.scenario import InputFault, Scenario, vary
from sim.scenario.checking import check
from sim.scenario.experiments import WrittenExperiment, experiment_of, read_experiment
from sim.scenario.factor import Factor, parse_factor
from sim.scenario.faults import Fault, hint
from sim.scenario.numbers import PER_EVENT, is_shared, numbers_of, range_fault, with_numbers
from sim.scenario.table_files import Shelf
from sim.scenario.vocabulary.experiment import BASELINE, Experiment, Stop
from sim.scenario.writing import tree_of
from sim.scenario.yaml_door import Tree
from sim.world import binding

WIDEST_START = 8 * BLOCK
"""Replicates with which a point that has a stopping rule may begin."""


@dataclass(frozen=True)
class Prepared:
    """An experiment without a fault.

    Parameters
    ----------
    experiment : Experiment
    scenario : Scenario
        As its file says.
    played : mapping from variant to Scenario
        With the variant and the settings laid over it, in the order of the experiment.
    """

    experiment: Experiment
    scenario: Scenario
    played: Mapping[str, Scenario]


def load_experiment(path: str | Path) -> Prepared:
    """Experiment that is written in a file, with its scenario.

    Raises
    ------
    InputFault
        With every fault of the file, of the scenario that it names, and of one in the other.
    """
    written = read_experiment(path)
    faults = list(written.faults)
    scenario = _scenario(written, faults)
    played = _check(written.tree, written.experiment, scenario, faults)
    if faults or written.experiment is None or scenario is None:
        raise InputFault(written.file, faults)
    return Prepared(written.experiment, scenario, played)


def prepared(experiment: Experiment, scenario: Scenario) -> Prepared:
    """Experiment on a scenario that was read before.

    Raises
    ------
    InputFault
        With every fault.
    """
    tree = experiment.model_dump(exclude_unset=True)
    _, faults = experiment_of(tree)
    played = _check(tree, experiment, scenario, faults)
    if faults:
        raise InputFault(experiment.name, faults)
    return Prepared(experiment, scenario, played)


def _scenario(written: WrittenExperiment, faults: list[Fault]) -> Scenario | None:
    if written.scenario is None:
        return None
    try:
        return binding.load(written.scenario)
    except InputFault as error:
        faults.extend(Fault(f"{error.file}: {fault.place}", fault.sentence) for fault in error.faults)
        return None


def _check(
    tree: Tree, experiment: Experiment | None, scenario: Scenario | None, faults: list[Fault]
) -> dict[str, Scenario]:
    """Scenarios to be played, by variant; receives every fault that is left."""
    faults.extend(_outcome_faults(tree))
    if experiment is not None:
        faults.extend(_rule_faults(experiment))
    if scenario is None:
        return {}
    played = _played(tree, scenario, faults)
    told = {fault.place for fault in faults}
    factors = {path: factor for path, factor in _factors(tree).items() if f"factors.{path}" not in told}
    faults.extend(_path_faults(factors, tree, played or {BASELINE: scenario}))
    if not faults:
        faults.extend(_corner_faults(factors, played))
    return played


def _outcome_faults(tree: Tree) -> Iterator[Fault]:
    named = _texts(tree.get("outcomes"))
    for place, name in enumerate(named):
        if name not in BY_NAME:
            yield Fault(f"outcomes[{place}]", f'no such outcome "{name}"{hint(name, BY_NAME)}')
        elif name in named[:place]:
            yield Fault(f"outcomes[{place}]", f"{name} is named twice; once is allowed")


def _rule_faults(experiment: Experiment) -> Iterator[Fault]:
    """What the parts of an experiment must be to one another."""
    wrong = design_fault(experiment.design, experiment.factors)
    if wrong:
        yield Fault("design", wrong)
    for path in experiment.factors:
        if path in experiment.settings:
            yield Fault(f"factors.{path}", "stands among the settings too; one place is allowed")
    if experiment.stop is not None:
        yield from _stop_faults(experiment, experiment.stop)


def _stop_faults(experiment: Experiment, stop: Stop) -> Iterator[Fault]:
    if stop.outcome not in experiment.outcomes:
        near = hint(stop.outcome, experiment.outcomes)
        yield Fault("stop.outcome", f'"{stop.outcome}" is not among the outcomes{near}')
    elif BY_NAME.get(stop.outcome) and BY_NAME[stop.outcome].kind == "status":
        yield Fault("stop.outcome", f"an outcome that is a share or a number is allowed, found {stop.outcome}")
    for place, count in (("replicates", experiment.replicates), ("stop.most", stop.most)):
        if count % BLOCK:
            yield Fault(place, f"a multiple of {BLOCK} is allowed with a stopping rule, found {count}")
    if experiment.replicates > WIDEST_START:
        yield Fault(
            "replicates", f"at most {WIDEST_START} are allowed with a stopping rule, found {experiment.replicates}"
        )
    if stop.most < experiment.replicates:
        yield Fault("stop.most", f"{experiment.replicates} or more is allowed, as replicates says, found {stop.most}")


def _played(tree: Tree, scenario: Scenario, faults: list[Fault]) -> dict[str, Scenario]:
    settings = tree.get("settings", {})
    overrides = [f"{path}={_flow(value)}" for path, value in settings.items()] if isinstance(settings, dict) else []
    names = _texts(tree.get("variants", (BASELINE,)))
    played: dict[str, Scenario] = {}
    for place, name in enumerate(names):
        if name in played:
            faults.append(Fault(f"variants[{place}]", f"{name} is named twice; once is allowed"))
        elif name != BASELINE and name not in scenario.variants:
            known = [BASELINE, *scenario.variants]
            faults.append(Fault(f"variants[{place}]", f'no such variant "{name}"{hint(name, known)}'))
        else:
            varied = _varied(scenario, name, overrides, faults)
            played |= {name: varied} if varied else {}
    if not names:
        faults.append(Fault("variants", "at least one is allowed, found none"))
    return played


def _varied(scenario: Scenario, name: str, overrides: Sequence[str], faults: list[Fault]) -> Scenario | None:
    """The scenario under one variant and the settings, and bound; None, and its faults, where it has any."""
    alone = scenario.model_copy(
        update={"variants": {key: scenario.variants[key] for key in scenario.variants if key == name}}
    )
    try:
        varied = vary(alone, variants=list(alone.variants), overrides=overrides)
        return binding.bound(varied.model_copy(update={"variants": {}}))
    except InputFault as error:
        found = [Fault(f"settings: {fault.place.removeprefix('--set ')}", fault.sentence) for fault in error.faults]
        faults.extend(fault for fault in found if fault not in faults)
        return None


def _factors(tree: Tree) -> dict[str, Factor]:
    """The factors that can be read."""
    read = {}
    written = tree.get("factors", {})
    for path, entry in written.items() if isinstance(written, dict) else ():
        try:
            read[path] = parse_factor(entry)
        except ValueError:
            continue
    return read


def _path_faults(factors: Mapping[str, Factor], tree: Tree, played: Mapping[str, Scenario]) -> Iterator[Fault]:
    """Paths at which there is no number that can differ between runs, and values that it cannot have."""
    written = tree.get("factors", {})
    for variant, scenario in played.items():
        numbers = numbers_of(scenario)
        under = "" if variant == BASELINE else f" under the variant {variant}"
        for path in written if isinstance(written, dict) else ():
            if path not in numbers:
                yield Fault(f"factors.{path}", _lost(path, numbers) + under)
            elif path in factors:
                wrong = [range_fault(scenario, path, end) for end in factors[path].ends]
                yield from (Fault(f"factors.{path}", f"{sentence}{under}") for sentence in wrong if sentence)


def _lost(path: str, numbers: Mapping[str, Any]) -> str:
    if is_shared(path):
        return "this number is one for all runs; give it in settings or in a variant"
    if path.rpartition(".")[2] in PER_EVENT:
        return "this number is drawn at every event; give it in settings or in a variant"
    return f"the scenario has no number there that can differ between runs{_near(path, numbers)}"


def _near(path: str, numbers: Mapping[str, Any]) -> str:
    """The nearest path; none of the hundreds where nothing is near."""
    told = hint(path, numbers)
    return told if "did you mean" in told else ""


def _corner_faults(factors: Mapping[str, Factor], played: Mapping[str, Scenario]) -> Iterator[Fault]:
    """Rules of the vocabulary that are broken where all factors are at their lowest, or all at their highest."""
    told = set()
    for scenario in played.values():
        shelf = Shelf(texts=dict(scenario.tables.texts))
        for end, word in enumerate(("lowest", "highest")):
            corner = {path: factor.ends[end] for path, factor in factors.items()}
            found = check(with_numbers(tree_of(scenario), corner), shelf).faults
            for fault in found:
                if fault not in told:
                    told.add(fault)
                    yield Fault("factors", f"with all at their {word} values, {fault}")


def _texts(written: Any) -> list[str]:
    return [entry for entry in written if isinstance(entry, str)] if isinstance(written, list | tuple) else []


def _flow(value: Any) -> str:
    """A value in one line of YAML."""
    return json.dumps(value, ensure_ascii=False, default=str)
