import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.legislature import baron_ferejohn, closed_rule

unit = st.floats(0.0, 1.0)
chances = st.lists(st.integers(0, 40), min_size=2, max_size=8).filter(any).map(lambda c: np.array(c) / sum(c))


def test_legislatures_of_the_catalogue():
    proposer, partner = baron_ferejohn(np.array([3, 5]), 1.0)
    assert proposer == pytest.approx([2 / 3, 0.6])
    assert partner == pytest.approx([1 / 3, 0.2])


@given(st.integers(1, 50), unit)
def test_a_member_expects_an_equal_part(half, discount):
    members = 2 * half + 1
    proposer, partner = baron_ferejohn(members, discount)
    assert proposer == pytest.approx(1 - discount * (members - 1) / (2 * members))
    expected = proposer / members + (members - 1) / members * 0.5 * partner
    assert expected == pytest.approx(1 / members)


@given(st.integers(1, 9).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))), unit)
def test_equals_share_as_in_closed_form_under_any_quota(size, discount):
    members, quota = size
    found = closed_rule(np.full((members, 1), 1 / members), quota, discount)
    proposer, partner = baron_ferejohn(members, discount, quota)
    assert found.value == pytest.approx(np.full((members, 1), 1 / members))
    assert found.proposing == pytest.approx(np.full((members, 1), proposer))
    assert found.price == pytest.approx(np.full((members, 1), partner))


@given(chances, st.integers(1, 8), st.sampled_from([0.0, 0.3, 0.9, 0.999, 1.0]))
def test_no_member_can_do_better_than_the_equilibrium(chances, quota, discount):
    quota = min(quota, len(chances))
    value, price, proposing, invited = (part[:, 0] for part in closed_rule(chances[:, None], quota, discount))
    assert value.sum() == pytest.approx(1.0)
    for member, keeps in enumerate(proposing):
        cheapest = np.sort(np.delete(price, member))[: quota - 1]
        assert keeps == pytest.approx(1 - cheapest.sum())
    if quota < len(chances) or discount < 1:
        assert value == pytest.approx(chances * proposing + price * invited)


@given(chances, st.integers(1, 8), st.sampled_from([0.3, 0.9, 1.0]))
def test_proposers_buy_as_many_votes_as_they_need_and_no_dear_ones(chances, quota, discount):
    quota = min(quota, len(chances))
    if chances.min() > 0 and (quota < len(chances) or discount < 1):
        _, price, _, invited = (part[:, 0] for part in closed_rule(chances[:, None], quota, discount))
        assert invited.sum() == pytest.approx(quota - 1)
        dearer = price > np.sort(price)[quota - 1] + 1e-9
        assert invited[dearer] == pytest.approx(0.0, abs=1e-6)


def test_the_patient_equalise_unequal_chances():
    """Three members, majority, no discounting: all votes cost the same, whoever is recognised more often."""
    found = closed_rule(np.array([[0.5], [0.3], [0.2]]), 2, 1.0)
    assert found.value.ravel() == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert found.invited.ravel() == pytest.approx([0.0, 0.4, 0.6], abs=1e-9)


def test_under_unanimity_chances_are_worth_what_they_are():
    found = closed_rule(np.array([[0.7], [0.2], [0.1]]), 3, 0.8)
    assert found.value.ravel() == pytest.approx([0.7, 0.2, 0.1])
    assert found.proposing.ravel() == pytest.approx([0.76, 0.36, 0.28])


def test_a_dictator_and_the_impatient_share_nothing():
    assert closed_rule(np.array([[0.5], [0.25], [0.25]]), 1, 1.0).value.ravel() == pytest.approx([0.5, 0.25, 0.25])
    alone = closed_rule(np.array([[1.0], [0.0]]), 1, 0.5)
    assert alone.proposing[0, 0] == 1.0
    assert closed_rule(np.array([[0.5], [0.5]]), 2, 0.0).proposing.ravel().tolist() == [1.0, 1.0]


def test_runs_do_not_see_each_other():
    generator = np.random.default_rng(3)
    chances = generator.dirichlet(np.ones(5), 40).T
    discount = generator.uniform(0.2, 1.0, 40)
    among = np.stack(closed_rule(chances, 3, discount))
    for run in range(40):
        alone = closed_rule(np.ascontiguousarray(chances[:, [run]]), 3, discount[[run]])
        assert np.stack(alone).tobytes() == np.ascontiguousarray(among[..., [run]]).tobytes()
