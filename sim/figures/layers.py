"""The network of ties by layer: whom each state leans on most, and NetworkX's measures of each layer."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from sim.figures.facts import NothingToShow, provenance
from sim.figures.furniture import words_at
from sim.figures.network import strongest
from sim.figures.style import BLUE, FAINT, INK, ORANGE, PAGE, PAPER, Margins, page, title
from sim.record.result import Result

COLUMNS = 3
MOST = 9
HUBS = 3
"""States named in each layer: those that most others lean on."""


def layers(result: Result) -> Figure:
    """States at their ideal points, one panel a layer, with each state's strongest tie.

    Raises
    ------
    NothingToShow
        There is no table of states, or no layer that is read from a file.
    """
    rows, ties = result.scenario.tables.states, dict(list(result.scenario.tables.ties.items())[:MOST])
    if rows is None or not ties:
        raise NothingToShow("there is no table of states, or no layer of ties")
    height = -(-len(ties) // COLUMNS)
    figure, grid = page(
        PAGE, (44.0,) * height, notes=_notes(result), widths=(1.0,) * COLUMNS,
        margins=Margins(left=13.0, right=4.0, across=9.0, down=21.0, top=14.0, bottom=10.0),
    )  # fmt: skip
    every = [axes for row in grid for axes in row]
    for place, (axes, (name, layer)) in enumerate(zip(every, ties.items(), strict=False)):
        _layer(axes, rows, layer)
        title(axes, "abcdefghi"[place], name.capitalize(), pad=13.0)
        words_at(axes, measured(layer, len(rows.iso3)), (0.0, 1.0), (0, 6), of="xy", color=FAINT)
        axes.set_xlabel("General dimension")
        axes.set_ylabel("Conflict dimension" if place % COLUMNS == 0 else "")
        axes.tick_params(labelleft=place % COLUMNS == 0)
    for axes in every[len(ties) :]:
        axes.remove()
    return figure


def _notes(result: Result) -> list[str]:
    return [
        (
            f"{provenance(result)} Each line leads from a state to the one on which it leans most in the layer; marks "
            "stand at the states' ideal points, orange where more than five states lean; the three on which most "
            "lean are named where there is room; of equal ties the first in the file counts. Above each panel, on all "
            "ties of the layer: share that is returned, and clustering without directions (NetworkX). "
            "The ties are data of the scenario, the same in "
            "every run: there is no Monte-Carlo error and no interval of 95 % in this figure."
        )
    ]


def measured(layer: Any, states: int) -> str:
    """Measures of a layer, by NetworkX, as a line of type.

    Parameters
    ----------
    layer : TieRows
    states : int
        Rows of the table of states.
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(states))
    graph.add_edges_from(zip(layer.influenced.tolist(), layer.other.tolist(), strict=True))
    returned = nx.overall_reciprocity(graph) if graph.number_of_edges() else 0.0
    clustered = nx.average_clustering(graph.to_undirected())
    return f"{graph.number_of_edges():,} ties; returned {returned:.2f}; clustering {clustered:.2f}"


def _layer(axes: Axes, rows: Any, layer: Any) -> None:
    x, y = (np.asarray(rows.columns[name], dtype=np.float64) for name in ("general", "conflict"))
    lead = strongest(layer)
    points = np.stack([x, y], axis=1)
    axes.add_collection(LineCollection(list(points[lead]), colors=FAINT, linewidths=0.4, alpha=0.5, zorder=1))
    leaned_on = np.bincount(lead[:, 1], minlength=len(x))
    for hub, colour, size, marker in ((False, BLUE, 2.2, "o"), (True, ORANGE, 4.0, "s")):
        here = (leaned_on > 5) == hub
        axes.plot(x[here], y[here], ls="", marker=marker, ms=size, mfc=colour, mec=INK, mew=0.3, zorder=2 + hub)
    axes.margins(0.08)
    axes.autoscale_view()
    taken: list[tuple[float, float]] = []
    box = {"boxstyle": "square,pad=0.05", "fc": PAPER, "ec": "none", "alpha": 0.8}
    for place in np.argsort(-leaned_on, kind="stable")[:HUBS]:
        spot = float(x[place]), float(y[place])
        if leaned_on[place] and all(abs(spot[0] - a) > 1.4 or abs(spot[1] - b) > 0.6 for a, b in taken):
            taken.append(spot)
            words_at(axes, f"{rows.iso3[place]} {leaned_on[place]}", spot, (0, 7), ha="center", zorder=5, bbox=box)
