"""Figures of a result, as a journal would take them: all of their names; one kind of picture a file.

A figure reads the tables of a result and nothing else; it needs nothing that plays worlds.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from sim.figures.assembly import assembly
from sim.figures.bargaining import bargaining
from sim.figures.coalition import coalition
from sim.figures.facts import NothingToShow
from sim.figures.flips import flips
from sim.figures.hemicycle import hemicycle
from sim.figures.ladder import ladder
from sim.figures.layers import layers
from sim.figures.network import network
from sim.figures.onset import onset
from sim.figures.status import status
from sim.figures.style import styled
from sim.figures.war import war
from sim.record.result import Result

FIGURES: dict[str, Callable[..., Figure]] = {
    "status": status,
    "onset": onset,
    "war": war,
    "bargaining": bargaining,
    "ladder": ladder,
    "assembly": assembly,
    "hemicycle": hemicycle,
    "flips": flips,
    "network": network,
    "layers": layers,
    "coalition": coalition,
}
"""Every figure by its name."""

METADATA = {"png": {"Software": None}, "pdf": {"CreationDate": None, "Producer": None, "Creator": "Parley"}}
"""What files say of themselves: no day and no machine, so that drawing again gives the same bytes."""


def draw(result: Result, name: str, **how: Any) -> Figure:
    """One figure of a result.

    Parameters
    ----------
    result : Result
    name : str
        A key of `FIGURES`.
    how
        What else the figure can be told: which text, which layer, votes that were observed.

    Raises
    ------
    ValueError
        There is no such figure.
    NothingToShow
        The result does not hold what the figure shows.
    """
    if name not in FIGURES:
        near = difflib.get_close_matches(name, FIGURES, 1)
        guess = f"did you mean {near[0]}?" if near else f"figures are {', '.join(FIGURES)}"
        raise ValueError(f"there is no figure {name}; {guess}")
    with styled():
        figure = FIGURES[name](result, **how)
        # Ticks are made when they are first needed, and would take a reader's own style outside this block.
        figure.draw_without_rendering()
    return figure


def draw_all(result: Result, folder: str | Path, progress: Callable[[str], object] | None = None) -> list[Path]:
    """Writes every figure that a result can show, each as PNG (200 dots an inch) and as PDF with its fonts.

    Parameters
    ----------
    result : Result
    folder : str or Path
        It is made if it is not there; older figures in it are replaced.
    progress : callable, optional
        Told a sentence about each figure: that it was drawn, or why it was left out.

    Returns
    -------
    The files, in the order of `FIGURES`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    for name in FIGURES:
        try:
            drawn = write(draw(result, name), folder / name)
        except NothingToShow as missing:
            said = f"{name}: left out, since {missing}"
        else:
            said = f"{name}: drawn"
            files += drawn
        if progress is not None:
            progress(said)
    return files


def write(figure: Figure, stem: Path) -> list[Path]:
    """Writes a figure as PNG and as PDF beside it; the same figure gives the same bytes."""
    files = []
    with styled():
        for kind, metadata in METADATA.items():
            file = stem.with_name(f"{stem.name}.{kind}")
            figure.savefig(file, metadata=metadata)
            files.append(file)
    return files


__all__ = ["FIGURES", "NothingToShow", "draw", "draw_all", "write"]
