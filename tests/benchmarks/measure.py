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
WIDE = 1024
"""Runs of the shared part that the ensemble plays side by side: wide enough to spread the cost of a call."""


def seconds(play: Callable[[], object]) -> float:
    start = time.process_time()
    play()
    return time.process_time() - start


def rate(times: list[float], runs: int) -> dict[str, float]:
    """Runs a second, at best and in the middle, of what took so long for so many."""
    return {"best": runs / min(times), "median": runs / statistics.median(times)}


def repeated(play: Callable[[], object], runs: int, repetitions: int) -> dict[str, float]:
    """Rate of something that plays so many runs."""
    return rate([seconds(play) for _ in range(repetitions)], runs)


def batches(runs: int) -> list[np.ndarray]:
    """Replicates of so many runs, as `sim.run` shares them out where nothing else is said."""
    from sim.experiment.execution import width

    batch = width(runs, workers=1)
    return [np.arange(first, min(first + batch, runs)) for first in range(0, runs, batch)]


def whole(scenario: Any, runs: int, repetitions: int) -> dict[str, dict[str, float]]:
    """Rates of the engine alone, with its recorder, and with the tables of a result."""
    from sim.experiment.execution import run
    from sim.world.engine import weeks
    from sim.world.recorder import play
    from sim.world.state import World

    def engine() -> None:
        for batch in batches(runs):
            for _ in weeks(World(scenario, SEED, batch)):
                pass

    def recorder() -> None:
        for batch in batches(runs):
            play(scenario, SEED, batch)

    recorder()
    return {
        "engine": repeated(engine, runs, repetitions),
        "recorder": repeated(recorder, runs, repetitions),
        "tables": repeated(lambda: run(scenario, runs, SEED), runs, repetitions),
    }


RIVALS = {"talk_learning", "holding_out"}
"""Rival theories of learning, off as shipped."""


def full() -> dict[str, Any]:
    """`ukraine-2026` with all mechanisms on."""
    from sim.scenario import load

    scenario = load(UKRAINE)
    switches = scenario.mechanisms.model_dump(exclude={"source"})
    assert {name for name, on in switches.items() if not on} == RIVALS
    assert (scenario.calendar.weeks, len(scenario.tables.states.iso3)) == (156, 193)
    return whole(scenario, 4096, 3)


def toy() -> dict[str, Any]:
    """The toy without its mediator: two actors, no table of states."""
    from sim.scenario import load

    scenario = load(SCENARIOS / "toy-two-sides", variants=["no_mediator"])
    assert (scenario.calendar.weeks, len(scenario.actors)) == (156, 2)
    return whole(scenario, 1024, 5)


def shared() -> dict[str, Any]:
    """The part that is also played per agent: rates, the ensemble's multiples, how far the numbers are apart.

    All forms are played in turn, and a multiple is one of neighbours in time.
    """
    from tests.benchmarks import per_agent, shared_part

    part = shared_part.scenario(UKRAINE, weeks=156)
    sheets = {replicate: shared_part.sheet(part, SEED, replicate) for replicate in (0, 5, 200)}
    forms = (per_agent.PlainState, per_agent.ArrayState, per_agent.StackedState)
    shared_part.ensemble(part, SEED, np.arange(WIDE))
    times: dict[str, list[float]] = {name: [] for name in ("ensemble", *(form.__name__ for form in forms))}
    for _ in range(5):
        times["ensemble"].append(seconds(lambda: shared_part.ensemble(part, SEED, np.arange(WIDE))) / WIDE)
        for form in forms:
            times[form.__name__].append(seconds(lambda form=form: per_agent.play(form, sheets[5])))
    multiples = {name: np.divide(each, times["ensemble"]).tolist() for name, each in times.items()}
    return {
        "rates": {name: rate(each, 1) for name, each in times.items()},
        "multiples": {name: {"best": max(m), "median": statistics.median(m)} for name, m in multiples.items()},
        "votes": len(sheets) * 156 * 193,
        "distance": max(distance(part, replicate, sheet) for replicate, sheet in sheets.items()),
    }


def distance(part: Any, replicate: int, sheet: Any) -> float:
    """Largest distance of a last position between ensemble and agents, whose votes are the same.

    Raises
    ------
    AssertionError
        Some state votes otherwise in some week, or the run differs among others from the run alone.
    """
    from tests.benchmarks import per_agent, shared_part

    alone = shared_part.ensemble(part, SEED, np.array([replicate]))
    among = shared_part.ensemble(part, SEED, np.arange(replicate, replicate + WIDE))
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


def negotiation() -> dict[str, dict[str, float]]:
    """Rates of the theory of negotiation, in a process that has held large arrays, as any that played a world."""
    from tests.benchmarks import negotiation as theory

    theory.keep_memory()
    return theory.measured()


def peer() -> dict[str, Any]:
    """NegMAS on the same negotiation."""
    from tests.benchmarks import peer as other

    return other.measured()


def protocols() -> dict[str, dict[str, float]]:
    """Runs a second of the main scenario by the protocol of its mediated talks."""
    import sim
    from sim.world.engine import weeks
    from sim.world.protocols import PROTOCOLS
    from sim.world.state import World

    def engine(scenario: Any) -> None:
        for _ in weeks(World(scenario, SEED, np.arange(512))):
            pass

    found = {}
    for name in PROTOCOLS:
        scenario = sim.load(UKRAINE, overrides=[f"protocol.name={name}"])
        found[name] = repeated(lambda played=scenario: engine(played), 512, 2)  # type: ignore[misc]
    return found


def assembly() -> dict[str, Any]:
    """Seconds of the estimate of all votes, of simulated Assemblies, and of indices of power."""
    from tests.benchmarks import assembly as study

    return study.measured()


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


EVERY = (full, toy, shared, memory, negotiation, peer, protocols, assembly, versions)
MEASUREMENTS = {each.__name__: each for each in EVERY}

if __name__ == "__main__":
    print(json.dumps(MEASUREMENTS[sys.argv[1]]()))
