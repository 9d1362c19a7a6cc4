import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sim.theory.bargaining import nash_with_war
from sim.theory.frontier import (
    egalitarian_point,
    frontier,
    issue_segments,
    kalai_smorodinsky_point,
    nash_point,
    terms_at,
)
from sim.theory.preferences import issue_penalty, issue_sum, loss

ISSUES = 3
SOLUTIONS = [nash_point, egalitarian_point, kalai_smorodinsky_point]
unit = st.integers(0, 50).map(lambda value: value / 50)
disagreements = st.integers(-1000, 200).map(lambda value: value / 1000 + 1.000377)


def boxes(*shape):
    return npst.arrays(np.float64, shape, elements=unit)


tables = st.tuples(boxes(2, ISSUES, 1), boxes(2, ISSUES, 1), boxes(2, ISSUES, 1), st.sampled_from([0.0, 2.0, 20.0]))


def pieces(table):
    ideal, salience, red_line, steepness = table
    ends = np.zeros((ISSUES, 1)), np.ones((ISSUES, 1))
    return issue_segments(ideal, salience, red_line, np.full((2, 1, 1), steepness), *ends)


def worth(table, terms):
    ideal, salience, red_line, steepness = table
    return 1.0 - loss(terms, ideal, salience) - issue_sum(issue_penalty(np.abs(terms - ideal), red_line, steepness))


def linear(salience_a, salience_b):
    """Opposite poles on every issue, utilities from 0 to 1."""
    salience = np.array([salience_a, salience_b])[:, :, None]
    count = len(salience_a)
    ideal = np.stack([np.zeros((count, 1)), np.ones((count, 1))])
    wide, ends = np.full((2, count, 1), 2.0), (np.zeros((count, 1)), np.ones((count, 1)))
    knots, slope_a, slope_b, start = issue_segments(ideal, salience, wide, np.zeros((2, 1, 1)), *ends)
    return frontier(knots, slope_a, slope_b, start), knots


def grid_of_terms():
    marks = np.linspace(0.0, 1.0, 11)
    return np.array(list(itertools.product(marks, repeat=ISSUES))).T


@given(tables)
def test_no_terms_lie_beyond_the_frontier(table):
    chain = frontier(*pieces(table))
    everywhere = grid_of_terms()
    ideal, salience, red_line, steepness = table
    values = worth((ideal, salience, red_line, steepness), everywhere)
    for share in np.linspace(0.0, 1.0, 9):
        best = (share * chain.utility_a + (1 - share) * chain.utility_b).max()
        assert (share * values[0] + (1 - share) * values[1]).max() <= best + 1e-7


@given(tables, st.floats(0.0, 1.0))
def test_terms_on_the_frontier_are_worth_what_it_says(table, share):
    knots = pieces(table).knots
    chain = frontier(*pieces(table))
    position = np.array([share * (len(chain.utility_a) - 1)])
    terms = terms_at(chain, knots, position)
    left = int(min(np.floor(position[0]), len(chain.utility_a) - 2))
    part = position[0] - left
    lines = (chain.utility_a, chain.utility_b)
    on_chain = [line[left] + part * (line[left + 1] - line[left]) for line in lines]
    assert ((terms >= 0.0) & (terms <= 1.0)).all()
    assert worth(table, terms) == pytest.approx(np.array(on_chain), abs=1e-7)


@given(tables)
def test_the_frontier_falls_and_is_concave(table):
    chain = frontier(*pieces(table))
    taken, given_to_b = -np.diff(chain.utility_a, axis=0), np.diff(chain.utility_b, axis=0)
    assert (taken >= 0.0).all()
    assert (given_to_b >= 0.0).all()
    price = [t / g for t, g in zip(taken[:, 0], given_to_b[:, 0], strict=True) if g > 1e-9]
    assert all(late >= early - 1e-6 for early, late in itertools.pairwise(price))


@given(tables, disagreements, disagreements, st.sampled_from(SOLUTIONS))
def test_solutions_lie_on_the_frontier_above_disagreement(table, keeps_a, keeps_b, solution):
    chain = frontier(*pieces(table))
    point = solution(chain, keeps_a, keeps_b)
    spots = np.linspace(0.0, len(chain.utility_a) - 1, 2001)
    corners = np.arange(len(chain.utility_a))
    line_a = np.interp(spots, corners, chain.utility_a[:, 0])
    line_b = np.interp(spots, corners, chain.utility_b[:, 0])
    if not point.feasible[0]:
        assert not ((line_a >= keeps_a + 1e-9) & (line_b >= keeps_b + 1e-9)).any()
        assert (point.utility_a[0], point.utility_b[0], point.position[0]) == (keeps_a, keeps_b, 0.0)
        return
    assert point.utility_a[0] >= keeps_a
    assert point.utility_b[0] >= keeps_b
    assert np.interp(point.position[0], corners, chain.utility_a[:, 0]) == pytest.approx(point.utility_a[0])
    assert np.interp(point.position[0], corners, chain.utility_b[:, 0]) == pytest.approx(point.utility_b[0])
    assert not ((line_a > point.utility_a[0] + 1e-7) & (line_b > point.utility_b[0] + 1e-7)).any()


