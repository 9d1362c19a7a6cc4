"""The ordered item-response model: single votes, many texts, and known parameters found again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from sim.theory.item_response_propagation import propagate
from sim.theory.item_response_site import choice_probabilities, site
from sim.theory.item_response_texts import COVARIANCE_MEAN, fit_texts
from sim.theory.text_likeness import likeness, support_covariance
from sim.theory.voting import ABSENT, ABSTAIN, NO, YES

SUPPORT = st.floats(-30, 30)
BAND = st.floats(0.01, 20)
VOTE = st.sampled_from([YES, NO, ABSTAIN])


@given(st.floats(-4, 4), st.floats(0.01, 5), VOTE, st.floats(0.2, 5))
def test_a_site_is_the_integral_over_its_support(mean, variance, vote, band):
    votes, seen = np.array([[vote]], dtype=np.int8), np.array([[True]])
    found = site(np.array([[mean]]), np.array([[variance]]), votes, np.array([band / 2]), np.array([-band / 2]), seen)
    chance = {
        YES: lambda support: norm.cdf(support - band / 2),
        NO: lambda support: norm.cdf(-support - band / 2),
        ABSTAIN: lambda support: norm.cdf(support + band / 2) - norm.cdf(support - band / 2),
    }[vote]
    scale = np.sqrt(variance)
    whole, _ = quad(
        lambda support: chance(support) * norm.pdf(support, mean, scale), mean - 9 * scale, mean + 9 * scale
    )
    assert found.log_evidence[0, 0] == pytest.approx(np.log(whole), rel=1e-4, abs=1e-4)


@given(SUPPORT, st.floats(0, 50), VOTE, BAND)
def test_evidence_is_finite_and_curves_down(mean, variance, vote, band):
    votes, seen = np.array([[vote]], dtype=np.int8), np.array([[True]])
    found = site(np.array([[mean]]), np.array([[variance]]), votes, np.array([band / 2]), np.array([-band / 2]), seen)
    assert np.isfinite(found.log_evidence).all()
    assert found.curvature[0, 0] >= -1e-6


@given(st.floats(-5, 5), st.floats(0, 10), st.floats(0, 10))
def test_more_demand_means_less_yes_and_more_no(mean, variance, band):
    mild, harsh = (
        choice_probabilities(np.array([mean]), np.array([variance]), demand, band)[0] for demand in (-1.0, 1.0)
    )
    assert mild[0] >= harsh[0]
    assert mild[1] <= harsh[1]


def test_nobody_voted_leaves_the_supports_as_they_were():
    nobody = np.full((3, 2), ABSENT, dtype=np.int8)
    prior, covariance = np.array([[1.0, 2.0]] * 3), np.array([[2.0, 0.5], [0.5, 1.0]])
    found = propagate(nobody, prior, covariance, np.ones(2), -np.ones(2))
    assert found.mean == pytest.approx(prior)
    assert found.variance == pytest.approx(np.array([[2.0, 1.0]] * 3))
    assert found.evidence == pytest.approx(0.0)


def test_one_vote_gives_the_exact_posterior():
    variance, upper, lower = 2.0, 0.7, -0.4
    votes = np.array([[YES], [NO], [ABSTAIN]], dtype=np.int8)
    found = propagate(votes, np.full((3, 1), 0.3), np.array([[variance]]), np.array([upper]), np.array([lower]))
    grid = np.linspace(-14, 14, 20001)
    chances = (norm.cdf(grid - upper), norm.cdf(lower - grid), norm.cdf(grid - lower) - norm.cdf(grid - upper))
    for row, chance in enumerate(chances):
        mass = chance * norm.pdf(grid, 0.3, np.sqrt(variance))
        mean = (grid * mass).sum() / mass.sum()
        assert found.mean[row, 0] == pytest.approx(mean, abs=1e-3)
        assert found.variance[row, 0] == pytest.approx(((grid - mean) ** 2 * mass).sum() / mass.sum(), abs=1e-3)


def votes_of(support, demand, band, rng):
    shaken = support - demand + rng.standard_normal(support.shape)
    return np.where(shaken > band / 2, YES, np.where(shaken < -band / 2, NO, ABSTAIN)).astype(np.int8)


def made_up(seed, states=193, texts=10):
    rng = np.random.default_rng(seed)
    points = rng.standard_normal((states, 2))
    conflict = 1.2 * rng.standard_normal(states)
    weights = np.stack([rng.normal(1.5, 0.3, texts), rng.normal(0.0, 0.5, texts)])
    demand, band = rng.normal(-1.5, 1.0, texts), np.exp(rng.normal(np.log(3.0), 0.15, texts))
    votes = votes_of(points @ weights + conflict[:, None], demand, band, rng)
    votes[rng.random(votes.shape) < 0.1] = ABSENT
    alike = likeness(np.array(["one", "two"] * (texts // 2)), np.array(["all"] * texts), np.arange(texts) * 0.5)
    return votes, points, alike, weights, demand, band, conflict


def of_the_model(seed, states=150, texts=8):
    """Votes of a world in which everything is as the priors expect it, and what they came from."""
    rng = np.random.default_rng(seed)
    alike = likeness(np.array(["one", "two"] * (texts // 2)), np.array(["all"] * texts), np.arange(texts) * 0.5)
    points = rng.standard_normal((states, 2))
    effect = rng.multivariate_normal(np.zeros(texts), support_covariance(alike, COVARIANCE_MEAN)[0], states)
    weights = np.stack([rng.normal(1.5, 0.3, texts), rng.normal(0.0, 0.3, texts)])
    demand, band = rng.normal(-2.0, 1.0, texts), np.exp(rng.normal(np.log(5.0), 0.15, texts))
    votes = votes_of(points @ weights + effect, demand, band, rng)
    votes[rng.random(votes.shape) < 0.1] = ABSENT
    return votes, points, alike, weights, demand, band, effect


@pytest.mark.slow
def test_known_parameters_are_found_again_and_how_honest_their_errors_are():
    misses = {"weights": [], "demand": [], "band": []}
    for seed in range(10):
        votes, points, alike, weights, demand, band, effect = of_the_model(seed)
        found = fit_texts(votes, points, alike, iterations=150, errors=True)
        misses["weights"] += list(((found.weights - weights) / found.weights_se).ravel())
        misses["demand"] += list((found.demand - demand) / found.demand_se)
        misses["band"] += list(np.log(found.band / band) / found.log_band_se)
        own = (found.support - points @ found.weights).mean(axis=1)
        assert np.corrcoef(own, effect.mean(axis=1))[0, 1] > 0.85
    # An honest error is missed by one of itself; those of one record go together, so that ten records tell little more
    # than ten numbers. Weights are missed by 1.08, demands by 1.47 and bands by 1.46, as the docstring says.
    sizes = {name: float(np.sqrt(np.mean(np.square(gaps)))) for name, gaps in misses.items()}
    assert 0.8 < sizes["weights"] < 1.3, sizes
    assert 1.0 < min(sizes["demand"], sizes["band"]) <= max(sizes["demand"], sizes["band"]) < 1.7, sizes


@pytest.mark.slow
def test_a_band_that_widens_with_cross_pressure_is_seen():
    rng = np.random.default_rng(5)
    votes, points, alike, weights, demand, band, conflict = made_up(3, texts=6)
    torn = rng.random(len(points))
    wide = band * np.exp(0.8 * torn[:, None])
    votes = votes_of(points @ weights + conflict[:, None], demand, wide, rng)
    found = fit_texts(votes, points, alike, torn=torn, iterations=150, errors=True)
    assert abs(found.cross_pressure - 0.8) < 3 * found.cross_pressure_se
    assert found.cross_pressure_se < 0.3
    assert fit_texts(votes, points, alike, iterations=40).cross_pressure == 0.0


def test_the_gradient_of_the_whole_is_its_slope():
    from sim.theory.item_response_texts import _Problem

    votes, points, alike, *_ = made_up(1, states=30, texts=4)
    torn = np.linspace(0, 1, 30)
    start = _Problem(votes, points, alike, torn).centre

    def value(vector):
        problem = _Problem(votes, points, alike, torn)
        found, _, _ = problem.spread(vector, 200, 1e-12)
        return problem.penalty(vector)[0] - found.evidence

    problem = _Problem(votes, points, alike, torn)
    problem.spread(start, 200, 1e-12)
    _, gradient = problem.objective(start)
    for place in range(len(start)):
        step = np.zeros(len(start))
        step[place] = 1e-4
        assert gradient[place] == pytest.approx((value(start + step) - value(start - step)) / 2e-4, rel=2e-3, abs=2e-3)


def test_the_covariance_with_the_last_text_is_the_posteriors():
    """Two texts and no votes: the prior's; and the variance of the last text itself in any case."""
    votes, points, alike, *_ = made_up(2, states=40, texts=4)
    found = fit_texts(votes, points, alike, iterations=5)
    assert found.with_last[:, -1] == pytest.approx(found.support_variance[:, -1], rel=1e-6)
    silent = fit_texts(np.full_like(votes, ABSENT), points, alike, iterations=1)
    assert np.ptp(silent.with_last, axis=0).max() < 1e-9
    bound = np.sqrt(found.support_variance * found.support_variance[:, -1:])
    assert (np.abs(found.with_last) <= bound + 1e-9).all()
