"""Waiting times: until first talks, a general ceasefire and a settlement, and until a peace breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.survival import Curve, median
from sim.analysis.waiting import onset as waiting_for
from sim.analysis.waiting import peace
from sim.figures.facts import day, number, provenance, runs, share_error, span
from sim.figures.furniture import End, date_axis, end_labels, per_cent, words_at
from sim.figures.style import BLUE, FAINT, GREEN, INK, PAGE, SKY, Look, Margins, page, title
from sim.record.result import Result

Array = npt.NDArray[np.float64]

ONSETS: dict[str, tuple[str, Look]] = {
    "talks": ("First talks", Look(INK, (0, (1, 1)))),
    "ceasefire": ("First general ceasefire", Look(SKY)),
    "settlement": ("First settlement", Look(GREEN, (0, (5, 1.5)))),
}
"""What is waited for, its label, and how it is drawn, as in the status of the world."""

TABLE_ROW = 3.1
"""Height of a row of the numbers under a panel, mm."""


def onset(result: Result) -> Figure:
    """Kaplan-Meier curves of first talks, ceasefire and settlement, and of agreements that still stand."""
    curves = {what: waiting_for(result, what) for what in ONSETS}
    standing = {"ceasefire": peace(result, "ceasefire"), "settlement": peace(result, "settlement")}
    standing = {kind: curve for kind, curve in standing.items() if curve.times.size}
    room = TABLE_ROW * (len(ONSETS) + 1)
    foot = TABLE_ROW * len(standing) if standing else room + 2.0
    figure, grid = page(
        PAGE, (44.0, 38.0) if standing else (44.0,), notes=_notes(result, bool(standing)),
        margins=Margins(left=30.0, right=42.0, down=20.0 + room, bottom=13.0 + foot),
    )  # fmt: skip
    _onsets(grid[0][0], result, curves)
    if standing:
        _standing(grid[1][0], result, standing)
    return figure


def _notes(result: Result, standing: bool) -> list[str]:
    notes = [
        (
            f"{provenance(result)} a: share of all runs in which it has come at least once (one minus "
            "Kaplan–Meier; a run that ends in victory stays without it). Bands: 95 % intervals "
            "(Greenwood, log-log), that is, the Monte-Carlo error, which is at most "
            f"{share_error(runs(result))}. Medians with 95 % intervals."
        ),
    ]
    if standing:
        notes.append(
            "b: Kaplan–Meier by what was signed first; stretches of peace that the calendar cuts off are "
            "censored; bands count runs, not agreements, as independent."
        )
    return notes


def _onsets(axes: Axes, result: Result, curves: Mapping[str, Curve]) -> None:
    first, last = span(result)
    weeks = result.scenario.calendar.weeks
    per_cent(axes, 1.02)
    ends = []
    for what, (words, look) in ONSETS.items():
        x, value, low, high = steps(curves[what], weeks)
        dates = number(first) + 7 * x
        _step(axes, dates, 1 - value, 1 - high, 1 - low, look, what)
        ends.append(End(float(1 - value[-1]), f"{words}\n{_half(curves[what])}", look.colour))
    end_labels(axes, ends)
    date_axis(axes, first, last)
    axes.set_ylabel("Share of runs (%)")
    title(axes, "a", "What has come by a day")
    at = _columns(weeks)
    rows = {"At risk in week": [f"{week}" for week in at]}
    rows |= {f"no {what} yet": _at_risk(curve, at) for what, curve in curves.items()}
    _table(axes, [number(day(result, week)) for week in at], rows)


def _standing(axes: Axes, result: Result, curves: Mapping[str, Curve]) -> None:
    weeks = result.scenario.calendar.weeks
    per_cent(axes, 1.02)
    ends = []
    for kind, curve in curves.items():
        look = Look(BLUE if kind == "ceasefire" else GREEN, ONSETS[kind][1].line)
        x, value, low, high = steps(curve, float(curve.times[-1]))
        _step(axes, x, value, low, high, look, kind)
        ends.append(
            End(
                float(value[-1]),
                f"{kind.capitalize()} (n = {curve.at_risk[0]:,})\n{_half(curve)}",
                look.colour,
            )
        )
    axes.set_xlim(0, weeks)
    at = _columns(weeks)
    axes.set_xticks(at)
    end_labels(axes, ends)
    axes.set_xlabel("Weeks since the signature")
    axes.set_ylabel("Agreements standing (%)")
    title(axes, "b", "How long it holds")
    rows = {"At risk after weeks": [f"{week}" for week in at]}
    rows |= {f"{kind}s": _at_risk(curve, at) for kind, curve in curves.items()}
    _table(axes, [float(week) for week in at], rows)


def steps(curve: Curve, end: float) -> tuple[Array, Array, Array, Array]:
    """A curve as the corners of a step function from 0 to an end: times, value, low, high.

    >>> from sim.analysis.survival import kaplan_meier
    >>> [row.tolist() for row in steps(kaplan_meier([1, 3], [True, False]), 3.0)[:2]]
    [[0.0, 1.0, 3.0], [1.0, 0.5, 0.5]]
    """
    x = np.concatenate([[0.0], curve.times])
    value, low, high = (np.concatenate([[curve.start], row]) for row in (curve.value, curve.low, curve.high))
    if curve.times.size and x[-1] >= end:
        return x, value, low, high
    value, low, high = (np.append(row, row[-1]) for row in (value, low, high))
    return np.append(x, end), value, low, high


def _step(axes: Axes, x: Array, value: Array, low: Array, high: Array, look: Look, name: str) -> None:
    axes.fill_between(x, low, high, step="post", color=look.colour, alpha=0.22, lw=0)
    axes.plot(x, value, drawstyle="steps-post", color=look.colour, ls=look.line, label=name)


def _half(curve: Curve) -> str:
    middle = median(curve)
    if not np.isfinite(middle.value):
        return "median not reached"
    high = f"{middle.high:.0f}" if np.isfinite(middle.high) else "never"
    return f"median week {middle.value:.0f} ({middle.low:.0f}–{high})"


def _columns(weeks: int) -> list[int]:
    """Weeks at which the numbers at risk stand."""
    step = next((step for step in (26, 13, 4, 1) if weeks >= 3 * step), 1)
    return list(range(0, weeks + 1, step))


def _at_risk(curve: Curve, at: Sequence[int]) -> list[str]:
    """How many were still waiting just before each week."""
    row = np.searchsorted(curve.times, at)
    counts = np.append(curve.at_risk, 0)[row]
    return [f"{count:,}" for count in counts]


def _table(axes: Axes, x: Sequence[float], rows: Mapping[str, Sequence[str]]) -> None:
    """Numbers under a panel, below its axis label, in columns that stand at places on the axis."""
    top = -30.0 if axes.get_xlabel().startswith("Date") else -22.5
    for row, (name, cells) in enumerate(rows.items()):
        drop = top - 8.8 * (row + 1)
        colour = INK if row else FAINT
        words_at(axes, name, (0.0, 0.0), (-12, drop), of="xy", ha="right", color=colour)
        for place, cell in zip(x, cells, strict=True):
            words_at(axes, cell, (place, 0.0), (0, drop), of="y", ha="center", color=colour)
