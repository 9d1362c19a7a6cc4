"""The Assembly as people know it: a seat for every state, by group, with its simulated and its observed vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.figures.assembly import VOTES, voted
from sim.figures.facts import NothingToShow, provenance, share_error
from sim.figures.furniture import words_at
from sim.figures.style import FAINT, INK, PAGE, SMALL, Margins, page, title
from sim.record.result import Result

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

RINGS = 8
INNER, OUTER = 1.0, 2.6
"""Radii of the first and the last ring of seats."""
GAP = 0.8
"""Room between two groups, in seats of a ring."""
OTHER = "Others"


@dataclass(frozen=True)
class Chamber:
    """The seats of an Assembly.

    Parameters
    ----------
    order : (state,) int
        Rows of the table of states, as they sit from left to right.
    x, y : (state,) float
        Seats in that order.
    groups : tuple of (name, angle)
        Groups and the angle at their middle.
    """

    order: Codes
    x: Array
    y: Array
    groups: tuple[tuple[str, float], ...]


def hemicycle(result: Result, text: str | None = None, observed: Mapping[str, str] | None = None) -> Figure:
    """Seats of the Assembly with each state's most frequent vote, beside what was observed.

    Parameters
    ----------
    result : Result
    text : str, optional
        A text of the Assembly; without it the first whose tally was observed, or the last.
    observed : mapping from code to "yes", "no", "abstain" or "absent", optional
        How each state voted, from the reader's own data (`sim.scenario.vote_tables.observed_votes`).  Without it
        only the observed tally is shown, which names no state.

    Raises
    ------
    NothingToShow
        There is no table of states, or the Assembly did not vote.
    """
    rows = result.scenario.tables.states
    texts = [key for key, one in voted(result).items() if one.forum == "assembly"]
    if rows is None or not texts:
        raise NothingToShow("there is no table of states, or the Assembly did not vote")
    seen = [key for key in texts if result.scenario.texts[key].observed]
    text = text or (seen or texts[-1:])[0]
    if text not in texts:
        raise NothingToShow(f"the Assembly did not vote on {text}; it voted on {', '.join(texts)}")
    shares = result.states[result.states["text"] == text].set_index("state").loc[list(rows.iso3), list(VOTES)]
    chamber = seated(rows, shares.to_numpy(np.float64))
    figure, ((left, right),) = page(
        PAGE, (46.0,), notes=_notes(result, text, observed), widths=(1.0, 1.0),
        margins=Margins(left=6.0, right=6.0, across=10.0, top=9.0, bottom=3.0),
    )  # fmt: skip
    modal = np.argmax(shares.to_numpy(), axis=1)[chamber.order]
    sure = shares.to_numpy().max(axis=1)[chamber.order] >= 2 / 3
    _seats(left, chamber, modal, sure)
    _groups(left, chamber)
    title(left, "a", "Simulated: most frequent vote", pad=9.0)
    _observed(right, chamber, result, text, observed, modal)
    return figure


def _notes(result: Result, text: str, observed: Mapping[str, str] | None) -> list[str]:
    spec = result.scenario.texts[text]
    votes = result.votes[result.votes["text"] == text]
    middle, low, high = (votes[list(VOTES)].quantile(level) for level in (0.5, 0.05, 0.95))
    tally = ", ".join(f"{vote} {middle[vote]:.0f} ({low[vote]:.0f} to {high[vote]:.0f})" for vote in VOTES)
    right = "each state's own vote; ringed: unlike the most frequent simulated one" if observed else "the tally alone"
    return [
        (
            f"{provenance(result)} {spec.label or text}, {spec.date.day} {spec.date:%B %Y}. a: small marks: in "
            f"less than two thirds of the runs. Tallies of the runs, median and 90 % of them: {tally}; they are "
            f"not the count of most frequent votes. b: {right}. States sit by regional group and inside it by "
            f"their share of yes. Monte-Carlo error of a state's share: at most {share_error(len(votes))} (95 %)."
        )
    ]


def seated(rows: Any, shares: Array) -> Chamber:
    """Seats of the states: groups side by side, from the one that says yes least, and inside a group likewise.

    Parameters
    ----------
    rows : StateRows
    shares : (state, 4) float
        Shares of the runs by vote, yes first.
    """
    regions = [region or OTHER for region in rows.regions] or [OTHER] * len(rows.iso3)
    support = shares[:, 0] - shares[:, 1]
    names = sorted(set(regions), key=lambda name: (np.mean(support[np.array(regions) == name]), name))
    rank = np.array([names.index(region) for region in regions])
    order = np.lexsort((np.arange(len(rank)), support, rank))
    radius, angle = _places(len(order), len(names), np.bincount(rank))
    x, y = -radius * np.cos(angle), radius * np.sin(angle)
    ends = np.cumsum(np.bincount(rank))
    middles = [float(np.mean(angle[end - size : end])) for end, size in zip(ends, np.bincount(rank), strict=True)]
    return Chamber(order, x, y, tuple(zip(names, middles, strict=True)))


def _places(number: int, groups: int, sizes: npt.NDArray[np.intp]) -> tuple[Array, Array]:
    """Radius and angle of every seat, from left to right; each group is a wedge of its own."""
    radii = np.linspace(INNER, OUTER, RINGS)
    gap = GAP / number * np.pi
    free = np.pi - gap * (groups - 1)
    radius, angle, start = [], [], 0.0
    for size in sizes:
        width = free * size / number
        per_ring = _shared_out(int(size), radii)
        seats = [
            (start + (place + 0.5) * width / count, ring)
            for ring, count in zip(radii, per_ring, strict=True)
            for place in range(count)
        ]
        for where, ring in sorted(seats):
            angle.append(where)
            radius.append(ring)
        start += width + gap
    return np.array(radius), np.array(angle)


def _shared_out(size: int, radii: Array) -> list[int]:
    """Seats of a group in each ring, in proportion to the rings' lengths, largest remainders first."""
    exact = size * radii / radii.sum()
    counts = np.floor(exact).astype(int)
    for place in np.argsort(-(exact - counts), kind="stable")[: size - counts.sum()]:
        counts[place] += 1
    return [int(count) for count in counts]


