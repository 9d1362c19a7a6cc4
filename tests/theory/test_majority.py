import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.majority import adoption_margin, simple_majority, two_thirds, yes_share

votes = st.integers(0, 193)


@pytest.mark.parametrize(("yes", "no", "share"), [(107, 12, 0.8992), (93, 18, 0.8378), (93, 24, 0.7949)])
def test_texts_of_the_assembly_pass_by_two_thirds(yes, no, share):
    assert yes_share(np.array([yes]), np.array([no]))[0] == pytest.approx(share, abs=5e-5)
    assert two_thirds(np.array([yes]), np.array([no]))[0]
    assert adoption_margin(np.array([yes]), np.array([no]))[0] == pytest.approx(share - 0.5, abs=5e-5)


@given(yes=votes, no=votes)
def test_two_thirds_is_exact_and_implies_a_simple_majority(yes, no):
    large, simple = (
        two_thirds(np.array([yes]), np.array([no]))[0],
        simple_majority(np.array([yes]), np.array([no]))[0],
    )
    assert large == (yes > 0 and 3 * yes >= 2 * (yes + no))
    assert simple or not large


@given(yes=votes, no=votes)
def test_margin_is_positive_exactly_where_a_simple_majority_is(yes, no):
    margin = adoption_margin(np.array([yes]), np.array([no]))[0]
    assert 0.0 <= margin <= 0.5
    assert (margin > 0.0) == simple_majority(np.array([yes]), np.array([no]))[0]


def test_exactly_two_thirds_passes_and_one_vote_less_fails():
    assert two_thirds(np.array([66, 65]), np.array([33, 33])).tolist() == [True, False]


def test_a_tie_fails_and_so_does_an_empty_vote():
    assert simple_majority(np.array([4, 0]), np.array([4, 0])).tolist() == [False, False]
    assert two_thirds(np.array([0]), np.array([0])).tolist() == [False]
    assert adoption_margin(np.array([0]), np.array([0])).tolist() == [0.0]
