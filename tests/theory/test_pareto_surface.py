"""Texts of more than two parties: all efficient, from the best of each to compromises among all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sim.theory.pareto_surface import blends, surface_terms
from sim.theory.worth import tastes, worth


def judges(rng, parties, issues, runs=1, *, lines=True):
    shape = (parties, issues, runs)
    salience = rng.uniform(0.05, 1.0, shape)
    width = rng.uniform(0.1, 1.0, shape) if lines else np.full(shape, 2.0)
    return tastes(
        rng.random(shape), salience / salience.sum(axis=1, keepdims=True), red_line=width,
        steepness=rng.uniform(0.0, 3.0, (parties, 1, runs)) + np.zeros(shape),
        norm=rng.uniform(0.0, 0.1, shape), charter=rng.random((issues, runs)),
    )  # fmt: skip


def worths(terms, every):
    return np.stack([worth(text, every) for text in terms], axis=1)


def most_gained(every, floor):
    """The largest sum of gains over a point that leaves nobody worse off, by linear programming over all terms."""
    parties, issues = every.ideal_point.shape[:2]
    rows, right = [], []
    # Variables: terms, then for each party and issue the distance, the part beyond the red line, from the charter.
    count = issues + 3 * parties * issues
    objective = np.zeros(count)
    for party in range(parties):
        loss = np.zeros(count)
        for issue in range(issues):
            first = issues + 3 * (party * issues + issue)
            care = every.salience[party, issue, 0] / every.scale[party, issue, 0]
            loss[first : first + 3] = care, every.steepness[party, issue, 0], every.norm[party, issue, 0]
            ideal, charter = every.ideal_point[party, issue, 0], every.charter[issue, 0]
            width = every.red_line[party, issue, 0]
            for place, point, free in ((first, ideal, 0.0), (first + 1, ideal, width), (first + 2, charter, 0.0)):
                for sign in (1.0, -1.0):
                    row = np.zeros(count)
                    row[issue], row[place] = sign, -1.0
                    rows.append(row)
                    right.append(sign * point + free)
        objective += loss
        rows.append(loss)
        right.append(1.0 - floor[party])
    bounds = [(0.0, 1.0)] * issues + [(0.0, None)] * (count - issues)
    found = linprog(objective, A_ub=np.array(rows), b_ub=np.array(right), bounds=bounds)
    return parties - found.fun - floor.sum()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**16), st.integers(2, 4), st.integers(1, 3))
def test_no_terms_are_better_for_one_and_worse_for_nobody(seed, parties, issues):
    every = judges(np.random.default_rng(seed), parties, issues)
    terms = surface_terms(every, 2, 4)
    for floor in worths(terms, every)[:, :, 0].T:
        assert most_gained(every, floor - 1e-9) <= 1e-6


def test_every_party_finds_its_best_terms_among_them():
    every = judges(np.random.default_rng(3), 3, 4, 20, lines=False)
    best = worths(surface_terms(every, 3, 5), every).max(axis=1)
    assert (best >= 1.0 - (every.norm * np.abs(every.ideal_point - every.charter)).sum(axis=1) - 1e-9).all()


def test_two_sides_trade_issue_for_issue_along_them():
    """No. 47: the middle of the way gives each the issue that it cares for."""
    ends = np.stack([np.zeros((2, 1)), np.ones((2, 1))])
    care = np.array([[0.8, 0.2], [0.2, 0.8]])[:, :, None]
    none = np.zeros((2, 2, 1))
    two = tastes(ends, care, red_line=none + 2.0, steepness=none, norm=none, charter=none[0])
    found = worths(surface_terms(two, 1, 3), two)[:, :, 0]
    assert found[:, :3] == pytest.approx(np.array([[1.0, 0.8, 0.0], [0.0, 0.8, 1.0]]), abs=1e-12)


def test_on_one_issue_all_terms_lie_between_the_outermost_wishes():
    none = np.zeros((3, 1, 1))
    ideal = np.array([0.2, 0.5, 0.9])[:, None, None]
    three = tastes(ideal, none + 1.0, red_line=none + 2.0, steepness=none, norm=none, charter=none[0])
    terms = surface_terms(three, 2, 5).ravel()
    assert (terms.min(), terms.max()) == (0.2, 0.9)
    assert np.abs(terms - 0.5).min() < 1e-12


def test_a_run_does_not_feel_the_batch():
    every = judges(np.random.default_rng(4), 3, 3, 9)
    whole = surface_terms(every, 2, 4)
    for runs in ([4], [8, 0, 3]):
        assert np.array_equal(np.take(whole, runs, axis=-1), surface_terms(every.take(np.array(runs)), 2, 4))


def test_the_others_share_a_weight_on_a_lattice():
    assert blends(3, 4).shape == (15, 3)
    assert (blends(3, 4).sum(axis=1) == 1.0).all()
    assert blends(1, 5).tolist() == [[1.0]]
