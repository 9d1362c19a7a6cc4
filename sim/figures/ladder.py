"""Small deals: how often a rung is opened in a year of war, how often broken, what follows a success."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, NullFormatter

from sim.analysis.measures import Estimate, mean, ratio
from sim.analysis.transitions import ABOVE, Transitions, transitions
from sim.figures.facts import NothingToShow, provenance, runs, series
from sim.figures.furniture import words_at
from sim.figures.style import (
    BLUE,
    FAINT,
    GREY,
    INK,
    ORANGE,
    PAGE,
    PAPER,
    SMALL,
    TEXT,
    Look,
    Margins,
    page,
    title,
)
from sim.record.result import Result

YEAR = 52
LOOKS = (
    Look(INK, "-", "", "o"),
    Look(BLUE, "-", "", "s"),
    Look(ORANGE, "-", "", "^"),
    Look(FAINT, "-", "", "D"),
)
"""Years of the calendar, the first on top."""
SHADES = LinearSegmentedColormap.from_list("shares", [PAPER, "#B9D9EC", BLUE])


def ladder(result: Result) -> Figure:
    """Deals opened per rung and year with their intervals, and the matrix of what follows a success.

    Raises
    ------
    NothingToShow
        The scenario has no ladder of small deals.
    """
    rungs = names(result)
    if not rungs:
        raise NothingToShow("the scenario has no ladder of small deals")
    links = transitions(result)
    figure, ((rates, matrix),) = page(
        PAGE, (12.0 * (len(rungs) + 2),), notes=_notes(result, links), widths=(0.8, 1.0),
        margins=Margins(left=34.0, right=16.0, across=42.0, top=12.0),
    )  # fmt: skip
    _rates(rates, result, rungs)
    _matrix(matrix, rungs, links)
    return figure


def names(result: Result) -> dict[int, str]:
    """Labels of the small deals by the height of their rung, from the lowest."""
    deals = result.scenario.ladder.rungs if result.scenario.ladder else {}
    found: dict[int, list[str]] = {}
    for key, deal in deals.items():
        found.setdefault(deal.rung, []).append(deal.label or key)
    return {height: ", ".join(found[height]) for height in sorted(found)}


def _notes(result: Result, links: Transitions) -> list[str]:
    counted = (
        f"{provenance(result)} a: deals opened in a run in a year of war, for each year of the calendar, "
        f"with 95 % intervals over the {runs(result):,} runs; logarithmic scale. Broken: share of the deals "
        "that ended in a breach, with 95 % interval."
    )
    followed = (
        f"b: share of the successes at a rung after which the other is opened in the next {links.window} "
        "weeks, with 95 % interval (Wilson, runs as independent units); last row: the same after any week "
        "of war, as it would be without a link. n: successes whose window was played in full. All "
        "intervals state Monte-Carlo error."
    )
    return [counted, followed]


def yearly(result: Result, rung: int) -> list[Estimate]:
    """Deals of a rung opened in a run in a year of war, for each year of the calendar.

    It is the mean count of a run over the mean time at war in that year, with the interval of the count;
    there is no estimate where there was no war.
    """
    weeks = result.scenario.calendar.weeks
    war = series(result, "war")["mean"] + series(result, "talks")["mean"]
    opened = _opened(result, rung)
    found = []
    for first in range(0, weeks, YEAR):
        inside = opened[(opened["week"] >= first) & (opened["week"] < first + YEAR)]
        counts = inside.groupby("replicate").size().reindex(result.runs["replicate"], fill_value=0)
        years = float(war[first : first + YEAR].sum()) / YEAR
        count = mean(counts.to_numpy(np.float64))
        if years > 0:
            found.append(Estimate(count.value / years, count.low / years, count.high / years, count.n))
        else:
            found.append(Estimate(np.nan, np.nan, np.nan, 0))
    return found


def _opened(result: Result, rung: int) -> pd.DataFrame:
    events = result.events
    if rung in ABOVE:
        return events[events["kind"] == ABOVE[rung]]
    deals = result.scenario.ladder.rungs if result.scenario.ladder else {}
    keys = [key for key, deal in deals.items() if deal.rung == rung]
    return events[(events["kind"] == "rung_opened") & events["who"].isin(keys)]


def _rates(axes: Axes, result: Result, rungs: dict[int, str]) -> None:
    rows = {**rungs, 5: "general ceasefire", 6: "settlement"}
    axes.set_xscale("log")
    seen: list[float] = []
    for row, rung in enumerate(rows):
        years = yearly(result, rung)
        for year, estimate in enumerate(years):
            if not estimate.value > 0:
                continue
            look = LOOKS[year % len(LOOKS)]
            height = row + 0.2 * (year - 0.5 * (len(years) - 1))
            low = max(estimate.low, estimate.value / 20)
            axes.plot([low, estimate.high], [height, height], color=look.colour, lw=0.8)
            axes.plot(
                [estimate.value], [height], ls="", marker=look.marker, ms=3.4, mew=0, color=look.colour,
                label=("" if year else "year ") + f"{year + 1}" if row == 0 else f"_{rung}.{year + 1}",
            )  # fmt: skip
            seen += [low, estimate.high]
        if not any(estimate.value > 0 for estimate in years):
            words_at(axes, "never", (0.0, row), (4, 0), of="x", color=FAINT)
        _broken(axes, result, rung, row)
    axes.set_xlim(10 ** np.floor(np.log10(min(seen, default=0.1))), 1.15 * max(seen, default=10.0))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{rate:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(
        range(len(rows)), [f"{rung}  " + "\n".join(textwrap.wrap(words, 20)) for rung, words in rows.items()]
    )
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=GREY, lw=0.4)
    axes.set_xlabel("Opened in a run in a year of war")
    axes.set_ylabel("Rung")
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.03, 1.0),
        ncols=4,
        handletextpad=0.0,
        handlelength=1.4,
        borderaxespad=0.2,
        columnspacing=0.5,
    )
    words_at(axes, "broken (%)", (1.0, 1.0), (6, 7), of="xy", color=FAINT)
    title(axes, "a", "How often", pad=15.0)


def _broken(axes: Axes, result: Result, rung: int, row: int) -> None:
    if rung in ABOVE:
        return
    broken, completed = (result.runs[f"rung_{rung}_{how}"].to_numpy(np.float64) for how in ("broken", "completed"))
    share = ratio(broken, broken + completed)
    words = f"{100 * share.value:.0f} ({100 * share.low:.0f}–{100 * share.high:.0f})" if share.n > 1 else "–"
    words_at(axes, words, (1.0, row), (6, 0), of="x")


def _matrix(axes: Axes, rungs: dict[int, str], links: Transitions) -> None:
    columns = [*rungs, 5, 6]
    rows: list[tuple[str, list[Estimate]]] = [
        (f"{low}", [links.follows[low, high] for high in columns]) for low in rungs
    ]
    rows.append(("any\nweek", [links.anyway[high] for high in columns]))
    for row, (_, cells) in enumerate(rows):
        for column, cell in enumerate(cells):
            _cell(axes, column, row, cell)
    for row, low in enumerate(rungs):
        words_at(axes, f"{links.successes[low]:,}", (1.0, row), (5, 0), of="x")
    words_at(axes, "n", (1.0, 1.0), (5, 7), of="xy", color=FAINT)
    axes.axhline(len(rungs) - 0.5, color=INK, lw=0.8)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xticks(range(len(columns)), [str(rung) for rung in columns])
    axes.set_yticks(range(len(rows)), [words for words, _ in rows])
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlabel(f"Rung opened within {links.window} weeks")
    axes.set_ylabel("After a success at rung")
    title(axes, "b", "What follows a success (%)", pad=15.0)


def _cell(axes: Axes, column: int, row: int, estimate: Estimate) -> None:
    known = np.isfinite(estimate.value)
    colour = SHADES(estimate.value) if known else PAPER
    axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, edgecolor=GREY, lw=0.4))
    ink = PAPER if known and estimate.value > 0.6 else INK
    words = f"{100 * estimate.value:.0f}" if known else "–"
    words_at(axes, words, (column, row), (0, 3.5), size=TEXT, ha="center", color=ink)
    if known:
        ends = f"{100 * estimate.low:.0f}–{100 * estimate.high:.0f}"
        words_at(axes, ends, (column, row), (0, -5), size=SMALL - 1, ha="center", color=ink)
