"""The proof: a set on luck that no choice has seen, played until it is decided, and its smaller neighbours beside it.

A set that fails gives place to the next, on luck of its own.  The intervals allow for every answer, try and look that
there may be, so that a set below the threshold is called enough in one search of twenty at most (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from scipy.stats import norm

from sim.analysis.measures import Estimate, difference
from sim.studies.search.confirm import BY, By, Verdict, candidates, judged, looks, reduced, settle, verdict
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
    """A set played on the luck of a ledger until it is decided; where it is enough, its smaller neighbours too."""
    z, none = width(last), (0,) * len(one)
    settle(last, [one], z)
    last.ask([none], last.played(one))
    gain = difference(*last.pair(one, none), paired=True)
    told = Answer(one, last.seed, last.estimate(one, z), judged(last, one, z), gain)
    return beside(last, told) if told.verdict == "supported" else told


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


def tried(fresh: Ledger, luck: Callable[[int], Ledger], by: By) -> list[Answer]:
    """Sets put to the proof one after another, each on luck of its own, until one is enough and needs all of itself.

    A set that is enough is followed by the least of its neighbours that seemed enough beside it, if there is one; one
    that is not, by the next candidate.

    Parameters
    ----------
    fresh : Ledger
        Where they are chosen.
    luck : callable
        The ledger of a try, counted from 0.
    """
    waiting = candidates(fresh, by)
    threshold, tries = fresh.board.search.threshold, fresh.board.search.budget.tries
    told: list[Answer] = []
    while waiting and len(told) < tries:
        one = waiting.pop(0)
        if judged(fresh, one) == "supported":
            one = reduced(fresh, one, by)
        if any(answer.levels == one for answer in told):
            continue
        told.append(answered(luck(len(told)), one))
        if told[-1].verdict == "supported":
            near = (*told[-1].dropped, *told[-1].weakened)
            less = [other.levels for other in near if verdict(other.share, threshold) == "supported"]
            waiting = [min(less, key=least(fresh, by))] if less else []
        elif any(answer.verdict == "supported" for answer in told):
            break
    return told


def best(fresh: Ledger, luck: Callable[[int], Ledger], told: list[Answer], by: By) -> Answer:
    """The answer of several tries: the least that is enough, else the most probable undecided one, else of all.

    One that is undecided gets its neighbours here.
    """
    enough = [answer for answer in told if answer.verdict == "supported"]
    if enough:
        return min(enough, key=lambda answer: least(fresh, by)(answer.levels)[:2])
    open_ = [answer for answer in told if answer.verdict == "undecided"]
    one = max(open_ or told, key=lambda answer: answer.share.value)
    return beside(luck(told.index(one)), one) if open_ else one
