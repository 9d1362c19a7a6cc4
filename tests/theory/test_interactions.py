import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.interactions import (
    Pairs,
    expected_interaction_loss,
    interaction_bend,
    interaction_loss,
    interaction_slope,
)

FIRST, SECOND = np.array([0, 1, 2, 0, 0, 1]), np.array([0, 1, 2, 1, 2, 2])


def pairs_of(seed):
    """Entries of a random positive semidefinite matrix, and the matrix."""
    root = np.random.default_rng(seed).normal(size=(3, 2))
    matrix = root @ root.T
    return Pairs(FIRST, SECOND, matrix[FIRST, SECOND][None, :, None]), matrix


def distances(seed):
    return np.random.default_rng(seed + 1).uniform(-1, 1, 3)


@given(st.integers(0, 10_000))
def test_the_loss_is_the_quadratic_form_and_never_negative(seed):
    pairs, matrix = pairs_of(seed)
    d = distances(seed)
    found = interaction_loss(pairs, d[None, :, None])[0, 0]
    assert found == pytest.approx(d @ matrix @ d, abs=1e-12)
    assert found >= -1e-12


@given(st.integers(0, 10_000), st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)))
def test_the_expected_loss_is_the_mean_over_all_deliveries(seed, chance):
    pairs, matrix = pairs_of(seed)
    agreed, wartime = distances(seed), distances(seed + 9)
    mean = 0.0
    for kept in np.ndindex(2, 2, 2):
        here = np.where(kept, agreed, wartime)
        mean += np.prod(np.where(kept, chance, 1.0 - np.array(chance))) * (here @ matrix @ here)
    found = expected_interaction_loss(pairs, agreed[None, :, None], wartime[None, :, None], np.array(chance)[:, None])
    assert found[0, 0] == pytest.approx(mean, abs=1e-12)


@given(st.integers(0, 10_000), st.integers(0, 2), st.floats(0.5, 1))
def test_slope_and_bend_are_the_derivatives(seed, issue, scale):
    pairs, _ = pairs_of(seed)
    d, step = distances(seed), 1e-4 / scale
    moved = [
        interaction_loss(pairs, (d + place * step * np.eye(3)[issue])[None, :, None])[0, 0] for place in (-1, 0, 1)
    ]
    slope = interaction_slope(pairs, d[None, :, None], issue, np.array([[scale]]))[0, 0]
    assert slope == pytest.approx((moved[2] - moved[0]) / 2e-4, abs=1e-7)
    bend = interaction_bend(pairs, issue, scale)[0, 0]
    assert bend == pytest.approx((moved[2] - 2 * moved[1] + moved[0]) / 1e-8, abs=1e-4)


def test_two_issues_that_make_up_for_each_other():
    """Klein and others: with dependent issues no single change helps where two together do."""
    pairs = Pairs(np.array([0, 1, 0]), np.array([0, 1, 1]), np.array([[[1.0], [1.0], [-1.0]]]))

    def loss(one, other):
        return interaction_loss(pairs, np.array([[[one], [other]]]))[0, 0]

    assert loss(0.6, 0.6) == loss(0.2, 0.2) == 0.0
    assert min(loss(0.2, 0.6), loss(0.6, 0.2)) == pytest.approx(0.16)


def test_no_pairs_lose_nothing():
    none = np.array([], dtype=np.int64)
    assert (interaction_loss(Pairs(none, none, np.zeros((2, 0, 3))), np.ones((2, 4, 3))) == 0.0).all()
