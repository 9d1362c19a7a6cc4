import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from sim.theory.influence import (
    anchor,
    bounded_confidence_step,
    degroot_weights,
    fixed_point,
    row_stochastic,
    step,
    total_influence,
)

CHAIN = sparse.csr_array(np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]]))
OPEN = np.array([0.0, 0.8, 0.5])

networks = arrays(np.float64, (4, 4), elements=st.sampled_from([0.0, 0.0, 0.5, 1.0, 3.0])).map(
    lambda dense: row_stochastic(sparse.csr_array(dense))
)
positions = arrays(np.float64, (4, 3), elements=st.floats(0.0, 1.0))
susceptibilities = arrays(np.float64, 4, elements=st.floats(0.0, 0.95))


def test_fixed_point_of_friedkin_and_johnsen():
    assert total_influence(CHAIN, OPEN)[1:].tolist() == [
        pytest.approx([0.375, 0.375, 0.25], abs=1e-12),
        pytest.approx([0.125, 0.125, 0.75], abs=1e-12),
    ]
    rest = fixed_point(CHAIN, np.array([[0.0], [0.2], [1.0]]), OPEN)
    assert rest[:, 0] == pytest.approx([0.0, 0.325, 0.775], abs=1e-12)


def test_consensus_of_degroot():
    weights = degroot_weights(CHAIN)
    assert weights == pytest.approx([0.25, 0.5, 0.25], abs=1e-12)
    opening = np.array([[0.0], [0.5], [1.0]])
    everybody_open = np.ones((3, 1))
    moving = opening
    for _ in range(200):
        moving = step(CHAIN, moving, opening, everybody_open)
    assert moving[:, 0] == pytest.approx([0.5] * 3, abs=1e-12)
    assert (weights * opening[:, 0]).sum() == pytest.approx(0.5, abs=1e-12)


@given(ties=networks, anchors=positions, openness=susceptibilities)
def test_steps_end_at_the_fixed_point(ties, anchors, openness):
    moving = anchors
    for _ in range(500):
        moving = step(ties, moving, anchors, openness[:, None])
    assert moving == pytest.approx(fixed_point(ties, anchors, openness), abs=1e-9)


@given(ties=networks, openness=susceptibilities)
def test_influence_of_all_anchors_sums_to_one(ties, openness):
    assert total_influence(ties, openness).sum(axis=1) == pytest.approx(np.ones(4), abs=1e-12)


@given(ties=networks, observed=positions, openness=susceptibilities)
def test_anchors_hold_the_observed_world_still(ties, observed, openness):
    anchors = anchor(observed, ties, openness)
    assert step(ties, observed, anchors, openness[:, None]) == pytest.approx(observed, abs=1e-12)
    assert fixed_point(ties, anchors, openness) == pytest.approx(observed, abs=1e-9)


@given(ties=networks, x=positions, anchors=positions, openness=susceptibilities)
def test_positions_stay_within_the_range_of_what_they_mix(ties, x, anchors, openness):
    moved = step(ties, x, anchors, openness[:, None])
    assert min(x.min(), anchors.min()) - 1e-12 <= moved.min()
    assert moved.max() <= max(x.max(), anchors.max()) + 1e-12


def test_a_state_without_ties_keeps_its_anchor_however_open():
    ties = sparse.csr_array(np.array([[0.0, 0.0], [1.0, 0.0]]))
    x, anchors, openness = np.array([[0.9], [0.9]]), np.array([[0.2], [0.4]]), np.array([[1.0], [0.5]])
    assert step(ties, x, anchors, openness)[0, 0] == 0.2
    assert anchor(x, ties, openness[:, 0])[0, 0] == 0.9
    assert fixed_point(ties, anchors, openness[:, 0])[:, 0] == pytest.approx([0.2, 0.3])


def test_single_precision_goes_in_and_out():
    x = np.array([[0.1], [0.2], [0.7]], dtype=np.float32)
    openness = OPEN[:, None].astype(np.float32)
    single = step(CHAIN.astype(np.float32), x, x, openness)
    assert single.dtype == np.float32
    assert single == pytest.approx(step(CHAIN, x.astype(float), x.astype(float), OPEN[:, None]), abs=1e-6)
    assert step(CHAIN, x, x, OPEN[:, None]).dtype == np.float32


def test_a_step_can_be_written_in_place():
    x, anchors = np.array([[0.1], [0.2], [0.7]]), np.array([[0.0], [0.2], [1.0]])
    expected = step(CHAIN, x, anchors, OPEN[:, None])
    assert step(CHAIN, x, anchors, OPEN[:, None], out=x) is x
    assert x.tolist() == expected.tolist()


def test_a_state_that_only_listens_has_no_anchor_to_tell():
    with pytest.raises(ValueError, match="below 1"):
        anchor(np.zeros((3, 1)), CHAIN, np.array([0.0, 1.0, 0.5]))


def test_a_closed_group_that_only_listens_has_no_fixed_point():
    with pytest.raises(np.linalg.LinAlgError):
        total_influence(sparse.csr_array(np.array([[0.0, 1.0], [1.0, 0.0]])), np.ones(2))


@pytest.mark.parametrize("dense", [[[0, 1], [1, 0]], [[1, 0], [0, 1]], [[0, 0], [1, 0]]])
def test_networks_without_a_consensus_are_refused(dense):
    with pytest.raises(ValueError, match="no consensus"):
        degroot_weights(sparse.csr_array(np.array(dense, dtype=float)))


def test_a_leader_who_listens_to_nobody_else_sets_the_consensus():
    leader = sparse.csr_array(np.array([[1.0, 0.0], [0.5, 0.5]]))
    assert degroot_weights(leader) == pytest.approx([1.0, 0.0], abs=1e-12)


@given(x=positions, epsilon=st.floats(0.0, 1.0))
def test_bounded_confidence_among_all_is_the_mean_of_the_near(x, epsilon):
    moved = bounded_confidence_step(x, sparse.csr_array(np.ones((4, 4))), epsilon)
    for state in range(4):
        for column in range(3):
            near = np.abs(x[:, column] - x[state, column]) <= epsilon
            assert moved[state, column] == pytest.approx(x[near, column].mean(), abs=1e-12)


def test_bounded_confidence_splits_and_then_rests():
    x = np.linspace(0.0, 1.0, 21)[:, None]
    everyone = sparse.csr_array(np.ones((21, 21)))
    for _ in range(60):
        x = bounded_confidence_step(x, everyone, 0.15)
    clusters = np.unique(x.round(9))
    assert 1 < len(clusters) < 5
    assert np.diff(clusters).min() > 0.15


def test_a_partner_exactly_at_the_border_is_still_heard():
    x = np.array([[0.25], [0.5], [0.875]])
    moved = bounded_confidence_step(x, sparse.csr_array(np.ones((3, 3))), 0.25)
    assert moved.tolist() == [[0.375], [0.375], [0.875]]


def test_bounded_confidence_without_ties_changes_nothing():
    x = np.array([[0.3], [0.4]])
    assert bounded_confidence_step(x, sparse.csr_array((2, 2)), 1.0).tolist() == x.tolist()
