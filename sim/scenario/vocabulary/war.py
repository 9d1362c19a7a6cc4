"""The war itself: the front, the humanitarian need and the nuclear site."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.vocabulary.base import Divisor, Name, Number, Positive, Record, Share, fixed

MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""Day of the year, as 01-15 for 15 January."""


class Front(Record):
    """The line of contact, as the share of the contested territory that B holds.

    Who holds it all has won: a war that is written with its front at an end is over in its first week.
    """

    issue: Name
    """Issue on which the line is settled."""
    share: Share
    """Share held by B at the start."""
    drift: Number | None = None
    """Movement of the first week towards B; where it is given, the two starting strengths are set apart to make it."""
    mobility: Positive = fixed(0.010)
    """Weekly movement at overwhelming superiority."""
    volatility: Positive = fixed(0.004)
    """Standard deviation of the weekly movement around its drift."""
    persistence: Share = fixed(0.0)
    """Correlation of the movement of one week with that of the week before."""
    observation_noise: Positive = fixed(0.004)
    """Standard deviation of what a week of the front seems to say about the war; not below `volatility`."""
    own_exponent: Positive = fixed(0.0)
    """Exponent of a side's own strength in its losses (Lanchester: 0 square law, 1 linear law)."""
    other_exponent: Positive = fixed(1.0)
    """Exponent of the enemy's strength in a side's losses."""
    territory: str = "contested territory"
    """What the share is a share of."""
    winter: MonthDay = "01-20"
    """Coldest day of the year."""


class Humanitarian(Record):
    """Need for help and what is funded of it, in units of the need at the start."""

    side: Name
    """The belligerent whose civilians need the help."""
    funded: Share
    """Share of the need that is funded at the start."""
    relief: Share = fixed(0.01)
    """Share of the need that ends by itself in a week."""
    displacement: Positive = fixed(0.01)
    """Need added in a week of war at full intensity."""
    grid_harm: Positive = fixed(0.02)
    """Need added in a week when no demand for power is met."""
    donor_fatigue: Positive = fixed(0.002)
    """Weekly rate at which funding falls."""
    deal_pull: Positive = fixed(0.0)
    """Relative rise of the rate at which deals that relieve need are proposed, per unit of unmet need beyond that of
    the start."""


class NuclearSite(Record):
    """A nuclear plant at the front that depends on power from outside."""

    side: Name
    """Belligerent whose grid feeds the site."""
    loss_hazard: Positive = fixed(0.01)
    """Weekly hazard of losing all power from outside with a whole grid, full fighting and nobody present."""
    fighting: Number = fixed(0.5)
    """Effect of fighting near the site on the log hazard."""
    grid: Number = fixed(1.0)
    """Effect of a broken grid on the log hazard."""
    presence: Number = fixed(0.5)
    """Reduction of the log hazard by the inspectors' presence."""
    repair_weeks: Divisor = fixed(6.0)
    """Mean weeks until the power returns without a repair truce."""
    accident_hazard: Positive = fixed(0.00005)
    """Weekly hazard of an accident after `grace_weeks` without power."""
    grace_weeks: Positive = fixed(4.0)
    """Weeks without power before the accident hazard starts."""
    truce_pull: Positive = fixed(10.0)
    """Factor on the rate of local truces while the site is without power."""
