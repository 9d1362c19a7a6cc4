"""Tallies of the Assembly and of the Council over the runs, beside what was observed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.figures.facts import Z95, NothingToShow, provenance
from sim.figures.furniture import words_at
from sim.figures.style import (
    BLUE,
    FAINT,
    INK,
    PAGE,
    PAPER,
    SKY,
    TEXT,
    VERMILLION,
    YELLOW,
    Look,
    Margins,
    page,
    title,
)
from sim.record.result import Result

VOTES: dict[str, Look] = {
    "yes": Look(BLUE, "-", "", "o"),
    "no": Look(VERMILLION, "-", "xxxx", "s"),
    "abstain": Look(YELLOW, "-", "////", "^"),
    "absent": Look(PAPER, "-", "", "X"),
}
"""What a state can do, and how it is drawn wherever votes are."""

FORA = {"assembly": "General Assembly", "council": "Security Council"}
ANSWERS = {"yes": "States voting yes", "no": "voting no", "abstain": "abstaining", "absent": "absent"}
ROW = 12.5
"""Height of the row of a text, mm."""
WIDEST = 40
"""Characters of a text's name for which there is room."""
_LEFT = -51.5 * 72 / 25.4
"""Where the names of the texts begin, points from the first column."""


def assembly(result: Result) -> Figure:
    """Distribution of each text's tally over the runs with its 90 % interval, beside the observed tally.

    Raises
    ------
    NothingToShow
        No text came to a vote.
    """
    texts = voted(result)
    if not texts:
        raise NothingToShow("no text came to a vote")
    fora = {forum: [key for key in texts if texts[key].forum == forum] for forum in FORA}
    fora = {forum: keys for forum, keys in fora.items() if keys}
    figure, grid = page(
        PAGE, [ROW * len(keys) for keys in fora.values()], notes=_notes(result), widths=(1.0, 0.8, 1.0, 0.7),
        margins=Margins(left=54.0, right=4.0, across=6.0, down=20.0, bottom=11.0),
    )  # fmt: skip
    for letter, (forum, keys), row in zip("ab", fora.items(), grid, strict=False):
        for axes, vote in zip(row, VOTES, strict=True):
            _column(axes, result, keys, vote)
        if forum == "council":
            row[-1].remove()
        _texts(row[0], result, {key: texts[key] for key in keys})
        title(row[0], letter, FORA[forum], left=-_LEFT)
    return figure


def voted(result: Result) -> dict[str, Any]:
    """Texts that came to a vote, in the order of their days."""
    present = set(result.votes["text"].unique())
    texts = {key: text for key, text in result.scenario.texts.items() if key in present}
    return dict(sorted(texts.items(), key=lambda item: item[1].date))


def _notes(result: Result) -> list[str]:
    shown = result.votes[result.votes["text"].isin(voted(result))]
    groups = shown.groupby("text", observed=True)[list(VOTES)]
    error = Z95 * float((groups.std() / np.sqrt(groups.count())).max().max())
    return [
        (
            f"{provenance(result)} Shaded: share of the runs with each tally; line: 90 % of the runs "
            "(5th to 95th percentile); tick: median; below it these numbers. Open diamond, in bold: "
            "observed. Under a text: its day, and the share of the runs in which it was adopted. "
            f"Monte-Carlo error of the mean tallies: at most ±{_upward(error)} states (95 %)."
        )
    ]


def _upward(error: float) -> str:
    return f"{math.ceil(10 * error) / 10:.1f}" if math.isfinite(error) else "unknown"


def _column(axes: Axes, result: Result, keys: list[str], vote: str) -> None:
    """One answer to all texts of a forum, each text a row."""
    low, high = np.inf, -np.inf
    for row, key in enumerate(keys):
        tally = result.votes.loc[result.votes["text"] == key, vote].to_numpy()
        seen = _observed(result.scenario.texts[key], vote)
        _distribution(axes, tally, row, seen)
        known = tally if seen is None else np.append(tally, seen)
        low, high = min(low, known.min()), max(high, known.max())
    edge = max(2.0, 0.08 * (high - low))
    axes.set_xlim(max(-0.6, low - edge), high + edge)
    axes.set_ylim(len(keys) - 0.45, -0.62)
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(ANSWERS[vote])


def _bins(tally: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Edges of a histogram of whole numbers, as wide as Freedman and Diaconis advise."""
    quarter, three = np.quantile(tally, [0.25, 0.75])
    step = max(1, round(2 * float(three - quarter) / tally.size ** (1 / 3)))
    return np.arange(tally.min(), tally.max() + step + 1, step) - 0.5


def _distribution(axes: Axes, tally: npt.NDArray[Any], row: int, seen: int | None) -> None:
    counts, edges = np.histogram(tally, _bins(tally))
    axes.stairs(row - 0.5 * counts / counts.max(), edges, baseline=row, fill=True, color=SKY, lw=0)
    low, middle, high = np.quantile(tally, [0.05, 0.5, 0.95], method="inverted_cdf")
    axes.plot([low, high], [row, row], color=INK, lw=1.4, label="interval")
    axes.plot([middle], [row], ls="", marker="|", ms=6, mew=1.4, color=INK, label="median")
    words_at(axes, f"{middle} ({low}–{high})", (middle, row), (0, -4.5), color=FAINT, ha="center", va="top")
    if seen is not None:
        axes.plot([seen], [row], ls="", marker="D", ms=4.2, mew=0.9, mfc=PAPER, mec=INK, label="observed", zorder=4)
        words_at(axes, f"{seen}", (seen, row), (0, 4.5), ha="center", va="bottom", weight="bold")


def _observed(text: Any, vote: str) -> int | None:
    return None if text.observed is None else int(text.observed[list(VOTES).index(vote)])


def _texts(axes: Axes, result: Result, texts: dict[str, Any]) -> None:
    """Names of the texts left of the first column."""
    adopted: pd.Series[float] = result.votes.groupby("text", observed=True)["adopted"].mean()
    for row, (key, text) in enumerate(texts.items()):
        words_at(axes, _shortened(text.label or key), (0.0, row), (_LEFT, 5), of="x", size=TEXT)
        fate = f"{text.date.day} {text.date:%b %Y}; adopted in {100 * adopted[key]:.0f} % of runs"
        words_at(axes, fate, (0.0, row), (_LEFT, -5), of="x", color=FAINT)


def _shortened(words: str) -> str:
    return words if len(words) <= WIDEST else words[: WIDEST - 1].rstrip() + "…"
