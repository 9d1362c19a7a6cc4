"""Choice among options that differ in what speaks for them: conditional logit with a normal prior on its weights."""

import numpy as np
from scipy.optimize import minimize

from sim.theory.arrays import Array, IntArray


def option_probabilities(features: Array, weights: Array) -> Array:
    """Probability of every option.

    Parameters
    ----------
    features : Array, (cases, options, features)
        What speaks for each option.
    weights : Array, (features,)

    Returns
    -------
    Array, (cases, options)
        They sum to one.

    Source: [McFadden1974]_ (McFadden, 1974).

    >>> option_probabilities(np.zeros((1, 2, 1)), np.ones(1)).tolist()
    [[0.5, 0.5]]
    """
    utility = features @ weights
    raised = np.exp(utility - utility.max(axis=1, keepdims=True))
    shares: Array = raised / raised.sum(axis=1, keepdims=True)
    return shares


def fit_weights(features: Array, chosen: IntArray, prior: Array, precision: Array) -> tuple[Array, Array]:
    """Posterior mode of the weights and their standard errors.

    Parameters
    ----------
    features : Array, (cases, options, features)
    chosen : int array, (cases,)
        Option taken in each case.
    prior : Array, (features,)
        Means beforehand; without cases they are the answer.
    precision : Array, (features,)
        Precisions beforehand, above zero.

    Returns
    -------
    weights, standard errors : Array, (features,)
    """
    rows = np.arange(len(chosen))

    def objective(weights: Array) -> tuple[float, Array]:
        shares = option_probabilities(features, weights)
        gap = weights - prior
        value = 0.5 * float((precision * gap**2).sum()) - float(np.log(shares[rows, chosen]).sum())
        off = shares.copy()
        off[rows, chosen] -= 1.0
        return value, precision * gap + np.einsum("no,nof->f", off, features)

    weights = prior if not len(chosen) else minimize(objective, prior, jac=True, method="L-BFGS-B").x
    shares = option_probabilities(features, weights)
    mean = np.einsum("no,nof->nf", shares, features)
    second = np.einsum("no,nof,nog->fg", shares, features, features, optimize=True) - mean.T @ mean
    return np.asarray(weights), np.asarray(np.sqrt(np.diag(np.linalg.inv(second + np.diag(precision)))))
