"""What explains an outcome of runs that were played: sensitivity and scenario discovery as studies.

Nothing is played here; a result of one ensemble is explained by the numbers that were drawn for each run, and a sweep
by what its points set.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.analysis.discovery import discover as discovery
from sim.analysis.points import Points, of_draws
from sim.analysis.sensitivity import analyse
from sim.analysis.sensitivity.analyse import Method
from sim.record.result import Result
from sim.record.study import Study
from sim.scenario.vocabulary import Scenario

OUTCOME = "durable"


def discover(
    source: Result | Points, outcome: str = OUTCOME, seed: int = 1, *, scenario: Scenario | None = None,
    manifest: Mapping[str, Any] | None = None, labels: Mapping[str, str] | None = None,
) -> Study:  # fmt: skip
    """Boxes of settings under which an outcome is frequent, found on some runs and tested on others.

    Parameters
    ----------
    source : Result or Points
        Runs of an ensemble, explained by what was drawn for each; or points of a design.
    outcome : str
        A flag or a number of the table of runs; of a week, ``first_ceasefire?`` is whether it came.
    seed : int
        For the split and for drawing again; nothing is played.
    scenario, manifest
        Where the points come from; a result knows it.
    labels : mapping from factor to str, optional

    Returns
    -------
    Study of kind ``discovery`` with the tables ``trajectory``, ``limits``, ``boxes``, ``points``.

    Raises
    ------
    Unusable
        Said in one sentence: too few points, no such outcome, an outcome that never differs.
    """
    points, scenario, made = _source(source, outcome, scenario, manifest)
    found = discovery.discover(points, seed, labels=labels)
    asked = {"outcome": points.outcome, "labels": dict(labels or {}), "seed": seed}
    return Study(
        "discovery", discovery.tables(found), scenario, {**made, "asked": asked}, discovery.as_text(found)
    )  # fmt: skip


def sensitivity(
    source: Result | Points, outcome: str = OUTCOME, method: Method = "scores", seed: int = 1, *,
    scenario: Scenario | None = None, manifest: Mapping[str, Any] | None = None,
    labels: Mapping[str, str] | None = None, levels: int = 4, second: bool | None = None,
) -> Study:  # fmt: skip
    """Which factors an outcome depends on, with intervals.

    Parameters
    ----------
    source, outcome, seed, scenario, manifest, labels
        As of `discover`.
    method : str
        ``sobol`` or ``morris`` for points of such a design, ``scores`` for any.
    levels, second
        Of the design, as of `sim.analysis.sensitivity.analyse.analyse`.

    Returns
    -------
    Study of kind ``sensitivity`` with the table of the method and ``about``.

    Raises
    ------
    Unusable
        Said in one sentence.
    """
    points, scenario, made = _source(source, outcome, scenario, manifest)
    tables = analyse.analyse(points, method, seed=seed, levels=levels, second=second)
    asked = {"outcome": points.outcome, "method": method, "labels": dict(labels or {}), "seed": seed}
    return Study("sensitivity", tables, scenario, {**made, "asked": asked}, analyse.as_text(tables, labels))


def _source(
    source: Result | Points, outcome: str, scenario: Scenario | None, manifest: Mapping[str, Any] | None
) -> tuple[Points, Scenario, dict[str, Any]]:
    if isinstance(source, Result):
        return of_draws(source.runs, outcome), source.scenario, dict(source.manifest)
    if scenario is None or manifest is None:
        raise ValueError("points do not know where they come from: give their scenario and manifest")
    return source, scenario, dict(manifest)
