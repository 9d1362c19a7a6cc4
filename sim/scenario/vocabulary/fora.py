"""Third parties and fora: the table of states, ties, aid, sanctions, Assembly and Council."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.vocabulary.base import Name, Number, Positive, Record, Share, fixed

TableFile = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]{0,120}\.csv$")]
"""Path of a CSV table inside the scenario's folder."""


class TieLayer(Record):
    """Ties of one kind between states."""

    file: TableFile
    """Table with the columns from (who is influenced), to, weight."""
    weight: Positive = fixed(1.0)
    """Weight of the layer among the layers; a fixed number."""


class Influence(Record):
    """How the public positions of third states move."""

    susceptibility: Share = fixed(0.5)
    """Weight of the neighbours' positions against a state's own anchor, a fixed number."""
    noise: Positive = fixed(0.002)
    """Standard deviation of a week's change of a state's anchor."""
    weariness: Number = fixed(0.0)
    """Weekly move of all anchors towards B's pole while the war lasts."""


class Text(Record):
    """A draft resolution on the calendar, on the scale of the voting model (standard normal noise)."""

    date: datetime.date
    """Day of the vote."""
    label: str | None = None
    forum: Literal["assembly", "council"] = "assembly"
    general_weight: Number
    """Weight of the general dimension."""
    conflict_weight: Number
    """Weight of the conflict dimension."""
    demand: Number
    """How much the text asks: the support that a neutral state must overcome."""
    band: Positive
    """Width of the abstention band of a state without cross-pressure."""
    majority: Literal["two_thirds", "simple"] = "two_thirds"
    """Majority of those present and voting."""
    procedural: bool = False
    """Whether it is a motion of procedure, without veto and without effect on legitimacy."""
    observed: tuple[int, int, int, int] | None = None
    """Tally that was observed (yes, no, abstain, absent), only to be shown beside the simulated one."""


class Assembly(Record):
    """How states vote, and what a vote does."""

    fatigue: Number = fixed(0.0)
    """Widening of the abstention band at full war-weariness of the world."""
    weariness_weeks: Positive = fixed(104.0)
    """Weeks of war after which the world's war-weariness reaches 1 - 1/e."""
    cross_pressure: Number = fixed(0.0)
    """Widening of the band for a state wholly dependent on both sides."""
    lobbying: Number = fixed(0.0)
    """Effect of a state's public move towards A's pole on its support."""
    legitimacy: Share = fixed(0.0)
    """Legitimacy that the condemned side loses when a text is adopted unanimously."""
    legitimacy_decay: Share = fixed(0.02)
    """Weekly rate at which that loss is forgotten."""
    coalition: Share = fixed(0.0)
    """Effect of legitimacy on the senders' will to keep sanctions and aid."""
    veto_cost: Number = fixed(0.0)
    """Support that a permanent member must lack before its no in the Council."""


class Sanctions(Record):
    """A coalition that sanctions one side."""

    target: Name
    """The belligerent under sanctions."""
    bloc: Name | None = None
    """The bloc whose measures lapse unless it renews them."""
    bloc_share: Share = fixed(0.5)
    """Share of the pressure that the bloc's measures make up."""
    renewal_weeks: Annotated[int, Field(ge=1, le=520)] = 26
    """Weeks between two renewals."""
    first_renewal: datetime.date | None = None
    """Day of the first renewal in the window that is played."""
    benefit: Number = fixed(1.0)
    """Will of a member at its starting position to keep the sanctions, in units of its noise."""
    stance_weight: Number = fixed(4.0)
    """Effect of a member's public position on its will."""
    trade_cost: Positive = fixed(2.0)
    """Effect of the share of trade with the target on the will, times fatigue."""
    side_payment: Share = fixed(0.7)
    """Probability that a single hold-out is won back by a side-payment."""
    leak: Share = fixed(0.2)
    """Share of the pressure that leaks through others at the start."""
    leak_growth: Positive = fixed(0.002)
    """Weekly rate at which the leak grows."""


class Aid(Record):
    """Help from donors to one side."""

    recipient: Name
    """The belligerent that is helped."""
    donors: TableFile
    """Table with the columns donor and weekly (any unit; only the shares count)."""
    share: Positive = fixed(1.0)
    """Weight of these donors among all help to the recipient at the start."""
    commitment_loss: Positive = fixed(0.002)
    """Weekly rate at which a donor's commitment tires."""
    peer_pull: Share = fixed(0.05)
    """Weekly share by which a commitment moves to the donors' mean."""
    volatility: Positive = fixed(0.1)
    """Standard deviation of the weekly deliveries around the commitments, on the log scale."""


class StateTable(Record):
    """Tables of states and how their positions count."""

    file: TableFile
    """Table of the states, with their ideal points, groups, dependences and positions."""
    topics: dict[Name, Name] = {}
    """Public positions in the table (column) and the issue to which each speaks."""
