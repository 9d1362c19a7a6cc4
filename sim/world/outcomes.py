"""What became of each run: what was watched and the journal of a batch, read into the columns of the table of runs.

Nothing here changes a world; how the columns are named and typed is said in `record.columns`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.record.columns import DRAW, HEIGHTS, NEVER
from sim.theory.bargaining_range import surplus_share
from sim.theory.preferences import norm_consistency
from sim.world.agenda import SETTLEMENT_AGENDA
from sim.world.state import World
from sim.world.watch import SIGNED, Watch

Array = npt.NDArray[np.float64]
Columns = dict[str, npt.NDArray[Any]]
Event = tuple[int, str, str, npt.NDArray[np.intp], Array]


def outcomes(watch: Watch) -> Columns:
    """Columns of a batch that is over, (run,) each, drawn parameters among them.

    Parameters
    ----------
    watch : Watch
        Of a world after its last week.
    """
    world = watch.world
    story = Story(world)
    return {
        "durable": world.durable.copy(),
        "durable_week": watch.durable_week.astype(np.int16),
        "end": world.status.astype(np.int8),
        **_firsts(story),
        **_counts(story),
        "weeks_at_war": watch.weeks_at_war,
        "longest_peace": watch.longest_peace,
        **_first_peace(story),
        **_terms(watch, _last_line(world, story)),
        **_levels(watch),
        **{DRAW + path: shortened(values, world.runs) for path, values in world.drawn.items()},
    }


class Story:
    """The events of a batch by their kind, each kind in the order of the weeks."""

    def __init__(self, world: World) -> None:
        self.runs, self.weeks = world.runs, world.scenario.calendar.weeks
        ladder = world.scenario.ladder
        self.height = {key: rung.rung for key, rung in ladder.rungs.items()} if ladder else {}
        self.by_kind: dict[str, list[Event]] = defaultdict(list)
        for event in world.journal.events:
            self.by_kind[event[1]].append(event)

    def of(self, *kinds: str) -> list[Event]:
        """Events of some kinds, in the order of the weeks."""
        found = [event for kind in kinds for event in self.by_kind.get(kind, [])]
        return sorted(found, key=lambda event: event[0])

    def deals(self, verb: str, height: int) -> list[Event]:
        """Events of the small deals of one rung; a deal that both sides break at once is one."""
        found: dict[tuple[int, str], Event] = {}
        for week, kind, who, runs, values in self.of(f"rung_{verb}"):
            key = who.partition(".")[0]
            if self.height[key] == height:
                before = found.get((week, key))
                both = np.union1d(before[3], runs) if before else runs
                found[week, key] = (week, kind, key, both, values)
        return list(found.values())

    def first(self, events: Iterable[Event]) -> npt.NDArray[np.int16]:
        """Week of the first of some events, (run,), or `NEVER`."""
        week = np.full(self.runs, NEVER, dtype=np.int16)
        for event in reversed(list(events)):
            week[event[3]] = event[0]
        return week

    def count(self, events: Iterable[Event]) -> npt.NDArray[np.int16]:
        """How many of some events there were, (run,)."""
        total = np.zeros(self.runs, dtype=np.int16)
        for event in events:
            total[event[3]] += 1
        return total


def _firsts(story: Story) -> Columns:
    return {
        "first_talks": story.first(story.of("talks_opened")),
        "first_settlement_talks": story.first(_about_a_settlement(story)),
        **{f"first_rung_{height}": story.first(story.deals("opened", height)) for height in HEIGHTS},
        "first_ceasefire": story.first(story.of("ceasefire_signed")),
        "first_settlement": story.first(story.of("settlement_signed")),
        "victory_week": story.first(story.of("victory")),
    }


def _about_a_settlement(story: Story) -> list[Event]:
    """Openings of talks whose value says that they are about a settlement."""
    found: list[Event] = []
    for week, kind, who, runs, values in story.of("talks_opened"):
        about = values == SETTLEMENT_AGENDA
        found.append((week, kind, who, np.compress(about, runs), np.compress(about, values)))
    return found


def _counts(story: Story) -> Columns:
    rungs: dict[str, Callable[[int], list[Event]]] = {
        "opened": lambda height: story.deals("opened", height),
        "completed": lambda height: story.deals("completed", height),
        "broken": lambda height: story.deals("broken", height),
    }
    return {
        "talks": story.count(story.of("talks_opened")),
        "instrumental_talks": story.count(_once_a_week(story.of("talks_pretended"))),
        "signed": story.count(story.of(*SIGNED)),
        "broken": story.count(story.of("agreement_broken")),
        "ratification_failures": story.count(_once_a_week(story.of("ratification_failed"))),
        **{f"rung_{h}_{verb}": story.count(events(h)) for verb, events in rungs.items() for h in HEIGHTS},
        "power_losses": story.count(story.of("power_lost")),
        "texts_adopted": story.count(story.of("text_adopted")),
    }


def _once_a_week(events: Iterable[Event]) -> list[Event]:
    """Events of one kind, each run at most once a week: a text that both homes refuse is refused once."""
    found: dict[int, Event] = {}
    for week, kind, who, runs, values in events:
        found[week] = (week, kind, who, np.union1d(found[week][3], runs) if week in found else runs, values)
    return list(found.values())


def _first_peace(story: Story) -> Columns:
    start, end = np.full((2, story.runs), NEVER, dtype=np.int16)
    for week, kind, _, runs, _ in story.of(*SIGNED, "agreement_broken"):
        if kind in SIGNED:
            start[runs] = np.where(start[runs] == NEVER, week, start[runs])
        else:
            end[runs] = np.where(end[runs] == NEVER, week, end[runs])
    broken = end != NEVER
    lasted = np.where(broken, end, story.weeks) - start
    return {
        "first_peace_weeks": np.where(start == NEVER, NEVER, lasted).astype(np.int16),
        "first_peace_broken": np.where(start == NEVER, NEVER, broken).astype(np.int8),
    }


def _last_line(world: World, story: Story) -> Array:
    """Line in the text that was signed last, (run,); NaN where none was."""
    ever = np.zeros(world.runs, dtype=bool)
    for event in story.of(*SIGNED):
        ever[event[3]] = True
    return np.where(ever, world.terms[world.issues.territory], np.nan)


def _terms(watch: Watch, line: Array) -> Columns:
    """What was signed last, beside the Nash point, the front and the Charter, and what it gave to each side."""
    world, issues = watch.world, watch.world.issues
    written = world.scenario.issues[world.scenario.front.issue].charter is not None
    lawful = issues.charter[issues.territory] if written else np.nan
    norm = np.where(np.isnan(line), np.nan, norm_consistency(world.terms, issues.charter, issues.charter_weight))
    gain = world.signed_gain
    measured = {
        "signed_line": line, "nash_line": watch.nash_line,
        "line_off_front": np.abs(line - watch.signed_front), "line_off_charter": np.abs(line - lawful),
        "signed_norm": norm, "gain_a": gain[0], "gain_b": gain[1], "share_a": surplus_share(gain[0], gain[1]),
    }  # fmt: skip
    return {name: values.astype(np.float32) for name, values in measured.items()}


def _levels(watch: Watch) -> Columns:
    world = watch.world
    levels = {"front": world.front}
    for name, rows in (
        ("casualties", world.casualties),
        ("unserved", world.unserved),
        ("harm", watch.harm),
        ("lowest_tolerance", watch.lowest_tolerance),
    ):
        levels |= {f"{name}_a": rows[0], f"{name}_b": rows[1]}
    return {name: values.astype(np.float32) for name, values in levels.items()}


def shortened(values: npt.ArrayLike, runs: int) -> npt.NDArray[np.float32]:
    """Drawn values to 11 significant bits, (run,): within 5 parts in 10,000, so that hundreds take little of a disk.

    >>> shortened([1 / 3], 1)
    array([0.33325195], dtype=float32)
    """
    single = np.broadcast_to(np.asarray(values, dtype=np.float32), (runs,))
    bits = np.ascontiguousarray(single).view(np.uint32)
    return ((bits + np.uint32(0x1000)) & np.uint32(0xFFFFE000)).view(np.float32)
