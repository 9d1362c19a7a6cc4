"""The war by week: the front, the grids that are struck, and what civilians tolerate."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures.facts import label, median_error, provenance, quantity, series, span, territory
from sim.figures.furniture import Rows, band, band_labels, date_axis, per_cent
from sim.figures.style import BLUE, INK, ORANGE, PAGE, Look, Margins, page, title
from sim.record.result import Result

_NEUTRAL = Look(INK)
_LOOKS = {"a": Look(BLUE), "b": Look(ORANGE)}


def war(result: Result) -> Figure:
    """Front, usable grids and civilian tolerance by week: median, middle half and nine tenths of the runs."""
    panels = _panels(result)
    rows = -(-len(panels) // 2)
    errors = [100 * median_error(series(result, name)) for name in panels]
    notes = [
        (
            f"{provenance(result)} Line: median of the runs; dark band: the middle half of them; light band: "
            "5th to 95th percentile. All runs count in every week, also those in which the war is over. "
            f"{territory(result)}"
        ),
        "Monte-Carlo error of the medians (half a 95 % interval, largest of all weeks), in points: "
        + ", ".join(f"{letter} {error:.1f}" for letter, error in zip("abcdefgh", errors, strict=False))
        + ".",
    ]
    figure, grid = page(
        PAGE,
        [38.0] * rows,
        notes=notes,
        widths=(1.0, 1.0),
        margins=Margins(right=24.0, across=18.0, down=20.0),
    )
    places = [axes for row in grid for axes in row]
    for place, (name, axes) in enumerate(zip(panels, places, strict=False)):
        _panel(axes, result, name, "abcdefgh"[place])
        if place % 2 or place == len(panels) - 1:
            band_labels(axes, series(result, name))
    for axes in places[len(panels) :]:
        axes.remove()
    return figure


def _panels(result: Result) -> list[str]:
    """The front, the grids of those that have one, and the tolerance of both."""
    scenario = result.scenario
    grids = [
        f"grid_{letter}"
        for letter, key in zip("ab", scenario.belligerents, strict=True)
        if getattr(scenario.actors[key], "grid", None) is not None
    ]
    return ["front", *grids, "tolerance_a", "tolerance_b"]


def _panel(axes: Axes, result: Result, name: str, letter: str) -> None:
    rows = series(result, name)
    look = _LOOKS.get(name[-1], _NEUTRAL) if name != "front" else _NEUTRAL
    axes.set_autoscale_on(False)
    date_axis(axes, *span(result))
    per_cent(axes, quantity(name).high)
    if name == "front":
        axes.set_ylim(*_zoom(rows))
    band(axes, rows, look)
    axes.set_ylabel(_unit(name))
    title(axes, letter, label(result, name))


def _zoom(rows: Rows) -> tuple[float, float]:
    """Ends of the front's axis: full tenths around its light band."""
    return max(0.0, math.floor(10 * rows["q05"].min()) / 10), min(1.0, math.ceil(10 * rows["q95"].max()) / 10)


def _unit(name: str) -> str:
    if name == "front":
        return "% of the territory"
    return {"grid": "% of peak winter need", "tolerance": "% of full tolerance"}[name[:-2]]
