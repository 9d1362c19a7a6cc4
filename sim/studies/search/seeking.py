"""The steps of a search: small sets, bred ones, close ones, confirmation, proof; whoever plays is handed in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.scenario.vocabulary.search import Search
from sim.studies.search.answers import Answer, proved
from sim.studies.search.confirm import BY, By, shortlist
from sim.studies.search.evolve import Told, evolve
from sim.studies.search.growing import grow
from sim.studies.search.ledger import Board, Ledger, Play
from sim.studies.search.resolve import best_of_size, front, resolve
from sim.studies.search.sets import Set, count

SHOWN_OF_FRONT = 12

OF_A_SIZE = 2
"""Sets of each small size that are confirmed, of which the better is shown."""


@dataclass(frozen=True)
class Found:
    """All that a search has seen: on the luck that chooses, on the one that confirms, on those of the proof.

    Parameters
    ----------
    seen, fresh : Ledger
    last : tuple of Ledger
        One for each try; the first also shows the front and the best of each size.
    shortlist, front, sizes : list of sets
    tries : mapping
        Sets that were put to the proof, in turn.
    answers : mapping
        The best of them.
    """

    seen: Ledger
    fresh: Ledger
    last: tuple[Ledger, ...]
    shortlist: list[Set]
    front: list[Set]
    sizes: list[Set]
    tries: dict[By, list[Answer]]
    answers: dict[By, Answer]

    @property
    def ledgers(self) -> tuple[Ledger, ...]:
        """Every luck that was played."""
        return (self.seen, self.fresh, *self.last)

    @property
    def runs(self) -> int:
        """Runs on all luck."""
        return sum(ledger.runs for ledger in self.ledgers)


def seek(asked: Search, play: Play, told: Told | None = None) -> Found:
    """The steps of a search.

    Parameters
    ----------
    asked : Search
    play : callable
        As `ledger.Play`.
    told : callable, optional
        Given a sentence after each step.
    """
    board, budget = Board(asked), asked.budget
    seen, fresh = Ledger(board, play, asked.seed), Ledger(board, play, asked.seed + 1)
    last = tuple(Ledger(board, play, asked.seed + 2 + number) for number in range(budget.tries))
    grow(seen, told)
    evolve(seen, asked.seed, told)
    resolve(seen, budget.most, round_of(asked), told, also_front=True)
    listed = shortlist(seen)
    _confirm(fresh, seen, listed)
    resolve(fresh, budget.decide, budget.shortlist * budget.confirm // 2, told)
    shown, sizes = _thinned(front(fresh)), [one for size in _sizes(seen) for one in best_of_size(fresh, size)]
    last[0].ask([*shown, *sizes], budget.confirm)
    found = {by: proved(fresh, last.__getitem__, by) for by in BY}
    answers, tries = {by: pair[0] for by, pair in found.items()}, {by: pair[1] for by, pair in found.items()}
    whole = Found(seen, fresh, last, listed, shown, sizes, tries, answers)
    if told is not None:
        told(f"proved; {whole.runs:,} runs in all")
    return whole


def foreseen(asked: Search) -> int:
    """Runs of a search whose contenders use up their rounds, for a bar; it may end earlier, and rarely later."""
    board, budget = Board(asked), asked.budget
    small = sum(min(count(board.most, size), budget.every) for size in range(min(budget.sizes, len(board.most)) + 1))
    bred = budget.generations * budget.population // 2
    chosen = (small + bred) * budget.replicates + round_of(asked) * (budget.most // budget.replicates).bit_length()
    fresh = budget.shortlist * budget.confirm
    return chosen + fresh * (4 + (max(budget.decide, budget.confirm) // budget.confirm).bit_length())


def round_of(asked: Search) -> int:
    """What a round among contenders may cost on the luck that chooses, in runs."""
    return max(asked.budget.every, asked.budget.population) * asked.budget.replicates // 3


def _confirm(fresh: Ledger, seen: Ledger, listed: list[Set]) -> None:
    """Plays on fresh luck what was chosen: the shortlist, the front, the best of each small size."""
    sizes = [one for size in _sizes(seen) for one in best_of_size(seen, size, OF_A_SIZE)]
    fresh.ask([*listed, *_thinned(front(seen)), *sizes], fresh.board.search.budget.confirm)


def _sizes(seen: Ledger) -> range:
    """Sizes that were tried one by one."""
    return range(min(seen.board.search.budget.sizes, len(seen.board.most)) + 1)


def _thinned(best: list[Set]) -> list[Set]:
    """At most a dozen sets of a front, its ends among them."""
    if len(best) <= SHOWN_OF_FRONT:
        return best
    return [best[place] for place in np.linspace(0, len(best) - 1, SHOWN_OF_FRONT).round().astype(int)]
