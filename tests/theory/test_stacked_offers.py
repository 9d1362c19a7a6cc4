import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sim.theory import stacked_offers
from sim.theory.outcomes import outcome_grid
from sim.theory.stacked_offers import acceptance_limit, aspiration, negotiate, offers
from tests.theory.domains import PIE, THREE_SIDES, TWO_SIDES

GRID = outcome_grid((11, 11, 11)).T.tolist()

exponents = st.sampled_from([0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 30.0])
coarse = st.integers(0, 8).map(lambda value: value / 8)
fine = st.floats(0.0, 1.0)


@st.composite
def talks(draw):
    parties = draw(st.integers(2, 4))
    shape = parties, draw(st.integers(1, 25))
    utilities = draw(npst.arrays(np.float64, shape, elements=draw(st.sampled_from([coarse, fine]))))
    runs = draw(st.integers(1, 4))
    exponent = draw(npst.arrays(np.float64, (parties, runs), elements=exponents))
    reservation = draw(npst.arrays(np.float64, (parties, runs), elements=coarse | fine))
    return utilities, exponent, 0.8 * reservation, draw(st.integers(1, 40))


def slow(utilities, exponent, reservation, rounds):
    """The rules, one act after the other: outcome or None, and step."""
    parties, outcomes = utilities.shape
    most = utilities.max(axis=1)
    least = np.maximum(utilities.min(axis=1), reservation)
    if (reservation > most).any():
        return None, rounds
    offer, consents = None, 0
    for number in range(rounds):
        time = (number + 1) / (rounds + 1)
        for party, own in enumerate(utilities):
            insists = 1.0 - np.exp(exponent[party] * np.log(time))
            limit = least[party] + (most[party] - least[party]) * insists - 1e-4
            limit = min(max(limit, least[party]), most[party])
            if offer is not None and own[offer] >= limit:
                consents += 1
                if consents == parties - 1:
                    return offer, number + 1
                continue
            fit = [
                (own[outcome], outcome)
                for outcome in range(outcomes)
                if own[outcome] >= limit - 1e-6 and own[outcome] >= reservation[party]
            ]
            offer, consents = min(fit)[1], 0
    return None, rounds


def play(utilities, exponent, reservation, rounds=100):
    columns = (np.array(values, dtype=np.float64)[:, None] for values in (exponent, reservation))
    found = negotiate(utilities, *columns, rounds)
    return found.outcome[0], found.utilities[:, 0], found.step[0]


@pytest.mark.parametrize(
    ("exponent", "reservation", "rounds", "share", "step"),
    [
        ((4, 4), (0, 0), 100, 50, 85),
        ((4, 1), (0, 0), 100, 72, 74),
        ((1, 1), (0, 0), 100, 50, 51),
        ((8, 4), (0, 0), 100, 61, 90),
        ((4, 4), (0, 0), 10, 44, 10),
    ],
)
def test_a_pie_of_the_catalogue(exponent, reservation, rounds, share, step):
    outcome, utilities, ended = play(PIE, exponent, reservation, rounds)
    assert (outcome, ended) == (share, step)
    assert utilities == pytest.approx([share / 100, 1 - share / 100], abs=1e-12)


@pytest.mark.parametrize(
    ("exponent", "reservation", "terms", "utilities", "step"),
    [
        ((4, 4), (0, 0), [9, 7, 0], (0.6483, 0.6063), 81),
        ((1, 1), (0, 0), [9, 4, 2], (0.5947, 0.6047), 41),
        ((4, 4), (0.4, 0.4), [9, 5, 1], (0.6056, 0.6216), 91),
    ],
)
def test_three_issues_of_the_catalogue(exponent, reservation, terms, utilities, step):
    outcome, reached, ended = play(TWO_SIDES, exponent, reservation)
    assert (GRID[outcome], ended) == (terms, step)
    assert reached == pytest.approx(utilities, abs=1e-9)


@pytest.mark.parametrize(
    ("exponent", "terms", "utilities", "step"),
    [
        ((4, 4, 4), [7, 4, 4], (0.5419, 0.7238, 0.5439), 84),
        ((1, 1, 1), [8, 4, 3], (0.5683, 0.6000, 0.5743), 44),
    ],
)
def test_three_parties_of_the_catalogue(exponent, terms, utilities, step):
    outcome, reached, ended = play(THREE_SIDES, exponent, (0, 0, 0))
    assert (GRID[outcome], ended) == (terms, step)
    assert reached == pytest.approx(utilities, abs=5e-5)


def test_a_time_out_of_the_catalogue_leaves_the_reservation_values():
    outcome, utilities, step = play(PIE, (4, 4), (0.6, 0.5))
    assert (outcome, step) == (-1, 100)
    assert utilities.tolist() == [0.6, 0.5]


@settings(max_examples=300)
@given(talks())
@example((TWO_SIDES, np.array([[4.0], [4.0]]), np.array([[0.4], [0.4]]), 100))
def test_the_batch_plays_by_the_rules_act_by_act(talk):
    utilities, exponent, reservation, rounds = talk
    found = negotiate(utilities, exponent, reservation, rounds)
    for run in range(exponent.shape[1]):
        outcome, step = slow(utilities, exponent[:, run], reservation[:, run], rounds)
        assert (found.outcome[run], found.step[run]) == (-1 if outcome is None else outcome, step)


