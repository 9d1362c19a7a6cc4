"""The world: the arrays of R parallel histories, with the run as their last axis.

Everything that changes while a run goes on stands here and nowhere else.  Phases read these arrays, call the
theory and write them; agents and recorders look at them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from sim.randomness import Luck
from sim.scenario.vocabulary import Scenario
from sim.theory import preferences
from sim.theory.attrition import attrition, fatigue
from sim.world.agenda import Agenda, agendas
from sim.world.journal import Journal
from sim.world.parameters import Layout, issue_parameters, mediator_parameters, side_parameters
from sim.world.realise import realise, stable_ids
from sim.world.society import Society

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

WAR, CEASEFIRE, SETTLEMENT, VICTORY_A, VICTORY_B = range(5)
STATUS = ("war", "ceasefire", "settlement", "victory of A", "victory of B")
NEVER = 10**6
"""A week that does not come."""


class World:
    """R histories of one scenario, side by side.

    It is built from a scenario, the luck of its replicates and, in a sweep, columns of values; then the phases
    of the engine change it week by week; at the end its record is read and it is thrown away.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    replicates : (run,) int
        Which replicate each run plays.
    columns : mapping from path to (run,) float, optional
        Values of a sweep, in place of what the file says.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        replicates: npt.ArrayLike,
        columns: Mapping[str, Array] | None = None,
        luck: Luck | None = None,
    ) -> None:
        self.scenario = scenario
        self.on = scenario.mechanisms
        self.luck = luck or Luck(seed, replicates, scenario.calendar.weeks)
        self.replicates = np.asarray(replicates, dtype=np.int64)
        self.runs = self.replicates.size
        self.ids = stable_ids(scenario)
        self.tree, self.drawn = realise(scenario, self.luck, columns)
        self.layout = Layout(scenario, self.tree, self.runs)
        self.issues = issue_parameters(self.layout)
        self.sides = side_parameters(self.layout)
        self.mediators = mediator_parameters(self.layout, self.ids)
        self.agendas: tuple[Agenda, Agenda] = agendas(self.issues, self.sides, self.on.red_lines)
        self.society = Society(self)
        self.journal = Journal()
        self.week = -1
        self.cold = np.zeros(())
        self.exposed_to_sanctions = self._exposed(scenario.sanctions.target if scenario.sanctions else None)
        self.exposed_to_need = self._exposed(scenario.humanitarian.side if scenario.humanitarian else None)
        self._start_war()
        self._start_minds()
        self._start_table()
        self._start_ladder()
        self._start_surroundings()

    def _start_war(self) -> None:
        side = self.sides
        self.status: Codes = np.zeros(self.runs, dtype=np.int64)
        self.front: Array = self.layout.over_runs(self.tree.front.share).copy()
        self.last_move: Array = np.zeros(self.runs)
        self.momentum: Array = np.zeros(self.runs)
        self.forces: Array = side.forces.initial.copy()
        self.first_losses: Array = attrition(
            self.forces, side.forces.effectiveness, 1.0,
            own_exponent=self.tree.front.own_exponent, other_exponent=self.tree.front.other_exponent,
        )  # fmt: skip
        self.casualties: Array = side.forces.losses.copy()
        self.fatigue: Array = fatigue(self.casualties, side.forces.fatigue_scale)
        self.grid: Array = np.where(side.has_grid, getattr(side.grid, "usable", 1.0), 1.0) * np.ones((2, self.runs))
        self.deficit: Array = np.zeros((2, self.runs))
        self.harm: Array = np.zeros((2, self.runs))
        self.strikes: Array = np.zeros((2, self.runs))
        self.unserved: Array = np.zeros((2, self.runs))

    def _start_minds(self) -> None:
        side = self.sides
        self.tolerance: Array = side.home.tolerance.copy()
        self.strain: Array = side.economic_strain.copy()
        self.cost: Array = side.cost.base.copy()
        self.drift_mean: Array = side.beliefs.drift.copy()
        self.drift_variance: Array = side.beliefs.uncertainty**2
        self.trust: Array = side.trust.copy()
        self.trustworthy: Flags = self.once("type", "A", "B") < side.trustworthy
        self.taste_normal: Array = self.once_normal("taste", "A", "B")

    def _start_table(self) -> None:
        shape = (self.runs,)
        self.wartime: Array = self.issues.wartime.copy()
        self.flow: Array = np.zeros((2, self.runs))
        self.annuity: Array = np.ones((2, self.runs))
        self.war_value: Array = np.zeros((2, self.runs))
        self.reservation: Array = np.zeros((2, self.runs))
        self.hazard: Array = np.zeros((2, self.runs))
        self.slope: Array = np.zeros((2, self.runs))
        self.surplus: Array = np.zeros((2, 2, self.runs))
        self.needed: Array = np.zeros((2, 2, self.runs))
        self.nash: Array = np.full((2, self.runs), np.nan)
        self.range_ends: Array = np.zeros((2, self.runs))
        self.ripe: Array = np.zeros((2, self.runs))
        self.holds_precondition: Flags = np.array(
            [[bool(side.preconditions)] * self.runs for side in self.layout.sides]
        ).reshape(2, self.runs)
        self.dropped: Flags = np.zeros((2, self.runs), dtype=bool)
        self.talking: Flags = np.zeros(shape, dtype=bool)
        self.talks_agenda: Codes = np.zeros(shape, dtype=np.int64)
        self.talks_start: Codes = np.full(shape, NEVER)
        self.convener: Codes = np.full(shape, -1)
        self.sincere: Flags = np.ones((2, self.runs), dtype=bool)
        self.text: Array = self.issues.wartime.copy()
        self.terms: Array = self.issues.wartime.copy()
        self.signed_week: Codes = np.full(shape, NEVER)
        self.peace_start: Codes = np.full(shape, NEVER)
        self.guarantor: Array = np.zeros(shape)
        self.signed_leverage: Array = np.zeros(shape)
        self.leverage_decay: Array = np.zeros(shape)
        self.signed_ratio: Array = np.zeros(shape)
        self.durable: Flags = np.zeros(shape, dtype=bool)

    def _start_ladder(self) -> None:
        rungs = self.tree.ladder.rungs if self.tree.ladder else {}
        self.rungs = tuple(rungs)
        shape = (len(rungs), self.runs)
        self.rung_end: Codes = np.full(shape, -1)
        self.rung_breach: Codes = np.full((len(rungs), 2, self.runs), NEVER)
        self.rung_success: Codes = np.full(shape, -NEVER)

    def _start_surroundings(self) -> None:
        shape = (self.runs,)
        tree = self.tree
        self.aid: Array = np.ones((2, self.runs))
        self.factor: dict[str, Array] = {}
        self.addend: dict[str, Array] = {}
        self.shock_end: dict[str, Array] = {}
        self.shock_size: dict[str, Array] = {}
        self.shock_rest: dict[str, Array] = {}
        self.need: Array = np.ones(shape)
        self.funded: Array = np.zeros(shape) + (tree.humanitarian.funded if tree.humanitarian else 1.0)
        self.site_dark: Flags = np.zeros(shape, dtype=bool)
        self.dark_weeks: Array = np.zeros(shape)
        self.accident: Flags = np.zeros(shape, dtype=bool)
        self.legitimacy: Array = np.zeros(shape)
        self.pressure: Array = np.ones(shape)
        self.good_offices: Array = np.zeros(shape)
        self.offering: Flags = np.zeros((len(self.mediators.keys), self.runs), dtype=bool)

    def _exposed(self, key: str | None) -> Array:
        """1 in the row of a belligerent, (side, 1)."""
        return np.array([[float(name == key)] for name in self.scenario.belligerents])

    def once(self, stream: str, *ids: str) -> Array:
        """Uniform draws of a run, one row an id."""
        return np.stack([self.luck.once_uniform(stream, id)[0] for id in ids])

    def once_normal(self, stream: str, *ids: str) -> Array:
        """Standard normal draws of a run, one row an id."""
        return np.stack([self.luck.once_normal(stream, id)[0] for id in ids])

    def uniform(self, stream: str, *ids: str) -> Array:
        """This week's uniform draws, one row an id."""
        return np.stack([self.luck.uniform(stream, id)[self.week, 0] for id in ids])

    def normal(self, stream: str, *ids: str) -> Array:
        """This week's standard normal draws, one row an id."""
        return np.stack([self.luck.normal(stream, id)[self.week, 0] for id in ids])

    def level(self, target: str, base: float | Array) -> float | Array:
        """A quantity as the active shocks leave it."""
        if target in self.factor:
            base = base * self.factor[target]
        return base + self.addend[target] if target in self.addend else base

    def side_of(self, key: str) -> int:
        """Row of a belligerent: 0 for A, 1 for B."""
        return self.scenario.belligerents.index(key)

    @property
    def at_war(self) -> Flags:
        """Runs in which the war goes on."""
        return self.status == WAR

    @property
    def at_peace(self) -> Flags:
        """Runs in which a ceasefire or a settlement stands."""
        return (self.status == CEASEFIRE) | (self.status == SETTLEMENT)

    @property
    def open_rungs(self) -> Flags:
        """(rung, run): small deals in force."""
        return self.rung_end >= self.week

    def relief(self, effect: str) -> Array:
        """Largest effect of a kind (spares_grid, spares_front, relieves_need) among the open small deals."""
        total = np.zeros(self.runs)
        if not self.rungs or not self.on.relief:
            return total
        for rung, is_open in zip(self.tree.ladder.rungs.values(), self.open_rungs, strict=True):
            np.maximum(total, np.where(is_open, getattr(rung, effect), 0.0), out=total)
        return total

    def utility(self, terms: Array, agenda: Array) -> Array:
        """Flow utility of signed terms to each side, (side, run): losses, Charter and red lines.

        Parameters
        ----------
        terms : (issue, run) float in [0, 1]
        agenda : (issue, run) or (issue, 1) bool
            Issues of which the agreement speaks: only they can cross a red line or be delivered or not.
        """
        side, issue = self.sides, self.issues
        delivered = np.where(agenda, issue.credibility, 1.0)
        gain = preferences.utility(terms, side.ideal_point, side.salience * delivered, curvature=self.curvature)
        if self.agendas[1].promises_fail:
            gain = gain - preferences.loss(
                self.wartime, side.ideal_point, side.salience * (1.0 - delivered), self.curvature
            )
        norm = preferences.norm_consistency(terms, issue.charter, np.where(agenda, issue.charter_weight, 0.0))
        gain = gain - side.charter_weight * (1.0 - norm)
        if not self.on.red_lines:
            return gain
        return gain - preferences.red_line_penalty(
            terms, side.ideal_point, side.red_line, side.steepness, signed=agenda
        )

    @property
    def curvature(self) -> float | Array:
        """Exponent of the loss: the number 1 where it is 1 everywhere, which is faster."""
        return 1.0 if self.agendas[1].linear else self.sides.curvature[:, None, :]
