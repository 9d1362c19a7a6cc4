"""What can still be read of a faulty file, so that one kind of fault does not hide another.

Faulty entries are taken out of the tree until its form holds.  What is left is for checking further and never
for playing.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import Any

from sim.scenario.checking import check
from sim.scenario.faults import Fault
from sim.scenario.table_files import Shelf
from sim.scenario.vocabulary import Scenario
from sim.scenario.yaml_door import Tree

PASSES = 4
"""Taking an entry out can make another one faulty; after so many times nothing is left to be told."""

STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def remainder(tree: Tree, shelf: Shelf) -> Scenario | None:
    """Scenario of a tree without its faulty entries; None where no scenario is left.

    Parameters
    ----------
    tree : dict
        A file as it is written.
    shelf : Shelf
    """
    rest = {**copy.deepcopy(tree), "variants": {}}
    for _ in range(PASSES):
        checked = check(rest, shelf)
        if checked.scenario is not None:
            return checked.scenario
        _take_out(rest, checked.faults)
    return None


def _take_out(tree: Tree, faults: Iterable[Fault]) -> None:
    for fault in faults:
        steps = [int(number) if number else key for key, number in STEP.findall(fault.place)]
        _remove(tree, steps)


def _remove(tree: Any, steps: list[int | str]) -> None:
    """Takes out the entry at a place; where it is missing, the record that misses it."""
    for depth in range(len(steps), 0, -1):
        parent = _at(tree, steps[: depth - 1])
        last = steps[depth - 1]
        if isinstance(parent, dict) and last in parent:
            del parent[last]
            return
        if isinstance(parent, list) and isinstance(last, int) and last < len(parent):
            del parent[last]
            return


def _at(tree: Any, steps: list[int | str]) -> Any:
    for step in steps:
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree
