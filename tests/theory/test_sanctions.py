import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.sanctions import adaptation, level, next_leak, pressure, stays

share = st.floats(0.0, 1.0)
three = st.lists(share, min_size=3, max_size=3).map(lambda values: np.array(values)[:, None])


def test_pressure_by_hand():
    weights, level = np.array([[0.4], [0.2]]), np.array([[1.0, 0.5], [0.5, 0.0]])
    assert pressure(weights, level, np.array([0.0, 0.5])) == pytest.approx([0.5, 0.1])


@given(level=three, leak=share)
def test_pressure_of_weights_that_sum_to_one_is_a_share(level, leak):
    assert 0.0 <= pressure(np.full((3, 1), 1 / 3), level, leak)[0] <= 1.0 + 1e-12


@given(leak=share, rate=share, outside=share)
def test_leaks_only_grow_and_stay_a_share(leak, rate, outside):
    assert leak <= next_leak(leak, rate, outside) <= 1.0


def test_leak_closes_its_gap_geometrically():
    leak = 0.0
    for _ in range(20):
        leak = next_leak(leak, 0.1, 0.5)
    assert 1.0 - leak == pytest.approx(0.95**20)


def cascade(costs, peer_weight):
    """Who is left when everybody has looked at the others as often as there are senders."""
    staying = np.ones((len(costs), 1), dtype=bool)
    for _ in costs:
        peers = (staying.sum(axis=0) - staying) / (len(costs) - 1)
        staying = stays(0.0, np.array(costs)[:, None], 0.0, peers, peer_weight)
    return staying[:, 0].tolist()


def test_one_exit_pulls_all_others_after_it():
    costs = [1.1, 0.9, 0.7, 0.45, 0.2]
    assert cascade(costs, 1.0) == [False] * 5
    assert cascade([0.9, *costs[1:]], 1.0) == [True] * 5


def test_a_sender_leaves_when_worth_and_cost_are_equal():
    assert not stays(0.3, 0.2, 0.5, 0.0, 1.0)
    assert stays(0.3, 0.2, 0.49, 0.0, 1.0)


@given(benefit=share, cost=share, tired=share, more=share, peers=share)
def test_fatigue_never_keeps_a_sender_in(benefit, cost, tired, more, peers):
    assert stays(benefit, cost, tired, peers, 0.5) >= stays(benefit, cost, tired + more, peers, 0.5)


@given(age=st.floats(0.0, 500.0), rate=st.floats(0.0, 0.1))
def test_adaptation_halves_with_every_half_life(age, rate):
    assert adaptation(2 * age, rate) == pytest.approx(adaptation(age, rate) ** 2)
    assert adaptation(np.log(2) / 0.02, 0.02) == pytest.approx(0.5)


@given(will=three, full=st.floats(0.0, 5.0))
def test_a_level_is_a_share_that_grows_with_the_will(will, full):
    found = level(6.0 * will - 3.0, full)
    assert ((found >= 0) & (found <= 1)).all()
    assert (level(6.0 * will - 2.0, full) >= found).all()
    assert ((found > 0) == (6.0 * will - 3.0 > 0)).all() or full > 0


def test_sanctions_are_all_or_nothing_unless_half_a_will_counts():
    will = np.array([[-1.0], [0.5], [3.0]])
    assert level(will, 0.0)[:, 0].tolist() == [0.0, 1.0, 1.0]
    assert level(will, 2.0)[:, 0].tolist() == [0.0, 0.25, 1.0]
