"""PRIM, the patient rule induction method: a box in which an outcome is frequent, by small peels and pastes.

From the box of everything, the thin slice goes whose loss raises the mean most for each point lost; then slices
come back where that raises it again.  Every box on the way is kept: which one to take is a choice between many
cases and pure ones, made in `choose` or by the reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.analysis.discovery.box import Box, everything
from sim.analysis.points import Points, Unusable

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ENDS = ("low", "high")
TEST = 0.05
"""Quasi-p value above which a restriction is given up."""


@dataclass(frozen=True)
class Step:
    """One box on the way.

    Parameters
    ----------
    box : Box
    coverage, density, mass : float in [0, 1]
        Share of the outcome inside; mean outcome inside; share of the points inside.
    factors : int
        How many it restricts.
    """

    box: Box
    coverage: float
    density: float
    mass: float
    factors: int


def prim(points: Points, *, peel: float = 0.05, paste: float = 0.05, least: float = 0.05) -> list[Step]:
    """The way from everything to a small box, by peeling and then pasting.

    The mean outcome of each point is used, which for flags is its success probability over the replicates.
    Ties go to the box that restricts fewer factors, then to the earlier factor, upper end first.

    Parameters
    ----------
    points : Points
    peel, paste : float in (0, 0.5)
        Share of the points in the box, or in the slice beside it, that a step takes.
    least : float in (0, 1)
        Share of all points below which no box falls.

    Raises
    ------
    Unusable
        The outcome does not differ between the points.

    Source: [FriedmanFisher1999]_; objective of their section 14.6; trajectory [BryantLempert2010]_.
    """
    x, y = points.x, points.mean
    if np.ptp(y) == 0:
        raise Unusable(f"{points.outcome} is the same at every point, so there is nothing to discover")
    way = [everything(x.shape[1])]
    for candidates in (_peels, _pastes):
        share = peel if candidates is _peels else paste
        while (after := _best(candidates(way[-1], x, share), way[-1], x, y, least)) is not None:
            way.append(after)
    return [_step(box, x, y) for box in way]


def _step(box: Box, x: Array, y: Array) -> Step:
    inside = box.inside(x)
    return Step(
        box, float(y[inside].sum() / y.sum()), float(y[inside].mean()), float(inside.mean()),
        int(box.restricted.sum()),
    )  # fmt: skip


Candidate = tuple[Box, Flags]
"""A box and which points lie in it."""


def _best(candidates: Iterator[Candidate], now: Box, x: Array, y: Array, least: float) -> Box | None:
    """The candidate that gains most mean for each point of change, if it gains any and is large enough."""
    here = now.inside(x)
    mean, size = float(y[here].mean()), int(here.sum())
    best, best_score = None, (0.0, -np.inf)
    for box, inside in candidates:
        count = int(np.count_nonzero(inside))
        if count == size or count < least * y.size or not count:
            continue
        # Rounded, so that a tie is one in whatever order the points stand and were added up.
        gain = round((float(y[inside].mean()) - mean) / abs(count - size), 13)
        score = (gain, -float(box.restricted.sum()))
        if gain > 0 and score > best_score:
            best, best_score = box, score
    return best


def _peels(box: Box, x: Array, share: float) -> Iterator[Candidate]:
    """The box without the outermost points of each factor, at its upper and at its lower end."""
    inside = box.inside(x)
    values = np.sort(x[inside], axis=0)
    for factor in range(x.shape[1]):
        high, low = edge(values[:, factor], 1 - share), edge(values[:, factor], share)
        yield _moved(box, factor, "high", high), inside & (x[:, factor] <= high)
        yield _moved(box, factor, "low", low), inside & (x[:, factor] >= low)


def _pastes(box: Box, x: Array, share: float) -> Iterator[Candidate]:
    """The box with the nearest of the points beside it, at each end that is restricted."""
    inside = box.inside(x)
    for factor in np.flatnonzero(box.restricted):
        for end in ENDS:
            if not np.isfinite(getattr(box, end)[factor]):
                continue
            wide = box.without(int(factor), end=end)
            beside = np.sort(x[wide.inside(x) & ~inside, factor])
            limit = edge(beside, share if end == "high" else 1 - share) if beside.size else None
            pasted = wide if limit is None else _moved(box, int(factor), end, limit)
            yield pasted, pasted.inside(x)


def _moved(box: Box, factor: int, end: str, limit: float) -> Box:
    low, high = box.low.copy(), box.high.copy()
    (low if end == "low" else high)[factor] = limit
    return Box(low, high)


def edge(values: Array, share: float) -> float:
    """Limit half-way between the two sorted values at a quantile, moved outward past equal ones.

    >>> edge(np.array([0.0, 1.0, 2.0, 4.0, 8.0]), 0.1), edge(np.array([0.0, 1.0, 2.0, 4.0, 8.0]), 0.9)
    (0.5, 6.0)
    """
    place = (values.size - 1) * share
    below, above = int(np.floor(place)), int(np.ceil(place))
    if share > 0.5:
        while values[below] == values[above] and below > 0:
            below -= 1
    else:
        while values[below] == values[above] and above < values.size - 1:
            above += 1
    return float((values[below] + values[above]) / 2)


def quasi_p(box: Box, points: Points) -> dict[tuple[int, str], float]:
    """How likely the cases of a box would be without each of its limits, by (factor, end).

    The points in the box are taken as trials with the chance of those in the box without that limit: a one-sided
    binomial test.  It is not a true p value, because the box was chosen for its cases, on the same points.  A point
    whose outcome is a mean over replicates counts as so many trials as its variance among those points says, between
    one and the mean number of replicates.

    Source: [BryantLempert2010]_.
    """
    from scipy.special import betainc

    x, y = points.x, points.mean
    inside = box.inside(x)
    found = {}
    for factor in np.flatnonzero(box.restricted):
        for end in ENDS:
            if np.isfinite(getattr(box, end)[factor]):
                wide = y[box.without(int(factor), end=end).inside(x)]
                chance, spread = float(wide.mean()), float(wide.var())
                each = chance * (1 - chance) / spread if spread > 0 else np.inf
                each = float(np.clip(each, 1.0, max(1.0, float(points.counts[inside].mean()))))
                trials, cases = each * int(inside.sum()), each * float(y[inside].sum())
                # P(X >= k) of a binomial variable is the regularised incomplete beta function.
                tail = 1.0 if cases <= 0 else float(betainc(cases, trials - cases + 1, chance))
                found[int(factor), end] = tail
    return found


def choose(steps: Sequence[Step], points: Points) -> Box:
    """A box of the way that weighs size against purity, without limits that luck could have set.

    It is the one whose mean exceeds the overall mean by most, weighted with its share of the points (weighted relative
    accuracy); then limits with a quasi-p value above 0.05 are given up, the weakest first.

    Source: [LavracFlachZupan1999]_, [BryantLempert2010]_.
    """
    overall = steps[0].density
    box = max(steps, key=lambda step: step.mass * (step.density - overall)).box
    while weak := {limit: p for limit, p in quasi_p(box, points).items() if p > TEST}:
        factor, end = max(weak, key=weak.__getitem__)
        box = box.without(factor, end=end)
    return box


def reproduced(points: Points, seed: int, *, times: int = 20, share: float = 0.5, **options: float) -> Array:
    """How often each factor is restricted again when a box is chosen on random halves of the points, (factor,).

    Source: [BryantLempert2010]_.
    """
    luck = np.random.default_rng(seed)
    size = max(2, int(share * len(points.x)))
    counts = np.zeros(len(points.names))
    for _ in range(times):
        part = points.rows(np.sort(luck.choice(len(points.x), size, replace=False)))
        if np.ptp(part.mean) > 0:
            counts += choose(prim(part, **options), part).restricted
    return counts / times
