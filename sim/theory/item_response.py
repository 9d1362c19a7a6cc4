"""An ordered item-response model, one vote at a time: what a vote says about the support behind it.

A vote is yes if y* > h, no if y* < -h and an abstention between, where `y* = known * known_slope + trait *
slope - demand + noise`, the noise is standard normal and h is half the band. A vote is a number here: 1 yes,
0 abstention, -1 no, NaN not cast. Fits are in `item_response_mode`, `item_response_marginal` and, for many
texts at once, `item_response_texts`.

Source: [BaileyStrezhnevVoeten2017]_ (Bailey, Strezhnev and Voeten, 2017), ordered response model.
"""

import numpy as np
from scipy.special import log_ndtr

from sim.theory.arrays import Array

LOG_ROOT_TWO_PI = 0.5 * np.log(2.0 * np.pi)


def latent(known: Array, trait: Array, known_slope: Array, slope: Array, demand: Array) -> Array:
    """Latent support (states, texts) without its noise."""
    return known[:, None] * known_slope + trait[:, None] * slope - demand


def log_density(x: Array) -> Array:
    """Log of the standard normal density."""
    return np.asarray(-0.5 * x * x - LOG_ROOT_TWO_PI)


def choice_log_probabilities(index: Array, half: Array) -> tuple[Array, Array, Array]:
    """Log probabilities of yes, abstention and no, stable in both tails.

    Parameters
    ----------
    index : (states, texts) latent support.
    half : (texts,) half of the abstention band, > 0.
    """
    away = np.abs(index)
    upper, lower = log_ndtr(half - away), log_ndtr(-half - away)
    abstain = upper + np.log(-np.expm1(lower - upper))
    return log_ndtr(index - half), abstain, log_ndtr(-index - half)


def choice_gradients(index: Array, half: Array) -> tuple[tuple[Array, Array, Array], tuple[Array, Array, Array]]:
    """Derivatives of the three log probabilities by the index and by half the band."""
    yes, abstain, no = choice_log_probabilities(index, half)
    up, down = log_density(index - half), log_density(index + half)
    yes_ratio, no_ratio = np.exp(up - yes), np.exp(down - no)
    above, below = np.exp(up - abstain), np.exp(down - abstain)
    return (yes_ratio, below - above, -no_ratio), (-yes_ratio, above + below, -no_ratio)


def pick(votes: Array, options: tuple[Array, Array, Array]) -> Array:
    """For each cell the option that was voted: 1 yes, 0 abstention, -1 no; zero where the vote is missing."""
    yes, abstain, no = options
    chosen = np.where(votes > 0.5, yes, np.where(votes < -0.5, no, abstain))
    return np.where(np.isnan(votes), 0.0, chosen)


def information(index: Array, half: Array) -> Array:
    """Expected information of one vote about its latent index (states, texts)."""
    probabilities = choice_log_probabilities(index, half)
    by_index, _ = choice_gradients(index, half)
    return np.asarray(np.add.reduce([np.exp(p) * d * d for p, d in zip(probabilities, by_index, strict=True)], axis=0))
