"""Breeding sets of levers: populations by NSGA-II, each played side by side."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

from sim.experiment.designs import MissingLibrary
from sim.studies.search.ledger import Board, Ledger, Set

Told = Callable[[str], object]


def first_sets(board: Board) -> list[Set]:
    """Sets that are always tried: nothing, each lever alone, everything, everything but one; all at full strength."""
    most = board.most
    none: Set = (0,) * len(most)
    alone = [tuple(top if place == here else 0 for place, top in enumerate(most)) for here in range(len(most))]
    without = [tuple(0 if place == here else top for place, top in enumerate(most)) for here in range(len(most))]
    return list(dict.fromkeys([none, most, *alone, *without]))


def evolve(ledger: Ledger, seed: int, told: Told | None = None) -> None:
    """Plays generation after generation: low cost and high probability breed, everything stays in the ledger.

    Parameters
    ----------
    ledger : Ledger
        Receives what is played; its search says how much that may be.
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
    study, spaces = _study(board, budget.population, seed)
    for generation, sets in enumerate(_generations(board, study, spaces, budget.population, budget.generations)):
        trials, asked = sets
        ledger.ask(asked, budget.replicates)
        for trial, one in zip(trials, asked, strict=True):
            study.tell(trial, [board.cost(one), ledger.estimate(one).value])
        if told is not None:
            told(f"generation {generation}: {len(ledger.seen):,} sets, {ledger.runs:,} runs")


def _generations(
    board: Board, study: Any, spaces: dict[str, Any], population: int, generations: int
) -> Iterator[tuple[list[Any], list[Set]]]:
    """Trials of each generation with their sets; the first one holds what is always tried."""
    begun = first_sets(board)
    for one in begun:
        study.enqueue_trial(dict(zip(board.names, one, strict=True)))
    for generation in range(generations):
        count = max(population, len(begun)) if generation == 0 else population
        trials = [study.ask(spaces) for _ in range(count)]
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
    return optuna.create_study(directions=["minimize", "maximize"], sampler=sampler), spaces
