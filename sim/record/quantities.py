"""What is recorded of a world week by week: names, labels, units and ranges.

The range of a quantity is the one in which its distribution over runs is counted; values beyond it are
counted at its end.  How a world gives the value is said in `world`.
"""

from __future__ import annotations

from dataclasses import dataclass

BINS = 1024
"""Bins of the histogram that a week's distribution is kept in."""


@dataclass(frozen=True)
class Quantity:
    """One recorded quantity of the world.

    Parameters
    ----------
    name : str
        Column by which tables know it; ``a`` and ``b`` at the end stand for the two sides.
    label : str
        What to print, with ``{A}`` and ``{B}`` for the sides' names.
    unit : str
    low, high : float
        Range in which it is counted.
    share : bool
        Whether it is 0 or 1 in a run, so that its mean is a share of runs.
    """

    name: str
    label: str
    unit: str = ""
    low: float = 0.0
    high: float = 1.0
    share: bool = False


def _sides(name: str, label: str, unit: str = "", low: float = 0.0, high: float = 1.0) -> tuple[Quantity, Quantity]:
    return (
        Quantity(f"{name}_a", f"{label}, {{A}}", unit, low, high),
        Quantity(f"{name}_b", f"{label}, {{B}}", unit, low, high),
    )


def _share(name: str, label: str) -> Quantity:
    return Quantity(name, label, "share of runs", 0.0, 1.0, share=True)


QUANTITIES: tuple[Quantity, ...] = (
    _share("war", "War without talks"),
    _share("talks", "War with talks"),
    _share("ceasefire", "General ceasefire"),
    _share("settlement", "Settlement"),
    _share("victory_a", "Victory of {A}"),
    _share("victory_b", "Victory of {B}"),
    Quantity("front", "Held by {B}", "share of contested territory"),
    Quantity("offer", "Line in the text on the table", "share of contested territory"),
    Quantity("nash_line", "Line at the Nash point", "share of contested territory"),
    Quantity("nash_gain", "Joint gain at the Nash point", "utility", 0.0, 2.0),
    Quantity("sincere", "Talks in which both sides mean to settle", "share of talks"),
    Quantity("believed_sincerity", "Belief in the side that is believed less to mean it", "probability"),
    Quantity("accepts_a", "Most that {A} would leave", "share of contested territory", -1.0, 3.0),
    Quantity("accepts_b", "Least that {B} would take", "share of contested territory", -1.0, 3.0),
    _share("range_exists", "A bargaining range exists on the line"),
    _share("ceasefire_possible", "Some ceasefire beats war for both"),
    _share("settlement_possible", "Some settlement beats war for both"),
    *_sides("forces", "Forces", "strength at the start", 0.0, 3.0),
    *_sides("casualties", "Cumulative losses", "strength at the start", 0.0, 5.0),
    *_sides("fatigue", "War fatigue"),
    *_sides("grid", "Usable grid", "need of the peak winter week"),
    *_sides("deficit", "Unmet demand for power", "share of demand"),
    *_sides("tolerance", "Civilian tolerance"),
    *_sides("cost", "Weekly cost of war", "utility", 0.0, 0.02),
    *_sides("belief", "Believed weekly drift to {B}", "share of contested territory", -0.02, 0.02),
    *_sides("trust", "Trust in the other side"),
    *_sides("ripeness", "Ripeness"),
    *_sides("aid", "Aid received", "level at the start", 0.0, 2.0),
    Quantity("pressure", "Pressure of sanctions", "level at the start"),
    Quantity("coalition", "Senders that keep their sanctions", "share of senders"),
    Quantity("need_gap", "Unfunded humanitarian need", "share of need"),
    Quantity("strikes", "Waves of strikes", "a week", 0.0, 8.0),
    _share("site_dark", "Nuclear site without power from outside"),
    Quantity("legitimacy", "Legitimacy lost by the condemned side"),
    _share("rung_1", "A rung-1 deal in force"),
    _share("rung_2", "A rung-2 deal in force"),
    _share("rung_3", "A rung-3 deal in force"),
    _share("rung_4", "A rung-4 deal in force"),
)
"""All recorded quantities, in the order of the tables."""

NAMES: tuple[str, ...] = tuple(quantity.name for quantity in QUANTITIES)
"""Their names."""
