import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sim.theory.preferences import issue_penalty, issue_sum, loss
from sim.theory.segments import STEEPEST, issue_segments

ISSUES, RUNS = 3, 2
unit = st.floats(0.0, 1.0).map(lambda value: round(value, 6))


def boxes(*shape):
    return npst.arrays(np.float64, shape, elements=unit)


def beyond_lines(terms, ideal, red_line, steepness):
    return issue_sum(issue_penalty(np.abs(terms - ideal), red_line, steepness))


def column(*values):
    return np.array(values, dtype=np.float64)[:, None, None]


@given(
    boxes(2, ISSUES, RUNS),
    boxes(2, ISSUES, RUNS),
    boxes(2, ISSUES, RUNS),
    npst.arrays(np.float64, (2, ISSUES, RUNS), elements=st.floats(0.0, 10.0)),
    boxes(2, ISSUES, RUNS),
)
def test_the_pieces_add_up_to_the_preferences_at_every_knot(ideal, salience, red_line, steepness, ends):
    low, high = ends.min(axis=0), ends.max(axis=0)
    knots, slope_a, slope_b, start = issue_segments(ideal, salience, red_line, steepness, low, high)
    size = np.abs(np.diff(knots, axis=1))
    for piece in range(knots.shape[1]):
        gained = [(slope * size)[:, :piece].sum(axis=(0, 1)) for slope in (slope_a, slope_b)]
        terms = knots[:, piece]
        exact = 1.0 - loss(terms, ideal, salience) - beyond_lines(terms, ideal, red_line, steepness)
        assert start + np.array(gained) == pytest.approx(exact, abs=1e-7)


@given(boxes(2, ISSUES, RUNS), boxes(2, ISSUES, RUNS), boxes(2, ISSUES, RUNS), boxes(2, ISSUES, RUNS))
def test_a_loses_and_b_gains_ever_less_along_the_way(ideal, salience, red_line, ends):
    low, high = ends.min(axis=0), ends.max(axis=0)
    knots, slope_a, slope_b, _ = issue_segments(ideal, salience, red_line, np.full((2, 1, RUNS), 3.0), low, high)
    assert (slope_a <= 0.0).all()
    assert (slope_b >= 0.0).all()
    real = np.abs(np.diff(knots, axis=1)) > 0.0
    for one, other in ((0, 1), (1, 2), (0, 2)):
        both = real[:, one] & real[:, other]
        assert (slope_a[:, other] <= slope_a[:, one] + 1e-12)[both].all()
        assert (slope_b[:, other] <= slope_b[:, one] + 1e-12)[both].all()
    assert ((knots >= low[:, None]) & (knots <= high[:, None])).all()


def test_a_pie_with_red_lines():
    ideal, salience = column(0.0, 1.0), column(1.0, 1.0)
    one = np.ones((1, 1))
    pieces = issue_segments(ideal, salience, column(0.7, 0.6), np.full((2, 1, 1), 5.0), 0.0 * one, one)
    assert pieces.knots.ravel() == pytest.approx([0.0, 0.4, 0.7, 1.0])
    assert pieces.slope_a.ravel().tolist() == [-1.0, -1.0, -6.0]
    assert pieces.slope_b.ravel().tolist() == [6.0, 1.0, 1.0]
    assert pieces.start.ravel() == pytest.approx([1.0, -5.0 * 0.4])


def test_sides_may_stand_the_other_way_round():
    ideal = column(0.8, 0.3)
    one = np.ones((1, 1))
    pieces = issue_segments(ideal, column(0.5, 0.5), column(1.0, 1.0), np.zeros((2, 1, 1)), 0.0 * one, one)
    assert pieces.knots[0, [0, -1], 0].tolist() == [0.8, 0.3]
    assert (pieces.slope_a == -0.625).all()
    assert pieces.slope_b == pytest.approx(np.full((1, 3, 1), 0.5 / 0.7))


def test_a_parked_issue_has_no_length_and_may_leave_red_lines_alone():
    at = np.full((1, 1), 0.6)
    ideal, salience, red_line = column(0.0, 1.0), column(1.0, 1.0), column(0.5, 0.5)
    steep = np.full((2, 1, 1), np.inf)
    pieces = issue_segments(ideal, salience, red_line, steep, at, at)
    assert (pieces.knots == 0.6).all()
    assert pieces.start.ravel() == pytest.approx([0.4 - 0.1 * STEEPEST, 0.6])
    free = issue_segments(ideal, salience, red_line, steep, at, at, signed=np.zeros((1, 1)))
    assert free.start.ravel() == pytest.approx([0.4, 0.6])
    assert np.isfinite(free.slope_a).all()
