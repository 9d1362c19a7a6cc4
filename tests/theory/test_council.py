import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.theory.council import council_decision, dilution, veto_probability
from sim.theory.rules import security_council, wins
from sim.theory.voting import ABSENT, ABSTAIN, NO, YES

PERMANENT = np.arange(15) < 5
ballots = arrays(np.int8, (15, 4), elements={"min_value": 0, "max_value": 3})


def ballot(permanent, elected):
    return np.array([*permanent, *elected], dtype=np.int8)[:, None]


def test_resolution_2774_passes_with_five_abstentions():
    votes = ballot([YES, YES, YES, ABSTAIN, ABSTAIN], [YES] * 7 + [ABSTAIN] * 3)
    assert council_decision(votes, PERMANENT).tolist() == [True]


@pytest.mark.parametrize("missing", [ABSTAIN, ABSENT])
def test_a_permanent_member_that_does_not_vote_does_not_veto(missing):
    assert council_decision(ballot([missing] * 5, [YES] * 9 + [NO]), PERMANENT).tolist() == [True]


def test_fourteen_to_one_fails_when_the_one_is_permanent():
    votes = ballot([YES] * 4 + [NO], [YES] * 10)
    assert council_decision(votes, PERMANENT).tolist() == [False]
    assert council_decision(votes, PERMANENT, procedural=True).tolist() == [True]


def test_eight_votes_are_not_enough():
    votes = ballot([YES] * 5, [YES] * 3 + [ABSTAIN] * 7)
    assert council_decision(votes, PERMANENT).tolist() == [False]
    assert council_decision(votes, PERMANENT, procedural=True).tolist() == [False]


@given(votes=ballots)
def test_a_veto_always_kills_and_a_text_never_passes_that_procedure_would_reject(votes):
    adopted = council_decision(votes, PERMANENT)
    assert not (adopted & (votes[:5] == NO).any(axis=0)).any()
    assert (~adopted | council_decision(votes, PERMANENT, procedural=True)).all()


@given(votes=ballots)
def test_when_nobody_abstains_the_decision_is_the_veto_rule(votes):
    votes = np.where(votes == YES, YES, NO).astype(np.int8)
    assert council_decision(votes, PERMANENT).tolist() == wins(security_council(), votes == YES).tolist()


supports = arrays(np.float64, (5, 3), elements=st.floats(-6, 6))


@given(support=supports, accepted=st.floats(0.01, 0.5), consensus=st.floats(0, 4))
def test_sponsors_stop_at_the_first_cut_that_is_enough(support, accepted, consensus):
    share = dilution(support, 1.0, accepted, consensus)
    left = veto_probability((1 - share) * support + share * consensus, 1.0)
    assert ((left <= accepted) | (share == 1)).all()
    before = np.maximum(share - 0.05, 0.0)
    still = veto_probability((1 - before) * support + before * consensus, 1.0)
    assert ((still > accepted - 1e-9) | (share == 0)).all()


@given(support=supports, accepted=st.floats(0.01, 0.4), more=st.floats(0, 0.5))
def test_who_fears_the_veto_less_strikes_less(support, accepted, more):
    assert (dilution(support, 1.0, accepted + more, 2.0) <= dilution(support, 1.0, accepted, 2.0)).all()


def test_a_text_that_nobody_vetoes_is_left_whole_and_one_that_nothing_can_save_is_cut_to_nothing():
    assert dilution(np.full((5, 1), 3.0), 1.0, 0.05, 2.0).tolist() == [0.0]
    assert dilution(np.full((5, 1), -6.0), 0.0, 0.01, 0.0).tolist() == [1.0]


def test_one_sure_no_is_a_sure_veto():
    assert veto_probability(np.array([[9.0], [-9.0]]), 1.0).item() > 0.999
