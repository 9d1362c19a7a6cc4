"""States, blocs and mediators of one world as Mesa agents: windows on their rows of the arrays.

An agent keeps nothing that changes. What it is and has is read from the world when asked for and cannot be set,
because only the phases move the world; what it says it would do is the theory applied to its own row. Reading
an attribute that the actor has no row for gives a number that is not one, so that whole sets can be asked.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from mesa import Agent
from mesa.agent import AgentSet

from sim.scenario.vocabulary.actors import StateActor
from sim.theory import voting
from sim.world.phases.text import _luck, _table, endorsed, of_convener, open_issues
from sim.world.phases.third_parties import weariness
from sim.world.phases.valuations import required_utility
from sim.world.protocols import PROTOCOLS, Table
from sim.world.state import World

Array = npt.NDArray[np.float64]

ALONE = np.zeros(1, dtype=np.intp)
"""The only run of a world that has a face."""


def _of_side(name: str, doc: str) -> Any:
    """Window on a belligerent's row of an array of the world, (side, run)."""

    def read(agent: StateAgent) -> float:
        return float("nan") if agent.side_row is None else float(getattr(agent.world, name)[agent.side_row, 0])

    return property(read, doc=doc)


def _of_state(column: str, doc: str) -> Any:
    """Window on a state's row of a column of the table of states."""

    def read(agent: StateAgent) -> float:
        rows = agent.world.society.rows
        known = agent.row is not None and rows is not None and column in rows.columns
        return float(rows.columns[column][agent.row]) if known else float("nan")  # type: ignore[union-attr]

    return property(read, doc=doc)


def _of_mediator(name: str, doc: str) -> Any:
    """Window on a mediator's row of an array of the parameters, (mediator, run)."""

    def read(agent: MediatorAgent) -> float:
        return float(getattr(agent.world.mediators, name)[agent.row, 0])

    return property(read, doc=doc)


def _of_mediator_by_side(name: str, doc: str) -> Any:
    """Window on a mediator's row of an array of the parameters, (mediator, side, run)."""

    def read(agent: MediatorAgent) -> dict[str, float]:
        to_a, to_b = getattr(agent.world.mediators, name)[agent.row, :, 0]
        return {"A": float(to_a), "B": float(to_b)}

    return property(read, doc=doc)


class _Window(Agent):  # type: ignore[misc]
    """What all agents share: the key by which the scenario knows them, and the world that they look at."""

    def __init__(self, model: Any, key: str, label: str | None) -> None:
        super().__init__(model)
        self.key, self.label = key, label or key

    @property
    def world(self) -> World:
        """The arrays that this agent has its row in."""
        world: World = self.model.world
        return world

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key!r})"


