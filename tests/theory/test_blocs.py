import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.theory.blocs import agreement_index, consensus, leader, price_of_unanimity, qualified_majority, unanimity
from sim.theory.rules import european_council, wins

wills = arrays(np.float64, (27, 3), elements=st.floats(-2, 2))


@given(will=wills, purse=st.floats(0, 3), more=st.floats(0, 3))
def test_a_larger_purse_never_loses_an_agreement_and_none_is_bought_for_nothing(will, purse, more):
    poor, rich = unanimity(will, purse), unanimity(will, purse + more)
    assert (~poor | rich).all()
    assert (unanimity(will, np.inf, tradable=False) == (will > 0).all(axis=0)).all()


@given(will=wills)
def test_hold_outs_cost_what_they_lack(will):
    price = price_of_unanimity(will)
    assert (price >= 0).all()
    assert ((price == 0) == (will >= 0).all(axis=0)).all()
    bought = will + np.maximum(-will, 0)
    assert np.allclose(bought.sum(axis=0) - will.sum(axis=0), price)


def test_two_hold_outs_cost_more_than_one():
    one, two = np.full((27, 1), 1.0), np.full((27, 1), 1.0)
    one[3], two[3:5] = -0.4, -0.4
    assert unanimity(one, 0.5).tolist() == [True]
    assert unanimity(two, 0.5).tolist() == [False]


@given(will=arrays(np.float64, (27, 4), elements=st.floats(-1, 1)))
def test_a_qualified_majority_is_the_rule_whose_power_is_measured(will):
    people = np.array([1860, 1520, 1320, 1080, 820, 430, 400, 260, 240, 240, 230, 230, 210, 200, 130, 130, 120, 120,
                       110, 90, 60, 60, 50, 40, 30, 20, 10])  # fmt: skip
    rule = european_council(tuple(int(number) for number in people))
    assert qualified_majority(will, people.astype(float), 0.55, 0.65, 4).tolist() == wins(rule, will > 0).tolist()


@pytest.mark.parametrize(("members", "favour", "quota", "passes"), [
    (4, 1, 0.55, False), (5, 2, 0.55, False), (6, 3, 0.55, False), (8, 5, 0.9, False), (5, 3, 0.55, True),
])  # fmt: skip
def test_shares_alone_decide_a_small_bloc(members, favour, quota, passes):
    will = np.where(np.arange(members) < favour, 1.0, -1.0)[:, None]
    assert qualified_majority(will, np.ones(members), quota, 0.0).item() == passes


def test_a_minority_that_is_too_small_cannot_block():
    will, people = np.array([1.0, 1.0, -1.0, -1.0, -1.0])[:, None], np.array([1.0, 1.0, 50.0, 50.0, 50.0])
    assert [qualified_majority(will, people, 0.9, 0.9, most).item() for most in (3, 4)] == [False, True]


def test_three_members_have_no_such_council():
    with pytest.raises(ValueError, match="at least 4"):
        european_council((1, 1, 1))


def test_consensus_bears_silence_and_no_open_objection():
    assert consensus(np.array([[1.0], [1.0], [-0.5]]), 0.5).tolist() == [True]
    assert consensus(np.array([[1.0], [1.0], [-0.6]]), 0.5).tolist() == [False]
    assert consensus(np.array([[1.0], [-0.1]]), 0.5).tolist() == [False]


def test_a_leader_decides_alone():
    assert leader(np.array([[1.0, -1.0], [-1.0, 1.0]]), 0).tolist() == [True, False]


@given(yes=st.integers(0, 30), no=st.integers(0, 30), abstain=st.integers(0, 30))
def test_agreement_is_between_a_split_in_three_and_one_voice(yes, no, abstain):
    index = agreement_index(np.array([yes]), np.array([no]), np.array([abstain])).item()
    if yes + no + abstain == 0:
        assert np.isnan(index)
    else:
        assert -1e-12 <= index <= 1 + 1e-12
        assert (index == 1) == (max(yes, no, abstain) == yes + no + abstain)


def test_agreement_of_a_group_that_splits_two_to_one():
    assert agreement_index(np.array([2]), np.array([1]), np.array([0])).item() == pytest.approx(0.5)
