"""Who is in the file: states, blocs, mediators and veto players, and what the two belligerents bring to the war."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.vocabulary.base import Divisor, Iso3, Name, Number, Positive, Record, Share, Signed, fixed

Numbers = dict[Name, Number]
Widths = dict[Name, Positive]
Side = Literal["A", "B"]


class Forces(Record):
    """A side's army, in units of its own strength at the start."""

    initial: Positive = fixed(1.0)
    """Strength at the start."""
    effectiveness: Positive = fixed(0.006)
    """Share of a unit enemy force put out of action in a week by a unit of this force."""
    replacement: Positive = fixed(1.0)
    """Strength raised in a week, in units of the losses of the first week at full fighting."""
    aid_share: Share = fixed(0.0)
    """Share of the replacement that hangs on aid from outside."""
    losses: Positive = fixed(0.0)
    """Losses since the war began, before the first week that is played."""
    fatigue_scale: Divisor = fixed(1.0)
    """Cumulative losses at which fatigue reaches 1 - 1/e."""


class Cost(Record):
    """Weekly cost of war in units of utility, term by term."""

    base: Positive = fixed(0.0009)
    """Cost of a week of war by itself."""
    fatigue: Positive = fixed(0.0012)
    """Added at full fatigue."""
    deficit: Positive = fixed(0.0018)
    """Added when no demand for power is met, before the rally takes its share."""
    economy: Positive = fixed(0.0)
    """Added at full economic strain."""
    humanitarian: Positive = fixed(0.0)
    """Added when no humanitarian need is met."""
    nuclear: Positive = fixed(0.0)
    """Added while the nuclear site is without power from outside, tenfold after an accident."""
    sanctions: Positive = fixed(0.0)
    """Added at full pressure; 0 where an issue already carries the sanctions."""


class Beliefs(Record):
    """What a side believes of the front's weekly drift towards B."""

    drift: Number = fixed(0.0)
    """Mean of the prior, share of the contested territory a week."""
    uncertainty: Positive = fixed(0.0012)
    """Standard deviation of the prior."""
    process: Positive = fixed(0.00015)
    """Standard deviation by which the drift is thought to change in a week."""


class Ratifier(Record):
    """A body at home that must agree to what was signed."""

    quota: Share = fixed(0.5)
    """Share of its members that must gain from the terms."""
    spread: Positive = fixed(0.1)
    """Standard deviation of the members' gains."""
    hardness: Number = fixed(0.0)
    """Gain, in utility, that the median member demands beyond what the government demands."""
    sensitivity: Positive = fixed(1.0)
    """Relative rise of the cost of war that members feel when the whole of the resting tolerance is lost."""


class Home(Record):
    """A side's civilians, its government's hold, and the bodies that ratify."""

    tolerance: Share = fixed(0.75)
    """Civilian tolerance of the war at the start and at rest."""
    rally: Share = fixed(0.5)
    """Share of the strikes' burden that turns into resolve: 0 pure coercion, 1 pure rally."""
    rally_weight: Positive = fixed(2.0)
    """Tolerance gained per unit of civilian harm at a full rally; the harm itself takes 1."""
    cold_weight: Positive = fixed(0.03)
    """Tolerance lost in the coldest week when no demand for power is met."""
    return_rate: Share = fixed(0.02)
    """Weekly share of the way back to rest."""
    weariness: Positive = fixed(0.0)
    """Resting tolerance lost when fatigue from losses has grown from its start to 1; by the rule of Mueller, when
    losses have grown tenfold since the start."""
    weariness_rule: Literal["fatigue", "mueller"] = "fatigue"
    """Whether support falls as fatigue grows, or with the logarithm of cumulative losses."""
    cohesion: Share = fixed(0.8)
    """Probability that the government can speak for its side (Zartman's valid spokesman)."""
    gamble: Share = fixed(0.0)
    """Share of the cost of war that the leader leaves out of account while it gambles for resurrection: above 0
    for a semi-repressive regime, whose leader loses office by losing a little; 0 never gambles."""
    gamble_below: Share = fixed(0.3)
    """Tolerance below which it does."""
    misreading: Positive = fixed(0.0)
    """Standard deviation, in utility, of the error that the government makes all along about what its home needs."""
    ratifiers: dict[Name, Ratifier] = {}
    """Bodies that must ratify; none where the government decides alone."""


