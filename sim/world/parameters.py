"""The numbers of a batch of runs as arrays, laid out as the phases use them: side, issue, mediator, then run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.issues import Issue
from sim.theory.arrays import ordered_sum
from sim.theory.interactions import Pairs
from sim.theory.segments import STEEPEST

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NO_RED_LINE = 2.0
"""Width of a red line that nothing on [0, 1] can cross."""


@dataclass(frozen=True)
class IssueParameters:
    """The issues: (issue, run) unless said otherwise, all on [0, 1]."""

    names: tuple[str, ...]
    territory: int
    """Row of the issue that the front decides."""
    sanctions: int | None
    """Row of the issue that follows the sanctions, if any."""
    wartime: Array
    """Value in wartime where it is a number; the rows that follow the world are filled in week by week."""
    charter: Array
    charter_weight: Array
    credibility: Array
    on_table: Flags
    """(agenda, issue, 1): whether an agreement of that kind speaks of the issue; ceasefire first."""


@dataclass(frozen=True)
class SideParameters:
    """The belligerents: (side, run), and (side, issue, run) for preferences."""

    ideal_point: Array
    salience: Array
    red_line: Array
    steepness: Array
    """(side, 1 or issue, run): one row where the scenario has one number for all issues; so with curvature."""
    red_line_softening: Array
    red_line_hardening: Array
    interactions: Pairs | None
    """None where all losses add up by issue."""
    curvature: Array
    charter_weight: Array
    discount: Array
    horizon: Array
    precision: Array
    trust: Array
    trustworthy: Array
    shift: Array
    exposure: Array
    regroup: Array
    economic_strain: Array
    forces: SimpleNamespace
    cost: SimpleNamespace
    grit: SimpleNamespace
    """Unilateral steps; a rate of 0 where a side takes none."""
    beliefs: SimpleNamespace
    home: SimpleNamespace
    grid: SimpleNamespace
    has_grid: Flags
    """(side, 1)"""


@dataclass(frozen=True)
class MediatorParameters:
    """The mediators: (mediator, run); leverage and access are (mediator, side, run)."""

    keys: tuple[str, ...]
    ids: tuple[str, ...]
    bias: Array
    access: Array
    leverage: Array
    leverage_decay: Array
    information: Array
    charter_minimum: Array
    guarantee: Array
    guarantee_credibility: Array
    leaves: Array
    returns: Array
    credibility: Array
    """(mediator, side, run)"""
    trials: Array
    """(mediator, run); infinite where no outcome changes its credibility."""
    engagement: Array
    patience: Array
    site_presence: Array
    good_offices: Array
    war_cost: Array
    mandate: Flags
    """(mediator, issue, 1): issues that its texts may speak of."""


class Layout:
    """Builds arrays over runs from the leaves of a realised scenario."""

    def __init__(self, scenario: Scenario, tree: SimpleNamespace, runs: int) -> None:
        self.scenario, self.tree, self.runs = scenario, tree, runs
        self.sides = [tree.actors[key] for key in scenario.belligerents]

    def over_runs(self, value: float | Array) -> Array:
        """A leaf as (run,)."""
        return np.broadcast_to(np.asarray(value, dtype=np.float64), (self.runs,))

    def stack(self, values: Sequence[float | Array]) -> Array:
        """Leaves as (row, run); no rows give an empty array."""
        return np.array([self.over_runs(value) for value in values]).reshape(len(values), self.runs)

    def both(self, leaf: Callable[[Any], float | Array]) -> Array:
        """A leaf of each belligerent as (side, run)."""
        return self.stack([leaf(side) for side in self.sides])

    def record(self, section: Callable[[Any], SimpleNamespace]) -> SimpleNamespace:
        """All numbers of a section of both belligerents as (side, run)."""
        first = section(self.sides[0])
        keys = [key for key, value in vars(first).items() if isinstance(value, float | np.ndarray)]
        return SimpleNamespace(**{key: self._numbers(section, key) for key in keys})

    def _numbers(self, section: Callable[[Any], Any], key: str) -> Array:
        return self.both(lambda side: getattr(section(side), key))


def ordered_issues(scenario: Scenario) -> tuple[str, ...]:
    """Issues by name: rounds pick an issue by its row, and luck must not depend on a place in the file."""
    return tuple(sorted(scenario.issues))


def issue_parameters(layout: Layout) -> IssueParameters:
    """Arrays of the issues of a scenario."""
    names = ordered_issues(layout.scenario)
    issues = [layout.scenario.issues[name] for name in names]
    leaves = [layout.tree.issues[name] for name in names]
    follows = [issue.wartime if isinstance(issue.wartime, str) else None for issue in issues]
    ceasefire = np.array([issue.agenda == "ceasefire" for issue in issues])
    ever = np.array([issue.agenda != "parked" for issue in issues])
    pairs = list(zip(issues, leaves, strict=True))
    wartime = [unit(i, 0.0 if isinstance(i.wartime, str) else leaf.wartime) for i, leaf in pairs]
    charter = [unit(i, i.scale[0] if leaf.charter is None else leaf.charter) for i, leaf in pairs]
    return IssueParameters(
        names=names,
        territory=names.index(layout.scenario.front.issue),
        sanctions=follows.index("sanctions") if "sanctions" in follows else None,
        wartime=layout.stack(wartime),
        charter=layout.stack(charter),
        charter_weight=layout.stack([0.0 if v.charter is None else v.charter_weight for v in leaves]),
        credibility=layout.stack([v.credibility for v in leaves]),
        on_table=np.stack([ceasefire, ever])[:, :, None],
    )


def side_parameters(layout: Layout) -> SideParameters:
    """Arrays of the two belligerents."""
    salience = by_issue(layout, layout.sides, "salience", lambda _, value: value, 0.0)
    grids = [side.grid for side in layout.sides]
    blank = next((grid for grid in grids if grid), SimpleNamespace())
    plain = {
        name: layout.both(lambda side, n=name: getattr(side, n))  # type: ignore[misc]
        for name in ("charter_weight", "discount", "horizon", "precision", "trust", "trustworthy",
                     "shift", "exposure", "regroup", "economic_strain", "red_line_softening", "red_line_hardening")
    }  # fmt: skip
    total = ordered_sum(np.moveaxis(salience, 1, 0))
    return SideParameters(
        ideal_point=by_issue(layout, layout.sides, "ideal_point", unit, 0.0),
        salience=salience / total[:, None],
        red_line=by_issue(layout, layout.sides, "red_line", width, NO_RED_LINE),
        steepness=steepness(layout, layout.sides),
        curvature=one_or_by_issue(layout, layout.sides, "curvature"),
        interactions=_interactions(layout),
        forces=layout.record(lambda side: side.forces),
        cost=layout.record(lambda side: side.cost),
        grit=layout.record(lambda side: side.grit or NO_STEPS),
        beliefs=layout.record(lambda side: side.beliefs),
        home=layout.record(lambda side: side.home),
        grid=layout.record(lambda side: side.grid or blank),
        has_grid=np.array([grid is not None for grid in grids])[:, None],
        **plain,
    )


def _interactions(layout: Layout) -> Pairs | None:
    """Entries of both sides' matrices of interaction, in the order of the sides and their keys."""
    places = {name: row for row, name in enumerate(ordered_issues(layout.scenario))}
    if not layout.scenario.mechanisms.interactions:
        return None
    entries = [(row, one) for row, side in enumerate(layout.sides) for _, one in sorted(side.interactions.items())]
    if not entries:
        return None
    weight = np.zeros((2, len(entries), layout.runs))
    for place, (row, one) in enumerate(entries):
        weight[row, place] = layout.over_runs(one.weight)
    first, second = (np.array([places[getattr(one, name)] for _, one in entries]) for name in ("issue", "other"))
    return Pairs(first, second, weight)


