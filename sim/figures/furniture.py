"""What the panels of all figures share: dates and winters on an axis, bands, labels at the ends of lines."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from sim.figures.facts import number
from sim.figures.style import FAINT, INK, SMALL, TEXT, WINTER, Look

Array = npt.NDArray[np.float64]
Rows = Mapping[str, Array]


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


def date_axis(
    axes: Axes, first: datetime.date, last: datetime.date, *, labelled: bool = True, over: bool = False
) -> None:
    """Dates along the horizontal axis, with the winters shaded.

    Parameters
    ----------
    first, last : date
        Ends of the axis.
    labelled : bool
        Whether the dates stand under the axis; not where a panel below shares it.
    over : bool
        Whether the shade lies over what is drawn, where that fills the panel, or behind it.
    """
    shade: dict[str, Any] = {"color": INK, "alpha": 0.10, "zorder": 5} if over else {"color": WINTER, "zorder": -10}
    for begins, ends in winters(first, last):
        axes.axvspan(number(begins), number(ends), lw=0, **shade)
    axes.set_xlim(number(first), number(last))
    every = month_starts(first, last)
    step = next((step for step in (1, 2, 3, 6) if len(every) / step <= 7), 12)
    named = [day for day in every if (day.month - 1) % step == 0]
    words = [f"{day:%b}\n{day:%Y}" if day.month == 1 or day == named[0] else f"{day:%b}" for day in named]
    axes.set_xticks([number(day) for day in named], words)
    axes.set_xticks([number(day) for day in every if step < 12 or day.month % 3 == 1], minor=True)
    axes.tick_params(labelbottom=labelled)
    axes.set_xlabel("Date (winters shaded)" if labelled else "")


def month_starts(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """First days of the months between two days.

    >>> [day.isoformat() for day in month_starts(datetime.date(2030, 12, 1), datetime.date(2031, 1, 15))]
    ['2030-12-01', '2031-01-01']
    """
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    days = [datetime.date(month // 12, month % 12 + 1, 1) for month in months]
    return [day for day in days if first <= day <= last]


def per_cent(axes: Axes, top: float | None = 1.0) -> None:
    """Shares along the vertical axis, written in per cent."""
    axes.set_ylim(0.0, top)
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g}"))


def ratios(axes: Axes, which: str) -> None:
    """Makes an axis logarithmic, ``"x"`` or ``"y"``, its numbers written out at 1, 2 and 5 of each power of ten."""
    axes.set(**{f"{which}scale": "log"})
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axis.set_minor_formatter(NullFormatter())


def band(axes: Axes, rows: Rows, look: Look, *, outline: bool = False) -> None:
    """Median of the runs by date, with their middle half and their middle nine tenths around it.

    Parameters
    ----------
    rows : mapping with x, q05, q25, q50, q75, q95, each (week,) float
        NaN where there is nothing to show.
    look : Look
    outline : bool
        Whether the nine tenths are told by thin lines and not by an area, where two such bands overlap.
    """
    if outline:
        for edge in ("q05", "q95"):
            axes.plot(rows["x"], rows[edge], color=look.colour, ls=look.line, lw=0.45)
    else:
        axes.fill_between(rows["x"], rows["q05"], rows["q95"], color=look.colour, alpha=0.16, lw=0)
    axes.fill_between(rows["x"], rows["q25"], rows["q75"], color=look.colour, alpha=0.32, lw=0)
    axes.plot(rows["x"], rows["q50"], color=look.colour, ls=look.line)


def share_line(axes: Axes, rows: Rows, look: Look, place: float = 0.0, *, every: int = 13) -> None:
    """Share of the runs by date, with its 95 % interval as a bar in each quarter of a year.

    Parameters
    ----------
    rows : mapping with x, mean, low, high, each (week,) float
    look : Look
    place : float in [0, 1)
        Where in the quarter the bars stand, so that those of several lines stand side by side; at a share of
        0 there are none.
    every : int
        Weeks from bar to bar.
    """
    axes.plot(rows["x"], rows["mean"], color=look.colour, ls=look.line)
    at = np.arange(round(every * (0.25 + 0.6 * place)), len(rows["x"]), every)
    at = at[rows["mean"][at] > 0]
    mean = rows["mean"][at]
    reach = np.maximum(np.stack([mean - rows["low"][at], rows["high"][at] - mean]), 0.0)
    axes.errorbar(
        rows["x"][at], mean, reach, ls="", elinewidth=0.7, capsize=1.4, capthick=0.7,
        ecolor=look.colour, color=look.colour, marker=look.marker, ms=2.4, mew=0,
    )  # fmt: skip


def band_labels(axes: Axes, rows: Rows) -> None:
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


def end_labels(
    axes: Axes,
    ends: Sequence[End],
    *,
    gap: float = 8.0,
    offset: float = 9.0,
    wide: int = 26,
    floor: float = 0.0,
) -> None:
    """Labels right of a panel, one beside each end, moved apart where they would touch, with a thin leader.

    Parameters
    ----------
    ends : sequence of End
        Heights in data units; those that are not numbers are left out.
    gap : float
        Least distance between two lines of type, points.
    offset : float
        Distance from the panel, points.
    wide : int
        Characters after which a label goes on in the next line.
    floor : float
        Height that stays free of labels above the foot of the panel, points.
    """
    ends = sorted((end for end in ends if np.isfinite(end.y)), key=lambda end: end.y)
    words = ["\n".join(part for line in end.words.splitlines() for part in textwrap.wrap(line, wide)) for end in ends]
    if not ends:
        return
    low, high = axes.get_ylim()
    height = axes.get_window_extent().height * 72 / axes.figure.dpi
    wanted = np.clip([(end.y - low) / (high - low) * height for end in ends], 0.0, height)
    room = np.array([gap * (1 + text.count("\n")) for text in words])
    places = spread(np.maximum(wanted, floor + room / 2 if floor else 0.0), room, height)
    for text, end, place, at in zip(words, ends, places, wanted, strict=True):
        leader = {"arrowstyle": "-", "lw": 0.7, "color": end.colour, "shrinkA": 0.5, "shrinkB": 1.5}
        words_at(
            axes, text, (1.0, at / height), (offset, place - at), of="xy", size=TEXT, color=INK,
            linespacing=1.05, arrowprops={**leader, "relpos": (0, 0.5)},
        )  # fmt: skip


def words_at(
    axes: Axes,
    words: str,
    at: tuple[float, float],
    shift: tuple[float, float] = (0.0, 0.0),
    *,
    of: str = "",
    **style: Any,
) -> None:
    """Words beside a place in or around a panel, small and centred on their line unless the style says so.

    Parameters
    ----------
    at : (x, y)
        In data units, or in fractions of the panel for the axes that `of` names ("x", "y", "xy").
    shift : (x, y)
        From there, points.
    style
        As in `matplotlib.axes.Axes.annotate`.
    """
    units: Any = tuple("axes fraction" if axis in of else "data" for axis in "xy")
    given: dict[str, Any] = {"size": SMALL, "va": "center", "annotation_clip": False} | style
    axes.annotate(words, at, shift, xycoords=units, textcoords="offset points", **given)


def numbers_beside(axes: Axes, places: Array, *, away: float = 6.0) -> None:
    """The numbers 1, 2, ... beside marks of a panel whose limits are set, each on the side where it has most room.

    Parameters
    ----------
    places : (mark, 2) float
        Of the marks, in data units.
    away : float
        Distance from mark to number, points.
    """
    points = axes.transData.transform(places) * 72 / axes.figure.dpi
    angles = np.linspace(0.0, 2 * np.pi, 16, endpoint=False)
    taken = points.copy()
    for order, (place, point) in enumerate(zip(places, points, strict=True)):
        shifts = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        tried = np.concatenate([point + away * reach * shifts for reach in (1.0, 2.2)])
        apart = np.linalg.norm(tried[:, None] - taken[None], axis=2).min(axis=1)
        # Near is good enough where it is free; the longer way only where it is not.
        best = int(np.argmax(np.minimum(apart, 0.95 * away) - 0.2 * (np.arange(len(tried)) >= len(angles))))
        shift = tried[best] - point
        line = {"arrowstyle": "-", "lw": 0.4, "color": FAINT, "shrinkA": 0.0, "shrinkB": 1.0}
        words_at(axes, str(order + 1), (float(place[0]), float(place[1])), (float(shift[0]), float(shift[1])),
                 ha="center", arrowprops=line if best >= len(angles) else None)  # fmt: skip
        taken = np.vstack([taken, tried[best]])


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