class Grid(Record):
    """A side's power system, as usable capacity over the need of the peak winter week."""

    usable: Share
    """Usable capacity at the start."""
    repair: Share = fixed(0.035)
    """Share of the missing capacity restored in a week."""
    demand: Share = fixed(0.75)
    """Mean demand over the year."""
    winter_demand: Share = fixed(0.25)
    """Half the distance between the winter peak and the summer trough of demand."""
    interception_drones: Share = fixed(0.8)
    """Share of drones stopped at the starting level of aid."""
    interception_missiles: Share = fixed(0.55)
    """Share of missiles stopped at the starting level of aid."""
    aid_elasticity: Share = fixed(0.0)
    """Per cent by which the leaking share falls when aid rises by one per cent."""


class Interaction(Record):
    """An entry of the symmetric matrix S by which issues hang together: the loss d'Sd is added to that by issue."""

    issue: Name
    """Row of the entry."""
    other: Name
    """Its column; the same issue for an entry of the diagonal."""
    weight: Number
    """The entry, in utility at the largest distances: above 0 two losses on the same side weigh more than their
    sum. The whole matrix must be positive semidefinite."""


class Initiative(Record):
    """Unilateral steps, unasked and on no condition, by which a side would be believed (Osgood's GRIT)."""

    rate: Share = fixed(0.01)
    """Probability in a week of war that an occasion comes, which both sides know."""
    cost: Share = fixed(0.005)
    """Share of its forces that a step gives up: prisoners set free, positions left."""
    good_price: Share = fixed(0.02)
    """Mean share that it would give up for being trusted if it is trustworthy."""
    bad_price: Share = fixed(0.004)
    """Mean share that it would give up if it is not, to be taken for what it is not."""
    silence: Share = fixed(1.0)
    """How far a week of war without a step is held against it: 1 as Bayes has it, 0 where nobody looks for steps."""


class Precondition(Record):
    """What the terms on the table must contain before a side talks about a settlement."""

    issue: Name
    """Issue of the condition."""
    at_least: Number | None = None
    """Smallest value that meets it, on the issue's scale."""
    at_most: Number | None = None
    """Largest value that meets it, on the issue's scale."""


class Actor(Record):
    """What all actors share."""

    label: str | None = None
    """Name to print; the key is used where there is none."""


