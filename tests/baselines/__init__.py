"""Stored numbers of the shipped scenarios: what moved when a change moved anything.

`python -m tests.baselines` (or `make baselines`) writes them anew; the changelog then says under **Numbers** what
moved and why.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

import sim

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
PLAYED = {"toy-two-sides": 128, "ukraine-2026": 64, "korea-1951": 64}
"""Scenarios and how many replicates are played of each."""

SEED = 2026
SHOWN = (
    "front",
    "forces_a",
    "grid_a",
    "tolerance_a",
    "cost_b",
    "belief_b",
    "trust_a",
    "aid_a",
    "aid_b",
    "pressure",
    "need_gap",
)
WEEKS = (0, 26, 52, 104, 155)


def numbers(name: str) -> dict[str, Any]:
    """What is stored of a scenario: counts of events, ends, means of quantities in some weeks, mean tallies."""
    result = sim.run(sim.load(ROOT / "scenarios" / name), replicates=PLAYED[name], seed=SEED)
    weeks = result.weeks[result.weeks["week"].isin(WEEKS) & result.weeks["quantity"].isin(SHOWN)]
    means = {f"{row.quantity}@{row.week}": round(float(row.mean), 6) for row in weeks.itertuples(index=False)}
    tallies = result.votes.groupby("text", observed=True)[["yes", "no", "abstain", "absent"]].mean()
    return {
        "durable": int(result.runs["durable"].sum()),
        "events": dict(sorted(Counter(result.events["kind"].astype(str)).items())),
        "means": {key: value for key, value in sorted(means.items()) if np.isfinite(value)},
        "tallies": {
            str(text): [round(float(n), 3) for n in row]
            for text, row in zip(tallies.index, tallies.to_numpy(), strict=True)
        },
    }


def stored(name: str) -> dict[str, Any]:
    """The stored numbers of a scenario."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def refresh() -> None:
    """Writes all baselines anew."""
    for name in PLAYED:
        text = json.dumps(numbers(name), indent=1, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"tests/baselines/{name}.json")