@given(talks())
def test_nobody_agrees_to_less_than_its_reservation_value(talk):
    utilities, exponent, reservation, rounds = talk
    found = negotiate(utilities, exponent, reservation, rounds)
    agreed = found.outcome >= 0
    assert (found.utilities >= reservation).all()
    assert (found.utilities[:, agreed] == utilities[:, found.outcome[agreed]]).all()
    assert (found.step[~agreed] == rounds).all()


def test_what_is_agreed_was_offered_and_the_offers_only_fall():
    exponent, reservation = np.array([[4.0, 1.0], [0.25, 2.0]]), np.array([[0.1, 0.0], [0.3, 0.5]])
    made = offers(TWO_SIDES, exponent, reservation, 100)
    found = negotiate(TWO_SIDES, exponent, reservation, 100)
    for run in range(2):
        near = made[found.step[run] - 2 : found.step[run], :, run]
        assert found.outcome[run] in near
        for party in range(2):
            worth = TWO_SIDES[party, made[:, party, run]]
            assert (np.diff(worth) <= 1e-15).all()
            assert worth.min() >= reservation[party, run]


def test_an_exponent_above_one_concedes_late():
    late, even, early = (float(aspiration(0.5, exponent)) for exponent in (4.0, 1.0, 0.25))
    assert late > even > early
    assert even == pytest.approx(0.5)
    assert aspiration(1.0, 3.0) == 0.0


def test_a_limit_stays_between_the_least_and_the_most():
    assert acceptance_limit(0.4, 1.0, 1.0, 2.0) == 0.4
    assert acceptance_limit(0.0, 1.0, 1e-9, 8.0) == pytest.approx(1.0 - 1e-4)
    assert acceptance_limit(0.7, 0.7, 0.5, 1.0) == 0.7


@pytest.mark.parametrize(("gap", "proposed"), [(0.9e-6, 1), (1.1e-6, 2)])
def test_an_outcome_a_millionth_below_the_limit_counts_as_meeting_it(gap, proposed):
    limit = float(acceptance_limit(0.0, 1.0, 0.5, 1.0))
    utilities = np.array([[0.0, limit - gap, 0.8, 1.0], [1.0, 0.5, 0.2, 0.0]])
    assert offers(utilities, np.ones((2, 1)), np.zeros((2, 1)), 1)[0, 0, 0] == proposed


@pytest.mark.parametrize(("short", "accepts"), [(0.9e-4, True), (1.1e-4, False)])
def test_a_party_accepts_a_little_less_than_it_aspires_to(short, accepts):
    utilities = np.array([[0.0, 1.0], [1.0, 0.5 - short]])
    utilities = np.concatenate([utilities, [[0.0], [0.0]]], axis=1)
    outcome, _, step = play(utilities, (30, 1), (0, 0), 1)
    assert (outcome == 1, step) == (accepts, 1)


def test_equally_good_proposals_go_to_the_first():
    utilities = np.array([[1.0, 0.6, 0.6, 0.0], [0.0, 0.6, 0.7, 1.0]])
    assert offers(utilities, np.full((2, 1), 1.0), np.zeros((2, 1)), 3)[1, 0, 0] == 1


def test_without_hope_the_time_runs_out_at_once():
    found = negotiate(PIE, np.ones((2, 3)), np.array([[0.0, 1.5, 0.0], [0.0, 0.0, np.inf]]), 50)
    assert found.outcome.tolist() == [50, -1, -1]
    assert found.step.tolist() == [26, 50, 50]


@pytest.mark.parametrize("utilities", [TWO_SIDES, THREE_SIDES])
def test_runs_do_not_see_each_other(utilities):
    generator = np.random.default_rng(6)
    exponent = np.exp(generator.normal(0.5, 1.0, (len(utilities), 60)))
    reservation = generator.uniform(0.0, 0.95, (len(utilities), 60))
    among = negotiate(utilities, exponent, reservation)
    assert 0 < (among.outcome < 0).sum() < 60
    for run in range(60):
        some = (np.ascontiguousarray(values[:, [run]]) for values in (exponent, reservation))
        for one, other in zip(among, negotiate(utilities, *some), strict=True):
            assert np.ascontiguousarray(one[..., [run]]).tobytes() == other.tobytes()


@pytest.mark.parametrize("block", [1, 7, 100])
def test_how_many_rounds_are_looked_up_at_once_does_not_matter(block, monkeypatch):
    exponent, reservation = np.array([[4.0, 0.5], [1.0, 2.0], [2.0, 8.0]]), np.full((3, 1), 0.2)
    before = negotiate(THREE_SIDES, exponent, reservation)
    monkeypatch.setattr(stacked_offers, "BLOCK", block)
    after = negotiate(THREE_SIDES, exponent, reservation)
    assert [part.tolist() for part in before] == [part.tolist() for part in after]


def test_the_millionth_does_not_reach_below_the_reservation_value():
    utilities = np.array([[0.0, 0.5 - 5e-7, 0.8, 1.0], [1.0, 0.5, 0.2, 0.0]])
    made = offers(utilities, np.full((2, 1), 0.001), np.array([[0.5], [0.0]]), 20)
    assert made[-1, 0, 0] == 2
