"""A scenario with its uncertain numbers drawn: the same tree, with a float or an array over runs at each leaf.

This is the one place where a distribution of a scenario meets luck, and where a sweep puts its own columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.randomness import Luck
from sim.scenario.numbers import PER_EVENT, children, joined
from sim.scenario.quantity import Quantity
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.actors import StateActor
from sim.scenario.vocabulary.base import Record

Array = npt.NDArray[np.float64]


@dataclass
class Draws:
    """Where the numbers of a batch come from, and what came out, by path in the scenario."""

    luck: Luck
    columns: Mapping[str, Array]
    names: Mapping[str, str]
    drawn: dict[str, Array] = field(default_factory=dict)

    def value(self, path: str, quantity: Quantity) -> float | Array:
        """Value of a quantity: a sweep's column, a float if fixed, otherwise a draw per replicate."""
        if path in self.columns:
            self.drawn[path] = self._column(path, quantity)
        elif quantity.fixed:
            return quantity.arguments[0]
        else:
            self.drawn[path] = self._draw(path, quantity)
        return self.drawn[path]

    def _column(self, path: str, quantity: Quantity) -> Array:
        """A sweep's column, and what the file says in the runs for which it has no number."""
        column = np.asarray(self.columns[path], dtype=np.float64)
        left = np.isnan(column)
        return np.where(left, self._draw(path, quantity), column) if left.any() else column

    def _draw(self, path: str, quantity: Quantity) -> Array:
        return quantity.quantile(self.luck.once_uniform("parameters", self._address(path))[0])

    def _address(self, path: str) -> str:
        """The path with an actor's stable id in place of its key, so that a new name has the same luck."""
        head, _, rest = path.partition(".")
        key, dot, tail = rest.partition(".")
        return f"{head}.{self.names.get(key, key)}{dot}{tail}" if head == "actors" else path


def realise(
    scenario: Scenario, luck: Luck, columns: Mapping[str, Array] | None = None
) -> tuple[SimpleNamespace, dict[str, Array]]:
    """Tree of a scenario's numbers for a batch of runs, and the drawn ones by their path.

    Parameters
    ----------
    scenario : Scenario
    luck : Luck
        One uniform number per uncertain quantity and replicate is taken from the stream ``parameters``.
    columns : mapping from path to (run,) float, optional
        Values that a sweep sets, in place of what the file says; NaN leaves a run with what the file says.
    """
    draws = Draws(luck, columns or {}, stable_ids(scenario))
    return _tree(scenario, "", draws), draws.drawn


def stable_ids(scenario: Scenario) -> dict[str, str]:
    """Ids by which actors are known to luck: the side of a belligerent, else the state's code, else the key."""
    ids = {}
    for key, actor in scenario.actors.items():
        side = actor.side if isinstance(actor, StateActor) else None
        ids[key] = side or getattr(actor, "iso3", None) or key
    return ids


def _tree(node: Any, path: str, draws: Draws) -> Any:
    if isinstance(node, Quantity):
        return node if path.rpartition(".")[2] in PER_EVENT else draws.value(path, node)
    if isinstance(node, Record):
        return SimpleNamespace(**{key: _tree(entry, joined(path, key), draws) for key, entry in children(node)})
    if isinstance(node, dict):
        return {key: _tree(value, joined(path, key), draws) for key, value in node.items()}
    if isinstance(node, tuple) and node and isinstance(node[0], Record):
        return tuple(_tree(value, joined(path, str(place)), draws) for place, value in enumerate(node))
    return node
