"""Feature scores: how much forests of trees and mutual information make of each factor, beside shuffled copies.

They need no special design, and so rank the drawn numbers of a plain ensemble.  A score is no share of variance; what
it means is told by the scores of factors that were shuffled and mean nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.points import Points, Unusable

Array = npt.NDArray[np.float64]


def scores(points: Points, *, draws: int = 10, trees: int = 50, seed: int = 1) -> pd.DataFrame:
    """Scores of each factor for the mean outcome, from the highest.

    Parameters
    ----------
    points : Points
    draws : int
        How often half of the points are drawn and the factors' copies are shuffled anew.
    trees : int
        Of each forest.
    seed : int

    Returns
    -------
    DataFrame, one row a factor: ``factor``; ``score``, the importance in forests of extremely randomised trees (the
    factors' and their copies' sum to 1), with ``low`` and ``high``, its least and greatest over the draws; ``chance``,
    the best score of any shuffled copy, its median over the draws; ``above``, in how many of the draws the factor beat
    all copies; ``information``, mutual information with the outcome, nats.

    Raises
    ------
    Unusable
        The outcome does not differ, or scikit-learn is not installed.

    Source: [GeurtsErnstWehenkel2006]_; copies [KursaRudnicki2010]_; information [KraskovStogbauerGrassberger2004]_.
    """
    try:
        from sklearn.ensemble import ExtraTreesRegressor
        from sklearn.feature_selection import mutual_info_classif, mutual_info_regression
    except ImportError:
        raise Unusable("feature scores need scikit-learn: pip install 'parley-sim[sensitivity]'") from None
    points = points.whole()
    x, y = points.x, points.mean
    if np.ptp(y) == 0:
        raise Unusable(f"{points.outcome} is the same at every point, so no factor can be scored")
    luck = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        # Without doubles: a row drawn twice would carry its factors' own values twice, and a copy's not.
        rows = luck.choice(len(x), max(2, len(x) // 2), replace=False)
        copies = luck.permuted(x[rows], axis=0)
        forest = ExtraTreesRegressor(trees, min_samples_leaf=max(2, len(x) // 200), max_features=0.33,
                                     random_state=int(luck.integers(2**31)))  # fmt: skip
        found.append(forest.fit(np.hstack([x[rows], copies]), y[rows]).feature_importances_)
    own, copied = np.split(np.array(found), 2, axis=1)
    best = copied.max(axis=1)
    shared = mutual_info_classif if np.unique(y).size == 2 else mutual_info_regression
    target = (y > y.min()).astype(int) if shared is mutual_info_classif else y
    table = pd.DataFrame({
        "factor": list(points.names), "score": own.mean(axis=0), "low": own.min(axis=0), "high": own.max(axis=0),
        "chance": np.median(best), "above": (own > best[:, None]).mean(axis=0),
        "information": shared(x, target, random_state=seed),
    })  # fmt: skip
    return table.sort_values("score", ascending=False, kind="stable", ignore_index=True)
