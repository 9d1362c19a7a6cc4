import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.choice import acceptance_probability
from sim.theory.talk_learning import POINTS, fresh_share, grid, next_posterior, over_points, prior, told_posterior

START = np.broadcast_to(prior()[:, None], (1, POINTS, 1))
DOUBT = grid(0.1)
YES, NO = "yes", "no"


def told(surplus, accepted, precision=30.0, share=1.0, start=START, **options):
    """Belief after an answer to a text that gives the other a surplus if the reckoning is right."""
    return next_posterior(start, surplus - DOUBT[None], np.array([[accepted == YES]]), precision, share, **options)


def mean(belief):
    return float(over_points(belief * DOUBT)[0, 0])


@given(st.floats(-1, 1), st.floats(0.1, 200), st.floats(0.01, 1))
def test_a_refusal_raises_the_need_that_is_believed_and_an_acceptance_lowers_it(surplus, precision, share):
    yes, no = (told(surplus, answer, precision, share) for answer in (YES, NO))
    assert mean(yes) <= 1e-12 <= mean(no) + 2e-12
    for belief in (yes, no):
        assert float(over_points(belief)[0, 0]) == pytest.approx(1.0)
        assert (belief >= 0.0).all()


@given(st.floats(-0.3, 0.3), st.floats(1, 100))
def test_beliefs_are_a_martingale(surplus, precision):
    chance = acceptance_probability(surplus - DOUBT, precision)
    yes = float(over_points(START * chance)[0, 0])
    later = yes * told(surplus, YES, precision) + (1.0 - yes) * told(surplus, NO, precision)
    assert later == pytest.approx(START, abs=1e-12)


def test_many_answers_find_the_truth():
    rng, belief, truth = np.random.default_rng(1), START, 0.1
    for _ in range(400):
        surplus = rng.uniform(-0.2, 0.2)
        belief = told(
            surplus, YES if rng.random() < acceptance_probability(surplus - truth, 30.0) else NO, start=belief
        )
    assert mean(belief) == pytest.approx(truth, abs=0.03)


def test_who_holds_out_teaches_nothing_by_refusing():
    assert told(0.1, NO, holding_out=True) == pytest.approx(START)
    assert mean(told(0.1, YES, holding_out=True)) < 0.0


@pytest.mark.parametrize("precision", [0.0, np.inf])
def test_a_coin_teaches_nothing_and_a_best_response_draws_the_line(precision):
    belief = told(0.0, NO, precision)
    assert np.isfinite(belief).all()
    assert (mean(belief) == pytest.approx(0.0)) if precision == 0.0 else (belief[0, : POINTS // 2] < 1e-9).all()


def test_a_mood_that_never_changes_is_no_witness():
    assert float(fresh_share(1.0)) == 0.0
    assert told(0.1, NO, share=fresh_share(1.0)) == pytest.approx(START)


def said(signal, deviation, start=START):
    """Belief after a report that the other needs so much more than was reckoned."""
    return told_posterior(start, (DOUBT - signal)[None], np.array([[deviation]]))


@given(st.floats(0.02, 2.0))
def test_reports_leave_beliefs_right_on_average(deviation):
    """Over all reports, weighed by how probable the belief makes them, every point keeps its weight."""
    reports = np.linspace(-0.3 - 8 * deviation, 0.3 + 8 * deviation, 4001)
    chance = sum(weight * np.exp(-0.5 * ((reports - point) / deviation) ** 2)
                 for weight, point in zip(START[0, :, 0], DOUBT[:, 0], strict=True))  # fmt: skip
    chance /= chance.sum()
    after = told_posterior(START, (DOUBT - reports)[None], np.full((1, reports.size), deviation))
    assert (after * chance).sum(axis=2) == pytest.approx(START[:, :, 0], abs=1e-6)


def test_a_report_as_good_as_the_prior_halves_the_variance_and_moves_the_mean_half_way():
    fine = np.linspace(-1.0, 1.0, 2001)[None, :, None]
    normal = np.exp(-0.5 * (fine / 0.1) ** 2)
    belief = told_posterior(normal / normal.sum(), fine - 0.08, np.array([[0.1]]))
    centre = float(over_points(belief * fine)[0, 0])
    assert centre == pytest.approx(0.04, abs=1e-6)
    assert float(over_points(belief * (fine - centre) ** 2)[0, 0]) == pytest.approx(0.1**2 / 2, rel=1e-6)


def test_a_report_of_no_precision_and_one_of_what_everybody_knew_teach_nothing():
    assert said(0.1, np.inf) == pytest.approx(START)
    assert told_posterior(START, np.zeros((1, POINTS, 1)), np.array([[0.0]])) == pytest.approx(START)


def test_a_report_far_off_the_grid_leaves_a_belief():
    belief = said(50.0, 1e-3)
    assert np.isfinite(belief).all()
    assert float(over_points(belief)[0, 0]) == pytest.approx(1.0)
    assert belief[0, -1, 0] > 0.99
