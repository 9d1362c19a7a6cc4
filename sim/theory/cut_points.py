"""How well one dimension tells votes apart: the best two cut points, and the cut points that a tally implies."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from sim.theory.arrays import Array
from sim.theory.voting import ABSTAIN, NO, YES, Votes


def classified(points: Array, votes: Votes, *, abstention: bool = True) -> tuple[int, int, int]:
    """Votes of one roll call that two cut points on one dimension tell right, at best.

    Below the first cut all vote one way, above the second the other way, between them all abstain; which way is which
    is free, and states at one point fall on one side of a cut.

    Parameters
    ----------
    points : Array, (states,)
        Positions; a state without one (NaN) is left out.
    votes : int8 array, (states,)
        Outcome codes; those absent are left out.
    abstention : bool
        Whether abstentions count; without them there is one cut.

    Returns
    -------
    right, modal, cast : int
        Told right; votes of the commonest kind, which no dimension is needed to tell; all votes.

    Source: [PooleRosenthal1985]_ (Poole and Rosenthal, 1985), one dimension and cut points.

    >>> classified(np.array([-1.0, 0.0, 1.0, 2.0]), np.array([1, 2, 0, 0], dtype=np.int8))
    (4, 2, 4)
    """
    kinds = (YES, NO, ABSTAIN) if abstention else (YES, NO)
    counted = np.isin(votes, kinds) & np.isfinite(points)
    order = np.argsort(points[counted], kind="stable")
    chosen, places = votes[counted][order], points[counted][order]
    # A cut may stand before the first state of a point, or after the last state of all.
    open_ = np.append(np.append(True, np.diff(places) > 0.0)[: len(places)], True)
    before = {kind: np.append(0, np.cumsum(chosen == kind)) for kind in (YES, NO, ABSTAIN)}
    right = max((_best(before, low, high, open_) for low, high in ((NO, YES), (YES, NO))), default=0)
    modal = max(int(before[kind][-1]) for kind in kinds)
    return right, modal, len(chosen)


def _best(before: dict[int, Array], low: int, high: int, open_: Array) -> int:
    """Most votes told right with `low` voting below the first cut and `high` above the second."""
    below = np.where(open_, before[low] - before[ABSTAIN], -np.inf)
    above = np.where(open_, before[ABSTAIN] + before[high][-1] - before[high], -np.inf)
    return int(np.max(np.maximum.accumulate(below) + above))


def cuts_of_a_tally(points: Array, slope: float, yes: float, no: float) -> tuple[float, float]:
    """Cut points under which an ordered probit of given slope has the shares of a tally.

    The mean over states of Φ(slope·θ + k1) is the share of yes, that of Φ(−slope·θ − k2) the share of no.

    Parameters
    ----------
    points : Array, (states,)
        θ.
    slope : float
    yes, no : float
        Shares of those voting, each in (0, 1).

    Returns
    -------
    k1, k2 : float
        `voting.demand_and_band` turns them into the demand of the text and its band of abstention.

    Source: [BaileyStrezhnevVoeten2017]_ (Bailey, Strezhnev and Voeten, 2017), ordered response model.

    >>> [round(abs(cut), 9) for cut in cuts_of_a_tally(np.array([-1.0, 1.0]), 1.7, 0.5, 0.5)]
    [0.0, 0.0]
    """
    reach = 10.0 + abs(slope) * float(np.abs(points).max())
    first = brentq(lambda cut: float(ndtr(slope * points + cut).mean()) - yes, -reach, reach)
    second = brentq(lambda cut: float(ndtr(-slope * points - cut).mean()) - no, -reach, reach)
    return float(first), float(second)
