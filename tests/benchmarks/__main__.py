"""How fast Parley is, on one core: `python -m tests.benchmarks [full] [negotiation] ...`.

Prints a table with the targets, and whether each was reached. Every measurement has a process of its
own, which this one holds on one core and to one thread of the linear algebra.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
EVERY_CORE = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
UNWANTED = ("matplotlib", "mesa", "scipy.stats")


class Line(NamedTuple):
    """A row of the table: what was measured, at best, in the middle, and what is to be reached."""

    what: str
    best: str
    middle: str = ""
    target: str = ""
    reached: bool | None = None


def rates(what: str, measured: dict[str, float]) -> Line:
    return Line(what, f"{measured['best']:,.1f}", f"{measured['median']:,.1f}")


def multiple(what: str, measured: dict[str, float], target: float) -> Line:
    """A multiple that is to be reached in the middle: the best of several is as much luck as speed."""
    reached = measured["median"] >= target
    return rates(what, measured)._replace(target=f"at least {target:g} in the middle", reached=reached)


def full() -> Iterator[Line]:
    """`ukraine-2026`, 156 weeks, 193 states, all mechanisms on; runs a second."""
    measured = asked("full")
    yield rates("engine", measured["engine"])
    yield rates("engine and recorder", measured["recorder"])
    tables = rates("sim.run, tables included", measured["tables"])
    yield tables._replace(target="at least 300 a second at best", reached=measured["tables"]["best"] >= 300)


def toy() -> Iterator[Line]:
    """`toy-two-sides` without its mediator, 156 weeks, two actors; runs a second."""
    measured = asked("toy")
    yield rates("engine", measured["engine"])
    yield rates("engine and recorder", measured["recorder"])
    yield rates("sim.run, tables included", measured["tables"])


def shared() -> Iterator[Line]:
    """Influence and a vote a week, 156 weeks, 193 states; runs a second, and the ensemble's multiples."""
    measured = asked("shared")
    by_form = measured["rates"]
    yield rates("ensemble", by_form["ensemble"])
    yield rates("Mesa, plain numbers, AgentSet.do", by_form["PlainState"])
    yield rates("Mesa, an array an agent", by_form["ArrayState"])
    yield rates("Mesa, an array an agent, partners stacked", by_form["StackedState"])
    times = measured["multiples"]
    yield multiple("ensemble over plain numbers", times["PlainState"], 80)
    yield multiple("ensemble over an array an agent", times["ArrayState"], 400)
    yield rates("ensemble over an array an agent, stacked", times["StackedState"])
    same = f"{measured['votes']:,} the same in all forms"
    yield Line("votes", same)
    yield Line("largest distance of a position", f"{measured['distance']:.1e}", "", "at most 1e-05",
               measured["distance"] <= 1e-5)  # fmt: skip


def memory() -> Iterator[Line]:
    """10,000 replicates of `ukraine-2026` in one process."""
    peak = asked("memory")["gib"]
    yield Line("peak memory, GiB", f"{peak:.2f}", "", "below 1", peak < 1.0)


def sweeps() -> Iterator[Line]:
    """Sweeps of `ukraine-2026`, 64 replicates a point; a hundred thousand runs take some minutes."""
    small, large, two = (swept(*how) for how in ((10_000, 1), (100_000, 1), (100_000, 2)))
    overhead = small["overhead"]
    yield Line("share of the work outside the engine", f"{overhead:.1%}", "", "below 5%", overhead < 0.05)
    times = two["rate"] / large["rate"]
    yield Line("runs a second, one core", f"{large['rate']:,.0f}")
    yield Line("runs a second, two cores", f"{two['rate']:,.0f}")
    yield Line("two cores over one", f"{times:.2f}", "", "at least 1.6", times >= 1.6)
    growth = max(large["gib"]) / max(small["gib"])
    yield Line("peak memory at 100,000 runs, GiB", f"{max(large['gib'] + two['gib']):.2f}", "", "below 1.5",
               max(large["gib"] + two["gib"]) < 1.5)  # fmt: skip
    yield Line("over that at 10,000 runs", f"{growth:.2f}", "", "at most 1.2", growth <= 1.2)
    for what, key, most in (("runs.parquet", "bytes_runs", 800), ("whole result", "bytes_whole", 3000)):
        yield Line(f"{what}, bytes a run", f"{large[key]:.0f}", "", f"below {most}", large[key] < most)


def cluster() -> Iterator[Line]:
    """A sweep of 10,240 runs of `ukraine-2026` on a Dask cluster of two workers on loopback."""
    found = on_cores(["-m", "tests.benchmarks.on_dask", "10240"], 2)
    yield Line("start of the cluster, seconds", f"{found['start']:.1f}")
    yield Line("runs a second on it", f"{found['rate']:,.0f}")
    yield Line(
        "tables as of one core", "the same bytes" if found["same"] else "others", "", "the same bytes", found["same"]
    )


def swept(runs: int, workers: int) -> Any:
    """A sweep of so many runs, on as many cores as workers."""
    return on_cores(["-m", "tests.benchmarks.sweeps", "ukraine-2026", str(runs), str(workers)], workers)


