"""An experiment meets its scenario: paths, variants, settings and outcomes are checked, every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiment.designs import design_fault
from sim.experiment.opening import broken, lost, opened, settled
from sim.randomness import BLOCK
from sim.record.runs import BY_NAME
from sim.scenario import InputFault, Scenario
from sim.scenario.experiments import experiment_of, read_experiment, readable_parts
from sim.scenario.factor import Factor, parse_factor
from sim.scenario.faults import Fault, hint
from sim.scenario.numbers import numbers_of, range_fault
from sim.scenario.vocabulary.experiment import BASELINE, Experiment, Stop
from sim.scenario.yaml_door import Tree

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
    scenario = opened(written.scenario, faults)
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


def _check(
    tree: Tree, experiment: Experiment | None, scenario: Scenario | None, faults: list[Fault]
) -> dict[str, Scenario]:
    """Scenarios to be played, by variant; receives every fault that is left."""
    faults.extend(_outcome_faults(tree))
    faults.extend(_rule_faults(*(readable_parts(tree) if experiment is None else (experiment, set()))))
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


def _rule_faults(experiment: Experiment, unread: set[str]) -> Iterator[Fault]:
    """What the parts of an experiment must be to one another, where none of those parts is unread."""
    if "design" not in unread:
        wrong = design_fault(experiment.design, None if "factors" in unread else experiment.factors)
        yield from [Fault("design", wrong)] if wrong else []
    for path in () if unread & {"factors", "settings"} else experiment.factors:
        if path in experiment.settings:
            yield Fault(f"factors.{path}", "stands among the settings too; one place is allowed")
    if not unread & {"stop", "outcomes", "replicates"} and experiment.stop is not None:
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
    names = _texts(tree.get("variants", (BASELINE,)))
    played: dict[str, Scenario] = {}
    for place, name in enumerate(names):
        if name in played:
            faults.append(Fault(f"variants[{place}]", f"{name} is named twice; once is allowed"))
        elif name != BASELINE and name not in scenario.variants:
            known = [BASELINE, *scenario.variants]
            faults.append(Fault(f"variants[{place}]", f'no such variant "{name}"{hint(name, known)}'))
        else:
            laid = () if name == BASELINE else (name,)
            varied = settled(scenario, tree.get("settings"), faults, laid)
            played |= {name: varied} if varied else {}
    if not names:
        faults.append(Fault("variants", "at least one is allowed, found none"))
    return played


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
            wrong_path = lost(path, numbers)
            if wrong_path:
                yield Fault(f"factors.{path}", wrong_path + under)
            elif path in factors:
                wrong = [range_fault(scenario, path, end) for end in factors[path].ends]
                yield from (Fault(f"factors.{path}", f"{sentence}{under}") for sentence in wrong if sentence)


def _corner_faults(factors: Mapping[str, Factor], played: Mapping[str, Scenario]) -> Iterator[Fault]:
    """Rules of the vocabulary that are broken where all factors are at their lowest, or all at their highest."""
    told = set()
    for scenario in played.values():
        for end, word in enumerate(("lowest", "highest")):
            corner = {path: factor.ends[end] for path, factor in factors.items()}
            for fault in broken(scenario, corner):
                if fault not in told:
                    told.add(fault)
                    yield Fault("factors", f"with all at their {word} values, {fault}")


def _texts(written: Any) -> list[str]:
    return [entry for entry in written if isinstance(entry, str)] if isinstance(written, list | tuple) else []
