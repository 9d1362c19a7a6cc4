"""Third parties: the table of states with their positions, the donors, and the coalition of sanctions.

Positions are kept in single precision and in chunks of runs that fit the cache, because the weekly product of
ties and positions is the dearest step of the week.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sim.randomness import Luck
from sim.scenario.tables import StateRows, TieRows
from sim.scenario.vocabulary import Scenario
from sim.theory import influence
from sim.theory.ties import has_ties, mix
from sim.world.codes import MEMBERS, SLOT

Array = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

CHUNK = 128
"""Runs whose positions are moved at once: with three topics they fit a core's cache."""


class Society:
    """States, donors and senders around one batch of worlds.

    Without a table of states it is empty: nobody votes, nobody moves, and aid and sanctions have no members.
    """

    def __init__(self, scenario: Scenario, tree: SimpleNamespace, luck: Luck) -> None:
        self.rows: StateRows | None = scenario.tables.states
        self.topics = tuple(scenario.states.topics) if scenario.states else ()
        self.luck, self.runs = luck, luck.replicates.size
        self._start_donors(scenario)
        if self.rows is not None:
            self._start_states(scenario, tree, self.rows)
            self._start_senders(scenario, tree, self.rows)

    def _start_states(self, scenario: Scenario, tree: SimpleNamespace, rows: StateRows) -> None:
        self.place = {code: row for row, code in enumerate(rows.iso3)}
        size = len(rows.iso3)
        slots = [SLOT.get(code, -1) for code in rows.iso3]
        self.known: Rows | None = None if -1 in slots else np.array(slots, dtype=np.intp)
        openness = float(tree.influence.susceptibility)
        self.ties = mixed_ties(scenario, tree, size)
        listens = has_ties(self.ties)
        self.susceptibility = np.where(listens, openness, 0.0)
        observed = (
            np.stack([rows.columns[topic] for topic in self.topics], axis=1) if self.topics else np.zeros((size, 0))
        )
        anchors = influence.anchor(observed, self.ties, self.susceptibility)
        own = (1.0 - self.susceptibility)[:, None] * anchors
        self.pull = sparse.csr_array(sparse.diags_array(self.susceptibility) @ self.ties).astype(np.float32)
        self.own_weight: Single = (1.0 - self.susceptibility).astype(np.float32)[:, None]
        self.observed: Single = observed.astype(np.float32)[:, :, None]
        self.chunks = [slice(start, min(start + CHUNK, self.runs)) for start in range(0, self.runs, CHUNK)]
        self.held = [self._wide(own.astype(np.float32)[:, :, None], chunk) for chunk in self.chunks]
        self.positions = [self._wide(self.observed, chunk) for chunk in self.chunks]
        alignment = self.normals("alignment")
        spread = rows.columns.get("conflict_se", np.zeros(size))[:, None]
        self.conflict: Array = rows.columns["conflict"][:, None] + spread * alignment

    def _start_senders(self, scenario: Scenario, tree: SimpleNamespace, rows: StateRows) -> None:
        rules = tree.sanctions
        self.leak = np.zeros(self.runs) + (rules.leak if rules else 0.0)
        self.bloc_in_force: Flags = np.ones(self.runs, dtype=bool)
        self.others_share: Array = np.ones(self.runs)
        self.senders = rows.columns.get("sender", np.zeros(len(rows.iso3))) > 0
        blocs = scenario.blocs
        bloc = blocs.get(rules.bloc) if rules else None
        self.bloc_members: Flags = rows.members(bloc.members) if bloc else np.zeros(len(rows.iso3), dtype=bool)

    def _start_donors(self, scenario: Scenario) -> None:
        self.donors: dict[str, tuple[str, ...]] = {}
        self.shares: dict[str, Array] = {}
        self.commitments: dict[str, Array] = {}
        for key, donors in scenario.tables.donors.items():
            self.donors[key] = donors.donor
            self.shares[key] = (donors.weekly / donors.weekly.sum())[:, None]
            self.commitments[key] = np.ones((len(donors.donor), self.runs))

    def _wide(self, values: Single, chunk: slice) -> Single:
        """(state, topic, 1) values for every run of a chunk, as (state, topic, run) in one piece."""
        return np.repeat(values, chunk.stop - chunk.start, axis=2)

    def listen(self, noise: Single, spread: Single, drift: Single) -> None:
        """A week of influence: anchors move by luck and drift, positions by their partners and anchors.

        Parameters
        ----------
        noise : (state, run) float32
            Standard normal luck of the week.
        spread, drift : (run,) float32
            Its weight, and what moves every state alike towards B's pole.
        """
        for place, chunk in enumerate(self.chunks):
            held, positions = self.held[place], self.positions[place]
            step = noise[:, chunk] * spread[chunk]
            step += drift[chunk]
            step *= self.own_weight
            held += step[:, None]
            moved = (self.pull @ positions.reshape(len(held), -1)).reshape(held.shape)
            moved += held
            self.positions[place] = np.clip(moved, 0.0, 1.0, out=moved)

    def by_topic(self) -> Single:
        """Public positions as (state, topic, run)."""
        return np.concatenate(self.positions, axis=2)

    def lean(self, rows: Rows | None = None) -> Array:
        """Move of states' public positions towards A's pole since the start, mean over topics, (row, run).

        Of all states, or of the rows asked for.
        """
        places = np.arange(len(self.observed)) if rows is None else rows
        if not self.topics:
            return np.zeros((len(places), self.runs))
        seen = np.concatenate([np.take(chunk, places, axis=0) for chunk in self.positions], axis=2)
        moved = np.take(self.observed, places, axis=0) - seen
        total = moved[:, 0].astype(np.float64)
        for topic in range(1, len(self.topics)):
            total += moved[:, topic]
        return total / len(self.topics)

    def shift(self, code: str, change: Array) -> None:
        """Moves the anchors of one state (or of ``all``) on every topic by (run,) towards B's pole."""
        if self.rows is None:
            return
        rows = slice(None) if code == "all" else slice(self.place[code], self.place[code] + 1)
        for held, chunk in zip(self.held, self.chunks, strict=True):
            held[rows] += (self.own_weight[rows] * change[chunk])[:, None].astype(np.float32)

    def normals(self, stream: str) -> Array:
        """Standard normal draws of a run, one a state, (state, run)."""
        return self._per_state(self.luck.once_normal, stream)

    def uniforms(self, stream: str) -> Array:
        """Uniform draws of a run, one a state, (state, run)."""
        return self._per_state(self.luck.once_uniform, stream)

    def _per_state(self, draw: Callable[[str, str, int], Array], stream: str) -> Array:
        """Draws by state: a member's slot in one block of draws, and draws of their own for all others."""
        assert self.rows is not None
        block = draw(stream, "members", len(MEMBERS))
        if self.known is not None:
            return np.take(block, self.known, axis=0)
        rows = zip(self.rows.iso3, map(SLOT.get, self.rows.iso3), strict=True)
        return np.stack([draw(stream, code, 1)[0] if slot is None else block[slot] for code, slot in rows])


def mixed_ties(scenario: Scenario, tree: SimpleNamespace, size: int) -> Any:
    """All layers of ties mixed into one row-stochastic matrix, (state, state)."""
    layers = {name: tie_matrix(rows, size) for name, rows in scenario.tables.ties.items()}
    weights = {name: float(tree.ties[name].weight) for name in layers}
    if not any(weights.values()):
        return sparse.csr_array((size, size))
    return mix(layers, weights)


def tie_matrix(rows: TieRows, size: int) -> Any:
    """One layer of ties as a sparse matrix, row = the influenced state."""
    return sparse.csr_array((rows.weight, (rows.influenced, rows.other)), shape=(size, size))
