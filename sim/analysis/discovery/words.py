"""A box in plain words: which factors lie where, and in how many held-out runs the outcome came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.analysis.discovery.box import Box, Fit


def told(box: Box, names: Sequence[str], labels: Mapping[str, str] | None = None) -> str:
    """The limits of a box as words, in the order of the factors.

    >>> told(Box(np.array([0.4, -np.inf]), np.array([np.inf, 2.0])), ["monitoring", "noise"])
    'monitoring above 0.4 and noise below 2'
    """
    known = labels or {}
    parts = [
        f"{known.get(name, name)} {_range(low, high)}"
        for name, low, high in zip(names, box.low, box.high, strict=True)
        if np.isfinite(low) or np.isfinite(high)
    ]
    return " and ".join(parts) or "no limit at all"


def _range(low: float, high: float) -> str:
    if np.isfinite(low) and np.isfinite(high):
        return f"between {short(low)} and {short(high)}"
    return f"above {short(low)}" if np.isfinite(low) else f"below {short(high)}"


def short(number: float) -> str:
    """A number with as many figures as one reads.

    >>> short(0.36431), short(104.2), short(0.00071234)
    ('0.36', '104', '0.00071')
    """
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.2g}"


def sentence(box: Box, names: Sequence[str], held_out: Fit, labels: Mapping[str, str] | None = None) -> str:
    """A box and what it is worth on held-out points, in one sentence."""
    inside, overall = held_out.density, held_out.overall
    where = told(box, names, labels)
    if not inside.n:
        return f"{where}: no held-out run lies there, so nothing is known of it."
    margin = f"{100 * inside.low:.0f} to {100 * inside.high:.0f}"
    return (
        f"{where}: {100 * inside.value:.0f} of 100 held-out runs ({margin}; {inside.n:,} runs), "
        f"against {100 * overall.value:.0f} of all{_gap(held_out)}; "
        f"{100 * held_out.coverage:.0f} % of all that succeed lie there."
    )


def _gap(held_out: Fit) -> str:
    """The difference from all with its interval, where some points lie outside."""
    if held_out.mass == 1 or np.isnan(held_out.gap.low):
        return ""
    ends = (held_out.gap.value, held_out.gap.low, held_out.gap.high)
    gap, low, high = (f"{round(100 * end):+d}".replace("-", "−") for end in ends)
    return f" ({gap} points, {low} to {high})"
