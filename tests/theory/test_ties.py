import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from sim.theory.ties import has_ties, mix, row_stochastic

networks = arrays(np.float64, (5, 5), elements=st.sampled_from([0.0, 0.0, 0.0, 0.25, 1.0, 7.0]))


@given(dense=networks)
def test_rows_with_ties_sum_to_one_and_the_others_stay_empty(dense):
    ties = row_stochastic(sparse.csr_array(dense))
    listens = dense.sum(axis=1) > 0
    assert ties.sum(axis=1) == pytest.approx(listens.astype(float))
    assert has_ties(ties).tolist() == listens.tolist()
    assert ((ties.toarray() > 0) == (dense > 0)).all()


@given(first=networks, second=networks, weight=st.floats(0.1, 5.0))
def test_a_mix_is_row_stochastic_over_all_who_have_ties(first, second, weight):
    layers = {"trade": sparse.csr_array(first), "arms": sparse.csr_array(second)}
    mixed = mix(layers, {"trade": 1.0, "arms": weight})
    listens = (first + second).sum(axis=1) > 0
    assert mixed.sum(axis=1) == pytest.approx(listens.astype(float))


def test_layers_count_by_their_weight_and_not_by_their_units():
    trade = sparse.csr_array(np.array([[0.0, 1e9, 0.0], [0, 0, 0], [0, 0, 0]]))
    arms = sparse.csr_array(np.array([[0.0, 0.0, 1.0], [1.0, 0, 0], [0, 0, 0]]))
    mixed = mix({"trade": trade, "arms": arms}, {"trade": 3.0, "arms": 1.0, "aid": 9.0})
    assert mixed.toarray().tolist() == [[0.0, 0.75, 0.25], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]


def test_a_layer_of_weight_zero_leaves_no_ties():
    pair = sparse.csr_array(np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert mix({"trade": pair}, {"trade": 0.0}).nnz == 0


def test_the_ties_handed_in_are_left_alone():
    pair = sparse.csr_array(np.array([[0.0, 4.0], [2.0, 0.0]]))
    row_stochastic(pair)
    assert pair.data.tolist() == [4.0, 2.0]


def test_precision_is_kept():
    assert row_stochastic(sparse.csr_array(np.eye(2, dtype=np.float32))).dtype == np.float32


def test_faulty_ties_and_weights_are_refused():
    pair = sparse.csr_array(np.array([[0.0, 1.0], [1.0, 0.0]]))
    with pytest.raises(ValueError, match="zero or more"):
        row_stochastic(-pair)
    with pytest.raises(ValueError, match="finite"):
        row_stochastic(pair * np.nan)
    with pytest.raises(ValueError, match="layer weights"):
        mix({"trade": pair}, {"trade": -1.0})
    with pytest.raises(ValueError, match="at least one"):
        mix({}, {})
    with pytest.raises(KeyError, match="arms"):
        mix({"arms": pair}, {"trade": 1.0})
