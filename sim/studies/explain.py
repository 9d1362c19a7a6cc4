"""What explains an outcome of runs that were played: sensitivity and scenario discovery as studies.

Nothing is played here; a result of one ensemble is explained by the numbers that were drawn for each run, and a sweep
by what its points set.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.analysis.discovery import discover as discovery
from sim.analysis.points import Points, Unusable, of_draws, of_sweep
from sim.analysis.sensitivity import analyse
from sim.analysis.sensitivity.analyse import Method
from sim.record.result import Result
from sim.record.study import Study
from sim.record.sweep import SweepResult
from sim.scenario.experiments import dump_experiment
from sim.scenario.faults import hint
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.experiment import BASELINE, Morris, OneAtATime, Sobol

Source = Result | SweepResult | Points

OUTCOME = "durable"


def discover(
    source: Source, outcome: str = OUTCOME, seed: int = 1, *, variant: str | None = None,
    labels: Mapping[str, str] | None = None, scenario: Scenario | None = None,
    manifest: Mapping[str, Any] | None = None,
) -> Study:  # fmt: skip
    """Boxes of settings under which an outcome is frequent, found on some runs and tested on others.

    Parameters
    ----------
    source : Result, SweepResult or Points
        Runs of an ensemble, explained by what was drawn for each; a sweep, by what its points set; or any points.
    outcome : str
        Something that has yes and no: a flag of the table of runs, or a question about another column, as
        ``first_ceasefire?`` (whether it came), ``weeks_at_war<52``, ``end=ceasefire``.
    seed : int
        For the split and for drawing again; nothing is played.
    variant : str, optional
        Of a sweep; without it, the first that it was played under.
    labels : mapping from factor to str, optional
        What to print for factors, over the labels of a sweep's experiment.
    scenario, manifest
        Where bare points come from; results know it.

    Returns
    -------
    Study of kind ``discovery`` with the tables ``trajectory``, ``limits``, ``boxes``, ``points``.

    Raises
    ------
    Unusable
        Said in one sentence: too few points, no such outcome or variant, an outcome that never differs.
    """
    read = _read(source, outcome, variant, labels, scenario, manifest)
    found = discovery.discover(read.points, seed, labels=read.labels)
    asked = {**read.asked, "seed": seed, "left_out": found.left_out}
    text = "\n".join([read.head, discovery.as_text(found)])
    return Study("discovery", discovery.tables(found), read.scenario, {**read.manifest, "asked": asked}, text)


def sensitivity(
    source: Source, outcome: str = OUTCOME, method: Method | None = None, seed: int = 1, *, variant: str | None = None,
    labels: Mapping[str, str] | None = None, scenario: Scenario | None = None,
    manifest: Mapping[str, Any] | None = None, levels: int = 4, second: bool | None = None,
) -> Study:  # fmt: skip
    """Which factors an outcome depends on, with intervals.

    Parameters
    ----------
    source, seed, variant, labels, scenario, manifest
        As of `discover`.
    outcome : str
        As of `discover`, or a number of the table of runs.
    method : str, optional
        ``sobol``, ``morris`` or ``contrasts`` (one factor at a time) for points of such a design, ``scores`` for any;
        without it, that of a sweep's design.
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
    read = _read(source, outcome, variant, labels, scenario, manifest)
    own, options = design_of(source)
    chosen = method or own
    _refuse_other(source, chosen, own)
    if chosen != own or not options:
        options = {"levels": levels, "second": second}
    tables = analyse.analyse(read.points, chosen, seed=seed, **options)
    left_out = str(tables["about"]["left_out"].iloc[0])
    asked = {**read.asked, "method": chosen, "options": options, "seed": seed, "left_out": left_out}
    text = "\n".join([read.head, analyse.as_text(tables, read.labels)])
    return Study("sensitivity", tables, read.scenario, {**read.manifest, "asked": asked}, text)


