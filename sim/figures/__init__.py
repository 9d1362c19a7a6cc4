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
from sim.figures.comparison import contrasts, differences, endings
from sim.figures.discovery import box, trajectory
from sim.figures.facts import NothingToShow
from sim.figures.flips import flips
from sim.figures.hemicycle import hemicycle
from sim.figures.ladder import ladder
from sim.figures.layers import layers
from sim.figures.levers import front, needed, sizes
from sim.figures.network import network
from sim.figures.onset import onset
from sim.figures.sensitivity import contrasts as single_contrasts
from sim.figures.sensitivity import effects, indices, scores
from sim.figures.status import status
from sim.figures.style import styled
from sim.figures.war import war
from sim.record.result import Result
from sim.record.study import Study

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
"""Every figure of a result by its name."""

STUDIES: dict[str, dict[str, Callable[[Study], Figure]]] = {
    "comparison": {"contrasts": contrasts, "differences": differences, "endings": endings},
    "sensitivity": {"indices": indices, "effects": effects, "contrasts": single_contrasts, "scores": scores},
    "discovery": {"trajectory": trajectory, "box": box},
    "search": {"front": front, "sizes": sizes, "needed": needed},
}
"""Every figure of a study by its name, for each kind of study."""

METADATA = {"png": {"Software": None}, "pdf": {"CreationDate": None, "Producer": None, "Creator": "Parley"}}
"""What files say of themselves: no day and no machine, so that drawing again gives the same bytes."""


def of(result: Result | Study) -> dict[str, Callable[..., Figure]]:
    """The figures that there are for a result, or for a study of its kind, by name."""
    return dict(STUDIES.get(result.kind, {}) if isinstance(result, Study) else FIGURES)


def draw(result: Result | Study, name: str, **how: Any) -> Figure:
    """One figure of a result or of a study.

    Parameters
    ----------
    result : Result or Study
    name : str
        A key of `FIGURES`, or of `STUDIES` for the study's kind.
    how
        What else the figure can be told: which text, which layer, votes that were observed.

    Raises
    ------
    ValueError
        There is no such figure.
    NothingToShow
        The result does not hold what the figure shows.
    """
    known = of(result)
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        guess = f"did you mean {near[0]}?" if near else f"figures are {', '.join(known)}"
        raise ValueError(f"there is no figure {name}; {guess}")
    with styled():
        figure = known[name](result, **how)
        # Ticks are made when they are first needed, and would take a reader's own style outside this block.
        figure.draw_without_rendering()
    return figure


def draw_all(result: Result | Study, folder: str | Path, progress: Callable[[str], object] | None = None) -> list[Path]:
    """Writes every figure that a result or a study can show, each as PNG (200 dots an inch) and as PDF with its fonts.

    Parameters
    ----------
    result : Result or Study
    folder : str or Path
        It is made if it is not there; older figures in it are replaced.
    progress : callable, optional
        Told a sentence about each figure: that it was drawn, or why it was left out.

    Returns
    -------
    The files, in the order of the figures' names in `FIGURES` or `STUDIES`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    for name in of(result):
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


__all__ = ["FIGURES", "STUDIES", "NothingToShow", "draw", "draw_all", "of", "write"]
