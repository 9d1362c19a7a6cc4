"""How a table talks: the protocol by its name, the agenda's pace, and a section of options for each protocol.

The options of a protocol that is not played are read and kept all the same, so that a run can switch from one to
another by its name alone; whether they fit the parties and the issues is asked of the protocols that are played.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.vocabulary.base import Name, Number, Positive, Record, Share, fixed

Days = Annotated[int, Field(ge=1, le=364)]
Lattice = Annotated[int, Field(ge=0, le=101)]
Blends = Annotated[int, Field(ge=1, le=12)]
Places = Annotated[int, Field(ge=2, le=101)]


class Exponents(Record):
    """A number for each side, zero or more."""

    A: Positive = fixed(4.0)
    B: Positive = fixed(4.0)


class Weights(Record):
    """A weight for each side, zero or more."""

    A: Positive = fixed(1.0)
    B: Positive = fixed(1.0)


class SingleText(Record):
    """A mediator's text, changed issue by issue."""

    annealing: Positive = fixed(0.0)
    """Temperature in units of utility at which the mediator lets a worse text pass; 0 only climbs."""
    cooling: Share = fixed(0.9)
    """Part of the temperature that is left after each week of the talks."""
    never_below: bool = False
    """Whether a change that takes a side below its reservation value, or further below, is dropped."""
    linked: bool = False
    """Whether the changes of two rounds are tried together, so that one issue can be traded for another."""


class AlternatingTexts(Record):
    """Each week one side proposes what it likes best, weighed with the chance that the other signs it."""

    choice: Literal["corner", "best", "logit"] = "corner"
    """Whether it proposes the best corner of the frontier, the best place of all of it, or chooses by logit."""
    candidates: Annotated[int, Field(ge=3, le=1001)] = 51
    """Places along the frontier among which it chooses by logit."""


class AlternatingOffers(Record):
    """Stacked alternating offers: both sides concede with time along the frontier."""

    exponent: Exponents = Exponents()
    """Exponent of concession of each side: above 1 it concedes late, below 1 early."""
    deadline: Annotated[int, Field(ge=1, le=10_000)] = 100
    """Rounds of a negotiation, which is over within a week."""
    candidates: Annotated[int, Field(ge=3, le=1_000_000)] = 1001
    """Texts along the frontier that two sides can offer."""
    others: dict[Name, Positive] = {}
    """Exponent of each veto player at the table; 4 where none is given."""
    lattice: Lattice = 0
    """Values of each issue that can be offered, in all combinations; 0 offers efficient texts instead."""
    blends: Blends = 6
    """Parts of the weight by which more than two parties' efficient texts are spread."""
    places: Places = 21
    """Efficient texts along each frontier, with more than two parties."""


class Rubinstein(Record):
    """Alternating offers without an end."""

    interval: Days = 7
    """Days between two offers."""
    breakdown: Positive = fixed(0.0)
    """Weekly hazard that talks break off for good."""
    war: Literal["inside", "outside"] = "inside"
    """Whether war is what both have until they agree, or what a side can leave the talks for."""


class BaronFerejohn(Record):
    """Random recognition and closed rule."""

    recognition: Weights = Weights()
    """Weight of each side in the lot for who proposes."""
    third_parties: dict[Name, Positive] = {}
    """Mediators that vote beside the two sides, with their weights in the lot, and weights of veto players, who
    vote in any case and have the weight 1 where none is given."""
    quota: Literal["unanimity", "majority"] = "unanimity"
    """Who must agree before a proposal goes to the two sides for signature."""
    sessions: Annotated[int, Field(ge=1, le=1000)] = 12
    """Sessions that the members foresee."""
    interval: Days = 7
    """Days between two sessions."""
    candidates: Annotated[int, Field(ge=3, le=1001)] = 51
    """Texts along the frontier that can be proposed, without veto players."""
    lattice: Lattice = 0
    """Values of each issue that can be proposed beside veto players; 0 proposes efficient texts instead."""
    blends: Blends = 6
    """Parts of the weight by which the efficient texts are spread beside veto players."""
    places: Places = 21
    """Efficient texts along each frontier beside veto players."""


