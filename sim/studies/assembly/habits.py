"""What a state's own past and its peers add to the expected vote, and who stays away: two small logits on the past.

The weights are learned on the texts before, each predicted from those before it; nothing later is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.studies.assembly.background import HALF_LIFE, habit
from sim.studies.assembly.record import Record, RollCall
from sim.theory.arrays import Array, Number
from sim.theory.conditional_logit import fit_weights, option_probabilities
from sim.theory.voting import ABSENT, Votes

LEAST = 0.003
VOTE_PRIOR, VOTE_PRECISION = np.array([1.0, 0.0, 0.0, 0.0]), 20.0
VOTE_TERMS = ("model", "last on the family", "last on any text", "peers")
ABSENCE_PRIOR = np.array([0.0, 0.6, 0.4, 0.4, 0.4, 0.5])
ABSENCE_PRECISION = np.array([1.0, 20.0, 20.0, 20.0, 20.0, 20.0])
ABSENCE_TERMS = (
    "constant",
    "habit",
    "share of earlier texts",
    "absent on the family",
    "absent on the last text",
    "attendance of the family",
)
SHOCK_SD, SHOCK_WEIGHT = 0.5, 4.0
_ONE = np.vstack([np.eye(3), np.zeros((1, 3))])


def last_vote(record: Record, day: str, wanted: Callable[[RollCall], bool]) -> Votes:
    """Each state's last vote before a day on texts that are wanted; absent if it cast none."""
    found = np.full(len(record.states), ABSENT, dtype=np.int8)
    for text in record.texts:
        if text.day < day and text.votes is not None and wanted(text):
            found = np.where(text.votes != ABSENT, text.votes, found)
    return found


def fresh_vote(record: Record, text: RollCall, wanted: Callable[[RollCall], bool]) -> Array:
    """Each state's last vote before a text as (states, 3), one at first and half with every `HALF_LIFE` years."""
    found = np.zeros((len(record.states), 3))
    for other in record.texts:
        if other.day < text.day and other.votes is not None and wanted(other):
            fresh = 0.5 ** ((text.years - other.years) / HALF_LIFE)
            found = np.where((other.votes != ABSENT)[:, None], fresh * _ONE[other.votes], found)
    return found


def vote_features(record: Record, text: RollCall, expected: Array) -> Array:
    """What speaks for each vote, (states, 3, terms), in the order of ``VOTE_TERMS``."""
    family = fresh_vote(record, text, lambda other: other.family == text.family)
    any_text = fresh_vote(record, text, lambda other: other.own)
    peers = record.peers @ expected
    parts = [np.log(np.clip(expected, LEAST, 1.0)), family, any_text, np.log(np.clip(peers, 0.01, 1.0))]
    return np.stack(parts, axis=2)


def vote_weights(cases: Sequence[tuple[Array, Votes]]) -> tuple[Array, Array]:
    """Weights and their standard errors from (features, votes) of earlier texts; those who were absent say nothing."""
    features = [part[votes != ABSENT] for part, votes in cases] or [np.zeros((0, 3, len(VOTE_TERMS)))]
    chosen = [votes[votes != ABSENT].astype(np.int64) for _, votes in cases] or [np.zeros(0, dtype=np.int64)]
    precision = np.full(len(VOTE_TERMS), VOTE_PRECISION)
    return fit_weights(np.concatenate(features), np.concatenate(chosen), VOTE_PRIOR, precision)


def absence_features(record: Record, text: RollCall) -> Array:
    """What speaks for staying away against voting, (states, 2, terms), in the order of ``ABSENCE_TERMS``."""
    past = [other for other in record.texts if other.day < text.day and other.votes is not None]
    own = [other for other in past if other.own]
    family = [other for other in past if other.family == text.family]
    away = np.stack([other.known == ABSENT for other in own], axis=1)
    fading = np.array([0.5 ** ((text.years - other.years) / 2.0) for other in own])
    share = ((away * fading).sum(axis=1) + 2.0 * away.mean()) / (fading.sum() + 2.0)
    alike = [other for other in (family or past) if family or other.kind == text.kind]
    missed = [float((other.known == ABSENT).mean()) for other in alike]
    level = _logit(np.array(np.mean(missed))) - _logit(away.mean()) if alike else 0.0
    on_family = (family[-1].known == ABSENT) - missed[-1] if family else np.zeros(len(share))
    usual = habit(record, text.day)
    last = away[:, -1] - away[:, -1].mean()
    terms = [np.ones(len(share)), _logit(usual), _logit(share), on_family, last, np.full(len(share), level)]
    away_terms = np.stack(terms, axis=1)
    return np.stack([np.zeros_like(away_terms), away_terms], axis=1)


def _logit(share: Number) -> Array:
    return np.asarray(np.log(np.divide(share, np.subtract(1.0, share))))


def absence_weights(cases: Sequence[tuple[Array, Votes]]) -> tuple[Array, Array, float]:
    """Weights, their standard errors, and the deviation of a text's common shock, from earlier texts."""
    if not cases:
        weights, errors = ABSENCE_PRIOR, 1.0 / np.sqrt(ABSENCE_PRECISION)
        return weights, errors, SHOCK_SD
    features = np.concatenate([part for part, _ in cases])
    chosen = np.concatenate([(votes == ABSENT).astype(np.int64) for _, votes in cases])
    weights, errors = fit_weights(features, chosen, ABSENCE_PRIOR, ABSENCE_PRECISION)
    gaps = [_gap(part, votes, weights) for part, votes in cases]
    squares = SHOCK_WEIGHT * SHOCK_SD**2 + float(np.sum(np.square(gaps)))
    return weights, errors, float(np.sqrt(squares / (SHOCK_WEIGHT + len(gaps))))


def _gap(features: Array, votes: Votes, weights: Array) -> float:
    """Common shift of the log odds of absence between what was expected and what happened on a text."""
    expected = float(option_probabilities(features, weights)[:, 1].mean())
    observed = float((votes == ABSENT).mean())
    return float(_logit(np.array(max(observed, LEAST))) - _logit(np.array(expected)))
