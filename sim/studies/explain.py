"""What explains an outcome of runs that were played: sensitivity and scenario discovery as studies.

Nothing is played here; a result of one ensemble is explained by the numbers that were drawn for each run, and a sweep
by what its points set.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.analysis.discovery import discover as discovery
from sim.analysis.points import Points, of_draws, of_sweep
from sim.analysis.sensitivity import analyse
from sim.analysis.sensitivity.analyse import Method
from sim.record.result import Result
from sim.record.study import Study
from sim.record.sweep import SweepResult
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.experiment import Morris, Sobol

Source = Result | SweepResult | Points

OUTCOME = "durable"


def discover(
    source: Source, outcome: str = OUTCOME, seed: int = 1, *, scenario: Scenario | None = None,
    manifest: Mapping[str, Any] | None = None, labels: Mapping[str, str] | None = None,
) -> Study:  # fmt: skip
    """Boxes of settings under which an outcome is frequent, found on some runs and tested on others.

    Parameters
    ----------
    source : Result, SweepResult or Points
        Runs of an ensemble, explained by what was drawn for each; a sweep, by what its points set; or any points.
    outcome : str
        A flag or a number of the table of runs; of a week, ``first_ceasefire?`` is whether it came.
    seed : int
        For the split and for drawing again; nothing is played.
    scenario, manifest
        Where bare points come from; results know it.
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
    source: Source, outcome: str = OUTCOME, method: Method | None = None, seed: int = 1, *,
    scenario: Scenario | None = None, manifest: Mapping[str, Any] | None = None,
    labels: Mapping[str, str] | None = None, levels: int = 4, second: bool | None = None,
) -> Study:  # fmt: skip
    """Which factors an outcome depends on, with intervals.

    Parameters
    ----------
    source, outcome, seed, scenario, manifest, labels
        As of `discover`.
    method : str, optional
        ``sobol`` or ``morris`` for points of such a design, ``scores`` for any; without it, that of a sweep's design.
    levels, second
        Of a design that is not a sweep's, as of `sim.analysis.sensitivity.analyse.analyse`.

    Returns
    -------
    Study of kind ``sensitivity`` with the table of the method and ``about``.

    Raises
    ------
    Unusable
        Said in one sentence.
    """
    points, scenario, made = _source(source, outcome, scenario, manifest)
    own, options = design_of(source)
    chosen = method or own
    if chosen != own or not options:
        options = {"levels": levels, "second": second}
    tables = analyse.analyse(points, chosen, seed=seed, **options)
    asked = {"outcome": points.outcome, "method": chosen, "labels": dict(labels or {}), "seed": seed}
    return Study("sensitivity", tables, scenario, {**made, "asked": asked}, analyse.as_text(tables, labels))


def _source(
    source: Source, outcome: str, scenario: Scenario | None, manifest: Mapping[str, Any] | None
) -> tuple[Points, Scenario, dict[str, Any]]:
    """Points with their scenario and a manifest that names the tables which were read."""
    if isinstance(source, Result):
        points, known, made = of_draws(source.runs, outcome), source.scenario, dict(source.manifest)
    elif isinstance(source, SweepResult):
        points, known, made = of_sweep(source, outcome), source.scenario, dict(source.manifest)
        request = made["request"]
        made |= {"seed": request["seed"], "replicates": request["replicates"], "variants": [], "overrides": []}
    elif scenario is None or manifest is None:
        raise ValueError("points do not know where they come from: give their scenario and manifest")
    else:
        points, known, made = source, scenario, dict(manifest)
    made["of"] = {"kind": made.pop("kind", None), "files": made.pop("files", {})}
    return points, known, made


def design_of(source: Source) -> tuple[Method, dict[str, Any]]:
    """The analysis for which the design of a sweep was made, with its arguments; scores for all else."""
    design = source.experiment.design if isinstance(source, SweepResult) else None
    if isinstance(design, Sobol):
        return "sobol", {"second": design.second_order}
    if isinstance(design, Morris):
        return "morris", {"levels": design.levels}
    return "scores", {}
