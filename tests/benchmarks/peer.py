"""NegMAS on the same negotiation, in an environment of its own that is thrown away: `python -m tests.benchmarks.peer`.

Nothing of NegMAS is needed to run or test Parley.  It is installed by pip into a folder of its own under the
system's place for temporary files, played there through its public interface, and deleted.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

import numpy as np

from sim.theory.outcomes import outcome_grid
from sim.theory.stacked_offers import negotiate
from tests.theory.domains import TWO_SIDES, WEIGHTS

LONGEST_INSTALL = 600
"""Seconds after which the installation is given up."""

PLAYED = """
import json, statistics, time, warnings
warnings.filterwarnings("ignore")
import negmas
from negmas import SAOMechanism, make_issue
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.value_fun import AffineFun
from negmas.sao import AspirationNegotiator

issues = [make_issue(11, name) for name in ("one", "two", "three")]

def side(weights, slope, start):
    return LinearAdditiveUtilityFunction(values=[AffineFun(slope, start)] * 3, weights=weights, issues=issues)

times = []
for _ in range(30):
    table = SAOMechanism(issues=issues, n_steps=100)
    table.add(AspirationNegotiator(aspiration_type=4.0), preferences=side({first}, 0.1, 0.0))
    table.add(AspirationNegotiator(aspiration_type=0.25), preferences=side({second}, -0.1, 1.0))
    start = time.process_time()
    end = table.run()
    times.append(time.process_time() - start)
print(json.dumps({{"version": negmas.__version__, "agreement": list(end.agreement), "step": end.step,
                   "best": 1 / min(times), "median": 1 / statistics.median(times)}}))
"""


def measured() -> dict[str, Any]:
    """Negotiations a second of NegMAS and where they end, or why it could not be measured."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            python = _installed(Path(folder))
            code = PLAYED.format(first=WEIGHTS[0].tolist(), second=WEIGHTS[2].tolist())
            asked = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True, cwd=folder)
        except (OSError, subprocess.SubprocessError) as why:
            told = getattr(why, "stderr", None) or str(why)
            return {"missing": str(told).strip().splitlines()[-1]}
    found: dict[str, Any] = json.loads(asked.stdout.splitlines()[-1])
    return found | {"same": (found["agreement"], found["step"]) == ours()}


def _installed(folder: Path) -> str:
    """Python of a new environment with NegMAS."""
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    line = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "negmas"]
    subprocess.run(line, capture_output=True, text=True, check=True, timeout=LONGEST_INSTALL)
    return python


def ours() -> tuple[list[int], int]:
    """Choices agreed upon and step of the same negotiation here."""
    end = negotiate(TWO_SIDES, np.array([[4.0], [0.25]]), np.zeros((2, 1)))
    return outcome_grid((11, 11, 11))[:, end.outcome[0]].tolist(), int(end.step[0])


if __name__ == "__main__":
    print(json.dumps(measured()))