def on_cores(words: list[str], workers: int) -> Any:
    """What a measurement found that may use all cores where it has more than one worker."""
    held = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set()
    if workers > 1 and held:
        os.sched_setaffinity(0, EVERY_CORE)
    try:
        return json.loads(_child(words).splitlines()[-1])
    finally:
        if held:
            os.sched_setaffinity(0, held)


def negotiation() -> Iterator[Line]:
    """The theory of negotiation; negotiations, sets of points, and solves of three rounds a second."""
    ours = asked("negotiation")
    yield at_least("stacked offers, ints3x11 (4, .25)", ours["alternating_offers"], 100_000)
    yield at_least("  with numbers of each run's own", ours["varied_offers"], 100_000)
    yield rates("  three parties", ours["three_parties"])
    yield at_least("Pareto, Nash, Kalai, Kalai-Smorodinsky", ours["solution_points"], 500)
    yield at_least("challenge model, ten actors", ours["challenges"], 15_000)
    other = asked("peer")
    if "missing" in other:
        yield Line("NegMAS", "not measured", "", f"could not be installed: {other['missing']}")
        return
    yield rates(f"NegMAS {other['version']}, ints3x11 (4, .25)", other)
    yield Line("  ends where ours does", "yes" if other["same"] else "no", "", "yes", other["same"])
    times = {key: ours["alternating_offers"][key] / other[key] for key in ("best", "median")}
    yield rates("  stacked offers over NegMAS", times)


def at_least(what: str, measured: dict[str, float], target: float) -> Line:
    """A rate that is to be reached at best; what else runs on the machine only slows."""
    line = rates(what, measured)
    return line._replace(target=f"at least {target:,g} a second at best", reached=measured["best"] >= target)


def protocols() -> Iterator[Line]:
    """`ukraine-2026` by the protocol of its mediated talks, 512 runs side by side; runs a second of the engine."""
    for name, measured in asked("protocols").items():
        yield rates(name, measured)


def assembly() -> Iterator[Line]:
    """The study of the Assembly; seconds of work."""
    found = asked("assembly")
    if "errors" in found:
        yield below(f"hierarchical model of {found['texts']} texts, mode", found["mode"], 60)
        yield below("  with standard errors", found["errors"], 60)
    else:
        yield Line("hierarchical model", "not measured", "", "the roll calls (../shared/data) are not here")
    yield below("ten thousand Assemblies of 193 states", found["assemblies"], 1)
    yield below("power in the Security Council", found["council"], 0.3)
    yield below("power in the Council of the Union, by people", found["union"], 0.3)
    yield below("power under two thirds of 193", found["assembly"], 0.1)


def below(what: str, seconds: float, target: float) -> Line:
    """Seconds that are to stay below a target."""
    return Line(what, f"{seconds:.3f}", "", f"below {target:g} s", seconds < target)


def start() -> Iterator[Line]:
    """Getting ready; seconds on the clock, and of work."""
    for what, line, target in (
        ("parley --help", ["-m", "sim", "--help"], 0.4),
        ("import sim", ["-c", "import sim"], None),
    ):
        clock, work = zip(*(_started(line) for _ in range(9)), strict=True)
        goal = () if target is None else (f"below {target:g}", min(clock) < target)
        yield Line(what, f"{min(clock):.2f}", f"{sorted(clock)[4]:.2f}", *goal)
        yield Line(f"{what}, work", f"{min(work):.2f}", f"{sorted(work)[4]:.2f}")
    loaded = _child(["-c", f"import sim, sys; print(*({set(UNWANTED)!r} & set(sys.modules)))"]).split()
    yield Line("import sim loads", ", ".join(loaded) or "none of them", "", "no " + ", ".join(UNWANTED), not loaded)


def _started(line: list[str]) -> tuple[float, float]:
    """Seconds on the clock and seconds of work of one start of Python."""
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    _child(line)
    after, passed = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - clock
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def asked(name: str) -> Any:
    """What a measurement in its own process found."""
    return json.loads(_child(["-m", "tests.benchmarks.measure", name]).splitlines()[-1])


def _child(line: list[str]) -> str:
    environment = os.environ | dict.fromkeys(THREADS, "1") | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, *line]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def hold_one_core() -> str:
    """Holds this process and its children on one core, where the system can do that; says which."""
    if not hasattr(os, "sched_setaffinity"):
        return "any core"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"core {core} alone"


def processor() -> str:
    """Name of the processor."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


EVERY = (full, toy, shared, memory, sweeps, cluster, negotiation, protocols, assembly, start)
PARTS: dict[str, Callable[[], Iterator[Line]]] = {each.__name__: each for each in EVERY}


def main(names: list[str]) -> None:
    """Measures what was named, or everything, and prints it."""
    core = hold_one_core()
    found = ", ".join(f"{name} {version}" for name, version in asked("versions").items())
    print(f"{platform.node()}, {processor()}, {core}, {platform.system()} {platform.release()}\n{found}")
    for name in names or PARTS:
        print(f"\n{PARTS[name].__doc__}\n{'':44}{'best':>16}{'middle':>12}   target", flush=True)
        for line in PARTS[name]():
            verdict = "" if line.reached is None else ": reached" if line.reached else ": NOT REACHED"
            print(
                f"  {line.what:42}{line.best:>16}{line.middle:>12}   {line.target}{verdict}".rstrip(),
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
