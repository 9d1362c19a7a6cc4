"""The table: how talks open, the ladder of small deals, and what makes agreements hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.vocabulary.base import Divisor, Name, Number, Positive, Record, Share, fixed


class Ripeness(Record):
    """When the sides are ready to talk."""

    rule: Literal["both_needed", "compensatory"] = "both_needed"
    """Whether one ripe side can make up for the other."""
    cost_threshold: Positive = fixed(0.002)
    """Weekly cost at which pain is one half."""
    cost_width: Divisor = fixed(0.0006)
    """Cost over which pain goes from a quarter to three quarters, about."""
    victory_in_sight: Divisor = fixed(0.05)
    """Gain over the horizon, as share of the contested territory, that would count as victory in sight."""
    way_out_precision: Positive = fixed(30.0)
    """Steepness with which the best surplus turns into a perceived way out."""
    pain_exponent: Positive = fixed(1.0)
    """Weight of pain among the components of ripeness."""
    stalemate_exponent: Positive = fixed(1.0)
    """Weight of stalemate."""
    way_out_exponent: Positive = fixed(1.0)
    """Weight of the way out."""
    cohesion_exponent: Positive = fixed(1.0)
    """Weight of a government that can speak for its side."""


class Talks(Record):
    """How talks open and close."""

    base: Share = fixed(0.004)
    """Weekly hazard of opening without any reason."""
    ripe_weight: Share = fixed(0.10)
    """Added at full ripeness."""
    good_offices_gain: Positive = fixed(1.0)
    """Relative gain of the ripe part when somebody offers good offices."""
    pressure_weight: Share = fixed(0.02)
    """Added at full pressure by third parties."""
    enticing_weight: Positive = fixed(0.2)
    """Added per unit of surplus that side-payments create."""
    instrumental_weight: Share = fixed(0.10)
    """Added per unit of what a pause is worth for regrouping."""
    direct_patience: Positive = fixed(6.0)
    """Mean length in weeks of talks without a mediator that find no agreement."""
    precondition_drop: Share = fixed(0.02)
    """Weekly hazard at full ripeness that a side drops its precondition."""
    audience_cost: Share = fixed(0.02)
    """Utility that a side loses by signing after it dropped a precondition."""
    taste_half_life: Positive = fixed(26.0)
    """Weeks in which the memory of a side's taste for agreement halves."""
    opacity: Positive = fixed(0.05)
    """Standard deviation, in utility, of what a side does not know of the other's reservation value at the start;
    it counts where `talk_learning` is switched on."""
    doubt: Share = fixed(0.0)
    """Share of the talks' patience that is lost when nobody believes any more that both sides mean to settle."""


class Mediation(Record):
    """How third parties stand to one another and to what they did before."""

    rivalry: Literal["forum_shopping", "inverted_u"] = "forum_shopping"
    """Whether others at work only let the sides choose, or first pool their means and then hinder each other."""
    coordination: Share = fixed(1.0)
    """How far the mediators speak with one voice."""
    rival_loss: Positive = fixed(0.5)
    """Relative loss of effect by an uncoordinated rival; of the inverted U, by each pair."""
    coalition_gain: Positive = fixed(0.3)
    """Relative gain of effect by a partner, of the inverted U."""
    return_pull: Positive = fixed(1.0)
    """Relative rise of the hazard of a mediator's return at full ripeness."""
    fading: Positive = fixed(4.0)
    """Rate at which belief falls with the distance of the bias from the honest interval."""
    guarantee_trials: Positive | None = None
    """Outcomes that the credibility of guarantees weighs; it never changes where absent."""
    standing_weeks: Positive = fixed(26.0)
    """Weeks of peace that count as one success of its guarantors."""
    guarantee_ties: Share = fixed(0.0)
    """Share of a guarantee's credibility that hangs on the guarantor's ties to the belligerents."""


class Rung(Record):
    """A small deal: one rung of the ladder of confidence-building measures."""

    rung: Annotated[int, Field(ge=1, le=4)]
    """Height on the ladder; 5 is the general ceasefire and 6 the settlement, both made at the table."""
    label: str | None = None
    stake: Share
    """What is at stake in it, and the simple form of a bad type's probability of cheating."""
    duration: Positive
    """Weeks for which it is agreed."""
    trust: Share
    """Smallest trust at which a side agrees to it."""
    rate: Share
    """Weekly hazard that it is proposed."""
    surplus: Number = fixed(0.02)
    """What it is worth to a side by itself, in utility, whatever becomes of the war; it must beat the risk."""
    regroup: Share = fixed(0.0)
    """Relative rise of what a bad type raises and repairs in a week while it is open."""
    spares_grid: Share = fixed(0.0)
    """Share of the strikes on the grids that stop while it is open."""
    spares_front: Share = fixed(0.0)
    """Share of the fighting that stops while it is open."""
    relieves_need: Share = fixed(0.0)
    """Share of the humanitarian need that it ends in a week."""
    repairs_site: bool = False
    """Whether it lets the nuclear site be reconnected."""


