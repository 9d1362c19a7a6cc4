"""The measurements, each played in a fresh process on one core: `python -m tests.benchmarks.measure NAME`.

What is printed is one line of JSON. Times are of this process's own work (`time.process_time`), so that other
work on the machine disturbs them only through what is shared: caches, memory and the clock rate.
"""

import importlib.metadata
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
UKRAINE = str(SCENARIOS / "ukraine-2026")
SEED = 2026
BLOCK = 128


def rate(play: Callable[[], object], runs: int, repetitions: int) -> dict[str, float]:
    """Runs a second of something that plays so many, at best and in the middle."""
    times = []
    for _ in range(repetitions):
        start = time.process_time()
        play()
        times.append(time.process_time() - start)
    return {"best": runs / min(times), "median": runs / statistics.median(times)}


def blocks(runs: int) -> list[np.ndarray]:
    return [np.arange(first, first + BLOCK) for first in range(0, runs, BLOCK)]


def whole(scenario: Any, runs: int, repetitions: int) -> dict[str, dict[str, float]]:
    """Rates of the engine alone, with its recorder, and with the tables of a result."""
    from sim.experiment.execution import run
    from sim.world.engine import weeks
    from sim.world.recorder import play
    from sim.world.state import World

    def engine() -> None:
        for block in blocks(runs):
            for _ in weeks(World(scenario, SEED, block)):
                pass

    def recorder() -> None:
        for block in blocks(runs):
            play(scenario, SEED, block)

    recorder()
    return {
        "engine": rate(engine, runs, repetitions),
        "recorder": rate(recorder, runs, repetitions),
        "tables": rate(lambda: run(scenario, runs, SEED), runs, repetitions),
    }


def full() -> dict[str, Any]:
    """`ukraine-2026` with all mechanisms on."""
    from sim.scenario import load

    scenario = load(UKRAINE)
    switches = scenario.mechanisms.model_dump(exclude={"source"})
    assert all(switches.values()), switches
    assert (scenario.calendar.weeks, len(scenario.tables.states.iso3)) == (156, 193)
    return whole(scenario, 2 * BLOCK, 5)


def toy() -> dict[str, Any]:
    """The toy without its mediator: two actors, no table of states."""
    from sim.scenario import load

    scenario = load(SCENARIOS / "toy-two-sides", variants=["no_mediator"])
    assert (scenario.calendar.weeks, len(scenario.actors)) == (156, 2)
    return whole(scenario, 4 * BLOCK, 5)


def shared() -> dict[str, Any]:
    """The part that is also played per agent: the rates, and how far the numbers are apart."""
    from tests.benchmarks import per_agent, shared_part

    part = shared_part.scenario(UKRAINE, weeks=156)
    sheets = {replicate: shared_part.sheet(part, SEED, replicate) for replicate in (0, 5, 200)}
    rates = {"ensemble": rate(lambda: batches(part), 2 * BLOCK, 5)}
    for kind in (per_agent.PlainState, per_agent.ArrayState, per_agent.StackedState):
        rates[kind.__name__] = rate(lambda kind=kind: per_agent.play(kind, sheets[5]), 1, 3)
    gap = max(distance(part, replicate, sheet) for replicate, sheet in sheets.items())
    return {"rates": rates, "votes": len(sheets) * 156 * 193, "distance": gap}


def batches(part: Any) -> None:
    from tests.benchmarks.shared_part import ensemble

    for block in blocks(2 * BLOCK):
        ensemble(part, SEED, block)


def distance(part: Any, replicate: int, sheet: Any) -> float:
    """Largest distance of a position after the last week between ensemble and agents, whose votes are the same.

    Raises
    ------
    AssertionError
        Some state votes otherwise in some week, or the run differs among others from the run alone.
    """
    from tests.benchmarks import per_agent, shared_part

    alone = shared_part.ensemble(part, SEED, np.array([replicate]))
    among = shared_part.ensemble(part, SEED, np.arange(replicate, replicate + BLOCK))
    assert shared_part.tallies(among, 0) == shared_part.tallies(alone, 0)
    largest = 0.0
    for kind in (per_agent.PlainState, per_agent.ArrayState, per_agent.StackedState):
        model = per_agent.play(kind, sheet)
        assert model.votes == shared_part.votes(alone)
        assert model.tallies == shared_part.tallies(alone, 0)
        gaps = np.abs(model.positions() - alone.society.by_topic()[:, :, 0])
        largest = max(largest, float(gaps.max()))
    return largest


def memory() -> dict[str, Any]:
    """Peak memory of 10,000 replicates in one process, in GiB."""
    import sim

    result = sim.run(sim.load(UKRAINE), replicates=10_000, seed=SEED)
    assert len(result.runs) == 10_000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"gib": peak / (2**30 if sys.platform == "darwin" else 2**20)}


def versions() -> dict[str, str]:
    """What the numbers hang on besides the machine."""
    names = ("parley-sim", "numpy", "scipy", "mesa", "pandas")
    found = {"python": sys.version.split()[0]}
    for name in names:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


MEASUREMENTS = {each.__name__: each for each in (full, toy, shared, memory, versions)}

if __name__ == "__main__":
    print(json.dumps(MEASUREMENTS[sys.argv[1]]()))
