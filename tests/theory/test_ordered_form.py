"""A forecast in the form of the ordered model: states and text that give its probabilities and its tally."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.item_response_site import choice_probabilities
from sim.theory.ordered_form import Drawn, Voters, matched_states, matched_text, ordered_form, tally_moments
from sim.theory.voting import ABSENT, ABSTAIN, NO, YES, absence_probability, cast, tally

SHARE = st.floats(1e-6, 0.98)


@given(SHARE, SHARE, st.floats(0.1, 10))
def test_the_ordered_form_gives_back_the_probabilities(first, second, spread):
    yes, no = first, second * (1.0 - first)
    support, band = ordered_form(np.array([yes]), np.array([no]), spread)
    again = choice_probabilities(support, np.array([spread**2 - 1.0]), 0.0, band)[0]
    assert band[0] >= 0
    assert again[:2] == pytest.approx([yes, no], abs=1e-6)


def test_a_certain_vote_has_a_finite_support():
    support, band = ordered_form(np.array([1.0, 0.0]), np.array([0.0, 0.0]), 1.0)
    assert np.isfinite([support, band]).all()
    assert support[0] > 5


def states(seed=0, number=193):
    rng = np.random.default_rng(seed)
    return Voters(
        rng.normal(2.0, 3.0, number), rng.uniform(0.3, 1.7, number), rng.uniform(1.2, 2.0, number),
        rng.normal(-2.5, 1.0, number), rng.uniform(0.0, 0.5, number),
    )  # fmt: skip


TEXT = Drawn(1.0, 0.7, 3.0, 0.4, 0.2, 0.5)


def played(voters, text, number=20_000):
    """Tallies of simulated votes, (4, number)."""
    rng = np.random.default_rng(1)
    asked, wider, away = rng.standard_normal((3, number))
    support = voters.support[:, None] - text.demand - text.demand_sd * asked
    support = support + voters.luck[:, None] * rng.standard_normal((len(voters.luck), number))
    band = voters.width[:, None] * np.maximum(text.band + text.band_sd * wider, 0.0) + voters.widening[:, None]
    chance = absence_probability(voters.habit[:, None], text.absence + text.absence_sd * away)
    return tally(cast(support, band, rng.random(support.shape) < chance))


def test_moments_are_those_of_simulated_votes():
    means, deviations = tally_moments(states(), TEXT)
    counts = played(states(), TEXT)
    assert means == pytest.approx(counts.mean(axis=1), abs=0.3)
    assert deviations == pytest.approx(counts.std(axis=1), rel=0.03)
    assert means.sum() == pytest.approx(193)


def test_a_text_is_found_again_by_its_tally():
    found = matched_text(states(), Drawn(0.0, 0.3, 2.0, 0.2, 0.0, 0.5), *tally_moments(states(), TEXT))
    assert vars(found) == pytest.approx(vars(TEXT), abs=0.02)


def test_a_tally_that_no_text_has_is_refused():
    means = np.array([193.0, 0.0, 0.0, 0.0])
    with pytest.raises(ValueError, match="no text has such a tally"):
        matched_text(states(), TEXT, means - np.array([250.0, 0.0, 0.0, -250.0]), np.ones(4))


def test_states_have_their_probabilities_and_the_tally_its_width():
    voters, rng = states(), np.random.default_rng(3)
    chances = rng.dirichlet([2.0, 0.5, 2.0], len(voters.luck))
    wanted = tally_moments(voters, TEXT)[1]
    found, text = matched_states(chances[:, YES], chances[:, NO], voters, 0.5, wanted)
    means, deviations = tally_moments(found, text)
    present = 193 - means[ABSENT]
    assert text.demand == 0.0
    assert deviations[[YES, ABSTAIN]] == pytest.approx(wanted[[YES, ABSTAIN]], rel=0.1)
    assert means[YES] / present == pytest.approx(chances[:, YES].mean(), abs=0.02)
    assert found.width.mean() == pytest.approx(1.0)
