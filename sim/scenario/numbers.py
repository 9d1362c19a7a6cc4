"""The numbers of a scenario by their paths: what may be drawn, and what a sweep may set, run by run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from sim.scenario.quantity import Quantity
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.base import Record

PER_EVENT = ("size",)
"""Keys whose quantity is drawn at every event, and so is no number of a run."""

SHARED = ("influence.susceptibility", "influence.belligerents", "ties.*.weight")
"""Numbers that are one for all runs, since one network serves them all; ``*`` stands for any key."""

NOT_PLAYED = ("variants", "sources", "tables", "question", "title")


def numbers_of(scenario: Scenario) -> dict[str, Quantity]:
    """Every number that can differ between runs, by its path, as ``actors.usa.guarantee``.

    Numbers that decide the shape of a world, such as its weeks, are not among them.
    """
    return dict(_numbers(scenario, ""))


def _numbers(node: Any, path: str) -> Iterator[tuple[str, Quantity]]:
    if isinstance(node, Quantity) and not is_shared(path) and path.rpartition(".")[2] not in PER_EVENT:
        yield path, node
    for key, entry in children(node):
        yield from _numbers(entry, joined(path, key))


def is_shared(path: str) -> bool:
    """Whether a number is one for all runs.

    >>> is_shared("ties.trade.weight"), is_shared("front.share")
    (True, False)
    """
    return any(fnmatchcase(path, pattern) for pattern in SHARED)


def children(node: Any) -> Iterator[tuple[str, Any]]:
    """Entries of a section, a mapping or a list of sections, with the keys by which a path names them."""
    if isinstance(node, Record):
        yield from ((key, getattr(node, key)) for key in type(node).model_fields if key not in NOT_PLAYED)
    elif isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, tuple) and node and isinstance(node[0], Record):
        yield from ((str(place), entry) for place, entry in enumerate(node))


def joined(path: str, key: str) -> str:
    """Path of an entry."""
    return f"{path}.{key}" if path else key


def range_fault(scenario: Scenario, path: str, value: float) -> str | None:
    """What the vocabulary has against a value at a path of `numbers_of`; None if nothing."""
    field, keys = _field(scenario, path)
    written: Any = value
    for key in reversed(keys):
        written = {key: written}
    kind: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    try:
        TypeAdapter(kind).validate_python(written)
    except ValidationError as error:
        last = error.errors(include_url=False)[-1]
        return str(last.get("ctx", {}).get("error", last["msg"]))
    return None


def _field(scenario: Scenario, path: str) -> tuple[FieldInfo, list[str]]:
    """The last field on the way to a path, and the keys of mappings behind it."""
    node: Any = scenario
    field: FieldInfo | None = None
    keys: list[str] = []
    for key in path.split("."):
        if isinstance(node, Record):
            field, keys = type(node).model_fields[key], []
        else:
            keys = [*keys, key]
        node = dict(children(node))[key]
    if field is None:
        raise KeyError(path)
    return field, keys


def with_numbers(tree: Any, values: Mapping[str, float]) -> Any:
    """Tree of a scenario with numbers in place of what stands at some paths, lists included.

    >>> with_numbers({"a": ({"b": 1},)}, {"a.0.b": 2.0})
    {'a': ({'b': 2.0},)}
    """
    if "" in values:
        return values[""]
    if not values:
        return tree
    below: dict[str, dict[str, float]] = {}
    for path, value in values.items():
        key, _, rest = path.partition(".")
        below.setdefault(key, {})[rest] = value
    if isinstance(tree, tuple | list):
        return tuple(with_numbers(entry, below.get(str(place), {})) for place, entry in enumerate(tree))
    base = tree if isinstance(tree, dict) else {}
    return {**base, **{key: with_numbers(base.get(key), inner) for key, inner in below.items()}}
