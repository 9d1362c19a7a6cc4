"""Where noise would decide: sets that are close to the threshold or to one another are played more often."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.analysis.measures import difference
from sim.studies.search.ledger import Ledger, Set, pulled

WIDEST = 48
"""Sets that get more replicates in one round."""


def front(ledger: Ledger, sets: Sequence[Set] | None = None) -> list[Set]:
    """Sets that no set of at most their cost beats, by cost; by the shares seen so far.

    Of several with one cost and share the one with fewer levers stays, then the first by strengths.
    """
    order = sorted(
        ledger.seen if sets is None else sets,
        key=lambda one: (ledger.board.cost(one), -ledger.estimate(one).value, pulled(one), one),
    )
    best: list[Set] = []
    for one in order:
        if not best or ledger.estimate(one).value > ledger.estimate(best[-1]).value:
            best.append(one)
    return best


def contenders(ledger: Ledger) -> list[Set]:
    """Sets about which more must be known: nearest to the threshold first.

    These are sets whose interval holds the threshold and that are no dearer than the cheapest that is surely above
    it, and sets that the front's set of the same or of less cost does not surely beat.
    """
    threshold, cost = ledger.board.search.threshold, ledger.board.cost
    estimates = {one: ledger.estimate(one) for one in ledger.seen}
    sure = [cost(one) for one, found in estimates.items() if found.low >= threshold]
    limit = min(sure, default=float("inf"))
    open_ = {one for one, found in estimates.items() if found.low < threshold <= found.high and cost(one) <= limit}
    for one in _close_to_the_front(ledger):
        open_.add(one)
    return sorted(open_, key=lambda one: (abs(estimates[one].value - threshold), cost(one), one))


def _close_to_the_front(ledger: Ledger) -> list[Set]:
    best, cost = front(ledger), ledger.board.cost
    close = []
    for one in ledger.seen:
        rival = next((member for member in reversed(best) if cost(member) <= cost(one)), None)
        if rival is None or rival == one:
            continue
        gap = difference(*ledger.pair(rival, one), paired=True)
        if gap.low <= 0 and gap.value < 0.05:
            close += [one, rival]
    return list(dict.fromkeys(close))


def resolve(ledger: Ledger, told: Callable[[str], object] | None = None) -> None:
    """Doubles the replicates of contenders until none is left or each has as many as the budget allows."""
    budget = ledger.board.search.budget
    size = budget.replicates
    while size < budget.most:
        size = min(2 * size, budget.most)
        short = [one for one in contenders(ledger) if ledger.seen[one].size < size][:WIDEST]
        ledger.ask(short, size)
        if told is not None and short:
            told(f"{len(short)} close sets played {size:,} times; {ledger.runs:,} runs")
