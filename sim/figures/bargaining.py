"""What each side would accept week by week, beside what is offered and what was signed."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.figures.facts import day, label, median_error, number, provenance, series, sides, span, territory
from sim.figures.furniture import End, band, date_axis, end_labels, per_cent, share_line
from sim.figures.style import FAINT, GREEN, INK, PAGE, PURPLE, SIDES, SKY, Look, Margins, page, title
from sim.record.result import Result

FEWEST = 5
"""Tables in session below which a week's offers are not summed up."""

SIGNED = {"ceasefire_signed": Look(INK, "", "", "o"), "settlement_signed": Look(INK, "", "", "^")}
"""Signatures and their markers."""

POSSIBLE = {
    "range_exists": Look(INK),
    "ceasefire_possible": Look(SKY, (0, (4, 1.4)), "", "s"),
    "settlement_possible": Look(GREEN, (0, (1, 1)), "", "^"),
}
"""What can be possible, and how its share of the runs is drawn."""


def bargaining(result: Result) -> Figure:
    """Limits of acceptance of both sides beside texts and signatures, and how often a bargain is possible."""
    first, second = sides(result)
    errors = [median_error(series(result, name)) for name in ("accepts_a", "accepts_b")]
    notes = [
        f"{provenance(result)} a: thick lines are medians over the runs at war, bands the middle half, thin "
        "lines the 5th and 95th percentile. A bargain on the line alone exists in a run where the limit of "
        f"{first} lies above that of {second}. Dots and bars: median and middle half of the texts, in weeks "
        f"with at least {FEWEST} tables. Monte-Carlo error of the limits' medians: at most "
        f"{100 * max(errors):.1f} points (half a 95 % interval). Where a limit leaves the scale from 0 to "
        "100 %, that side accepts every line, or none. " + territory(result),
        "b: shares of all runs; bars are 95 % intervals (Wilson).",
    ]
    figure, ((limits,), (possible,), (counts,)) = page(
        PAGE, (58.0, 26.0, 15.0), notes=notes, margins=Margins(right=43.0, down=9.0), sharex=True
    )
    _limits(limits, result)
    _possible(possible, result)
    _counts(counts, result)
    for axes in (limits, possible, counts):
        date_axis(axes, *span(result), labelled=axes is counts)
    return figure


def _limits(axes: Axes, result: Result) -> None:
    low, high = _reach(result)
    per_cent(axes, None)
    axes.set_ylim(low, high)
    ends = []
    for name, look in zip(("accepts_a", "accepts_b"), SIDES, strict=True):
        rows = series(result, name)
        band(axes, rows, look, outline=True)
        ends.append(End(_last(rows["q50"]), label(result, name), look.colour))
    marks = [*_offers(axes, result), *_signatures(axes, result)]
    axes.legend(
        handles=marks, loc="lower left", bbox_to_anchor=(1.005, 0.0), borderaxespad=0.0, handlelength=1.6,
        handletextpad=0.5, labelspacing=0.3,
    )  # fmt: skip
    end_labels(axes, ends, floor=10.5 * len(marks))
    for pole in (0.0, 1.0):
        if low < pole < high:
            axes.axhline(pole, color=FAINT, lw=0.5, ls=(0, (1, 2)), zorder=-1)
    axes.set_ylabel(f"Line (% of the territory to {sides(result)[1]})")
    title(axes, "a", "What each side would accept, and what is offered and signed")


def _offers(axes: Axes, result: Result) -> list[Line2D]:
    """Texts as dots with bars, and the line at the Nash point of the same tables."""
    text, nash = series(result, "offer"), series(result, "nash_line")
    many, better = text["n"] >= FEWEST, nash["n"] >= FEWEST
    axes.vlines(text["x"][many], text["q25"][many], text["q75"][many], color=INK, lw=0.5)
    dots = axes.plot(
        text["x"][many],
        text["q50"][many],
        ls="",
        marker="o",
        ms=1.8,
        mew=0,
        color=INK,
        label="text on the table",
    )
    best = np.where(better, nash["q50"], np.nan)
    dashes = (0, (3, 1, 1, 1))
    line = axes.plot(nash["x"], best, color=PURPLE, ls=dashes, lw=0.9, zorder=4, label="Nash point (median)")
    return [*dots, *line]


def _signatures(axes: Axes, result: Result) -> list[Line2D]:
    names = {"ceasefire_signed": "ceasefire", "settlement_signed": "settlement"}
    marks: list[Line2D] = []
    for kind, look in SIGNED.items():
        found = result.events[result.events["kind"] == kind]
        if len(found):
            x = [number(day(result, week)) for week in found["week"]]
            marks += axes.plot(
                x, found["value"], ls="", marker=look.marker, ms=3.2, mew=0.5, mfc="none", color=INK,
                alpha=0.6, label=f"signed {names[kind]} (n = {len(found):,})",
            )  # fmt: skip
    return marks


def _possible(axes: Axes, result: Result) -> None:
    ends, top = [], 0.05
    for place, (name, look) in enumerate(POSSIBLE.items()):
        rows = series(result, name)
        share_line(axes, rows, look, place / len(POSSIBLE))
        ends.append(End(float(rows["mean"][-1]), label(result, name), look.colour))
        top = max(top, float(rows["high"].max()))
    per_cent(axes, min(1.04, 1.05 * top))
    end_labels(axes, ends)
    axes.set_ylabel("Share of runs (%)")
    title(axes, "b", "Where a bargain is possible")


def _counts(axes: Axes, result: Result) -> None:
    ends = []
    for name, words, look in (
        ("accepts_a", "at war", Look(INK)),
        ("offer", "at the table", Look(INK, (0, (4, 1.4)))),
    ):
        rows = series(result, name)
        axes.plot(rows["x"], rows["n"], color=look.colour, ls=look.line, lw=0.9)
        ends.append(End(float(rows["n"][-1]), words))
    axes.set_ylim(0, 1.05 * len(result.runs))
    end_labels(axes, ends)
    axes.set_ylabel("Runs")
    title(axes, "c", "Runs that count in a")


def _reach(result: Result) -> tuple[float, float]:
    """Ends of the vertical axis: the whole territory, and as much beyond as limits and texts need."""
    rows = result.weeks[result.weeks["quantity"].isin(["accepts_a", "accepts_b", "offer"])]
    low, high = np.nan_to_num([rows["q05"].min(), rows["q95"].max()], nan=0.5)
    return max(-0.5, min(-0.02, low - 0.03)), min(1.5, max(1.02, high + 0.03))


def _last(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known[-1]) if known.size else float("nan")
