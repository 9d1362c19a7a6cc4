"""Third parties: the table of states with their positions, the donors, and the coalition of sanctions.

What moves is one stance a state: how far it has gone from the observed positions towards B's pole, alike on all
topics.  Stances are kept in single precision and in chunks of runs that fit the cache, because the weekly
product of ties and stances is the dearest step of the week.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sim.randomness import Luck, short_normals
from sim.scenario.tables import StateRows, TieRows
from sim.scenario.vocabulary import Scenario
from sim.theory.arrays import ordered_sum
from sim.theory.influence import bounded_confidence_step
from sim.theory.ties import has_ties, mix, row_stochastic
from sim.world.codes import MEMBERS, SLOT
from sim.world.generators import generated

Array = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

CHUNK = 256
"""Runs whose stances are moved at once, so that they fit a core's cache."""


TARGET_TRADE = "target_trade"
"""Column of the table of states with each state's share of the target's trade, if the table has one."""


class Society:
    """States, donors and senders around one batch of worlds.

    Without a table of states it is empty: nobody votes, nobody moves, and aid and sanctions have no members.
    """

    def __init__(self, scenario: Scenario, tree: SimpleNamespace, luck: Luck) -> None:
        self.rows: StateRows | None = scenario.tables.states
        self.topics = tuple(scenario.states.topics) if scenario.states else ()
        self.luck, self.runs = luck, luck.replicates.size
        self.elected: dict[int, Flags] = {}
        self.coalition: Array = np.ones(self.runs)
        self._start_donors(scenario)
        if self.rows is not None:
            self._start_states(scenario, tree, self.rows)
            self._start_senders(scenario, tree, self.rows)

    def _start_states(self, scenario: Scenario, tree: SimpleNamespace, rows: StateRows) -> None:
        self.place = {code: row for row, code in enumerate(rows.iso3)}
        size = len(rows.iso3)
        slots = [SLOT.get(code, -1) for code in rows.iso3]
        self.known: Rows | None = None if -1 in slots else np.array(slots, dtype=np.intp)
        self.in_order = slots == list(range(len(MEMBERS)))
        self.ties = mixed_ties(scenario, tree, rows, self.luck)
        at_war = [self.place[code] for code in _belligerents(scenario) if code in self.place]
        self.susceptibility = _openness(tree.influence, has_ties(self.ties), at_war)
        self.confidence = None if tree.influence.rule == "friedkin_johnsen" else tree.influence.confidence
        columns = [rows.columns[topic] for topic in self.topics]
        self.observed: Array = np.stack(columns, axis=1) if columns else np.zeros((size, 0))
        self.heard = sparse.csr_array(sparse.diags_array((self.susceptibility > 0.0) * 1.0) @ self.ties)
        self.pull = sparse.csr_array(sparse.diags_array(self.susceptibility) @ self.ties).astype(np.float32)
        self.patrons = _rows_of(self.ties, [self.place.get(code, -1) for code in _belligerents(scenario)])
        self.own_weight: Single = (1.0 - self.susceptibility).astype(np.float32)[:, None]
        self.chunks = [slice(start, min(start + CHUNK, self.runs)) for start in range(0, self.runs, CHUNK)]
        self.held = [np.zeros((size, chunk.stop - chunk.start), dtype=np.float32) for chunk in self.chunks]
        self.stances = [held.copy() for held in self.held]
        alignment = self.normals("alignment")
        spread = rows.columns.get("conflict_se", np.zeros(size))[:, None]
        self.conflict: Single = (rows.columns["conflict"][:, None] + spread * alignment).astype(np.float32)

    def _start_senders(self, scenario: Scenario, tree: SimpleNamespace, rows: StateRows) -> None:
        rules = tree.sanctions
        self.leak = np.zeros(self.runs) + (rules.leak if rules else 0.0)
        self.bloc_in_force: Flags = np.ones(self.runs, dtype=bool)
        self.others_share: Array = np.ones(self.runs)
        self.senders = rows.columns.get("sender", np.zeros(len(rows.iso3))) > 0
        self.peers = self._peers(scenario, tree, rows)
        self.staying: Flags = np.repeat(self.senders[:, None], self.runs, axis=1)
        self.outside: Array = self.trade_outside()
        blocs = scenario.blocs
        bloc = blocs.get(rules.bloc) if rules else None
        self.bloc_members: Flags = rows.members(bloc.members) if bloc else np.zeros(len(rows.iso3), dtype=bool)

    def _peers(self, scenario: Scenario, tree: SimpleNamespace, rows: StateRows) -> Any:
        """Weight of every other sender for each, (sender, sender): by a layer of ties, or all alike."""
        (at,) = np.nonzero(self.senders)
        alike = 1.0 - np.eye(len(at))
        layer = tree.sanctions.peers if tree.sanctions else None
        if layer is None:
            return row_stochastic(sparse.csr_array(alike))
        tied = layers_of_ties(scenario, rows, self.luck)[layer].toarray()[np.ix_(at, at)] * alike
        return row_stochastic(sparse.csr_array(np.where(tied.sum(axis=1, keepdims=True) > 0.0, tied, alike)))

    def trade_outside(self) -> Array:
        """Share of the target's trade with states outside the coalition, (run,); all of it where nobody knows."""
        assert self.rows is not None
        share = self.rows.columns.get(TARGET_TRADE)
        if share is None:
            return np.ones(self.runs)
        return np.clip(1.0 - ordered_sum(np.where(self.staying, share[:, None], 0.0)), 0.0, 1.0)

    def _start_donors(self, scenario: Scenario) -> None:
        self.donors: dict[str, tuple[str, ...]] = {}
        self.shares: dict[str, Array] = {}
        self.pledges: dict[str, Array] = {}
        for key, donors in scenario.tables.donors.items():
            self.donors[key] = donors.donor
            self.shares[key] = (donors.weekly / donors.weekly.sum())[:, None]
            self.pledges[key] = np.repeat(self.shares[key], self.runs, axis=1)

    def listen(self, spread: Single, drift: Single, week: int) -> None:
        """A week of influence: anchors move by luck and drift, stances by those of partners and the own anchor.

        The observed positions are the fixed point, so a world in which nothing happens does not move.

        Parameters
        ----------
        spread, drift : (run,) float32
            Weight of the week's luck, and what moves every state alike towards B's pole.
        week : int

        Source: [FriedkinJohnsen1990]_ (Friedkin and Johnsen, 1990).
        """
        luck = self.luck_of_week("stances", week)
        for place, chunk in enumerate(self.chunks):
            held = self.held[place]
            step = luck[:, chunk] * spread[chunk]
            step += drift[chunk]
            step *= self.own_weight
            if self.confidence is not None:
                self.stances[place] = self._near_ones(self.stances[place], step, chunk)
                continue
            held += step
            moved = self.pull @ self.stances[place]
            moved += held
            self.stances[place] = moved

    def _near_ones(self, stances: Single, step: Single, chunk: slice) -> Single:
        """Stances after a week in which only partners near enough are heard, and luck moves a state itself.

        Near are those whose position, the mean over topics, is no further off than the bound. There is no anchor: the
        observed positions are not at rest, and states gather from the first week on.
        """
        bound = np.broadcast_to(np.asarray(self.confidence, dtype=np.float32), (self.runs,))[chunk]
        start = (self.observed.sum(axis=1) / max(len(self.topics), 1)).astype(np.float32)[:, None]
        moved = bounded_confidence_step(start + stances, self.heard, bound) + step
        return (np.clip(moved, 0.0, 1.0) - start).astype(np.float32)

    def stance(self) -> Single:
        """How far each state has gone towards B's pole since the start, (state, run)."""
        return np.concatenate(self.stances, axis=1) if len(self.stances) > 1 else self.stances[0]

    def by_topic(self) -> Array:
        """Public positions as (state, topic, run), in [0, 1]."""
        return np.clip(self.observed[:, :, None] + self.stance()[:, None], 0.0, 1.0)

    def lean(self, rows: Rows | slice = slice(None)) -> Single:
        """How far states have gone towards A's pole since the start, (row, run): of all, or of the rows asked for."""
        return -self.stance()[rows]

    def left_by_patrons(self) -> Array:
        """How far the partners of each belligerent have gone to the other side's pole since the start, (side, run).

        The mean over partners by the weight of their ties; 0 where they have come nearer. A belligerent need not
        listen to its partners to feel it.
        """
        gone = np.concatenate([self.patrons @ stances for stances in self.stances], axis=1).astype(np.float64)
        gone[1] = -gone[1]
        return np.maximum(gone, 0.0)

    def shift(self, code: str, change: Array) -> None:
        """Moves the anchor of one state (or of ``all``) by (run,) to B's pole; the state where it has no anchor."""
        if self.rows is None:
            return
        rows = slice(None) if code == "all" else slice(self.place[code], self.place[code] + 1)
        moved = self.held if self.confidence is None else self.stances
        for held, chunk in zip(moved, self.chunks, strict=True):
            held[rows] += (self.own_weight[rows] * change[chunk]).astype(np.float32)

    def normals(self, stream: str) -> Single:
        """Standard normal draws of a run, one a state, (state, run), in single precision."""
        return self._per_state(partial(self.luck.once_normal, dtype=np.float32), stream)

    def uniforms(self, stream: str) -> Array:
        """Uniform draws of a run, one a state, (state, run)."""
        return self._per_state(self.luck.once_uniform, stream)

    def luck_of_week(self, stream: str, week: int) -> Single:
        """Standard normal draws of a week, one a state, (state, run)."""

        def draw(stream: str, code: str, slots: int) -> Single:
            return self.luck.of_week(short_normals, stream, [code], week, slots)

        return self._per_state(draw, stream)

    def _per_state(self, draw: Callable[[str, str, int], npt.NDArray[Any]], stream: str) -> npt.NDArray[Any]:
        """Draws by state: a member's slot in one block of draws, and draws of their own for all others."""
        assert self.rows is not None
        block = draw(stream, "members", len(MEMBERS))
        if self.known is not None:
            return block if self.in_order else np.take(block, self.known, axis=0)
        rows = zip(self.rows.iso3, map(SLOT.get, self.rows.iso3), strict=True)
        return np.stack([draw(stream, code, 1)[0] if slot is None else block[slot] for code, slot in rows])


