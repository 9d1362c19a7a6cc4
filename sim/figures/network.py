"""The network of ties with the votes on it: states at their ideal points, and the votes of their groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.figures.assembly import VOTES, voted
from sim.figures.facts import NothingToShow, provenance, share_error, sides
from sim.figures.furniture import words_at
from sim.figures.style import FAINT, INK, PAGE, PAPER, Look, Margins, page, title
from sim.record.result import Result

Array = npt.NDArray[np.float64]

HUB = 5
"""A state on which so many others lean most is named."""
MOST_GROUPS = 14
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Picture:
    """What is drawn: a text, a layer of ties, and how each state votes on the one.

    Parameters
    ----------
    text, layer : str
        The layer is empty where there are no ties.
    shares : (state, 4) float
        Shares of the runs in which a state voted yes, no, abstained, was absent.
    rows : StateRows
        The table of states.
    ties : (tie, 2) int
        From each state that has ties to the one on which it leans most.
    """

    text: str
    layer: str
    shares: Array
    rows: Any
    ties: npt.NDArray[np.intp]

    @property
    def x(self) -> Array:
        """Ideal points on the general dimension."""
        return np.asarray(self.rows.columns["general"], dtype=np.float64)

    @property
    def y(self) -> Array:
        """Ideal points on the conflict dimension."""
        return np.asarray(self.rows.columns["conflict"], dtype=np.float64)

    @property
    def modal(self) -> npt.NDArray[np.intp]:
        """What each state does most often, as a place in `VOTES`."""
        return np.asarray(np.argmax(self.shares, axis=1), dtype=np.intp)


def network(result: Result, text: str | None = None, layer: str | None = None) -> Figure:
    """States by ideal points, each with its most frequent vote and its strongest tie; and the votes by group.

    Parameters
    ----------
    result : Result
    text : str, optional
        A text of the Assembly; without it the first whose tally was observed, or the last.
    layer : str, optional
        A layer of ties; without it the one in which most states have a tie.

    Raises
    ------
    NothingToShow
        There is no table of states, or the Assembly did not vote.
    """
    picture = _picture(result, text, layer)
    figure, ((plane, groups),) = page(
        PAGE,
        (96.0,),
        notes=_notes(result, picture),
        widths=(1.0, 0.34),
        margins=Margins(left=14.0, right=10.0, across=27.0),
    )
    _plane(plane, result, picture)
    _groups(groups, picture)
    return figure


def _picture(result: Result, text: str | None, layer: str | None) -> Picture:
    rows = result.scenario.tables.states
    texts = [key for key, one in voted(result).items() if one.forum == "assembly"]
    if rows is None or not texts or result.states.empty:
        raise NothingToShow("there is no table of states, or the Assembly did not vote")
    seen = [key for key in texts if result.scenario.texts[key].observed]
    text = text or (seen or texts[-1:])[0]
    if text not in texts:
        raise NothingToShow(f"the Assembly did not vote on {text}; it voted on {', '.join(texts)}")
    layers = result.scenario.tables.ties
    layer = layer or max(layers, key=lambda name: len(np.unique(layers[name].influenced)), default="")
    votes = result.states[result.states["text"] == text].set_index("state").loc[list(rows.iso3), list(VOTES)]
    ties = strongest(layers[layer]) if layer else np.empty((0, 2), dtype=np.intp)
    return Picture(text, layer, votes.to_numpy(np.float64), rows, ties)


def strongest(ties: Any) -> npt.NDArray[np.intp]:
    """Strongest tie of each state that has any, the first in the file where two are equal, (tie, 2).

    Parameters
    ----------
    ties : a layer with influenced, other and weight, (tie,) each
    """
    order = np.lexsort((np.arange(len(ties.weight)), -ties.weight, ties.influenced))
    _, first = np.unique(ties.influenced[order], return_index=True)
    kept = order[first]
    return np.stack([ties.influenced[kept], ties.other[kept]], axis=1)


def _notes(result: Result, picture: Picture) -> list[str]:
    text = result.scenario.texts[picture.text]
    shown = (
        f"each state's strongest tie in the layer {picture.layer}"
        if picture.layer
        else "there are none in this scenario"
    )
    n = int(result.states["n"].max())
    return [
        (
            f"{provenance(result)} a: {text.label or picture.text}, {text.date.day} {text.date:%B %Y}. "
            f"Marks: most frequent vote; large marks: in at least two thirds of {n:,} votes. Grey "
            f"lines: {shown}. Dashed: a state on the line is as likely to vote yes as to abstain, and "
            "to abstain as to vote no, before cross-pressure and lobbying. b: votes of all members in "
            f"all runs; n members. Monte-Carlo error of one state's share: at most {share_error(n)} (95 "
            "%)."
        ),
    ]


def _plane(axes: Axes, result: Result, picture: Picture) -> None:
    points = np.stack([picture.x, picture.y], axis=1)
    axes.add_collection(LineCollection(list(points[picture.ties]), colors=FAINT, linewidths=0.35, alpha=0.45, zorder=1))
    modal, sure = picture.modal, picture.shares.max(axis=1) >= 2 / 3
    for place, (vote, look) in enumerate(VOTES.items()):
        for certain, size in ((True, 5.0), (False, 3.2)):
            here = (modal == place) & (sure == certain)
            axes.plot(
                picture.x[here], picture.y[here], ls="", marker=look.marker, ms=size, mfc=look.colour,
                mec=INK, mew=0.4, zorder=3, label=vote if certain else "_" + vote,
            )  # fmt: skip
    axes.margins(0.05)
    axes.autoscale_view()
    axes.set_autoscale_on(False)
    _borders(axes, result.scenario.texts[picture.text])
    _names(axes, result, picture)
    handles = [_key(look, f"{vote} ({(modal == place).sum()})") for place, (vote, look) in enumerate(VOTES.items())]
    axes.legend(handles=handles, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=4, handletextpad=0.1,
                borderaxespad=0.0, columnspacing=0.8)  # fmt: skip
    axes.set_xlabel("Ideal point on the general dimension")
    axes.set_ylabel(f"Alignment in the conflict (positive: towards {sides(result)[0]})")
    title(axes, "a", "States")


def _key(look: Look, words: str) -> Line2D:
    return Line2D([], [], ls="", marker=look.marker, ms=4.5, mfc=look.colour, mec=INK, mew=0.4, label=words)


def _borders(axes: Axes, text: Any) -> None:
    """Where a text divides yes from abstention and abstention from no, for a state without anything else."""
    weights = text.general_weight.centre, text.conflict_weight.centre
    if not weights[1]:
        return
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    x = np.linspace(left, right, 400)
    for side in (1, -1):
        y = (text.demand.centre + side * text.band.centre / 2 - weights[0] * x) / weights[1]
        inside = (y > bottom) & (y < top)
        axes.plot(x[inside], y[inside], color=INK, lw=0.7, ls=(0, (5, 3)), zorder=2, label="_border")


def _names(axes: Axes, result: Result, picture: Picture) -> None:
    """Codes of the belligerents, the permanent members and the hubs, where there is room for them."""
    rows = picture.rows
    actors = result.scenario.actors.values()
    leaned_on = np.bincount(picture.ties[:, 1], minlength=len(rows.iso3))
    codes = [getattr(actor, "iso3", None) for actor in actors]
    named = [rows.iso3.index(code) for code in codes if code in rows.iso3]
    named += [place for place, seat in enumerate(rows.council) if seat == "permanent"]
    named += [int(place) for place in np.argsort(-leaned_on, kind="stable") if leaned_on[place] >= HUB]
    pixels = axes.transData.transform(np.stack([picture.x, picture.y], axis=1)) * 72 / axes.figure.dpi
    taken: list[tuple[float, float]] = []
    for place in dict.fromkeys(named):
        spot = _room(pixels[place], pixels, taken)
        taken.append((pixels[place][0] + spot[0], pixels[place][1] + spot[1]))
        words_at(
            axes, rows.iso3[place], (picture.x[place], picture.y[place]), spot, ha="center", zorder=5,
            bbox={"boxstyle": "square,pad=0.08", "fc": PAPER, "ec": "none", "alpha": 0.75},
            arrowprops={"arrowstyle": "-", "lw": 0.5, "color": INK, "shrinkA": 0, "shrinkB": 2},
        )  # fmt: skip


def _room(point: Array, points: Array, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Place of a label around a point, in points of type, where it covers fewest marks and no other label."""
    angles = np.arange(16) * np.pi / 8
    spots = [(12 * np.cos(angle), 8 * np.sin(angle)) for angle in angles]
    spots += [(20 * np.cos(angle), 15 * np.sin(angle)) for angle in angles]

    def covered(spot: tuple[float, float]) -> float:
        away = np.abs(points - point - spot)
        marks = ((away[:, 0] < 9) & (away[:, 1] < 5.5)).sum()
        labels = sum(abs(x - point[0] - spot[0]) < 15 and abs(y - point[1] - spot[1]) < 8 for x, y in taken)
        return float(marks + 50 * labels)

    return min(spots, key=covered)


