"""The proof: a set on luck that no choice has seen, played until it is decided, and its smaller neighbours beside it.

A set that fails gives place to the next, on luck of its own.  The intervals allow for every answer, try and look that
there may be, so that a set below the threshold is called enough in one search of twenty at most (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scipy.stats import norm

from sim.analysis.measures import Estimate, difference
from sim.studies.search.confirm import BY, By, Verdict, better, judged, looks, safe, settle, verdict
from sim.studies.search.ledger import Ledger
from sim.studies.search.resolve import least
from sim.studies.search.sets import Set, neighbours

ERROR = 0.05
"""Probability that a search calls any set enough that is not."""


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
    seed : int
        Of the luck.
    share : Estimate
        With the interval that decides, which allows for all answers, tries and looks.
    verdict : str
        ``supported`` where the whole interval is at the threshold or above, ``not supported`` where it is below.
    gain : Estimate
        Over doing nothing, on the same luck.
    dropped, weakened : tuple of Neighbour
        None where the set is surely not enough.
    """

    levels: Set
    seed: int
    share: Estimate
    verdict: Verdict
    gain: Estimate
    dropped: tuple[Neighbour, ...] = ()
    weakened: tuple[Neighbour, ...] = ()

    def minimal(self, threshold: float) -> Verdict:
        """Whether all of it is needed: with any lever dropped or weakened it surely falls below the threshold."""
        verdicts = [verdict(one.share, threshold) for one in (*self.dropped, *self.weakened)]
        if any(one == "supported" for one in verdicts):
            return "not supported"
        return "supported" if all(one == "not supported" for one in verdicts) else "undecided"


def width(ledger: Ledger) -> float:
    """Standard errors of an interval that allows for every answer, try and look of a search."""
    chances = len(BY) * ledger.board.search.budget.tries * looks(ledger)
    return float(norm.isf(ERROR / 2 / chances))


def answered(last: Ledger, one: Set) -> Answer:
    """A set played on the luck of a ledger until it is decided."""
    z, none = width(last), (0,) * len(one)
    settle(last, [one], z)
    last.ask([none], last.played(one))
    gain = difference(*last.pair(one, none), paired=True)
    return Answer(one, last.seed, last.estimate(one, z), judged(last, one, z), gain)


def beside(last: Ledger, told: Answer) -> Answer:
    """An answer with its smaller neighbours, played on its luck until they are decided."""
    z, one = width(last), told.levels
    groups = [neighbours(one, drop=drop) for drop in (True, False)]
    settle(last, [other for group in groups for _, other in group], z)

    def near(place: int, other: Set) -> Neighbour:
        loss = difference(*last.pair(one, other), paired=True)
        return Neighbour(last.board.names[place], other, last.estimate(other, z), loss)

    dropped, weakened = (tuple(near(*pair) for pair in group) for group in groups)
    return replace(told, dropped=dropped, weakened=weakened)


def proved(fresh: Ledger, luck: Callable[[int], Ledger], by: By) -> tuple[Answer, list[Answer]]:
    """The answer, and every set that was put to the proof for it, each on luck of its own.

    A safe set comes first.  Where it is enough, others follow that would be a better answer, and at last what remains
    is played beside its smaller neighbours; while one of these seems enough too, it goes to the proof.

    Parameters
    ----------
    fresh : Ledger
        Where sets are chosen.
    luck : callable
        The ledger of a try, counted from 0.
    """
    tries = fresh.board.search.budget.tries
    told: list[Answer] = []

    def attempt(one: Set) -> bool:
        """Whether a set that was not tried before is enough."""
        if len(told) < tries and all(one != answer.levels for answer in told):
            told.append(answered(luck(len(told)), one))
            return told[-1].verdict == "supported"
        return False

    enough = any(attempt(one) for one in safe(fresh, by))
    # One try is left for a smaller neighbour.
    if enough:
        any(attempt(one) for one in better(fresh, told[-1].levels, by)[: tries - 1 - len(told)])
    while True:
        number = told.index(best(told))
        if told[number].verdict == "not supported":
            return told[number], told
        told[number] = beside(luck(number), told[number])
        less = _enough_beside(told[number], fresh.board.search.threshold)
        if not enough or not less or not attempt(min(less, key=least(fresh, by))):
            return told[number], told


def _enough_beside(answer: Answer, threshold: float) -> list[Set]:
    near = (*answer.dropped, *answer.weakened)
    return [one.levels for one in near if verdict(one.share, threshold) == "supported"]


def best(told: Sequence[Answer]) -> Answer:
    """Of several tries the least that is enough, else the most probable undecided one, else of all.

    The least of those that are enough is the last of them, as each was tried only because it is less.
    """
    enough = [answer for answer in told if answer.verdict == "supported"]
    if enough:
        return enough[-1]
    open_ = [answer for answer in told if answer.verdict == "undecided"]
    return max(open_ or told, key=lambda answer: answer.share.value)