class StateAgent(_Window):
    """A sovereign state: a row of the table of states, a belligerent, or both.

    Parameters
    ----------
    model : NegotiationModel
    key : str
        Its code in the table of states; the actor's key where it stands in no table.
    row : int or None
        Its row in the table of states.
    actor : str or None
        Key of the actor that it is in the scenario, if it is one.
    """

    kind = "state"

    def __init__(self, model: Any, key: str, row: int | None, actor: str | None) -> None:
        authored = model.authored
        rows = authored.tables.states
        written = authored.actors[actor] if actor else None
        self.row, self.actor = row, actor
        self.side = written.side if isinstance(written, StateActor) else None
        self.side_row = None if self.side is None else "AB".index(self.side)
        self.groups: tuple[str, ...] = () if row is None else rows.groups[row]
        self.council: str = "" if row is None else rows.council[row]
        super().__init__(model, key, (written and written.label) or (None if row is None else rows.names[row]))

    tolerance = _of_side("tolerance", "Civilian tolerance of the war, in [0, 1].")
    trust = _of_side("trust", "Probability that it gives the other side of being trustworthy.")
    forces = _of_side("forces", "Its army, in units of its strength at the start.")
    casualties = _of_side("casualties", "Its cumulative losses, in the same units.")
    fatigue = _of_side("fatigue", "War fatigue, in [0, 1].")
    grid = _of_side("grid", "Usable power over the need of the peak winter week.")
    cost = _of_side("cost", "Weekly cost of war, in utility.")
    belief = _of_side("drift_mean", "Weekly drift of the front that it believes in, towards B.")
    ripeness = _of_side("ripe", "How ripe it is for talks, in [0, 1].")
    war_value = _of_side("war_value", "Worth of fighting on.")
    reservation_value = _of_side("reservation", "Worth of its best course without a new agreement.")

    general = _of_state("general", "Its point on the general dimension of the Assembly.")
    dependence_a = _of_state("dependence_a", "Dependence on A, in [0, 1].")
    dependence_b = _of_state("dependence_b", "Dependence on B, in [0, 1].")

    @property
    def conflict(self) -> float:
        """Its alignment in this conflict, as drawn for this run."""
        return float("nan") if self.row is None else float(self.world.society.conflict[self.row, 0])

    @property
    def lean(self) -> float:
        """Move of its public position towards A's pole since the start, mean over topics."""
        return float("nan") if self.row is None else float(self.world.society.lean()[self.row, 0])

    @property
    def position(self) -> dict[str, float]:
        """What it says in public on each topic, on [0, 1]; empty without a row in the table of states."""
        society = self.world.society
        if self.row is None:
            return {}
        return dict(zip(society.topics, society.by_topic()[self.row, :, 0].tolist(), strict=True))

    @property
    def blocs(self) -> tuple[str, ...]:
        """Keys of the blocs that it belongs to."""
        return tuple(bloc.key for bloc in self.model.blocs.values() if self in bloc.members)

    def vote(self, text: str) -> str | None:
        """How it votes on a text, as the world stands.

        At the end of the week of the vote this is what it voted.

        Parameters
        ----------
        text : str
            Key of a text of the scenario.

        Returns
        -------
        One of ``voting.OUTCOMES``; None in the Council for a state without a seat.

        Raises
        ------
        ValueError
            The scenario has no such text, or the state has no voice.
        """
        draft = self._draft(text)
        if draft.forum == "council" and not self.council:
            return None
        rules = self.world.tree.assembly
        support = self._called(text, self._whips())
        torn = np.array([[self.dependence_a]]), np.array([[self.dependence_b]])
        band = voting.abstention_band(
            draft.band, *torn, rules.cross_pressure, rules.fatigue, weariness(self.world)
        )
        if draft.forum == "council" and self.council == "permanent":
            support = np.where(support < 0, np.minimum(support + rules.veto_cost, 0.0), support)
        return voting.OUTCOMES[voting.cast(support, band, self._absent(text, draft))[0, 0]]

    def support(self, text: str) -> float:
        """Its latent support for a text, discipline of its blocs included; above 0 in favour.

        Raises
        ------
        ValueError
            As `vote` does.
        """
        self._draft(text)
        return float(self._called(text, self._whips())[0, 0])

    def _draft(self, text: str) -> Any:
        texts = self.world.tree.texts
        if text not in texts:
            raise ValueError(f"no such text {text!r}; texts are {', '.join(texts) or 'none'}")
        if self.row is None:
            raise ValueError(f"{self.key} has no row in a table of states, and so no voice")
        return texts[text]

    def _whips(self) -> list[BlocAgent]:
        return [bloc for bloc in self.model.blocs.values() if bloc.whip > 0]

    def _own(self, values: Array) -> Array:
        """Its row, (1, run), of an array over states."""
        return values[self.row : self.row + 1]  # type: ignore[operator]

    def _called(self, text: str, blocs: Sequence[BlocAgent]) -> Array:
        """Support, (1, run), after some blocs have called for discipline, one after the other."""
        if not blocs:
            return self._alone(text)
        *before, last = blocs
        support = self._called(text, before)
        if self not in last.members:
            return support
        heard = np.concatenate([member._called(text, before) for member in last.members])
        return voting.whip(support, voting.caucus(heard, np.ones(len(heard), dtype=bool)), last.whip)

    def _alone(self, text: str) -> Array:
        """Support, (1, run), before any bloc has called for discipline."""
        world, draft = self.world, self.world.tree.texts[text]
        return voting.support(
            np.array([[self.general]]), self._own(world.society.conflict),
            general_weight=draft.general_weight, conflict_weight=draft.conflict_weight, demand=draft.demand,
            push=world.tree.assembly.lobbying * self._own(world.society.lean()),
            noise=self._own(world.society.normals(f"votes {text}")),
        )  # fmt: skip

    def _absent(self, text: str, draft: Any) -> npt.NDArray[np.bool_]:
        if draft.forum == "council":
            return np.zeros((1, 1), dtype=bool)
        columns = self.world.society.rows.columns  # type: ignore[union-attr]
        chance = voting.absence_probability(self._own(columns["absence"])[:, None], 0.0)
        return self._own(self.world.society.uniforms(f"absence {text}")) < chance


class BlocAgent(_Window):
    """States that decide together; the members are agents of their own and keep their votes.

    Parameters
    ----------
    model : NegotiationModel
    key : str
    members : sequence of StateAgent
        Those of its group in the table of states.
    """

    kind = "bloc"

    def __init__(self, model: Any, key: str, members: Sequence[StateAgent]) -> None:
        super().__init__(model, key, model.authored.actors[key].label)
        self.decision_rule: str = model.authored.actors[key].decision_rule
        self._members = tuple(members)

    @property
    def members(self) -> AgentSet:
        """Its members, a new set at each call."""
        return AgentSet(self._members, random=self.model.random)

    @property
    def whip(self) -> float:
        """Pull of its median on a member's vote, in [0, 1]."""
        return float(np.asarray(self.world.tree.actors[self.key].whip).reshape(-1)[0])

    def cohesion(self, text: str) -> float:
        """How far its members vote alike on a text, as the world stands.

        The largest of yes, no and abstaining less half of the other two, over all three: 1 where all agree, 0
        where they are split in three. Not a number where nobody is there.

        Raises
        ------
        ValueError
            As `StateAgent.vote` does.
        """
        votes = [member.vote(text) for member in self._members]
        counts = [votes.count(outcome) for outcome in ("yes", "no", "abstain")]
        present = sum(counts)
        return (1.5 * max(counts) - 0.5 * present) / present if present else float("nan")


