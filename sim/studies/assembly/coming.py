"""A text that has not been voted on: what each state is expected to do, and the tally."""

from __future__ import annotations

from dataclasses import dataclass

from sim.studies.assembly.forecast import Forecast, forecast
from sim.studies.assembly.habits import absence_features, vote_features
from sim.studies.assembly.hindcast import Hindcast
from sim.studies.assembly.record import RollCall
from sim.studies.assembly.simulate import assemblies
from sim.theory.arrays import Array, IntArray
from sim.theory.conditional_logit import option_probabilities


@dataclass(frozen=True)
class Expected:
    """Probabilities of yes, no and abstention if a state votes, (states, 3), of absence, (states,), and tallies."""

    forecast: Forecast
    probabilities: Array
    absence: Array
    tallies: IntArray


def expect(past: Hindcast, text: RollCall, *, number: int = 10_000, seed: int = 1) -> Expected:
    """Expected votes on a text, with the habits that the hindcast has learned.

    Parameters
    ----------
    past : Hindcast
        Of texts before the day of this one.
    text : RollCall
        Name, day, family and kind; nothing else of it is looked at.
    number : int
        Simulated Assemblies.
    seed : int
        Of their luck.

    Returns
    -------
    Expected
    """
    record = past.record
    known = forecast(record, text, covariance=past.texts[-1].forecast.fit.covariance)
    votes, absences = past.habits
    probabilities = option_probabilities(vote_features(record, text, known.probabilities()), votes)
    absence = option_probabilities(absence_features(record, text), absences[0])[:, 1]
    tallies = assemblies(known, probabilities, absence, absences[1], number=number, seed=seed, weight=float(votes[0]))
    return Expected(known, probabilities, absence, tallies)
