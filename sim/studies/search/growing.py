"""Small sets first: all of one lever, all of two, and of larger ones the most promising, size by size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.studies.search.ledger import Ledger
from sim.studies.search.sets import Set, count, larger, layers, neighbours, of_size, pulled

Told = Callable[[str], object]

WEIGHED = 2048
"""Sets of one size, the most hopeful, among which cost is weighed against hope."""


def grow(ledger: Ledger, told: Told | None = None) -> None:
    """Plays nothing, then every set of each size, or the most promising where the budget does not reach for all."""
    board, budget = ledger.board, ledger.board.search.budget
    ledger.ask([(0,) * len(board.most)], budget.replicates)
    for size in range(1, min(budget.sizes, len(board.most)) + 1):
        whole = count(board.most, size)
        sets = list(of_size(board.most, size)) if whole <= budget.every else promising(ledger, size, budget.every)
        ledger.ask(sets, budget.replicates)
        if told is not None:
            told(f"{len(sets):,} of {whole:,} sets of {size} played; {ledger.runs:,} runs")


def promising(ledger: Ledger, size: int, many: int) -> list[Set]:
    """Sets of a size of which those with one lever less did well, so many of them.

    The hope of a set is the mean share of the sets in the ledger that pull one lever less, which orders sets rightly
    where levers add up, and sees a pair that only works together from both sides. One half are the most hopeful; the
    other are those of which none cheaper is as hopeful, layer by layer.
    """
    parents = [one for one in ledger.seen if pulled(one) == size - 1]
    children = dict.fromkeys(child for parent in parents for child in larger(parent, ledger.board.most))
    hope = {child: _hope(ledger, child) for child in children}
    hopeful = sorted(children, key=lambda child: (-hope[child], ledger.board.cost(child), child))[:WEIGHED]
    layer = layers([(ledger.board.cost(child), -hope[child]) for child in hopeful])
    cheap = [hopeful[place] for place in np.argsort(layer, kind="stable")]
    chosen = dict.fromkeys(hopeful[: many // 2])
    for child in cheap:
        if len(chosen) >= many:
            break
        chosen.setdefault(child)
    return list(chosen)


def _hope(ledger: Ledger, child: Set) -> float:
    return float(np.mean([ledger.share(one) for _, one in neighbours(child, drop=True) if one in ledger.seen]))
