"""What the laws need besides the tests themselves: wrappers and strategies that several of them share."""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.experiment.mirrored_luck import OTHER_SIDE, SIGNED, MirroredLuck  # noqa: F401  shared with the tests
from sim.randomness import Luck, Maker
from sim.scenario import Scenario
from sim.scenario.overrides import is_quantity
from sim.scenario.quantity import Quantity, parse_quantity
from sim.world.engine import weeks as weeks_of
from sim.world.quantities import READINGS
from sim.world.state import World

TRACED = (
    "status",
    "front",
    "forces",
    "trust",
    "text",
    "terms",
    "grid",
    "tolerance",
    "cost",
    "surplus",
    "funded",
    "aid",
)
"""Arrays of a world that a history keeps beside all readings."""

Event = tuple[int, str, str, float]


@dataclass
class History:
    """What a batch went through, week by week: traces (week, ..., run) by name, and events by replicate."""

    replicates: npt.NDArray[np.int64]
    traces: dict[str, npt.NDArray[Any]]
    events: dict[int, list[Event]]

    def take(self, replicates: Sequence[int]) -> "History":
        """The same history for some of the replicates, in their order."""
        places = [int(np.flatnonzero(self.replicates == number)[0]) for number in replicates]
        traces = {name: np.take(trace, places, axis=-1) for name, trace in self.traces.items()}
        return History(self.replicates[places], traces, {number: self.events[number] for number in replicates})


def lived(world: World, weeks: int | None = None) -> History:
    """Plays a world to its end, or for some weeks, and keeps its history."""
    tape: dict[str, list[npt.NDArray[Any]]] = {}
    for week in weeks_of(world):
        for name, values in snapshot(world).items():
            tape.setdefault(name, []).append(values)
        if week + 1 == weeks:
            break
    return History(world.replicates, {name: np.stack(values) for name, values in tape.items()}, events_of(world))


def play(
    scenario: Scenario,
    replicates: npt.ArrayLike = (0, 1, 2, 3),
    *,
    seed: int = 11,
    weeks: int | None = None,
    columns: Mapping[str, npt.NDArray[np.float64]] | None = None,
    luck: Any = None,
) -> History:
    """The history of some replicates of a scenario."""
    numbers = np.asarray(replicates, dtype=np.int64)
    return lived(World(scenario, seed, numbers, columns, luck), weeks)


def snapshot(world: World) -> dict[str, npt.NDArray[Any]]:
    """Copies of the traced arrays and of all readings of a world."""
    readings = {f"reading {name}": np.array(reading(world)) for name, reading in READINGS.items()}
    return {name: np.array(getattr(world, name)) for name in TRACED} | readings


def events_of(world: World) -> dict[int, list[Event]]:
    """Events of a world by replicate; inside a week in the order of their names, as they come at once."""
    found: dict[int, list[Event]] = {int(number): [] for number in world.replicates}
    for week, kind, who, runs, values in world.journal.events:
        for run, value in zip(runs.tolist(), values.tolist(), strict=True):
            found[int(world.replicates[run])].append((week, kind, who, value))
    return {number: sorted(events, key=lambda event: event[:3]) for number, events in found.items()}


def differences(one: History, other: History, tolerance: float = 0.0) -> list[str]:
    """Names of the traces that differ, bit for bit or by more than a tolerance, and `events` where those do."""
    names = sorted(one.traces.keys() | other.traces.keys())
    found = [name for name in names if not same(one.traces[name], other.traces[name], tolerance)]
    return found + ["events"] * (not same_events(one, other, tolerance))


def same(one: npt.NDArray[Any], other: npt.NDArray[Any], tolerance: float = 0.0) -> bool:
    """Whether two arrays agree, with NaN equal to NaN; a tolerance is for floats only."""
    if one.shape != other.shape or (tolerance and not np.issubdtype(one.dtype, np.floating)):
        return bool(one.shape == other.shape and (one == other).all())
    return bool(np.allclose(one, other, rtol=0.0, atol=tolerance, equal_nan=np.issubdtype(one.dtype, np.floating)))


def same_events(one: History, other: History, tolerance: float = 0.0) -> bool:
    """Whether the same things happened to the same actors in the same weeks, with the same numbers."""
    for mine, yours in zip(one.events.values(), other.events.values(), strict=True):
        if [event[:3] for event in mine] != [event[:3] for event in yours]:
            return False
        numbers = (np.array([event[3] for event in events], dtype=float) for events in (mine, yours))
        if not same(*numbers, tolerance):
            return False
    return list(one.events) == list(other.events)


