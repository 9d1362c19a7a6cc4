"""A search meets its scenario: paths, values, settings and the outcome are checked, every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.opening import broken, lost, opened, settled
from sim.record.columns import COLUMNS
from sim.scenario import InputFault, Scenario
from sim.scenario.faults import Fault, hint
from sim.scenario.numbers import numbers_of, range_fault
from sim.scenario.searches import levers_of, read_search, search_of
from sim.scenario.vocabulary.search import Lever, Search
from sim.scenario.yaml_door import Tree

SHARES = {column.name for column in COLUMNS if column.kind in ("flag", "week")}
"""Outcomes that come or do not come."""


@dataclass(frozen=True)
class Prepared:
    """A search without a fault, and the scenario with its settings laid over it."""

    search: Search
    scenario: Scenario


def load_search(path: str | Path) -> Prepared:
    """Search that is written in a file, with its scenario.

    Raises
    ------
    InputFault
        With every fault of the file, of the scenario that it names, and of one in the other.
    """
    written = read_search(path)
    faults = list(written.faults)
    scenario = opened(written.scenario, faults)
    return _checked(written.file, written.tree, written.search, scenario, faults)


def prepared(search: Search, scenario: Scenario) -> Prepared:
    """Search on a scenario that was read before.

    Raises
    ------
    InputFault
        With every fault.
    """
    tree = search.model_dump(exclude_unset=True)
    _, faults = search_of(tree)
    return _checked(search.name, tree, search, scenario, faults)


def _checked(file: str, tree: Tree, search: Search | None, scenario: Scenario | None, faults: list[Fault]) -> Prepared:
    """Receives the faults of the form, and raises with all that are left where there are any."""
    faults += _outcome_faults(tree.get("outcome"))
    played = settled(scenario, tree.get("settings"), faults) if scenario is not None else None
    # Paths are asked of the plain scenario where the settings have a fault of their own.
    known = played or scenario
    if known is not None:
        levers = levers_of(tree)
        faults += _path_faults(levers, known)
        if not faults:
            faults += _corner_faults(levers, known)
    if faults or search is None or played is None:
        raise InputFault(file, faults)
    return Prepared(search, played)


def _outcome_faults(outcome: object) -> Iterator[Fault]:
    if isinstance(outcome, str) and outcome not in SHARES:
        names = [column.name for column in COLUMNS if column.name in SHARES]
        yield Fault("outcome", f'an outcome that comes or not is allowed, found "{outcome}"{hint(outcome, names)}')


def _path_faults(levers: Mapping[str, Lever], scenario: Scenario) -> Iterator[Fault]:
    """Paths at which there is no number that can differ between runs, and values that it cannot have."""
    numbers = numbers_of(scenario)
    for name, lever in levers.items():
        for path, move in lever.moves.items():
            wrong = [lost(path, numbers)]
            if wrong == [None]:
                wrong = [range_fault(scenario, path, float(value)) for value in move.grid]
            yield from (Fault(f"levers.{name}.moves.{path}", said) for said in dict.fromkeys(wrong) if said)


def _corner_faults(levers: Mapping[str, Lever], scenario: Scenario) -> Iterator[Fault]:
    """Rules of the vocabulary that are broken with every lever at its weakest, or every one at its strongest."""
    moves = {path: move for lever in levers.values() for path, move in lever.moves.items()}
    told = set()
    for place, word in ((0, "weakest"), (-1, "strongest")):
        for fault in broken(scenario, {path: float(move.grid[place]) for path, move in moves.items()}):
            if fault not in told:
                told.add(fault)
                yield Fault("levers", f"with all at their {word}, {fault}")
