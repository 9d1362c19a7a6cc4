import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sim.theory.outcomes import (
    additive_utilities,
    egalitarian_outcome,
    kalai_smorodinsky_outcome,
    nash_outcome,
    outcome_grid,
    pareto_points,
)
from tests.theory.domains import THREE_SIDES, TWO_SIDES

SOLUTIONS = [nash_outcome, egalitarian_outcome, kalai_smorodinsky_outcome]
tables = st.tuples(st.integers(1, 4), st.integers(1, 30)).flatmap(
    lambda shape: npst.arrays(np.float64, shape, elements=st.integers(0, 8).map(lambda value: value / 8))
)


def free(utilities):
    return np.zeros((len(utilities), 1))


@pytest.mark.parametrize(
    ("solution", "two", "three"),
    [
        (nash_outcome, (0.632, 0.652), (0.5364, 0.90897, 0.4644)),
        (egalitarian_outcome, (0.632, 0.652), (0.5683, 0.600034, 0.5743)),
        (kalai_smorodinsky_outcome, (0.632, 0.652), (0.5637, 0.522432, 0.5777)),
    ],
)
def test_solutions_of_the_catalogue(solution, two, three):
    assert solution(TWO_SIDES, free(TWO_SIDES)).utilities.ravel() == pytest.approx(two, abs=1e-9)
    assert solution(THREE_SIDES, free(THREE_SIDES)).utilities.ravel() == pytest.approx(three, abs=5e-7)


def test_efficient_points_of_the_catalogue():
    assert (len(pareto_points(TWO_SIDES)), len(pareto_points(THREE_SIDES))) == (31, 321)


@given(tables)
def test_efficient_is_what_nothing_dominates(utilities):
    def dominated(outcome):
        own = utilities[:, [outcome]]
        return ((utilities >= own).all(axis=0) & (utilities > own).any(axis=0)).any()

    expected = [outcome for outcome in range(utilities.shape[1]) if not dominated(outcome)]
    assert pareto_points(utilities).tolist() == expected


@given(tables, st.sampled_from(SOLUTIONS), st.integers(0, 9).map(lambda value: value / 9))
def test_a_solution_is_efficient_and_good_enough_for_all(utilities, solution, reserved):
    reservation = np.full((len(utilities), 1), reserved)
    found = solution(utilities, reservation)
    if found.outcome[0] < 0:
        assert (utilities < reserved).any(axis=0).all()
        assert (found.utilities == reservation).all()
    else:
        assert found.outcome[0] in pareto_points(utilities)
        assert (found.utilities >= reservation).all()
        assert (found.utilities[:, 0] == utilities[:, found.outcome[0]]).all()


@given(tables, st.integers(0, 9).map(lambda value: value / 9))
def test_each_solution_is_best_at_what_it_stands_for(utilities, reserved):
    reservation = np.full((len(utilities), 1), reserved)
    gains = utilities - reserved
    gains = gains[:, (gains >= 0).all(axis=0)]
    if gains.size:
        nash = nash_outcome(utilities, reservation).utilities - reservation
        fair = egalitarian_outcome(utilities, reservation).utilities - reservation
        assert nash.prod() == pytest.approx(gains.prod(axis=0).max())
        assert fair.min() == pytest.approx(gains.min(axis=0).max())
        most = gains.max(axis=1, keepdims=True)
        parts = gains / np.where(most > 0, most, 1)
        even = kalai_smorodinsky_outcome(utilities, reservation, maximin=True).utilities - reservation
        assert (even / np.where(most > 0, most, 1)).min() == pytest.approx(parts.min(axis=0).max())


@given(st.integers(0, 2), st.floats(0.5, 4.0), st.floats(-2.0, 2.0))
def test_units_of_utility_do_not_matter_to_nash_and_kalai_smorodinsky(party, unit, origin):
    scaled, reservation = THREE_SIDES.copy(), np.full((3, 1), 0.2)
    scaled[party] = origin + unit * scaled[party]
    moved = reservation.copy()
    moved[party] = origin + unit * moved[party]
    for solution in (nash_outcome, kalai_smorodinsky_outcome):
        assert solution(scaled, moved).outcome == solution(THREE_SIDES, reservation).outcome


def test_utilities_add_in_the_order_of_the_grid():
    grid = outcome_grid((2, 3, 4))
    values = [np.array([[0.0, 1.0]]), np.array([[0.0, 2.0, 5.0]]), np.array([[1.0, 0.0, 0.0, 3.0]])]
    utilities = additive_utilities(np.array([[0.5, 0.2, 0.3]]), values)
    for outcome in range(24):
        worth = [value[0, place] for value, place in zip(values, grid[:, outcome], strict=True)]
        assert utilities[0, outcome] == pytest.approx(np.dot([0.5, 0.2, 0.3], worth))


def test_nobody_is_forced_below_its_reservation_value():
    found = nash_outcome(TWO_SIDES, np.array([[0.4, 0.9, 0.7], [0.4, 0.9, 0.2]]))
    assert found.outcome[1] == -1
    assert found.utilities[:, 1].tolist() == [0.9, 0.9]
    assert (found.utilities[:, 2] >= [0.7, 0.2]).all()


def test_equally_good_outcomes_give_the_first():
    twins = np.array([[0.2, 0.6, 0.6, 0.4], [0.2, 0.4, 0.4, 0.6]])
    assert pareto_points(twins).tolist() == [1, 2, 3]
    assert [solution(twins, free(twins)).outcome[0] for solution in SOLUTIONS] == [1, 1, 1]


@pytest.mark.parametrize("solution", SOLUTIONS)
def test_runs_do_not_see_each_other(solution):
    reservation = np.random.default_rng(5).uniform(0.0, 0.6, (3, 30))
    among = solution(THREE_SIDES, reservation)
    for run in range(30):
        alone = solution(THREE_SIDES, np.ascontiguousarray(reservation[:, [run]]))
        for one, other in zip(among, alone, strict=True):
            assert np.ascontiguousarray(one[..., [run]]).tobytes() == other.tobytes()


@given(st.floats(0.05, 0.95), st.floats(0.0, 0.4))
def test_weights_divide_a_pie_by_bargaining_power(weight, least):
    share = np.linspace(0.0, 1.0, 2001)
    found = nash_outcome(
        np.stack([share, 1.0 - share]), np.array([[least], [0.1]]), weights=np.array([weight, 1 - weight])
    )
    assert found.utilities[0, 0] == pytest.approx(least + weight * (0.9 - least), abs=6e-4)


@given(tables, st.integers(1, 4))
def test_equal_weights_change_nothing_and_a_party_without_weight_does_not_count(utilities, power):
    plain = nash_outcome(utilities, free(utilities))
    even = nash_outcome(utilities, free(utilities), weights=np.full(len(utilities), float(power)))
    gains = [each.utilities.prod() for each in (plain, even)]
    assert gains[1] == pytest.approx(gains[0])
    alone = nash_outcome(utilities, free(utilities), weights=np.eye(len(utilities))[0])
    assert alone.utilities[0, 0] == utilities[0].max()


def test_weights_may_differ_from_run_to_run():
    share = np.linspace(0.0, 1.0, 11)
    powers = np.array([[1.0, 3.0], [1.0, 1.0]])
    found = nash_outcome(np.stack([share, 1.0 - share]), np.zeros((2, 2)), weights=powers)
    assert found.outcome[0] == 5
    assert found.outcome[1] in (7, 8)
