"""The model of `item_response` with its trait integrated out over a grid; for few texts, lopsided voters.

A state that has always voted the same way has a posterior that leans to one side: its mode sits too near the
middle and a curvature at the mode says little. Here items are fitted by marginal likelihood, and a state's
position is the mean of its posterior, its standard error the posterior's deviation. Beforehand the trait is
standard normal.
"""

from typing import Any

import numpy as np
from scipy.optimize import minimize

from sim.theory.arrays import Array
from sim.theory.item_response import choice_gradients, choice_log_probabilities, log_density, pick
from sim.theory.item_response_mode import DEMAND_SD, LOG_HALF_SD, Fit, Prior

NODES = np.linspace(-5.0, 5.0, 41)
LOG_PRIOR = log_density(NODES) - np.log(np.exp(log_density(NODES)).sum())


def grid_terms(items: Array, votes: Array, known: Array) -> tuple[Array, Array, Array]:
    """Log probability of each vote at each node and its two derivatives, each (states, texts, nodes)."""
    slope, known_slope, demand, log_half = np.split(items, 4)
    index = known[:, None, None] * known_slope[:, None] + NODES * slope[:, None] - demand[:, None]
    half = np.exp(log_half)[:, None]
    cast = np.broadcast_to(votes[:, :, None], index.shape)
    by_index, by_half = choice_gradients(index, half)
    return pick(cast, choice_log_probabilities(index, half)), pick(cast, by_index), pick(cast, by_half)


def posterior(log_votes: Array, weights: Array) -> tuple[Array, Array]:
    """Each state's posterior over the nodes (states, nodes) and its log evidence (states,)."""
    score = LOG_PRIOR + (log_votes * weights[:, None]).sum(axis=1)
    top = score.max(axis=1, keepdims=True)
    mass = np.exp(score - top)
    total = mass.sum(axis=1, keepdims=True)
    return mass / total, (top + np.log(total))[:, 0]


def penalty(items: Array, weights: Array, prior: Prior) -> tuple[float, Array]:
    """Half the squared prior deviation of the items, weighted by text, and its gradient."""
    slope, known_slope, demand, log_half = np.split(items, 4)
    spread = (prior.slope_sd, prior.known_sd, DEMAND_SD, LOG_HALF_SD)
    gaps = (slope - prior.slope_mean, known_slope - prior.known_mean, demand, log_half)
    scaled = [weights * gap / sd**2 for gap, sd in zip(gaps, spread, strict=True)]
    value = 0.5 * sum(float((part * gap).sum()) for part, gap in zip(scaled, gaps, strict=True))
    return value, np.concatenate(scaled)


def item_gradient(items: Array, known: Array, by_index: Array, by_half: Array) -> Array:
    """Gradient of the votes' log probability by the items, from derivatives weighted by the posterior."""
    half = np.exp(np.split(items, 4)[3])
    return np.concatenate(
        [
            (by_index * NODES).sum(axis=(0, 2)),
            (by_index.sum(axis=2) * known[:, None]).sum(axis=0),
            -by_index.sum(axis=(0, 2)),
            by_half.sum(axis=(0, 2)) * half,
        ]
    )


def marginal_objective(items: Array, votes: Array, weights: Array, known: Array, prior: Prior) -> tuple[float, Array]:
    """Negative log marginal posterior of the items and its gradient."""
    log_votes, by_index, by_half = grid_terms(items, votes, known)
    mass, evidence = posterior(log_votes, weights)
    share = mass[:, None, :] * weights[:, None]
    cost, slope_of_cost = penalty(items, weights, prior)
    return cost - float(evidence.sum()), slope_of_cost - item_gradient(items, known, by_index * share, by_half * share)


def expected_objective(items: Array, votes: Array, mass: Array, known: Array, prior: Prior) -> tuple[float, Array]:
    """Negative expected log posterior of the items with the states' posteriors fixed, and its gradient."""
    log_votes, by_index, by_half = grid_terms(items, votes, known)
    share = mass[:, None, :]
    cost, slope_of_cost = penalty(items, np.ones(votes.shape[1]), prior)
    value = cost - float((log_votes * share).sum())
    return value, slope_of_cost - item_gradient(items, known, by_index * share, by_half * share)


def fit_marginal(votes: Array, weights: Array, known: Array, prior: Prior) -> Fit:
    """Items of every text and positions of every state.

    Parameters
    ----------
    votes : (states, texts) 1 yes, 0 abstention, -1 no, NaN not voting.
    weights : (texts,) in [0, 1], what a text counts for the states' positions; 0 leaves it out of them.
    known : (states,) covariate with a slope of its own.
    prior : priors of the slopes.

    Returns
    -------
    Fit on the scale of the prior. A text's own parameters do not depend on its
    weight: they are fitted last, all votes counting once, with the states' posteriors held fixed.
    """
    used, texts = weights > 0, votes.shape[1]
    ones = np.ones(texts)
    start = np.stack([prior.slope_mean * ones, prior.known_mean * ones, 0.0 * ones, 0.0 * ones])
    options: Any = {"maxiter": 2000, "maxfun": 2500, "ftol": 1e-12, "gtol": 1e-5, "maxcor": 30}
    first = minimize(
        marginal_objective,
        start[:, used].ravel(),
        jac=True,
        method="L-BFGS-B",
        options=options,
        args=(votes[:, used], weights[used], known, prior),
    )
    mass, _ = posterior(grid_terms(first.x, votes[:, used], known)[0], weights[used])
    last = minimize(
        expected_objective,
        start.ravel(),
        jac=True,
        method="L-BFGS-B",
        options=options,
        args=(votes, mass, known, prior),
    )
    slope, known_slope, demand, log_half = np.split(last.x, 4)
    mean = (mass * NODES).sum(axis=1)
    deviation = np.sqrt((mass * (NODES - mean[:, None]) ** 2).sum(axis=1))
    return Fit(mean, deviation, slope, known_slope, demand, np.exp(log_half))
