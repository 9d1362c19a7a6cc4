"""Third parties and fora: the table of states, ties, aid, sanctions, Assembly and Council."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.vocabulary.base import Iso3, Name, Number, Positive, Record, Share, fixed
from sim.scenario.vocabulary.procedure import Amendment, Motion, Paragraph, Question

TableFile = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]{0,120}\.csv$")]
"""Path of a CSV table inside the scenario's folder."""


TieFile = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]{0,120}\.(csv|graphml)$")]
"""Path of a table or of a GraphML file inside the scenario's folder."""

Chance = Annotated[float, Field(ge=0.0, le=1.0)]


class TieGenerator(Record):
    """A network made up for experiments, the same for all runs of a seed."""

    kind: Name
    """small_world, scale_free, block_model (by the regional groups of the table), or a user's own."""
    neighbours: Annotated[int, Field(ge=2, le=1000)] = 6
    """Ties of a state: in the ring of a small world, on average in a scale-free network."""
    rewiring: Chance = 0.1
    """Share of the ties of a small world that lead anywhere."""
    inside: Chance = 0.2
    """Probability of a tie between two states of a block."""
    between: Chance = 0.01
    """Probability of a tie between two states of different blocks."""


class TieLayer(Record):
    """Ties of one kind between states, from a file or made up by a generator."""

    file: TieFile | None = None
    """Table with the columns from (who is influenced), to, weight; or GraphML, each edge from who is influenced."""
    generator: TieGenerator | None = None
    weight: Positive = fixed(1.0)
    """Weight of the layer among the layers; a fixed number."""


class Influence(Record):
    """How the public positions of third states move."""

    rule: Literal["friedkin_johnsen", "bounded_confidence"] = "friedkin_johnsen"
    """Weighted mean of partners and an own anchor; or the plain mean of the partners that are near enough.

    With the second the observed positions are not at rest: states gather from the first week on, and stay moved.
    """
    confidence: Share = fixed(0.2)
    """Distance up to which a partner is still heard where confidence is bounded."""
    belligerents: Share = fixed(0.0)
    """Susceptibility of the belligerents themselves, a fixed number; at 0 they do not listen to their ties."""
    patron_pressure: Positive = fixed(0.0)
    """Weekly cost to a belligerent when all its partners have moved the whole way to the other side's pole."""
    susceptibility: Share = fixed(0.5)
    """Weight of the neighbours' positions against a state's own anchor, a fixed number."""
    noise: Positive = fixed(0.002)
    """Standard deviation of a week's change of a state's anchor."""
    weariness: Number = fixed(0.0)
    """Weekly move of all anchors towards B's pole while the war lasts."""


class Text(Question):
    """A draft resolution on the calendar, with all that is moved on it.

    Questions on it are taken in the order of the rules of procedure: a motion not to deal with it, one on the
    secret ballot, amendments from the one furthest removed, one on division, paragraphs, the text as a whole.
    """

    date: datetime.date
    """Day of the vote."""
    forum: Literal["assembly", "council"] = "assembly"
    majority: Literal["two_thirds", "simple"] = "two_thirds"
    """Majority of those present and voting that it needs in the Assembly, and with it its parts."""
    procedural: bool = False
    """Whether it is a motion of procedure, without veto and without effect on legitimacy."""
    observed: tuple[int, int, int, int] | None = None
    """Tally that was observed (yes, no, abstain, absent), only to be shown beside the simulated one."""
    family: Name | None = None
    """Texts of one family are much the same from year to year, and a state's habit carries from one to the next."""
    follows: Name | None = None
    """Earlier text of the Assembly with which it is compared: how many states moved, and whence and whither."""
    inherits: Number = fixed(0.0)
    """What it takes over of how far the demand of the text it follows lay from its middle; its own comes on top."""
    absence: Number = fixed(0.0)
    """Log odds that the day adds to every state's habit of staying away."""
    habit: Name | None = None
    """Column of the table of states with what each adds to its support for texts of this sort; a column of this name
    and _band has how much wider than the text's its band of abstention is, in place of the column band."""
    sponsors: tuple[Iso3, ...] = ()
    """States that stand by the text until it is amended against their vote."""
    motions: dict[Name, Motion] = {}
    amendments: dict[Name, Amendment] = {}
    paragraphs: dict[Name, Paragraph] = {}
    other_paragraphs: bool = True
    """Whether it has operative paragraphs besides those voted on separately."""

    @property
    def questions(self) -> dict[str, Question]:
        """Motions, amendments and paragraphs by name."""
        return {**self.motions, **self.amendments, **self.paragraphs}


class Assembly(Record):
    """How states vote, and what a vote does."""

    fatigue: Number = fixed(0.0)
    """Widening of the abstention band at full war-weariness of the world."""
    weariness_weeks: Positive = fixed(104.0)
    """Weeks of war after which the world's war-weariness reaches 1 - 1/e."""
    cross_pressure: Number = fixed(0.0)
    """Widening of the band for a state wholly dependent on both sides."""
    absence_cross_pressure: Number = fixed(0.0)
    """Log odds of staying away that a state wholly dependent on both sides has more."""
    lobbying: Number = fixed(0.0)
    """Effect of a state's public move towards A's pole on its support."""
    legitimacy: Share = fixed(0.0)
    """Legitimacy that the condemned side loses when a text is adopted unanimously."""
    legitimacy_decay: Share = fixed(0.02)
    """Weekly rate at which that loss is forgotten."""
    coalition: Share = fixed(0.0)
    """Effect of legitimacy on the senders' will to keep sanctions and aid."""
    stickiness: Share = fixed(0.0)
    """Share of the luck of a state's vote that it keeps for all texts of a family."""
    veto_cost: Number = fixed(0.0)
    """Support that a permanent member must lack before its no in the Council."""
    sponsorship: Positive = fixed(3.0)
    """Support that a sponsor adds to its own text as long as it stands by it."""
    mandate: Share = fixed(0.0)
    """What a text adopted unanimously adds to the least consistency with the Charter that mediators endorse."""


class Council(Record):
    """How sponsors in the Security Council deal with the threat of a veto: they take words out of a text."""

    accepted_veto: Share = fixed(0.2)
    """Largest probability of a veto with which they put a text to the vote."""
    consensus: Positive = fixed(2.0)
    """Support of every state for a text of which nothing is left."""
    least_strength: Share = fixed(0.2)
    """Part of a text that must be left; otherwise it is withdrawn."""


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
    """Probability that side-payments can be arranged in time for a renewal."""
    purse: Positive | None = None
    """Most that they can cost together, in units of the will; without it one hold-out is won at any price."""
    reinstatement: Positive | None = None
    """How much more will a new decision takes than a renewal, once the bloc's measures have lapsed; without it they
    never come back."""
    peer_weight: Positive = fixed(0.0)
    """Loss of will of a sender that all its peers have left."""
    peers: Name | None = None
    """Layer of ties by which a sender's peers count; without it, and without such ties, all other senders do."""
    full_will: Positive = fixed(0.0)
    """Will at which a sender outside the bloc applies its sanctions in full; below it the level is in proportion."""
    leak: Share = fixed(0.2)
    """Share of the pressure that leaks through others at the start."""
    leak_growth: Positive = fixed(0.002)
    """Weekly rate at which the leak grows when all of the target's trade is with states outside the coalition."""
    adaptation: Positive = fixed(0.0)
    """Weekly rate at which the target learns to live with the pressure."""


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