def mixed_ties(scenario: Scenario, tree: SimpleNamespace, states: StateRows, luck: Luck) -> Any:
    """All layers of ties mixed into one row-stochastic matrix, (state, state)."""
    size, layers = len(states.iso3), layers_of_ties(scenario, states, luck)
    weights = {name: float(tree.ties[name].weight) for name in layers}
    if not any(weights.values()):
        return sparse.csr_array((size, size))
    return mix(layers, weights)


def layers_of_ties(scenario: Scenario, states: StateRows, luck: Luck) -> dict[str, Any]:
    """Every layer of ties by its name, read or made up, (state, state)."""
    size = len(states.iso3)
    layers = {name: tie_matrix(rows, size) for name, rows in scenario.tables.ties.items()}
    made_up = {name: layer.generator for name, layer in scenario.ties.items() if layer.generator}
    return layers | {name: tie_matrix(generated(name, one, states, luck), size) for name, one in made_up.items()}


def _openness(rules: Any, has_partners: Flags, at_war: list[int]) -> Array:
    """Weight of the partners' stances against a state's own anchor, (state,): none for one without partners."""
    openness = np.full(len(has_partners), float(rules.susceptibility))
    openness[at_war] = float(rules.belligerents)
    return np.where(has_partners, openness, 0.0)


def _belligerents(scenario: Scenario) -> list[str]:
    """Codes of the belligerents, A first; empty where one has none."""
    return [scenario.belligerent(side).iso3 or "" for side in ("A", "B")]


def _rows_of(ties: Any, rows: list[int]) -> Any:
    """Some rows of a sparse matrix in single precision, empty ones for -1."""
    picked = np.zeros((len(rows), ties.shape[1]), dtype=np.float32)
    for place, row in enumerate(rows):
        if row >= 0:
            picked[place] = ties[[row], :].toarray()[0]
    return sparse.csr_array(picked)


def tie_matrix(rows: TieRows, size: int) -> Any:
    """One layer of ties as a sparse matrix, row = the influenced state."""
    return sparse.csr_array((rows.weight, (rows.influenced, rows.other)), shape=(size, size))
