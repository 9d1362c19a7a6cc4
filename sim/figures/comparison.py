"""A comparison as pictures: differences with their intervals, differences of curves, and how the wars end."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.analysis.competing import ENDS
from sim.figures.facts import number
from sim.figures.furniture import End, date_axis, end_labels, words_at
from sim.figures.studies import day, provenance
from sim.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PAGE,
    PURPLE,
    SKY,
    SMALL,
    TEXT,
    VERMILLION,
    YELLOW,
    Look,
    Margins,
    page,
    title,
)
from sim.record.study import Study

_FIRST = (
    Look(BLUE), Look(VERMILLION, (0, (4, 1.4)), "", "s"), Look(GREEN, (0, (1, 1)), "", "^"),
    Look(PURPLE, (0, (5, 1, 1, 1)), "", "D"), Look(INK, (0, (2, 2)), "", "v"),
    Look(ORANGE, (0, (6, 1, 1, 1, 1, 1)), "", "P"), Look(SKY, (0, (3, 3)), "", "X"),
)  # fmt: skip
LOOKS = _FIRST + tuple(
    Look(_FIRST[(place + 3) % len(_FIRST)].colour, (0, (place + 1, 2, 1, 2)), "", marker)
    for place, marker in enumerate("<>hp*d8")
)
"""One for each variant, in their order; they begin again after the last."""

FOREST = {
    "durable": "Durable agreement",
    "first_talks": "Talks open",
    "first_ceasefire": "Ceasefire signed",
    "first_settlement": "Settlement signed",
    "end_victory_a": "Side A has won",
    "end_victory_b": "Side B has won",
    "end_war": "At war at the end",
}
WEEKS = {
    "first_talks_weeks": "Until first talks",
    "first_ceasefire_weeks": "Until a ceasefire",
    "first_settlement_weeks": "Until a settlement",
    "weeks_at_war": "Weeks of war",
    "peace_weeks": "First peace, of 52 weeks",
}
WAYS = {
    "settlement": Look(GREEN), "ceasefire_settled": Look(GREEN, "-", "///"), "frozen": Look(SKY),
    "ceasefire_broken": Look(SKY, "-", "///"), "victory_a": Look(YELLOW, "-", "xx"),
    "victory_b": Look(ORANGE, "-", "xx"), "war": Look(GREY, "-", ".."),
}  # fmt: skip


FOREST_NOTE = (
    "Difference from {base} in the same replicate. Marks and dark bars: paired differences with 95 % intervals "
    "(Newcombe; Student); thin grey bars: the interval that as many independent runs would have. Weeks: what never "
    "comes counts as the whole calendar; the first peace by Kaplan–Meier, its interval by drawing replicates again."
)
CURVES_NOTE = (
    "Share of runs in which it has come by a day, minus that of {base} on the same luck. Bands: paired 95 % intervals "
    "(Newcombe), day by day and not for all days at once. Nothing is cut off before the end of the calendar."
)
ENDS_NOTE = (
    "Competing ends: what came first of settlement, ceasefire and victory. A ceasefire counts by what became of it: "
    "settled while it stood, broken, or frozen (it stood to the end of the calendar, however late it was signed). "
    "In brackets: half the width of the 95 % interval of a share, points."
)


KEYS = 3
"""Columns of the key of many variants."""
MM_OF_POINT = 25.4 / 72


def variants(study: Study) -> list[str]:
    """Names of what is compared, without the baseline."""
    return list(study.manifest["asked"]["variants"][1:])


def base(study: Study) -> str:
    """Name of that to which the others are compared."""
    return str(study.manifest["asked"]["variants"][0])


def contrasts(study: Study) -> Figure:
    """Differences of each variant from the baseline, of shares and of weeks, paired and as if unpaired."""
    names, table = variants(study), study["contrasts"]
    height = 10.0 + len(FOREST) * (max(2.1, 3.6 - 0.2 * len(names)) * len(names) + 2.6)
    figure, grid = page(
        PAGE, (height,), widths=(1.0, 1.0),
        margins=Margins(left=34.0, across=36.0, right=4.0, top=7.0 + 4.0 * -(-len(names) // KEYS)),
        notes=[f"{provenance(study)} {FOREST_NOTE.format(base=base(study))}"],
    )  # fmt: skip
    for axes, letter, words, rows in zip(
        grid[0], "ab", ("Share of runs", "Weeks"), (FOREST, WEEKS), strict=True
    ):  # fmt: skip
        _forest(axes, table, names, rows, 100.0 if letter == "a" else 1.0)
        axes.set_xlabel("Difference (percentage points)" if letter == "a" else "Difference (weeks)")
        title(axes, letter, words)
    _key(figure, grid[0][0], names)
    return figure


def _forest(axes: Axes, table: pd.DataFrame, names: Sequence[str], rows: dict[str, str], unit: float) -> None:
    axes.axvline(0.0, color=INK, lw=0.6)
    step = 1.0 / (len(names) + 1)
    for place, outcome in enumerate(rows):
        for order, name in enumerate(names):
            found = table[(table["variant"] == name) & (table["outcome"] == outcome)].iloc[0]
            look, y = LOOKS[order % len(LOOKS)], place + (order + 1) * step
            axes.plot(unit * found[["alone_low", "alone_high"]].to_numpy(float), [y, y], color=FAINT, lw=0.6)
            axes.plot(unit * found[["low", "high"]].to_numpy(float), [y, y], color=look.colour, lw=2.0)
            axes.plot(unit * found["difference"], y, look.marker, color=look.colour, ms=3.6, mec="white", mew=0.4)
        if place:
            axes.axhline(place, color=GREY, lw=0.5)
    axes.set_ylim(len(rows), 0)
    axes.set_yticks([place + 0.5 for place in range(len(rows))], list(rows.values()))
    axes.tick_params(axis="y", length=0)
    axes.set_ylabel("Outcome")
    axes.yaxis.label.set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(6))


def _key(figure: Figure, axes: Axes, names: Sequence[str]) -> None:
    wide, high = (length * 72 / figure.dpi for length in axes.get_window_extent().size)
    lines = -(-len(names) // KEYS)
    for order, name in enumerate(names):
        look, column, line = LOOKS[order % len(LOOKS)], order // lines, order % lines
        across, drop = column * PAGE / MM_OF_POINT / (KEYS + 0.5), 12 + 11.0 * (lines - line)
        words_at(axes, name, (0.0, 1.0), (14 + across, drop), of="xy", size=TEXT)
        axes.plot(
            [0.012 + across / wide],
            [1.0 + drop / high],
            look.marker,
            color=look.colour,
            ms=4,
            transform=axes.transAxes,
            clip_on=False,
        )


def differences(study: Study) -> Figure:
    """Differences of curves: by how many points each variant moves what has come by a day."""
    names, table = variants(study), study["curves"]
    calendar = study.scenario.calendar
    first, last = day(study, 0), day(study, calendar.weeks)
    whats = [what for what in ("talks", "ceasefire", "settlement") if _moves(table, what)] or ["settlement"]
    figure, grid = page(
        PAGE, (34.0,) * len(whats), margins=Margins(left=16.0, right=44.0, down=16.0),
        notes=[f"{provenance(study)} {CURVES_NOTE.format(base=base(study))}"],
    )  # fmt: skip
    for row, (axes,) in enumerate(grid):
        _difference(axes, study, table[table["what"] == whats[row]], names)
        date_axis(axes, first, last, labelled=True)
        title(axes, "abc"[row], f"First {whats[row]}")
    return figure


def _moves(table: pd.DataFrame, what: str) -> bool:
    rows = table[table["what"] == what]
    return bool((rows["difference"] != 0).any())


def _difference(axes: Axes, study: Study, rows: pd.DataFrame, names: Sequence[str]) -> None:
    axes.axhline(0.0, color=INK, lw=0.6)
    ends = []
    for order, name in enumerate(names):
        look, own = LOOKS[order % len(LOOKS)], rows[rows["variant"] == name]
        x = number(day(study, 0)) + 7.0 * own["week"].to_numpy(float)
        axes.fill_between(x, own["low"], own["high"], step="post", color=look.colour, alpha=0.15, lw=0)
        axes.plot(x, own["difference"], drawstyle="steps-post", color=look.colour, ls=look.line)
        ends.append(End(float(own["difference"].iloc[-1]), name, look.colour))
    axes.set_ylim(1.08 * min(-0.01, float(rows["low"].min())), 1.08 * max(0.01, float(rows["high"].max())))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda gap, _: f"{100 * gap:+.3g}".replace("-", "−") if gap else "0"))
    axes.set_ylabel("Difference (points)")
    end_labels(axes, ends)


def endings(study: Study) -> Figure:
    """How the first war has ended by the end of the calendar, for the baseline and each variant."""
    table = study["endings"]
    names = list(study.manifest["asked"]["variants"])
    figure, grid = page(
        PAGE, (8.0 + 8.0 * len(names),), margins=Margins(left=34.0, right=6.0, top=18.0),
        notes=[f"{provenance(study)} {ENDS_NOTE}"],
    )  # fmt: skip
    axes = grid[0][0]
    for place, name in enumerate(names):
        left = 0.0
        for end, look in WAYS.items():
            row = table[(table["variant"] == name) & (table["end"] == end)].iloc[0]
            share = float(row["share"])
            axes.barh(place, share, 0.62, left=left, color=look.colour, hatch=look.hatch, ec="white", lw=0.6)
            if share >= 0.08:
                half = 50 * (row["high"] - row["low"])
                axes.annotate(
                    f"{100 * share:.0f} (±{half:.0f})", (left + share / 2, place), ha="center", va="center", size=SMALL,
                    bbox={"facecolor": "white", "alpha": 0.8, "lw": 0, "pad": 1.0},
                )  # fmt: skip
            left += share
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylabel("Variant")
    axes.yaxis.label.set_visible(False)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g}"))
    axes.set_xlabel("Share of runs (%)")
    handles = [
        Patch(facecolor=look.colour, hatch=look.hatch, label=ENDS[end].removeprefix("by "), lw=0.6, ec="white")
        for end, look in WAYS.items()
    ]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, borderaxespad=0.2)
    return figure
