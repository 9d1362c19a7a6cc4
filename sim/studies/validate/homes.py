"""Schelling's conjecture on homes that must ratify: win-sets known, roughly known, and in a played world."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.studies.validate.small_worlds import lived
from sim.theory.two_level import blind_two_level_chance, two_level_share, two_level_under_doubt

Array = npt.NDArray[np.float64]

DRAWS = 4000

STILL = (
    "calendar.signing_weeks=26", "calendar.standing_weeks=26", "calendar.weeks=52", "front.volatility=0",
    "talks.base=0.1", "protocol.name=nash_point", "protocol.direct=nash_point",
    *(f"mechanisms.{off}=false" for off in ("attrition", "breaking", "ladder")), "mechanisms.homes_at_table=true",
)  # fmt: skip


def _random_homes() -> Array:
    """Ends of the governments' range, needs of both homes, A's power, and by how much A's home hardens."""
    return np.random.default_rng(50).random((6, DRAWS))


def known_homes() -> list[float]:
    """Violations of the Schelling conjecture among random win-sets, and whether the blind chance falls."""
    low, high, home, other, power, tighter = _random_homes()
    loose, possible = two_level_share(low, high, home, other, power)
    tight, still = two_level_share(low, high, home + tighter, other, power)
    cheaper = still & (np.where(still, tight, 0.0) < np.where(possible, loose, 0.0))
    chances = [blind_two_level_chance(power, need, other, 0.1).mean() for need in (home, home + tighter)]
    return [float(cheaper.sum()), float((still & ~possible).sum()), float(chances[1] < chances[0])]


def doubtful_homes() -> list[float]:
    """Shares that fall as a home that is roughly known hardens, whether the mean chance falls, and the sure limit."""
    low, high, home, other, power, tighter = _random_homes()
    before, after = (
        two_level_under_doubt(low, high, need, other, spread=0.1, power=power) for need in (home, home + tighter)
    )
    sure, deal = two_level_share(low, high, home, other, power)
    nearly = two_level_under_doubt(low, high, home, other, spread=1e-6, power=power)[0]
    far = np.abs(nearly - sure)[deal].max()
    return [float((after[0] < before[0]).sum()), float(after[1].mean() < before[1].mean()), float(far)]


def _settled_lines(hard: str | None) -> dict[int, float]:
    """Line of every run that settles on a front that stands still, with one home that demands more, or none."""
    bodies = "{{misreading: 0.02, ratifiers: {{house: {{quota: 0.5, spread: 0.05, hardness: {}}}}}}}"
    both = (f"actors.{side}.home={bodies.format(0.1 * (side == hard))}" for side in ("home", "rival"))
    signed = [event for event in lived(*STILL, *both).events if event[2] == "settlement_signed"]
    return {event[0]: event[4] for event in reversed(signed)}


def harder_homes() -> list[int]:
    """For a harder home of either side: lines that move away from it, whether they move, whether fewer settle."""
    soft, found = _settled_lines(None), []
    for side, towards in (("home", -1.0), ("rival", 1.0)):
        firm = _settled_lines(side)
        moves = [towards * (firm[run] - soft[run]) for run in firm.keys() & soft.keys()]
        found += [sum(move < 0.0 for move in moves), int(sum(moves) > 0.0), int(len(firm) < len(soft))]
    return found
