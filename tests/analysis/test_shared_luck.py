"""The interval of a mean over points that met the same replicates: it covers, and knows what it rests on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.analysis.discovery.box import Box, everything, fit
from sim.analysis.points import Points
from sim.analysis.shared_luck import reach


def world(luck, points, replicates, shared):
    """Flags whose mean over all points and replicates is a half; replicates are luck of every point."""
    x = luck.uniform(-1, 1, (points, 1))
    y = x + shared * luck.normal(size=replicates) + luck.normal(size=(points, replicates))
    return Points(("a",), x, (y > 0).astype(float), "durable")


@pytest.mark.parametrize("shared", [0.0, 1.0])
def test_nineteen_of_twenty_intervals_hold_the_truth(shared):
    luck = np.random.default_rng(4)
    rates = [fit(everything(1), world(luck, 60, 20, shared)).density for _ in range(400)]
    assert np.mean([rate.low <= 0.5 <= rate.high for rate in rates]) == pytest.approx(0.95, abs=0.035)


def test_a_difference_on_the_same_luck_is_narrower_than_a_share():
    found = fit(Box(np.array([0.0]), np.array([np.inf])), world(np.random.default_rng(2), 80, 20, 1.0))
    assert found.gap.value == pytest.approx(found.density.value - found.overall.value)
    assert found.gap.low > 0
    assert found.gap.high - found.gap.low < 0.5 * (found.density.high - found.density.low)


@given(st.integers(2, 9), st.integers(0, 2**31))
def test_one_replicate_is_students_interval_and_order_means_nothing(points, seed):
    luck = np.random.default_rng(seed)
    parts = luck.normal(size=(points, 4))
    parts -= parts.mean()
    assert reach(parts[::-1, ::-1]) == pytest.approx(reach(parts))
    alone = parts[:, :1] - parts[:, :1].mean()
    student = stats.t.ppf(0.975, points - 1) * np.sqrt(np.square(alone).sum() * points / (points - 1))
    assert reach(alone) == pytest.approx(student)
    assert reach(np.zeros((points, 3))) == 0.0


def test_one_run_has_no_interval():
    assert np.isnan(reach(np.zeros((1, 1))))
