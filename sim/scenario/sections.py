"""The sections of a scenario, each read by itself, so that a fault in one does not hide those of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.actors import AnyActor, BlocActor, StateActor, VetoPlayerActor
from sim.scenario.vocabulary.fora import Aid, Influence, Sanctions, StateTable, Text, TieLayer
from sim.scenario.vocabulary.issues import Calendar, Issue
from sim.scenario.vocabulary.shocks import Shock
from sim.scenario.vocabulary.table import Ladder
from sim.scenario.vocabulary.war import Front
from sim.scenario.yaml_door import Tree


@dataclass(frozen=True)
class Sections:
    """What of a file could be read: all of it when it has no fault of form.

    Parameters
    ----------
    tree : dict
        The file as it was written, in which names are looked up.
    others
        Sections and entries that have no fault of form; None and left out where they have one.
    """

    tree: Tree
    calendar: Calendar | None = None
    front: Front | None = None
    ladder: Ladder | None = None
    states: StateTable | None = None
    sanctions: Sanctions | None = None
    influence: Influence | None = None
    issues: Mapping[str, Issue] = field(default_factory=dict)
    actors: Mapping[str, AnyActor] = field(default_factory=dict)
    ties: Mapping[str, TieLayer] = field(default_factory=dict)
    aid: Mapping[str, Aid] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    shocks: Mapping[str, Shock] = field(default_factory=dict)

    @property
    def belligerents(self) -> dict[str, StateActor]:
        """Actors with a side, in the order of the file."""
        states = {key: actor for key, actor in self.actors.items() if isinstance(actor, StateActor)}
        return {key: actor for key, actor in states.items() if actor.side}

    @property
    def blocs(self) -> dict[str, BlocActor]:
        """Blocs in the order of the file."""
        return {key: actor for key, actor in self.actors.items() if isinstance(actor, BlocActor)}

    @property
    def veto_players(self) -> dict[str, VetoPlayerActor]:
        """Veto players in the order of the file."""
        return {key: actor for key, actor in self.actors.items() if isinstance(actor, VetoPlayerActor)}

    @property
    def with_iso3(self) -> dict[str, str]:
        """Codes of the actors that stand for a row of the table of states."""
        codes = {key: actor.iso3 for key, actor in self.actors.items() if not isinstance(actor, BlocActor)}
        return {key: code for key, code in codes.items() if code}


_READ = tuple(entry.name for entry in fields(Sections) if entry.name != "tree")


def sections_of(scenario: Scenario, tree: Tree) -> Sections:
    """Sections of a scenario without a fault of form."""
    return Sections(tree, **{name: getattr(scenario, name) for name in _READ})


def readable_sections(tree: Tree) -> Sections:
    """Sections, and entries of sections, that have no fault of form by themselves."""
    read = {name: _readable(name, tree[name]) for name in _READ if name in tree}
    return Sections(tree, **{name: value for name, value in read.items() if value is not None})


def _readable(name: str, written: Any) -> Any:
    annotation = Scenario.model_fields[name].annotation
    if get_origin(annotation) is not dict:
        return _validated(name, written)
    entries = written.items() if isinstance(written, dict) else ()
    read = {key: _validated(name, value) for key, value in entries}
    return {key: value for key, value in read.items() if value is not None}


def _validated(name: str, written: Any) -> Any:
    try:
        return _adapter(name).validate_python(written)
    except ValidationError:
        return None


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    annotation: Any = Scenario.model_fields[name].annotation
    return TypeAdapter(get_args(annotation)[1] if get_origin(annotation) is dict else annotation)
