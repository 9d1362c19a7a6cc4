"""The closed rule over places: the last session by hand, shares of two members, and what a vote costs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.arrays import ordered_sum
from sim.theory.legislature import baron_ferejohn, closed_rule
from sim.theory.recognition import closed_rule_along, closed_rule_among

SHARE = np.linspace(0.0, 1.0, 501)
PIE = np.stack([1.0 - SHARE, SHARE])[..., None]


@given(st.floats(0.0, 0.95), st.floats(0.1, 0.9))
def test_two_members_share_as_baron_and_ferejohn_say(discount, chance):
    lot = np.array([[chance], [1.0 - chance]])
    found = closed_rule_along(PIE, lot, 2, np.full((2, 1), discount), 120)
    known = closed_rule(lot, 2, discount)
    assert found.value == pytest.approx(known.value, abs=0.01)
    assert 1.0 - SHARE[found.place[0].astype(int)] == pytest.approx(known.proposing[0], abs=0.01)


def test_equal_members():
    found = closed_rule_along(PIE, np.full((2, 1), 0.5), 2, np.full((2, 1), 0.8), 100)
    assert 1.0 - SHARE[int(found.place[0, 0])] == pytest.approx(float(baron_ferejohn(2, 0.8, 2)[0]), abs=4e-3)


def test_in_the_last_session_a_proposer_takes_all_that_the_others_let_it():
    worth = np.array([[0.3, 0.2, 0.1, -0.1], [-0.2, 0.1, 0.2, 0.4], [0.0, 0.0, 0.3, 0.0]])[..., None]
    lot = np.full((3, 1), 1 / 3)
    all_agree = closed_rule_along(worth, lot, 3, np.ones((3, 1)), 1)
    assert all_agree.place.ravel().tolist() == [1.0, 2.0, 2.0]
    two_agree = closed_rule_along(worth, lot, 2, np.ones((3, 1)), 1)
    assert two_agree.place.ravel().tolist() == [0.0, 3.0, 2.0]


def test_the_indifferent_take_the_middle():
    flat = np.stack([np.linspace(1.0, 0.0, 5), np.linspace(0.0, 1.0, 5), np.full(5, 0.5)])[..., None]
    assert closed_rule_along(flat, np.full((3, 1), 1 / 3), 3, np.ones((3, 1)), 1).place[2, 0] == 2.0


@given(st.integers(0, 2**32 - 1))
def test_what_is_proposed_is_worth_its_price_to_a_quota(seed):
    rng = np.random.default_rng(seed)
    worth = rng.uniform(-0.2, 1.0, (3, 7, 16))
    lot = rng.random((3, 16))
    lot /= lot.sum(axis=0)
    discount = rng.uniform(0.5, 1.0, (3, 16))
    before, after = (closed_rule_along(worth, lot, 2, discount, sessions) for sessions in (4, 5))
    assert np.array_equal(before.some.shape, (16,))
    whole = after.place == np.floor(after.place)
    for member in range(3):
        place = after.place[member].astype(int)
        got = np.take_along_axis(worth, np.broadcast_to(place, (3, 1, 16)), axis=1)[:, 0]
        votes = ordered_sum((got >= discount * before.value - 1e-9).astype(float))
        assert (votes >= 2)[whole[member] & after.some].all()


def test_where_nothing_passes_nothing_is_expected():
    found = closed_rule_along(-PIE - 0.1, np.full((2, 1), 0.5), 2, np.ones((2, 1)), 5)
    assert not found.some.any()
    assert (found.value == 0.0).all()


CUTS = 30
DOLLAR = np.array([(a, b, CUTS - a - b) for a in range(CUTS + 1) for b in range(CUTS + 1 - a)]).T[..., None] / CUTS


@pytest.mark.parametrize(("factor", "proposer", "partner"), [(1.0, 20, 10), (0.9, 21, 9), (0.5, 25, 5), (0.0, 30, 0)])
def test_three_members_divide_a_dollar_as_baron_and_ferejohn_say(factor, proposer, partner):
    """(2/3, 1/3, 0) of the patient; a vote costs a third of the discount factor."""
    found = closed_rule_among(DOLLAR, np.full((3, 1), 1 / 3), 2, np.full((3, 1), factor), 30)
    for member in range(3):
        (texts,) = found.liked[member, :, 0].nonzero()
        shares = sorted((CUTS * DOLLAR[:, texts, 0]).round().T.astype(int).tolist())
        assert all(share[member] == proposer and sorted(share) == sorted([proposer, partner, 0]) for share in shares)
        assert len(shares) == (2 if partner else 1)
    assert found.value == pytest.approx(np.full((3, 1), 1 / 3), abs=1e-9)
    assert float(baron_ferejohn(3, factor)[0]) == pytest.approx(proposer / CUTS, abs=1e-9)


@pytest.mark.parametrize(("members", "cuts"), [(3, 30), (4, 20)])
def test_under_unanimity_everybody_expects_its_chance_of_being_recognised(members, cuts):
    grid = np.indices((cuts + 1,) * (members - 1)).reshape(members - 1, -1)
    grid = np.vstack([grid, cuts - grid.sum(axis=0)])
    dollar = grid[:, grid[-1] >= 0][..., None] / cuts
    lot = np.array([0.4, 0.3, 0.2, 0.1])[:members] / sum([0.4, 0.3, 0.2, 0.1][:members])
    found = closed_rule_among(dollar, lot[:, None], members, np.full((members, 1), 0.95), 60)
    known = closed_rule(lot[:, None], members, 0.95)
    assert found.value == pytest.approx(known.value, abs=2.5 / cuts)


@given(st.integers(0, 2**32 - 1))
def test_without_indifference_texts_in_no_order_are_places(seed):
    rng = np.random.default_rng(seed)
    worth, lot = rng.uniform(-0.2, 1.0, (3, 9, 8)), np.full((3, 8), 1 / 3)
    along, among = (rule(worth, lot, 2, np.full((3, 8), 0.9), 5) for rule in (closed_rule_along, closed_rule_among))
    assert np.array_equal(along.some, among.some)
    single = (among.liked.sum(axis=1) == 1).all(axis=0)
    assert single.any()
    assert np.array_equal(np.argmax(among.liked, axis=1)[:, single], along.place[:, single].astype(int))
    assert among.value == pytest.approx(along.value)


def test_where_nothing_finds_a_quota_nothing_is_liked():
    found = closed_rule_among(-np.ones((3, 4, 2)), np.full((3, 1), 1 / 3), 2, np.ones((3, 2)), 3)
    assert not found.some.any()
    assert not found.liked.any()
    assert (found.value == 0.0).all()
