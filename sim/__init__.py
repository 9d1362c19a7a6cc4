"""Parley: what could follow from an authored war, played week by week, many times.

This is the face; everything behind it is imported when it is first asked for.

>>> import sim
>>> sim.load("scenarios/toy-two-sides").belligerents
('north', 'south')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.record.drawing import painter
from sim.record.version import VERSION

if TYPE_CHECKING:
    from sim.experiment.execution import RunsFailed, run
    from sim.experiment.sweep import sweep
    from sim.record.folder import FolderFault
    from sim.record.result import Result
    from sim.record.study import Study
    from sim.record.sweep import SweepResult
    from sim.scenario import InputFault, Scenario, vary
    from sim.studies.compare import compare
    from sim.studies.explain import discover, sensitivity
    from sim.studies.search.study import search
    from sim.world.binding import load

__version__ = VERSION

_HOMES = {
    "FolderFault": "sim.record.folder",
    "InputFault": "sim.scenario",
    "NegotiationModel": "sim.world.model",
    "Result": "sim.record.result",
    "RunsFailed": "sim.experiment.execution",
    "Scenario": "sim.scenario",
    "SweepResult": "sim.record.sweep",
    "Study": "sim.record.study",
    "compare": "sim.studies.compare",
    "discover": "sim.studies.explain",
    "sensitivity": "sim.studies.explain",
    "load": "sim.world.binding",
    "run": "sim.experiment.execution",
    "sweep": "sim.experiment.sweep",
    "search": "sim.studies.search.study",
    "vary": "sim.scenario",
}

__all__ = [
    "FolderFault",
    "InputFault",
    "NegotiationModel",
    "Result",
    "RunsFailed",
    "Scenario",
    "Study",
    "SweepResult",
    "__version__",
    "compare",
    "discover",
    "figure",
    "load",
    "run",
    "search",
    "sensitivity",
    "sweep",
    "vary",
]


def figure(result: Any, name: str, **how: Any) -> Any:
    """One of the figures of a result or a study, by name, as a Matplotlib figure.

    Parameters
    ----------
    result : Result or Study
    name : str
        As in ``sim.figures.FIGURES``, or for a study in ``sim.figures.STUDIES``.
    how
        What else the figure can be told, as a text or a layer.
    """
    return import_module("sim.figures").draw(result, name, **how)


painter[0] = figure


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
