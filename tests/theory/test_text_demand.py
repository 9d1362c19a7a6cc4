"""What a coming text demands, how alike texts are, and the small estimators beside them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.conditional_logit import fit_weights, option_probabilities
from sim.theory.item_response_site import choice_probabilities
from sim.theory.principal_points import principal_points
from sim.theory.text_demand import carried_demand, coming_text, demand_of_totals
from sim.theory.text_likeness import likeness, support_covariance

TEXTS = st.integers(1, 12)


def some(number, seed=0):
    rng = np.random.default_rng(seed)
    return likeness(
        rng.choice(["a", "b"], number), rng.choice(["x", "y", ""], number), np.sort(rng.uniform(0, 10, number))
    )


@given(TEXTS, st.lists(st.floats(-3, 3), min_size=6, max_size=6))
def test_supports_have_a_covariance(number, logs):
    covariance, derivatives = support_covariance(some(number), np.array(logs))
    assert np.linalg.eigvalsh(covariance).min() > -1e-6 * np.abs(covariance).max()
    assert len(derivatives) == len(logs)


def test_derivatives_of_the_covariance_are_its_slopes():
    logs, step = np.array([0.1, -0.2, 0.3, 0.0, 0.2, 0.5]), 1e-6
    _, derivatives = support_covariance(some(5), logs)
    for place, derivative in enumerate(derivatives):
        moved = np.where(np.arange(6) == place, step, 0.0)
        up, down = support_covariance(some(5), logs + moved)[0], support_covariance(some(5), logs - moved)[0]
        assert derivative == pytest.approx((up - down) / (2 * step), abs=1e-5)


@given(st.integers(1, 140), st.integers(1, 30), st.integers(1, 90))
def test_totals_give_the_demand_that_gives_the_totals(yes, no, abstain):
    rng = np.random.default_rng(1)
    mean, variance = 3.0 * rng.standard_normal(193), rng.random(193)
    demand, band = demand_of_totals(mean, variance, yes, no, abstain)
    shares = choice_probabilities(mean, variance, demand, band).mean(axis=0)
    assert shares == pytest.approx(np.array([yes, no, abstain]) / (yes + no + abstain), abs=1e-6)


def test_totals_of_nobody_say_nothing():
    with pytest.raises(ValueError, match="nobody"):
        demand_of_totals(np.zeros(3), np.zeros(3), 0, 0, 0)


def test_without_texts_the_prior_speaks():
    alone = likeness(np.array(["a"]), np.array(["x"]), np.array([0.0]))
    coming = coming_text(np.zeros(0), np.zeros(0), alone, np.zeros(0))
    assert coming.demand == -2.0
    assert coming.demand_variance > 4.0


def test_a_text_of_the_family_tells_more_than_another():
    years = np.array([0.0, 0.1])
    same = coming_text(
        np.array([-6.0]), np.array([2.0]), likeness(np.array(["a", "a"]), np.array(["x", "x"]), years), np.zeros(1)
    )
    other = coming_text(
        np.array([-6.0]), np.array([2.0]), likeness(np.array(["b", "a"]), np.array(["y", "x"]), years), np.zeros(1)
    )
    assert same.demand < other.demand < -2.0
    assert same.demand_variance < other.demand_variance
    loose = coming_text(
        np.array([-6.0]), np.array([2.0]), likeness(np.array(["a", "a"]), np.array(["x", "x"]), years), np.full(1, 5.0)
    )
    assert same.demand < loose.demand
    assert same.demand_variance < loose.demand_variance


def test_points_find_a_dimension_again_whatever_is_missing():
    rng = np.random.default_rng(0)
    true = rng.standard_normal(193)
    votes = np.sign(np.outer(true, rng.uniform(0.5, 2, 80)) + rng.standard_normal((193, 80)))
    votes[rng.random(votes.shape) < 0.2] = np.nan
    found = principal_points(votes, 2, int(true.argmax()))
    assert np.corrcoef(found[:, 0], true)[0, 1] > 0.95
    assert found[:, 0].std() == pytest.approx(1.0, abs=0.1)


def test_weights_are_found_again_within_their_errors():
    rng = np.random.default_rng(3)
    features, true = rng.standard_normal((4000, 3, 2)), np.array([1.0, -0.5])
    shares = option_probabilities(features, true)
    chosen = (rng.random((4000, 1)) > np.cumsum(shares, axis=1)).sum(axis=1)
    weights, errors = fit_weights(features, chosen, np.zeros(2), np.ones(2))
    assert np.all(np.abs(weights - true) < 3 * errors)
    assert np.all(errors < 0.1)


def test_without_cases_the_prior_is_the_answer():
    weights, errors = fit_weights(
        np.zeros((0, 3, 2)), np.zeros(0, dtype=np.int64), np.array([1.0, 2.0]), np.array([4.0, 1.0])
    )
    assert weights.tolist() == [1.0, 2.0]
    assert errors == pytest.approx([0.5, 1.0])


@given(st.integers(0, 8), st.integers(2, 4))
def test_what_texts_carry_on_is_a_correlation(before, coming):
    shares = carried_demand(some(before + coming), np.zeros(before))
    assert shares.shape == (coming - 1,)
    assert (np.abs(shares) < 1).all()


def test_a_text_carries_on_less_the_longer_it_waits():
    kinds = np.array(["x", "x"])
    soon, late = (
        carried_demand(likeness(np.array(["a", "a"]), kinds, np.array([0.0, wait])), np.zeros(0))[0]
        for wait in (0.5, 8.0)
    )
    assert 0 < late < soon < 1


def test_fatigue_moves_the_band_the_way_it_moved_before():
    alike = likeness(np.array(["a", "b", "c"]), np.array(["x", "y", "z"]), np.array([0.0, 6.0, 12.0]))
    tired, wider = np.array([0.0, 1.0, 1.0]), np.array([1.0, 2.5])
    plain, moved = (coming_text(np.full(2, -2.0), wider, alike, np.zeros(2), fatigue) for fatigue in (None, tired))
    assert moved.log_band > plain.log_band
    assert moved.demand == plain.demand
    assert coming_text(np.full(2, -2.0), wider, alike, np.zeros(2), np.zeros(3)) == plain
