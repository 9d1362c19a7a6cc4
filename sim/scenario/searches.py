"""Search files: from a file to a frozen record, with every fault of its form and of what its parts are to one another.

Whether paths and the outcome exist is checked where the scenario is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sim.scenario.experiments import scenario_of
from sim.scenario.extending import read_bytes
from sim.scenario.faults import Fault, InputFault
from sim.scenario.sentences import faults_of
from sim.scenario.vocabulary.search import Lever, Search
from sim.scenario.yaml_door import Tree, read_mapping


@dataclass(frozen=True)
class WrittenSearch:
    """A search file as it stands on the disk; the search or the scenario is None where it could not be read."""

    file: str
    search: Search | None
    scenario: Path | None
    faults: tuple[Fault, ...]


def read_search(path: str | Path) -> WrittenSearch:
    """Search file with everything that is wrong with its form.

    Raises
    ------
    InputFault
        Where the file cannot be read or is no YAML.
    """
    file = Path(path)
    tree = read_mapping(read_bytes(file), str(file))
    search, faults = search_of(tree)
    scenario, lost = scenario_of(file, tree)
    return WrittenSearch(str(file), search, scenario, (*faults, *lost))


def search_of(tree: Tree) -> tuple[Search | None, list[Fault]]:
    """Search of a tree, or the faults of its form."""
    try:
        search = Search.model_validate(tree)
    except ValidationError as error:
        return None, faults_of(error, tree, Search)
    return search, list(_rule_faults(search))


def _rule_faults(search: Search) -> Iterator[Fault]:
    """What the parts of a search must be to one another."""
    owner: dict[str, str] = {}
    for name, lever in search.levers.items():
        place = f"levers.{name}"
        yield from _strength_faults(place, lever)
        for path in lever.moves:
            if path in owner:
                yield Fault(f"{place}.moves.{path}", f"the lever {owner[path]} moves it already; one is allowed")
            elif path in search.settings:
                yield Fault(f"{place}.moves.{path}", "stands among the settings too; one place is allowed")
            owner.setdefault(path, name)
    if search.budget.most < search.budget.replicates:
        yield Fault("budget.most", f"{search.budget.replicates} or more is allowed, as replicates says, "
                    f"found {search.budget.most}")  # fmt: skip


def _strength_faults(place: str, lever: Lever) -> Iterator[Fault]:
    sizes = {path: len(move.grid) for path, move in lever.moves.items()}
    for path, move in lever.moves.items():
        if move.spread is not None and move.spread.family != "uniform":
            yield Fault(f"{place}.moves.{path}", f"values or a range are allowed, found {move.spread.family}")
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{size} of {path}" for path, size in sizes.items())
        yield Fault(f"{place}.moves", f"the same number of strengths for every path is allowed, found {told}")
    elif lever.costs and len(lever.costs) != strengths(lever):
        yield Fault(
            f"{place}.costs", f"one for each of {strengths(lever)} strengths is allowed, found {len(lever.costs)}"
        )
    if list(lever.costs) != sorted(lever.costs):
        yield Fault(f"{place}.costs", "costs that do not fall with the strength are allowed")
    if lever.costs and "cost" in lever.model_fields_set:
        yield Fault(f"{place}.costs", "stands beside cost; one of both is allowed")


def strengths(lever: Lever) -> int:
    """How many strengths a lever has."""
    return max(len(move.grid) for move in lever.moves.values())


def cost_of(lever: Lever, strength: int) -> float:
    """What a strength of a lever costs; nothing where it is not pulled.

    >>> from sim.scenario.factor import parse_factor
    >>> cost_of(Lever(moves={"a": parse_factor([1, 2])}, cost=3.0), 1)
    1.5
    """
    if strength == 0:
        return 0.0
    return lever.costs[strength - 1] if lever.costs else lever.cost * strength / strengths(lever)


def is_search(tree: Tree) -> bool:
    """Whether a file means to be a search: it names levers or a threshold, and describes no world.

    >>> is_search({"scenario": "../a", "levers": {}}), is_search({"scenario": "../a", "factors": {}})
    (True, False)
    """
    return bool({"levers", "threshold"} & set(tree)) and not {"issues", "actors", "calendar"} & set(tree)


def means_search(path: str | Path) -> bool:
    """Whether a file that can be read means to be a search; what cannot be read is told elsewhere."""
    try:
        return is_search(read_mapping(read_bytes(Path(path)), str(path)))
    except InputFault:
        return False
