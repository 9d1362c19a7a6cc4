"""From points to the tables that their design allows, and the same for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from sim.analysis.points import Points, Unusable
from sim.analysis.sensitivity.scores import scores
from sim.analysis.sensitivity.screening import morris
from sim.analysis.sensitivity.variance import luck_share, sobol
from sim.record.study import each

Method = Literal["sobol", "morris", "scores"]
SHOWN = 20
"""Factors that are printed; the tables have them all."""


def analyse(
    points: Points, method: Method, *, seed: int = 1, levels: int = 4, second: bool | None = None
) -> dict[str, pd.DataFrame]:
    """Tables of one analysis: ``sobol``, ``morris`` or ``scores``, and ``about``: points, replicates, share of luck.

    Parameters
    ----------
    points : Points
        In the order of the design.
    method : str
        ``sobol`` for a Saltelli design, ``morris`` for its trajectories, ``scores`` for any.
    seed : int
        For drawing again.
    levels : int
        Of a Morris design.
    second : bool, optional
        Whether a Saltelli design has rows for second order.

    Raises
    ------
    Unusable
        A number is missing, the points are not of that design, or a library is not installed.
    """
    if method == "sobol":
        table = sobol(points, seed=seed, second=second)
    elif method == "morris":
        table = morris(points, levels, seed=seed)
    elif method == "scores":
        table = scores(points, seed=seed)
    else:
        raise Unusable(f"there is no analysis {method}; sobol, morris and scores are")
    about = {"outcome": [points.outcome], "points": [len(points.x)], "replicates": [points.y.shape[1]],
             "mean": [float(points.y.mean())], "luck": [luck_share(points)]}  # fmt: skip
    return {method: table, "about": pd.DataFrame(about)}


def as_text(tables: Mapping[str, pd.DataFrame], labels: Mapping[str, str] | None = None) -> str:
    """Tables of `analyse` for the terminal, factors from the most to the least important."""
    about = tables["about"].iloc[0]
    head = (
        f"{about['outcome']}: mean {about['mean']:.3f} over {about['points']:,} points of {about['replicates']:,} "
        f"replicates"
    )
    noise = "" if np.isnan(about["luck"]) else (
        f"Of the variance between points {100 * about['luck']:.0f} % is the luck of few replicates and no factor's."
    )  # fmt: skip
    method = next(name for name in ("sobol", "morris", "scores") if name in tables)
    lines = {"sobol": _sobol, "morris": _morris, "scores": _scores}[method](tables[method], labels or {})
    return "\n".join([head, "", *lines, "", *([noise] if noise else []), NOTES[method]])


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


NOTES = {
    "sobol": "Intervals draw base rows and replicates again; indices speak of the ranges of the design.",
    "morris": "Effects of going through a factor's whole range; intervals draw trajectories again.",
    "scores": "Beats chance: in how many of the draws the factor scored above every shuffled copy.",
}


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else "…" + text[-width + 1 :]
