"""How much of its luck a state keeps from one vote on a yearly text to the next.

Positions and parameters of the texts are held fixed. If all luck were new at every vote, states near a border
would change their vote far more often than they do; the share of luck that is kept is the one under which as
many states repeat their vote as did.
"""

from __future__ import annotations

import itertools

import numpy as np
from positions import Positions
from rows import Row
from scipy.optimize import brentq

from sim.theory.arrays import Array

SERIES = ("71/205", "72/190", "73/263", "74/168", "75/192", "76/179")
"""The yearly text on human rights in Crimea before the full-scale war, which moved the states themselves."""

DRAWS = 400
RESAMPLES = 20


def pairs(positions: Positions) -> list[tuple[int, int]]:
    """Columns of each text of the series and of the next."""
    columns = [list(positions.record.texts.resolution).index(name) for name in SERIES]
    return list(itertools.pairwise(columns))


def repeated(positions: Positions) -> Array:
    """Share of each state's votes on the series that repeat the one before, NaN where it cast none."""
    votes = positions.record.votes
    both = [
        (votes[:, now] == votes[:, then], ~np.isnan(votes[:, now] + votes[:, then])) for then, now in pairs(positions)
    ]
    same, cast = (np.sum(part, axis=0) for part in zip(*[(same & known, known) for same, known in both], strict=True))
    return np.where(cast > 0, same / np.maximum(cast, 1), np.nan)


def expected(positions: Positions, kept: float, known: Array) -> float:
    """Mean share of repeated votes over the states that voted, if that share of the luck is kept."""
    rng = np.random.default_rng(0)
    items, shape = positions.items, (len(positions.states), DRAWS)
    own = rng.standard_normal(shape)
    shares = []
    for then, now in pairs(positions):
        cast = []
        for column in (then, now):
            mean = items.known_slope[column] * positions.general + items.slope[column] * positions.conflict
            luck = np.sqrt(kept) * own + np.sqrt(1.0 - kept) * rng.standard_normal(shape)
            support = (mean - items.demand[column])[:, None] + luck
            cast.append((support > items.half[column]).astype(int) - (support < -items.half[column]))
        shares.append((cast[0] == cast[1]).mean(axis=1))
    return float(np.mean(shares, axis=0)[known].mean())


def kept_share(positions: Positions, observed: float, known: Array) -> float:
    """Share of luck under which as many votes are repeated as were; at an end where none fits."""
    low, high = expected(positions, 0.0, known), expected(positions, 1.0, known)
    if observed <= low or observed >= high:
        return 0.0 if observed <= low else 1.0
    return float(brentq(lambda kept: expected(positions, kept, known) - observed, 0.0, 1.0, xtol=1e-3))


def stickiness_rows(positions: Positions) -> list[Row]:
    """The share of luck that is kept, with a bootstrap over states, and the shares of repeated votes."""
    share = repeated(positions)
    known = ~np.isnan(share)
    found = kept_share(positions, float(share[known].mean()), known)
    rng = np.random.default_rng(1)
    means = [float(rng.choice(share[known], known.sum()).mean()) for _ in range(RESAMPLES)]
    spread = float(np.std([kept_share(positions, mean, known) for mean in means]))
    n, window, source = int(known.sum()), "2016-12-19 to 2021-12-16", "UN Digital Library roll calls"
    kept = (
        "Share of a vote's luck kept to the next vote on a yearly text under which as many states repeat their vote as "
        "did (standard error by resampling states)."
    )
    told = "Votes on the yearly text on human rights in Crimea that repeat the state's last one."
    nothing = float("nan")
    return [
        Row("vote_stickiness", found, spread, nothing, nothing, "share", n, window, source, kept),
        Row("vote_repeated", float(share[known].mean()), nothing, nothing, nothing, "share", n, window, source, told),
    ]
