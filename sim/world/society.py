"""Third parties: the table of states with their positions, the donors, and the coalition of sanctions.

Positions are kept in single precision, one row a state and one column a topic and run, because the weekly
product of ties and positions is the dearest step of the week.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sim.scenario.tables import StateRows, TieRows
from sim.theory import influence
from sim.world.codes import MEMBERS, SLOT

if TYPE_CHECKING:
    from sim.world.state import World

Array = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


class Society:
    """States, donors and senders around one batch of worlds.

    Without a table of states it is empty: nobody votes, nobody moves, and aid and sanctions have no members.
    """

    def __init__(self, world: World) -> None:
        scenario = world.scenario
        self.rows: StateRows | None = scenario.tables.states
        self.topics = tuple(scenario.states.topics) if scenario.states else ()
        self.runs = world.runs
        self._start_donors(world)
        if self.rows is not None:
            self._start_states(world, self.rows)
            self._start_senders(world, self.rows)

    def _start_states(self, world: World, rows: StateRows) -> None:
        self.place = {code: row for row, code in enumerate(rows.iso3)}
        size = len(rows.iso3)
        openness = float(world.tree.influence.susceptibility)
        self.ties = mixed_ties(world, size)
        listens = influence.has_ties(self.ties)
        self.susceptibility = np.where(listens, openness, 0.0)
        observed = np.stack([rows.columns[topic] for topic in self.topics], axis=1) if self.topics else np.zeros((size, 0))
        anchors = influence.anchor(observed, self.ties, self.susceptibility)
        own = (1.0 - self.susceptibility)[:, None] * anchors
        self.pull = sparse.csr_array(sparse.diags_array(self.susceptibility) @ self.ties).astype(np.float32)
        self.own_weight: Single = (1.0 - self.susceptibility).astype(np.float32)[:, None]
        self.held: Single = np.repeat(own.astype(np.float32)[:, :, None], self.runs, axis=2).reshape(size, -1)
        self.observed: Single = np.repeat(observed.astype(np.float32)[:, :, None], self.runs, axis=2)
        self.positions: Single = self.observed.reshape(size, -1).copy()
        alignment = self.per_state(world.luck.once_normal("alignment", "conflict", len(MEMBERS)), world, "alignment")
        spread = rows.columns.get("conflict_se", np.zeros(size))[:, None]
        self.conflict: Array = rows.columns["conflict"][:, None] + spread * alignment

    def _start_senders(self, world: World, rows: StateRows) -> None:
        rules = world.tree.sanctions
        self.leak = world.layout.over_runs(rules.leak if rules else 0.0).copy()
        self.bloc_in_force: Flags = np.ones(self.runs, dtype=bool)
        self.others_share: Array = np.ones(self.runs)
        self.senders = rows.columns.get("sender", np.zeros(len(rows.iso3))) > 0
        blocs = world.scenario.blocs
        bloc = blocs.get(rules.bloc) if rules else None
        self.bloc_members: Flags = rows.members(bloc.members) if bloc else np.zeros(len(rows.iso3), dtype=bool)

    def _start_donors(self, world: World) -> None:
        self.donors: dict[str, tuple[str, ...]] = {}
        self.shares: dict[str, Array] = {}
        self.commitments: dict[str, Array] = {}
        for key, donors in world.scenario.tables.donors.items():
            self.donors[key] = donors.donor
            self.shares[key] = (donors.weekly / donors.weekly.sum())[:, None]
            self.commitments[key] = np.ones((len(donors.donor), self.runs))

    def by_topic(self) -> npt.NDArray[np.float32]:
        """Public positions as (state, topic, run)."""
        return self.positions.reshape(len(self.positions), len(self.topics), self.runs)

    def lean(self) -> Array:
        """Move of each state's public position towards A's pole since the start, mean over topics, (state, run)."""
        if not self.topics:
            return np.zeros((len(self.positions), self.runs))
        moved = self.observed - self.by_topic()
        total = moved[:, 0].astype(np.float64)
        for topic in range(1, len(self.topics)):
            total += moved[:, topic]
        return total / len(self.topics)

    def shift(self, code: str, change: Array) -> None:
        """Moves the anchors of one state (or of ``all``) on every topic by (run,) towards B's pole."""
        if self.rows is None:
            return
        rows = slice(None) if code == "all" else self.place[code]
        held = self.held.reshape(len(self.held), len(self.topics), self.runs)
        weight = self.own_weight[rows][..., None] if code == "all" else self.own_weight[rows]
        held[rows] += (weight * change).astype(np.float32)

    def per_state(self, slots: Array, world: World, stream: str) -> Array:
        """Draws by state, (state, run), from the slots of the member states; others have draws of their own."""
        assert self.rows is not None
        known = [SLOT.get(code) for code in self.rows.iso3]
        if all(slot is not None for slot in known):
            return np.take(slots, np.array(known, dtype=np.intp), axis=0)
        normal = stream != "absence"
        ask = world.luck.once_normal if normal else world.luck.once_uniform
        return np.stack([
            ask(stream, code)[0] if slot is None else slots[slot]
            for code, slot in zip(self.rows.iso3, known, strict=True)
        ])  # fmt: skip


def mixed_ties(world: World, size: int) -> Any:
    """All layers of ties mixed into one row-stochastic matrix, (state, state)."""
    layers = {name: tie_matrix(rows, size) for name, rows in world.scenario.tables.ties.items()}
    weights = {name: float(world.tree.ties[name].weight) for name in layers}
    if not any(weights.values()):
        return sparse.csr_array((size, size))
    return influence.mix(layers, weights)


def tie_matrix(rows: TieRows, size: int) -> Any:
    """One layer of ties as a sparse matrix, row = the influenced state."""
    return sparse.csr_array((rows.weight, (rows.influenced, rows.other)), shape=(size, size))
