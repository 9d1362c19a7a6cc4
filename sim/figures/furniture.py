"""What the panels of all figures share: dates and winters on an axis, bands, labels at the ends of lines."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib.dates as mdates
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.figures.style import FAINT, INK, SMALL, TEXT, WINTER, Look

Array = npt.NDArray[np.float64]


def winters(first: datetime.date, last: datetime.date) -> list[tuple[datetime.date, datetime.date]]:
    """Winters, from 1 December to the end of February, as far as they fall between two days.

    >>> winters(datetime.date(2030, 2, 1), datetime.date(2030, 12, 31))[0][1].isoformat()
    '2030-03-01'
    """
    every = [
        (max(first, datetime.date(year, 12, 1)), min(last, datetime.date(year + 1, 3, 1)))
        for year in range(first.year - 1, last.year + 1)
    ]
    return [(begins, ends) for begins, ends in every if begins < ends]


def date_axis(axes: Axes, first: datetime.date, last: datetime.date, *, labelled: bool = True) -> None:
    """Dates along the horizontal axis, with the winters shaded behind everything.

    Parameters
    ----------
    first, last : date
        Ends of the axis.
    labelled : bool
        Whether the axis says what it shows; the ticks always stand.
    """
    for begins, ends in winters(first, last):
        axes.axvspan(mdates.date2num(begins), mdates.date2num(ends), color=WINTER, lw=0, zorder=-10)
    axes.set_xlim(mdates.date2num(first), mdates.date2num(last))
    months = (last - first).days / 30.4
    step = next((step for step in (1, 2, 3, 6) if months / step <= 7), 12)
    axes.xaxis.set_major_locator(mdates.MonthLocator(bymonth=range(1, 13, step)))
    axes.xaxis.set_minor_locator(mdates.MonthLocator(bymonth=range(1, 13, max(step // 2, 1))))
    axes.xaxis.set_major_formatter(FuncFormatter(_month))
    axes.set_xlabel("Date (winters shaded)" if labelled else "")


def _month(number: float, _: object = None) -> str:
    """Month under a tick, with the year under each January."""
    day = mdates.num2date(number)
    return f"{day:%b}\n{day:%Y}" if day.month == 1 else f"{day:%b}"


def per_cent(axes: Axes, top: float | None = 1.0) -> None:
    """Shares along the vertical axis, written in per cent."""
    axes.set_ylim(0.0, top)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g}"))


def band(axes: Axes, x: Array, rows: dict[str, Array], look: Look, *, wide: bool = True) -> None:
    """Median of the runs with the middle half and, if asked, the middle nine tenths around it.

    Parameters
    ----------
    x : (week,) float
    rows : mapping with q05, q25, q50, q75, q95, each (week,) float
        NaN where there is nothing to show.
    look : Look
    wide : bool
    """
    if wide:
        axes.fill_between(x, rows["q05"], rows["q95"], color=look.colour, alpha=0.16, lw=0)
    axes.fill_between(x, rows["q25"], rows["q75"], color=look.colour, alpha=0.32, lw=0)
    axes.plot(x, rows["q50"], color=look.colour, ls=look.line)


def band_labels(axes: Axes, rows: dict[str, Array]) -> None:
    """Names of the median and of the edges of the bands, right of a panel, in the last week that has them."""
    known = np.flatnonzero(np.isfinite(rows["q50"]))
    if not known.size:
        return
    words = {"q95": "95th percentile", "q75": "75th", "q50": "median", "q25": "25th", "q05": "5th"}
    end_labels(axes, [End(float(rows[name][known[-1]]), text, FAINT) for name, text in words.items()], gap=7.0)


@dataclass(frozen=True)
class End:
    """A label beside the end of a line or an area."""

    y: float
    words: str
    colour: str = INK


def end_labels(axes: Axes, ends: Sequence[End], *, gap: float = 8.0, offset: float = 9.0) -> None:
    """Labels right of a panel, one beside each end, moved apart where they would touch, with a thin leader.

    Parameters
    ----------
    ends : sequence of End
        Heights in data units; those that are not numbers are left out.
    gap : float
        Least distance between two lines of type, points.
    offset : float
        Distance from the panel, points.
    """
    ends = sorted((end for end in ends if np.isfinite(end.y)), key=lambda end: end.y)
    if not ends:
        return
    low, high = axes.get_ylim()
    height = axes.get_window_extent().height * 72 / axes.figure.dpi
    wanted = np.clip([(end.y - low) / (high - low) * height for end in ends], 0.0, height)
    room = np.array([gap * (1 + end.words.count("\n")) for end in ends])
    places = spread(wanted, room, height)
    for end, place, at in zip(ends, places, wanted, strict=True):
        axes.annotate(
            end.words, (1.0, at / height), (offset, place - at), xycoords="axes fraction", textcoords="offset points",
            va="center", ha="left", size=TEXT, color=INK, annotation_clip=False, linespacing=1.05,
            arrowprops={"arrowstyle": "-", "lw": 0.7, "color": end.colour, "shrinkA": 0.5, "shrinkB": 1.5, "relpos": (0, 0.5)},
        )  # fmt: skip


def spread(wanted: npt.ArrayLike, room: npt.ArrayLike, height: float) -> Array:
    """Places near the wanted ones, in the same order, at which labels of a given height do not touch.

    Parameters
    ----------
    wanted : (label,) float, ascending
    room : (label,) float
        Height of each label.
    height : float
        Height of the panel; where the labels fit in it, none stands more than half its height outside.

    >>> spread([0.0, 0.0], [8.0, 8.0], 100.0).tolist()
    [0.0, 8.0]
    """
    places = np.array(wanted, dtype=np.float64)
    room = np.asarray(room, dtype=np.float64)
    apart = (room[1:] + room[:-1]) / 2
    for above, distance in enumerate(apart, start=1):
        places[above] = max(places[above], places[above - 1] + distance)
    places[-1] = min(places[-1], max(height, float(apart.sum())))
    for below in range(len(places) - 2, -1, -1):
        places[below] = min(places[below], places[below + 1] - apart[below])
    return places


def note_inside(axes: Axes, words: str, *, x: float = 0.02, y: float = 0.96) -> None:
    """A short remark in a corner of a panel, by axes fractions."""
    axes.text(
        x, y, words, transform=axes.transAxes, size=SMALL, color=FAINT,
        ha="left" if x < 0.5 else "right", va="top" if y > 0.5 else "bottom",
    )  # fmt: skip