class StateActor(Actor):
    """A sovereign state; a belligerent if it has a side, otherwise one with a voice among the states."""

    kind: Literal["state"]
    iso3: Iso3 | None = None
    """Row of the table of states."""
    side: Side | None = None
    """Side of a belligerent."""
    ideal_point: Numbers = {}
    """What it truly wants on each issue, on the issue's scale."""
    salience: dict[Name, Positive] = {}
    """How much it cares; scaled to sum to 1 by the reader."""
    red_line: Widths = {}
    """Largest distance from the ideal point that it would sign, on the issue's scale; free where absent."""
    red_line_steepness: Positive | Literal["absolute"] = fixed(4.0)
    """Loss of utility per unit of terms beyond the red line; `absolute` for lines beyond which nothing is signed."""
    red_line_steepness_by_issue: dict[Name, Positive | Literal["absolute"]] = {}
    """The same for some issues, in place of the number for all."""
    red_line_softening: Positive = fixed(0.0)
    """Width that every red line gains in a week of war at full fatigue, as share of the issue's scale."""
    red_line_hardening: Positive = fixed(0.0)
    """Width that every red line loses per unit of new losses, as share of the issue's scale."""
    interactions: dict[Name, Interaction] = {}
    """How its losses on two issues hang together; they add up where absent."""
    curvature: Positive = fixed(1.0)
    """Exponent of the loss: 1 linear, 2 quadratic, below 1 for sacred values."""
    curvature_by_issue: dict[Name, Positive] = {}
    """The same for some issues, in place of the number for all."""
    charter_weight: Share = fixed(0.0)
    """Loss of utility from terms that are wholly against the Charter."""
    discount: Positive = fixed(0.002)
    """Weekly rate of discount."""
    horizon: Divisor = fixed(52.0)
    """Political horizon in weeks."""
    precision: Positive = fixed(45.0)
    """Precision of the quantal response: the larger, the fewer trembles."""
    trust: Share = fixed(0.1)
    """Probability that it gives the other side of being trustworthy."""
    trustworthy: Share = fixed(0.3)
    """Probability that it is trustworthy, unknown to the other side."""
    shift: Positive = fixed(0.01)
    """Share of the contested territory that it expects to lose if an agreement breaks against it."""
    exposure: Number = fixed(0.0)
    """Loss of utility, beyond the land, if an agreement breaks against it."""
    regroup: Positive = fixed(0.0)
    """What a pause is worth to it for regrouping, in utility: the pull towards instrumental talks."""
    existential: Share | None = None
    """How far its existence is at stake in the war, from 0 not at all to 1; of no effect where absent."""
    grit: Initiative | None = None
    """Its unilateral steps; it takes none where absent."""
    forces: Forces = Forces()
    cost: Cost = Cost()
    beliefs: Beliefs = Beliefs()
    home: Home = Home()
    grid: Grid | None = None
    economic_strain: Share = fixed(0.0)
    """Strain of its economy at the start and at rest."""
    preconditions: dict[Name, Precondition] = {}


class BlocActor(Actor):
    """States that decide together; the members keep their own votes."""

    kind: Literal["bloc"]
    members: Annotated[str, Field(min_length=1)]
    """Name of their group in the table of states."""
    decision_rule: Name = "unanimity"
    """How it decides on common measures: unanimity, qualified_majority, leader, consensus, or a user's own rule."""
    quota: Share = fixed(0.55)
    """Share of the members that a qualified majority needs."""
    weights: str | None = None
    """Column of the table of states with the members' weights (people) in a qualified majority."""
    weight_quota: Share = fixed(0.65)
    """Share of that weight that it needs."""
    blocking_minority: Annotated[int, Field(ge=0, le=193)] = 0
    """Members that it takes to block a qualified majority: fewer cannot; 0 where the shares alone decide."""
    leader: Iso3 | None = None
    """Member that decides where the rule is leader."""
    objection: Positive = fixed(0.5)
    """How far a member's will must be below zero before it breaks a consensus, in units of the will."""
    whip: Share = fixed(0.0)
    """Pull of the bloc's median on a member's vote in the Assembly."""
    guarantee: Share = fixed(0.0)
    """Capacity to guarantee an agreement."""
    guarantee_credibility: Share = fixed(0.0)
    """Credibility of that guarantee in the parties' eyes."""


class Sides(Record):
    """A number for each side."""

    A: Share = fixed(0.0)
    B: Share = fixed(0.0)


class Credibility(Record):
    """How far a mediator is believed, as a Beta distribution that outcomes update."""

    A: Share = fixed(0.5)
    """Prior mean in A's eyes."""
    B: Share = fixed(0.5)
    """Prior mean in B's eyes."""
    trials: Positive = fixed(8.0)
    """Outcomes (texts signed, tables closed in vain, agreements broken) that the prior weighs."""


