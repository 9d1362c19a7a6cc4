"""Where the numbers come from: every written number has a source, and what is assumed has a range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from sim.scenario.faults import Fault
from sim.scenario.quantity import Quantity
from sim.scenario.references import is_assumed
from sim.scenario.sentences import place_of
from sim.scenario.vocabulary import Scenario

Path = tuple[str | int, ...]


def unsourced(scenario: Scenario) -> list[Fault]:
    """A fault for every written number without a source, and for every assumed one without a range.

    A source stands beside the number or in a section around it, the nearest one counting.  Defaults and zeros
    need no source: they say nothing about this war.
    """
    faults = []
    for path, quantity, source in _written(scenario, (), None):
        sentence = _sentence(quantity, source)
        if sentence:
            faults.append(Fault(place_of(path), sentence))
    return faults


def _sentence(quantity: Quantity, source: str | None) -> str | None:
    if quantity.fixed and quantity.arguments[0] == 0:
        return None
    if source is None:
        return "without a source; write one beside it or in its section"
    if is_assumed(source) and quantity.fixed:
        return f"assumed and without a range, found {quantity.arguments[0]:g}"
    return None


def _written(here: Any, path: Path, source: str | None) -> Iterator[tuple[Path, Quantity, str | None]]:
    """Every number that was written, with its path and the source that covers it."""
    if isinstance(here, Quantity):
        yield path, here, here.source or source
    for key, value in _entries(here):
        yield from _written(value, (*path, key), getattr(here, "source", None) or source)


def _entries(here: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(here, BaseModel):
        written = [name for name in type(here).model_fields if name in here.model_fields_set]
        yield from ((name, getattr(here, name)) for name in written if name not in ("tables", "variants"))
    elif isinstance(here, Mapping):
        yield from here.items()
    elif isinstance(here, tuple):
        yield from enumerate(here)