@given(tables, disagreements, disagreements, st.floats(0.1, 0.9))
def test_nothing_on_the_frontier_has_a_larger_nash_product(table, keeps_a, keeps_b, weight):
    chain = frontier(*pieces(table))
    point = nash_point(chain, keeps_a, keeps_b, weight)
    spots, corners = np.linspace(0.0, len(chain.utility_a) - 1, 2001), np.arange(len(chain.utility_a))
    gain_a = np.maximum(np.interp(spots, corners, chain.utility_a[:, 0]) - keeps_a, 0.0)
    gain_b = np.maximum(np.interp(spots, corners, chain.utility_b[:, 0]) - keeps_b, 0.0)
    best = (point.utility_a[0] - keeps_a) ** weight * (point.utility_b[0] - keeps_b) ** (1 - weight)
    assert best >= (gain_a**weight * gain_b ** (1 - weight)).max() - 1e-9


@given(tables, disagreements, disagreements)
def test_gains_are_equal_or_proportional_inside_the_frontier(table, keeps_a, keeps_b):
    chain = frontier(*pieces(table))
    even = egalitarian_point(chain, keeps_a, keeps_b)
    last = len(chain.utility_a) - 1
    if even.feasible[0] and 1e-6 < even.position[0] < last - 1e-6:
        spots = np.linspace(0.0, last, 2001)
        line_a = np.interp(spots, np.arange(last + 1), chain.utility_a[:, 0]) - keeps_a
        line_b = np.interp(spots, np.arange(last + 1), chain.utility_b[:, 0]) - keeps_b
        smaller = min(even.utility_a[0] - keeps_a, even.utility_b[0] - keeps_b)
        assert smaller >= np.minimum(line_a, line_b).max() - 1e-9
    point = kalai_smorodinsky_point(chain, keeps_a, keeps_b)
    most_a, most_b = nash_point(chain, keeps_a, keeps_b, 1.0), nash_point(chain, keeps_a, keeps_b, 0.0)
    top_a, top_b = most_a.utility_a[0] - keeps_a, most_b.utility_b[0] - keeps_b
    if point.feasible[0] and min(top_a, top_b) > 1e-6:
        share_a = (point.utility_a[0] - keeps_a) / top_a
        assert share_a == pytest.approx((point.utility_b[0] - keeps_b) / top_b, abs=1e-6)


@given(tables, disagreements, disagreements, st.sampled_from(SOLUTIONS))
def test_sides_and_issues_may_change_names(table, keeps_a, keeps_b, solution):
    ideal, salience, red_line, steepness = table
    mirrored = (1.0 - ideal[::-1], salience[::-1], red_line[::-1], steepness)
    turned = (*(part[:, ::-1] for part in table[:3]), steepness)
    results, here, there = [], (keeps_a, keeps_b), (keeps_b, keeps_a)
    for version, keeps in ((table, here), (mirrored, there), (turned, here)):
        chain = frontier(*pieces(version))
        point = solution(chain, *keeps)
        results.append((point, terms_at(chain, pieces(version).knots, point.position)))
    (plain, terms), (other, other_terms), (same, same_terms) = results
    assert plain.feasible == other.feasible == same.feasible
    if plain.feasible[0]:
        assert other.utility_b == pytest.approx(plain.utility_a, abs=1e-9)
        assert same.utility_a == pytest.approx(plain.utility_a, abs=1e-9)
        minded = ((salience > 0.0).any(axis=0))[:, 0]
        assert (1.0 - other_terms)[minded] == pytest.approx(terms[minded], abs=1e-6)
        assert same_terms[::-1] == pytest.approx(terms, abs=1e-6)


def test_logrolling_gives_each_side_what_it_cares_for():
    chain, knots = linear([0.8, 0.2], [0.2, 0.8])
    point = nash_point(chain, 0.0, 0.0)
    assert (point.utility_a[0], point.utility_b[0]) == pytest.approx((0.8, 0.8))
    assert terms_at(chain, knots, point.position).ravel() == pytest.approx([0.0, 1.0])
    midpoint = 1.0 - loss(np.full((2, 1), 0.5), np.array([[[0], [0]], [[1], [1.0]]]), np.full((2, 2, 1), 0.5))
    assert midpoint.ravel().tolist() == [0.5, 0.5]