class MediatorActor(Actor):
    """A third party that may bring the two sides together; it can have interests of its own."""

    kind: Literal["mediator"]
    iso3: Iso3 | None = None
    """Row of the table of states, if it is a state."""
    arms: Literal["A", "B"] | None = None
    """Side that it also arms: its leverage over that side is what it gives, and falls when it gives less."""
    bias: Signed = fixed(0.0)
    """Weight on A's interest over B's: -1 only B's, 0 none, 1 only A's."""
    war_cost: Positive = fixed(0.05)
    """What the war costs it, in the parties' units: a mediator that bears none has no reason to warn."""
    access: Sides = Sides()
    """How openly each side receives it."""
    good_offices: Share = fixed(0.0)
    """How well it carries messages and hosts meetings, whatever it may propose."""
    leverage: Sides = Sides()
    """Utility that it can add for each side while it is engaged."""
    leverage_decay: Positive = fixed(0.04)
    """Weekly rate at which that leverage fades after a signature."""
    information: Share = fixed(0.0)
    """Precision of what it knows of each side by itself."""
    mandate: tuple[Name, ...] | None = None
    """Issues that its texts may speak of; all where absent."""
    charter_minimum: Share = fixed(0.0)
    """Smallest consistency with the Charter that it endorses."""
    guarantee: Share = fixed(0.0)
    """Capacity to guarantee an agreement."""
    guarantee_credibility: Share = fixed(0.0)
    """Credibility of that guarantee in the parties' eyes."""
    engagement: Share = fixed(0.5)
    """Probability that it offers its services in a given week."""
    patience: Positive = fixed(12.0)
    """Mean length in weeks of a round of talks under it that finds no agreement."""
    leaves: Share = fixed(0.0)
    """Probability that it goes home when talks under it fail or what it brokered breaks."""
    returns: Positive = fixed(0.05)
    """Weekly hazard that it comes back, at full access and no ripeness."""
    credibility: Credibility | None = None
    """Its name with the sides, on which belief, access and choice hang; never at stake where absent."""
    site_presence: Share = fixed(0.0)
    """Its inspectors' presence at the nuclear site."""


class VetoPlayerActor(Actor):
    """A party beside the two belligerents whose consent an agreement needs; what it signs, it judges by itself."""

    kind: Literal["veto_player"]
    iso3: Iso3 | None = None
    """Row of the table of states, if it is a state."""
    consent: Literal["ceasefire", "settlement", "both"]
    """Agreements that need its consent."""
    reservation: Number | Literal["status_quo"]
    """Utility below which it withholds its consent; `status_quo` is the worth of the war or ceasefire as it is."""
    war_cost: Positive = fixed(0.0)
    """Utility that the war, while it goes on, takes from the worth of things as they are."""
    hardness: Number = fixed(0.0)
    """Gain, in utility, that it demands beyond its reservation."""
    ideal_point: Numbers
    """What it wants on each issue that it cares about, on the issue's scale."""
    salience: dict[Name, Positive]
    """How much it cares about each of these; scaled to sum to 1 by the reader."""
    red_line: Widths = {}
    """Largest distance from the ideal point that it would sign, on the issue's scale; free where absent."""
    red_line_steepness: Positive | Literal["absolute"] = fixed(4.0)
    """Loss of utility per unit of terms beyond the red line; `absolute` for lines beyond which nothing is signed."""
    red_line_steepness_by_issue: dict[Name, Positive | Literal["absolute"]] = {}
    """The same for some issues, in place of the number for all."""
    curvature: Positive = fixed(1.0)
    """Exponent of the loss: 1 linear, 2 quadratic, below 1 for sacred values."""
    curvature_by_issue: dict[Name, Positive] = {}
    """The same for some issues, in place of the number for all."""
    charter_weight: Share = fixed(0.0)
    """Loss of utility from terms that are wholly against the Charter."""
    precision: Positive = fixed(45.0)
    """Precision of the quantal response: the larger, the fewer trembles."""


AnyActor = Annotated[StateActor | BlocActor | MediatorActor | VetoPlayerActor, Field(discriminator="kind")]
