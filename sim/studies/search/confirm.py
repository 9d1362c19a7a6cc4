"""Whether what was found holds: fresh luck, intervals, and what happens when a lever is dropped or weakened.

A set that was the best of many on one luck was in part lucky.  So the shortlist is played on luck that no choice has
seen, the answer is chosen from that, and then played once more, beside its smaller neighbours, on a third.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

from sim.analysis.measures import Estimate, difference
from sim.studies.search.ledger import Ledger, Set, pulled

Verdict = Literal["supported", "not supported", "undecided"]


@dataclass(frozen=True)
class Neighbour:
    """The answer with one lever dropped, or one strength weaker.

    Parameters
    ----------
    lever : str
    levels : tuple of int
        The set.
    share : Estimate
    loss : Estimate
        Share of the answer minus this, on the same luck.
    """

    lever: str
    levels: Set
    share: Estimate
    loss: Estimate


@dataclass(frozen=True)
class Answer:
    """A set on luck that no choice has seen, and its smaller neighbours.

    Parameters
    ----------
    levels : tuple of int
    share : Estimate
    verdict : str
        ``supported`` where the whole interval is at the threshold or above, ``not supported`` where it is below.
    gain : Estimate
        Over doing nothing, on the same luck.
    dropped, weakened : tuple of Neighbour
    """

    levels: Set
    share: Estimate
    verdict: Verdict
    gain: Estimate
    dropped: tuple[Neighbour, ...]
    weakened: tuple[Neighbour, ...]

    def minimal(self, threshold: float) -> Verdict:
        """Whether every lever is needed: dropping any surely falls below the threshold."""
        verdicts = [verdict(one.share, threshold) for one in self.dropped]
        if any(one == "supported" for one in verdicts):
            return "not supported"
        return "supported" if all(one == "not supported" for one in verdicts) else "undecided"


def verdict(share: Estimate, threshold: float) -> Verdict:
    """What an interval says of a threshold.

    >>> verdict(Estimate(.7, .65, .75, 99), .6), verdict(Estimate(.6, .5, .7, 99), .6)
    ('supported', 'undecided')
    """
    if share.low >= threshold:
        return "supported"
    return "not supported" if share.high < threshold else "undecided"


def shortlist(ledger: Ledger, without: Container[Set] = ()) -> list[Set]:
    """The cheapest and the smallest of the sets that seem good enough, and of those that surely are.

    Seeming good enough is a share at the threshold, surely so an interval at it.

    Parameters
    ----------
    without : container of sets
        Those that were listed before.
    """
    search, cost = ledger.board.search, ledger.board.cost
    left = [one for one in ledger.seen if one not in without]
    good = [one for one in left if ledger.estimate(one).value >= search.threshold]
    sure = [one for one in good if ledger.estimate(one).low >= search.threshold]
    share = -(-search.budget.shortlist // 4)
    mixed: list[Set] = []
    for group in (sure, good):
        cheap = sorted(group, key=lambda one: (cost(one), -ledger.estimate(one).value, one))
        small = sorted(group, key=lambda one: (pulled(one), cost(one), -ledger.estimate(one).value, one))
        mixed += [*cheap[:share], *small[:share]]
    return list(dict.fromkeys(mixed))[: search.budget.shortlist]


def neighbours(one: Set, *, drop: bool) -> list[tuple[int, Set]]:
    """Each pulled lever, and the set without it, or one strength weaker where that is something else.

    >>> neighbours((2, 0, 1), drop=False)
    [(0, (1, 0, 1))]
    """
    found = []
    for place, strength in enumerate(one):
        less = 0 if drop else strength - 1
        if strength and (drop or less > 0):
            found.append((place, (*one[:place], less, *one[place + 1 :])))
    return found


def enough(ledger: Ledger, one: Set) -> bool:
    """Whether a set is surely good enough on the luck of a ledger: its whole interval is at the threshold."""
    return ledger.estimate(one).low >= ledger.board.search.threshold


def reduced(fresh: Ledger, one: Set) -> Set:
    """A set that is good enough, without what it does not need, on the luck of the shortlist.

    As long as some smaller neighbour is surely good enough too, the cheapest of these takes its place.
    """
    board = fresh.board
    while True:
        smaller = [other for drop in (True, False) for _, other in neighbours(one, drop=drop)]
        fresh.ask(smaller, board.search.budget.confirm)
        good = [other for other in smaller if enough(fresh, other)]
        if not good:
            return one
        one = min(good, key=lambda other: (board.cost(other), -fresh.estimate(other).value, other))


def chosen(fresh: Ledger, *, by: Literal["cost", "size"]) -> Set | None:
    """The cheapest, or the smallest, of the sets that are surely good enough on fresh luck; None where none is."""
    cost = fresh.board.cost
    good = [one for one in fresh.seen if enough(fresh, one)]
    if by == "cost":
        return min(good, key=lambda one: (cost(one), -fresh.estimate(one).value, one), default=None)
    return min(good, key=lambda one: (pulled(one), cost(one), -fresh.estimate(one).value, one), default=None)


def answered(last: Ledger, one: Set) -> Answer:
    """The set and its smaller neighbours on the third luck."""
    board, none = last.board, (0,) * len(one)
    drops, weaker = neighbours(one, drop=True), neighbours(one, drop=False)
    last.ask([one, none, *(other for _, other in (*drops, *weaker))], board.search.budget.confirm)

    def beside(places: list[tuple[int, Set]]) -> tuple[Neighbour, ...]:
        return tuple(
            Neighbour(board.names[place], other, last.estimate(other), difference(*last.pair(one, other), paired=True))
            for place, other in places
        )

    share = last.estimate(one)
    gain = difference(*last.pair(one, none), paired=True)
    return Answer(one, share, verdict(share, board.search.threshold), gain, beside(drops), beside(weaker))
