"""What is disputed and when: the issues with their scales, and the calendar."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.vocabulary.base import Number, Record, Share, fixed


class Calendar(Record):
    """The weeks that are played."""

    start: datetime.date
    """First day of week 0."""
    began: datetime.date | None = None
    """Day on which the war began, on or before `start`; only the comparison with past wars asks for it."""
    weeks: Annotated[int, Field(ge=1, le=1040)] = 156
    """How many weeks are played; *durable* needs 52 weeks after a signature in the first `signing_weeks`."""
    signing_weeks: Annotated[int, Field(ge=1, le=1040)] = 104
    """An agreement counts as durable only if it was signed in these first weeks."""
    standing_weeks: Annotated[int, Field(ge=1, le=1040)] = 52
    """An agreement counts as durable only if it stands that many weeks after its signature."""


class Issue(Record):
    """One dimension under dispute, from side A's pole (lower end of the scale) to side B's."""

    poles: tuple[str, str]
    """What the two ends mean, A's end first."""
    label: str | None = None
    """Name to print."""
    unit: str = "share"
    """What the scale counts."""
    scale: tuple[float, float] = (0.0, 1.0)
    """Numbers that stand for the two poles; all numbers on this issue are written on this scale."""
    wartime: Number | Literal["front", "sanctions"] = fixed(0.0)
    """Value while the war goes on: a number, or the name of the world quantity that it follows."""
    agenda: Literal["ceasefire", "settlement", "parked"] = "settlement"
    """The smallest agreement that speaks of this issue; a ceasefire parks the issues of a settlement.

    What is parked for good stays as in wartime, and binds nobody's red lines.
    """
    charter: Number | None = None
    """Value that the Charter demands; none if it is silent."""
    charter_weight: Share = fixed(0.0)
    """Share of this issue in the consistency of terms with the Charter."""
    credibility: Share = fixed(1.0)
    """Share of a promised move away from the wartime value that the receivers expect to be delivered."""

    def to_unit(self, value: float) -> float:
        """Number on the author's scale, mapped to [0, 1]."""
        low, high = self.scale
        return (value - low) / (high - low)

    def from_unit(self, value: float) -> float:
        """Inverse of `to_unit`, for display."""
        low, high = self.scale
        return low + (high - low) * value


class Incentive(Record):
    """Something promised to one party for an agreement: reconstruction money, assets, market access."""

    party: str
    """The belligerent or veto player to whom it is promised."""
    value: Share
    """Worth to the party, in units of its utility."""
    credibility: Share = fixed(1.0)
    """Probability with which the party expects delivery."""
    condition: Literal["ceasefire", "settlement"] = "ceasefire"
    """The smallest agreement that earns it."""
