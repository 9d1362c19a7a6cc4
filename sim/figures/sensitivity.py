"""Sensitivity as pictures: Sobol indices, elementary effects, feature scores, each with what luck alone would do."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.sensitivity.analyse import replicates_of
from sim.figures.facts import NothingToShow
from sim.figures.furniture import numbers_beside
from sim.figures.studies import LETTERS, labelled, left_out, provenance
from sim.figures.style import BLUE, FAINT, GREY, INK, ORANGE, PAGE, Margins, page, title
from sim.record.study import Study, each

MOST = 20
"""Factors that a figure shows; the tables have them all."""


def indices(study: Study) -> Figure:
    """First-order and total Sobol indices of each factor, and the pairs that act together."""
    table = _table(study, "sobol")
    first, total = (table[table["index"] == index].set_index("factor") for index in ("S1", "ST"))
    names = list(total["value"].sort_values(ascending=False, kind="stable").index[:MOST])
    pairs = table[table["index"] == "S2"].sort_values("value", ascending=False, kind="stable").head(len(names))
    height = 6.0 + 5.2 * max(len(names), 3)
    figure, grid = page(
        PAGE, (height,), widths=(1.0, 0.7) if len(pairs) else (1.0,),
        margins=Margins(left=52.0, across=62.0, right=4.0, top=12.0),
        notes=[f"{provenance(study)} {_about(study)} Alone: first-order index S1; in all: total index ST. {INTERVALS}"],
    )  # fmt: skip
    axes = grid[0][0]
    for place, name in enumerate(names):
        for table_, drop, colour, marker in ((first, -0.16, BLUE, "o"), (total, 0.16, ORANGE, "s")):
            row = table_.loc[name]
            axes.plot([row["low"], row["high"]], [place + drop] * 2, color=colour, lw=1.6)
            axes.plot(row["value"], place + drop, marker, color=colour, ms=3.6)
    _rows(axes, [labelled(study, name) for name in names])
    axes.set_xlabel("Share of the variance between design points")
    title(axes, "a", "Alone and in all")
    axes.plot([], [], "o-", color=BLUE, ms=3.6, label="alone (S1)")
    axes.plot([], [], "s-", color=ORANGE, ms=3.6, label="in all (ST)")
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, borderaxespad=0.1)
    if len(pairs):
        _bars(grid[0][1], pairs, [f"{_short(study, row.factor)}\n× {_short(study, row.other)}" for row in each(pairs)])
        grid[0][1].set_xlabel("Share of the variance (S2)")
        title(grid[0][1], "b", "Together")
    return figure


ROOM = 12
"""Part of the axis within which effects lie too close to be numbered."""


def effects(study: Study) -> Figure:
    """Morris's plane: how large elementary effects are, and how much they depend on the other factors."""
    table = _table(study, "morris").sort_values("mu_star", ascending=False, kind="stable").head(MOST)
    figure, grid = page(
        PAGE, (6.0 + 5.0 * max(len(table), 6),), widths=(1.0, 1.0), margins=Margins(left=52.0, across=20.0, right=6.0),
        notes=[f"{provenance(study)} {_about(study)} {EFFECTS}"],
    )  # fmt: skip
    left, right = grid[0]
    _bars(left, table.rename(columns={"mu_star": "value"}), [labelled(study, name) for name in table["factor"]])
    for place, row in enumerate(each(table)):
        left.plot(row.mu, place, "|", color=INK, ms=6)
    left.set_xlabel("Effect on the outcome: mu* (circle), mu (stroke)")
    title(left, "a", "How large")
    right.plot(table["mu_star"], table["sigma"], "o", color=BLUE, ms=3.6)
    top = 1.08 * max(float(table["high"].max()), float(table["sigma"].max()), 1e-9)
    right.plot([0, top], [0, top], color=FAINT, lw=0.6, ls=(0, (3, 2)))
    left.set_yticks(range(len(table)), [f"{labelled(study, name)}  {place + 1}"
                                        for place, name in enumerate(table["factor"])])  # fmt: skip
    right.set_xlim(-0.02 * top, top)
    right.set_ylim(-0.02 * top, top)
    right.set_xlabel("mu* (numbers as in a, where there is room)")
    right.set_ylabel("sigma")
    numbers_beside(right, table.loc[table["mu_star"] > top / ROOM, ["mu_star", "sigma"]].to_numpy(float))
    title(right, "b", "How it depends on the others")
    return figure


