"""States, blocs and mediators of one world as Mesa agents: windows on their rows of the arrays.

An agent keeps nothing that changes. What it is and has is read from the world when asked for and cannot be
set, because only the phases move the world; what it says it would do is the theory applied to its own row.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import numpy as np
from mesa import Agent
from mesa.agent import AgentSet

from sim.theory import voting
from sim.world import ballot
from sim.world.phases.text import endorsed, of_convener
from sim.world.protocols import PROTOCOLS, Table, spoken
from sim.world.state import World
from sim.world.windows import (
    NOTHING,
    as_terms,
    luck_at_the_table,
    of_mediator,
    of_mediator_by_side,
    of_side,
    of_state,
    table_in_session,
)


class _Window(Agent):
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

    What only belligerents have is not a number for the others, nor is what only the table knows for a state
    outside it.

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
        rows = model.authored.tables.states
        written = model.authored.actors.get(actor)
        in_table = None if row is None else rows.names[row]
        super().__init__(model, key, (written.label if written else None) or in_table)
        self.row, self.actor = row, actor
        self.side: str | None = written.side if written else None
        self.side_row = None if self.side is None else "AB".index(self.side)
        self.groups: tuple[str, ...] = () if row is None else rows.groups[row]
        self.council: str = "" if row is None else rows.council[row]

    tolerance = of_side("tolerance", "Civilian tolerance of the war, in [0, 1].")
    trust = of_side("trust", "Probability that it gives the other side of being trustworthy.")
    forces = of_side("forces", "Its army, in units of its strength at the start.")
    casualties = of_side("casualties", "Its cumulative losses, in the same units.")
    fatigue = of_side("fatigue", "War fatigue, in [0, 1].")
    grid = of_side("grid", "Usable power over the need of the peak winter week.")
    cost = of_side("cost", "Weekly cost of war, in utility.")
    belief = of_side("drift_mean", "Weekly drift of the front that it believes in, towards B.")
    ripeness = of_side("ripe", "How ripe it is for talks, in [0, 1].")
    war_value = of_side("war_value", "Worth of fighting on.")
    reservation_value = of_side("reservation", "Worth of its best course without a new agreement.")

    general = of_state("general", "Its point on the general dimension of the Assembly.")
    dependence_a = of_state("dependence_a", "Dependence on A, in [0, 1].")
    dependence_b = of_state("dependence_b", "Dependence on B, in [0, 1].")
    absence = of_state("absence", "Log odds of its absence from a vote.")

    @property
    def conflict(self) -> float:
        """Its alignment in this conflict, as drawn for this run."""
        return NOTHING if self.row is None else float(self.world.society.conflict[self.row, 0])

    @property
    def lean(self) -> float:
        """Move of its public position towards A's pole since the start, mean over topics."""
        return NOTHING if self.row is None else float(self.world.society.lean()[self.row, 0])

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
        return tuple(key for key, bloc in self.model.blocs.items() if bloc.group in self.groups)

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
        return voting.OUTCOMES[ballot.vote(self.world, text, np.array([self.row]))[0, 0]]

    def support(self, text: str) -> float:
        """Its latent support for a text after the discipline of its blocs; above 0 in favour.

        Raises
        ------
        ValueError
            As `vote` does.
        """
        self._draft(text)
        world = self.world
        return float(ballot.whipped(world, text, np.array([self.row]), ballot.whips(world))[0, 0])

    def _draft(self, text: str) -> Any:
        texts = self.world.tree.texts
        if text not in texts:
            raise ValueError(f"no such text {text!r}; texts are {', '.join(texts) or 'none'}")
        if self.row is None:
            raise ValueError(f"{self.key} has no row in a table of states, and so no voice")
        return texts[text]


class BlocAgent(_Window):
    """States that decide together; the members are agents of their own and keep their votes.

    Parameters
    ----------
    model : NegotiationModel
    key : str
    """

    kind = "bloc"

    def __init__(self, model: Any, key: str) -> None:
        written = model.authored.actors[key]
        super().__init__(model, key, written.label)
        self.group: str = written.members
        self.decision_rule: str = written.decision_rule

    @property
    def members(self) -> AgentSet:
        """The states of its group, in the order of the table."""
        states = [state for state in self.model.states.values() if self.group in state.groups]
        return AgentSet(states, random=self.model.random)

    def position(self, text: str) -> float:
        """Latent support of its median member for a text, as the world stands.

        Raises
        ------
        ValueError
            The scenario has no such text, or the bloc has no members.
        """
        texts, calling = self.world.tree.texts, ballot.whips(self.world)
        if text not in texts:
            raise ValueError(f"no such text {text!r}; texts are {', '.join(texts) or 'none'}")
        before = calling[: calling.index(self.key)] if self.key in calling else calling
        return float(ballot.caucus(self.world, text, self.key, before)[0])

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
        votes = [member.vote(text) for member in self.members]
        counts = [votes.count(outcome) for outcome in ("yes", "no", "abstain")]
        present = sum(counts)
        return (1.5 * max(counts) - 0.5 * present) / present if present else NOTHING


class MediatorAgent(_Window):
    """A third party that may bring the two sides together.

    Parameters
    ----------
    model : NegotiationModel
    key : str
    """

    kind = "mediator"

    def __init__(self, model: Any, key: str) -> None:
        super().__init__(model, key, model.authored.actors[key].label)
        self.row = model.world.mediators.keys.index(key)

    bias = of_mediator("bias", "Weight on A's interest over B's, in [-1, 1].")
    information = of_mediator("information", "Precision of what it knows of each side by itself.")
    engagement = of_mediator("engagement", "Probability that it offers its services, before shocks.")
    good_offices = of_mediator("good_offices", "How well it carries messages and hosts meetings.")
    guarantee = of_mediator("guarantee", "Credible capacity to guarantee an agreement, in [0, 1].")
    charter_minimum = of_mediator("charter_minimum", "Least consistency with the Charter that it endorses.")
    patience = of_mediator("patience", "Mean length in weeks of a round of talks under it.")
    access = of_mediator_by_side("access", "How openly each side receives it.")
    leverage = of_mediator_by_side("leverage", "Utility that it can add for each side, before shocks.")

    @property
    def offering(self) -> bool:
        """Whether it offers its services this week."""
        return bool(self.world.offering[self.row, 0])

    @property
    def present(self) -> bool:
        """Whether it is in the business at all: it may leave after a failure and come back."""
        return bool(self.world.present[self.row, 0])

    @property
    def convening(self) -> bool:
        """Whether the talks in session are under it."""
        return bool(self.world.talking[0] and self.world.convener[0] == self.row)

    @property
    def mandate(self) -> tuple[str, ...]:
        """Issues of which its texts may speak."""
        names, speaks = self.world.issues.names, self.world.mediators.mandate[self.row, :, 0]
        return tuple(name for name in self.world.scenario.issues if speaks[names.index(name)])

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
        speaks = found.open_issues & world.mediators.mandate[self.row]
        own = replace(found, bias=of_convener(world, world.mediators.bias), open_issues=speaks)
        said = spoken(PROTOCOLS[world.tree.protocol.name], own, luck_at_the_table(world))
        return as_terms(world, endorsed(world, said.text))
