import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from sim.theory.presence import forum_shopping, inverted_u, reputation, return_hazard

shares = st.floats(0.0, 1.0)
counts = st.integers(0, 50)


@given(st.floats(0.05, 0.95), st.floats(0.5, 50.0), counts, counts)
def test_a_reputation_is_the_mean_of_a_beta_posterior_over_its_prior(prior, trials, good, bad):
    posterior = beta(prior * trials + good, (1 - prior) * trials + bad)
    assert float(reputation(prior, trials, good, bad)) == pytest.approx(posterior.mean() / prior, rel=1e-9)


def test_a_name_of_infinite_weight_never_changes():
    assert reputation([0.3, 0.0], np.inf, 5.0, 2.0).tolist() == [1.0, 0.0]
    assert float(reputation(0.3, 1e12, 5.0, 2.0)) == pytest.approx(1.0, abs=1e-10)


def test_a_name_starts_at_one_and_no_success_mends_a_name_of_nothing():
    assert float(reputation(0.3, 4.0, 0.0, 0.0)) == 1.0
    assert float(reputation(0.0, 4.0, 9.0, 0.0)) == 0.0


@given(st.integers(0, 20), shares, st.floats(0.0, 2.0))
def test_one_voice_and_one_alone_lose_nothing(rivals, coordination, loss):
    effect = float(forum_shopping(rivals, coordination, loss))
    assert 0.0 < effect <= 1.0
    assert float(forum_shopping(rivals, 1.0, loss)) == float(forum_shopping(0, coordination, loss)) == 1.0
    assert float(forum_shopping(rivals + 1, coordination, loss)) <= effect


def test_a_coalition_first_gains_and_then_loses():
    effect = inverted_u(np.arange(8), 0.0, 0.4, 0.05)
    assert effect.argmax() == 4
    assert (np.diff(effect[:5]) > 0.0).all()
    assert (np.diff(effect[4:]) < 0.0).all()
    assert (inverted_u(np.arange(50), 0.0, 0.1, 0.1) >= 0.0).all()


@given(shares, shares, st.floats(0.0, 5.0))
def test_nobody_returns_where_nobody_receives_it_and_ripeness_draws(access, ripe, pull):
    assert float(return_hazard(0.1, 0.0, ripe, pull)) == 0.0
    assert float(return_hazard(0.1, access, ripe, pull)) >= float(return_hazard(0.1, access, 0.0, pull))
