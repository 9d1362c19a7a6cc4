"""Offers along a frontier: the rules of stacked offers to the letter, and the equilibrium of the patient."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.bargaining import rubinstein_share
from sim.theory.frontier import nash_point
from sim.theory.frontier_offers import concede_along, patient_proposals, proposals_beside_options
from sim.theory.frontier_walk import room, value_at
from sim.theory.outside_options import breakdown_share
from sim.theory.stacked_offers import negotiate
from tests.tables import deals, pie
from tests.theory.domains import PIE

SEEDS = st.integers(0, 2**32 - 1)
RUNS = 64


@given(SEEDS, st.integers(1, 60), st.integers(0, 1))
def test_they_are_the_stacked_offers_of_a_pie(seed, rounds, opens):
    rng = np.random.default_rng(seed)
    exponent, needed = np.exp(rng.normal(0.0, 1.2, (2, RUNS))), rng.uniform(0.0, 0.7, (2, RUNS))
    order = [0, 1] if opens == 0 else [1, 0]
    known = negotiate(PIE[order], exponent[order], needed[order], rounds)
    chain = pie(RUNS).table().frontier
    walk = concede_along(chain, needed, exponent, np.full(RUNS, opens), rounds=rounds, candidates=101)
    share = np.round(100 * value_at(chain.utility_a, walk.position))
    assert np.array_equal(walk.agreed, known.outcome >= 0)
    assert np.array_equal(share[walk.agreed], known.outcome[walk.agreed])
    assert np.array_equal(walk.step, known.step)


@given(SEEDS)
def test_nobody_agrees_to_less_than_it_needs(seed):
    rng = np.random.default_rng(seed)
    deal = deals(RUNS, seed)
    chain = deal.table().frontier
    walk = concede_along(chain, deal.needed, np.exp(rng.normal(size=(2, RUNS))), deal.proposer)
    gains = [value_at(chain.utility_a, walk.position), value_at(chain.utility_b, walk.position)] - deal.needed
    assert (gains[:, walk.agreed] >= 0.0 - 1e-9).all()
    assert not (walk.agreed & ~room(chain, *deal.needed).some).any()


def test_who_concedes_later_gets_more():
    chain = pie(9).table().frontier
    exponent = np.stack([np.linspace(0.5, 8.0, 9), np.full(9, 2.0)])
    share = value_at(chain.utility_a, concede_along(chain, np.zeros((2, 9)), exponent, np.zeros(9, np.int64)).position)
    assert (np.diff(share) > 0.0).all()


@given(st.floats(0.05, 0.999), st.floats(0.05, 0.999))
def test_on_a_pie_the_patient_share_as_rubinstein_says(one, other):
    found = patient_proposals(pie().table().frontier, 0.0, 0.0, one, other)
    shares = (
        value_at(pie().table().frontier.utility_a, found.by_a),
        value_at(pie().table().frontier.utility_b, found.by_b),
    )
    assert shares[0].item() == pytest.approx(float(rubinstein_share(one, other)), abs=1e-9)
    assert shares[1].item() == pytest.approx(float(rubinstein_share(other, one)), abs=1e-9)


@given(SEEDS)
def test_each_proposal_leaves_the_other_what_waiting_would(seed):
    """Exactly so inside; at an end of the room the other has its due or more."""
    deal = deals(RUNS, seed)
    chain, factor = deal.table().frontier, np.exp(-deal.impatience)
    found, ends = patient_proposals(chain, *deal.needed, *factor), room(chain, *deal.needed)
    a, b = ([value_at(u, place) - need for place in (found.by_a, found.by_b)]
            for u, need in zip((chain.utility_a, chain.utility_b), deal.needed, strict=True))  # fmt: skip
    some = found.some
    assert np.array_equal(some, ends.some)
    assert (b[0] - factor[1] * b[1])[some].min(initial=0.0) >= -1e-9
    assert (a[1] - factor[0] * a[0])[some].min(initial=0.0) >= -1e-9
    inside_a, inside_b = some & (found.by_a > ends.first), some & (found.by_b < ends.last)
    np.testing.assert_allclose((b[0] - factor[1] * b[1])[inside_a], 0.0, atol=1e-9)
    np.testing.assert_allclose((a[1] - factor[0] * a[0])[inside_b], 0.0, atol=1e-9)
    assert (found.by_a <= found.by_b + 1e-9)[some].all()


@given(SEEDS, st.floats(0.1, 0.9))
def test_the_very_patient_meet_at_the_weighted_nash_point(seed, weight):
    deal = deals(RUNS, seed)
    chain, brief = deal.table().frontier, 1e-6
    found = patient_proposals(chain, *deal.needed, np.exp(-brief * (1.0 - weight)), np.exp(-brief * weight))
    best = nash_point(chain, *deal.needed, weight)
    some = best.feasible & found.some
    np.testing.assert_allclose(value_at(chain.utility_a, found.by_a)[some], best.utility_a[some], atol=1e-5)


def test_without_room_there_is_nothing():
    chain = pie().table().frontier
    needed = np.array([[0.6], [0.5]])
    assert not patient_proposals(chain, *needed, 0.9, 0.9).some.any()
    walk = concede_along(chain, needed, np.ones((2, 1)), np.zeros(1, np.int64), rounds=9)
    assert (walk.agreed.item(), walk.step.item()) == (False, 9)
    beyond = concede_along(chain, needed + 1.0, np.ones((2, 1)), np.zeros(1, np.int64))
    assert not beyond.agreed.any()


@given(*[st.floats(0.05, 0.999)] * 2, *[st.floats(0.0, 1.0)] * 3)
def test_on_a_pie_war_outside_gives_the_shares_of_sutton_and_of_talks_that_collapse(one, other, part, size, risk):
    options = (part * size, (1.0 - part) * size)
    risk = 0.9 * risk
    found = proposals_beside_options(pie().table().frontier, *options, one, other, risk=risk)
    shares = [
        breakdown_share(*factors, risk=risk, breakdown_1=own, breakdown_2=its, outside_1=own, outside_2=its)
        for factors, (own, its) in (((one, other), options), ((other, one), options[::-1]))
    ]
    assert 1.0 - found.by_a.item() == pytest.approx(float(shares[0]), abs=1e-6)
    assert found.by_b.item() == pytest.approx(float(shares[1]), abs=1e-6)


@given(SEEDS, st.floats(0.5, 0.99), st.floats(0.0, 1.0))
def test_an_option_below_what_bargaining_gives_changes_nothing_and_a_better_one_is_met(seed, factor, part):
    chain = deals(RUNS, seed).table().frontier
    none = np.stack([chain.utility_a[-1], chain.utility_b[0]])
    free = proposals_beside_options(chain, *none, factor, factor)
    worse = value_at(chain.utility_b, free.by_a)
    poor = none[1] + part * (factor * (value_at(chain.utility_b, free.by_b) - none[1]))
    same = proposals_beside_options(chain, none[0], poor, factor, factor)
    assert value_at(chain.utility_b, same.by_a) == pytest.approx(worse, abs=1e-9)
    better = worse + part * (chain.utility_b[-1] - worse)
    met = proposals_beside_options(chain, none[0], better, factor, factor)
    assert met.some.all()
    assert value_at(chain.utility_b, met.by_a) == pytest.approx(better, abs=1e-9)


def test_options_that_no_place_meets_leave_nothing_to_sign():
    assert not proposals_beside_options(pie().table().frontier, 0.6, 0.5, 0.9, 0.9).some.any()
