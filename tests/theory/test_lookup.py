import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.lookup import lookup_table, rank

numbers = st.floats(-1e6, 1e6) | st.sampled_from([0.0, 0.25, 1.0, 5e-324, 1e-300])


@given(st.lists(numbers, min_size=1, max_size=60), st.lists(numbers, min_size=1, max_size=60))
def test_ranks_are_those_of_a_binary_search(values, wanted):
    values, wanted = np.sort(values), np.array(wanted)
    assert rank(lookup_table(values), wanted).tolist() == np.searchsorted(values, wanted).tolist()


@given(st.lists(numbers, min_size=1, max_size=60))
def test_every_value_finds_itself(values):
    values = np.sort(values)
    found = rank(lookup_table(values), values)
    assert (values[found] == values).all()
    assert (np.diff(found) >= 0).all()


def test_a_known_table():
    table = lookup_table(np.array([0.1, 0.2, 0.2, 0.9]))
    assert rank(table, np.array([[0.0, 0.1], [0.15, 0.2], [0.3, 2.0]])).tolist() == [[0, 0], [1, 1], [3, 4]]


def test_a_far_outlier_crowds_the_others_into_one_cell():
    values = np.append(np.linspace(0.0, 1.0, 500), 1e12)
    table = lookup_table(values)
    wanted = np.linspace(-0.5, 1.5, 777)
    assert table.crowd == 500
    assert rank(table, wanted).tolist() == np.searchsorted(values, wanted).tolist()


@pytest.mark.parametrize("values", [[3.0], [3.0, 3.0, 3.0]])
def test_a_table_without_width(values):
    assert rank(lookup_table(np.array(values)), np.array([2.9, 3.0, 3.1])).tolist() == [0, 0, len(values)]