class Ladder(Record):
    """The ladder of small deals and the trust that it builds or does not build."""

    rungs: dict[Name, Rung]
    noise: Share = fixed(0.02)
    """Probability that an honest side is seen to cheat in one deal: accident, spoilers."""
    monitoring: Share = fixed(0.9)
    """Probability that a breach is seen."""
    misattribution: Share = fixed(0.0)
    """Probability that a breach that is seen is laid at the other side's door."""
    accusation: Share = fixed(0.0)
    """Probability that a side is blamed for a breach whatever it did: accusations are cheap."""
    forgetting: Share = fixed(0.01)
    """Weekly rate at which trust returns to its prior."""
    defection: Literal["stake", "logit"] = "logit"
    """Whether a bad type cheats with the probability of the stake or by weighing gain against loss."""
    defection_gain: Number = fixed(0.1)
    """Gain from cheating per unit of stake, in utility, of the weighing kind."""
    continuation_value: Number = fixed(0.03)
    """What the deal's continuing is worth to a bad type, in utility."""
    loss: Positive = fixed(0.0)
    """Utility that a side which is cheated loses per unit of stake: the risk that a deal's own surplus must beat."""
    reference_stake: Share = fixed(0.6)
    """Stake as of which every deal tempts and teaches where diagnosticity is switched off."""
    learning: Literal["bayes", "credulous", "forgiving"] = "bayes"
    """How sides read a deal: by Bayes; or, against Bayes, a kept one as one of `reference_stake` (credulous), or a
    broken one as one kept deal less (forgiving). Under these two trust rises on average without a reason."""
    linkage: Share = fixed(0.0)
    """Probability that a success brings the proposal of the next rung, and at the top a meeting of the table."""
    table_trust: Share = fixed(0.0)
    """Smallest mutual trust at which a general ceasefire is signed: rung 5."""
    settlement_trust: Share = fixed(0.0)
    """Smallest mutual trust at which a settlement is signed: rung 6."""
    peace_weeks: Positive | None = None
    """Weeks over which a ceasefire or settlement that stands teaches as much as one kept deal; nothing where absent."""
    ceasefire_stake: Share = fixed(0.6)
    """Stake of a general ceasefire, for what its keeping teaches."""
    settlement_stake: Share = fixed(0.8)
    """Stake of a settlement."""


class Agreements(Record):
    """What makes agreements break."""

    rule: str = "hazard"
    """Registered rule by which what stands breaks: hazard, quantal or deterministic."""
    hazard: Positive = fixed(0.01)
    """Weekly hazard of a bare agreement."""
    shape: Positive = fixed(1.0)
    """Exponent of age in the cumulative hazard: below 1 young agreements are the frailer by themselves."""
    switching_cost: Number = fixed(0.0)
    """Utility that going back to war costs a side, under the rules that weigh it."""
    provisions: dict[Name, Share] = {}
    """What is agreed to keep the peace (a demilitarised zone, a commission), each from 0 not at all to 1 in full."""
    strength: Positive = fixed(0.0)
    """Reduction of the log hazard by all provisions in full; it goes with their mean."""
    tolerance: Number = fixed(0.0)
    """Reduction of the log hazard by full civilian tolerance on both sides; the sign is contested."""
    history: Positive = fixed(0.0)
    """Effect of each agreement that broke before on the log hazard."""
    existential: Positive = fixed(0.5)
    """Effect on the log hazard of a war in which a side's whole existence is at stake; it goes by the larger stake."""
    guarantee: Positive = fixed(1.0)
    """Reduction of the log hazard by a full guarantee."""
    monitoring: Positive = fixed(0.5)
    """Reduction of the log hazard by full monitoring."""
    trust: Positive = fixed(0.5)
    """Reduction of the log hazard by full mutual trust."""
    temptation: Positive = fixed(2.0)
    """Effect of what a side would gain by breaking on the log hazard."""
    mismatch: Positive = fixed(1.0)
    """Effect of a signed line away from the front on the log hazard."""
    withdrawn: Positive = fixed(4.0)
    """Effect of leverage that has faded since the signature on the log hazard."""
    power_shift: Positive = fixed(1.0)
    """Effect of a change of relative strength since the signature on the log hazard."""
    war_cost: Positive = fixed(0.3)
    """Reduction of the log hazard by full fatigue from the past war."""
    charter: Number = fixed(0.0)
    """Reduction of the log hazard by terms that agree with the Charter; the sign is contested."""
    bad_faith: Positive = fixed(0.0)
    """Effect on the log hazard of each side that is not trustworthy, over what sides of their kind would lead one to
    expect; neither side sees it beforehand."""
    interim: Positive = fixed(0.5)
    """Added to the log hazard of a ceasefire over that of a settlement."""
    monitors: Share = fixed(0.3)
    """Strength of the monitoring that the parties expect."""
    rearming: Positive = fixed(0.004)
    """Strength that each side rebuilds in a week of peace."""
    rupture: Share = fixed(0.5)
    """Share of the log odds of trust lost when an agreement breaks."""
