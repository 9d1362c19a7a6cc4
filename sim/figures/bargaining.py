"""What each side would accept week by week, beside what is offered and what was signed."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from sim.analysis.measures import wilson
from sim.figures.facts import day, label, median_error, provenance, series, sides, span, territory
from sim.figures.furniture import End, band, date_axis, end_labels, note_inside, per_cent
from sim.figures.style import FAINT, GREEN, INK, PAGE, PURPLE, SIDES, SKY, Look, Margins, page, title
from sim.record.result import Result

FEWEST = 5
"""Tables in session below which a week's offers are not summed up."""

SIGNED = {"ceasefire_signed": Look(INK, "", "", "o"), "settlement_signed": Look(INK, "", "", "^")}
"""Signatures and their markers."""

POSSIBLE = {
    "range_exists": Look(INK),
    "ceasefire_possible": Look(SKY, (0, (4, 1.4))),
    "settlement_possible": Look(GREEN, (0, (1, 1))),
}
"""What can be possible, and how its share of the runs is drawn."""


def bargaining(result: Result) -> Figure:
    """Limits of acceptance of both sides, texts and signatures; and in how many runs a bargain is possible at all."""
    notes = [
        f"{provenance(result)} a: lines are medians over the runs at war, dark bands the middle half, light bands 5th to "
        "95th percentile; a bargain on the line alone exists where the limit of "
        f"{sides(result)[0]} lies above that of {sides(result)[1]}. Dots and bars: median and middle half of the texts "
        f"on the table, in weeks with at least {FEWEST} tables; b: bands are 95 % Wilson intervals over all runs.",
    ]
    figure, ((limits,), (possible,), (counts,)) = page(
        PAGE, (58.0, 26.0, 15.0), notes=notes, margins=Margins(right=43.0, down=9.0), sharex=True
    )
    _limits(limits, result)
    _possible(possible, result)
    _counts(counts, result)
    for axes in (limits, possible, counts):
        date_axis(axes, *span(result), labelled=axes is counts)
        axes.tick_params(labelbottom=axes is counts)
    return figure


def _limits(axes: Axes, result: Result) -> None:
    low, high = _reach(result)
    per_cent(axes, None)
    axes.set_ylim(low, high)
    ends = []
    for name, look in zip(("accepts_a", "accepts_b"), SIDES, strict=True):
        rows = series(result, name)
        band(axes, rows["x"], rows, look)
        ends.append(End(_last(rows["q50"]), label(result, name), look.colour))
    ends += _offers(axes, result)
    end_labels(axes, ends)
    _signatures(axes, result)
    for pole in (0.0, 1.0):
        if low < pole < high:
            axes.axhline(pole, color=FAINT, lw=0.5, ls=(0, (1, 2)), zorder=-1)
    errors = [median_error(series(result, name)) for name in ("accepts_a", "accepts_b")]
    if np.isfinite(errors).any():
        note_inside(axes, f"Monte-Carlo error of the limits' medians ≤ {100 * np.nanmax(errors):.1f} points", y=0.03)
    axes.set_ylabel(f"Line (% of {territory(result)} to {sides(result)[1]})")
    title(axes, "a", "What each side would accept while the war goes on, and what is offered")


def _offers(axes: Axes, result: Result) -> list[End]:
    """Texts as dots with bars, and the line at the Nash point of the same tables."""
    text, nash = series(result, "offer"), series(result, "nash_line")
    many, better = text["n"] >= FEWEST, nash["n"] >= FEWEST
    axes.vlines(text["x"][many], text["q25"][many], text["q75"][many], color=INK, lw=0.5)
    axes.plot(text["x"][many], text["q50"][many], ls="", marker="o", ms=1.8, mew=0, color=INK, label="offer")
    axes.plot(nash["x"][better], nash["q50"][better], ls="", marker="D", ms=2.4, mew=0.5, mfc="none", color=PURPLE, label="nash_line")
    return [
        End(_last(np.where(many, text["q50"], np.nan)), "Text on the table (median)"),
        End(_last(np.where(better, nash["q50"], np.nan)), "Nash point (median)", PURPLE),
    ]


def _signatures(axes: Axes, result: Result) -> None:
    names = {"ceasefire_signed": "ceasefire", "settlement_signed": "settlement"}
    for kind, look in SIGNED.items():
        found = result.events[result.events["kind"] == kind]
        weeks = found["week"].to_numpy()
        x = [date2num(day(result, week)) for week in weeks]
        axes.plot(
            x, found["value"], ls="", marker=look.marker, ms=3.2, mew=0.5, mfc="none", color=INK, alpha=0.6,
            label=f"Line of a signed {names[kind]} (n = {len(found):,})",
        )  # fmt: skip
    handles = axes.get_lines()[-2:]
    axes.legend(handles=handles, loc="lower right", handletextpad=0.2, borderpad=0.1, labelspacing=0.2)


def _possible(axes: Axes, result: Result) -> None:
    ends, top = [], 0.05
    for name, look in POSSIBLE.items():
        rows = series(result, name)
        low, high = wilson(rows["mean"] * rows["n"], rows["n"])
        axes.fill_between(rows["x"], low, high, color=look.colour, alpha=0.25, lw=0)
        axes.plot(rows["x"], rows["mean"], color=look.colour, ls=look.line, label=name)
        ends.append(End(float(rows["mean"][-1]), label(result, name), look.colour))
        top = max(top, float(high.max()))
    per_cent(axes, min(1.0, 1.05 * top))
    end_labels(axes, ends)
    axes.set_ylabel("Share of runs (%)")
    title(axes, "b", "Where a bargain is possible")


def _counts(axes: Axes, result: Result) -> None:
    ends = []
    for name, words, look in (("accepts_a", "at war", Look(INK)), ("offer", "at the table", Look(INK, (0, (4, 1.4))))):
        rows = series(result, name)
        axes.plot(rows["x"], rows["n"], color=look.colour, ls=look.line, lw=0.9)
        ends.append(End(float(rows["n"][-1]), words))
    axes.set_ylim(0, 1.05 * len(result.runs))
    end_labels(axes, ends)
    axes.set_ylabel("Runs")
    title(axes, "c", "Runs that count in a")


def _reach(result: Result) -> tuple[float, float]:
    """Ends of the vertical axis: where the light bands and the texts lie, and the whole territory at least."""
    columns = result.weeks.loc[result.weeks["quantity"].isin(["accepts_a", "accepts_b", "offer"]), ["q05", "q95"]]
    low, high = float(np.nanmin(columns.to_numpy())), float(np.nanmax(columns.to_numpy()))
    return min(-0.02, low - 0.03), max(1.02, high + 0.03)


def _last(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known[-1]) if known.size else float("nan")
