import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.theory.ladder import (
    assurance_threshold,
    believe,
    defection_probability,
    forget,
    observed_compliance,
    successes_needed,
    update_odds,
    weekly_lesson,
)

inner = st.floats(0.001, 0.999)
noises = st.floats(0.0, 0.2)
STAKES = np.array([0.05, 0.1, 0.25, 0.35, 0.6, 0.8])


def test_the_assurance_threshold_of_the_catalogue():
    assert assurance_threshold(1.0, 0.8, 0.3, -0.5) == pytest.approx(0.8)


def after_report(trust, *said, **report):
    """Trust after a report on one step."""
    return believe(trust, update_odds(1.0, *said, **report))


def test_the_steps_to_even_trust_of_the_catalogue():
    assert successes_needed(0.15, 0.5, STAKES, 0.02).tolist() == [56, 21, 7, 5, 2, 2]


@pytest.mark.parametrize(("ratio", "steps", "trust"), [(1.05, 10, 0.28938), (1.5, 10, 0.93513), (3.0, 3, 0.87097)])
def test_repeated_bayes_of_the_catalogue(ratio, steps, trust):
    now = np.array([0.2])
    for _ in range(steps):
        now = after_report(now, 1.0 - 1.0 / ratio, 0.0, complied=True)
    assert now[0] == pytest.approx(trust, abs=5e-6)


def test_one_failure_outweighs_many_small_successes():
    assert update_odds(1.0, 0.05, 0.02, complied=True) == pytest.approx(0.98 / 0.95)
    assert update_odds(1.0, 0.05, 0.02, complied=False) == pytest.approx(0.4)


@given(inner, st.floats(0.0, 1.0), noises, st.floats(0.5, 1.0))
def test_beliefs_are_right_on_average(trust, stake, noise, accuracy):
    assume(stake >= noise)
    good = observed_compliance(1 - noise, accuracy)
    bad = observed_compliance(1 - stake, accuracy)
    reported = trust * good + (1 - trust) * bad
    after = [after_report(trust, stake, noise, complied=kept, accuracy=accuracy) for kept in (True, False)]
    assert reported * after[0] + (1 - reported) * after[1] == pytest.approx(trust, abs=2e-6)


@given(inner, st.floats(0.0, 1.0), noises, st.floats(0.5, 1.0))
def test_kept_steps_never_hurt_trust_and_broken_ones_never_help(trust, stake, noise, accuracy):
    kept = after_report(trust, stake, noise, complied=True, accuracy=accuracy)
    broken = after_report(trust, stake, noise, complied=False, accuracy=accuracy)
    assert broken - 1e-9 <= trust <= kept + 1e-9
    assert broken >= 1e-6
    assert kept <= 1 - 1e-6


def test_without_monitors_nothing_is_learned():
    trust, complied = np.array([0.3, 0.3]), np.array([True, False])
    assert after_report(trust, 0.6, 0.02, complied=complied, accuracy=0.5) == pytest.approx(trust)


def test_extreme_reports_stay_inside_the_limits():
    trust = np.array([0.5, 0.5, 0.0, 1.0])
    stake, noise = np.array([1.0, 1.0, 0.5, 1.0]), np.array([0.0, 0.0, 0.0, 0.5])
    complied = np.array([True, False, True, False])
    after = after_report(trust, stake, noise, complied=complied)
    assert after == pytest.approx([1 - 1e-6, 1e-6, 2e-6, 1 - 2e-6], abs=1e-10)


def test_defection_follows_the_stake_or_a_quantal_response():
    assert defection_probability(STAKES).tolist() == STAKES.tolist()
    answer = defection_probability(STAKES, "logit", gain=2.0, continuing=0.5, precision=4.0)
    assert answer == pytest.approx(1 / (1 + np.exp(-4.0 * (2.0 * STAKES - 0.5))))
    with pytest.raises(ValueError, match="logit"):
        defection_probability(0.5, "guess")


@given(inner, inner, st.floats(0.0, 1.0))
def test_forgetting_draws_trust_back_to_where_it_began(trust, prior, rate):
    later = forget(trust, prior, rate)
    assert min(trust, prior) - 1e-9 <= later <= max(trust, prior) + 1e-9
    assert forget(trust, prior, 1.0) == pytest.approx(prior)
    assert forget(trust, prior, 0.0) == pytest.approx(trust)


@given(inner, st.floats(0.3, 0.95), st.floats(0.05, 0.9), st.floats(0.0, 0.04))
def test_so_many_successes_and_no_fewer_reach_the_goal(start, goal, stake, noise):
    assume(start < goal - 1e-6)
    steps = int(successes_needed(start, goal, stake, noise))
    ratio, odds, wanted = (
        update_odds(1.0, stake, noise, complied=True),
        start / (1 - start),
        goal / (1 - goal),
    )
    assert odds * ratio**steps >= wanted * (1 - 1e-6)
    assert odds * ratio ** (steps - 1) < wanted * (1 + 1e-6)


def test_steps_without_information_never_lead_up():
    assert successes_needed(0.15, 0.5, 0.02, 0.02) == np.inf
    assert successes_needed(0.5, 0.5, 0.02, 0.02) == 0.0


@given(st.floats(-1.0, 1.0), st.floats(-1.0, 1.0), st.floats(1e-3, 1.0), st.floats(1e-3, 1.0))
def test_the_threshold_is_where_cooperation_starts_to_pay(dc, cd, reward, risk):
    cc, dd = dc + reward, cd + risk
    threshold = float(assurance_threshold(cc, dc, dd, cd))
    joining, exploiting = threshold * cc + (1 - threshold) * cd, threshold * dc + (1 - threshold) * dd
    assert joining == pytest.approx(exploiting, abs=1e-9)


def test_games_without_assurance():
    assert assurance_threshold(0.5, 1.0, 0.2, 0.0) == np.inf
    assert assurance_threshold(1.0, 0.5, 0.0, 0.2) == 0.0


@given(inner, st.floats(0.01, 100.0), st.integers(1, 200))
def test_quiet_weeks_teach_together_what_the_promise_teaches(trust, ratio, weeks):
    now, week = np.array([trust]), weekly_lesson(ratio, float(weeks))
    for _ in range(weeks):
        now = believe(now, week)
    assert now[0] == pytest.approx(float(believe(trust, ratio)), abs=1e-4)


def test_a_year_of_ceasefire_lifts_even_trust_as_one_kept_deal_of_its_stake():
    week = weekly_lesson(update_odds(1.0, 0.6, 0.02, complied=True), 52.0)
    assert week**52 == pytest.approx(0.98 / 0.4)
    assert believe(0.5, week**52) == pytest.approx(0.7101, abs=5e-5)


def test_a_span_of_less_than_a_week_is_a_week():
    assert weekly_lesson(3.0, 0.0) == pytest.approx(3.0)
