import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theory.majority import two_thirds
from sim.theory.procedure import (
    MOTIONS,
    STAGES,
    changed,
    falls_with_its_parts,
    order_of_questions,
    passes,
    removal,
    stands_by,
)

votes = st.integers(0, 193)


@given(st.lists(st.tuples(st.sampled_from(STAGES), st.floats(0, 5)), max_size=9))
def test_questions_come_in_the_order_of_the_rules_and_none_is_lost(moved):
    kinds, removals = [kind for kind, _ in moved], [far for _, far in moved]
    order = order_of_questions(kinds, removals)
    assert sorted(order) == list(range(len(moved)))
    ranks = [STAGES.index(kinds[place]) for place in order]
    assert ranks == sorted(ranks)
    amendments = [removals[place] for place in order if kinds[place] == "amendment"]
    assert amendments == sorted(amendments, reverse=True)


def test_the_amendments_of_a_text_are_put_before_it_and_it_last_of_all():
    kinds = ["text", "paragraph", "amendment", "division", "no_action", "secret_ballot"]
    put = [kinds[place] for place in order_of_questions(kinds, [0.0] * 6)]
    assert put == ["no_action", "secret_ballot", "amendment", "division", "paragraph", "text"]


def test_equals_keep_the_order_in_which_they_were_moved():
    assert order_of_questions(["amendment"] * 3, [0.2, 0.2, 0.2]) == [0, 1, 2]


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="not in"):
        order_of_questions(["filibuster"], [0.0])


@pytest.mark.parametrize(("yes", "no", "share"), [(107, 12, 0.8992), (93, 18, 0.8378), (93, 24, 0.7949)])
def test_real_tallies_pass_by_two_thirds_whatever_the_abstentions(yes, no, share):
    assert yes / (yes + no) == pytest.approx(share, abs=5e-5)
    assert passes(np.array([yes]), np.array([no]), "text", "two_thirds").item()


@given(yes=votes, no=votes, kind=st.sampled_from(STAGES))
def test_parts_need_the_majority_of_the_text_and_motions_a_simple_one(yes, no, kind):
    given_votes = np.array([yes]), np.array([no])
    simple = yes > no
    needed = simple if kind in MOTIONS else bool(two_thirds(*given_votes).item())
    assert passes(*given_votes, kind, "two_thirds").item() == needed
    assert passes(*given_votes, kind, "simple").item() == simple


def test_more_votes_for_than_against_is_not_enough_for_an_amendment_to_an_important_text():
    # Rule 84: on 24 February 2025 amendments to the text of the United States needed what the text itself needed.
    yes, no = np.array([60]), np.array([40])
    assert not passes(yes, no, "amendment", "two_thirds").item()
    assert passes(yes, no, "no_action", "two_thirds").item()


@given(st.floats(-5, 5), st.floats(-5, 5), st.lists(st.booleans(), min_size=1, max_size=6))
def test_what_is_rejected_changes_nothing(value, change, adopted):
    where = np.array(adopted)
    after = np.broadcast_to(changed(value, change, where), where.shape)
    assert (after[~where] == value).all()
    assert (after[where] == value + change).all()


def test_a_text_falls_only_when_all_its_operative_parts_are_gone():
    struck = np.array([[True, True, True], [True, False, True], [False, True, True]])
    operative = np.array([True, True, False])
    assert falls_with_its_parts(struck, operative, others=False).tolist() == [True, False, True]
    assert not falls_with_its_parts(struck, operative, others=True).any()
    assert not falls_with_its_parts(struck, np.zeros(3, dtype=bool), others=False).any()


def test_an_amendment_is_as_far_from_a_text_as_it_moves_the_states():
    general, conflict = np.array([2.0, -2.0]), np.array([1.0, 1.0])
    assert removal(general, conflict, {}) == 0.0
    assert removal(general, conflict, {"demand": -0.7}) == pytest.approx(0.7)
    assert removal(general, conflict, {"general_weight": 0.5}) == pytest.approx(1.0)


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_a_sponsor_leaves_only_over_an_amendment_it_did_not_vote_for(cases):
    loyal, adopted, own = (np.array(row) for row in zip(*cases, strict=True))
    after = stands_by(loyal[None], adopted, own[None])[0]
    assert (after <= loyal).all()
    assert (after == loyal)[~adopted | own].all()
    assert not after[adopted & ~own].any()
