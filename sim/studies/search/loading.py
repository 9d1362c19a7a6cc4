"""A search meets its scenario: paths, values, settings and the outcome are checked, every fault at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.experiment.opening import opened, settled
from sim.record.columns import COLUMNS
from sim.scenario import InputFault, Scenario
from sim.scenario.checking import check
from sim.scenario.faults import Fault, hint
from sim.scenario.numbers import is_shared, numbers_of, range_fault, with_numbers
from sim.scenario.searches import read_search
from sim.scenario.table_files import Shelf
from sim.scenario.vocabulary.search import Search
from sim.scenario.writing import tree_of

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
    scenario = opened(written.scenario, faults) if written.scenario is not None else None
    return _checked(written.file, written.search, scenario, faults)


def prepared(search: Search, scenario: Scenario) -> Prepared:
    """Search on a scenario that was read before.

    Raises
    ------
    InputFault
        With every fault.
    """
    return _checked(search.name, search, scenario, [])


def _checked(file: str, search: Search | None, scenario: Scenario | None, faults: list[Fault]) -> Prepared:
    if search is not None:
        faults += _outcome_faults(search)
    if search is not None and scenario is not None:
        scenario = settled(scenario, search.settings, faults)
        if scenario is not None:
            faults += _path_faults(search, scenario)
        if scenario is not None and not faults:
            faults += _corner_faults(search, scenario)
    if faults or search is None or scenario is None:
        raise InputFault(file, faults)
    return Prepared(search, scenario)


def _outcome_faults(search: Search) -> Iterator[Fault]:
    if search.outcome not in SHARES:
        names = [column.name for column in COLUMNS if column.name in SHARES]
        yield Fault("outcome", f'an outcome that comes or not is allowed, found "{search.outcome}"'
                    f"{hint(search.outcome, names)}")  # fmt: skip


def _path_faults(search: Search, scenario: Scenario) -> Iterator[Fault]:
    """Paths at which there is no number that can differ between runs, and values that it cannot have."""
    numbers = numbers_of(scenario)
    for name, lever in search.levers.items():
        for path, move in lever.moves.items():
            place = f"levers.{name}.moves.{path}"
            if is_shared(path):
                yield Fault(place, "this number is one for all runs; give it in settings or in a variant")
            elif path not in numbers:
                near = hint(path, numbers)
                told = near if "did you mean" in near else ""
                yield Fault(place, f"the scenario has no number there that can differ between runs{told}")
            else:
                wrong = dict.fromkeys(range_fault(scenario, path, float(value)) for value in move.grid)
                yield from (Fault(place, sentence) for sentence in wrong if sentence)


def _corner_faults(search: Search, scenario: Scenario) -> Iterator[Fault]:
    """Rules of the vocabulary that are broken with every lever at its weakest or at its strongest, or one alone."""
    shelf = Shelf(texts=dict(scenario.tables.texts))
    moves = {path: move for lever in search.levers.values() for path, move in lever.moves.items()}
    told = set()
    for place, word in ((0, "weakest"), (-1, "strongest")):
        corner = {path: float(move.grid[place]) for path, move in moves.items()}
        for fault in check(with_numbers(tree_of(scenario), corner), shelf).faults:
            if fault not in told:
                told.add(fault)
                yield Fault("levers", f"with all at their {word}, {fault}")
