"""What terms are worth all at once is the sum of its pieces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.preferences import issue_penalty, issue_sum, norm_consistency, utility
from sim.theory.worth import tastes, unsigned_worth, worth

UNIT = st.floats(0, 1)


def judge(ideal, salience, **others):
    shape = np.ones((1, len(ideal), 1))
    given = {"red_line": 2 * shape, "steepness": 0 * shape, "norm": 0 * shape, "charter": 0 * shape[0]} | others
    columns = (np.array(values, dtype=float)[None, :, None] for values in (ideal, salience))
    return tastes(*columns, **given)


@given(st.tuples(UNIT, UNIT), st.tuples(UNIT, UNIT), UNIT, UNIT, st.floats(0, 9), st.floats(0, 1))
def test_it_is_utility_less_red_lines_less_norm(terms, ideal, share, width, steepness, norm):
    x, salience = np.array(terms)[:, None], (share, 1 - share)
    one = np.ones((1, 2, 1))
    found = worth(x, judge(ideal, salience, red_line=width * one, steepness=steepness * one, norm=norm / 2 * one))
    points, weights = (np.array(values)[None, :, None] for values in (ideal, salience))
    short = 1 - norm_consistency(x, np.zeros((2, 1)), np.full((2, 1), 0.5))
    expected = utility(x, points, weights) - norm * short
    expected = expected - issue_sum(issue_penalty(np.abs(x - points), width * one, steepness * one))
    assert found[0, 0] == pytest.approx(expected[0, 0], abs=1e-7)


def test_the_logrolling_example_has_its_known_worths():
    north, south = judge((0, 0), (0.8, 0.2)), judge((1, 1), (0.2, 0.8))
    terms = np.array([[0.0], [1.0]])
    assert (worth(terms, north)[0, 0], worth(terms, south)[0, 0]) == pytest.approx((0.8, 0.8))


def test_no_issue_leaves_nothing_to_lose():
    nothing = tastes(
        np.zeros((2, 0, 3)), np.zeros((2, 0, 3)), red_line=np.zeros((2, 0, 3)), steepness=np.zeros((2, 0, 3)),
        norm=np.zeros((2, 0, 3)), charter=np.zeros((0, 3)),
    )  # fmt: skip
    assert (worth(np.zeros((0, 3)), nothing) == 1.0).all()
    assert (unsigned_worth(np.zeros((0, 3)), nothing) == 1.0).all()
