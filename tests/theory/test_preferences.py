import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sim.theory.preferences import distance_scale, issue_penalty, loss, norm_consistency, slope, utility
from sim.theory.segments import STEEPEST

unit = st.floats(0.0, 1.0)


def boxes(*shape):
    return npst.arrays(np.float64, shape, elements=unit)


def normalised(weights):
    return (weights + 0.01) / (weights + 0.01).sum(axis=1, keepdims=True)


@given(boxes(3, 2), boxes(2, 3, 2), boxes(2, 3, 2), st.sampled_from([0.5, 1.0, 2.0]))
def test_a_loss_is_a_share_and_survives_turning_the_issues_round(terms, ideal, weight, curvature):
    salience = normalised(weight)
    lost = loss(terms, ideal, salience, curvature)
    assert ((lost >= 0.0) & (lost <= 1.0 + 1e-12)).all()
    turned = loss(1.0 - terms, 1.0 - ideal, salience, curvature)
    assert turned == pytest.approx(lost, abs=1e-7)


@given(boxes(2, 3, 2), boxes(2, 3, 2), st.sampled_from([0.0, 0.5, 1.0, 3.0]))
def test_nothing_is_lost_at_the_ideal_point(ideal, weight, curvature):
    assert (loss(ideal[0], ideal[:1], normalised(weight[:1]), curvature) == 0.0).all()


def test_curvature_bends_the_scaled_distance():
    terms, ideal = np.array([[0.3], [0.5]]), np.array([[[0.0], [0.0]]])
    salience = np.array([[[0.25], [0.75]]])
    assert loss(terms, ideal, salience)[0, 0] == pytest.approx(0.25 * 0.3 + 0.75 * 0.5)
    assert loss(terms, ideal, salience, 2.0)[0, 0] == pytest.approx(0.25 * 0.09 + 0.75 * 0.25)
    per_party = np.full((1, 1, 1), 2.0)
    assert loss(terms, ideal, salience, per_party) == pytest.approx(loss(terms, ideal, salience, 2.0))
    assert loss(terms, ideal, salience, np.ones((1, 1, 1))) == pytest.approx(loss(terms, ideal, salience))


def test_a_sacred_value_is_lost_wholly_by_the_smallest_step():
    almost = loss(np.array([[1e-6]]), np.zeros((1, 1, 1)), np.ones((1, 1, 1)), 1e-9)
    assert almost[0, 0] == pytest.approx(1.0, abs=1e-6)


def test_an_inner_ideal_point_is_scaled_by_its_longer_side():
    assert distance_scale(0.7) == 0.7
    assert loss(np.array([[0.0]]), np.full((1, 1, 1), 0.7), np.ones((1, 1, 1)))[0, 0] == pytest.approx(1.0)


def test_the_norm_is_paid_for_by_who_minds_it():
    terms, ideal, salience = np.array([[0.0]]), np.zeros((2, 1, 1)), np.ones((2, 1, 1))
    weight = np.array([[0.0], [0.5]])
    assert utility(terms, ideal, salience, norm_weight=weight, norm=0.6).ravel().tolist() == [1.0, 0.8]


def test_norm_consistency_weighs_the_violations():
    terms, charter = np.array([[0.2], [0.5]]), np.array([[0.0], [1.0]])
    assert norm_consistency(terms, charter, np.array([[0.5], [0.5]]))[0] == pytest.approx(1 - 0.1 - 0.25)


@given(boxes(3, 2), boxes(2, 3, 2), boxes(2, 3, 2), boxes(2, 3, 2), st.floats(0.0, 50.0))
def test_red_lines_cost_nothing_inside_and_grow_outside_issue_by_issue(terms, ideal, width, weight, steepness):
    penalty = issue_penalty(np.abs(terms - ideal), width, steepness * weight)
    excess = np.maximum(np.abs(terms - ideal) - width, 0.0)
    assert penalty == pytest.approx(steepness * weight * excess, abs=1e-6)


def test_an_absolute_red_line_stands_and_may_be_touched():
    terms, width = np.array([[0.1 + 0.2, 0.31, 0.0]]), np.full((1, 1, 3), 0.3)
    assert issue_penalty(terms[None], width, STEEPEST).tolist() == [[[0.0, pytest.approx(1e4), 0.0]]]


@given(boxes(2, 2), boxes(2, 2, 2), boxes(2, 2, 2), st.floats(0.3, 3.0), st.floats(0.3, 3.0))
def test_a_curvature_of_its_own_bends_one_issue_and_no_other(terms, ideal, weights, one, other):
    salience, both = normalised(weights), np.array([one, other])[None, :, None]
    parts = [np.where(np.arange(2)[None, :, None] == issue, salience, 0.0) for issue in (0, 1)]
    apart = loss(terms, ideal, parts[0], one) + loss(terms, ideal, parts[1], other)
    assert loss(terms, ideal, salience, both) == pytest.approx(apart, abs=1e-12)


def test_the_known_loss_of_a_straight_and_a_squared_issue():
    terms, ideal, salience = np.full((2, 1), 0.5), np.zeros((1, 2, 1)), np.full((1, 2, 1), 0.5)
    assert loss(terms, ideal, salience, np.array([[[1.0], [2.0]]])).tolist() == [[0.5 * 0.5 + 0.5 * 0.25]]


@given(st.floats(0.05, 0.95), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_slope_is_the_derivative_of_utility(front, ideal, salience):
    if abs(front - ideal) < 1e-3:
        return
    points = np.array([[front - 1e-5, front + 1e-5]])
    values = utility(points, np.full((1, 1, 1), ideal), np.full((1, 1, 1), salience))[0]
    one = slope(np.array([front]), np.array([[ideal]]), np.array([[salience]]))[0, 0]
    assert one == pytest.approx((values[1] - values[0]) / 2e-5, abs=1e-6)


def test_the_slope_is_flat_at_the_ideal_point():
    assert slope(np.array([0.4]), np.array([[0.4]]), np.array([[1.0]]))[0, 0] == 0.0