def _seats(axes: Axes, chamber: Chamber, votes: Codes, large: npt.NDArray[np.bool_]) -> None:
    """One mark a state; the legend counts them."""
    handles = []
    for place, (vote, look) in enumerate(VOTES.items()):
        for size, which in ((4.6, large), (3.0, ~large)):
            here = (votes == place) & which
            axes.plot(chamber.x[here], chamber.y[here], ls="", marker=look.marker, ms=size, mfc=look.colour,
                      mec=INK, mew=0.4)  # fmt: skip
        words = f"{vote} ({np.count_nonzero(votes == place)})"
        handles.append(
            Line2D([], [], ls="", marker=look.marker, ms=4.5, mfc=look.colour, mec=INK, mew=0.4, label=words)
        )
    axes.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, -0.03), ncols=4, handletextpad=0.0,
                columnspacing=0.8, borderaxespad=0.0)  # fmt: skip
    axes.set_aspect("equal")
    axes.set_xlim(-1.14 * OUTER, 1.14 * OUTER)
    axes.set_ylim(-0.35, 1.14 * OUTER)
    _bare(axes)


def _bare(axes: Axes) -> None:
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_axis_off()


def _groups(axes: Axes, chamber: Chamber) -> None:
    for name, angle in chamber.groups:
        x, y = -1.05 * OUTER * np.cos(angle), 1.05 * OUTER * np.sin(angle)
        side = "right" if x < -0.3 else "left" if x > 0.3 else "center"
        words_at(axes, name, (float(x), float(y)), ha=side, va="bottom", color=FAINT, size=SMALL)


def _observed(
    axes: Axes, chamber: Chamber, result: Result, text: str, observed: Mapping[str, str] | None, modal: Codes
) -> None:
    """The observed votes in the same seats, or the observed tally in a chamber without names."""
    tally, rows = result.scenario.texts[text].observed, result.scenario.tables.states
    names = list(VOTES)
    everybody = np.ones(len(chamber.order), dtype=bool)
    if observed is not None and rows is not None:
        votes = np.array([names.index(observed[rows.iso3[row]]) for row in chamber.order])
        _seats(axes, chamber, votes, everybody)
        missed = votes != modal
        axes.plot(chamber.x[missed], chamber.y[missed], ls="", marker="o", ms=7.0, mfc="none", mec=INK, mew=0.8)
        _groups(axes, chamber)
        title(axes, "b", f"Observed; {np.count_nonzero(missed)} unlike the simulated", pad=9.0)
    elif tally is not None and sum(tally) == len(chamber.order):
        angle = np.arctan2(chamber.y, -chamber.x)
        votes = np.empty(len(chamber.order), dtype=np.intp)
        ranked = [place for place in (1, 3, 2, 0) for _ in range(tally[place])]
        votes[np.argsort(angle, kind="stable")] = ranked
        _seats(axes, chamber, votes, everybody)
        title(axes, "b", "Observed: the tally, no state named", pad=9.0)
    else:
        _bare(axes)
        words_at(axes, "No tally of this text was observed.", (0.5, 0.5), of="xy", ha="center", color=FAINT)
        title(axes, "b", "Observed", pad=9.0)
