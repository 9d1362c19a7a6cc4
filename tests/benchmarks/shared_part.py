"""The part that the ensemble and the per-agent models both play: influence over ties and a vote every week.

The ensemble plays it with the engine's own phases on a world of its own, built from a scenario that has the
states, ties, rules and draws of `ukraine-2026` and nothing else.
"""

import datetime
from dataclasses import dataclass

import numpy as np

from sim.scenario import Scenario, load
from sim.scenario.checking import check
from sim.scenario.table_files import Shelf
from sim.scenario.vocabulary.scenario import Mechanisms
from sim.scenario.writing import tree_of
from sim.theory import voting
from sim.world.phases.calendar import calendar
from sim.world.phases.fora import fora
from sim.world.phases.third_parties import third_parties
from sim.world.state import World

PHASES = (calendar, third_parties, fora)
KEPT = ("name", "question", "states", "ties", "influence", "assembly", "sources")
TEXT = {"general_weight": 0.665, "conflict_weight": 1.143, "demand": -1.05, "band": 1.997}
"""Every week's text: the one of February 2026, with the middle of its demand."""


def scenario(path: str, weeks: int) -> Scenario:
    """The shared part of a scenario, with a text in every week."""
    whole = load(path)
    written = tree_of(whole)
    start = whole.calendar.start
    dates = [start + datetime.timedelta(weeks=week) for week in range(weeks)]
    tree = {key: written[key] for key in KEPT} | {
        "calendar": {"start": start, "weeks": weeks, "signing_weeks": weeks - 1, "standing_weeks": 1},
        "actors": {key: _bare(actor) for key, actor in written["actors"].items() if actor["kind"] != "mediator"},
        "issues": {key: _fixed(issue) for key, issue in written["issues"].items()},
        "front": {"issue": whole.front.issue, "share": 0.5},
        "texts": {f"week_{week:03}": {"date": date, **TEXT} for week, date in enumerate(dates)},
        "mechanisms": {key: key in ("influence", "assembly") for key in Mechanisms.model_fields if key != "source"},
    }
    checked = check(tree, Shelf(texts=dict(whole.tables.texts)))
    assert checked.scenario is not None, checked.faults
    return checked.scenario


def _fixed(issue: dict) -> dict:
    """An issue that follows the sanctions, which are not played, at rest; any other as it is."""
    return issue | {"wartime": 0} if issue.get("wartime") == "sanctions" else issue


def _bare(actor: dict) -> dict:
    """A bloc as it is, and of a belligerent what a scenario cannot do without."""
    keys = ("kind", "iso3", "side", "ideal_point", "salience")
    return actor if actor["kind"] == "bloc" else {key: actor[key] for key in keys}


def ensemble(part: Scenario, seed: int, replicates: np.ndarray) -> World:
    """The world of a batch of runs after its last week."""
    world = World(part, seed, replicates)
    for _ in range(part.calendar.weeks):
        for phase in PHASES:
            phase(world)
    return world


def tallies(world: World, run: int) -> list[list[int]]:
    """Yes, no, abstaining and absent of every week in one run."""
    return [ballot.counts[:, run].tolist() for ballot in world.journal.tallies]


def votes(world: World) -> list[list[int]]:
    """Vote of every state in every week; of a world with one run."""
    return [world.journal.ballots[key].argmax(axis=1).tolist() for key in world.scenario.texts]


@dataclass(frozen=True)
class Sheet:
    """One run as its agents are told of it: plain numbers and lists, luck included."""

    weeks: int
    partners: list[list[tuple[float, int]]]
    """For each state, the weight of a partner and its row."""
    openness: list[float]
    observed: list[list[float]]
    """Position of each state on each topic at the start."""
    anchor: list[list[float]]
    """What those positions are drawn to."""
    support: list[float]
    """Support before lobbying and luck."""
    band: list[float]
    """Band of abstention before weariness."""
    absence: list[float]
    member: list[bool]
    noise: float
    drift: float
    lobbying: float
    fatigue: float
    weariness_weeks: float
    whip: float
    stance_luck: list[list[float]]
    """By week and state, like the two below."""
    vote_luck: list[list[float]]
    absence_luck: list[list[float]]


def sheet(part: Scenario, seed: int, replicate: int) -> Sheet:
    """What the agents of one run are told."""
    world = World(part, seed, [replicate])
    society, rules, moves = world.society, world.tree.assembly, world.tree.influence
    columns, openness = society.rows.columns, society.susceptibility
    observed = np.stack([columns[topic] for topic in society.topics], axis=1)
    own = (1.0 - openness)[:, None]
    support = voting.support(
        columns["general"][:, None], society.conflict,
        general_weight=TEXT["general_weight"], conflict_weight=TEXT["conflict_weight"], demand=TEXT["demand"],
    )  # fmt: skip
    torn = voting.torn(columns["dependence_a"], columns["dependence_b"])
    ((bloc, written),) = part.blocs.items()
    texts, luck = list(part.texts), np.asarray(columns.get("luck", 1.0), dtype=np.float32)
    return Sheet(
        weeks=part.calendar.weeks,
        partners=[
            list(zip(society.ties.data[span].tolist(), society.ties.indices[span].tolist(), strict=True))
            for span in map(slice, society.ties.indptr[:-1], society.ties.indptr[1:])
        ],
        openness=openness.tolist(),
        observed=observed.tolist(),
        anchor=((observed - openness[:, None] * (society.ties @ observed)) / own).tolist(),
        support=support[:, 0].tolist(),
        band=(TEXT["band"] * columns.get("band", 1.0) + _number(rules.cross_pressure) * torn).tolist(),
        absence=voting.absence_probability(
            columns["absence"], pulled=torn, cross_pressure=_number(rules.absence_cross_pressure)
        ).tolist(),
        member=society.rows.members(written.members).tolist(),
        noise=_number(moves.noise),
        drift=_number(moves.weariness),
        lobbying=_number(rules.lobbying),
        fatigue=_number(rules.fatigue),
        weariness_weeks=_number(rules.weariness_weeks),
        whip=_number(world.tree.actors[bloc].whip),
        stance_luck=_stances(world)[:, :, 0].tolist(),
        vote_luck=[(society.normals(f"votes {text}")[:, 0] * luck).tolist() for text in texts],
        absence_luck=[society.uniforms(f"absence {text}")[:, 0].tolist() for text in texts],
    )


def _stances(world: World) -> np.ndarray:
    """Luck of the stances, (week, state, run)."""
    weeks = range(world.scenario.calendar.weeks)
    return np.array([world.society.luck_of_week("stances", week).copy() for week in weeks])


def _number(drawn: float | np.ndarray) -> float:
    return float(np.asarray(drawn).reshape(-1)[0])
