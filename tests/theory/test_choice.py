import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.choice import (
    acceptance_probability,
    accepts,
    logistic_taste,
    logit_choice,
    next_taste,
    persistence,
    trembling_agreement,
)

surpluses = st.floats(-1.0, 1.0)
precisions = st.floats(0.0, 200.0)


@given(surpluses)
def test_without_precision_acceptance_is_a_coin_whatever_the_terms(surplus):
    assert acceptance_probability(surplus, 0.0) == 0.5
    assert accepts(surplus, 1.0, 0.0)
    assert not accepts(surplus, -1.0, 0.0)


@given(surpluses, st.floats(-40.0, 40.0))
def test_with_infinite_precision_taste_does_not_matter(surplus, taste):
    assert bool(accepts(surplus, taste, np.inf)) == (surplus >= 0.0)
    assert acceptance_probability(surplus, np.inf) == float(surplus >= 0.0)


def test_nothing_is_taken_beyond_an_absolute_red_line():
    precision = np.array([0.0, 45.0, np.inf])
    assert acceptance_probability(-np.inf, precision).tolist() == [0.0, 0.0, 0.0]
    assert accepts(-np.inf, 30.0, precision).tolist() == [False, False, False]


def test_tastes_accept_as_often_as_the_probability_says():
    z = np.random.default_rng(3).standard_normal(40_000)
    for surplus in (-0.03, 0.0, 0.02):
        expected = float(acceptance_probability(surplus, 45.0))
        error = 3 * np.sqrt(expected * (1 - expected) / len(z))
        assert accepts(surplus, logistic_taste(z), 45.0).mean() == pytest.approx(expected, abs=error)


@given(st.floats(-38.0, 38.0))
def test_the_taste_is_logistic_odd_and_finite(z):
    taste = logistic_taste(z)
    assert np.isfinite(taste)
    assert taste == pytest.approx(-logistic_taste(-z))


def test_quantiles_of_the_taste():
    assert logistic_taste(np.array([0.6744897501960817, 1.2815515655446004])) == pytest.approx(np.log([3.0, 9.0]))
    assert np.isfinite(logistic_taste(np.array([-1e6, 1e6]))).all()


def test_half_of_a_taste_is_left_after_its_half_life():
    assert persistence(26.0) ** 26 == pytest.approx(0.5)
    assert persistence(np.array([0.0, np.inf])).tolist() == [0.0, 1.0]


@given(st.floats(0.1, 500.0))
def test_a_taste_keeps_its_spread(half_life):
    coefficient = persistence(half_life)
    fresh = next_taste(0.0, 1.0, coefficient)
    assert coefficient**2 + fresh**2 == pytest.approx(1.0)


@given(st.floats(1.0, 100.0))
def test_two_half_steps_forget_as_much_as_a_whole_one(half_life):
    assert persistence(2 * half_life) ** 2 == pytest.approx(float(persistence(half_life)))


def test_trembling_makes_peace_within_a_year():
    chance = trembling_agreement(np.full((2, 1), -0.02), 45.0, 52)
    assert chance[0] == pytest.approx(0.99, abs=0.001)


@given(surpluses, surpluses, precisions, st.integers(1, 20))
def test_trembling_is_repeated_independent_trial(one, other, precision, meetings):
    single = float(acceptance_probability(one, precision) * acceptance_probability(other, precision))
    chance = trembling_agreement(np.array([[one], [other]]), precision, meetings)[0]
    assert chance == pytest.approx(1 - (1 - single) ** meetings, abs=1e-12)


def test_best_responses_agree_at_once_or_never():
    surplus = np.array([[0.1, 0.1], [0.0, -0.1]])
    assert trembling_agreement(surplus, np.inf, 10).tolist() == [1.0, 0.0]


@given(st.integers(0, 2**32 - 1), st.floats(0.0, 20.0))
def test_frequencies_of_a_choice_are_those_of_the_logit(seed, precision):
    rng = np.random.default_rng(seed)
    worth, allowed = rng.normal(0.0, 0.2, (4, 1)), np.array([[True], [False], [True], [True]])
    marks = (np.arange(5000) + 0.5) / 5000
    chosen = logit_choice(worth + 0.0 * marks, allowed & (marks >= 0.0), precision, marks)
    odds = np.where(allowed[:, 0], np.exp(precision * worth[:, 0]), 0.0)
    assert np.bincount(chosen, minlength=4) / 5000 == pytest.approx(odds / odds.sum(), abs=1e-3)


def test_a_choice_among_nothing_is_the_last_row():
    assert logit_choice(np.zeros((3, 2)), np.zeros((3, 2), dtype=bool), 5.0, np.array([0.0, 0.9])).tolist() == [2, 2]
