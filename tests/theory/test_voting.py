import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.theory.voting import (
    ABSENT,
    ABSTAIN,
    NO,
    OUTCOMES,
    YES,
    absence_probability,
    abstention_band,
    cast,
    caucus,
    demand_and_band,
    outcome_probabilities,
    support,
    tally,
    torn,
    whip,
)

finite = st.floats(-8.0, 8.0)
share = st.floats(0.0, 1.0)
here = np.array([[False]])

ROLL_CALLS = {
    "68/262": (100, 11, 58, 0.63, 2.46),
    "ES-11/1": (141, 5, 35, 1.42, 3.04),
    "ES-11/3": (93, 24, 58, 0.38, 1.87),
    "ES-11/5": (94, 14, 73, 0.33, 2.33),
    "ES-11/6": (141, 7, 32, 1.44, 2.82),
    "ES-11/7": (93, 18, 65, 0.37, 2.12),
    "ES-11/8": (93, 8, 73, 0.39, 2.71),
    "2026": (107, 12, 51, 0.78, 2.40),
}


@pytest.fixture(scope="module")
def general(shared_data):
    with (shared_data / "idealpoints_voeten_2013_2023.csv").open(encoding="utf-8") as file:
        points = [float(row["IdealPointAll"]) for row in csv.DictReader(file) if row["year"] == "2019"]
    return np.array(points)[:, None]


@pytest.mark.parametrize("text", ROLL_CALLS)
def test_cut_points_give_the_tallies_of_the_ukraine_texts(general, text):
    *votes, cut_yes, cut_no = ROLL_CALLS[text]
    demand, band = demand_and_band(cut_yes, cut_no)
    latent = support(general, 0 * general, general_weight=1.7, conflict_weight=0.0, demand=demand)
    shares = outcome_probabilities(latent, band, 0.0).mean(axis=(1, 2))
    assert shares[:3] == pytest.approx(np.array(votes) / sum(votes), abs=0.005)
    assert shares[ABSENT] == 0.0


def test_only_the_second_dimension_lets_the_united_states_vote_no_on_the_text_of_2025():
    demand, band = demand_and_band(0.37, 2.12)
    general, conflict = np.array([[2.69]]), np.array([[-1.0]])

    def no(weight):
        latent = support(general, conflict, general_weight=1.7, conflict_weight=weight, demand=demand)
        return outcome_probabilities(latent, band, 0.0)[NO, 0, 0]

    assert no(0.0) < 1e-9
    assert no(8.0) > 0.7


@given(mean=finite, band=st.floats(0.0, 6.0), absence=share)
def test_probabilities_of_the_four_outcomes_sum_to_one(mean, band, absence):
    chances = outcome_probabilities(np.array([[mean]]), band, absence)
    assert chances.shape == (len(OUTCOMES), 1, 1)
    assert chances.min() >= 0.0
    assert chances.sum() == pytest.approx(1.0, abs=1e-12)


def test_votes_fall_as_their_probabilities_say():
    noise = np.random.default_rng(5).standard_normal((1, 200_000))
    latent = support(np.array([[0.4]]), np.array([[0.0]]), general_weight=1.0, conflict_weight=1.0, demand=0.1)
    absent = np.random.default_rng(6).random((1, 200_000)) < 0.1
    counts = [(cast(latent + noise, 1.75, absent) == code).mean() for code in range(4)]
    assert counts == pytest.approx(outcome_probabilities(latent, 1.75, 0.1).ravel(), abs=0.004)


def test_borders_of_the_band_abstain():
    latent = np.array([[1.0], [-1.0], [1.0 + 1e-12], [-1.0 - 1e-12], [0.0]])
    assert cast(latent, 2.0, here).ravel().tolist() == [ABSTAIN, ABSTAIN, YES, NO, ABSTAIN]


def test_without_a_band_only_the_indifferent_abstain():
    assert cast(np.array([[0.0], [1e-9], [-1e-9]]), 0.0, here).ravel().tolist() == [ABSTAIN, YES, NO]


def test_the_absent_do_not_vote():
    votes = cast(np.array([[5.0, 5.0]]), 1.0, np.array([[True, False]]))
    assert votes.tolist() == [[ABSENT, YES]]
    assert votes.dtype == np.int8


