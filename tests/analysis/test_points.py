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
        ("week", "no number at 2 places: week at point 0, replicate 0; week at point 1, replicate 0"),
        ("durabl", "there is no outcome durabl; did you mean durable?"),
        ("end", "end is no number and no flag"),
    ],
)
def test_what_is_missing_is_told(outcome, said):
    with pytest.raises(Unusable) as told:
        of_points(*sweep(), outcome)
    assert said in str(told.value)


def test_a_lost_run_is_told():
    design, runs = sweep()
    with pytest.raises(Unusable, match="durable at point 0, replicate 1"):
        of_points(design, runs.drop(index=1), "durable")


def test_a_missing_factor_is_told_and_many_are_counted():
    x = np.full((9, 1), np.nan)
    with pytest.raises(Unusable, match="no number at 9 places: a at point 0; a at point 1; a at point 2 and 6 more"):
        Points(("a",), x, np.ones((9, 1)))
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
