"""Where each state stands: the general dimension, the conflict dimension and the habit of not voting.

Two stages. The general dimension comes from contested regular-session calls of 2022-2025. Given it, the
conflict dimension comes from Ukraine's texts on the war, with more weight on recent ones. The United States
text of February 2025 is none of Ukraine's (Ukraine abstained on it as amended): its parameters are fitted
with the positions held fixed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from assembly import Record, recency
from files import numbers, read_source

from sim.theory.arrays import Array
from sim.theory.item_response_marginal import fit_marginal
from sim.theory.item_response_mode import Fit, Prior, fit

HALF_LIFE_YEARS = 2.0
CONFLICT_PRIOR = Prior(slope_mean=1.0, slope_sd=1.0, known_mean=1.0, known_sd=1.0)
ANCHOR = "GBR"
FOREIGN_TEXT = "ES-11/8"
LEAST_VOTES = 5
ABSENCE_PSEUDO_TEXTS = 4.0


@dataclass(frozen=True)
class Positions:
    """Both dimensions by state with standard errors, logit of not voting, and the fitted Ukraine texts."""

    states: tuple[str, ...]
    general: Array
    general_se: Array
    conflict: Array
    conflict_se: Array
    absence: Array
    items: Fit
    record: Record


def first_axis(votes: Array) -> Array:
    """Leading left singular vector of the centred votes, scaled to deviation one: a first guess."""
    filled = np.where(np.isnan(votes), np.nanmean(votes, axis=0), votes)
    left, _, _ = np.linalg.svd(filled - filled.mean(axis=0), full_matrices=False)
    return np.asarray(left[:, 0] / left[:, 0].std())


def published_points(data: Path, states: tuple[str, ...]) -> Array:
    """Last ideal point published for each state, sessions 68-78, NaN if there is none."""
    table = read_source(data, "idealpoints_voeten_2013_2023.csv", ["iso3c", "year", "NVotesAll", "IdealPointAll"])
    table = table[numbers(table.NVotesAll) > 0].sort_values(["iso3c", "year"]).drop_duplicates("iso3c", keep="last")
    return numbers(table.set_index("iso3c").IdealPointAll).reindex(states).to_numpy()


def borrow(broad: Fit, votes: Array, published: Array) -> Fit:
    """A state that hardly voted takes its last published point, brought to our scale."""
    silent = ((~np.isnan(votes)).sum(axis=1) < LEAST_VOTES) & ~np.isnan(published)
    both = ~silent & ~np.isnan(published)
    slope, intercept = np.polyfit(published[both], broad.trait[both], 1)
    line = intercept + slope * published
    spread = float((broad.trait[both] - line[both]).std())
    return replace(broad, trait=np.where(silent, line, broad.trait), trait_se=np.where(silent, spread, broad.trait_se))


def general_dimension(record: Record, published: Array) -> Fit:
    """One dimension of all contested calls, turned so that the anchor state is positive."""
    start = first_axis(record.votes)
    start = start * np.sign(start[record.states.index(ANCHOR)])
    weights, nothing = np.ones(record.votes.shape[1]), np.zeros(len(record.states))
    found = fit(record.votes, weights, nothing, Prior(slope_sd=2.0, known_sd=1.0), start)
    return borrow(found, record.votes, published)


def conflict_dimension(record: Record, general: Array) -> Fit:
    """Second dimension of Ukraine's texts, given the general one; positive is for these texts."""
    weights = recency(record.texts.date, HALF_LIFE_YEARS)
    weights = np.where(record.texts.resolution == FOREIGN_TEXT, 0.0, weights)
    return fit_marginal(record.votes, weights, general, CONFLICT_PRIOR)


def absence_logit(record: Record) -> Array:
    """Logit of not voting: recency-weighted share, shrunk to the Assembly's by four texts' worth."""
    weights = recency(record.texts.date, HALF_LIFE_YEARS)
    missing = (np.isnan(record.votes) * weights).sum(axis=1)
    overall = missing.sum() / (weights.sum() * len(record.states))
    strength = ABSENCE_PSEUDO_TEXTS * weights.sum() / len(weights)
    share = (missing + strength * overall) / (weights.sum() + strength)
    return np.asarray(np.log(share / (1.0 - share)))


def estimate_positions(ukraine: Record, general: Record, published: Array) -> Positions:
    """Both stages and the absences."""
    broad = general_dimension(general, published)
    items = conflict_dimension(ukraine, broad.trait)
    return Positions(
        ukraine.states,
        broad.trait,
        broad.trait_se,
        items.trait,
        items.trait_se,
        absence_logit(ukraine),
        items,
        ukraine,
    )
