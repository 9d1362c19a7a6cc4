"""Scenario discovery from points to tables: boxes found on one part of the points and tested on the other.

PRIM and the tree see the training points only, and of these only some replicates; the held-out points were played in
other replicates, so that neither their setting nor their luck was seen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.discovery.box import Box, Fit, fit
from sim.analysis.discovery.prim import Step, choose, prim, quasi_p, reproduced
from sim.analysis.discovery.tree import leaves
from sim.analysis.discovery.words import sentence
from sim.analysis.points import Points, Unusable
from sim.analysis.sensitivity.scores import scores

MANY = 12
"""Factors above which only those are kept that score above chance on the training points."""

ENOUGH = 40
"""Points below which no third is held out."""

WIDTH = 100
"""Columns of the text."""


@dataclass(frozen=True)
class Discovery:
    """What was found and how it does where it was not looked for.

    Parameters
    ----------
    training, held_out : Points
    way : list of Step
        Of PRIM, on the training points.
    box : Box
        Chosen of it.
    leaves : list of Box
        Of the tree, from the most to the least successful.
    tests : list of Fit
        Of the box and of the leaves, on the held-out points.
    p : mapping from (factor, end) to float
        Quasi-p values of the box.
    again : (factor,) float
        How often a factor is restricted again on random halves.
    labels : mapping from factor to str
        What to print for it.
    """

    training: Points
    held_out: Points
    way: list[Step]
    box: Box
    leaves: list[Box]
    tests: list[Fit]
    p: Mapping[tuple[int, str], float]
    again: npt.NDArray[np.float64]
    labels: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """The factors."""
        return self.training.names

    @property
    def left_out(self) -> str:
        """What was not used, for the reader; empty where everything was."""
        return "; ".join(dict.fromkeys([*self.training.left_out, *self.held_out.left_out]))

    @property
    def sentences(self) -> list[str]:
        """The box, then the best leaf, in words."""
        boxes = [self.box, *self.leaves]
        return [sentence(box, self.names, test, self.labels) for box, test in zip(boxes, self.tests, strict=True)]


def discover(
    points: Points, seed: int = 1, *, labels: Mapping[str, str] | None = None, depth: int = 3, resamples: int = 20
) -> Discovery:
    """Boxes of points, found on two thirds of them and tested on the rest.

    Of more than a dozen factors only those are used whose feature score beats chance on the training points.

    Parameters
    ----------
    points : Points
    seed : int
        For the split and for drawing halves again.
    labels : mapping, optional
    depth : int
        Of the tree.
    resamples : int
        How many random halves show which factors come again.

    Raises
    ------
    Unusable
        An outcome that is not yes or no, a factor without a number, fewer than 40 points, or an outcome that does not
        differ.
    """
    if not points.flags:
        raise Unusable(
            f"boxes are of runs with yes or no, and {points.outcome} is a number: ask where it lies, as "
            f"{points.outcome}<{float(np.nanmedian(points.y)):.3g}"
        )
    if np.isnan(points.x).any():
        raise Unusable("a box needs factors that move together, and these points leave some as the file says")
    training, held_out = split(points, seed)
    if len(points.names) > MANY:
        kept = screened(training, seed)
        training, held_out = training.only(kept), held_out.only(kept)
    way = prim(training)
    box = choose(way, training)
    grown = leaves(training, depth=depth)
    tests = [fit(one, held_out) for one in (box, *grown)]
    again = reproduced(training, seed, times=resamples)
    return Discovery(
        training, held_out, way, box, grown, tests, quasi_p(box, training), again, labels or {}
    )  # fmt: skip


def screened(training: Points, seed: int) -> list[str]:
    """Factors whose feature score beat every shuffled copy in half of the draws; at least two, at most a dozen.

    Among two hundred factors some slice of a meaningless one always looks best, and PRIM would peel it.
    """
    table = scores(training, seed=seed)
    clear = int((table["above"] >= 0.5).sum())
    chosen = set(table["factor"].head(min(max(clear, 2), MANY)))
    return [name for name in training.names if name in chosen]


def split(points: Points, seed: int) -> tuple[Points, Points]:
    """Training points and held-out points: two thirds and one third, in replicates of their own where there are two.

    Of the replicates that every point was to have the last third, at least one, belongs to the held-out points, with
    all that a stopping rule added to them; points without a run there are left out.
    """
    points = points.whole()
    count = len(points.x)
    if count < ENOUGH:
        raise Unusable(f"{count} points are too few to hold some out; {ENOUGH} or more are needed")
    order = np.random.default_rng(seed).permutation(count)
    replicates = np.arange(points.y.shape[1])
    shared = min(points.planned, replicates.size) or replicates.size
    seen = shared - max(1, shared // 3) if shared > 1 else shared
    other = replicates[seen:] if shared > 1 else replicates
    cut = 2 * count // 3
    training = points.rows(np.sort(order[:cut]), replicates[:seen])
    return training.whole(), points.rows(np.sort(order[cut:]), other).whole()


def tables(found: Discovery) -> dict[str, pd.DataFrame]:
    """Tables of a discovery: ``trajectory``, ``limits``, ``boxes`` and ``points`` (with the split)."""
    way = [(step.coverage, step.density, step.mass, step.factors) for step in found.way]
    trajectory = pd.DataFrame(way, columns=["coverage", "density", "mass", "factors"])
    trajectory["held_out_density"] = [fit(step.box, found.held_out).density.value for step in found.way]
    trajectory["held_out_coverage"] = [fit(step.box, found.held_out).coverage for step in found.way]
    return {
        "trajectory": trajectory, "limits": _limits(found), "boxes": _boxes(found),
        "points": pd.concat([_frame(found.training, held_out=False), _frame(found.held_out, held_out=True)],
                            ignore_index=True),
    }  # fmt: skip


def _limits(found: Discovery) -> pd.DataFrame:
    """One row a factor that the box of PRIM restricts or that came again on halves of the points."""
    rows = []
    for factor, name in enumerate(found.names):
        rows.append({
            "factor": name, "low": found.box.low[factor], "high": found.box.high[factor],
            "p_low": found.p.get((factor, "low"), np.nan), "p_high": found.p.get((factor, "high"), np.nan),
            "again": found.again[factor],
        })  # fmt: skip
    table = pd.DataFrame(rows)
    kept = found.box.restricted | (found.again > 0)
    return table[kept].reset_index(drop=True)


def _boxes(found: Discovery) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for place, (box, test) in enumerate(zip((found.box, *found.leaves), found.tests, strict=True)):
        own = fit(box, found.training)
        rows.append({
            "box": "PRIM" if place == 0 else f"leaf {place}", "words": found.sentences[place].partition(": ")[0],
            "training_density": own.density.value, "training_coverage": own.coverage, "training_mass": own.mass,
            "density": test.density.value, "low": test.density.low, "high": test.density.high, "runs": test.density.n,
            "coverage": test.coverage, "mass": test.mass, "overall": test.overall.value,
            "gap": test.gap.value, "gap_low": test.gap.low, "gap_high": test.gap.high,
        })  # fmt: skip
    return pd.DataFrame(rows)


def _frame(points: Points, *, held_out: bool) -> pd.DataFrame:
    table = pd.DataFrame(points.x, columns=list(points.names))
    return table.assign(outcome=points.mean, replicates=points.counts, held_out=held_out)


def as_text(found: Discovery) -> str:
    """What was found, for the terminal."""
    one, *others = found.sentences
    training, held_out = found.training, found.held_out
    other = " of other luck" if int(max(training.counts.max(), held_out.counts.max())) > 1 else ""
    head = (
        f"{training.outcome}: {len(training.x):,} points to learn from ({training.counts.sum():,} runs), "
        f"{len(held_out.x):,} held out ({held_out.counts.sum():,} runs{other})"
    )
    lines = [head, *([f"Left out: {found.left_out}"] if found.left_out else []), "", "PRIM", *_wrapped(one)]
    for factor in np.flatnonzero(found.box.restricted):
        p = max(value for (where, _), value in found.p.items() if where == factor)
        name = found.labels.get(found.names[factor], found.names[factor])
        told = f"{name}: quasi-p {p:.2g}, restricted again on {100 * found.again[factor]:.0f} % of random halves"
        lines += textwrap.wrap(told, WIDTH, initial_indent="    ", subsequent_indent="      ")
    lines += ["", "Tree, from the most to the least successful leaf"]
    lines += [line for leaf in others for line in _wrapped(leaf)] + ["", NOTE]
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


NOTE = (
    "Boxes say where an outcome was frequent among the points that were played, under the ranges that these were\n"
    "drawn from; they are no causes. Intervals are for points and for the replicates that all of them met; "
    "differences\nfrom all are on the same luck. Quasi-p values rest on the training points and take these as "
    "independent."
)