@pytest.mark.parametrize("solution", SOLUTIONS)
def test_one_pie_with_war_is_split_in_the_middle_of_its_range(solution):
    chain, knots = linear([1.0], [1.0])
    point = solution(chain, 0.6 - 0.1, 0.4 - 0.2)
    assert point.utility_a[0] == pytest.approx(0.65)
    assert point.utility_a[0] == pytest.approx(nash_with_war(0.6, 0.1, 0.2))
    assert terms_at(chain, knots, point.position)[0, 0] == pytest.approx(0.35)


@pytest.mark.parametrize("weight", [0.0, 0.25, 0.5, 1.0])
def test_bargaining_power_divides_a_pie(weight):
    chain, _ = linear([1.0], [1.0])
    assert nash_point(chain, 0.1, 0.3, weight).utility_a[0] == pytest.approx(0.1 + weight * 0.6)


def test_equal_rates_of_exchange_are_conceded_in_proportion():
    chain, knots = linear([0.5, 0.3, 0.2], [0.5, 0.3, 0.2])
    assert terms_at(chain, knots, nash_point(chain, 0.0, 0.0).position) == pytest.approx(np.full((3, 1), 0.5))


def test_disjoint_absolute_red_lines_leave_nothing():
    ideal, ones = np.array([0.0, 1.0])[:, None, None], np.ones((2, 1, 1))
    ends = np.zeros((1, 1)), np.ones((1, 1))
    for width, feasible in ((0.4, False), (0.6, True)):
        chain = frontier(*issue_segments(ideal, ones, width * ones, np.full((2, 1, 1), np.inf), *ends))
        point = nash_point(chain, 0.1, 0.1)
        assert bool(point.feasible[0]) is feasible
        assert np.isfinite([point.utility_a[0], point.utility_b[0], point.position[0]]).all()
    assert point.utility_a[0] == pytest.approx(0.5)


def test_what_both_want_is_conceded_before_and_what_neither_wants_never():
    knots = np.array([0.0, 0.25, 0.75, 1.0])[None, :, None]
    slope_a, slope_b = (np.array(slopes)[None, :, None] for slopes in ([1.0, -1.0, -1.0], [2.0, 2.0, -2.0]))
    start = np.zeros((2, 1))
    chain = frontier(knots, slope_a, slope_b, start)
    assert chain.utility_a[:, 0].tolist() == [0.25, -0.25, -0.25, -0.25]
    assert chain.utility_b[:, 0].tolist() == [0.5, 1.5, 1.5, 1.5]
    assert terms_at(chain, knots, np.array([0.0]))[0, 0] == 0.25
    assert terms_at(chain, knots, np.array([3.0]))[0, 0] == 0.75


def test_pieces_contested_backwards_are_walked_backwards():
    knots = np.array([0.0, 0.5, 1.0])[None, :, None]
    slope_a, slope_b = np.array([2.0, 1.0])[None, :, None], np.array([-1.0, -1.0])[None, :, None]
    chain = frontier(knots, slope_a, slope_b, np.array([[0.0], [1.0]]))
    assert chain.utility_a[:, 0].tolist() == [1.5, 1.0, 0.0]
    assert chain.utility_b[:, 0].tolist() == [0.0, 0.5, 1.0]
    assert terms_at(chain, knots, np.array([1.0]))[0, 0] == 0.5


def test_with_everything_parked_the_frontier_is_one_point():
    at = np.full((1, 1), 0.4)
    ideal, ones = np.array([0.0, 1.0])[:, None, None], np.ones((2, 1, 1))
    table = issue_segments(ideal, ones, 2 * ones, np.zeros((2, 1, 1)), at, at)
    chain = frontier(*table)
    for solution in SOLUTIONS:
        good, bad = solution(chain, 0.5, 0.3), solution(chain, 0.7, 0.3)
        assert good.feasible[0]
        assert (good.utility_a[0], good.utility_b[0]) == pytest.approx((0.6, 0.4))
        assert not bad.feasible[0]
        assert (bad.utility_a[0], bad.utility_b[0]) == (0.7, 0.3)
    assert terms_at(chain, table.knots, good.position)[0, 0] == 0.4


def test_one_table_serves_many_disagreements():
    chain, knots = linear([0.8, 0.2], [0.2, 0.8])
    keeps = np.linspace(0.0, 0.9, 7)
    points = nash_point(chain, keeps, 0.1)
    terms = terms_at(chain, knots, points.position)
    for run, keep in enumerate(keeps):
        alone = nash_point(chain, keep, 0.1)
        assert alone.utility_a[0] == points.utility_a[run]
        assert (terms_at(chain, knots, alone.position)[:, 0] == terms[:, run]).all()