class Voice(Record):
    """What a third party brings to the challenge model, or a belligerent in place of its army."""

    capability: Positive
    """Power, in the unit of the belligerents' forces."""
    position: dict[Name, Number] = {}
    """What it says on each issue of which it speaks, on the issue's scale; not for a belligerent."""
    salience: dict[Name, Share] = {}
    """How much it cares about each of these issues; not for a belligerent."""


class Challenge(Record):
    """Bueno de Mesquita's challenge model: everybody's position moves, and the text follows."""

    voices: dict[Name, Voice] = {}
    """Who speaks beside the two belligerents, whose power is their forces if nothing else is said."""
    rounds: Annotated[int, Field(ge=1, le=50)] = 3
    """Rounds of challenges that are thought ahead."""
    text: Literal["mean", "median"] = "mean"
    """How the text follows from the positions, weighted by capability and salience."""
    compromise: Literal["nearest", "lowest"] = "nearest"
    """Which of several compromises an actor takes; the lowest midpoint is an oddity of the replication."""
    denominator: Literal["pair", "all"] = "pair"
    """Whose support a chance is measured against; all contests is an oddity of the replication."""
    capitulates: bool = True
    """Whether an actor with more to lose than its challenger to gain gives in; never in the replication."""
    risk: Literal["security", "neutral"] = "security"
    """Where attitudes to risk come from."""
    status_quo: Share = fixed(1.0)
    """Probability that things stay as they are without a challenge."""


class Reach(Record):
    """How far a side may be ready to go from its own end of the frontier to the other's, as parts of the way."""

    least: Share = fixed(0.0)
    most: Share = fixed(1.0)


class Reaches(Record):
    """A range for each side."""

    A: Reach = Reach()
    B: Reach = Reach()


class SealedBids(Record):
    """Each side tells the mediator alone how far it would go."""

    bidding: Literal["equilibrium", "truthful"] = "equilibrium"
    """Whether the sides shade their bids as in the linear equilibrium, or tell the truth."""
    goes: Reaches = Reaches()
    """Range within which each side's limit is thought to lie, all of it alike likely."""
    weight: Share = fixed(0.5)
    """Weight of A's bid in the text; B's has the rest."""


class ArbitralFillIn(Record):
    """The mediator completes the text and sends it to ratification."""

    after: Annotated[int, Field(ge=0, le=520)] = 4
    """Weeks of talks over a single text before the mediator fills in what is left."""


class NashPoint(Record):
    """The benchmark as a protocol."""

    solution: Literal["nash", "kalai_smorodinsky", "egalitarian"] = "nash"
    """Which point of the frontier becomes the text."""
    weight: Share = fixed(0.5)
    """Bargaining power of side A in the Nash solution."""


class Zeuthen(Record):
    """Monotonic concession: who would run the smaller risk of a conflict gives way."""

    candidates: Annotated[int, Field(ge=3, le=1001)] = 101
    """Texts along the frontier that can be offered, from the one that B would just take to the one that A would."""


class Protocol(Record):
    """How a table talks."""

    name: str = "single_text"
    """Registered protocol of talks under a mediator."""
    direct: str = "alternating_texts"
    """Registered protocol of talks without one."""
    rounds: Annotated[int, Field(ge=1, le=50)] = 4
    """Rounds in a week."""
    step: Positive = fixed(0.15)
    """Standard deviation of a change to one issue of the text."""
    pace: Literal["package", "step_by_step"] = "package"
    """Whether all open issues may change in a week, or one after the other."""
    weeks_per_issue: Annotated[int, Field(ge=1, le=52)] = 2
    """Weeks after which step-by-step talks go on to the next issue."""
    single_text: SingleText = SingleText()
    alternating_texts: AlternatingTexts = AlternatingTexts()
    alternating_offers: AlternatingOffers = AlternatingOffers()
    rubinstein: Rubinstein = Rubinstein()
    baron_ferejohn: BaronFerejohn = BaronFerejohn()
    challenge: Challenge = Challenge()
    sealed_bids: SealedBids = SealedBids()
    arbitral_fill_in: ArbitralFillIn = ArbitralFillIn()
    nash_point: NashPoint = NashPoint()
    zeuthen: Zeuthen = Zeuthen()
