"""A scenario opened for a question: read and bound, with settings laid over it, its faults gathered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.scenario import Fault, InputFault, Scenario, vary
from sim.world import binding


def opened(path: Path, faults: list[Fault]) -> Scenario | None:
    """Scenario of a folder or file; None where it has faults, which are added with its name before their places."""
    try:
        return binding.load(path)
    except InputFault as error:
        faults.extend(Fault(f"{error.file}: {fault.place}", fault.sentence) for fault in error.faults)
        return None


def settled(scenario: Scenario, settings: Mapping[str, Any], faults: list[Fault]) -> Scenario | None:
    """Scenario with settings laid over it, by path, and bound; None, and its faults, where it has any."""
    overrides = [f"{path}={json.dumps(value, ensure_ascii=False, default=str)}" for path, value in settings.items()]
    try:
        return binding.bound(vary(scenario, overrides=overrides) if overrides else scenario)
    except InputFault as error:
        faults.extend(
            Fault(f"settings: {fault.place.removeprefix('--set ')}", fault.sentence) for fault in error.faults
        )
        return None
