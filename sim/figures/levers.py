"""A search for levers as pictures: cost against probability, what each size reaches, the answers without each lever."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures.facts import NothingToShow
from sim.figures.furniture import per_cent
from sim.figures.style import BLUE, FAINT, GREY, INK, ORANGE, PAGE, SMALL, TEXT, VERMILLION, Margins, page, title
from sim.record.study import Study, each

FRONT_NOTE = (
    "a: grey, every set that was tried, on the luck that chose; circles, the front on luck that did not choose it, "
    "with 95 % intervals (Monte-Carlo error); crosses, sets that had seemed to be on it and are beaten there; small "
    "squares, the same sets as the choice saw them, which flatters."
)
ANSWER_NOTE = {
    "supported": "Diamonds: the answers, with the interval that decides.",
    "undecided": "Diamond: the nearest set, with the interval that decides, which holds the threshold.",
    "not supported": "Diamond: the most probable set, with the interval that decides, which is below the threshold.",
}
SIZES_NOTE = (
    "The best set of each number of levers, on luck that did not choose it, with 95 % intervals (Monte-Carlo error); "
    "squares, as the choice saw it, which flatters."
)
NEEDED_NOTE = (
    "Share of runs of a luck that no choice has seen. Intervals (Wilson, Monte-Carlo error) allow for every answer, "
    "try and look of the search together. A lever is surely needed where the interval without it is below the line."
)
WORDS = {"cost": "Cheapest", "size": "Smallest"}


def provenance(study: Study) -> str:
    """Where the numbers of a search come from: which luck, and how many runs of it."""
    made, asked = study.manifest, study.manifest["asked"]
    settings = f" with {', '.join(made['overrides'])}" if made["overrides"] else ""
    chosen, answers, luck = study["sets"]["n"], study["answers"], asked["luck"]
    proofs = " and ".join(
        f"{row.n:,} runs of seed {row.seed}" for row in each(answers.drop_duplicates(["seed", "n"]))
    )  # fmt: skip
    return (
        f"Scenario {study.scenario.name}{settings}; {len(chosen):,} sets chosen on {_span(chosen)} runs each of seed "
        f"{luck['chosen']} and on seed {luck['confirmed']}; shown: {_span(study['front']['n'])} runs a set of seed "
        f"{luck['proved'][0]}, answers {proofs}; Parley {made['versions']['parley']}."
    )


def _span(counts: pd.Series[int]) -> str:
    low, high = int(counts.min()), int(counts.max())
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def front(study: Study) -> Figure:
    """Cost against probability: everything tried, the front on fresh luck, the answers, and which levers they pull."""
    asked, table = study.manifest["asked"], study["front"]
    kept = table[table["kept"]]
    note = ANSWER_NOTE[_standing(study)]
    figure, grid = page(
        PAGE, (76.0,), widths=(1.0, 0.8), margins=Margins(left=14.0, across=56.0, right=5.0, top=9.0, bottom=15.0),
        notes=[f"{provenance(study)} {FRONT_NOTE} {note}"],
    )  # fmt: skip
    axes = grid[0][0]
    axes.plot(study["sets"]["cost"], study["sets"]["share"], ".", color=GREY, ms=2.6, zorder=0)
    beaten = table[~table["kept"]]
    axes.plot(beaten["cost"], beaten["share"], "x", color=FAINT, ms=3.4, mew=0.8)
    axes.plot(kept["cost"], kept["share"], "-", color=BLUE, lw=0.8)
    axes.plot(table["cost"], table["seen"], "s", color=ORANGE, ms=2.8, mfc="none", mew=0.8)
    _errors(axes, kept["cost"], kept, BLUE)
    _threshold(axes, asked["threshold"])
    _answers(axes, study)
    per_cent(axes, 1.0)
    axes.set_xlabel("Cost (units of the file)")
    axes.set_ylabel(f"Share of runs: {asked['outcome']} (%)")
    title(axes, "a", "Cost against probability")
    _levers(grid[0][1], study, kept)
    return figure


def _standing(study: Study) -> str:
    """The best verdict of the answers."""
    found = set(study["answers"]["verdict"])
    return next(verdict for verdict in ("supported", "undecided", "not supported") if verdict in found)


def _answers(axes: Axes, study: Study) -> None:
    """The answers, each with its name; one name where they are the same or none is enough."""
    answers = study["answers"]
    kept = answers.drop_duplicates("words") if _standing(study) == "supported" else answers.head(1)
    for row in each(kept):
        name = WORDS[row.by].lower() if len(kept) > 1 else "answer" if _standing(study) == "supported" else "nearest"
        axes.plot([row.cost, row.cost], [row.low, row.high], color=INK, lw=1.0, zorder=4)
        axes.plot(row.cost, row.share, "D", color=INK, ms=4.2, mfc="white", mew=1.1, zorder=5)
        axes.annotate(name, (row.cost, row.low), (0, -3), textcoords="offset points", ha="center", va="top", size=SMALL,
                      bbox={"fc": "white", "ec": "none", "pad": 0.6})  # fmt: skip


def _threshold(axes: Axes, threshold: float) -> None:
    axes.axhline(threshold, color=VERMILLION, lw=0.8, ls=(0, (4, 2)))
    axes.annotate("threshold", (1.0, threshold), (-2, 2), xycoords=("axes fraction", "data"),
                  textcoords="offset points", ha="right", size=SMALL, color=VERMILLION)  # fmt: skip


def _levers(axes: Axes, study: Study, kept: pd.DataFrame) -> None:
    """Which levers each set of the front pulls, and how strongly; then those of the answers."""
    asked, answers = study.manifest["asked"], study["answers"].drop_duplicates("words")
    names = list(asked["strengths"])
    columns = [f"lever:{name}" for name in names]
    most = np.array([float(asked["strengths"][name]) for name in names])
    pulls = np.concatenate([kept[columns].to_numpy(dtype=float), answers[columns].to_numpy(dtype=float)])
    axes.pcolormesh((pulls / most).T, cmap="Greys", vmin=0, vmax=1.15, edgecolors="white", linewidth=0.8)
    axes.axvline(len(kept), color=INK, lw=0.8)
    axes.set_yticks(np.arange(len(names)) + 0.5, [_wrapped(str(asked["labels"][name]), 32) for name in names])
    axes.set_ylim(len(names), 0)
    words = [f"{cost:g}" for cost in kept["cost"]] + [f"◇ {cost:g}" for cost in answers["cost"]]
    axes.set_xticks(np.arange(len(words)) + 0.5, words, rotation=90)
    axes.tick_params(length=0)
    axes.set_xlabel("Cost of the set (black: full strength; ◇ as in a)")
    axes.set_ylabel("Lever")
    axes.yaxis.label.set_visible(False)
    title(axes, "b", "Levers of the front")


def sizes(study: Study) -> Figure:
    """The most probable set of each number of levers that was tried one by one, beside the threshold."""
    table, asked = study["sizes"], study.manifest["asked"]
    figure, grid = page(
        PAGE, [8.0 + 8.5 * len(table)], margins=Margins(left=78.0, right=6.0),
        notes=[f"{provenance(study)} {SIZES_NOTE}"],
    )  # fmt: skip
    axes, places = grid[0][0], np.arange(len(table))
    reach = _reach(table)
    axes.errorbar(table["share"], places, xerr=reach, fmt="o", color=BLUE, ms=4, elinewidth=1.4, ls="")
    axes.plot(table["seen"], places, "s", color=ORANGE, ms=3.0, mfc="none", mew=0.8)
    words = [_wrapped(f"{row.levers}: {row.words} ({row.tried:,} of {row.sets:,} tried)", 58) for row in each(table)]
    _rows(axes, words, asked)
    title(axes, "a", "The best of so many levers")
    return figure


def needed(study: Study) -> Figure:
    """The answers, and each without one of its levers or with a weaker one, beside the threshold."""
    answers, beside = study["answers"], study["neighbours"]
    if not len(beside):
        raise NothingToShow("no set that needs a lever is enough, or near it")
    kept = answers.drop_duplicates("words")
    rows = [int((beside["by"] == by).sum()) + 1 for by in kept["by"]]
    figure, grid = page(
        PAGE, [6.0 + 5.6 * count for count in rows], margins=Margins(left=66.0, right=6.0, down=17.0),
        notes=[f"{provenance(study)} {NEEDED_NOTE}"],
    )  # fmt: skip
    for place, (answer, (axes,)) in enumerate(zip(each(kept), grid, strict=True)):
        _needed(axes, study, answer, beside[beside["by"] == answer.by])
        words = "Cheapest and smallest" if len(kept) < len(answers) else WORDS[answer.by]
        name = f"{words} set found" if answer.verdict == "supported" else "Nearest set found, not decided"
        title(axes, "ab"[place], f"{name}, cost {answer.cost:g}, and smaller ones")
    return figure


def _needed(axes: Axes, study: Study, answer: Any, beside: pd.DataFrame) -> None:
    asked = study.manifest["asked"]
    rows = [("the whole set", answer, BLUE, "o"), *(
        (f"{'without' if row.change == 'dropped' else 'weaker'} {asked['labels'][row.lever]}", row,
         INK if row.change == "dropped" else FAINT, "s" if row.change == "dropped" else "^")
        for row in each(beside)
    )]  # fmt: skip
    for place, (_, row, colour, marker) in enumerate(rows):
        axes.plot([row.low, row.high], [place, place], color=colour, lw=1.6)
        axes.plot(row.share, place, marker, color=colour, ms=4)
    _rows(axes, [_wrapped(words, 44) for words, *_ in rows], asked)


def _rows(axes: Axes, words: list[str], asked: dict[str, Any]) -> None:
    """Rows from the top down with their names, and the threshold across them."""
    axes.axvline(asked["threshold"], color=VERMILLION, lw=0.8, ls=(0, (4, 2)))
    axes.set_ylim(len(words) - 0.4, -0.6)
    axes.set_yticks(range(len(words)), words)
    axes.tick_params(axis="y", length=0, labelsize=TEXT)
    axes.set_ylabel("Set")
    axes.yaxis.label.set_visible(False)
    axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:g}")
    axes.set_xlabel(f"Share of runs: {asked['outcome']} (%; dashed: threshold)")


def _errors(axes: Axes, x: pd.Series[float], table: pd.DataFrame, colour: str) -> None:
    axes.errorbar(x, table["share"], _reach(table), fmt="o", color=colour, ms=3.4, elinewidth=0.9, capsize=1.6, ls="")


def _reach(table: pd.DataFrame) -> Any:
    return np.maximum(np.stack([table["share"] - table["low"], table["high"] - table["share"]]), 0.0)


def _wrapped(text: str, width: int) -> str:
    """Text in lines, with a strength, as (1 of 2), in one piece."""
    tied = re.sub(r"(?<=\d) of (?=\d)", "\u00a0of\u00a0", text)
    return "\n".join(textwrap.wrap(tied, width))
