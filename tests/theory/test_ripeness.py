import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.ripeness import dyad, pain, ripeness, stalemate, talk_hazard

unit = st.floats(0.0, 1.0)


@given(unit, unit, unit, unit)
def test_ripeness_is_no_more_than_its_least_component(one, two, three, four):
    assert 0.0 <= ripeness(one, two, three, four) <= min(one, two, three, four) + 1e-15


@given(unit, unit)
def test_an_exponent_weighs_a_component_and_zero_takes_it_out(one, two):
    assert ripeness(one, 0.0, two, 0.0, (2.0, 0.0, 0.5, 0.0)) == pytest.approx(one**2 * two**0.5)


def test_pain_and_stalemate_at_their_marks():
    assert pain(0.003, 0.002, 0.001) == pytest.approx(0.731058578630005)
    assert stalemate(np.array([0.1, -0.1]), 0.1) == pytest.approx(np.exp(-0.5) * np.ones(2))


@given(st.floats(0.0, 0.01), st.floats(0.0, 0.01))
def test_more_cost_hurts_more(one, other):
    low, high = sorted((one, other))
    assert pain(low, 0.002, 0.0005) <= pain(high, 0.002, 0.0005)


def test_the_pair_is_as_ripe_as_its_rule_says():
    sides = np.array([[0.2, 0.9], [0.6, 0.1]])
    assert dyad(sides).tolist() == [0.2, 0.1]
    assert dyad(sides, "compensatory") == pytest.approx([0.4, 0.5])
    with pytest.raises(ValueError, match="both_needed"):
        dyad(sides, "either")


def test_each_term_adds_to_the_hazard_of_talks():
    assert talk_hazard(0.004, 0.5) == 0.004
    ripe = {"ripe_weight": 0.1, "good_offices": 0.5, "good_offices_gain": 2.0}
    others = {"pressure": 0.5, "enticing": 0.25, "instrumental": 1.0}
    weights = {"pressure_weight": 0.02, "enticing_weight": 0.04, "instrumental_weight": 0.03}
    assert talk_hazard(0.004, 0.5, **ripe) == pytest.approx(0.104)
    assert talk_hazard(0.004, 0.5, **ripe, **others, **weights) == pytest.approx(0.104 + 0.01 + 0.01 + 0.03)


def test_good_offices_help_only_where_it_is_ripe():
    gain = {"ripe_weight": 0.1, "good_offices": 1.0, "good_offices_gain": 3.0}
    assert talk_hazard(0.004, 0.0, **gain) == 0.004
