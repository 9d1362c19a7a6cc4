import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.nuclear import accident_hazard, loss_hazard

share = st.floats(0.0, 1.0)


def test_hazard_ratios_by_hand():
    quiet = loss_hazard(0.01, 0.0, 1.0, 0.0, 1.5, 2.0, 0.7)
    assert quiet == 0.01
    assert loss_hazard(0.01, 1.0, 0.5, 1.0, 1.5, 2.0, 0.7) == pytest.approx(0.01 * np.exp(1.5 + 1.0 - 0.7))


@given(fighting=share, grid=share, presence=share, more=share)
def test_fighting_and_a_broken_grid_raise_the_hazard_and_presence_lowers_it(fighting, grid, presence, more):
    def hazard(f, g, p):
        return loss_hazard(0.01, f, g, p, 1.5, 2.0, 0.7)

    here = hazard(fighting, grid, presence)
    assert hazard(fighting + more, grid, presence) >= here
    assert hazard(fighting, grid - more, presence) >= here
    assert hazard(fighting, grid, presence + more) <= here


def test_no_base_hazard_no_risk():
    assert loss_hazard(0.0, 1.0, 0.0, 0.0, 5.0, 5.0, 0.0) == 0.0


def test_accidents_need_a_long_loss_of_power():
    weeks = np.array([0.0, 3.999, 4.0, 40.0])
    assert accident_hazard(1e-5, weeks, 4.0).tolist() == [0.0, 0.0, 1e-5, 1e-5]
