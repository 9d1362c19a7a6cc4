import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.attrition import attrition, fatigue, lanchester_linear, lanchester_square, mueller_support

strength = st.floats(1.0, 1e4)
effect = st.floats(1e-4, 1.0)


def fight(force_a, force_b, alpha, beta, step, steps, own_exponent):
    """A week-by-week fight in small steps."""
    forces = np.array([[force_a], [force_b]])
    effectiveness = np.array([[alpha], [beta]])
    for _ in range(steps):
        losses = attrition(forces, effectiveness, step, own_exponent=own_exponent)
        forces = np.maximum(forces - losses, 0.0)
    return forces[:, 0]


def test_square_law_of_lanchester():
    survivors_a, survivors_b, time = lanchester_square(1000.0, 800.0, 0.01, 0.01)
    assert (survivors_a, survivors_b) == (pytest.approx(600.0, abs=1e-9), 0.0)
    assert time == pytest.approx(109.8612288668, abs=1e-9)


def test_linear_law_of_lanchester():
    assert lanchester_linear(1000.0, 800.0, 0.01, 0.01) == (pytest.approx(200.0), 0.0)


def test_small_steps_of_attrition_approach_the_square_law():
    assert fight(1000.0, 800.0, 0.01, 0.01, 0.02, 5500, 0.0) == pytest.approx([600.0, 0.0], abs=0.5)


def test_small_steps_of_attrition_approach_the_linear_law():
    assert fight(1000.0, 800.0, 1e-4, 1e-4, 0.2, 5000, 1.0) == pytest.approx([200.0, 0.0], abs=0.5)


def test_each_side_suffers_from_the_effectiveness_of_the_other():
    losses = attrition(np.array([[10.0], [30.0]]), np.array([[0.1], [0.0]]), 0.5)
    assert losses[:, 0].tolist() == [0.0, 0.5]


@given(a=strength, b=strength, alpha=effect, beta=effect)
def test_square_law_keeps_its_invariant(a, b, alpha, beta):
    left_a, left_b, _ = lanchester_square(a, b, alpha, beta)
    scale = alpha * a * a + beta * b * b
    assert alpha * left_a**2 - beta * left_b**2 == pytest.approx(alpha * a * a - beta * b * b, abs=1e-9 * scale)
    assert min(left_a, left_b) == 0.0


@given(a=strength, b=strength, alpha=effect, beta=effect)
def test_exchanging_the_sides_exchanges_the_survivors(a, b, alpha, beta):
    for law in (lanchester_square, lanchester_linear):
        there, back = law(a, b, alpha, beta), law(b, a, beta, alpha)
        assert (there[0], there[1]) == (back[1], back[0])


@given(a=strength, b=strength, p=st.floats(0.0, 2.0), q=st.floats(0.0, 2.0))
def test_exponents_as_array_and_as_number_agree(a, b, p, q):
    forces, effectiveness = np.array([[a], [b]]), np.array([[0.3], [0.7]])
    plain = attrition(forces, effectiveness, 1.0, own_exponent=q, other_exponent=p)
    arrays = attrition(forces, effectiveness, 1.0, own_exponent=np.array([q]), other_exponent=np.array([p]))
    assert (plain == arrays).all()
    expected = [0.7 * b**p * a**q, 0.3 * a**p * b**q]
    assert plain[:, 0] == pytest.approx(expected, rel=1e-12)


def test_an_exact_draw_leaves_nobody_and_never_ends():
    assert [float(x) for x in lanchester_square(5.0, 5.0, 0.2, 0.2)] == [0.0, 0.0, np.inf]


def test_a_side_without_forces_inflicts_nothing():
    losses = attrition(np.array([[0.0], [5.0]]), np.ones((2, 1)), 1.0, own_exponent=0.5, other_exponent=0.5)
    assert losses[:, 0].tolist() == [0.0, 0.0]


@given(casualties=st.floats(0.0, 1e7), more=st.floats(0.0, 1e6))
def test_fatigue_rises_and_support_falls_with_casualties(casualties, more):
    assert 0.0 <= fatigue(casualties, 1e5) <= fatigue(casualties + more, 1e5) <= 1.0
    assert 1.0 >= mueller_support(casualties, 0.9, 0.15) >= mueller_support(casualties + more, 0.9, 0.15) >= 0.0


def test_fatigue_is_63_per_cent_at_its_scale():
    assert fatigue(250.0, 250.0) == pytest.approx(1.0 - np.exp(-1.0))


def test_support_before_the_first_casualty_is_the_intercept():
    assert mueller_support(np.array([0.0, 1.0]), 0.8, 0.15).tolist() == [0.8, 0.8]