class MediatorAgent(_Window):
    """A third party that may bring the two sides together.

    Parameters
    ----------
    model : NegotiationModel
    key : str
    row : int
        Its row among the mediators.
    """

    kind = "mediator"

    def __init__(self, model: Any, key: str, row: int) -> None:
        super().__init__(model, key, model.authored.actors[key].label)
        self.row = row

    bias = _of_mediator("bias", "Weight on A's interest over B's, in [-1, 1].")
    information = _of_mediator("information", "Precision of what it knows of each side by itself.")
    engagement = _of_mediator("engagement", "Probability that it offers its services in a week without shocks.")
    good_offices = _of_mediator("good_offices", "How well it carries messages and hosts meetings.")
    guarantee = _of_mediator("guarantee", "Credible capacity to guarantee an agreement, in [0, 1].")
    charter_minimum = _of_mediator("charter_minimum", "Smallest consistency with the Charter that it endorses.")
    patience = _of_mediator("patience", "Mean length in weeks of a round of talks under it.")
    access = _of_mediator_by_side("access", "How openly each side receives it, by side.")
    leverage = _of_mediator_by_side("leverage", "Utility that it can add for each side before shocks, by side.")

    @property
    def offering(self) -> bool:
        """Whether it offers its services this week."""
        return bool(self.world.offering[self.row, 0])

    @property
    def convening(self) -> bool:
        """Whether the talks in session are under it."""
        return bool(self.world.talking[0] and self.world.convener[0] == self.row)

    @property
    def mandate(self) -> tuple[str, ...]:
        """Issues of which its texts may speak."""
        issues = self.world.issues.names
        return tuple(np.array(issues)[self.world.mediators.mandate[self.row, :, 0]].tolist())

    def propose(self, table: Table | None = None) -> dict[str, float] | None:
        """Text that it would put forward after a week at a table, with this week's luck.

        Parameters
        ----------
        table : Table, optional
            Of one run; without it, the talks in session as if this mediator convened them.

        Returns
        -------
        Terms by issue on [0, 1]; None where no table is given and nobody talks.
        """
        world = copy.copy(self.world)
        world.convener = np.full(1, self.row)
        found = table or table_in_session(world)
        if found is None:
            return None
        mandate = world.mediators.mandate[self.row]
        own = replace(
            found, bias=of_convener(world, world.mediators.bias), open_issues=found.open_issues & mandate
        )
        text = endorsed(world, PROTOCOLS[world.tree.protocol.name](own, _luck(world, ALONE)))
        return as_terms(world, text)


def table_in_session(world: World) -> Table | None:
    """The talks of a single run as a protocol sees them; None where nobody talks."""
    if not world.talking[0]:
        return None
    shown, agenda = open_issues(world), int(world.talks_agenda[0])
    text = np.where(shown, world.text, world.wartime)
    return _table(world, agenda, shown, text, required_utility(world, agenda, text), ALONE)


def as_terms(world: World, values: Array) -> dict[str, float]:
    """Terms, (issue, run), of a single run by the names of the issues, on [0, 1]."""
    return dict(zip(world.issues.names, values[:, 0].tolist(), strict=True))


def people(model: Any) -> tuple[dict[str, StateAgent], dict[str, BlocAgent], dict[str, MediatorAgent]]:
    """All agents of a model by their keys: states in the order of the table, then blocs, then mediators."""
    authored = model.authored
    rows = authored.tables.states
    codes: tuple[str, ...] = rows.iso3 if rows is not None else ()
    actors = {key: actor for key, actor in authored.actors.items() if isinstance(actor, StateActor)}
    named = {actor.iso3: key for key, actor in actors.items() if actor.iso3}
    states = {code: StateAgent(model, code, row, named.get(code)) for row, code in enumerate(codes)}
    outside = [key for key, actor in actors.items() if actor.iso3 not in states]
    states |= {key: StateAgent(model, key, None, key) for key in outside}
    return states, _blocs(model, states), _mediators(model)


def _blocs(model: Any, states: Mapping[str, StateAgent]) -> dict[str, BlocAgent]:
    return {
        key: BlocAgent(model, key, [state for state in states.values() if actor.members in state.groups])
        for key, actor in model.authored.blocs.items()
    }


def _mediators(model: Any) -> dict[str, MediatorAgent]:
    return {key: MediatorAgent(model, key, row) for row, key in enumerate(model.authored.mediators)}
