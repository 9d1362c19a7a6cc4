"""Scores of predicted votes: share right, Brier, log; among those who voted, and with absences counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.theory.arrays import Array
from sim.theory.voting import ABSENT, Votes

LEAST = 1e-6


@dataclass(frozen=True)
class Score:
    """Voting states: share right, mean Brier score (0 to 2) and negative log probability; share of all states right."""

    right: float
    brier: float
    log: float
    right_of_all: float


def score(probabilities: Array, absent: Array, votes: Votes) -> Score:
    """Score of one text.

    Parameters
    ----------
    probabilities : Array, (states, 3)
        Yes, no and abstention of each state if it votes.
    absent : Array, (states,)
        Probability of absence.
    votes : int8 array, (states,)
        What happened; at least one state voted.

    Returns
    -------
    Score

    >>> score(np.array([[1.0, 0.0, 0.0]]), np.array([0.1]), np.array([0], dtype=np.int8)).right
    1.0
    """
    cast = votes != ABSENT
    chance, seen = probabilities[cast], votes[cast]
    target = np.eye(3)[seen]
    right = float((chance.argmax(axis=1) == seen).mean())
    brier = float(((chance - target) ** 2).sum(axis=1).mean())
    log = -float(np.log(np.clip((chance * target).sum(axis=1), LEAST, 1.0)).mean())
    whole = np.concatenate([probabilities * (1.0 - absent)[:, None], absent[:, None]], axis=1)
    return Score(right, brier, log, float((whole.argmax(axis=1) == votes).mean()))


def mean(scores: list[Score]) -> Score:
    """Average over texts, every text counting once."""
    table = np.array([[item.right, item.brier, item.log, item.right_of_all] for item in scores])
    return Score(*(float(value) for value in table.mean(axis=0)))
