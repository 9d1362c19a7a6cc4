import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.theory.challenge import (
    COMPROMISE,
    CONFRONTATION,
    NO_OFFER,
    Rules,
    challenge_round,
    course_of_challenges,
)
from sim.theory.challenge_utility import (
    expected_gains,
    risk_exponents,
    status_quo_utility,
    win_probability,
)
from sim.theory.median import weighted_mean, weighted_median
from tests.theory.domains import CAPABILITY, EMISSIONS, POSITION, SALIENCE

NAMES = list(EMISSIONS)
BE, LU, IE, FR = (NAMES.index(name) for name in ("BE", "LU", "IE", "FR"))
WEIGHT = CAPABILITY * SALIENCE
LITERAL = Rules(compromise="nearest", denominator="pair", capitulates=True)


def case(seed, actors=7, runs=1):
    generator = np.random.default_rng(seed)
    return (
        generator.uniform(0.0, 100.0, (actors, runs)),
        generator.uniform(0.1, 1.0, (actors, runs)),
        generator.uniform(0.05, 1.0, (actors, runs)),
    )


def distances(positions):
    apart = np.abs(positions[None] - positions[:, None])
    return apart / apart.max(axis=(0, 1))


def slow_round(x, c, s, span):
    """The replication's round by plain loops over actors, challengers and third parties."""
    everybody = range(len(x))

    def chance(i, j, risk):
        def lean(k, one, other):
            far, near = abs(x[k] - x[other]) / span, abs(x[k] - x[one]) / span
            return c[k] * s[k] * (far ** risk[k] - near ** risk[k])

        support = sum(max(0.0, lean(k, i, j)) for k in everybody)
        return support / sum(abs(lean(k, a, b)) for k in everybody for a in everybody for b in everybody)

    def gain(i, j, r, chances):
        half = 0.5 * abs(x[i] - x[j]) / span
        success, failure = 2 - 4 * (0.5 - half) ** r, 2 - 4 * (0.5 + half) ** r
        contest = chances[i, j] * success + (1 - chances[i, j]) * failure
        return s[j] * contest + (1 - s[j]) * success - (2 - 4 * 0.5**r)

    def table(risk):
        return {(i, j): chance(i, j, risk) for i, j in itertools.permutations(everybody, 2)}

    neutral = table([1.0] * len(x))
    danger = [sum(gain(j, i, 1.0, neutral) for j in everybody if j != i) for i in everybody]
    most, least = max(danger), min(danger)
    taste = [(2 * one - most - least) / (most - least) / 3 for one in danger]
    risk = [(1 - one) / (1 + one) for one in taste]
    chances = table(risk)
    moved = []
    for i in everybody:
        contests, compromises = [], []
        for j in everybody:
            if x[i] == x[j]:
                continue
            own, other = gain(i, j, risk[i], chances), gain(j, i, risk[i], chances)
            if other > own > 0:
                contests.append((abs(x[i] - x[j]), x[j]))
            elif other > -own > 0:
                midpoint = (-own * x[i] + other * x[j]) / (other - own)
                compromises.append((midpoint, x[i] + (x[j] - x[i]) * -own / other))
        chosen = contests or compromises
        moved.append(min(chosen)[1] if chosen else x[i])
    return moved


def test_the_weighted_forecasts_of_the_catalogue():
    assert weighted_mean(POSITION, WEIGHT)[0] == pytest.approx(7.3899557, abs=5e-8)
    assert weighted_median(POSITION, WEIGHT)[0] == 7.0
    assert weighted_mean(POSITION, CAPABILITY)[0] == pytest.approx(7.4752475, abs=5e-8)


