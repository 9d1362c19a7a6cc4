"""What is settled about the small deals before the first week: who would cheat, and what each outcome would teach."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from sim.scenario.vocabulary.scenario import Mechanisms
from sim.theory.attribution import lesson, report_probability, symmetric_reports
from sim.theory.ladder import defection_probability

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class DealOdds:
    """Numbers of every deal, (rung, side, run)."""

    cheats: Array
    """Probability that the side cheats if it is untrustworthy."""
    breaks: Array
    """Probability that the side, being what it is, breaks the deal: by design or by accident."""
    kept: Array
    """Factor on the odds of the side's good faith if nobody blames it."""
    broken: Array
    """Factor on those odds if it is blamed."""
    blame: Array | None = None
    """Probability that the side, being what it is, is blamed; None where monitors and accusers decide."""


def deal_odds(
    rules: SimpleNamespace, on: Mechanisms, stake: Array, precision: Array, trustworthy: npt.NDArray[np.bool_]
) -> DealOdds:
    """Numbers of the deals of a ladder.

    Without diagnosticity every deal tempts, and therefore teaches, like one of the reference stake. Without
    asymmetric loss reports err to both sides alike, so that blame takes back what one kept deal has taught. What
    is believed of the reports stays what is true of them in either, unless the ladder says that sides are credulous.
    One thing sides do not reckon with: in a deal of several weeks the other's breach may forestall their own.

    Parameters
    ----------
    rules : the ladder of a realised scenario
    on : Mechanisms
    stake : (rung, run)
    precision : (side, run)
    trustworthy : (side, run) bool
    """
    shape = (len(stake), *precision.shape)

    def cheating(stakes: Array | float) -> Array:
        chance = defection_probability(
            stakes, rules.defection, gain=rules.defection_gain,
            continuing=rules.continuation_value, precision=precision,
        )  # fmt: skip
        return np.broadcast_to(np.maximum(chance, rules.noise), shape)

    reference = cheating(rules.reference_stake)
    cheats = cheating(stake[:, None]) if on.diagnosticity else reference
    breaks = np.where(trustworthy, rules.noise, cheats)
    partner = breaks[:, ::-1]
    seen = {"detection": rules.monitoring, "misattribution": rules.misattribution, "accusation": rules.accusation}
    good, bad = (report_probability(one, partner, **seen) for one in (rules.noise, cheats))
    believed = report_probability(reference, partner, **seen) if rules.learning == "credulous" else bad
    kept, blame = lesson(good, believed, blamed=False), None
    if not on.asymmetric_loss:
        good, bad = symmetric_reports(good, bad)
        blame = np.where(trustworthy, good, bad)
    broken = 1.0 / kept if rules.learning == "forgiving" else lesson(good, bad, blamed=True)
    return DealOdds(cheats, breaks, kept, broken, blame)