def _groups(axes: Axes, picture: Picture) -> None:
    """Votes of the members of the larger groups, those with most yes on top."""
    rows = picture.rows
    names = sorted({name for groups in rows.groups for name in groups})
    members = {name: rows.members(name) for name in names if rows.members(name).sum() >= SMALLEST_GROUP}
    largest = sorted(members, key=lambda name: (-members[name].sum(), name))[:MOST_GROUPS]
    means = {
        "All": picture.shares.mean(axis=0),
        **{name: picture.shares[members[name]].mean(axis=0) for name in largest},
    }
    order = sorted(means, key=lambda name: (name != "All", -means[name][0]))
    floor = np.zeros(len(order))
    for place, (vote, look) in enumerate(VOTES.items()):
        width = np.array([means[name][place] for name in order])
        axes.barh(
            order,
            width,
            left=floor,
            height=0.72,
            color=look.colour,
            hatch=look.hatch,
            edgecolor=INK,
            lw=0.3,
            label=vote,
        )
        floor = floor + width
    for place, name in enumerate(order):
        size = len(rows.iso3) if name == "All" else int(members[name].sum())
        words_at(axes, f"{size}", (1.0, place), (3, 0), color=FAINT)
    words_at(axes, "n", (1.0, 1.0), (3, 4), of="xy", color=FAINT)
    axes.set_ylim(max(len(order), MOST_GROUPS) - 0.4, -0.8)
    axes.set_xlim(0, 1.005)
    _per_cent_across(axes)
    axes.tick_params(left=False)
    axes.set_xlabel("Share of votes (%)")
    axes.set_ylabel("Group")
    title(axes, "b", "Groups")


def _per_cent_across(axes: Axes) -> None:
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25", "50", "75", "100"])
