"""Rolling prediction: each text of the record from what was known before its day, and how good that was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.studies.assembly import baselines
from sim.studies.assembly.background import general_points
from sim.studies.assembly.forecast import Forecast, forecast
from sim.studies.assembly.habits import absence_features, absence_weights, vote_features, vote_weights
from sim.studies.assembly.record import Record, RollCall
from sim.studies.assembly.scores import Score, score
from sim.studies.assembly.simulate import assemblies, interval
from sim.theory.arrays import Array, IntArray
from sim.theory.conditional_logit import option_probabilities
from sim.theory.item_response_texts import TextFit
from sim.theory.voting import ABSENT, Votes

ASSEMBLIES = 4096


@dataclass(frozen=True)
class Predicted:
    """One text: what was expected of each state, the simulated tally, and the scores of the model and of others.

    `probabilities` (states, 3), `absence` (states,), `tally` (4,) means, `interval` (4, 2), `forecast` the model's
    part, `weights` those of the state's habits.
    """

    text: RollCall
    probabilities: Array
    absence: Array
    tally: Array
    interval: IntArray
    forecast: Forecast
    weights: Array
    score: Score
    others: dict[str, Score]

    @property
    def covered(self) -> list[bool]:
        """Whether each outcome's count lies inside its interval."""
        return [bool(low <= seen <= high) for (low, high), seen in zip(self.interval, self.text.totals, strict=True)]

    def misses(self, record: Record) -> list[str]:
        """States that voted otherwise than expected, as CODE expected>observed."""
        guess, letters = self.probabilities.argmax(axis=1), "YNA"
        rows = np.flatnonzero((self.text.known != ABSENT) & (guess != self.text.known))
        return [f"{record.states[row]} {letters[guess[row]]}>{letters[self.text.known[row]]}" for row in rows]


@dataclass(frozen=True)
class Hindcast:
    """All texts, oldest first, the estimates before each lesson, and the habits learned on all of them.

    `habits` are the weights of votes, and those of absence with the deviation of its shock.
    """

    record: Record
    texts: tuple[Predicted, ...]
    fits: dict[str, TextFit]
    habits: tuple[Array, tuple[Array, float]]


def hindcast(
    record: Record,
    *,
    precedents: bool = True,
    seed: int = 1,
    earlier: Hindcast | None = None,
    told: Callable[[Predicted], object] = lambda _: None,
) -> Hindcast:
    """Predict every own text that has an earlier one.

    Parameters
    ----------
    record : Record
    precedents : bool
        Whether texts of earlier wars count for what a text demands.
    seed : int
        Of the simulated Assemblies.
    earlier : Hindcast, optional
        Of the same record: its estimates are used again.
    told : callable
        Is handed each text as it is predicted.

    Returns
    -------
    Hindcast
    """
    votes: list[tuple[Array, Votes]] = []
    absences: list[tuple[Array, Votes]] = []
    past: list[RollCall] = []
    covariance, found = None, []
    others = _Others(record)
    known = {} if earlier is None else earlier.fits
    fits: dict[str, TextFit] = {}
    for text in record.lessons:
        fit = known.get(text.name)
        expected = forecast(record, text, covariance=covariance, fit=fit, precedents=precedents)
        covariance = expected.fit.covariance
        fits[text.name] = expected.fit
        features = vote_features(record, text, expected.probabilities()), absence_features(record, text)
        if text.own:
            done = [other.day < text.day for other in past]
            before = [case for case, use in zip(votes, done, strict=True) if use]
            away = [case for case, use in zip(absences, done, strict=True) if use]
            found.append(_predicted(expected, features, before, away, others, seed))
            told(found[-1])
        votes.append((features[0], text.known))
        absences.append((features[1], text.known))
        past.append(text)
    odds, _, shock = absence_weights(absences)
    return Hindcast(record, tuple(found), fits, (vote_weights(votes)[0], (odds, shock)))


def _predicted(
    expected: Forecast,
    features: tuple[Array, Array],
    votes: list[tuple[Array, Votes]],
    absences: list[tuple[Array, Votes]],
    others: _Others,
    seed: int,
) -> Predicted:
    text = expected.text
    weights, _ = vote_weights(votes)
    odds, _, shock = absence_weights(absences)
    probabilities = option_probabilities(features[0], weights)
    absence = option_probabilities(features[1], odds)[:, 1]
    tallies = assemblies(
        expected, probabilities, absence, shock, number=ASSEMBLIES, seed=seed, weight=float(weights[0])
    )
    return Predicted(
        text, probabilities, absence, tallies.mean(axis=1), interval(tallies), expected, weights,
        score(probabilities, absence, text.known), others.scores(text, absence),
    )  # fmt: skip


class _Others:
    """Scores of the baselines; learns from text to text how often each was right."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.seen: list[tuple[str, dict[str, tuple[float, float]], Array]] = []

    def scores(self, text: RollCall, absence: Array) -> dict[str, Score]:
        """Scores of all baselines on a text, from what was known before its day."""
        record, known, cast = self.record, text.known, text.known != ABSENT
        first = next(other for other in record.texts if other.own and other.votes is not None)
        counts = np.bincount(first.known, minlength=4)[:3].astype(np.float64)
        past = [entry for entry in self.seen if entry[0] < text.day]
        for _, _, more in past:
            counts = counts + more
        shares, found, hits = counts / counts.sum(), {}, {}
        for name, predict in baselines.POINTWISE.items():
            votes = predict(record, text)
            right = sum(entry[1][name][0] for entry in past)
            cases = sum(entry[1][name][1] for entry in past)
            share = baselines.learned_share(right, cases, float((shares**2).sum()))
            found[name] = score(baselines.smoothed(votes, share, shares), absence, known)
            hits[name] = float((votes == known)[cast].sum()), float(cast.sum())
        line = general_points(record, text.day)[:, 0]
        found["one dimension"] = score(baselines.one_dimension(record, text, line), absence, known)
        self.seen.append((text.day, hits, np.bincount(known, minlength=4)[:3].astype(np.float64)))
        return found
