"""PRIM: against the boxes of the EMA Workbench, a box that is known, laws of every way, and the edges.

``prim_case.csv`` is 400 points of ours (NumPy's generator, seed 20: success 0.15, and 0.80 where monitoring is above 0.4 and
guarantee above 0.6).  ``prim_boxes.csv`` is what ``ema_workbench.analysis.prim.Prim(x, y, peel_alpha=PEEL, paste_alpha=0.05,
mass_min=0.05).find_box()`` of version 3.0.0 gave for it once (Python 3.13, pandas 2.3.3): limits, coverage, density, mass, and
the largest quasi-p value of each step.
"""

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.discovery.box import Box, everything, fit
from sim.analysis.discovery.prim import choose, edge, prim, quasi_p, reproduced
from sim.analysis.points import Points, Unusable

HERE = Path(__file__).parent
NAMES = ("monitoring", "guarantee", "leverage", "noise")


def case():
    table = pd.read_csv(HERE / "prim_case.csv")
    return Points(NAMES, table[list(NAMES)].to_numpy(), table[["hit"]].to_numpy(float), "durable")


@pytest.mark.parametrize("peel", [0.05, 0.1])
def test_every_step_is_that_of_the_ema_workbench(peel):
    points = case()
    boxes = pd.read_csv(HERE / "prim_boxes.csv")
    boxes = boxes[boxes["peel"] == peel]
    steps = prim(points, peel=peel)
    assert len(steps) == len(boxes)
    ends = points.x.min(axis=0), points.x.max(axis=0)
    for step, (_, row) in zip(steps, boxes.iterrows(), strict=True):
        low, high = np.maximum(step.box.low, ends[0]), np.minimum(step.box.high, ends[1])
        np.testing.assert_allclose(low, row[[f"{name}_low" for name in NAMES]].to_numpy(float), rtol=1e-5)
        np.testing.assert_allclose(high, row[[f"{name}_high" for name in NAMES]].to_numpy(float), rtol=1e-5)
        found = [step.coverage, step.density, step.mass]
        np.testing.assert_allclose(found, row[["coverage", "density", "mass"]].to_numpy(float), rtol=1e-7)
        p = quasi_p(step.box, points)
        if p:
            assert max(p.values()) == pytest.approx(row["p"], rel=1e-6)


def test_a_known_box_is_found():
    box = choose(prim(case()), case())
    assert box.restricted.tolist() == [True, True, False, False]
    np.testing.assert_allclose(box.low[:2], [0.4, 0.6], atol=0.05)
    assert not np.isfinite(box.high).any()


def test_factors_that_matter_come_again_and_others_do_not():
    again = reproduced(case(), seed=1)
    assert again[:2].min() >= 0.8
    assert again[2:].max() <= 0.2


def noise(seed):
    luck = np.random.default_rng(seed)
    return Points(("a", "b"), luck.uniform(size=(60, 2)), luck.integers(0, 2, (60, 3)).astype(float))


CASES = st.integers(0, 10_000).map(noise)


@given(CASES)
def test_a_way_never_loses_density_and_knows_its_own_numbers(points):
    steps = prim(points)
    assert (steps[0].coverage, steps[0].mass, steps[0].factors) == (1.0, 1.0, 0)
    for before, after in itertools.pairwise(steps):
        assert after.density > before.density
        assert after.mass >= 0.05
    for step in steps:
        inside = step.box.inside(points.x)
        assert step.mass == inside.mean()
        assert step.coverage == pytest.approx(points.mean[inside].sum() / points.mean.sum())


@given(CASES)
def test_the_order_of_points_changes_nothing(points):
    turned = points.rows(np.arange(60)[::-1])
    for one, other in zip(prim(points), prim(turned), strict=True):
        np.testing.assert_array_equal(one.box.low, other.box.low)
        np.testing.assert_array_equal(one.box.high, other.box.high)


def test_a_mean_over_replicates_counts_as_so_many_trials():
    luck = np.random.default_rng(2)
    x = luck.uniform(size=(200, 1))
    y = (luck.uniform(size=(200, 8)) < 0.3 + 0.3 * (x > 0.5)).astype(float)
    box = Box(np.array([0.5]), np.array([np.inf]))
    many, few = quasi_p(box, Points(("a",), x, y)), quasi_p(box, Points(("a",), x, y[:, :1]))
    assert many[0, "low"] < few[0, "low"] < 0.05


def test_an_outcome_that_never_differs_is_refused():
    with pytest.raises(Unusable, match="nothing to discover"):
        prim(Points(("a",), np.arange(9.0)[:, None], np.ones((9, 1))))


def test_equal_values_are_peeled_together():
    assert edge(np.array([0.0, 0.0, 0.0, 1.0]), 0.1) == 0.5
    assert edge(np.array([0.0, 1.0, 1.0, 1.0]), 0.9) == 0.5
    assert edge(np.array([1.0, 1.0]), 0.1) == 1.0


def test_a_fit_of_everything_is_the_overall_mean():
    found = fit(everything(4), case())
    assert (found.coverage, found.mass) == (1.0, 1.0)
    assert found.density == found.overall
    nothing = fit(Box(np.full(4, 2.0), np.full(4, 3.0)), case())
    assert (nothing.density.n, nothing.coverage, nothing.mass) == (0, 0.0, 0.0)
