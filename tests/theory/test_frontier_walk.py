"""Places along a frontier: inverses of each other, the same from either side, and the room that both need."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.frontier import egalitarian_point, nash_point
from sim.theory.frontier_walk import place_between, place_of, room, value_at, way
from tests.tables import deals, pie

SEEDS = st.integers(0, 2**32 - 1)


@given(SEEDS)
def test_a_place_is_where_its_value_is(seed):
    rng = np.random.default_rng(seed)
    corners = np.cumsum(rng.uniform(0.01, 1.0, (6, 9)), axis=0)
    position = rng.uniform(0.0, 5.0, (3, 9))
    np.testing.assert_allclose(place_of(corners, value_at(corners, position)), position, atol=1e-9)


def test_what_is_out_of_reach_is_an_end():
    corners = np.array([[0.0], [1.0], [1.0], [2.0]])
    assert place_of(corners, np.array([[-5.0], [9.0]])).ravel().tolist() == [0.0, 3.0]
    assert place_of(np.zeros((4, 1)), np.array([0.0])).item() <= 3.0


@given(SEEDS)
def test_the_way_is_the_same_from_either_side(seed):
    deal = deals(16, seed)
    chain, image = deal.table().frontier, deal.mirrored().table().frontier
    along, back = way(chain), way(image)
    assert (np.diff(along, axis=0) >= 0.0).all()
    assert along[0] == pytest.approx(0.0)
    for part in (0.0, 0.3, 0.8, 1.0):
        here = value_at(chain.utility_a, place_of(along, np.full(16, part)))
        there = value_at(image.utility_b, place_of(back, np.full(16, 1.0 - part)))
        np.testing.assert_allclose(here, there, atol=1e-9)


@given(SEEDS)
def test_the_room_is_where_both_gain(seed):
    deal = deals(64, seed)
    table = deal.table()
    ends = room(table.frontier, *deal.needed)
    solution = nash_point(table.frontier, *deal.needed)
    depth = egalitarian_point(table.frontier, *(deal.needed - 1e3))
    gap = np.minimum(depth.utility_a - deal.needed[0], depth.utility_b - deal.needed[1])
    clear = np.abs(gap) > 1e-9
    assert np.array_equal(ends.some[clear], solution.feasible[clear])
    places = place_between(table.frontier, ends.first, ends.last, np.linspace(0.0, 1.0, 5)[:, None])
    gains = [value_at(utility, places) - need for utility, need in
             zip((table.frontier.utility_a, table.frontier.utility_b), deal.needed, strict=True)]  # fmt: skip
    assert (np.stack(gains)[..., ends.some] >= -1e-9).all()
    assert (np.diff(places, axis=0)[..., ends.some] >= 0.0).all()


def test_the_way_of_a_pie_is_its_share():
    chain = pie().table().frontier
    place = place_between(chain, np.zeros(1), np.full(1, 3.0), np.array([0.25]))
    assert value_at(chain.utility_b, place).item() == pytest.approx(0.25)


def test_nothing_contested_is_no_way():
    alone = pie(ideal_point=np.zeros((2, 1, 1))).table()
    assert (way(alone.frontier) == 0.0).all()
    assert room(alone.frontier, 0.5, 0.5).some.all()
    assert not room(alone.frontier, 1.5, 0.5).some.any()
