"""A regression tree over design points: its leaves are boxes that together cover everything.

scikit-learn grows the tree; what is ours is the way from a leaf to a box.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.analysis.discovery.box import Box, everything
from sim.analysis.points import Points, Unusable


def leaves(points: Points, *, depth: int = 3, least: float = 0.05) -> list[Box]:
    """Leaves of a CART tree for the mean outcome of each point, from the highest mean to the lowest.

    Parameters
    ----------
    points : Points
    depth : int
        Most splits one after another.
    least : float in (0, 0.5]
        Share of the points that a leaf has at least.

    Raises
    ------
    Unusable
        scikit-learn is not installed.

    Source: [BreimanEtAl1984]_.
    """
    try:
        from sklearn.tree import DecisionTreeRegressor
    except ImportError:
        raise Unusable("a tree needs scikit-learn: pip install 'parley-sim[sensitivity]'") from None
    smallest = max(1, round(least * len(points.x)))
    tree = DecisionTreeRegressor(max_depth=depth, min_samples_leaf=smallest, random_state=0)
    grown = tree.fit(points.x, points.mean).tree_
    boxes = list(_below(grown, 0, everything(points.x.shape[1])))
    means = [float(points.mean[box.inside(points.x)].mean()) for box in boxes]
    return [boxes[place] for place in np.argsort(-np.array(means), kind="stable")]


def _below(grown: object, node: int, box: Box) -> Iterator[Box]:
    """Boxes of the leaves below a node; what is at a threshold goes to the left, as in the library."""
    left, right = grown.children_left[node], grown.children_right[node]  # type: ignore[attr-defined]
    if left < 0:
        yield box
        return
    factor, limit = grown.feature[node], float(grown.threshold[node])  # type: ignore[attr-defined]
    high, low = box.high.copy(), box.low.copy()
    high[factor] = min(high[factor], limit)
    low[factor] = max(low[factor], np.nextafter(limit, np.inf))
    yield from _below(grown, left, Box(box.low, high))
    yield from _below(grown, right, Box(low, box.high))
