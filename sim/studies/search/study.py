"""The search from its file to its study: checked, played, told."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.levers_text import as_text
from sim.experiment.points import play_points
from sim.record.manifest import manifest_of
from sim.record.study import Study
from sim.scenario import Scenario
from sim.scenario.vocabulary.search import Search
from sim.studies.search.answers import width
from sim.studies.search.confirm import looks
from sim.studies.search.evolve import Told
from sim.studies.search.ledger import Came, Columns, Play
from sim.studies.search.loading import Prepared, load_search, prepared
from sim.studies.search.seeking import Found, seek
from sim.studies.search.tables import tables


def search(
    asked: str | Path | Search,
    scenario: Scenario | None = None,
    *,
    workers: int = 1,
    executor: Executor | None = None,
    told: Told | None = None,
    progress: Callable[[int], object] | None = None,
) -> Study:
    """The cheapest and the smallest sets of levers that make an outcome probable enough.

    Every set of one lever and of two is tried, then the most promising of three (the budget says how far), and larger
    ones are bred by NSGA-II on cost, size and probability, all on the same luck; sets that may be the answer are played
    more often; the best are played on fresh luck and reduced to what they need; and the answer is played beside itself
    without each lever on luck that no choice has seen, until its interval decides or the budget is used up.

    Parameters
    ----------
    asked : str, Path or Search
        File, or what was read from one.
    scenario : Scenario, optional
        Needed with a `Search`.
    workers : int, at least 1
    executor : concurrent.futures.Executor, optional
    told : callable, optional
        Given a sentence after each step.
    progress : callable, optional
        Called with the number of runs that were just finished.

    Returns
    -------
    Study of kind ``search`` with the tables ``sets`` (everything that was tried), ``sizes``, ``front``, ``shortlist``,
    ``tries``, ``answers`` and ``neighbours``.

    Raises
    ------
    InputFault
        In the search or its scenario.
    MissingLibrary
        optuna is not installed.
    """
    if isinstance(asked, Search) and scenario is None:
        raise ValueError("a search that was read before needs its scenario")
    ready = load_search(asked) if not isinstance(asked, Search) else prepared(asked, _given(scenario))
    return answer(ready, player(ready, workers, executor, progress), told)


def _given(scenario: Scenario | None) -> Scenario:
    assert scenario is not None  # noqa: S101  `search` has asked
    return scenario


def player(
    ready: Prepared, workers: int = 1, executor: Executor | None = None, progress: Callable[[int], object] | None = None
) -> Play:
    """Plays the scenario of a search at points; a run that fails is left out, and told.

    Raises
    ------
    RuntimeError
        Later, of what is given back: no run of a stretch could be played.
    """
    outcome = ready.search.outcome

    def play(columns: Columns, replicates: int, first: int, seed: int) -> Came:
        runs = play_points(
            ready.scenario, columns, replicates, seed, first=first, workers=workers, executor=executor,
            outcomes=[outcome], progress=progress,
        )  # fmt: skip
        failed = runs["error"].notna().to_numpy(dtype=bool)
        if failed.all():
            raise RuntimeError(f"all of {len(runs)} runs failed, the first with {runs['error'].iloc[0]}")
        values = runs[outcome]
        flag = pd.api.types.is_bool_dtype(values)
        came = values.astype("boolean").fillna(value=False) if flag else values.notna()
        left: Came = came.to_numpy().astype(np.int8)
        left[failed] = -1
        return left.reshape(-1, replicates)

    return play


def answer(ready: Prepared, play: Play, told: Told | None = None) -> Study:
    """The study of a search that was checked, with whoever plays handed in."""
    started, clock = datetime.datetime.now(datetime.UTC), time.monotonic()
    found = seek(ready.search, play, told)
    seconds = time.monotonic() - clock
    settings = [f"{path}={value}" for path, value in ready.search.settings.items()]
    decides = {
        "variants": [], "overrides": settings, "seed": ready.search.seed, "replicates": ready.search.budget.confirm,
        "runs": found.runs, "missing": [],
    }  # fmt: skip
    made = {**manifest_of("search", ready.scenario, decides, started, seconds), "asked": _asked(found)}
    study = Study("search", tables(found), ready.scenario, made)
    return replace(study, text=as_text(study))


def _asked(found: Found) -> dict[str, Any]:
    """The question and how it was put, for the manifest."""
    board = found.seen.board
    asked = board.search
    used = [ledger for ledger in found.last if ledger.runs]
    return {
        "search": asked.model_dump(mode="json", exclude_unset=True),
        "labels": {name: lever.label or name for name, lever in asked.levers.items()},
        "strengths": dict(zip(board.names, board.most, strict=True)),
        "outcome": asked.outcome, "threshold": asked.threshold, "budget": asked.budget.model_dump(mode="json"),
        "runs": found.runs, "sets": len(found.seen.seen), "failed": sum(ledger.failed for ledger in found.ledgers),
        "luck": {"chosen": asked.seed, "confirmed": asked.seed + 1, "proved": [ledger.seed for ledger in used]},
        "looks": looks(found.seen), "width": width(found.seen),
    }  # fmt: skip


__all__ = ["Found", "answer", "player", "search", "seek"]
