"""Sensitivity: Ishigami's function as known answer, laws of indices, and designs that are none."""

import numpy as np
import pytest

from sim.analysis.points import Points, Unusable
from sim.analysis.sensitivity.analyse import analyse, as_text
from sim.analysis.sensitivity.scores import scores
from sim.analysis.sensitivity.screening import morris
from sim.analysis.sensitivity.variance import luck_share, sobol
from sim.figures import draw
from sim.figures.facts import NothingToShow
from sim.record.study import Study
from tests.toys import toy_result

pytest.importorskip("SALib")
pytest.importorskip("sklearn")

NAMES = ("x1", "x2", "x3")
PROBLEM = {"num_vars": 3, "names": list(NAMES), "bounds": [[-np.pi, np.pi]] * 3}
FIRST, TOTAL = (0.313905, 0.442411, 0.0), (0.557589, 0.442411, 0.243684)
"""Exact indices for a = 7, b = 0.1 (catalogue B1, number 49); the only pair is x1 and x3, with what is left."""


def ishigami(x):
    """Source: Ishigami and Homma (1990)."""
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def saltelli(base, *, second=True):
    from SALib.sample import sobol as design

    x = design.sample(PROBLEM, base, calc_second_order=second, seed=1)
    return Points(NAMES, x, ishigami(x)[:, None], "ishigami")


@pytest.fixture(scope="module")
def indices():
    return sobol(saltelli(4096), second=True, resamples=200)


def test_the_indices_of_ishigami(indices):
    values = indices.set_index(["index", "factor", "other"])["value"]
    np.testing.assert_allclose([values["S1", name, ""] for name in NAMES], FIRST, atol=0.005)
    np.testing.assert_allclose([values["ST", name, ""] for name in NAMES], TOTAL, atol=0.005)
    assert values["S2", "x1", "x3"] == pytest.approx(0.243684, abs=0.01)
    assert values["S2", "x1", "x2"] == pytest.approx(0.0, abs=0.01)


def test_intervals_hold_the_exact_indices(indices):
    exact = [*FIRST, *TOTAL, 0.0, 0.243684, 0.0]
    inside = (indices["low"] <= np.array(exact)) & (np.array(exact) <= indices["high"])
    assert inside.sum() >= 8


def test_indices_do_not_feel_scale_and_shift(indices):
    points = saltelli(4096)
    again = sobol(Points(NAMES, points.x, 40 - 3 * points.y, "turned"), second=True, resamples=2)
    np.testing.assert_allclose(again["value"], indices["value"], atol=1e-12)


def test_few_replicates_widen_the_interval():
    points = saltelli(64, second=False)
    luck = np.random.default_rng(0)
    noisy = Points(NAMES, points.x, points.y + luck.normal(0, 6, (len(points.x), 4)), "noisy")
    calm, loud = (sobol(one, second=False) for one in (points, noisy))
    assert (loud["high"] - loud["low"]).mean() > (calm["high"] - calm["low"]).mean()
    assert luck_share(noisy) == pytest.approx(9 / (9 + points.mean.var()), abs=0.1)


def test_luck_that_all_points_share_is_no_noise():
    points = saltelli(64, second=False)
    shared = Points(NAMES, points.x, points.y + np.array([[-5.0, 0.0, 9.0]]), "shared")
    assert luck_share(shared) == pytest.approx(0.0, abs=1e-12)
    assert np.isnan(luck_share(points))


def test_no_saltelli_design_is_refused():
    points = saltelli(64)
    with pytest.raises(Unusable, match="511 points are no Saltelli design of 3 factors"):
        sobol(points.rows(np.arange(511)))
    with pytest.raises(Unusable, match="with second order or without; say which"):
        sobol(points.rows(np.arange(40)))
    flat = Points(NAMES, points.x, np.ones_like(points.y))
    with pytest.raises(Unusable, match="no variance to share out"):
        sobol(flat, second=True)


def trajectories(count=30):
    from SALib.sample import morris as design

    return design.sample(PROBLEM, count, num_levels=4, seed=1)


def test_effects_of_a_straight_line_are_its_slopes():
    x = trajectories()
    y = (x / (2 * np.pi)) @ np.array([3.0, -1.0, 0.0])
    table = morris(Points(NAMES, x, y[:, None])).set_index("factor")
    np.testing.assert_allclose(table["mu"], [3, -1, 0], atol=1e-9)
    np.testing.assert_allclose(table["mu_star"], [3, 1, 0], atol=1e-9)
    np.testing.assert_allclose(table["sigma"], 0, atol=1e-9)


def test_effects_that_depend_on_others_have_spread():
    x = trajectories(60)
    table = morris(Points(NAMES, x, ishigami(x)[:, None])).set_index("factor")
    assert (table["sigma"] > 1).all()
    assert table.loc["x2", "mu_star"] == pytest.approx(7.875, abs=0.01)
    assert (table["low"] <= table["mu_star"]).all()
    assert (table["low"] >= 0).all()


def test_points_that_are_no_trajectories_are_refused():
    x = trajectories()
    with pytest.raises(Unusable, match="no trajectories"):
        morris(Points(NAMES, x[:-1], x[:-1, :1]))
    with pytest.raises(Unusable, match="no trajectories"):
        morris(Points(NAMES, np.random.default_rng(1).uniform(size=x.shape), x[:, :1]))


def test_scores_tell_what_matters_from_what_does_not():
    x = np.random.default_rng(1).uniform(-np.pi, np.pi, (800, 6))
    points = Points((*NAMES, "n1", "n2", "n3"), x, ishigami(x)[:, None])
    table = scores(points, draws=6, trees=30).set_index("factor")
    assert (table.loc[list(NAMES), "above"] == 1).all()
    assert table.loc[["n1", "n2", "n3"], "above"].max() <= 0.5
    assert table["score"].is_monotonic_decreasing
    assert table.loc["x2", "information"] > 0.3 > table.loc["n1", "information"]
    assert scores(points, draws=2, trees=5, seed=4).equals(scores(points, draws=2, trees=5, seed=4))


def test_an_analysis_that_there_is_not_is_refused():
    with pytest.raises(Unusable, match="there is no analysis shapley"):
        analyse(saltelli(8), "shapley")


@pytest.mark.parametrize("method", ["sobol", "morris", "scores"])
def test_every_analysis_has_its_text_and_its_figure(method):
    x = trajectories()
    points = {"sobol": saltelli(32), "morris": Points(NAMES, x, ishigami(x)[:, None])}.get(method, saltelli(16))
    tables = analyse(points, method, second=True)
    text = as_text(tables, {"x1": "first"})
    assert "first" in text
    assert max(map(len, text.splitlines())) <= 120
    result = toy_result()
    study = Study("sensitivity", tables, result.scenario, {**result.manifest, "asked": {"labels": {}}}, text)
    names = {"sobol": "indices", "morris": "effects", "scores": "scores"}
    assert draw(study, names[method]).axes
    with pytest.raises(NothingToShow):
        draw(study, names["morris" if method == "sobol" else "sobol"])
