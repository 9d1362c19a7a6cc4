"""A search for levers as pictures: cost against probability, and what happens without each lever."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures.facts import NothingToShow
from sim.figures.furniture import per_cent
from sim.figures.studies import provenance
from sim.figures.style import BLUE, FAINT, GREY, INK, ORANGE, PAGE, SMALL, TEXT, VERMILLION, Margins, page, title
from sim.record.study import Study, each

FRONT_NOTE = (
    "a: grey, every set that was tried, on the luck of the search; circles, the front on fresh luck with 95 % "
    "intervals; small squares, the same sets as the search saw them. Squares above circles are the search's own luck."
)
NEEDED_NOTE = (
    "Share of runs of a luck that no choice has seen, with 95 % intervals (Wilson). A lever is surely needed where the "
    "interval without it lies below the threshold."
)


def front(study: Study) -> Figure:
    """Cost against probability: everything tried, the front on fresh luck, and which levers it pulls."""
    asked, table = study.manifest["asked"], study["front"]
    names = list(asked["strengths"])
    figure, grid = page(
        PAGE, (62.0,), widths=(1.0, 0.8), margins=Margins(left=14.0, across=56.0, right=5.0, top=9.0, bottom=14.0),
        notes=[f"{provenance(study)} {FRONT_NOTE}"],
    )  # fmt: skip
    axes = grid[0][0]
    axes.plot(study["sets"]["cost"], study["sets"]["share"], ".", color=GREY, ms=2.6, zorder=0)
    _errors(axes, table["cost"], table, BLUE)
    axes.plot(table["cost"], table["share"], "-", color=BLUE, lw=0.8)
    axes.plot(table["cost"], table["seen"], "s", color=ORANGE, ms=2.8, mfc="none", mew=0.8)
    axes.axhline(asked["threshold"], color=VERMILLION, lw=0.8, ls=(0, (4, 2)))
    axes.annotate("threshold", (1.0, asked["threshold"]), (-2, 2), xycoords=("axes fraction", "data"),
                  textcoords="offset points", ha="right", size=SMALL, color=VERMILLION)  # fmt: skip
    per_cent(axes, 1.0)
    axes.set_xlabel("Cost (units of the file)")
    axes.set_ylabel(f"Share of runs: {asked['outcome']} (%)")
    title(axes, "a", "Cost against probability")
    _levers(grid[0][1], table, names, asked)
    return figure


def _levers(axes: Axes, table: pd.DataFrame, names: list[str], asked: dict[str, dict[str, object]]) -> None:
    """Which levers each set of the front pulls, and how strongly."""
    most = np.array([float(str(asked["strengths"][name])) for name in names])
    strength = table[[f"lever:{name}" for name in names]].to_numpy(dtype=float).T / most[:, None]
    axes.pcolormesh(strength, cmap="Greys", vmin=0, vmax=1.15, edgecolors="white", linewidth=0.8)
    axes.set_yticks(np.arange(len(names)) + 0.5, [_short(str(asked["labels"][name])) for name in names])
    axes.set_ylim(len(names), 0)
    axes.set_xticks(np.arange(len(table)) + 0.5, [f"{cost:g}" for cost in table["cost"]], rotation=90)
    axes.tick_params(length=0)
    axes.set_xlabel("Cost of the set (black: full strength)")
    axes.set_ylabel("Lever")
    axes.yaxis.label.set_visible(False)
    title(axes, "b", "Levers of the front")


def needed(study: Study) -> Figure:
    """The answers, and each without one of its levers or with a weaker one, beside the threshold."""
    answers, beside = study["answers"], study["neighbours"]
    if not len(answers):
        raise NothingToShow("no set was surely good enough")
    kept = answers.drop_duplicates("words")
    rows = [int((beside["by"] == by).sum()) + 1 for by in kept["by"]]
    figure, grid = page(
        PAGE, [5.0 + 5.0 * count for count in rows], margins=Margins(left=66.0, right=6.0, down=17.0),
        notes=[f"{provenance(study)} {NEEDED_NOTE}"],
    )  # fmt: skip
    for place, (answer, (axes,)) in enumerate(zip(each(kept), grid, strict=True)):
        _needed(axes, study, answer, beside[beside["by"] == answer.by])
        both = len(kept) < len(answers)
        words = "Cheapest and smallest" if both else "Cheapest" if answer.by == "cost" else "Smallest"
        title(axes, "ab"[place], f"{words} set found, cost {answer.cost:g}, and smaller ones")
    return figure


def _needed(axes: Axes, study: Study, answer: object, beside: pd.DataFrame) -> None:
    asked = study.manifest["asked"]
    rows = [("the whole set", answer, BLUE, "o"), *(
        (f"{'without' if row.change == 'dropped' else 'weaker'} {asked['labels'][row.lever]}", row,
         INK if row.change == "dropped" else FAINT, "s" if row.change == "dropped" else "^")
        for row in each(beside)
    )]  # fmt: skip
    for place, (_, row, colour, marker) in enumerate(rows):
        axes.plot([row.low, row.high], [place, place], color=colour, lw=1.6)
        axes.plot(row.share, place, marker, color=colour, ms=4)
    axes.axvline(asked["threshold"], color=VERMILLION, lw=0.8, ls=(0, (4, 2)))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [_short(words, 46) for words, *_ in rows])
    axes.tick_params(axis="y", length=0, labelsize=TEXT)
    axes.set_ylabel("Set")
    axes.yaxis.label.set_visible(False)
    axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g}")
    axes.set_xlabel(f"Share of runs: {asked['outcome']} (%; dashed: threshold)")


def _errors(axes: Axes, x: pd.Series[float], table: pd.DataFrame, colour: str) -> None:
    reach = np.maximum(np.stack([table["share"] - table["low"], table["high"] - table["share"]]), 0.0)
    axes.errorbar(x, table["share"], reach, fmt="o", color=colour, ms=3.4, elinewidth=0.9, capsize=1.6, ls="")


def _short(text: str, width: int = 34) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
