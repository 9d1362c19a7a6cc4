"""Points: what is missing is refused by name, tables of a sweep and draws of an ensemble become points."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.points import Points, Unusable, of_draws, of_points
from tests.toys import toy_result


def sweep():
    design = pd.DataFrame({"point": [0, 1], "a.b": [0.1, 0.2]})
    runs = pd.DataFrame({
        "point": [1, 0, 0, 1], "replicate": [0, 1, 0, 1], "durable": [True, False, True, True],
        "week": pd.array([None, 3, None, 7], dtype="Int16"), "end": ["war"] * 4,
    })  # fmt: skip
    return design, runs


def test_runs_are_sorted_to_their_points():
    points = of_points(*sweep(), "durable")
    assert (points.names, points.x.tolist()) == (("a.b",), [[0.1], [0.2]])
    assert points.y.tolist() == [[1.0, 0.0], [1.0, 1.0]]
    assert points.mean.tolist() == [0.5, 1.0]
    assert of_points(*sweep(), "week?").y.tolist() == [[0.0, 1.0], [0.0, 1.0]]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("week", "week is missing in 2 of 4 runs, and a mean of the others would be of chosen runs; week? asks"),
        ("durabl", "there is no outcome durabl; did you mean durable?"),
        ("end", "end is no number and no flag"),
    ],
)
def test_what_is_missing_is_told(outcome, said):
    with pytest.raises(Unusable) as told:
        of_points(*sweep(), outcome)
    assert said in str(told.value)


def test_a_failed_run_is_left_out_and_told():
    design, runs = sweep()
    error = [None, "ValueError: no", None, None]
    points = of_points(design, runs.assign(error=error), "durable")
    assert np.isnan(points.y).tolist() == [[False, True], [False, False]]
    assert (points.mean.tolist(), points.counts.tolist()) == ([1.0, 1.0], [1, 2])
    assert (points.left_out, points.planned) == (("1 of 4 runs, which failed",), 2)
    assert of_points(design, runs.assign(error=error), "week?").y[0].tolist()[0] == 0.0


def test_a_point_may_have_more_replicates_than_another():
    design, runs = sweep()
    more = pd.DataFrame({"point": [1], "replicate": [2], "durable": [False], "week": [9], "end": ["war"]})
    points = of_points(design, pd.concat([runs, more]), "durable")
    assert (points.counts.tolist(), points.planned, points.replicates) == ([2, 3], 2, "2 to 3")
    assert points.mean.tolist() == [0.5, pytest.approx(2 / 3)]


def test_points_that_only_count_together_go_together():
    y = np.ones((6, 2))
    y[1], y[4, 0] = np.nan, np.nan
    points = Points(("a",), np.arange(6.0)[:, None], y, "durable")
    assert points.whole().x[:, 0].tolist() == [0, 2, 3, 4, 5]
    kept = points.whole(3, "trajectories")
    assert kept.x[:, 0].tolist() == [3, 4, 5]
    assert kept.left_out == ("1 point at which no run is left, and so 1 of 2 trajectories",)
    with pytest.raises(Unusable, match="too few points for any of the trajectories"):
        points.whole(6, "trajectories")


def test_a_missing_factor_is_told_and_many_are_counted():
    x = np.full((9, 1), np.nan)
    with pytest.raises(Unusable, match="no number at 9 places: a at point 0; a at point 1; a at point 2 and 6 more"):
        Points(("a",), x, np.ones((9, 1))).whole()
    with pytest.raises(Unusable, match="do not fit"):
        Points(("a", "b"), np.ones((9, 1)), np.ones((9, 1)))


def test_draws_of_an_ensemble_are_points():
    result = toy_result()
    points = of_draws(result.runs, "durable")
    assert points.y.shape == (96, 1)
    assert (np.ptp(points.x, axis=0) > 0).all()
    bare = result.runs[[name for name in result.runs if not name.startswith("draw:")]]
    with pytest.raises(Unusable, match="no number was drawn"):
        of_draws(bare, "durable")
