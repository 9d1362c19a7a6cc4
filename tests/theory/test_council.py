import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays

from sim.theory.council import council_decision
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
