"""The coalition of sanctions over time: who stays, whether its bloc renews, and the pressure that is left."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures.facts import NothingToShow, median_error, number, provenance, runs, series, share_error, span
from sim.figures.furniture import band, band_labels, date_axis, per_cent
from sim.figures.style import BLUE, GREEN, INK, ORANGE, PAGE, Look, Margins, page, title
from sim.record.result import Result

STAYS, PRESSURE = Look(GREEN), Look(BLUE)
LAPSED = Look(ORANGE, (0, (4, 1.4)), "", "s")


def coalition(result: Result) -> Figure:
    """Senders that keep their sanctions, runs in which the bloc let go, and the pressure on the target.

    Raises
    ------
    NothingToShow
        The scenario has no sanctions, or no table of states whose members could keep them.
    """
    rules = result.scenario.sanctions
    if rules is None or result.scenario.tables.states is None:
        raise NothingToShow("the scenario has no sanctions, or no table of states")
    figure, ((senders,), (pressure,)) = page(
        PAGE, (40.0, 40.0), notes=_notes(result), sharex=True, margins=Margins(left=16.0, right=36.0, down=9.0)
    )
    first, last = span(result)
    rows = series(result, "coalition")
    date_axis(senders, first, last, labelled=False)
    band(senders, rows, STAYS)
    _mean(senders, rows, STAYS)
    _lapses(senders, result)
    per_cent(senders, 1.03)
    senders.set_ylabel("Share (%)")
    senders.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, borderaxespad=0.2, columnspacing=1.0)
    title(senders, "a", "Senders that stay")
    date_axis(pressure, first, last)
    felt = series(result, "pressure")
    band(pressure, felt, PRESSURE)
    per_cent(pressure, 1.03)
    band_labels(pressure, felt)
    pressure.set_ylabel("Level at the start (%)")
    title(pressure, "b", "Pressure on the target")
    return figure


def _notes(result: Result) -> list[str]:
    rows = series(result, "pressure")
    first = result.scenario.sanctions.first_renewal if result.scenario.sanctions else None
    renewed = f" First renewal {first.day} {first:%B %Y}." if first else ""
    return [
        (
            f"{provenance(result)} Bands: the middle half and the middle 90 % of the runs; line: median. a: shares of "
            "the senders (line with dots: their mean) and of the runs in which the bloc's measures "
            "have lapsed and are not back."
            f"{renewed} Monte-Carlo error: medians of b at most ±{100 * median_error(rows):.1f} points, shares of runs "
            f"at most {share_error(runs(result))} (95 %)."
        )
    ]


def _mean(axes: Axes, rows: dict[str, np.ndarray], look: Look) -> None:
    axes.plot(rows["x"], rows["mean"], color=INK, ls=(0, (1, 1.5)), lw=1.0, label="mean")
    axes.plot([], [], color=look.colour, label="median, bands")


def _lapses(axes: Axes, result: Result) -> None:
    """Share of the runs in which the bloc's measures have lapsed and are not back, by date."""
    weeks = np.arange(result.scenario.calendar.weeks)
    share = (_so_far(result, "sanctions_lapsed", weeks) - _so_far(result, "sanctions_reinstated", weeks)) / runs(result)
    days = [number(result.scenario.calendar.start) + 7 * week for week in weeks]
    axes.step(days, share, where="post", color=LAPSED.colour, ls=LAPSED.line, label="runs without the bloc's measures")


def _so_far(result: Result, kind: str, weeks: np.ndarray) -> np.ndarray:
    """How many events of a kind there were up to each week, (week,)."""
    at = np.sort(result.events.loc[result.events["kind"] == kind, "week"].to_numpy())
    return np.searchsorted(at, weeks, side="right")