@given(latent=finite, band=st.floats(0.0, 6.0))
def test_turning_a_text_upside_down_turns_the_vote(latent, band):
    turned = {YES: NO, NO: YES, ABSTAIN: ABSTAIN}
    vote, other = (int(cast(np.array([[side * latent]]), band, here)[0, 0]) for side in (1, -1))
    assert other == turned[vote]


@given(latent=finite, band=st.floats(0.0, 6.0), wider=st.floats(0.0, 6.0))
def test_a_wider_band_never_turns_abstention_into_a_vote(latent, band, wider):
    narrow, wide = (int(cast(np.array([[latent]]), b, here)[0, 0]) for b in (band, band + wider))
    assert wide in {narrow, ABSTAIN}


@given(a=share, b=share, tired=share)
def test_the_cross_pressured_and_the_tired_have_the_wider_band(a, b, tired):
    calm = abstention_band(1.5, a, 0.0, 2.0, 0.5, 0.0)
    assert calm == 1.5
    assert abstention_band(1.5, a, b, 2.0, 0.5, tired) == pytest.approx(1.5 + 2 * np.sqrt(a * b) + 0.5 * tired)


def test_band_of_the_free_is_never_negative():
    assert abstention_band(0.1, 0.0, 0.0, 1.0, -1.0, 1.0) == 0.0


@given(latent=arrays(np.float64, (6, 3), elements=finite), members=arrays(bool, 6).filter(np.any))
def test_caucus_is_the_median_of_the_members(latent, members):
    assert caucus(latent, members).tolist() == np.median(latent[members], axis=0).tolist()


def test_a_bloc_without_members_is_refused():
    with pytest.raises(ValueError, match="without members"):
        caucus(np.zeros((2, 1)), np.array([False, False]))


@given(own=finite, bloc=finite, strength=share)
def test_whip_moves_between_own_support_and_the_bloc(own, bloc, strength):
    whipped = whip(np.array([[own]]), np.array([bloc]), strength)[0, 0]
    assert min(own, bloc) - 1e-12 <= whipped <= max(own, bloc) + 1e-12


def test_whip_at_its_ends():
    own, bloc = np.array([[0.3], [0.3]]), np.array([-2.0])
    assert whip(own, bloc, np.array([[0.0], [1.0]])).tolist() == [[0.3], [-2.0]]


def test_a_hundred_votes_are_all_counted():
    votes = np.random.default_rng(1).integers(0, 4, (193, 7)).astype(np.int8)
    counts = tally(votes)
    assert counts.sum(axis=0).tolist() == [193] * 7
    assert counts[:, 0].tolist() == np.bincount(votes[:, 0], minlength=4).tolist()


def test_absence_grows_with_what_the_day_adds():
    chances = absence_probability(np.array([[-3.0], [-np.inf]]), np.array([[0.0, 2.0]]))
    assert chances[0].tolist() == pytest.approx([1 / (1 + np.exp(3)), 1 / (1 + np.exp(1))])
    assert chances[1].tolist() == [0.0, 0.0]


@given(habit=finite, day=finite, a=share, b=share, weight=st.floats(0.0, 5.0))
def test_absence_grows_with_cross_pressure_and_only_for_those_pulled_both_ways(habit, day, a, b, weight):
    plain = absence_probability(habit, day)
    found = absence_probability(habit, day, pulled=torn(a, b), cross_pressure=weight)
    assert found >= plain
    assert absence_probability(habit, day, pulled=torn(a, 0.0), cross_pressure=weight) == plain
    assert found == pytest.approx(1.0 / (1.0 + np.exp(-(habit + weight * np.sqrt(a * b) + day))))


def test_support_by_hand():
    latent = support(
        np.array([[1.0], [2.0]]),
        np.array([[0.5], [-0.5]]),
        general_weight=1.5,
        conflict_weight=np.array([1.0, 2.0]),
        demand=0.25,
        push=np.array([[0.1, 0.0], [0.0, 0.0]]),
        noise=0.0,
    )
    assert latent == pytest.approx(np.array([[1.85, 2.25], [2.25, 1.75]]), abs=1e-12)
