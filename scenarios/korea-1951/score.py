"""Scores the scenario against the record of 1951 to 1953: hits and misses, each with its interval.

    python scenarios/korea-1951/score.py [--replicates 1024] [--seed 1953]

The record: talks in week 0, an armistice on day 748 (week 106), on the line of contact, with the prisoners as the
last open issue, 14 weeks after an exchange of the sick and wounded began, and no settlement.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import sim
from sim.analysis.measures import Estimate, difference, proportion, quantile

BAND = (87, 127)
"""Weeks that count as a hit: 107 with 20 on either side."""
AREA = 220.8
"""Korea, in thousand square kilometres."""
ISSUES = ("line", "prisoners", "inspection")
"""What an armistice settles."""
SIDES = ("un_command", "china_north_korea")


def weeks_of(result: sim.Result, column: str) -> np.ndarray:
    """Weeks of a first event, (run,); NaN where it never came."""
    return result.runs[column].to_numpy(dtype=float, na_value=np.nan)


def share(flags: np.ndarray) -> str:
    """Share of the runs in per cent, with its interval."""
    return percent(proportion(flags))


def percent(found: Estimate, sign: str = "") -> str:
    """Estimate of a share in per cent, with its interval."""
    return f"{100 * found.value:{sign}.1f} % ({100 * found.low:{sign}.1f} to {100 * found.high:{sign}.1f}; n {found.n})"


def middle(values: np.ndarray) -> str:
    """Median with its interval, and the range of the middle nine tenths of the values."""
    values = values[np.isfinite(values)]
    if not values.size:
        return "none"
    found = quantile(values, 0.5)
    low, high = np.quantile(values, [0.05, 0.95])
    return f"{found.value:.3g} ({found.low:.3g} to {found.high:.3g}; 90 % of {values.size}: {low:.3g} to {high:.3g})"


def record(result: sim.Result) -> Iterator[tuple[str, str]]:
    """What the record can be held against, line by line."""
    signed, settled = weeks_of(result, "first_ceasefire"), weeks_of(result, "first_settlement")
    inside = (signed >= BAND[0]) & (signed <= BAND[1])
    deal = weeks_of(result, "first_rung_1")
    gap = np.where(deal < signed, signed - deal, np.nan)
    line = np.abs(result.runs["signed_line"].to_numpy(float, na_value=np.nan) - result.runs["front"].to_numpy(float))
    yield "talks in the first four weeks (record: week 0)", share(weeks_of(result, "first_talks") < 4)
    yield "armistice at all (record: yes)", share(np.isfinite(signed))
    yield f"armistice in weeks {BAND[0]} to {BAND[1]} (record: 106)", share(inside)
    yield "week of the armistice, where there is one", middle(signed)
    yield "of them in the band", share(inside[np.isfinite(signed)])
    yield "settlement at all (record: no)", share(np.isfinite(settled))
    yield "weeks from the first exchange of sick and wounded to the armistice (record: 14)", middle(gap)
    broken = result.runs["first_peace_broken"].to_numpy(dtype=bool, na_value=False)
    stands = np.isfinite(signed) & ~np.isfinite(settled) & ~broken
    yield "signed line from the last front, thousand km2 (record: about 0)", middle(AREA * line[stands])
    yield "move of the front to B in 107 weeks, thousand km2 (record: below 2)", _moved(result)
    yield (
        "first agreement broken in the weeks played (record: no)",
        share(broken[np.isfinite(np.fmin(signed, settled))]),
    )


def _moved(result: sim.Result) -> str:
    front = result.weeks[result.weeks["quantity"] == "front"].sort_values("week")
    start, then = front["mean"].iloc[0], front.iloc[min(107, len(front) - 1)]
    mean, low, high = (AREA * (then[name] - start) for name in ("mean", "q05", "q95"))
    return f"mean {mean:+.2f}, 90 % of the runs {low:+.1f} to {high:+.1f}"


def variants(scenario: sim.Scenario) -> Iterator[tuple[str, sim.Scenario]]:
    """Worlds to hold beside the base: one issue without red lines at a time, and the scenario's own variants."""
    for issue in ISSUES:
        lifted = [f"actors.{side}.red_line.{issue}=1" for side in SIDES]
        yield f"no red lines on {issue}", sim.vary(scenario, overrides=lifted)
    for name in scenario.variants:
        yield name, sim.vary(scenario, variants=[name])


def main() -> None:
    """Plays the base and its contrasts and prints the score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicates", type=int, default=1024)
    parser.add_argument("--seed", type=int, default=1953)
    chosen = parser.parse_args()
    scenario = sim.load(Path(__file__).parent)
    base = sim.run(scenario, replicates=chosen.replicates, seed=chosen.seed)
    for label, found in record(base):
        print(f"{label}: {found}")
    print("\nArmistices, and the difference from the base with the same luck:")
    signed = np.isfinite(weeks_of(base, "first_ceasefire"))
    for name, varied in variants(scenario):
        result = sim.run(varied, replicates=chosen.replicates, seed=chosen.seed)
        weeks = weeks_of(result, "first_ceasefire")
        gain = percent(difference(np.isfinite(weeks), signed, paired=True), "+")
        print(f"{name}: {share(np.isfinite(weeks))}, {gain}; median week {middle(weeks)}")


if __name__ == "__main__":
    main()
