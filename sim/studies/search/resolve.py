"""Where noise would decide: sets that may be the answer, or are close to the front, are played more often."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from sim.analysis.measures import difference
from sim.studies.search.ledger import Ledger
from sim.studies.search.sets import Set, layers, pulled

Told = Callable[[str], object]

SURE = 3.0
"""Standard errors by which a set must be above the threshold before it ends the search for dearer, larger ones.

With hundreds of sets some are above it by two in luck alone.
"""

CLOSE = 0.05
"""Share by which a set may lie below the front and still be close to it."""


def least(ledger: Ledger, by: Literal["cost", "size"]) -> Callable[[Set], tuple[float, float, float, Set]]:
    """Order of sets by what an answer is the least of; then by the other, by share, and by strengths."""
    cost = ledger.board.cost

    def key(one: Set) -> tuple[float, float, float, Set]:
        first, second = (cost(one), pulled(one)) if by == "cost" else (pulled(one), cost(one))
        return first, second, -ledger.share(one) if one in ledger.seen else 0.0, one

    return key


def front(ledger: Ledger, sets: Sequence[Set] | None = None) -> list[Set]:
    """Sets that no set of at most their cost beats, by cost; by the shares seen so far.

    Of several with one cost and share the one with fewer levers stays, then the first by strengths.
    """
    order = sorted(
        ledger.seen if sets is None else sets,
        key=lambda one: (ledger.board.cost(one), -ledger.share(one), pulled(one), one),
    )
    best: list[Set] = []
    for one in order:
        if not best or ledger.share(one) > ledger.share(best[-1]):
            best.append(one)
    return best


def best_of_size(ledger: Ledger, size: int, many: int = 1) -> list[Set]:
    """The most probable sets that pull so many levers; of equals the cheaper, then the first by strengths."""
    sets = [one for one in ledger.seen if pulled(one) == size]
    return sorted(sets, key=lambda one: (-ledger.share(one), ledger.board.cost(one), one))[:many]


def contenders(ledger: Ledger) -> list[Set]:
    """Sets that may be the cheapest or the smallest that is enough, most useful first.

    These are not surely below the threshold, and not both dearer and larger than what is surely above it. They stand in
    layers: first those that no other beats on cost, size and share; inside a layer the most probable is first.
    """
    threshold, cost = ledger.board.search.threshold, ledger.board.cost
    sure = [one for one in ledger.seen if ledger.estimate(one, SURE).low >= threshold]
    cheapest = min((cost(one) for one in sure), default=float("inf"))
    smallest = min((pulled(one) for one in sure), default=len(ledger.board.most))
    open_ = [
        one for one in ledger.seen
        if ledger.estimate(one).high >= threshold and (cost(one) <= cheapest or pulled(one) <= smallest)
    ]  # fmt: skip
    if not open_:
        return []
    layer = dict(zip(open_, layers([(cost(one), pulled(one), -ledger.share(one)) for one in open_]), strict=True))
    return sorted(open_, key=lambda one: (layer[one], -ledger.share(one), cost(one), one))


def close_to_the_front(ledger: Ledger) -> list[Set]:
    """The front, and sets that its set of the same or of less cost does not surely beat; nearest to it first."""
    best, cost = front(ledger), ledger.board.cost
    gaps: dict[Set, float] = dict.fromkeys(best, 0.0)
    for one in ledger.seen:
        rival = next((member for member in reversed(best) if cost(member) <= cost(one)), one)
        if rival != one:
            gap = difference(*ledger.pair(rival, one), paired=True)
            if gap.low <= 0 and gap.value < CLOSE:
                gaps[one] = gap.value
    return sorted(gaps, key=lambda one: (gaps[one], cost(one), one))


def resolve(ledger: Ledger, most: int, runs: int, told: Told | None = None, *, also_front: bool = False) -> None:
    """Doubles the replicates of contenders in rounds of like cost, until none is open or each has the most.

    A round doubles those that are most useful by then. There are two rounds more than doublings at most.

    Parameters
    ----------
    most : int
        Replicates at which a set is left alone.
    runs : int
        What a round may cost.
    also_front : bool
        Whether a quarter as much again is spent on what is close to the front.

    Source: [KarninKorenSomekh2013]_, for rounds of like cost among ever fewer.
    """
    start = min((came.size for came in ledger.seen.values()), default=most)
    for _ in range(1 + max(most // max(start, 1), 1).bit_length()):
        open_ = [one for one in contenders(ledger) if ledger.estimate(one, SURE).low < ledger.board.search.threshold]
        wanted = doubled(ledger, open_, most, runs)
        if also_front:
            wanted |= doubled(ledger, close_to_the_front(ledger), most, runs // 4)
        if not wanted:
            return
        ledger.fill(wanted)
        if told is not None:
            told(f"{len(wanted)} close sets played more often; {ledger.runs:,} runs")


def doubled(ledger: Ledger, sets: Sequence[Set], most: int, runs: int) -> dict[Set, int]:
    """Twice the replicates for as many of the sets, from the first on, as so many runs allow; for one at least."""
    wanted: dict[Set, int] = {}
    for one in sets:
        have = ledger.played(one)
        if have < most and (not wanted or runs > 0):
            wanted[one] = min(2 * have, most)
            runs -= wanted[one] - have
    return wanted
