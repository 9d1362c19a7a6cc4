"""The whole scenario: every section of a file in one frozen record."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, SkipValidation, model_validator
from pydantic.json_schema import SkipJsonSchema

from sim.scenario.tables import Tables
from sim.scenario.vocabulary.actors import AnyActor, BlocActor, MediatorActor, StateActor, VetoPlayerActor
from sim.scenario.vocabulary.base import Name, Record
from sim.scenario.vocabulary.fora import Aid, Assembly, Council, Influence, Sanctions, StateTable, Text, TieLayer
from sim.scenario.vocabulary.issues import Calendar, Incentive, Issue
from sim.scenario.vocabulary.procedure import Question
from sim.scenario.vocabulary.protocols import Protocol
from sim.scenario.vocabulary.shocks import Shock
from sim.scenario.vocabulary.table import Agreements, Ladder, Mediation, Ripeness, Talks
from sim.scenario.vocabulary.war import Front, Humanitarian, NuclearSite


class Mechanisms(Record):
    """Switches: what is false is left out of every week, and the luck of the rest stays as it is."""

    attrition: bool = True
    strikes: bool = True
    shocks: bool = True
    fatigue: bool = True
    tolerance: bool = True
    home_weariness: bool = True
    """Whether losses wear down the tolerance to which a home returns; beside `tolerance`."""
    learning: bool = True
    commitment: bool = True
    """Whether the parties fear, when they sign, that an agreement may break."""
    breaking: bool = True
    """Whether agreements can break."""
    bad_faith: bool = True
    """Whether agreements of sides that are not trustworthy break the sooner, where the scenario says how much."""
    red_lines: bool = True
    moving_red_lines: bool = True
    """Whether fatigue and losses move red lines, where a side says how far."""
    interactions: bool = True
    """Whether issues hang together, where a side says how."""
    war_curvature: bool = True
    """Whether the value of war counts how a front that wanders bears on bent losses; straight ones have no bend."""
    gambling: bool = True
    """Whether leaders gamble for resurrection, where a side says how far."""
    talk_learning: bool = False
    """Whether the sides learn at the table what the other needs; their way out is then what they believe of it."""
    holding_out: bool = False
    """Whether rivals stand firm whatever they need, so that a refusal teaches nothing; beside `talk_learning`."""
    reservation_messages: bool = True
    """Whether a mediator tells each side what it knows of the other's reservation value; beside `talk_learning`."""
    taste: bool = True
    """Whether acceptance has a taste shock; without it a party signs exactly what is worth signing."""
    preconditions: bool = True
    instrumental_talks: bool = True
    sincerity: bool = True
    """Whether answers at the table are read as signs of who means to settle, where doubt shortens talks."""
    mediation: bool = True
    leverage: bool = True
    honesty: bool = True
    """Whether a mediator is believed as far as its bias makes honesty pay; otherwise it always is."""
    presence: bool = True
    """Whether mediators leave after failure and come back."""
    rivalry: bool = True
    """Whether mediators at work at the same time bear on each other's effect."""
    reputation: bool = True
    """Whether outcomes change how far a mediator is believed and received."""
    reliability: bool = True
    """Whether outcomes, ties and what a guarantor still gives bear on belief in its guarantee."""
    ratification: bool = True
    consent: bool = True
    """Whether veto players, where there are any, sit at the table and are asked for their consent."""
    homes_at_table: bool = False
    """Whether a government asks at the table for what it believes that its home must have; beside `ratification`."""
    ladder: bool = True
    trust: bool = True
    """Whether small deals change trust."""
    peace_trust: bool = True
    """Whether an agreement that stands builds trust, where the ladder says over how many weeks."""
    grit: bool = True
    """Whether sides take unilateral steps, where a side says at what price."""
    diagnosticity: bool = True
    """Whether a deal tempts and teaches by its own stake; otherwise all do so like one of `reference_stake`."""
    separability: bool = True
    """Whether small deals have a worth of their own; otherwise each is worth its part of a general ceasefire."""
    strategic_use: bool = True
    """Whether bad types use a pause to regroup."""
    asymmetric_loss: bool = True
    """Whether breaches are reported less often than kept deals, and so tell more; otherwise reports err to both sides
    alike, and that of a breach takes back one kept deal."""
    forgetting: bool = True
    """Whether trust returns to its prior between the deals."""
    relief: bool = True
    """Whether open deals spare grid, front and need."""
    influence: bool = True
    patron_pressure: bool = True
    """Whether patrons who move away make the war dearer to the side they leave, where the scenario says how much."""
    assembly: bool = True
    vote_effects: bool = True
    """Whether an adopted text costs legitimacy and widens mandates; without it votes are only counted."""
    sanctions: bool = True
    aid: bool = True
    humanitarian: bool = True
    nuclear: bool = True
    incentives: bool = True


