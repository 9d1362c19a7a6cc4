"""The war by week: the front, the grids that are struck, and what civilians tolerate."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures.facts import label, median_error, provenance, quantity, series, span, territory
from sim.figures.furniture import band, band_labels, date_axis, note_inside, per_cent
from sim.figures.style import BLUE, GREY, INK, ORANGE, PAGE, Look, Margins, page, title
from sim.record.result import Result

_NEUTRAL = Look(INK)
_LOOKS = {"a": Look(BLUE), "b": Look(ORANGE)}


def war(result: Result) -> Figure:
    """Front, usable grids and civilian tolerance by week, with the middle half and nine tenths of the runs."""
    panels = _panels(result)
    rows = -(-len(panels) // 2)
    notes = [
        f"{provenance(result)} Line: median of the runs; dark band: the middle half of them; light band: 5th to 95th "
        "percentile. All runs count in every week, also those in which the war is over.",
        "The Monte-Carlo error in a panel is that of its median, at most, as half a 95 % interval.",
    ]
    figure, grid = page(
        PAGE, [36.0] * rows, notes=notes, widths=(1.0, 1.0), margins=Margins(right=24.0, across=38.0)
    )
    places = [axes for row in grid for axes in row]
    for place, (name, axes) in enumerate(zip(panels, places, strict=False)):
        _panel(axes, result, name, "abcdefgh"[place])
    for axes in places[len(panels) :]:
        axes.remove()
    return figure


def _panels(result: Result) -> list[str]:
    """The front, the grids of those that have one, and the tolerance of both."""
    scenario = result.scenario
    grids = [
        f"grid_{letter}"
        for letter, key in zip("ab", scenario.belligerents, strict=True)
        if scenario.actors[key].grid is not None
    ]
    return ["front", *grids, "tolerance_a", "tolerance_b"]


def _panel(axes: Axes, result: Result, name: str, letter: str) -> None:
    rows = series(result, name)
    look = _LOOKS.get(name[-1], _NEUTRAL) if name != "front" else _NEUTRAL
    axes.set_autoscale_on(False)
    date_axis(axes, *span(result))
    per_cent(axes, quantity(name).high)
    band(axes, rows["x"], rows, look)
    if name == "front":
        axes.axhline(rows["q50"][0], color=GREY, lw=0.6, zorder=-1)
    axes.set_ylabel(_unit(result, name))
    title(axes, letter, label(result, name))
    band_labels(axes, rows)
    error = median_error(rows)
    if np.isfinite(error):
        note_inside(axes, f"Monte-Carlo error ≤ {100 * error:.1f} points", y=0.04)


def _unit(result: Result, name: str) -> str:
    if name == "front":
        return f"% of {territory(result)}"
    return {"grid": "% of peak winter need", "tolerance": "% of full tolerance"}[name[:-2]]


