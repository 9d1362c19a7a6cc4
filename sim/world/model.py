"""`NegotiationModel`: one world of the ensemble with the face of a Mesa model.

It plays by the engine and its phases, and by nothing else: one run of it is the run that an ensemble with the
same seed plays as the same replicate, to the last bit. Ensembles do not go through here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from mesa import DataCollector, Model

from sim.scenario import Scenario, vary
from sim.scenario.vocabulary.actors import StateActor
from sim.theory import voting
from sim.world.agents import BlocAgent, MediatorAgent, StateAgent
from sim.world.binding import bound, load
from sim.world.engine import play_week
from sim.world.protocols import Table
from sim.world.quantities import READINGS
from sim.world.state import STATUS, World
from sim.world.windows import as_terms, table_in_session


class Event(NamedTuple):
    """Something that happened: in which week, what, to whom or what, and a number that belongs to it."""

    week: int
    kind: str
    who: str
    value: float


class NegotiationModel(Model):
    """One world, played week by week: ``step()`` is a week, and ``running`` ends with the last one.

    ``agents`` holds the states, then the blocs, then the mediators; each kind is also a mapping by key. They
    only look, and the phases of the engine act for all of them. ``datacollector`` has a row a week with all
    recorded quantities; put another in its place before the first step to collect something else.

    Parameters
    ----------
    scenario : Scenario, str or Path
        One that was read, or its folder. It is kept as ``authored``: Mesa has a ``scenario`` of its own.
    rng : int, optional
        Seed of the luck, in [0, 2**128). A generator, or anything else that Mesa takes, is asked for one, and
        chance where nothing is given; what was used is in ``seed``.
    replicate : int
        Which run of an ensemble with this seed to play.
    variants : str or sequence of str
        Variants of the file, laid over it in this order.
    **settings
        What ``--set`` does: a path in the scenario and its value. In a call, two underscores stand for a dot
        (``actors__usa__leverage__A=0.05``); in a mapping, as `mesa.batch_run` has it, the dots can stay.

    Raises
    ------
    InputFault
        In the scenario, its variants or the settings.

    Notes
    -----
    `mesa.batch_run` tries each member of a value that can be looped over, so a scenario that was read, and a
    tuple of variants, go into a list: ``{"scenario": [scenario], "replicate": range(20)}``.

    >>> model = NegotiationModel("scenarios/toy-two-sides", rng=7, calendar__weeks=156)
    >>> model.step(); model.week, model.sides[1].key, model.mediators["envoy"].convening
    (0, 'south', False)
    """

    def __init__(
        self,
        scenario: Scenario | str | Path,
        rng: Any = None,
        replicate: int = 0,
        *,
        variants: str | Sequence[str] = (),
        **settings: Any,
    ) -> None:
        seed = None if rng is None or not isinstance(rng, int | np.integer) else int(rng)
        super().__init__(rng=rng if seed is None else seed)
        self.seed: int = int(self.rng.integers(2**63)) if seed is None else seed
        self.replicate = int(replicate)
        self.authored = _authored(scenario, (variants,) if isinstance(variants, str) else variants, settings)
        self.world = World(self.authored, self.seed, [self.replicate])
        self.states = _states(self)
        self.blocs = {key: BlocAgent(self, key) for key in self.authored.blocs}
        self.mediators = {key: MediatorAgent(self, key) for key in self.authored.mediators}
        self.datacollector = DataCollector(model_reporters=self._reporters())
        self.running = True

    def step(self) -> None:
        """Plays a week and collects it; after the last week nothing happens any more."""
        if not self.running:
            return
        play_week(self.world)
        self.running = self.week + 1 < self.authored.calendar.weeks
        self.datacollector.collect(self)

    @property
    def week(self) -> int:
        """Number of the week that was played last, from 0; -1 before the first."""
        return self.world.week

    @property
    def sides(self) -> tuple[StateAgent, StateAgent]:
        """The belligerents, A and B."""
        by_side = {state.side: state for state in self.states.values()}
        return by_side["A"], by_side["B"]

    @property
    def status(self) -> str:
        """War, ceasefire, settlement, or victory of a side."""
        return STATUS[self.world.status[0]]

    @property
    def table(self) -> Table | None:
        """The talks in session as a protocol sees them; None where nobody talks."""
        return table_in_session(self.world)

    @property
    def text(self) -> dict[str, float] | None:
        """Terms on the table by issue, on [0, 1]; None where nobody talks."""
        return as_terms(self.world, self.world.text) if self.world.talking[0] else None

    @property
    def terms(self) -> dict[str, float] | None:
        """Terms in force by issue, on [0, 1]; None where no ceasefire or settlement stands."""
        return as_terms(self.world, self.world.terms) if self.world.at_peace[0] else None

    @property
    def events(self) -> list[Event]:
        """All that happened so far, in its order."""
        noted = self.world.journal.events
        return [Event(week, kind, who, float(value[0])) for week, kind, who, _, value in noted]

    @property
    def votes(self) -> dict[str, dict[str, int | bool]]:
        """For each text, and question on it, that was voted on: states by outcome, and whether it was adopted."""
        votes: dict[str, dict[str, int | bool]] = {}
        for ballot in self.world.journal.tallies:
            if ballot.put[0]:
                votes[ballot.key] = dict(zip(voting.OUTCOMES, ballot.counts[:, 0].tolist(), strict=True))
                votes[ballot.key]["adopted"] = bool(ballot.adopted[0])
        return votes

    def read(self, quantity: str) -> float:
        """Value of a recorded quantity after the last week; not a number where it does not exist.

        Parameters
        ----------
        quantity : str
            A name in ``sim.record.quantities``.
        """
        return float(READINGS[quantity](self.world)[0])

    def _reporters(self) -> dict[str, Any]:
        own = {name: name for name in ("seed", "replicate", "week")}
        return {**own, **{name: [self.read, [name]] for name in READINGS}}


def _states(model: NegotiationModel) -> dict[str, StateAgent]:
    """All states by their keys: those of the table in its order, then the actors that do not stand in it."""
    rows = model.authored.tables.states
    codes: tuple[str, ...] = rows.iso3 if rows is not None else ()
    actors = {key: actor for key, actor in model.authored.actors.items() if isinstance(actor, StateActor)}
    named = {actor.iso3: key for key, actor in actors.items()}
    states = {code: StateAgent(model, code, row, named.get(code)) for row, code in enumerate(codes)}
    outside = [key for key, actor in actors.items() if actor.iso3 not in codes]
    return states | {key: StateAgent(model, key, None, key) for key in outside}


def _authored(scenario: Scenario | str | Path, variants: Sequence[str], settings: dict[str, Any]) -> Scenario:
    overrides = [f"{key.replace('__', '.')}={_as_yaml(value)}" for key, value in settings.items()]
    if not isinstance(scenario, Scenario):
        return load(scenario, variants=variants, overrides=overrides)
    return bound(vary(scenario, variants=variants, overrides=overrides) if variants or overrides else scenario)


def _as_yaml(value: Any) -> str:
    """A value of Python as the shell would write it; a text stands as it is."""
    return value if isinstance(value, str) else json.dumps(value, default=_plain)


def _plain(value: Any) -> Any:
    """A number of NumPy, or a date, as JSON knows it."""
    return value.item() if isinstance(value, np.generic) else str(value)
