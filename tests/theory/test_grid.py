import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.grid import deficit, demand, interception, leak_growth, repair, strike, wave_damage

share = st.floats(0.0, 1.0)
QUIET = {
    "interception_drones": 0.5,
    "interception_missiles": 0.5,
    "damage_drone": 0.01,
    "damage_missile": 0.1,
}


def test_damage_of_a_wave_by_hand():
    damage = wave_damage(20.0, 4.0, **QUIET)
    assert damage == pytest.approx(1.0 - np.exp(-(10 * 0.01 + 2 * 0.1)), abs=1e-15)


@given(drones=st.floats(0.0, 1000.0), missiles=st.floats(0.0, 100.0), mark=st.floats(0.0, 5.0))
def test_two_waves_do_what_their_sum_does(drones, missiles, mark):
    one = wave_damage(drones, missiles, **QUIET, mark=mark)
    both = wave_damage(2 * drones, 2 * missiles, **QUIET, mark=mark)
    assert (1.0 - one) ** 2 == pytest.approx(1.0 - both, abs=1e-12)
    assert 0.0 <= one <= 1.0


def test_full_interception_saves_the_grid():
    perfect = QUIET | {"interception_drones": 1.0, "interception_missiles": 1.0}
    assert wave_damage(500.0, 50.0, **perfect) == 0.0


def test_kinds_of_munition_keep_their_own_interception():
    only_drones = QUIET | {"interception_missiles": 1.0}
    assert wave_damage(10.0, 1e6, **only_drones) == pytest.approx(1.0 - np.exp(-0.05))


@given(grid=share, damages=st.lists(share, min_size=1, max_size=5), data=st.data())
def test_strikes_take_their_share_wave_by_wave(grid, damages, data):
    live = data.draw(st.lists(st.booleans(), min_size=len(damages), max_size=len(damages)))
    after = strike(np.array([grid]), np.array(damages)[:, None], np.array(live)[:, None])[0]
    expected = grid * np.prod([1.0 - d for d, happens in zip(damages, live, strict=True) if happens])
    assert after == pytest.approx(expected, abs=1e-15)
    assert 0.0 <= after <= grid


def test_strike_leaves_the_old_grid_alone():
    grid = np.array([0.8])
    strike(grid, np.full((2, 1), 0.5), np.ones((2, 1), dtype=bool))
    assert grid.tolist() == [0.8]


@given(grid=share, rate=st.floats(0.0, 3.0), budget=st.floats(0.0, 3.0))
def test_repair_never_harms_and_never_exceeds_full_capacity(grid, rate, budget):
    assert grid <= repair(np.array([grid]), rate, budget)[0] <= 1.0


def test_repair_closes_the_gap_geometrically():
    grid = np.array([0.2])
    for _ in range(10):
        grid = repair(grid, 0.035, 1.0)
    assert 1.0 - grid[0] == pytest.approx(0.8 * 0.965**10, abs=1e-14)


def test_demand_peaks_in_winter_and_is_its_base_in_between():
    weeks = np.array([2.0, 15.0, 28.0])
    assert demand(weeks, 0.75, 0.25, 2.0) == pytest.approx([1.0, 0.75, 0.5], abs=1e-14)


@given(grid=share, need=share)
def test_deficit_is_a_share_and_vanishes_when_need_is_met(grid, need):
    missing = deficit(np.array([grid]), need)[0]
    assert 0.0 <= missing <= 1.0
    assert (missing == 0.0) == (grid >= need or 1.0 - grid / need == 0.0)


def test_shortage_of_the_winter_of_the_anchors():
    capacity, need = 15.0, 21.0
    assert deficit(np.array([capacity / need]), 1.0)[0] == pytest.approx(6.0 / 21.0)


def test_nothing_is_missing_where_nothing_is_needed():
    assert deficit(np.array([0.0, 0.0]), np.array([0.0, 1.0])).tolist() == [0.0, 1.0]


@given(base=share, aid=st.floats(0.0, 4.0), more=st.floats(0.0, 4.0), elasticity=st.floats(0.0, 2.0))
def test_more_aid_never_lowers_interception(base, aid, more, elasticity):
    here, there = (interception(base, leak_growth(supplies, elasticity)) for supplies in (aid, aid + more))
    assert 0.0 <= here <= there + 1e-15
    assert there <= 0.99


def test_interception_at_reference_supplies_is_its_base():
    assert interception(0.55, leak_growth(1.0, 0.7)) == pytest.approx(0.55)
    assert interception(0.55, leak_growth(np.array([0.0, 1.0]), 0.0)) == pytest.approx([0.55, 0.55])


def test_the_elasticity_is_that_of_what_leaks():
    leaks = 1.0 - interception(0.6, leak_growth(np.array([1.0, 1.01]), 0.8))
    assert np.log(leaks[1] / leaks[0]) / np.log(1.01) == pytest.approx(-0.8)
