"""A scenario opened for a question: read and bound, settings laid over it, its faults gathered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.scenario import Fault, InputFault, Scenario, vary
from sim.scenario.checking import check
from sim.scenario.faults import hint
from sim.scenario.numbers import PER_EVENT, is_shared, with_numbers
from sim.scenario.table_files import Shelf
from sim.scenario.writing import tree_of
from sim.world import binding


def opened(path: Path | None, faults: list[Fault]) -> Scenario | None:
    """Scenario of a folder or file; None where it has faults, which are added with its name before their places."""
    if path is None:
        return None
    try:
        return binding.load(path)
    except InputFault as error:
        faults.extend(Fault(f"{error.file}: {fault.place}", fault.sentence) for fault in error.faults)
        return None


def settled(
    scenario: Scenario, settings: Any, faults: list[Fault], variants: tuple[str, ...] | None = None
) -> Scenario | None:
    """Scenario with settings laid over it, by path, and bound; None, and its faults, where it has any.

    Parameters
    ----------
    settings : mapping from path to value
        Anything else, which the form has told, counts as none.
    variants : tuple of str, optional
        Variants to lay over it first; those of the file are then gone.
    """
    written = settings if isinstance(settings, Mapping) else {}
    overrides = [f"{path}={json.dumps(value, ensure_ascii=False, default=str)}" for path, value in written.items()]
    try:
        if variants is None:
            return binding.bound(vary(scenario, overrides=overrides) if overrides else scenario)
        alone = scenario.model_copy(update={"variants": {name: scenario.variants[name] for name in variants}})
        varied = vary(alone, variants=list(variants), overrides=overrides)
        return binding.bound(varied.model_copy(update={"variants": {}}))
    except InputFault as error:
        found = [Fault(f"settings: {fault.place.removeprefix('--set ')}", fault.sentence) for fault in error.faults]
        faults.extend(fault for fault in found if fault not in faults)
        return None


def lost(path: str, numbers: Mapping[str, Any]) -> str | None:
    """Why a path names no number that can differ between runs; None where it names one."""
    if path in numbers:
        return None
    if is_shared(path):
        return "this number is one for all runs; give it in settings or in a variant"
    if path.rpartition(".")[2] in PER_EVENT:
        return "this number is drawn at every event; give it in settings or in a variant"
    near = hint(path, numbers)
    # None of the hundreds where nothing is near.
    told = near if "did you mean" in near else ""
    return f"the scenario has no number there that can differ between runs{told}"


def broken(scenario: Scenario, corner: Mapping[str, float]) -> Iterator[Fault]:
    """Rules of the vocabulary that are broken with some numbers at values, by path."""
    shelf = Shelf(texts=dict(scenario.tables.texts))
    yield from check(with_numbers(tree_of(scenario), corner), shelf).faults
