"""Patterns of past votes: found in the real roll calls where they are here, asked of simulated votes anywhere."""

import numpy as np
import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.studies.assembly.record import RollCall, totals
from sim.studies.validate.facts import Played
from sim.studies.validate.roll_calls import RollCalls, abstentions, cohesion, kept, outcome_shares, probit
from sim.studies.validate.votes import PATTERNS, SIMULATED, past_votes
from sim.theory.voting import ABSENT, ABSTAIN, NO, YES
from tests.toys import ukraine

MISSED = {"U3", "U5", "U7"}
"""Numbers that are not found; what is found stands in the printed line, and a change of this set is to be explained."""


def call(*votes):
    codes = np.array(votes, dtype=np.int8)
    return RollCall("r", "2019-12-01", codes, totals(codes))


def test_shares_leave_the_absent_out():
    calls = [call(YES, YES, NO, ABSENT), call(YES, ABSTAIN, ABSTAIN, ABSENT)]
    assert outcome_shares(calls) == pytest.approx([0.5, 1 / 3, 1 / 6])
    assert abstentions(calls) == pytest.approx([1 / 3, 0.5, 0.6, 0.5, 1.0])


def test_cohesion_is_one_where_all_who_vote_agree():
    assert cohesion([call(YES, YES, NO), call(YES, ABSENT, NO)], np.array([0, 1])) == [1.0, 1.0]
    assert cohesion([call(YES, NO, ABSTAIN)], np.arange(3)) == [0.0, 0.0]


def test_pairs_are_counted_from_one_text_to_the_next():
    pairs = kept([call(YES, NO, ABSENT), call(YES, ABSTAIN, YES), call(NO, ABSTAIN, YES)])
    assert pairs.sum() == 5
    assert (pairs[YES, YES], pairs[YES, NO], pairs[NO, ABSTAIN], pairs[ABSTAIN, ABSTAIN]) == (2, 1, 1, 1)


def test_a_probit_finds_the_slope_and_the_band_that_made_the_votes():
    luck = np.random.default_rng(3)
    points = luck.normal(size=6000)
    latent = 1.6 * points - 0.4 + luck.normal(size=6000)
    votes = np.where(latent > 1.0, YES, np.where(latent < -1.0, NO, ABSTAIN)).astype(np.int8)
    assert probit(points, votes) == pytest.approx((1.6, 0.4, 2.0), abs=0.1)


@pytest.mark.slow
def test_the_catalogue_is_found_in_the_roll_calls_but_for_what_is_known_to_miss(shared_data):
    checked = list(past_votes(RollCalls(shared_data).read()))
    assert {one.entry.number for one in checked if one.verdict == "fails"} == MISSED
    assert {one.entry.number for one in checked if one.verdict == "left out"} == {"U10", "U11"}
    assert len(checked) == len(PATTERNS) + 2


def test_simulated_votes_are_asked_only_where_a_text_follows_another():
    assert all(fact.silent(ukraine()) == "" for fact in SIMULATED)
    played = Played(ukraine(), 32, 1)
    checked = [fact.check(played) for fact in SIMULATED]
    assert all(0.0 <= one.found[0] <= 1.0 for one in checked)
    assert checked[-1].found[0] < 0.05


def test_the_command_asks_for_a_folder_and_tells_its_faults(tmp_path):
    def asked(*arguments):
        return CliRunner().invoke(main, ["validate", "--only", "votes", *arguments])

    assert "name their folder with --data" in asked().output
    assert asked().exit_code == 2
    assert asked("--data", str(tmp_path)).exit_code == 2
    assert "states_groups.csv: no such file" in asked("--data", str(tmp_path)).output
