"""Breeding sets of levers: populations by NSGA-II, each played side by side."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

from sim.experiment.designs import MissingLibrary
from sim.studies.search.ledger import Board, Ledger
from sim.studies.search.resolve import best_of_size, front
from sim.studies.search.sets import Set, pulled

Told = Callable[[str], object]


def first_sets(ledger: Ledger, many: int) -> list[Set]:
    """Sets to breed from, so many at most: everything, the front and the best of each size, all but one lever."""
    most = ledger.board.most
    sizes = sorted({pulled(one) for one in ledger.seen})
    best = [one for size in sizes for one in best_of_size(ledger, size)]
    without = [tuple(0 if place == here else top for place, top in enumerate(most)) for here in range(len(most))]
    return list(dict.fromkeys([most, *front(ledger), *best, *without]))[:many]


def evolve(ledger: Ledger, seed: int, told: Told | None = None) -> None:
    """Plays generation after generation: low cost, few levers and high probability breed, the ledger keeps everything.

    Parameters
    ----------
    ledger : Ledger
        Holds what small sets did, and receives what is played; its search says how much that may be.
    seed : int
        Of the breeding, which has nothing to do with the luck of the worlds.
    told : callable, optional
        Given a sentence after each generation.

    Raises
    ------
    MissingLibrary
        optuna is not installed.

    Source: [DebEtAl2002]_, as in [AkibaEtAl2019]_.
    """
    board, budget = ledger.board, ledger.board.search.budget
    if not budget.generations:
        return
    study, spaces = _study(board, budget.population, seed)
    begun = first_sets(ledger, budget.population)
    for generation, sets in enumerate(_generations(board, study, spaces, begun)):
        trials, asked = sets
        ledger.ask(asked, budget.replicates)
        for trial, one in zip(trials, asked, strict=True):
            study.tell(trial, [board.cost(one), pulled(one), ledger.share(one)])
        if told is not None:
            told(f"generation {generation + 1}: {len(ledger.seen):,} sets, {ledger.runs:,} runs")


def _generations(
    board: Board, study: Any, spaces: dict[str, Any], begun: list[Set]
) -> Iterator[tuple[list[Any], list[Set]]]:
    """Trials of each generation with their sets; the first one holds what it begins with."""
    for one in begun:
        study.enqueue_trial(dict(zip(board.names, one, strict=True)))
    for _ in range(board.search.budget.generations):
        trials = [study.ask(spaces) for _ in range(board.search.budget.population)]
        yield trials, [tuple(int(trial.params[name]) for name in board.names) for trial in trials]


def _study(board: Board, population: int, seed: int) -> tuple[Any, dict[str, Any]]:
    try:
        with warnings.catch_warnings():
            # In a notebook without widgets its progress bar, which is not used, would warn.
            warnings.simplefilter("ignore")
            import optuna
    except ImportError:
        raise MissingLibrary("a search needs optuna: pip install 'parley-sim[search]'") from None
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.NSGAIISampler(population_size=population, seed=seed % 2**32)
    spaces = {
        name: optuna.distributions.IntDistribution(0, top) for name, top in zip(board.names, board.most, strict=True)
    }
    return optuna.create_study(directions=["minimize", "minimize", "maximize"], sampler=sampler), spaces
