import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.moving_lines import next_red_line, within

share = st.floats(0.0, 1.0)


def after(width, fatigue, losses, softening, hardening):
    return next_red_line(np.array([[[width]]]), fatigue, losses, softening=softening, hardening=hardening)[0, 0, 0]


@given(share, share, share, share, share)
def test_fatigue_never_hardens_and_losses_never_soften(width, fatigue, losses, softening, hardening):
    softer, harder = after(width, fatigue, losses, softening, 0.0), after(width, fatigue, losses, 0.0, hardening)
    assert 0.0 <= harder <= width <= softer <= 1.0


def test_a_year_of_half_fatigue_by_hand():
    width = 0.2
    for _ in range(52):
        width = after(width, 0.5, 0.006, 0.004, 0.1)
    assert width == pytest.approx(0.2 + 52 * (0.004 * 0.5 - 0.1 * 0.006))


@pytest.mark.parametrize("width", [1.5, 2.0])
def test_where_there_is_no_line_none_comes(width):
    assert after(width, 0.0, 1.0, 0.0, 5.0) == width


def test_a_line_stays_within_the_issue():
    assert within(np.array([0.5, 0.5, 1.0]), np.array([-1.0, 4.0, 0.7])).tolist() == [0.0, 1.0, 0.7]
