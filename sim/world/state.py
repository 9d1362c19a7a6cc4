"""The world: the arrays of R parallel histories, with the run as their last axis.

Everything that changes while a run goes on stands here and nowhere else.  Phases read these arrays, call the
theory and write them; agents and recorders look at them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.randomness import Luck, normals, uniforms
from sim.scenario.vocabulary import Scenario
from sim.theory.attrition import attrition, fatigue
from sim.theory.front import balance, long_run_volatility
from sim.theory.humanitarian import gap
from sim.theory.ladder import weekly_lesson
from sim.theory.war_value import annuity
from sim.world.agenda import CEASEFIRE_AGENDA, SETTLEMENT_AGENDA, Agenda, agendas, flow_tastes
from sim.world.guarantors import guarantors, on_offer
from sim.world.initiatives import Initiatives, initiatives
from sim.world.journal import Journal
from sim.world.judges import Judges, judges
from sim.world.kinks import Kinks, kinks
from sim.world.offered import Offered
from sim.world.parameters import Layout, issue_parameters, mediator_parameters, side_parameters
from sim.world.players import veto_players
from sim.world.realise import realise, stable_ids
from sim.world.small_deals import deal_odds
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
        self.flow_tastes = flow_tastes(self.issues, self.sides)
        self._start_switches()
        self.impatience: Array = 1.0 / annuity(self.sides.discount, self.sides.horizon)
        self.long_run_volatility = long_run_volatility(self.tree.front.volatility, self.tree.front.persistence)
        self.observation_noise = np.maximum(self.tree.front.observation_noise, self.long_run_volatility)
        self.each_run = np.arange(self.runs)
        self.society = Society(scenario, self.tree, self.luck)
        self.journal = Journal()
        self.week = -1
        self.names = scenario.belligerents
        self.cold = np.zeros(())
        self.exposed_to_sanctions = self._exposed(scenario.sanctions.target if scenario.sanctions else None)
        self.exposed_to_need = self._exposed(scenario.humanitarian.side if scenario.humanitarian else None)
        self.guarantors = guarantors(self.scenario, self.tree, self.mediators, self.society)
        self.guarantee: Array = on_offer(self.guarantors.strength)
        self._start_war()
        self._start_minds()
        self._start_table()
        self._start_ladder()
        self._start_surroundings()

    def _start_switches(self) -> None:
        """What acts only where the scenario gives it a number."""
        side, on = self.sides, self.on
        self.red_line, self.lines_held = side.red_line, side.red_line
        self.lines_due: Flags = np.zeros(self.runs, dtype=bool)
        drawn = (side.red_line_softening, side.red_line_hardening)
        self.lines_move = on.red_lines and on.moving_red_lines and any(bool(np.any(one > 0.0)) for one in drawn)
        bent = not isinstance(self.flow_tastes.curvature, float) or side.interactions is not None
        self.kinks: Kinks | None = kinks(side, self.flow_tastes, self.issues.territory)
        self.curves_count = on.war_curvature and bent
        self.war_is_bent = self.curves_count or self.kinks is not None
        self.entices = on.incentives and bool(np.any(np.asarray(self.tree.talks.enticing_weight) != 0.0))
        self.doubts = on.sincerity and bool(np.any(np.asarray(self.tree.talks.doubt) > 0.0))
        self.gambles = on.gambling and bool(np.any(side.home.gamble > 0.0))
        ratified = any(one.home.ratifiers for one in self.layout.sides)
        self.homes_ask = on.homes_at_table and on.ratification and ratified

    def _start_war(self) -> None:
        side = self.sides
        self.status: Codes = np.zeros(self.runs, dtype=np.int64)
        self.front: Array = self.layout.over_runs(self.tree.front.share).copy()
        self.last_move: Array = np.zeros(self.runs)
        self.momentum: Array = self.once_normal("momentum", "conflict")[0]
        self.forces: Array = self._first_forces()
        self.first_losses: Array = attrition(
            self.forces, side.forces.effectiveness, 1.0,
            own_exponent=self.tree.front.own_exponent, other_exponent=self.tree.front.other_exponent,
        )  # fmt: skip
        self.casualties: Array = side.forces.losses.copy()
        self.counted_losses: Array = self.casualties
        self.fatigue: Array = fatigue(self.casualties, side.forces.fatigue_scale)
        self.first_fatigue: Array = self.fatigue.copy()
        self.grid: Array = np.where(side.has_grid, getattr(side.grid, "usable", 1.0), 1.0) * np.ones((2, self.runs))
        self.deficit: Array = np.zeros((2, self.runs))
        self.harm: Array = np.zeros((2, self.runs))
        self.strikes: Array = np.zeros((2, self.runs))
        self.unserved: Array = np.zeros((2, self.runs))

    def _first_forces(self) -> Array:
        """Strengths at the start; set apart, each by half, where the scenario gives the first week's drift."""
        given, front = self.sides.forces.initial, self.tree.front
        if front.drift is None:
            return given.copy()
        wanted = balance(self.layout.over_runs(front.drift), front.mobility)
        half = 0.5 * (wanted - (np.log(given[1]) - np.log(given[0])))
        return given * np.exp(np.stack([-half, half]))

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
        self._start_players()
        self.home_error: Array | float = 0.0
        if self.homes_ask and np.any(side.home.misreading > 0.0):
            self.home_error = side.home.misreading * self.once_normal("homes", "A", "B")

    def _start_players(self) -> None:
        """Veto players, those asked about a ceasefire and about a settlement, and each one's taste for agreement."""
        self.players = veto_players(self.scenario)
        self.player_ids = tuple(self.ids[key] for key in self.players)
        self.judges: tuple[Judges, Judges] = (
            judges(self.layout, self.issues, CEASEFIRE_AGENDA, self.on.red_lines),
            judges(self.layout, self.issues, SETTLEMENT_AGENDA, self.on.red_lines),
        )
        none = np.zeros((0, self.runs))
        self.player_taste: Array = self.once_normal("consent taste", *self.player_ids) if self.players else none

    def _start_table(self) -> None:
        shape = (self.runs,)
        self.wartime: Array = self.issues.wartime.copy()
        self.wartime[self.issues.territory] = self.front
        self.outside: list[Array] = [agenda.outside(self.wartime) for agenda in self.agendas]
        self.flow: Array = np.zeros((2, self.runs))
        self.annuity: Array = np.ones((2, self.runs))
        self.war_value, self.reservation = np.zeros((2, 2, self.runs))
        self.fallback, self.improved, self.coming_shift = np.zeros((3, 2, self.runs))
        self.promised, self.tabled_flow, self.feared = np.zeros((3, 2, 2, self.runs))
        self.hazard: Array = np.zeros((2, self.runs))
        self.slope: Array = np.zeros((2, self.runs))
        self.bend: Array | float = 0.0
        self.reckoned: Array = self.cost
        self.doubt: Array = np.zeros((2, 0, self.runs))
        self.misjudged: Array = np.zeros((2, self.runs))
        self.left_out: list[Array | float] = [0.0, 0.0]
        self.surplus: Array = np.zeros((2, 2, self.runs))
        self.needed: Array = np.zeros((2, 2, self.runs))
        self.asked: Array = self.needed.copy() if self.homes_ask else self.needed
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
        self.opener: Codes = np.zeros(shape, dtype=np.int64)
        self.sincere: Flags = np.ones((2, self.runs), dtype=bool)
        self.sincerity: Array = np.ones((2, self.runs))
        self.best_refused: Array = np.zeros((2, self.runs))
        self.text: Array = self.wartime.copy()
        self.complete: Flags = np.ones(shape, dtype=bool)
        self.straight: Flags = np.zeros(shape, dtype=bool)
        self.settled: Flags = np.zeros(self.wartime.shape, dtype=bool)
        self.offered: dict[tuple[int, ...], Offered] = {}
        self.terms: Array = self.wartime.copy()
        self.signed_week: Codes = np.full(shape, NEVER)
        self.peace_start: Codes = np.full(shape, NEVER)
        self.guarantor: Array = np.zeros(shape)
        self.signed_leverage, self.signed_gain = np.zeros((2, self.runs)), np.full((2, self.runs), np.nan)
        self.leverage_decay: Array = np.zeros(shape)
        self.signed_ratio: Array = np.zeros(shape)
        self.breaks: Array = np.zeros(shape)
        self.kept: Array = np.zeros(shape)
        self.guarantee_stale = False
        self.provisions: Array | float = provisions(self.tree.agreements, self.layout.sides)
        self.resistance: Array | float = self.provisions
        self.durable: Flags = np.zeros(shape, dtype=bool)

    def _start_ladder(self) -> None:
        rungs = self.tree.ladder.rungs if self.tree.ladder else {}
        self.rungs = tuple(rungs)
        deals = list(rungs.values())
        shape = (len(rungs), self.runs)
        self.rung_stake: Array = self.layout.stack([deal.stake for deal in deals])
        self.rung_trust: Array = self.layout.stack([deal.trust for deal in deals])
        self.rung_rate: Array = self.layout.stack([deal.rate for deal in deals])
        used = bool(rungs) and self.on.ladder and self.on.strategic_use
        self.regroups = used and any(np.any(np.asarray(deal.regroup) > 0.0) for deal in deals)
        weeks = self.layout.stack([deal.duration for deal in deals])
        self.rung_weeks: Codes = np.maximum(np.round(weeks), 1.0).astype(np.int64)
        self.rung_repairs: Flags = np.array([[deal.repairs_site] for deal in deals], dtype=bool).reshape(-1, 1)
        self.rung_relieves: Flags = self.layout.stack([deal.relieves_need for deal in deals]) > 0.0
        self.rung_surplus: Array = self.layout.stack([deal.surplus for deal in deals])
        self.rungs_above = [_next_rungs(deals, deal.rung) for deal in deals]
        if self.tree.ladder:
            rules, precision = self.tree.ladder, self.sides.precision
            self.deals = deal_odds(rules, self.on, self.rung_stake, precision, self.trustworthy)
        self.initiatives: Initiatives | None = None
        if self.on.ladder and self.on.grit:
            self.initiatives = initiatives(self.sides.grit, self.trustworthy)
        self.quiet_week: Array | None = self._quiet_week()
        self.rung_end: Codes = np.full(shape, -1)
        self.rung_breach: Codes = np.full((len(rungs), 2, self.runs), NEVER)
        self.need_pulls = self._need_pulls()
        self.called: Flags = np.zeros(shape, dtype=bool)
        self.meeting_called: Flags = np.zeros(self.runs, dtype=bool)

    def _need_pulls(self) -> bool:
        """Whether need that is not met bears on the proposal of deals that relieve it."""
        rules = self.tree.humanitarian
        if rules is None or not self.on.humanitarian:
            return False
        return bool(np.any(np.asarray(rules.deal_pull) > 0.0) and self.rung_relieves.any())

    def _quiet_week(self) -> Array | None:
        """Factor on the odds of a side's good faith after a week of ceasefire and of settlement, (2, side, run).

        Over the weeks that the ladder names it adds up to what one kept deal of the same stake teaches.
        """
        rules = self.tree.ladder
        if rules is None or rules.peace_weeks is None or not (self.on.ladder and self.on.trust and self.on.peace_trust):
            return None
        stakes = self.layout.stack([rules.ceasefire_stake, rules.settlement_stake])
        kept = deal_odds(rules, self.on, stakes, self.sides.precision, self.trustworthy).kept
        return weekly_lesson(kept, rules.peace_weeks)

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
        self.usual_gap: Array = gap(self.need, self.funded)
        self.site_dark: Flags = np.zeros(shape, dtype=bool)
        self.dark_weeks: Array = np.zeros(shape)
        self.accident: Flags = np.zeros(shape, dtype=bool)
        self.legitimacy: Array = np.zeros(shape)
        self.mandate: Array = np.zeros(shape)
        self.patrons: Array = np.zeros((2, self.runs))
        self.drafts: dict[str, Any] = {}
        self.kept_votes: dict[str, npt.NDArray[np.int8]] = {}
        self.pressure: Array = np.ones(shape)
        self.good_offices: Array = np.zeros(shape)
        self._start_mediators((len(self.mediators.keys), self.runs))

    def _start_mediators(self, shape: tuple[int, int]) -> None:
        self.offering: Flags = np.zeros(shape, dtype=bool)
        self.present: Flags = np.ones(shape, dtype=bool)
        self.absentees = False
        self.may_leave = self.on.presence and bool(np.any(self.mediators.leaves > 0.0))
        self.minds_names = self.on.reputation and bool(np.isfinite(self.mediators.trials).any())
        self.succeeded: Array = np.zeros(shape)
        self.failed: Array = np.zeros(shape)
        self.host: Codes = np.full(self.runs, -1)
        self.concert: Array = np.ones(self.runs)
        self.renown: Array = np.ones((shape[0], 2, self.runs))

    def _exposed(self, key: str | None) -> Array:
        """1 in the row of a belligerent, (side, 1)."""
        return np.array([[float(name == key)] for name in self.names])

    def once(self, stream: str, *ids: str) -> Array:
        """Uniform draws of a run, one row an id."""
        return np.stack([self.luck.once_uniform(stream, id)[0] for id in ids])

    def once_normal(self, stream: str, *ids: str) -> Array:
        """Standard normal draws of a run, one row an id."""
        return np.stack([self.luck.once_normal(stream, id)[0] for id in ids])

    def uniform(self, stream: str, *ids: str, slots: int = 1) -> Array:
        """This week's uniform draws, one row an id and slot."""
        return self.luck.of_week(uniforms, stream, ids, self.week, slots)

    def normal(self, stream: str, *ids: str, slots: int = 1) -> Array:
        """This week's standard normal draws, one row an id and slot."""
        return self.luck.of_week(normals, stream, ids, self.week, slots)

    def by_rung(self, stream: str, *ids: str) -> Array:
        """This week's uniform draws of every rung, (rung, id, run); the two sides where no ids are given."""
        return np.stack([self.uniform(f"{stream} {rung}", *(ids or ("A", "B"))) for rung in self.rungs])

    def level(self, target: str, base: float | Array) -> float | Array:
        """A quantity as the active shocks leave it."""
        if target in self.factor:
            base = base * self.factor[target]
        return base + self.addend[target] if target in self.addend else base

    def side_of(self, key: str) -> int:
        """Row of a belligerent: 0 for A, 1 for B."""
        return self.names.index(key)

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

    def regrouping(self) -> Array | float:
        """Relative rise of what each side raises and repairs, by the use that bad types make of open deals."""
        if not self.regroups:
            return 0.0
        total = np.zeros(self.runs)
        for rung, is_open in zip(self.tree.ladder.rungs.values(), self.open_rungs, strict=True):
            np.maximum(total, np.where(is_open, rung.regroup, 0.0), out=total)
        return total * ~self.trustworthy

    def worth(self, terms: Array, agenda: int) -> Array:
        """Flow utility of signed terms of an agenda to each side, (side, run)."""
        return self.agendas[agenda].worth(terms, self.outside[agenda], self.wartime)


def provisions(rules: Any, sides: Sequence[Any]) -> Array | float:
    """Reduction of an agreement's log hazard from the start: the mean of its provisions, less what was at stake.

    Where existence is at stake, the larger stake of the two counts, [Fortna2004]_ (Fortna, 2004).
    """
    parts = list(rules.provisions.values())
    total = rules.strength * sum(parts[1:], parts[0]) / len(parts) if parts else 0.0
    stakes = [side.existential for side in sides if side.existential is not None]
    return total - rules.existential * functools.reduce(np.maximum, stakes) if stakes else total


def _next_rungs(deals: Sequence[Any], height: int) -> list[int]:
    """Rows of the deals on the next rung that there is above a height; none above the highest."""
    above = [deal.rung for deal in deals if deal.rung > height]
    return [row for row, deal in enumerate(deals) if above and deal.rung == min(above)]
