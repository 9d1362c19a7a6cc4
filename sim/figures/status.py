"""Status of the world by week: at war, at the table, in a ceasefire, settled, or over by victory."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures.facts import label, provenance, runs, series, share_error, span
from sim.figures.furniture import End, date_axis, end_labels, per_cent, share_line
from sim.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PAGE,
    SKY,
    VERMILLION,
    YELLOW,
    Look,
    Margins,
    page,
    title,
)
from sim.record.result import Result

LOOKS: dict[str, Look] = {
    "war": Look(GREY),
    "talks": Look(YELLOW, (0, (1, 1)), "////"),
    "ceasefire": Look(SKY, "-", "", "s"),
    "settlement": Look(GREEN, (0, (5, 1.5)), "....", "^"),
    "victory_a": Look(BLUE, (0, (3, 1, 1, 1)), "\\\\\\\\", "D"),
    "victory_b": Look(VERMILLION, (0, (1, 2)), "xxxx", "v"),
}
"""The conditions of the world, from the bottom of the stack to its top, and how each is drawn."""


def status(result: Result) -> Figure:
    """Shares of the runs in each condition by week: all of them stacked; all but plain war with intervals."""
    notes = [
        (f"{provenance(result)} Share of the runs in each condition, by week; the numbers are those of the last week."),
        (
            "Bars in b: 95 % intervals (Wilson), that is, the Monte-Carlo error, which is at most "
            f"{share_error(runs(result))}."
        ),
    ]
    figure, ((stack,), (lines,)) = page(
        PAGE, (42.0, 34.0), notes=notes, margins=Margins(right=40.0, down=9.0), sharex=True
    )
    _stack(stack, result)
    _lines(lines, result)
    first, last = span(result)
    date_axis(stack, first, last, labelled=False, over=True)
    date_axis(lines, first, last)
    return figure


def _stack(axes: Axes, result: Result) -> None:
    floor, ends = np.zeros(1), []
    per_cent(axes)
    for name, look in LOOKS.items():
        rows = series(result, name)
        roof = floor + rows["mean"]
        if rows["mean"].any():
            axes.fill_between(
                rows["x"],
                floor,
                roof,
                facecolor=look.colour,
                hatch=look.hatch,
                edgecolor=INK,
                lw=0.25,
                label=name,
            )
            ends.append(End(float((floor + roof)[-1] / 2), f"{label(result, name)} {_shown(rows['mean'][-1])}", INK))
        floor = roof
    end_labels(axes, ends)
    axes.set_ylabel("Share of runs (%)")
    title(axes, "a", "All runs")


def _lines(axes: Axes, result: Result) -> None:
    ends, top = [], 0.05
    for place, (name, look) in enumerate(list(LOOKS.items())[1:]):
        rows = series(result, name)
        if not rows["mean"].any():
            continue
        # Yellow is legible as an area and not as a line.
        drawn = Look(INK, look.line, "", look.marker) if look.colour == YELLOW else look
        share_line(axes, rows, drawn, place / len(LOOKS))
        ends.append(End(float(rows["mean"][-1]), label(result, name), drawn.colour))
        top = max(top, float(rows["high"].max()))
    per_cent(axes, min(1.0, 1.05 * top))
    end_labels(axes, ends)
    axes.set_ylabel("Share of runs (%)")
    title(axes, "b", "All but war without talks")


def _shown(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.005 else "< 1 %"