def test_the_replication_of_the_catalogue():
    course = course_of_challenges(POSITION, CAPABILITY, SALIENCE, rounds=10)
    means = [weighted_mean(positions, WEIGHT)[0] for positions in course.positions]
    assert means[1:4] == pytest.approx([7.461314, 7.552501, 7.590145], abs=5e-7)
    assert means[10] == pytest.approx(7.242131, abs=5e-7)
    assert course.positions[1:4, BE, 0] == pytest.approx([8.415932, 9.610859, 9.961980], abs=5e-7)
    assert course.positions[1, [LU, IE], 0].tolist() == [7.0, 4.0]
    assert (course.offer[0, BE, 0], course.whose[0, BE, 0]) == (COMPROMISE, FR)
    assert (course.offer[0, LU, 0], course.whose[0, LU, 0]) == (CONFRONTATION, BE)
    assert (course.rounds[0], bool(course.settled[0])) == (10, False)


def test_in_the_fourth_round_the_odd_choice_takes_the_far_compromise():
    odd = course_of_challenges(POSITION, CAPABILITY, SALIENCE, rounds=4)
    near = course_of_challenges(POSITION, CAPABILITY, SALIENCE, rounds=4, rules=Rules(compromise="nearest"))
    assert (odd.positions[:4] == near.positions[:4]).all()
    assert odd.positions[4, BE, 0] < 5.0
    assert near.positions[4, BE, 0] > 9.9


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_a_round_is_what_plain_loops_make_of_the_rules(seed, actors):
    positions, capability, salience = case(seed, actors)
    span = np.ptp(positions, axis=0)
    found = challenge_round(positions, capability, salience, span).positions
    expected = slow_round(*(values[:, 0].tolist() for values in (positions, capability, salience)), span[0])
    assert found[:, 0] == pytest.approx(expected, abs=1e-7)


@given(st.integers(0, 10**6), st.sampled_from(["all", "pair"]))
def test_chances_are_chances_and_a_pair_shares_all_support(seed, denominator):
    positions, capability, salience = case(seed)
    chance = win_probability(distances(positions), capability * salience, denominator=denominator)
    both = (chance + chance.swapaxes(0, 1))[..., 0]
    assert chance.min() >= 0.0
    off = ~np.eye(len(chance), dtype=bool)
    if denominator == "pair":
        assert both[off] == pytest.approx(1.0)
    else:
        assert chance.sum() == pytest.approx(0.5)
    assert (np.diagonal(chance) == 0.0).all()


@given(st.integers(0, 10**6))
def test_risk_exponents_reach_from_a_half_to_two(seed):
    positions, capability, salience = case(seed)
    distance = distances(positions)
    risk = risk_exponents(distance, salience, win_probability(distance, capability * salience))
    assert (risk.min(), risk.max()) == (pytest.approx(0.5), pytest.approx(2.0))


@given(st.integers(0, 10**6), st.floats(0.1, 9.0), st.floats(-50.0, 50.0), st.floats(0.1, 20.0))
def test_units_of_positions_and_power_do_not_matter(seed, unit, origin, power):
    positions, capability, salience = case(seed)
    plain = course_of_challenges(positions, capability, salience, rounds=1).positions[1]
    scaled = course_of_challenges(origin + unit * positions, power * capability, salience, rounds=1).positions[1]
    assert scaled == pytest.approx(origin + unit * plain, abs=1e-6 * unit)


@given(st.integers(0, 10**6))
def test_the_literal_rules_look_the_same_in_the_mirror(seed):
    positions, capability, salience = case(seed)
    plain = course_of_challenges(positions, capability, salience, rounds=1, rules=LITERAL).positions[1]
    mirrored = course_of_challenges(-positions, capability, salience, rounds=1, rules=LITERAL).positions[1]
    assert mirrored == pytest.approx(-plain, abs=1e-9)


def test_the_odd_choice_does_not_look_the_same_in_the_mirror():
    courses = [
        course_of_challenges(sign * POSITION, CAPABILITY, SALIENCE, rounds=10).positions[-1] for sign in (1.0, -1.0)
    ]
    assert np.abs(courses[0] + courses[1]).max() > 1.0


@given(st.integers(0, 10**6))
def test_everybody_stays_within_the_positions_of_the_start(seed):
    positions, capability, salience = case(seed, runs=3)
    for rules in (Rules(), LITERAL, Rules(risk="neutral", status_quo=0.5)):
        course = course_of_challenges(positions, capability, salience, rounds=6, rules=rules)
        assert (course.positions >= positions.min(axis=0) - 1e-9).all()
        assert (course.positions <= positions.max(axis=0) + 1e-9).all()
        still = course.offer == NO_OFFER
        assert (np.diff(course.positions, axis=0)[still] == 0.0).all()
        assert (course.whose[still] == -1).all()