def mediator_parameters(layout: Layout, ids: dict[str, str]) -> MediatorParameters:
    """Arrays of the mediators, in the order of their stable ids: the lot that picks a convener runs along it."""
    keys = tuple(sorted(layout.scenario.mediators, key=ids.__getitem__))
    leaves = [layout.tree.actors[key] for key in keys]
    issues = ordered_issues(layout.scenario)

    def each(leaf: Callable[[Any], float | Array]) -> Array:
        return layout.stack([leaf(one) for one in leaves])

    return MediatorParameters(
        keys=keys,
        ids=tuple(ids[key] for key in keys),
        bias=each(lambda one: one.bias),
        access=np.stack([each(lambda one: one.access.A), each(lambda one: one.access.B)], axis=1),
        leverage=np.stack([each(lambda one: one.leverage.A), each(lambda one: one.leverage.B)], axis=1),
        leverage_decay=each(lambda one: one.leverage_decay),
        information=each(lambda one: one.information),
        charter_minimum=each(lambda one: one.charter_minimum),
        guarantee=each(lambda one: one.guarantee * one.guarantee_credibility),
        guarantee_credibility=each(lambda one: one.guarantee_credibility),
        leaves=each(lambda one: one.leaves),
        returns=each(lambda one: one.returns),
        credibility=np.stack([each(lambda one: _name(one).A), each(lambda one: _name(one).B)], axis=1),
        trials=each(lambda one: _name(one).trials),
        engagement=each(lambda one: one.engagement),
        patience=each(lambda one: one.patience),
        site_presence=each(lambda one: one.site_presence),
        good_offices=each(lambda one: one.good_offices),
        war_cost=each(lambda one: one.war_cost),
        mandate=np.array(
            [[one.mandate is None or issue in one.mandate for issue in issues] for one in leaves], dtype=bool
        ).reshape(len(keys), len(issues), 1),
    )


