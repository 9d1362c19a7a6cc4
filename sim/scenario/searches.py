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
from sim.scenario.factor import Factor, parse_factor
from sim.scenario.faults import Fault, InputFault
from sim.scenario.sentences import faults_of
from sim.scenario.vocabulary.search import Budget, Lever, Search
from sim.scenario.yaml_door import Tree, read_mapping


@dataclass(frozen=True)
class WrittenSearch:
    """A search file as it stands on the disk; the search or the scenario is None where it could not be read."""

    file: str
    tree: Tree
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
    return WrittenSearch(str(file), tree, search, scenario, (*faults, *lost))


def search_of(tree: Tree) -> tuple[Search | None, list[Fault]]:
    """Search of a tree, and the faults of its form and of what its parts are to one another.

    A part that cannot be read costs no word about the others.
    """
    try:
        search, faults = Search.model_validate(tree), []
    except ValidationError as error:
        search, faults = None, faults_of(error, tree, Search)
    told = {fault.place for fault in faults}
    return search, [*faults, *(fault for fault in _rule_faults(tree) if fault.place not in told)]


def levers_of(tree: Tree) -> dict[str, Lever]:
    """The levers that can be read, and of the others the paths that can be, at one strength or more."""
    written = tree.get("levers")
    found: dict[str, Lever] = {}
    for name, entry in written.items() if isinstance(written, dict) else ():
        try:
            found[name] = Lever.model_validate(entry)
        except ValidationError:
            moves = _moves_of(entry)
            found |= {name: Lever(moves=moves)} if moves else {}
    return found


def _moves_of(entry: object) -> dict[str, Factor]:
    written = entry.get("moves") if isinstance(entry, dict) else None
    found = {}
    for path, move in written.items() if isinstance(written, dict) else ():
        try:
            found[path] = parse_factor(move)
        except ValueError:
            continue
    return found


def _rule_faults(tree: Tree) -> Iterator[Fault]:
    """What the parts of a search must be to one another, as far as they can be read."""
    owner: dict[str, str] = {}
    settings = tree.get("settings")
    for name, lever in levers_of(tree).items():
        place = f"levers.{name}"
        yield from _strength_faults(place, lever)
        for path in lever.moves:
            if path in owner:
                yield Fault(f"{place}.moves.{path}", f"the lever {owner[path]} moves it already; one is allowed")
            elif isinstance(settings, dict) and path in settings:
                yield Fault(f"{place}.moves.{path}", "stands among the settings too; one place is allowed")
            owner.setdefault(path, name)
    yield from _budget_faults(tree.get("budget", {}))


def _budget_faults(written: object) -> Iterator[Fault]:
    try:
        budget = Budget.model_validate(written)
    except ValidationError:
        return
    for most, least in (("most", "replicates"), ("decide", "confirm")):
        found, begun = getattr(budget, most), getattr(budget, least)
        if found < begun and most in budget.model_fields_set:
            yield Fault(f"budget.{most}", f"{begun} or more is allowed, as {least} says, found {found}")


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
