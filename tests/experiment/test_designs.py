"""Designs: the rows that their authors promise, whatever the factors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.experiment import designs as module
from sim.experiment.designs import MissingLibrary, rows_of, size_of
from sim.scenario.experiments import dump_experiment, experiment_of
from sim.scenario.factor import parse_factor
from sim.scenario.vocabulary.experiment import Experiment
from sim.scenario.yaml_door import read_mapping

FACTORS = {
    "a": {"range": (0, 10)},
    "b": {"triangular": (1, 2, 4)},
    "c": (0.5, 7, 3),
    "d": {"loguniform": (1, 100), "levels": 5},
}
DESIGNS = [
    {"kind": "full_factorial"},
    {"kind": "one_at_a_time"},
    {"kind": "latin_hypercube", "rows": 48},
    {"kind": "sobol", "base": 16},
    {"kind": "sobol", "base": 8, "second_order": True},
    {"kind": "morris", "trajectories": 6},
]


def made(design, factors=None, seed=1):
    tree = {"name": "x", "scenario": "s.yaml", "design": design, "factors": factors or FACTORS, "replicates": 1}
    return Experiment.model_validate({**tree, "seed": seed, "outcomes": ("durable",)})


def matrix(design, **how):
    return np.stack(list(rows_of(made(design, **how)).values()), axis=1)


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_rows_are_as_many_as_said_and_inside_the_factors(design):
    experiment = made(design)
    rows = rows_of(experiment)
    assert list(rows) == list(FACTORS)
    for path, factor in experiment.factors.items():
        values = rows[path][~np.isnan(rows[path])]
        assert rows[path].shape == (size_of(experiment.design, experiment.factors),)
        assert values.min() >= factor.ends[0]
        assert values.max() <= factor.ends[1]
    assert set(np.unique(rows["c"][~np.isnan(rows["c"])])) == {0.5, 3, 7}


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_rows_follow_from_the_seed(design):
    assert np.array_equal(matrix(design), matrix(design), equal_nan=True)
    drawn = design["kind"] not in ("full_factorial", "one_at_a_time")
    assert np.array_equal(matrix(design), matrix(design, seed=2), equal_nan=True) != drawn


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_an_experiment_is_written_and_read_again(design):
    experiment = made(design)
    again, faults = experiment_of(read_mapping(dump_experiment(experiment).encode(), "x"))
    assert faults == []
    assert again == experiment


def test_every_combination_stands_once():
    rows = matrix({"kind": "full_factorial"})
    assert len(rows) == 3 * 3 * 3 * 5 == len(np.unique(rows, axis=0))


def test_one_at_a_time_begins_with_what_the_file_says():
    rows = matrix({"kind": "one_at_a_time"})
    assert np.isnan(rows[0]).all()
    assert ((~np.isnan(rows[1:])).sum(axis=1) == 1).all()
    assert rows[1:4, 0].tolist() == [0, 5, 10]


def test_a_latin_hypercube_has_one_row_in_every_slice():
    rows = rows_of(made({"kind": "latin_hypercube", "rows": 40}))
    assert sorted(np.floor(rows["a"] * 4).astype(int)) == list(range(40))


def test_saltellis_rows_differ_from_a_base_row_in_one_factor():
    rows = matrix({"kind": "sobol", "base": 16}, factors={"a": {"range": (0, 1)}, "b": {"range": (0, 1)}})
    blocks = rows.reshape(16, 4, 2)
    first, second = blocks[:, 0], blocks[:, 3]
    assert np.array_equal(blocks[:, 1, 1], first[:, 1])
    assert np.array_equal(blocks[:, 1, 0], second[:, 0])
    assert np.array_equal(blocks[:, 2, 0], first[:, 0])


def test_a_step_of_morris_moves_one_factor():
    factors = {name: {"range": (0, 1)} for name in "abc"}
    rows = matrix({"kind": "morris", "trajectories": 5}, factors=factors).reshape(5, 4, 3)
    assert ((np.diff(rows, axis=1) != 0).sum(axis=2) == 1).all()


def test_what_salib_would_analyse_is_what_it_sampled():
    analyze = pytest.importorskip("SALib.analyze.sobol")
    rows = matrix({"kind": "sobol", "base": 512}, factors={"a": {"range": (0, 1)}, "b": {"range": (0, 1)}})
    problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0, 1]] * 2}
    indices = analyze.analyze(problem, 2 * rows[:, 0] + rows[:, 1], calc_second_order=False, seed=1)
    assert indices["S1"] == pytest.approx([0.8, 0.2], abs=0.03)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8, unique=True), st.floats(0, 1))
@settings(max_examples=50)
def test_a_list_gives_each_value_an_equal_share(values, share):
    factor = parse_factor(values)
    assert factor.at(np.array([share]))[0] == values[min(int(share * len(values)), len(values) - 1)]
    assert factor.grid.tolist() == values


def test_a_missing_library_is_one_sentence(monkeypatch):
    def gone(_name):
        raise ModuleNotFoundError("no", name="SALib")

    monkeypatch.setattr("importlib.import_module", gone)
    with pytest.raises(MissingLibrary, match=r"needs SALib, which is not installed: pip install parley-sim\[sens"):
        module.rows_of(made({"kind": "morris", "trajectories": 3}))