@dataclass(frozen=True)
class _Read:
    """Points with where they come from: scenario, manifest of the study, what was asked, a line that says it."""

    points: Points
    scenario: Scenario
    manifest: dict[str, Any]
    labels: dict[str, str]
    variant: str | None = None
    beside: tuple[str, ...] = ()

    @property
    def asked(self) -> dict[str, Any]:
        """What the question was, as far as it is of the points."""
        return {"outcome": self.points.outcome, "labels": self.labels, "variant": self.variant}

    @property
    def head(self) -> str:
        """One line: scenario, what was laid over it, seed, and variants that were not looked at."""
        made = self.manifest
        laid = [*made["variants"], *made["overrides"]]
        under = f" with {', '.join(laid)}" if laid else ", as its file says"
        other = f"; not looked at: {', '.join(self.beside)} (--variant)" if self.beside else ""
        return f"{self.scenario.name}{under}; {made['replicates']:,} replicates, seed {made['seed']}{other}"


def _read(
    source: Source, outcome: str, variant: str | None, labels: Mapping[str, str] | None, scenario: Scenario | None,
    manifest: Mapping[str, Any] | None,
) -> _Read:  # fmt: skip
    """Points with their scenario and a manifest that names the tables which were read."""
    own: dict[str, str] = {}
    beside: tuple[str, ...] = ()
    if isinstance(source, SweepResult):
        variant = variant or source.experiment.variants[0]
        points, known, made = of_sweep(source, outcome, variant), source.scenario, _of_sweep(source, variant)
        own = {path: factor.label for path, factor in source.experiment.factors.items() if factor.label}
        beside = tuple(one for one in source.experiment.variants if one != variant)
    elif variant is not None:
        raise Unusable(f"only a sweep holds variants to choose from; these runs were played without {variant}")
    elif isinstance(source, Result):
        points, known, made = of_draws(source.runs, outcome), source.scenario, dict(source.manifest)
    elif scenario is None or manifest is None:
        raise ValueError("points do not know where they come from: give their scenario and manifest")
    else:
        points, known, made = source, scenario, dict(manifest)
    for name in labels or {}:
        if name not in points.names:
            raise Unusable(f"no factor {name} to be labelled{hint(name, points.names, plural='factors are')}")
    made["of"] = {**made.get("of", {}), "kind": made.pop("kind", None), "files": made.pop("files", {})}
    return _Read(points, known, made, {**own, **(labels or {})}, variant, beside)


def _of_sweep(source: SweepResult, variant: str) -> dict[str, Any]:
    """Manifest of a sweep as that of one of its variants: what was laid over the scenario, and what was asked."""
    made, experiment = dict(source.manifest), source.experiment
    settings = [f"{path}={json.dumps(value, default=str)}" for path, value in experiment.settings.items()]
    request = made["request"]
    return made | {
        "seed": request["seed"], "replicates": request["replicates"], "overrides": settings,
        "variants": [] if variant == BASELINE else [variant], "of": {"experiment": dump_experiment(experiment)},
    }  # fmt: skip


def _refuse_other(source: Source, chosen: str, own: str) -> None:
    """Refuses indices of rows that were not laid out for them: the arithmetic would run and mean nothing."""
    if chosen in (own, "scores") or chosen not in analyse.METHODS or isinstance(source, Points):
        return
    made = f"a {source.experiment.design.kind} design" if isinstance(source, SweepResult) else "draws and not a design"
    allowed = " and ".join(dict.fromkeys([own, "scores"]))
    raise Unusable(f"{chosen} needs rows laid out for it, and these are of {made}: {allowed} can be had")


def design_of(source: Source) -> tuple[Method, dict[str, Any]]:
    """The analysis for which the design of a sweep was made, with its arguments; scores for all else."""
    design = source.experiment.design if isinstance(source, SweepResult) else None
    if isinstance(design, Sobol):
        return "sobol", {"second": design.second_order}
    if isinstance(design, Morris):
        return "morris", {"levels": design.levels}
    return ("contrasts" if isinstance(design, OneAtATime) else "scores"), {}
