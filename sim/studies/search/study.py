"""The search from its file to its study: bred, resolved, confirmed, told."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from sim.analysis.levers_text import as_text
from sim.experiment.points import play_points
from sim.record.manifest import Request, manifest
from sim.record.study import Study
from sim.scenario import Scenario
from sim.scenario.vocabulary.search import Search
from sim.studies.search.confirm import Answer, Neighbour, answered, chosen, reduced, shortlist, verdict
from sim.studies.search.evolve import Told, evolve
from sim.studies.search.ledger import Board, Columns, Flags, Ledger, Play, Set, pulled
from sim.studies.search.loading import Prepared, load_search, prepared
from sim.studies.search.resolve import front, resolve

SHOWN_OF_FRONT = 12
AGAIN = 3
"""How often more sets are listed where none of those before is good enough on fresh luck."""

BY: tuple[Literal["cost", "size"], ...] = ("cost", "size")
"""What an answer is the least of."""


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

    Populations of sets are bred by NSGA-II on cost and probability, all on the same luck; sets that are close to the
    threshold or to one another are played more often; the best are played on fresh luck, reduced to what they need, and
    the answer is played once more, beside itself without each lever, on luck that no choice has seen.

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
    Study of kind ``search`` with the tables ``sets`` (everything that was tried), ``front``, ``shortlist``, ``answers``
    and ``neighbours``.

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
    """Plays the scenario of a search at points; a run that fails stops the search."""
    outcome = ready.search.outcome

    def play(columns: Columns, replicates: int, first: int, seed: int) -> Flags:
        runs = play_points(
            ready.scenario, columns, replicates, seed, first=first, workers=workers, executor=executor,
            outcomes=[outcome], progress=progress,
        )  # fmt: skip
        failed = runs["error"].dropna()
        if len(failed):
            raise RuntimeError(f"{len(failed)} of {len(runs)} runs failed, the first with {failed.iloc[0]}")
        values = runs[outcome]
        came = values.astype(bool) if pd.api.types.is_bool_dtype(values) else values.notna()
        return came.to_numpy(dtype=bool).reshape(-1, replicates)

    return play


@dataclass(frozen=True)
class Found:
    """All that a search has seen: on the luck of the search, on the first fresh luck, on the second."""

    seen: Ledger
    fresh: Ledger
    last: Ledger
    shortlist: list[Set]
    front: list[Set]
    answers: dict[str, Answer]


def seek(asked: Search, play: Play, told: Told | None = None) -> Found:
    """The steps of a search, with whoever plays handed in.

    Parameters
    ----------
    asked : Search
    play : callable
        As `ledger.Play`.
    told : callable, optional
    """
    board = Board(asked)
    seen, fresh, last = (Ledger(board, play, asked.seed + step) for step in range(3))
    evolve(seen, asked.seed, told)
    resolve(seen, told)
    best, listed = _thinned(front(seen)), shortlist(seen)
    fresh.ask([(0,) * len(board.names), *best, *listed], asked.budget.confirm)
    # What was listed on one luck may fail on the next: then the next best are listed, a few times.
    for _ in range(AGAIN):
        more = [] if chosen(fresh, by="cost") else shortlist(seen, without=fresh.seen)
        fresh.ask(more, asked.budget.confirm)
        listed += more
    answers: dict[str, Answer] = {}
    for by in BY:
        one = chosen(fresh, by=by)
        if one is not None:
            answers[by] = answered(last, reduced(fresh, one))
    if told is not None:
        told(f"confirmed; {seen.runs + fresh.runs + last.runs:,} runs in all")
    return Found(seen, fresh, last, listed, best, answers)


def _thinned(best: list[Set]) -> list[Set]:
    """At most a dozen sets of a front, its ends among them."""
    if len(best) <= SHOWN_OF_FRONT:
        return best
    return [best[place] for place in np.linspace(0, len(best) - 1, SHOWN_OF_FRONT).round().astype(int)]


def answer(ready: Prepared, play: Play, told: Told | None = None) -> Study:
    """The study of a search that was checked, with whoever plays handed in."""
    started, clock = datetime.datetime.now(datetime.UTC), time.monotonic()
    asked = ready.search
    found = seek(asked, play, told)
    request = Request(ready.scenario, asked.seed, asked.budget.replicates)
    made = {
        **manifest(request, started, time.monotonic() - clock),
        "asked": {
            "search": asked.model_dump(mode="json", exclude_unset=True),
            "labels": {name: lever.label or name for name, lever in asked.levers.items()},
            "strengths": dict(zip(found.seen.board.names, found.seen.board.most, strict=True)),
            "outcome": asked.outcome, "threshold": asked.threshold, "confirm": asked.budget.confirm,
            "runs": found.seen.runs + found.fresh.runs + found.last.runs, "sets": len(found.seen.seen),
        },
    }  # fmt: skip
    study = Study("search", tables(found), ready.scenario, made)
    return replace(study, text=as_text(study))


def tables(found: Found) -> dict[str, pd.DataFrame]:
    """What was found as tables."""
    board, threshold = found.seen.board, found.seen.board.search.threshold
    front_ = pd.DataFrame([_line(found.fresh, one) for one in found.front])
    # A front on fresh luck may bend back: what the search's own luck made too good is seen there.
    front_["seen"] = [found.seen.estimate(one).value for one in found.front]
    listed = pd.DataFrame([_line(found.fresh, one) for one in found.shortlist])
    listed["seen"] = [found.seen.estimate(one).value for one in found.shortlist]
    listed["verdict"] = [verdict(found.fresh.estimate(one), threshold) for one in found.shortlist]
    answers = [
        {"by": by, **_line(found.last, one.levels), "verdict": one.verdict, "minimal": one.minimal(threshold),
         "gain": one.gain.value, "gain_low": one.gain.low, "gain_high": one.gain.high}
        for by, one in found.answers.items()
    ]  # fmt: skip
    beside = [
        {"by": by, "change": change, "lever": other.lever, **_line(found.last, other.levels),
         "loss": other.loss.value, "loss_low": other.loss.low, "loss_high": other.loss.high,
         "verdict": verdict(other.share, threshold)}
        for by, one in found.answers.items()
        for change, group in (("dropped", one.dropped), ("weakened", one.weakened))
        for other in group
    ]  # fmt: skip
    order = sorted(found.seen.seen, key=lambda one: (board.cost(one), one))
    columns = list(_line(found.seen, order[0]))
    return {
        "sets": pd.DataFrame([_line(found.seen, one) for one in order]), "front": front_, "shortlist": listed,
        "answers": pd.DataFrame(
            answers, columns=["by", *columns, "verdict", "minimal", "gain", "gain_low", "gain_high"]
        ),
        "neighbours": pd.DataFrame(
            beside, columns=["by", "change", "lever", *columns, "loss", "loss_low", "loss_high", "verdict"]
        ),
    }  # fmt: skip


def _line(ledger: Ledger, one: Set) -> dict[str, object]:
    share = ledger.estimate(one)
    return {
        "words": ledger.board.words(one), "cost": ledger.board.cost(one), "levers": pulled(one),
        "share": share.value, "low": share.low, "high": share.high, "n": share.n,
        **{f"lever:{name}": strength for name, strength in zip(ledger.board.names, one, strict=True)},
    }  # fmt: skip


__all__ = ["Answer", "Found", "Neighbour", "answer", "search", "seek"]