NO_STEPS = SimpleNamespace(rate=0.0, cost=0.0, good_price=0.0, bad_price=0.0, silence=0.0)
"""Unilateral steps of a side that takes none."""

UNKNOWN = SimpleNamespace(A=0.5, B=0.5, trials=np.inf)
"""Credibility of a mediator whose name is not at stake."""


def _name(mediator: Any) -> Any:
    return mediator.credibility or UNKNOWN


def by_issue(
    layout: Layout, owners: Sequence[Any], table: str, scaled: Callable[[Issue, Any], float | Array], default: float
) -> Array:
    """Numbers by issue of some actors as (actor, issue, run), on the unit scale."""
    issues = [(name, layout.scenario.issues[name]) for name in ordered_issues(layout.scenario)]
    rows = [
        layout.stack([scaled(issue, values[name]) if name in values else default for name, issue in issues])
        for values in (getattr(owner, table) for owner in owners)
    ]
    return np.array(rows).reshape(len(rows), len(issues), layout.runs)


def one_or_by_issue(layout: Layout, owners: Sequence[Any], name: str) -> Array:
    """A number that some actors may have by issue, (actor, issue, run), or (actor, 1, run) where none has."""
    whole = layout.stack([_endless(getattr(one, name)) for one in owners])[:, None]
    tables = [getattr(one, f"{name}_by_issue") for one in owners]
    if not any(tables):
        return whole
    issues = ordered_issues(layout.scenario)
    every = np.repeat(whole, len(issues), axis=1)
    for row, table in enumerate(tables):
        for issue, value in table.items():
            every[row, issues.index(issue)] = _endless(value)
    return every


def _endless(value: float | Array | str) -> float | Array:
    """A number, infinite where the scenario says a word (`absolute`) in its place."""
    return np.inf if isinstance(value, str) else value


def steepness(layout: Layout, owners: Sequence[Any]) -> Array:
    """What lies beyond the red lines of some actors, as in `one_or_by_issue`, finite where a line is absolute."""
    return np.minimum(one_or_by_issue(layout, owners, "red_line_steepness"), STEEPEST)


def of_issue(values: Array, row: int) -> Array:
    """The number of one issue, (actor, run), of what may be one for all or by issue."""
    return values[:, row if values.shape[1] > 1 else 0]


def unit(issue: Issue, value: float | Array) -> float | Array:
    """Number on an issue's scale, mapped to [0, 1]."""
    low, high = issue.scale
    return (value - low) / (high - low)


def width(issue: Issue, value: float | Array) -> float | Array:
    """Distance on an issue's scale, in parts of the whole."""
    return value / (issue.scale[1] - issue.scale[0])
