import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.commitment import (
    break_hazard,
    critical_shift,
    preventive_war,
    temptation,
    value_with_breakdown,
    weekly_probability,
)

unit = st.floats(0.0, 1.0)


def test_the_value_of_a_fragile_peace_in_the_catalogue():
    assert value_with_breakdown(0.6, 0.3, 0.01, 1 / 0.002) == pytest.approx(0.35, abs=1e-12)


@given(unit, unit, st.floats(0.0, 1e6), st.floats(0.0, 1e4))
def test_a_fragile_peace_lies_between_peace_and_war(utility, fallback, hazard, weeks):
    value = value_with_breakdown(utility, fallback, hazard, weeks)
    assert min(utility, fallback) - 1e-12 <= value <= max(utility, fallback) + 1e-12


@given(unit, unit, st.floats(0.0, 1e4))
def test_a_peace_that_cannot_break_is_worth_itself(utility, fallback, weeks):
    assert value_with_breakdown(utility, fallback, 0.0, weeks) == utility


def test_preventive_war_in_the_catalogue():
    assert critical_shift(0.3, 0.2, 0.9) == pytest.approx(0.3355556, abs=5e-8)
    assert preventive_war(0.3, np.array([0.335, 0.336]), 0.2, 0.9).tolist() == [False, True]


@given(unit, unit, st.floats(0.01, 1.0), st.floats(0.1, 0.99))
def test_war_is_fought_when_waiting_is_worse(p1, p2, cost, discount):
    now = (1 - p1) / (1 - discount) - cost
    later = 1 + discount * ((1 - p2) / (1 - discount) - cost)
    if abs(now - later) > 1e-9:
        assert bool(preventive_war(p1, p2, cost, discount)) == (now > later)
        assert bool(preventive_war(p1, p2, cost, discount)) == bool(p2 > critical_shift(p1, cost, discount))


def test_covariates_multiply_the_hazard():
    weights = {"guarantee": -0.3, "mismatch": 2.0, "unused": 9.0}
    hazard = break_hazard(0.01, {"mismatch": np.array([0.0, 0.1]), "guarantee": 1.0}, weights)
    assert hazard == pytest.approx(0.01 * np.exp([-0.3, -0.1]))
    assert break_hazard(0.01, {}, {}) == 0.01


def test_a_covariate_without_weight_is_named():
    with pytest.raises(KeyError, match="spoilers"):
        break_hazard(0.01, {"guarantee": 1.0, "spoilers": 1.0}, {"guarantee": -0.3})


@given(st.floats(-1e300, 1e300))
def test_no_covariate_makes_a_hazard_infinite_and_none_revives_a_zero(value):
    assert np.isfinite(break_hazard(0.01, {"shift": value}, {"shift": 1.0}))
    assert break_hazard(0.0, {"shift": value}, {"shift": 1.0}) == 0.0


@given(unit, unit)
def test_temptation_is_what_war_would_add(war, peace):
    assert temptation(war, peace) == max(war - peace, 0.0)


@given(st.floats(0.0, 10.0), st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_hazards_add_up_over_weeks(hazard, weeks, more):
    survival = (1 - weekly_probability(hazard, weeks)) * (1 - weekly_probability(hazard, more))
    assert 1 - weekly_probability(hazard, weeks + more) == pytest.approx(survival, abs=1e-12)
