"""Who stays away from votes on this war beyond its habit: what being pulled both ways adds to the odds of absence."""

from __future__ import annotations

import numpy as np
from scipy.special import logit

from sim.studies.assembly.background import habit
from sim.studies.assembly.record import Record, RollCall
from sim.theory.arrays import Array, logistic
from sim.theory.voting import ABSENT

FIRST_DAY = "2016-01-01"
"""Earlier texts have no calls before them in the record from which a habit could be known."""
PARTIES = ("UKR", "RUS")
RIDGE = 1e-6


def texts_of(record: Record) -> list[RollCall]:
    """Own texts with a complete roll call, and with earlier calls to tell habits from."""
    return [text for text in record.texts if text.own and text.votes is not None and text.day > FIRST_DAY]


def absence_of_the_torn(record: Record, torn: Array) -> tuple[float, float]:
    """Log odds that a state wholly pulled both ways adds to its habit on texts on this war, with its standard error.

    A logit of absence on one constant a text, the log odds of the state's habit on other calls before that day, and
    (states,) `torn`. The states' votes on one text after another are not independent: the error is the one that
    holds when only states are. The parties to the war are left out.
    """
    third = ~np.isin(record.states, PARTIES)
    texts = texts_of(record)
    rows, away = [], []
    for place, text in enumerate(texts):
        own = np.zeros((len(torn), len(texts)))
        own[:, place] = 1.0
        rows.append(np.column_stack([own, logit(habit(record, text.day)), torn])[third])
        away.append((text.known == ABSENT)[third])
    weights, errors = _logit_by_cluster(np.stack(rows), np.stack(away).astype(np.float64))
    return float(weights[-1]), float(errors[-1])


def _logit_by_cluster(terms: Array, chosen: Array) -> tuple[Array, Array]:
    """Weights of a logit on (text, state, term), and errors that hold when only the states are independent."""
    flat, taken = terms.reshape(-1, terms.shape[-1]), chosen.ravel()
    weights = np.zeros(flat.shape[1])
    for _ in range(50):
        chance = logistic(flat @ weights)
        curvature = flat.T @ (flat * (chance * (1.0 - chance))[:, None]) + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(curvature, flat.T @ (taken - chance) - RIDGE * weights)
    gaps = (taken - logistic(flat @ weights)).reshape(chosen.shape)
    of_states = np.einsum("ts,tsk->sk", gaps, terms)
    inverse = np.linalg.inv(curvature)
    return weights, np.sqrt(np.diag(inverse @ (of_states.T @ of_states) @ inverse))
