"""Scenario discovery as pictures: the way of PRIM, and its box among the points."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.figures.facts import NothingToShow
from sim.figures.furniture import per_cent, ratios
from sim.figures.studies import labelled, left_out, provenance
from sim.figures.style import BLUE, FAINT, GREY, INK, ORANGE, PAGE, SMALL, VERMILLION, Margins, page, title
from sim.record.study import Study

NOTE = (
    "Density: share of the runs inside the box that are {outcome}; coverage: share of all such runs that lie inside, "
    "each point counted alike. Filled: points to learn from; "
    "open: held-out points in replicates of their own. Cross: the chosen box on held-out points; thin bar, the 95 % "
    "interval of its share on any luck; thick bar, that of its distance from the dashed line, which met the same luck."
)
BOX_NOTE = (
    "Held-out points only; shade: share of the replicates that are {outcome}, from 0 (white) to 1 (black). Frame: the "
    "box found on the other points, "
)
LIMITS_NOTE = "in its two strongest factors; its other limits are not drawn."
ONE_NOTE = "which limits only {factor}; the other axis is the first of the factors that it leaves free."


def outcome(study: Study) -> str:
    """Name of the outcome, as it was asked for."""
    return str(study.manifest["asked"]["outcome"])


def trajectory(study: Study) -> Figure:
    """Coverage against density along the way of PRIM, where it was found and where it is tested."""
    way, chosen = study["trajectory"], study["boxes"].iloc[0]
    figure, grid = page(
        PAGE, (56.0,), widths=(1.0, 1.0), margins=Margins(left=16.0, across=54.0, right=4.0),
        notes=[f"{provenance(study)}{left_out(study)} {NOTE.format(outcome=outcome(study))}"],
    )  # fmt: skip
    left, right = grid[0]
    left.plot(way["coverage"], way["density"], color=BLUE, lw=0.6)
    left.plot(way["coverage"], way["density"], "o", color=BLUE, ms=3.0)
    left.plot(way["held_out_coverage"], way["held_out_density"], "s", color=ORANGE, mfc="none", ms=3.2, mew=0.8)
    left.errorbar(
        chosen["coverage"], chosen["density"],
        [[max(chosen["density"] - chosen["low"], 0)], [max(chosen["high"] - chosen["density"], 0)]],
        fmt="x", color=VERMILLION, ms=6, elinewidth=1.0, capsize=2,
    )  # fmt: skip
    reach = [chosen["overall"] + chosen.get(f"gap_{end}", np.nan) for end in ("low", "high")]
    left.plot([chosen["coverage"]] * 2, reach, color=VERMILLION, lw=2.6)
    left.axhline(chosen["overall"], color=FAINT, lw=0.6, ls=(0, (3, 2)))
    left.annotate("all held-out points", (0.01, chosen["overall"]), (0, -8), textcoords="offset points", size=SMALL)
    per_cent(left, 1.02)
    left.set_xlim(0, 1.02)
    left.set_xlabel(f"Coverage (share of all runs that are {outcome(study)})")
    left.set_ylabel(f"Density (% of runs that are {outcome(study)})")
    title(left, "a", "From everything to a small box")
    _limits(right, study)
    return figure


def _limits(axes: Axes, study: Study) -> None:
    """How often each factor came again on halves of the points."""
    limits = study["limits"].sort_values("again", ascending=False, kind="stable").head(12)
    kept = np.isfinite(limits["low"]) | np.isfinite(limits["high"])
    places = np.arange(len(limits))
    looks: tuple[tuple[pd.Series, str, dict[str, Any]], ...] = (
        (kept, "in the chosen box", {"color": BLUE}),
        (~kept, "not in it", {"color": GREY, "hatch": "///", "ec": "white"}),
    )
    for chosen, words, look in looks:
        if chosen.any():
            axes.barh(places[chosen], limits["again"][chosen], 0.6, label=words, **look)
    axes.set_ylim(max(len(limits), 3) - 0.4, -0.6)
    axes.set_yticks(places, [labelled(study, name) for name in limits["factor"]])
    axes.set_ylabel("Factor")
    axes.yaxis.label.set_visible(False)
    axes.set_xlim(0, 1)
    axes.set_xlabel("Share of random halves that restrict it")
    if len(limits):
        axes.legend(loc="lower right")
    title(axes, "b", "Which limits come again")


def box(study: Study) -> Figure:
    """The box of PRIM in its two strongest factors, among the held-out points."""
    limits, points = study["limits"], study["points"]
    kept = limits[np.isfinite(limits["low"]) | np.isfinite(limits["high"])]
    if not len(kept):
        raise NothingToShow("the box restricts no factor")
    p = kept[["p_low", "p_high"]].min(axis=1)
    names = list(kept.loc[p.sort_values(kind="stable").index, "factor"])[:2]
    note = LIMITS_NOTE if len(names) > 1 else ONE_NOTE.format(factor=labelled(study, names[0]).replace("\n", " "))
    if len(names) == 1:
        names.append(next(name for name in points.columns if name not in (*names, "outcome", "replicates", "held_out")))
    held = points[points["held_out"]]
    figure, grid = page(
        PAGE, (70.0,), margins=Margins(left=20.0, right=30.0),
        notes=[f"{provenance(study)}{left_out(study)} {BOX_NOTE.format(outcome=outcome(study))}{note}"],
    )  # fmt: skip
    axes = grid[0][0]
    drawn = axes.scatter(
        held[names[0]], held[names[1]], c=held["outcome"], cmap="Greys", vmin=0, vmax=1, s=14, ec=INK, lw=0.4
    )  # fmt: skip
    figure.colorbar(drawn, ax=axes, fraction=0.05, pad=0.02).set_label(f"Share of runs that are {outcome(study)}")
    _frame(axes, limits, points, names)
    for which, name in zip("xy", names, strict=True):
        if _spread_by_ratio(points[name]):
            ratios(axes, which)
    axes.set_xlabel(labelled(study, names[0]))
    axes.set_ylabel(labelled(study, names[1]))
    title(axes, "a", "The box among held-out points")
    return figure


def _spread_by_ratio(values: pd.Series) -> bool:
    """Whether the middle of the points lies low in their range, as where their logarithm was spread evenly."""
    low, middle, high = values.quantile([0.0, 0.5, 1.0])
    return bool(0 < low < high / 5 and middle**2 < 2 * low * high)


def _frame(axes: Axes, limits: pd.DataFrame, points: pd.DataFrame, names: list[str]) -> None:
    corners = []
    for name in names:
        row = limits[limits["factor"] == name]
        edges = (points[name].min(), points[name].max())
        low, high = edges if row.empty else (row["low"].iloc[0], row["high"].iloc[0])
        corners.append((max(low, edges[0]), min(high, edges[1])))
    (left, right), (bottom, top) = corners
    axes.add_patch(Rectangle((left, bottom), right - left, top - bottom, fill=False, ec=VERMILLION, lw=1.6))
