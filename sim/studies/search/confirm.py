"""What was chosen on one luck is played on the next: which sets go to the proof, and without what they do not need.

A set that was the best of many on one luck was in part lucky.  Nothing that is chosen here is reported with the numbers
of this luck; the proof is in `answers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sim.analysis.measures import Estimate
from sim.record.intervals import CONFIDENCE
from sim.studies.search.ledger import Ledger
from sim.studies.search.resolve import SURE, contenders, doubled, least
from sim.studies.search.sets import Set, neighbours

Verdict = Literal["supported", "not supported", "undecided"]
By = Literal["cost", "size"]

BY: tuple[By, ...] = ("cost", "size")
"""What an answer is the least of."""


def verdict(share: Estimate, threshold: float) -> Verdict:
    """What an interval says of a threshold.

    >>> verdict(Estimate(.7, .65, .75, 99), .6), verdict(Estimate(.6, .5, .7, 99), .6)
    ('supported', 'undecided')
    """
    if share.low >= threshold:
        return "supported"
    return "not supported" if share.high < threshold else "undecided"


def judged(ledger: Ledger, one: Set, z: float = CONFIDENCE) -> Verdict:
    """What is known of a set on the luck of a ledger, by an interval of so many standard errors."""
    return verdict(ledger.estimate(one, z), ledger.board.search.threshold)


def looks(ledger: Ledger) -> int:
    """How often fresh luck may be looked at: with the runs it begins with, and after each doubling."""
    budget = ledger.board.search.budget
    return 1 + (-(-budget.decide // budget.confirm) - 1).bit_length() if budget.decide > budget.confirm else 1


def shortlist(ledger: Ledger) -> list[Set]:
    """The most useful contenders, and where these are few the most probable others."""
    listed = contenders(ledger)
    others = sorted(ledger.seen, key=lambda one: (-ledger.share(one), ledger.board.cost(one), one))
    return list(dict.fromkeys([*listed, *others]))[: ledger.board.search.budget.shortlist]


def settle(ledger: Ledger, sets: Sequence[Set], z: float = CONFIDENCE) -> None:
    """Doubles the replicates of undecided sets until each is decided or has as many as the budget allows.

    A round costs no more than the shortlist did at first; where it does not reach for all, the first come first.
    """
    budget = ledger.board.search.budget
    ledger.ask(sets, budget.confirm)
    for _ in range(looks(ledger) - 1):
        open_ = [one for one in sets if judged(ledger, one, z) == "undecided"]
        wanted = doubled(ledger, open_, budget.decide, budget.shortlist * budget.confirm)
        if not wanted:
            return
        ledger.fill(wanted)


def reduced(fresh: Ledger, one: Set, by: By) -> Set:
    """A set that is enough, without what it does not need.

    As long as some smaller neighbour is enough too, by the margin that ends a search, the least takes its place.
    """
    while True:
        smaller = [other for drop in (True, False) for _, other in neighbours(one, drop=drop)]
        fresh.ask(smaller, fresh.board.search.budget.confirm)
        good = [other for other in smaller if judged(fresh, other, SURE) == "supported"]
        if not good:
            return one
        one = min(good, key=least(fresh, by))


def safe(fresh: Ledger, by: By) -> list[Set]:
    """Sets to put to the proof until one is enough: a least one that seems safe, and the most probable.

    Safe is what is enough by the margin that ends a search; of these the least is reduced to what it needs.
    """
    order = least(fresh, by)
    sure = [one for one in fresh.seen if judged(fresh, one, SURE) == "supported"]
    first = [reduced(fresh, min(sure, key=order), by)] if sure else []
    most = min(fresh.seen, key=lambda one: (-fresh.share(one), *order(one)))
    return list(dict.fromkeys([*first, most]))


def better(fresh: Ledger, found: Set, by: By) -> list[Set]:
    """Sets that would be a better answer than one that is enough, likeliest first.

    These are less, have a share at the threshold, and none that is still less has as great a share.
    """
    order, rising = least(fresh, by), [fresh.board.search.threshold]
    told: list[Set] = []
    for one in sorted((one for one in fresh.seen if order(one)[:2] < order(found)[:2]), key=order):
        if fresh.share(one) > rising[-1] or (not told and fresh.share(one) == rising[-1]):
            told.append(one)
            rising.append(fresh.share(one))
    return told[::-1]
