"""How long the study of the Assembly takes: the estimate with its errors, simulated Assemblies, indices of power."""

import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
STATES = ROOT / "scenarios" / "ukraine-2026" / "states.csv"
DAY = "2026-02-24"
ASSEMBLIES, MEMBERS = 10_000, 193


def measured() -> dict[str, Any]:
    """Seconds of work of each; the estimate is left out where the roll calls are not here."""
    found: dict[str, Any] = {"assemblies": simulated(), **power()}
    return found | (estimated() if DATA.is_dir() else {})


def seconds(play: Callable[[], object]) -> float:
    """Seconds of work of one call."""
    start = time.process_time()
    play()
    return time.process_time() - start


def estimated() -> dict[str, Any]:
    """The hierarchical model of the whole record: its mode, and the mode with standard errors."""
    from sim.studies.assembly import read_record
    from sim.studies.assembly.estimate import estimate

    record = read_record(DATA)
    mode = seconds(lambda: estimate(record, DAY))
    return {"texts": len(record.texts), "mode": mode, "errors": seconds(lambda: estimate(record, DAY, errors=True))}


def simulated() -> float:
    """Ten thousand votes of 193 states on one text."""
    from sim.studies.assembly.forecast import Forecast
    from sim.studies.assembly.record import RollCall
    from sim.studies.assembly.simulate import assemblies
    from sim.theory.text_demand import Coming

    luck = np.random.default_rng(1)
    text = RollCall("text", DAY, None, (0, 0, 0, 0))
    known = Forecast(text, 4.0 * luck.standard_normal(MEMBERS), luck.random(MEMBERS), Coming(-1, 1, 1.5, 0.01), None)  # type: ignore[arg-type]
    chance, absence = known.probabilities(), np.full(MEMBERS, 0.1)
    return min(seconds(lambda: assemblies(known, chance, absence, 0.5, number=ASSEMBLIES, seed=1)) for _ in range(3))


def people() -> tuple[int, ...]:
    """Shares of the Union's members in its people, in hundredths of a per cent."""
    with STATES.open(encoding="utf-8", newline="") as opened:
        shares = [int(row["population"]) for row in csv.DictReader(opened)]
    return tuple(share for share in shares if share)


def power() -> dict[str, float]:
    """Exact indices of Shapley and Shubik, at best of three."""
    from sim.theory.power import shapley_shubik
    from sim.theory.rules import WeightedRule, european_council, security_council

    rules = {
        "council": security_council(),
        "union": european_council(people()),
        "assembly": WeightedRule((1,) * MEMBERS, 129),
    }
    return {name: min(seconds(lambda r=rule: shapley_shubik(r)) for _ in range(3)) for name, rule in rules.items()}  # type: ignore[misc]
