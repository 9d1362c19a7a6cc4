"""The numbers of a scenario by their paths: what may be drawn, and what a sweep may set, run by run."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from sim.scenario.quantity import Quantity
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.base import Record

PER_EVENT = ("size",)
"""Keys whose quantity is drawn at every event, and so is no number of a run."""

SHARED = ("influence.susceptibility", "ties.*.weight")
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
