"""Outside events: dated, stochastic, seasonal and triggered shocks, and campaigns of strikes on a grid."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.vocabulary.base import Name, Number, Positive, Record, Share, fixed
from sim.scenario.vocabulary.war import MonthDay

Target = Annotated[str, Field(pattern=r"^[a-z_]+(\.[A-Za-z][A-Za-z0-9_]*)*$")]
"""What a shock changes, as kind.name: aid.donor, grid.north."""


class Change(Record):
    """What a shock does to one quantity of the world: one of multiply, add."""

    target: Target
    multiply: Positive | None = None
    """Factor on the quantity."""
    add: Number | None = None
    """Number added to the quantity."""


class Season(Record):
    """How a rate rises and falls in the year."""

    amplitude: Share = fixed(0.8)
    """Half the relative distance between the peak and the trough."""
    peak: MonthDay = "01-15"
    """Day of the peak."""


class AnyShock(Record):
    """What all shocks share."""

    label: str | None = None
    changes: tuple[Change, ...] = ()
    """What it does."""
    lasts: Positive | None = None
    """Weeks until the quantities return; absent where they never do."""
    size: Positive = fixed(1.0)
    """Size of one event, drawn anew at each event; 1 does what `changes` says, 0 nothing."""


class DatedShock(AnyShock):
    """A shock on a day of the calendar."""

    kind: Literal["dated"]
    when: datetime.date
    probability: Share = fixed(1.0)
    """Probability that it happens at all."""


class StochasticShock(AnyShock):
    """A shock that may come in any week."""

    kind: Literal["stochastic"]
    hazard: Positive
    """Events a week."""


class SeasonalShock(AnyShock):
    """A shock that may come in any week, more often in one season."""

    kind: Literal["seasonal"]
    hazard: Positive
    """Events a week, on the average of the year."""
    season: Season = Season()


class TriggeredShock(AnyShock):
    """A shock that comes when a quantity of the world crosses a threshold."""

    kind: Literal["triggered"]
    watch: Target
    """The quantity."""
    below: Number | None = None
    above: Number | None = None
    hazard: Positive = fixed(1000.0)
    """Events a week while the threshold is crossed."""
    rest: Positive = fixed(26.0)
    """Weeks before it can come again."""


class Munition(Record):
    """One kind of weapon of a campaign."""

    per_wave: Positive
    """Number in a wave at the start."""
    growth: Number = fixed(0.0)
    """Weekly rate of growth of that number."""
    damage: Positive
    """Share of the usable grid lost to one that gets through."""


class StrikeCampaign(Record):
    """Waves of drones and missiles against a side's grid, more in winter."""

    kind: Literal["strike_campaign"]
    label: str | None = None
    target: Name
    """The belligerent whose grid is struck."""
    rate: Positive = fixed(1.2)
    """Waves a week, on the average of the year."""
    season: Season = Season()
    size: Positive = fixed(1.0)
    """Force of one wave relative to its munitions, drawn anew for each wave."""
    drones: Munition
    missiles: Munition
    harm: Positive = fixed(0.02)
    """Civilian harm of one wave of size 1, as share of tolerance."""
    share: Share = fixed(1.0)
    """Share of the munitions aimed at the grid."""


Shock = Annotated[
    DatedShock | StochasticShock | SeasonalShock | TriggeredShock | StrikeCampaign,
    Field(discriminator="kind"),
]
