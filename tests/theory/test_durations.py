import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import weibull_min

from sim.theory.commitment import weekly_probability
from sim.theory.durations import step_probability, weibull_hazard, weibull_mean, weibull_survival

times, shapes, scales = st.floats(0.01, 200.0), st.floats(0.3, 4.0), st.floats(0.5, 100.0)


@given(times, shapes, scales)
def test_survival_and_hazard_are_those_of_the_distribution(time, shape, scale):
    law = weibull_min(shape, scale=scale)
    assert weibull_survival(time, shape, scale) == pytest.approx(law.sf(time), abs=1e-12)
    assert weibull_mean(shape, scale) == pytest.approx(law.mean())
    if law.sf(time) > 1e-200:
        assert weibull_hazard(time, shape, scale) == pytest.approx(law.pdf(time) / law.sf(time), rel=1e-6)


def test_durations_of_the_catalogue():
    assert weibull_mean(0.7, 10.0) == pytest.approx(12.6582, abs=5e-5)
    assert weibull_survival(26.0, 0.7, 10.0) == pytest.approx(0.141989, abs=5e-7)


@given(st.floats(0.0, 50.0), shapes, scales)
def test_half_steps_end_as_many_as_whole_ones(age, shape, scale):
    halves = [step_probability(age + half, shape, scale, 0.5) for half in (0.0, 0.5)]
    whole = step_probability(age, shape, scale)
    assert 1 - (1 - halves[0]) * (1 - halves[1]) == pytest.approx(float(whole), abs=1e-12)


@given(st.floats(0.0, 50.0), scales)
def test_shape_one_is_a_constant_hazard(age, scale):
    assert step_probability(age, 1.0, scale) == pytest.approx(float(weekly_probability(1.0 / scale)), abs=1e-12)


def test_nothing_has_ended_at_once():
    assert weibull_survival(np.array([0.0]), 0.5, 3.0).tolist() == [1.0]
    assert float(step_probability(0.0, 0.5, 3.0, 0.0)) == 0.0