def contrasts(study: Study) -> Figure:
    """One factor at a time: what each of its values changes beside the scenario as its file says."""
    table, share = _table(study, "contrasts"), bool(study["about"]["share"].iloc[0])
    size = table.groupby("factor", sort=False)["difference"].agg(lambda gaps: gaps.abs().max())
    names = list(size.sort_values(ascending=False, kind="stable").index[:MOST])
    groups = [table[table["factor"] == name].sort_values("value", kind="stable") for name in names]
    rows = sum(map(len, groups)) + len(groups)
    unit, start = (100.0 if share else 1.0), float(table["baseline"].iloc[0])
    base = f"as the file says, {100 * start:.1f} %" if share else f"as the file says, {start:.4g}"
    note = STEPS.format(kind="Newcombe" if share else "Student", base=base)
    figure, grid = page(
        PAGE, (6.0 + 4.0 * rows,), margins=Margins(left=70.0, right=6.0),
        notes=[f"{provenance(study)} {_about(study)} {note}"],
    )  # fmt: skip
    axes, place, ticks = grid[0][0], 0.5, []
    for name, group in zip(names, groups, strict=True):
        ticks.append((place - 0.15, labelled(study, name).replace("\n", " ")))
        for row in each(group):
            place += 1.0
            axes.plot([unit * row.low, unit * row.high], [place, place], color=BLUE, lw=1.6)
            axes.plot(unit * row.difference, place, "o", color=BLUE, ms=3.6)
            ticks.append((place, f"{row.value:.4g}"))
        place += 1.0
    for at, _ in ticks[1:]:
        if at % 1:
            axes.axhline(at - 0.5, color=GREY, lw=0.5)
    axes.axvline(0.0, color=INK, lw=0.6)
    axes.set_yticks([at for at, _ in ticks], [words for _, words in ticks])
    axes.set_ylim(place - 0.4, -0.2)
    axes.tick_params(axis="y", length=0)
    axes.set_ylabel("Factor")
    axes.yaxis.label.set_visible(False)
    axes.set_xlabel(f"Difference of {study['about']['outcome'].iloc[0]}{' (percentage points)' if share else ''}")
    title(axes, "a", "One factor at a time")
    return figure


def scores(study: Study) -> Figure:
    """Feature scores of the factors beside the best of the shuffled copies."""
    table = _table(study, "scores").head(MOST)
    figure, grid = page(
        PAGE, (6.0 + 5.0 * len(table),), widths=(1.0, 0.5), margins=Margins(left=62.0, across=8.0, right=6.0),
        notes=[f"{provenance(study)} {_about(study)} {SCORES}"],
    )  # fmt: skip
    left, right = grid[0]
    names = [labelled(study, name) for name in table["factor"]]
    left.axvspan(0.0, float(table["chance"].iloc[0]), color=GREY, alpha=0.6, lw=0)
    _bars(left, table.rename(columns={"score": "value"}), names)
    left.set_xlim(left=0.0)
    left.set_xlabel("Importance in forests (grey: chance)")
    title(left, "a", "Feature scores")
    right.barh(range(len(table)), table["information"], 0.5, color=ORANGE)
    _rows(right, [""] * len(names))
    right.set_xlabel("Mutual information (nats)")
    title(right, "b", "Information")
    return figure


INTERVALS = "Bars: 95 % intervals from drawing base rows and replicates again; below 0 is estimation error."
LUCK = (
    " Of the variance between points {share:.0f} % is how differently they took the luck of few replicates, and stands "
    "inside what the factors are given."
)
STEPS = (
    "Each factor alone is set to a value, all else as the file says. Bars: paired 95 % intervals of the difference in "
    "the same replicate ({kind}); {base}."
)
EFFECTS = (
    "Effect of a factor's whole range on the mean outcome. Bars: 95 % intervals from drawing trajectories again. Above "
    "the dashed line the effect changes more with the other factors than its size."
)
SCORES = (
    "Forests of extremely randomised trees on halves of the points; bars: least and greatest of the draws; grey: best "
    "score of any shuffled copy, which means nothing."
)


def _table(study: Study, name: str) -> pd.DataFrame:
    if name not in study.tables:
        raise NothingToShow(f"the design gives no table {name}")
    return study[name]


def _about(study: Study) -> str:
    """What the points are, how much of the variance between them is luck, and what was left out."""
    about = study["about"].iloc[0]
    luck = float(about["luck"])
    noise = "" if np.isnan(luck) else LUCK.format(share=100 * luck)
    count = f"{about['points']:,} points of {replicates_of(about)} replicates"
    return f"Outcome: {about['outcome']}; {count}.{left_out(study)}{noise}"


def _short(study: Study, name: str) -> str:
    return labelled(study, name).replace("\n", " ")[:LETTERS]


def _bars(axes: Axes, table: pd.DataFrame, names: list[str]) -> None:
    """Values with their intervals, one row each."""
    for place, row in enumerate(each(table)):
        axes.plot([row.low, row.high], [place, place], color=BLUE, lw=1.6)
        axes.plot(row.value, place, "o", color=BLUE, ms=3.6)
    _rows(axes, names)


def _rows(axes: Axes, names: list[str]) -> None:
    axes.axvline(0.0, color=INK, lw=0.6)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_ylabel("Factor")
    axes.yaxis.label.set_visible(False)