class RecordingLuck(Luck):
    """Luck that remembers which draws were asked for, in which form and from which line of the code."""

    def __init__(self, seed: int, replicates: npt.ArrayLike, weeks: int) -> None:
        super().__init__(seed, replicates, weeks)
        self.forms: dict[tuple[str, str], set[tuple[str, int]]] = {}
        self.places: dict[tuple[str, str, str], set[str]] = {}

    def generator(self, when: str, maker: Maker, stream: str, id: str, slots: int, block: int) -> np.random.Generator:
        kind = f"{when} {maker.__name__}"
        self.forms.setdefault((stream, id), set()).add((kind, slots))
        frame = inspect.currentframe()
        while frame is not None and Path(frame.f_code.co_filename).name in ("randomness.py", "laws.py", "state.py"):
            frame = frame.f_back
        assert frame is not None
        self.places.setdefault((stream, id, kind), set()).add(Path(frame.f_code.co_filename).name)
        return super().generator(when, maker, stream, id, slots, block)


FLIPPED = ("ideal_point", "wartime", "charter", "share", "at_least", "at_most")
NEGATED = ("drift", "bias")
SWAPPED = {"A": "B", "B": "A", "at_least": "at_most", "at_most": "at_least"}


def mirrored(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree of a scenario with its sides exchanged and its issues, on the scale [0, 1], turned round.

    Names stay: what was `north` on side A is `north` on side B, at the other end of every issue.
    """
    turned = _mirrored(tree, ())
    for name, issue in turned["issues"].items():
        issue["poles"] = tuple(reversed(tree["issues"][name]["poles"]))
        issue.setdefault("wartime", 1.0)
    return dict(turned)


def mirrored_columns(drawn: Mapping[str, npt.NDArray[np.float64]]) -> dict[str, npt.NDArray[np.float64]]:
    """The drawn numbers of a world as the columns of its mirrored one."""
    return {".".join(_turned_path(path.split("."))): _turned_number(path.split("."), v) for path, v in drawn.items()}


def _mirrored(node: Any, path: tuple[str, ...]) -> Any:
    if isinstance(node, Mapping) and not is_quantity(node):
        pairs = ((key, _mirrored(value, (*path, key))) for key, value in node.items())
        return {_turned_path([*path, key])[-1]: value for key, value in pairs}
    if isinstance(node, tuple) and node and isinstance(node[0], Mapping):
        return tuple(_mirrored(value, (*path, str(place))) for place, value in enumerate(node))
    if path[-1:] in (("side",), ("arms",)) and node in OTHER_SIDE:
        return OTHER_SIDE[node]
    if node is None or node in ("front", "sanctions") or not _turns(path):
        return node
    return _mirrored_quantity(parse_quantity(node), path)


def _mirrored_quantity(quantity: Quantity, path: Sequence[str]) -> Any:
    numbers = [float(_turned_number(path, np.array(number))) for number in quantity.arguments]
    if quantity.fixed:
        return numbers[0]
    assert quantity.family in ("uniform", "triangular")
    return {quantity.family: numbers[::-1]}


def _turns(path: Sequence[str]) -> bool:
    keys = set(path)
    if "actors" in keys or "issues" in keys or "front" in path[:1]:
        return bool(keys & {*FLIPPED, *NEGATED}) and "home" not in keys and "forces" not in keys
    return False


def _turned_path(path: Sequence[str]) -> list[str]:
    """A path with A for B; bounds change places too."""
    sided = len(path) > 1 and (path[-2] in ("access", "leverage") or path[-1] not in OTHER_SIDE)
    return [*path[:-1], SWAPPED.get(path[-1], path[-1])] if sided else list(path)


def _turned_number(path: Sequence[str], value: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    if not _turns(path):
        return value
    return -value if path[-1] in NEGATED else 1.0 - value


def turned(history: History) -> History:
    """A history seen from the other side of the mirror."""
    traces = {_other_name(name): _turned_trace(name, trace) for name, trace in history.traces.items()}
    events = {
        number: [(week, kind, who, 1.0 - value if kind in LINES else value) for week, kind, who, value in events]
        for number, events in history.events.items()
    }
    return History(history.replicates, traces, events)


LINES = ("ceasefire_signed", "settlement_signed")
"""Events whose number is a place on the line."""


def _other_name(name: str) -> str:
    if name.startswith("reading ") and name[-2:] in ("_a", "_b"):
        return name[:-1] + {"a": "b", "b": "a"}[name[-1]]
    return name


def _turned_trace(name: str, trace: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if name == "status":
        return np.array([0, 1, 2, 4, 3])[trace]
    if name in ("forces", "trust", "grid", "tolerance", "cost", "surplus", "aid"):
        return np.flip(trace, axis=-2)
    if name in ("front", "text", "terms") or name.removeprefix("reading ") in ("front", "offer", "nash_line"):
        return 1.0 - trace
    if name.startswith("reading accepts"):
        return 1.0 - trace
    return -trace if name.startswith("reading belief") else trace
