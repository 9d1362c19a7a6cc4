"""Positions of states on the main dimensions of many roll calls: regularised principal components with gaps.

Votes are numbers here: 1 yes, 0 abstention, −1 no, NaN not cast. Every roll call is standardised.
"""

import numpy as np

from sim.theory.arrays import Array

RIDGE = 1.0
SWEEPS = 30


def principal_points(votes: Array, dimensions: int, anchor: int) -> Array:
    """Positions of states, dimension by dimension in the order of what it explains.

    Parameters
    ----------
    votes : Array, (states, calls)
        Every call has votes of more than one kind.
    dimensions : int
        How many, at most the number of calls.
    anchor : int
        Row of the state that is positive on every dimension.

    Returns
    -------
    Array, (states, dimensions)
        Deviation about one.

    Source: [TippingBishop1999]_ (Tipping and Bishop, 1999).

    >>> principal_points(np.array([[1.0, 1.0], [-1.0, -1.0], [0.0, 0.0]]), 1, 0).round(1).T.tolist()
    [[1.2, -1.2, -0.0]]
    """
    cast = ~np.isnan(votes)
    standard = np.where(cast, (votes - np.nanmean(votes, axis=0)) / np.nanstd(votes, axis=0), 0.0)
    left, _, _ = np.linalg.svd(standard, full_matrices=False)
    points = left[:, :dimensions] * np.sqrt(len(votes))
    loadings = points[:0]
    for _ in range(SWEEPS):
        loadings = _regressed(points, standard.T, cast.T)
        points = _regressed(loadings, standard, cast)
    left, _, _ = np.linalg.svd(points @ loadings.T, full_matrices=False)
    turned = left[:, :dimensions] * np.sqrt(len(votes))
    return np.asarray(turned * np.where(turned[anchor] < 0, -1.0, 1.0))


def _regressed(predictors: Array, targets: Array, cast: Array) -> Array:
    """Ridge coefficients of each row of targets on the predictors, over what is cast."""
    weights = cast.astype(np.float64)
    squares = predictors[:, :, None] * predictors[:, None, :]
    size = predictors.shape[1]
    inner = (weights @ squares.reshape(len(predictors), -1)).reshape(-1, size, size) + RIDGE * np.eye(size)
    return np.asarray(np.linalg.solve(inner, ((targets * weights) @ predictors)[:, :, None])[:, :, 0])
