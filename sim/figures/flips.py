"""Who moved between two votes: states by what they did on the earlier text and what they do on the later one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.figures.assembly import VOTES, voted
from sim.figures.facts import Z95, NothingToShow, provenance
from sim.figures.furniture import words_at
from sim.figures.style import GREY, INK, PAGE, SKY, Margins, page, title
from sim.record.columns import MOVES
from sim.record.result import Result

Array = npt.NDArray[np.float64]

MOST = 3
"""Pairs of texts for which a page has room."""


def flips(result: Result) -> Figure:
    """Number of states that made each move from one text to the one that follows it, over the runs.

    Raises
    ------
    NothingToShow
        No text of the scenario follows another that came to a vote.
    """
    found = {key: moves_to(result, key) for key, text in voted(result).items() if text.follows}
    pairs = {key: moves for key, moves in found.items() if len(moves)}
    if not pairs:
        raise NothingToShow("no text follows another that came to a vote")
    shown = dict(list(pairs.items())[:MOST])
    figure, (row,) = page(
        PAGE, (46.0,), notes=_notes(result, shown), widths=(1.0,) * len(shown),
        margins=Margins(left=17.0, right=4.0, across=17.0, bottom=10.0, top=10.0),
    )  # fmt: skip
    for letter, axes, (key, moves) in zip("abc", row, shown.items(), strict=False):
        _matrix(axes, moves)
        text = result.scenario.texts[key]
        earlier = result.scenario.texts[str(text.follows)]
        axes.set_ylabel(f"Vote of {earlier.date:%b %Y}")
        axes.set_xlabel(f"Vote of {text.date:%b %Y}")
        title(axes, letter, f"{earlier.date.year} to {text.date.year}", pad=7.0)
    return figure


def moves_to(result: Result, key: str) -> Array:
    """States by move, (run, 4, 4): what they did on the text that this one follows, and what they do on it."""
    votes = result.votes[result.votes["text"] == key]
    known = votes[list(MOVES)].dropna()
    return known.to_numpy(np.float64).reshape(-1, 4, 4)


def _notes(result: Result, shown: dict[str, Array]) -> list[str]:
    changed = []
    for key, moves in shown.items():
        stayed = np.trace(moves, axis1=1, axis2=2)
        low, middle, high = np.quantile(moves.sum(axis=(1, 2)) - stayed, [0.05, 0.5, 0.95])
        year = result.scenario.texts[key].date.year
        changed.append(f"to {year} {middle:.0f} ({low:.0f} to {high:.0f})")
    error = max(Z95 * float(np.max(moves.std(axis=0))) / max(len(moves), 1) ** 0.5 for moves in shown.values())
    return [
        (
            f"{provenance(result)} In each cell the mean number of states and, below, 90 % of the runs (5th to 95th "
            "percentile); the darker a cell, the larger the mean (its root), blue where a state moved, grey where it "
            f"stayed. States that moved, median and 90 %: {'; '.join(changed)}. "
            f"Monte-Carlo error of a mean: at most ±{error:.1f} states (95 %)."
        )
    ]


def _matrix(axes: Axes, moves: Array) -> None:
    means = moves.mean(axis=0)
    low, high = np.quantile(moves, [0.05, 0.95], axis=0)
    largest = means.max()
    for before in range(4):
        for now in range(4):
            tint = 0.85 * float(np.sqrt(means[before, now] / largest))
            axes.add_patch(
                Rectangle((now - 0.48, before - 0.48), 0.96, 0.96, fc=GREY if before == now else SKY, lw=0, alpha=tint)
            )
            words_at(axes, f"{means[before, now]:.0f}", (now, before), (0, 3.5), ha="center", weight="bold")
            spread = f"{low[before, now]:.0f}–{high[before, now]:.0f}"
            words_at(axes, spread, (now, before), (0, -4.0), ha="center", color=INK, size=5.5)
    names = list(VOTES)
    axes.set_xticks(range(4), names)
    axes.set_yticks(range(4), names)
    axes.set_xlim(-0.5, 3.5)
    axes.set_ylim(3.5, -0.5)
    axes.tick_params(length=0)
