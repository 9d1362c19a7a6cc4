"""Whether a tree is a scenario: form, names, rules and tables are checked together, all faults gathered."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from sim.scenario.faults import Fault, hint
from sim.scenario.overrides import with_variant
from sim.scenario.references import unknown_names
from sim.scenario.rules import broken_rules
from sim.scenario.sections import Sections, readable_sections, sections_of
from sim.scenario.sentences import WHOLE, faults_of
from sim.scenario.table_files import Shelf, tables_of
from sim.scenario.vocabulary import Scenario
from sim.scenario.yaml_door import Tree

RESERVED = ("tables", "extends")
"""Keys of a tree that the reader fills in or has taken out, and that no checked tree can hold."""


@dataclass(frozen=True)
class Checked:
    """Outcome of a check: a scenario with its tables and no fault, or no scenario and its faults."""

    scenario: Scenario | None
    faults: tuple[Fault, ...]


def check(tree: Tree, shelf: Shelf) -> Checked:
    """Scenario of a tree, or everything that is wrong with it.

    Faults of form come first, in the order of the vocabulary; a place that has one is not told about twice.
    """
    scenario, sections, faults = _form(tree)
    tables, in_tables = tables_of(sections, shelf)
    parts = [fault for fault in faults if fault.place != WHOLE]
    faults = _joined(parts, unknown_names(sections.tree), broken_rules(sections), in_tables) or faults
    if scenario is None or faults:
        return Checked(None, tuple(faults))
    return Checked(scenario.model_copy(update={"tables": tables}), ())


def check_variants(tree: Tree, shelf: Shelf, known: Iterable[Fault]) -> list[Fault]:
    """Faults that a scenario has under one of its variants, and not without it."""
    variants = tree.get("variants")
    entries = variants.items() if isinstance(variants, dict) else ()
    places = {fault.place for fault in known}
    return [fault for name, change in entries for fault in check_variant(tree, shelf, name, change, places)]


def check_variant(tree: Tree, shelf: Shelf, name: str, change: Any, known: Container[str] = ()) -> list[Fault]:
    """Faults of a scenario under one variant, but for those at places of which was told without it."""
    faults: list[Fault] = []
    varied = with_variant(tree, name, change, faults)
    if not faults:
        found = (fault for fault in check(varied, shelf).faults if fault.place not in known)
        return [_within_variant(fault, name, change) for fault in found]
    return [fault for fault in faults if fault.place not in known]


def _form(tree: Tree) -> tuple[Scenario | None, Sections, list[Fault]]:
    known = [key for key in Scenario.model_fields if key not in RESERVED]
    reserved = [Fault(key, f"no such key{hint(key, known)}") for key in RESERVED if key in tree]
    tree = {key: value for key, value in tree.items() if key not in RESERVED}
    try:
        scenario = Scenario.model_validate(tree)
    except ValidationError as error:
        return None, readable_sections(tree), reserved + faults_of(error, tree)
    return scenario, sections_of(scenario, tree), reserved


def _joined(*lists: list[Fault]) -> list[Fault]:
    """Faults of all lists, without those at a place, or below a place, of which an earlier list told."""
    joined: list[Fault] = []
    for faults in lists:
        places = {fault.place for fault in joined}
        joined.extend(fault for fault in faults if not places & set(_upward(fault.place)))
    return joined


def _upward(place: str) -> list[str]:
    parts = place.replace("[", ".[").split(".")
    return [".".join(parts[:count]).replace(".[", "[") for count in range(1, len(parts) + 1)]


def _within_variant(fault: Fault, name: str, change: Any) -> Fault:
    here = change
    for part in fault.place.split("."):
        here = here.get(part.partition("[")[0]) if isinstance(here, dict) else None
    own = here is not None
    place = f"variants.{name}.{fault.place}" if own else f"{fault.place} (variant {name})"
    return Fault(place, fault.sentence)