@given(st.integers(0, 10**6))
def test_only_the_text_knows_capitulations(seed):
    positions, capability, salience = case(seed)
    span = np.ptp(positions, axis=0)
    with_them = challenge_round(positions, capability, salience, span, Rules(capitulates=True))
    without = challenge_round(positions, capability, salience, span)
    given_in = with_them.offer == 2
    assert (without.offer[given_in] == NO_OFFER).all()
    assert (with_them.positions == without.positions)[~given_in].all()


def test_some_capitulate():
    positions, capability, salience = case(1, runs=200)
    span = np.ptp(positions, axis=0)
    rules = Rules(capitulates=True, denominator="pair")
    assert (challenge_round(positions, capability, salience, span, rules).offer == 2).any()


def test_expected_gains_by_hand():
    distance, chance = np.ones((2, 2, 1)) - np.eye(2)[..., None], np.full((2, 2, 1), 0.25)
    salience, risk = np.array([[1.0], [0.5]]), np.array([[2.0], [1.0]])
    own, other = expected_gains(1, distance, salience, chance, risk, status_quo_utility(risk))
    # The first: success 2, failure -2, status quo 1. It resists for certain, the second with one half.
    assert own[0, 0] == pytest.approx(0.5 * (0.25 * 2 - 0.75 * 2) + 0.5 * 2 - 1)
    assert other[0, 0] == pytest.approx(0.25 * 2 - 0.75 * 2 - 1)


def test_a_run_settles_when_nobody_moves_and_then_stands_still():
    course = course_of_challenges(POSITION, CAPABILITY, SALIENCE, rounds=12, rules=Rules(denominator="pair"))
    assert course.settled[0]
    assert course.rounds[0] < 12
    last = course.positions[course.rounds[0]]
    assert (course.positions[course.rounds[0] :] == last).all()
    assert np.abs(last - course.positions[course.rounds[0] - 1]).max() <= 1e-9 * 6.0


def test_who_agrees_already_has_settled():
    course = course_of_challenges(np.full((3, 2), 5.0), np.ones((3, 1)), np.full((3, 1), 0.5))
    assert course.settled.tolist() == [True, True]
    assert course.rounds.tolist() == [1, 1]
    assert (course.positions == 5.0).all()
    assert course_of_challenges(POSITION, CAPABILITY, SALIENCE, rounds=0).rounds.tolist() == [0]


def test_nobody_cares_and_nobody_gets_in_the_way():
    course = course_of_challenges(POSITION, CAPABILITY, 0.0 * SALIENCE, rounds=3)
    assert np.isfinite(course.positions).all()


@pytest.mark.parametrize("rules", [Rules(), LITERAL])
def test_runs_do_not_see_each_other(rules):
    arrays = case(8, actors=9, runs=40)
    among = course_of_challenges(*arrays, rounds=8, rules=rules)
    for run in range(40):
        some = (np.ascontiguousarray(values[:, [run]]) for values in arrays)
        alone = course_of_challenges(*some, rounds=8, rules=rules)
        for one, other in zip(among, alone, strict=True):
            assert np.ascontiguousarray(one[..., [run]]).tobytes() == other.tobytes()


def test_rounding_does_not_say_who_has_arrived():
    arrived, nearly = POSITION.copy(), POSITION.copy()
    arrived[BE], nearly[BE] = 10.0, 10.0 - 2e-15
    assert arrived[BE] != nearly[BE]
    one, other = (
        challenge_round(start, CAPABILITY, SALIENCE, np.array([6.0]), Rules(compromise="nearest"))
        for start in (arrived, nearly)
    )
    assert one.offer.tolist() == other.offer.tolist()
    assert one.positions == pytest.approx(other.positions, abs=1e-9)
    assert other.positions[BE, 0] < 9.0
