import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.humanitarian import displacement, funding, gap, next_need, pulled_rate

amount = st.floats(0.0, 1e8)
share = st.floats(0.0, 1.0)


@given(need=amount, pledged=amount, weary=share)
def test_need_is_never_below_what_is_funded(need, pledged, weary):
    paid = funding(np.array([need]), pledged, weary)
    assert 0.0 <= paid[0] <= need
    assert 0.0 <= gap(np.array([need]), paid)[0] <= 1.0


def test_gap_of_the_appeal_of_2023():
    assert gap(np.array([1.0]), np.array([0.67])) == pytest.approx([0.33])


def test_no_need_has_no_gap_and_overpayment_is_no_credit():
    assert gap(np.array([0.0, 2.0]), np.array([0.0, 5.0])).tolist() == [0.0, 0.0]


@given(pledged=amount, weary=share, more=share)
def test_donor_fatigue_never_raises_funding(pledged, weary, more):
    need = np.array([1e6])
    assert funding(need, pledged, min(1.0, weary + more))[0] <= funding(need, pledged, weary)[0]


def test_need_settles_where_inflow_meets_decline():
    need = np.array([0.0])
    for _ in range(500):
        need = next_need(need, 0.9, 2.0, 1.0)
    assert need[0] == pytest.approx(30.0)


def test_need_is_never_negative():
    assert next_need(np.array([1.0]), 0.5, -3.0).tolist() == [0.0]


@given(people=amount, intensity=st.floats(0.0, 100.0), rate=st.floats(0.0, 10.0))
def test_no_more_flee_than_are_there(people, intensity, rate):
    assert 0.0 <= displacement(people, intensity, rate) <= people


def test_a_week_of_light_fighting_displaces_about_its_rate():
    assert displacement(1e6, 1.0, 0.001) == pytest.approx(999.5, abs=0.01)


@given(share, share, share, st.floats(0.0, 10.0))
def test_need_pulls_and_relief_lets_go(rate, unmet, usual, pull):
    pulled = pulled_rate(rate, unmet, usual, pull)
    assert pulled >= 0.0
    assert (pulled >= rate) if unmet >= usual else (pulled <= rate)
    assert pulled_rate(rate, usual, usual, pull) == pulled_rate(rate, unmet, usual, 0.0) == rate


def test_a_pull_of_two_doubles_a_rate_as_the_unmet_half_becomes_the_whole():
    assert pulled_rate(0.01, np.array([0.5, 1.0]), 0.5, 2.0) == pytest.approx([0.01, 0.02])
