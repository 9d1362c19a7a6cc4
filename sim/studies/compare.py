"""Variants against a baseline on the same luck: plays each once and lays the runs side by side."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace

import pandas as pd

from sim.analysis.contrasts import contrasts, curves, endings
from sim.analysis.contrasts_text import as_text
from sim.experiment.execution import Failure, RunsFailed, run
from sim.record.columns import DRAW
from sim.record.manifest import Request, manifest
from sim.record.study import Study
from sim.scenario import Fault, InputFault, Scenario, vary
from sim.scenario.faults import hint
from sim.scenario.writing import dump

BASELINE = "baseline"
"""Name of the scenario itself among its variants."""

JOIN = "+"
"""Between variants that are laid over one another: ``aid_cut+no_mediator``."""

Progress = Callable[[int], object]


def compare(
    scenario: Scenario,
    variants: Sequence[str],
    replicates: int = 200,
    seed: int = 1,
    *,
    overrides: Sequence[str] = (),
    workers: int = 1,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Study:
    """Variants of a scenario against its first named one, replicate by replicate on the same luck.

    Parameters
    ----------
    scenario : Scenario
    variants : sequence of str
        Two or more, the first being that to which the others are compared; ``baseline`` is the scenario itself, and
        ``a+b`` both variants, the second laid over the first.
    replicates, seed, overrides, workers, progress, executor
        As of `sim.run`, for each variant; the settings are laid over every one.

    Returns
    -------
    Study of kind ``comparison`` with the tables ``contrasts``, ``curves``, ``endings`` (see `sim.analysis.contrasts`)
    and ``runs``: the outcomes of every run, by variant.  A replicate that failed under one variant is left out of all,
    which text and manifest tell (``failed``, ``left_out``).

    Raises
    ------
    InputFault
        A variant is unknown or named twice, or fewer than two are named; or in the settings.
    RunsFailed
        Under one variant no run could be played, or no replicate under all of them.
    """
    parts = _parts(scenario, variants)
    started, clock = datetime.datetime.now(datetime.UTC), time.monotonic()
    worlds = {name: vary(scenario, variants=laid, overrides=overrides) if laid or overrides else scenario
              for name, laid in parts.items()}  # fmt: skip
    _same_calendar(worlds)
    played = {name: _played(world, replicates, seed, workers, progress, executor) for name, world in worlds.items()}
    runs = _paired(played)
    first = next(iter(worlds))
    weeks = worlds[first].calendar.weeks
    tables = {
        "contrasts": contrasts(runs, weeks, seed), "curves": curves(runs, weeks),
        "endings": endings(runs, weeks), "runs": _joined(runs),
    }  # fmt: skip
    request = Request(worlds[first], seed, replicates, parts[first], overrides)
    made = {
        **manifest(request, started, time.monotonic() - clock), "asked": {"variants": list(parts)},
        "failed": [f"Under {name} failed {one}" for name, (_, few) in played.items() for one in few],
        "left_out": sorted({*range(replicates)} - {*runs[first]["replicate"]}),
    }  # fmt: skip
    if worlds[first] is not scenario:
        made["written"] = dump(scenario)
    study = Study("comparison", tables, worlds[first], made)
    return replace(study, text=as_text(study))


def _played(
    world: Scenario, replicates: int, seed: int, workers: int, progress: Progress | None, executor: Executor | None
) -> tuple[pd.DataFrame, Sequence[Failure]]:
    """Runs of one variant, and what of them failed."""
    try:
        return run(world, replicates, seed, workers=workers, progress=progress, executor=executor).runs, ()
    except RunsFailed as failed:
        if failed.partial is None:
            raise
        return failed.partial.runs, failed.failures


def _paired(played: dict[str, tuple[pd.DataFrame, Sequence[Failure]]]) -> dict[str, pd.DataFrame]:
    """Of each variant the replicates that could be played under every one."""
    runs = {name: table for name, (table, _) in played.items()}
    shared = sorted(set.intersection(*({*table["replicate"].tolist()} for table in runs.values())))
    if not shared:
        raise RunsFailed([one for _, few in played.values() for one in few], None)
    return {
        name: table if len(table) == len(shared) else table[table["replicate"].isin(shared)].reset_index(drop=True)
        for name, table in runs.items()
    }


def _parts(scenario: Scenario, variants: Sequence[str]) -> dict[str, list[str]]:
    """Variants that are laid over the scenario for each name; every fault at once."""
    known = [BASELINE, *scenario.variants]
    faults = [
        Fault(f"variant {part}", f"no such variant{hint(part, known, plural='variants are')}")
        for name in variants for part in name.split(JOIN) if part not in known
    ]  # fmt: skip
    faults += [
        Fault(f"variant {name}", "named twice; once is allowed")
        for place, name in enumerate(variants) if name in variants[:place]
    ]  # fmt: skip
    if len(variants) < 2:
        faults.append(Fault("variants", f"two or more are allowed, found {len(variants)}"))
    if faults:
        raise InputFault(scenario.name, faults)
    return {name: [part for part in name.split(JOIN) if part != BASELINE] for name in variants}


def _same_calendar(worlds: dict[str, Scenario]) -> None:
    """Refuses variants of another calendar: their weeks could not be paired."""
    (first, base), *rest = worlds.items()
    faults = [
        Fault(f"variant {name}", f"its calendar is not that of {first}, so their weeks cannot be compared")
        for name, world in rest if world.calendar != base.calendar
    ]  # fmt: skip
    if faults:
        raise InputFault(base.name, faults)


def _joined(runs: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Outcomes of all variants below one another; drawn parameters stay with results."""
    tables = []
    for name, table in runs.items():
        kept = table[[column for column in table.columns if not column.startswith(DRAW)]]
        tables.append(kept.assign(variant=name, end=kept["end"].astype(str)))
    joined = pd.concat(tables, ignore_index=True)
    return joined[["variant", *(column for column in joined.columns if column != "variant")]]
