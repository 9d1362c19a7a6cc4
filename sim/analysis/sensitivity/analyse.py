"""From points to the tables that their design allows, and the same for the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd

from sim.analysis.points import Points, Unusable
from sim.analysis.sensitivity.one_at_a_time import contrasts
from sim.analysis.sensitivity.scores import scores
from sim.analysis.sensitivity.screening import morris
from sim.analysis.sensitivity.variance import luck_share, rows_of_base, sobol
from sim.record.study import each

Method = Literal["sobol", "morris", "contrasts", "scores"]
METHODS: tuple[Method, ...] = ("sobol", "morris", "contrasts", "scores")
SHOWN = 20
"""Factors that are printed; the tables have them all."""


def analyse(
    points: Points, method: Method, *, seed: int = 1, levels: int = 4, second: bool | None = None
) -> dict[str, pd.DataFrame]:
    """Tables of one analysis, named by its method, and ``about``: what the points are, and what luck is in them.

    Parameters
    ----------
    points : Points
        In the order of the design.
    method : str
        ``sobol`` for a Saltelli design, ``morris`` for its trajectories, ``contrasts`` for one factor at a time,
        ``scores`` for any.
    seed : int
        For drawing again.
    levels : int
        Of a Morris design.
    second : bool, optional
        Whether a Saltelli design has rows for second order.

    Raises
    ------
    Unusable
        The points are not of that design, too few of them have runs, or a library is not installed.
    """
    width = len(points.names)
    if method == "sobol":
        table = sobol(points, seed=seed, second=second)
        used = points.whole(rows_of_base(len(points.x), width, second), "base rows")
    elif method == "morris":
        table, used = morris(points, levels, seed=seed), points.whole(width + 1, "trajectories")
    elif method == "scores":
        table, used = scores(points, seed=seed), points.whole()
    elif method == "contrasts":
        table, used = contrasts(points), points
    else:
        raise Unusable(f"there is no analysis {method}; {', '.join(METHODS)} are")
    return {method: table, "about": _about(used)}


def _about(points: Points) -> pd.DataFrame:
    counts, known = points.counts, np.isfinite(points.x).all()
    about = {"outcome": points.outcome, "share": points.flags, "points": len(points.x), "fewest": int(counts.min()),
             "replicates": int(counts.max()), "mean": float(np.nanmean(points.mean)),
             "luck": luck_share(points) if known else np.nan, "left_out": "; ".join(points.left_out)}  # fmt: skip
    return pd.DataFrame({name: [value] for name, value in about.items()})


def replicates_of(about: Any) -> str:
    """How many replicates the points have, of a row of ``about``: one number, or from which to which."""
    fewest, most = int(about["fewest"]), int(about["replicates"])
    return f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"


def as_text(tables: Mapping[str, pd.DataFrame], labels: Mapping[str, str] | None = None) -> str:
    """Tables of `analyse` for the terminal, factors from the most to the least important."""
    about = tables["about"].iloc[0]
    count = f"{about['points']:,} points of {replicates_of(about)} replicates"
    head = [f"{about['outcome']}: mean {about['mean']:.3f} over {count}"]
    if about["left_out"]:
        head.append(f"Left out: {about['left_out']}")
    method = next(name for name in METHODS if name in tables)
    lines = {"sobol": _sobol, "morris": _morris, "scores": _scores, "contrasts": _contrasts}[method](
        tables[method], labels or {}
    )
    noise = [] if np.isnan(about["luck"]) else [LUCK.format(share=100 * about["luck"])]
    minus = (re.sub(r"(?<=\s)-(?=\d)", "−", line) for line in lines)
    return "\n".join([*head, "", *minus, "", *noise, NOTES[method]])


LUCK = (
    "Of the variance between points {share:.0f} % is how differently they took the luck of these few replicates. All\n"
    "met the same luck, so that it stands inside the numbers above as if it were the factors'; more replicates make\n"
    "it smaller."
)


def _sobol(table: pd.DataFrame, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"{'Share of variance':<46}{'alone (S1)':>11}{'95 % interval':>17}{'in all (ST)':>12}{'95 % interval':>17}"
    first = table[table["index"] == "S1"].set_index("factor")
    total = table[table["index"] == "ST"].set_index("factor")
    for name in total["value"].sort_values(ascending=False, kind="stable").index[:SHOWN]:
        parts = [f"{row.value:.3f}".rjust(wide) + f"{row.low:.3f} – {row.high:.3f}".rjust(17)
                 for row, wide in ((first.loc[name], 11), (total.loc[name], 12))]  # fmt: skip
        yield f"  {_cut(labels.get(name, name), 44):<44}{parts[0]}{parts[1]}"
    yield f"  {'sum of S1':<44}{first['value'].sum():>11.3f}"
    pairs = table[table["index"] == "S2"]
    clear = pairs[pairs["low"] > 0].sort_values("value", ascending=False, kind="stable")
    if len(pairs):
        yield (
            "Pairs whose share together (S2) is above 0 with its whole interval"
            if len(clear)
            else "No pair's share (S2) is clearly above 0"
        )
    for row in each(clear.head(SHOWN)):
        both = f"{labels.get(row.factor, row.factor)} × {labels.get(row.other, row.other)}"
        yield f"  {_cut(both, 44):<44}{row.value:>11.3f}{f'{row.low:.3f} – {row.high:.3f}':>17}"


def _morris(table: pd.DataFrame, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"{'Elementary effects over the whole range':<46}{'mu*':>9}{'95 % interval':>18}{'mu':>9}{'sigma':>9}"
    for row in each(table.sort_values("mu_star", ascending=False, kind="stable").head(SHOWN)):
        ends = f"{row.low:.3f} – {row.high:.3f}"
        name = _cut(labels.get(row.factor, row.factor), 44)
        yield f"  {name:<44}{row.mu_star:>9.3f}{ends:>18}{row.mu:>9.3f}{row.sigma:>9.3f}"


def _scores(table: pd.DataFrame, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"{'Feature scores':<54}{'score':>8}{'least – most':>17}{'beats chance':>14}{'nats':>8}"
    for row in each(table.head(SHOWN)):
        ends, beats = f"{row.low:.4f} – {row.high:.4f}", f"{100 * row.above:.0f} %"
        name = _cut(labels.get(row.factor, row.factor), 52)
        yield f"  {name:<52}{row.score:>8.4f}{ends:>17}{beats:>14}{row.information:>8.3f}"
    yield f"  {'the best of the shuffled copies':<52}{table['chance'].iloc[0]:>8.4f}"


def _contrasts(table: pd.DataFrame, labels: Mapping[str, str]) -> Iterator[str]:
    head = f"{'One factor at a time, all else as the file says':<52}{'mean':>8}{'difference':>12}"
    yield f"{head}{'95 % interval':>20}{'pairs':>8}"
    yield f"  {'as the file says':<50}{table['baseline'].iloc[0]:>8.3f}"
    size = table.groupby("factor", sort=False)["difference"].agg(lambda gaps: gaps.abs().max())
    for name in size.sort_values(ascending=False, kind="stable").index[:SHOWN]:
        yield f"  {_cut(labels.get(name, name), 100)}"
        for row in each(table[table["factor"] == name]):
            star = "*" if row.low > 0 or row.high < 0 else " "
            gap, ends = f"{row.difference:+.3f}{star}", f"{row.low:+.3f} – {row.high:+.3f}"
            told = f"    {row.value:<48g}{row.mean:>8.3f}{gap:>12}{ends:>20}{row.n:>8,}"
            yield told.replace("+nan – +nan", "–").replace("+nan", "–").replace("nan", "–")


NOTES = {
    "sobol": "Intervals draw base rows and replicates again; indices speak of the ranges of the design.",
    "morris": "Effects of going through a factor's whole range; intervals draw trajectories again.",
    "contrasts": "Differences from the same replicates as the file says; * where the interval leaves out 0.",
    "scores": "Beats chance: in how many of the draws the factor scored above every shuffled copy.",
}


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else "…" + text[-width + 1 :]
