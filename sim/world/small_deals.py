"""What is settled about the small deals before the first week: who would cheat, and what each outcome would teach."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from sim.scenario.vocabulary.scenario import Mechanisms
from sim.theory.attribution import lesson, report_probability
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


def deal_odds(
    rules: SimpleNamespace, on: Mechanisms, stake: Array, precision: Array, trustworthy: npt.NDArray[np.bool_]
) -> DealOdds:
    """Numbers of the deals of a ladder.

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

    cheats = cheating(stake[:, None])
    breaks = np.where(trustworthy, rules.noise, cheats)
    partner = breaks[:, ::-1]
    seen = {"detection": rules.monitoring, "misattribution": rules.misattribution, "accusation": rules.accusation}
    good, bad = report_probability(rules.noise, partner, **seen), report_probability(cheats, partner, **seen)
    stands_for = bad if on.diagnosticity else report_probability(cheating(rules.reference_stake), partner, **seen)
    kept = lesson(good, stands_for, blamed=False)
    broken = lesson(good, bad, blamed=True) if on.asymmetric_loss else 1.0 / kept
    return DealOdds(cheats, breaks, kept, broken)