class Scenario(Record):
    """An authored world: what is disputed, by whom, under which ties, rules and shocks.

    It is read once by `sim.load`, with every fault told at once, and never changes; a variant is a new one.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    title: str | None = None
    question: str
    calendar: Calendar
    sources: dict[str, str] = {}
    """Full references, by the keys that `source` uses."""
    issues: dict[Name, Issue]
    actors: dict[Name, AnyActor]
    front: Front
    humanitarian: Humanitarian | None = None
    nuclear_site: NuclearSite | None = None
    ripeness: Ripeness = Ripeness()
    talks: Talks = Talks()
    mediation: Mediation = Mediation()
    protocol: Protocol = Protocol()
    ladder: Ladder | None = None
    agreements: Agreements = Agreements()
    incentives: dict[Name, Incentive] = {}
    states: StateTable | None = None
    ties: dict[Name, TieLayer] = {}
    influence: Influence = Influence()
    aid: dict[Name, Aid] = {}
    sanctions: Sanctions | None = None
    assembly: Assembly = Assembly()
    council: Council | None = None
    """How sponsors deal with the threat of a veto; without it texts go to the Council as they were written."""
    texts: dict[Name, Text] = {}
    shocks: dict[Name, Shock] = {}
    mechanisms: Mechanisms = Mechanisms()
    variants: dict[Name, dict[str, Any]] = {}
    """Named overrides of this file; null takes an entry away."""

    tables: SkipJsonSchema[SkipValidation[Tables]] = Field(default=Tables(), exclude=True, repr=False)
    """Tables beside the file, filled in by the reader; never written in the file."""

    @property
    def belligerents(self) -> tuple[str, str]:
        """Keys of the actors on side A and on side B."""
        by_side = {actor.side: key for key, actor in self.actors.items() if isinstance(actor, StateActor)}
        return by_side["A"], by_side["B"]

    @property
    def mediators(self) -> dict[str, MediatorActor]:
        """Mediators in the order of the file."""
        return {key: actor for key, actor in self.actors.items() if isinstance(actor, MediatorActor)}

    @property
    def blocs(self) -> dict[str, BlocActor]:
        """Blocs in the order of the file."""
        return {key: actor for key, actor in self.actors.items() if isinstance(actor, BlocActor)}

    @property
    def veto_players(self) -> dict[str, VetoPlayerActor]:
        """Veto players in the order of the file."""
        return {key: actor for key, actor in self.actors.items() if isinstance(actor, VetoPlayerActor)}

    @property
    def questions(self) -> dict[str, Question]:
        """All that is put to a vote: every text, and what is moved on it under ``text.name``."""
        every: dict[str, Question] = {}
        for key, text in self.texts.items():
            every |= {key: text, **{f"{key}.{name}": one for name, one in text.questions.items()}}
        return every

    def belligerent(self, side: str) -> StateActor:
        """The actor on a side."""
        states = (actor for actor in self.actors.values() if isinstance(actor, StateActor))
        return next(state for state in states if state.side == side)

    @model_validator(mode="after")
    def _has_both_sides(self) -> Scenario:
        sides = [actor.side for actor in self.actors.values() if isinstance(actor, StateActor) and actor.side]
        if sorted(sides) != ["A", "B"]:
            found = ", ".join(sides) or "none"
            raise ValueError(f"one belligerent on side A and one on side B is allowed, found {found}")
        return self
