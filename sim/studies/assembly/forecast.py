"""Predicts one text from everything before its day: support of every state, what the text will demand, who stays away.

Nothing of the text itself is used but its date and its code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

from sim.studies.assembly.estimate import estimate
from sim.studies.assembly.record import Record, RollCall
from sim.theory.arrays import Array
from sim.theory.item_response_site import choice_probabilities
from sim.theory.item_response_texts import TextFit
from sim.theory.text_demand import Coming, coming_text, demand_of_totals
from sim.theory.text_likeness import Likeness, likeness

Demands = tuple[Likeness, Array]

PRECEDENT_LOOSENESS = 1.0
PRECEDENT_FAMILY = "territorial_integrity"
WAR, WEARY_YEARS = 8.15, 2.0
"""When the war became a full one, in years since 2014, and how long it takes to tire of it."""
NODES = 9


@dataclass(frozen=True)
class Forecast:
    """A text as it is expected: supports (states,), demand and band, and the fit behind them."""

    text: RollCall
    mean: Array
    variance: Array
    coming: Coming
    fit: TextFit

    def probabilities(self) -> Array:
        """Yes, no and abstention of each state that votes, (states, 3), over what the text may demand."""
        nodes, weights = hermegauss(NODES)
        weights = weights / weights.sum()
        total = np.zeros((len(self.mean), 3))
        for node, weight in zip(nodes, weights, strict=True):
            for other, share in zip(nodes, weights, strict=True):
                total += weight * share * self.at(node, other)
        return total

    def at(self, demand: float, log_band: float) -> Array:
        """The same at deviations of the demand and the band from what is expected, each in units of its own."""
        asked = self.coming.demand + np.sqrt(self.coming.demand_variance) * demand
        band = np.exp(self.coming.log_band + np.sqrt(self.coming.log_band_variance) * log_band)
        return choice_probabilities(self.mean, self.variance, asked, float(band))


def forecast(
    record: Record,
    text: RollCall,
    *,
    covariance: Array | None = None,
    fit: TextFit | None = None,
    precedents: bool = True,
) -> Forecast:
    """Expected votes on a text.

    Parameters
    ----------
    record : Record
    text : RollCall
        Its votes are not looked at.
    covariance : Array, (6,), optional
        Where to start the search.
    fit : TextFit, optional
        The same estimate, made before.
    precedents : bool
        Whether texts of earlier wars count.

    Returns
    -------
    Forecast
    """
    past = [other for other in record.texts if other.day < text.day]
    found = fit or estimate(record, text.day, [text], covariance=covariance)
    coming = _coming(record, past, text, found, precedents=precedents)
    return Forecast(text, found.support[:, -1], found.support_variance[:, -1], coming, found)


def _coming(record: Record, past: list[RollCall], text: RollCall, fit: TextFit, *, precedents: bool) -> Coming:
    demand, log_band = fit.demand[: len(past)].copy(), np.log(fit.band[: len(past)])
    for place, call in enumerate(past):
        if call.votes is None:
            demand[place], band = _of_totals(call, fit, place)
            log_band[place] = np.log(band)
    model = [place for place, call in enumerate(past) if call.family == PRECEDENT_FAMILY]
    older = list(record.precedents) if precedents and model else []
    guesses = [_of_totals(call, fit, model[-1]) for call in older]
    alike, looseness = demand_likeness(past, older, [text])
    return coming_text(
        np.append(demand, [guess[0] for guess in guesses]),
        np.append(log_band, [np.log(guess[1]) for guess in guesses]),
        alike,
        looseness,
        np.array([fatigue(call) for call in (*past, *older, text)]),
    )


def fatigue(text: RollCall) -> float:
    """Weariness with the war when a text is voted on, in [0, 1]: none before it, and 1 - 1/e after two years."""
    return float(-np.expm1(-max(text.years - WAR, 0.0) / WEARY_YEARS))


def demand_likeness(past: Sequence[RollCall], older: Sequence[RollCall], coming: Sequence[RollCall]) -> Demands:
    """How alike texts are in what they demand, coming ones last, and how little each of the others tells."""
    calls = [*past, *older, *coming]
    families = np.array([PRECEDENT_FAMILY if call.kind == "precedent" else call.family for call in calls])
    kinds = np.array(["principle" if call.kind == "precedent" else call.kind for call in calls])
    looseness = np.array([0.0] * len(past) + [PRECEDENT_LOOSENESS] * len(older))
    return likeness(families, kinds, np.array([call.years for call in calls])), looseness


def _of_totals(call: RollCall, fit: TextFit, place: int) -> tuple[float, float]:
    yes, no, abstain, _ = call.totals
    return demand_of_totals(fit.support[:, place], fit.support_variance[:, place], yes, no, abstain)
