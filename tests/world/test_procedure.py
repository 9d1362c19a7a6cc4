"""A text before its body: order, majorities, what a vote changes, and what it leaves as it was."""

import datetime

import numpy as np
import pytest

from sim.theory.voting import ABSTAIN, NO, YES
from sim.world.engine import play_week, weeks
from sim.world.seats import seats
from sim.world.sitting import ordered
from sim.world.state import World
from tests.toys import assembly, rebuilt, ukraine

RUNS = range(200, 264)
FOR, AGAINST = -60.0, 60.0
"""Demands at which luck decides nothing."""
FLAT = {"general_weight": 0.0, "conflict_weight": 0.0, "band": 1.0}
TEXT = {**FLAT, "demand": FOR, "date": datetime.date(2030, 1, 1)}
PRESENT = assembly().tables.texts["states.csv"]
for habit in (",-3,", ",-2,", ",-1,"):
    PRESENT = PRESENT.replace(habit, ",-90,")


def sat(text, scenario=None, codes=RUNS):
    """A world after the week in which a text was before its body."""
    base = scenario or rebuilt(assembly(), {"texts": {"draft": None, "motion": None}}, {"states.csv": PRESENT})
    world = World(rebuilt(base, {"texts": {"text": {**TEXT, **text}}}), 3, codes)
    play_week(world)
    return world


def ballots(world):
    return {ballot.key: ballot for ballot in world.journal.tallies}


def question(demand=FOR, **more):
    return {**FLAT, "demand": demand, **more}


def test_questions_are_put_in_their_order():
    world = sat({
        "motions": {"divide": question(kind="division"), "silence": question(AGAINST, kind="no_action")},
        "paragraphs": {"p1": question()},
        "amendments": {
            "near": question(AGAINST, change={"demand": 0.1}),
            "far": question(AGAINST, change={"demand": -2.0}),
        },
    })  # fmt: skip
    assert ordered(world, "text") == ["silence", "far", "near", "divide", "p1"]
    put = [ballot.key for ballot in world.journal.tallies]
    assert put == ["text.silence", "text.far", "text.near", "text.divide", "text.p1", "text"]


def test_rejected_amendments_and_kept_paragraphs_leave_the_text_as_it_was():
    plain = sat({})
    moved = sat({
        "amendments": {"a": question(AGAINST, change={"demand": 100.0, "band": 9.0})},
        "paragraphs": {"p": question(FOR, strikes={"demand": 100.0})},
    })  # fmt: skip
    assert moved.drafts["text"].demand == TEXT["demand"]
    assert moved.drafts["text"].band == 1.0
    assert (ballots(moved)["text"].counts == ballots(plain)["text"].counts).all()


def test_an_adopted_amendment_changes_the_text_and_flips_its_sponsor():
    # As on 24 February 2025: a sponsor that abstains on its own text once it is amended against its vote.
    dated = {"general_weight": 0.0, "conflict_weight": 60.0, "band": 1.0}
    text = {"general_weight": 0.0, "conflict_weight": 0.0, "band": 100.0, "demand": 0.0, "sponsors": ("DOW",)}
    amendment = {**dated, "demand": -20.0, "change": {"demand": 0.0, "conflict_weight": 0.1}}
    stubborn = {"assembly": {"sponsorship": 90.0}}
    base = rebuilt(assembly(), {"texts": {"draft": None, "motion": None}, **stubborn}, {"states.csv": PRESENT})
    before, after = (sat({**text, **more}, base) for more in ({}, {"amendments": {"a": amendment}}))
    row = before.society.place["DOW"]
    assert ballots(after)["text.a"].adopted.all()
    assert before.journal.ballots["text"][row, YES] == len(RUNS)
    assert after.journal.ballots["text"][row, ABSTAIN] == len(RUNS)
    assert not after.drafts["text"].loyal.any()


def test_an_amendment_to_an_important_text_needs_two_thirds_and_a_motion_does_not():
    # Upstream and Lakeland for, Downstream against, Deltaland abstains: two of three; without Lakeland one of two.
    split = {"general_weight": 0.0, "conflict_weight": 400.0, "demand": 100.0, "band": 110.0}
    world = sat(
        {"amendments": {"a": split}, "motions": {"m": {**split, "kind": "division"}}, "paragraphs": {"p": split}}
    )
    counts = ballots(world)["text.a"].counts
    assert (counts[YES] == 1).all()
    assert (counts[NO] >= 1).all()
    assert not ballots(world)["text.a"].adopted.any()


def test_a_text_set_aside_is_not_voted_on():
    world = sat({"motions": {"m": question(kind="no_action")}, "amendments": {"a": question()}})
    assert list(ballots(world)) == ["text.m"]
    assert (world.journal.ballots["text"] == 0).all()


def test_a_division_that_is_refused_leaves_no_paragraph_to_vote_on():
    refused = sat({"motions": {"m": question(AGAINST, kind="division")}, "paragraphs": {"p": question(AGAINST)}})
    assert list(ballots(refused)) == ["text.m", "text"]
    unopposed = sat({"paragraphs": {"p": question(AGAINST, strikes={"demand": 1.0})}})
    assert unopposed.drafts["text"].demand.tolist() == [TEXT["demand"] + 1.0] * len(RUNS)


def test_a_text_without_its_operative_parts_is_rejected_without_a_vote():
    world = sat({"paragraphs": {"p": question(AGAINST)}, "other_paragraphs": False})
    assert list(ballots(world)) == ["text.p"]
    kinds = [(kind, who, runs.size) for _, kind, who, runs, _ in world.journal.events if who == "text"]
    assert kinds == [("text_rejected", "text", len(RUNS))]


def test_an_amendment_overtaken_by_another_is_not_put():
    world = sat({
        "amendments": {
            "far": question(change={"demand": 5.0}, excludes=("near",)),
            "near": question(change={"demand": 1.0}),
        }
    })  # fmt: skip
    assert list(ballots(world)) == ["text.far", "text"]


def test_nobody_is_whipped_or_lobbied_in_a_secret_ballot():
    whipped = rebuilt(ukraine(), {"actors": {"eu": {"whip": 1.0}}, "texts": dict.fromkeys(ukraine().texts)})
    text = {**TEXT, "date": ukraine().calendar.start, "conflict_weight": 1.0, "demand": -1.5}
    votes = []
    for demand in (FOR, AGAINST):
        motion = question(demand, kind="secret_ballot")
        votes.append(sat({**text, "motions": {"m": motion}}, whipped))
    secret, shown = (np.nanmean(ballots(world)["text"].cohesion["eu"]) for world in votes)
    assert shown == pytest.approx(1.0, abs=0.05)
    assert secret < 0.9


def test_cohesion_and_moves_are_counted():
    text = {**TEXT, "demand": AGAINST}
    later = {**TEXT, "follows": "text", "date": datetime.date(2030, 1, 9)}
    base = rebuilt(assembly(), {"texts": {"draft": None, "motion": None, "later": later, "text": text}},
                   {"states.csv": PRESENT})  # fmt: skip
    world = World(base, 3, RUNS)
    for week in weeks(world):
        if week == 2:
            break
    moves = ballots(world)["later"].moves
    here = (1 - ballots(world)["text"].counts[3] / 4).mean()
    assert moves.sum(axis=(0, 1)).tolist() == [4] * len(RUNS)
    assert moves[NO, YES].mean() == pytest.approx(4 * here)
    assert ballots(world)["later"].cohesion["basin_union"].tolist() == [1.0] * len(RUNS)


def council(**rules):
    """A world in which the Council voted on a text against Russia."""
    text = {"date": ukraine().calendar.start, "forum": "council", "general_weight": 0.5, "conflict_weight": 1.5,
            "demand": 0.0, "band": 1.0}  # fmt: skip
    change = {"texts": dict.fromkeys(ukraine().texts), "council": rules or None}
    return sat(text, rebuilt(ukraine(), change), range(128))


def test_sponsors_dilute_a_text_until_no_veto_is_expected():
    bold, careful = council(), council(accepted_veto=0.1, consensus=2.0, least_strength=0.0)
    assert ballots(bold)["text"].adopted.mean() < 0.1
    assert ballots(careful)["text"].adopted.mean() > 0.5
    strength = careful.drafts["text"].strength
    assert ((strength >= 0) & (strength < 0.6)).all()


def test_a_text_of_which_too_little_is_left_is_withdrawn():
    world = council(accepted_veto=0.01, consensus=1.0, least_strength=0.9)
    assert "text" not in ballots(world)
    assert {kind for _, kind, *_ in world.journal.events if kind.startswith("text")} == {"text_withdrawn"}


def test_a_text_of_the_council_widens_no_mandate_while_the_war_goes_on():
    effects = {"legitimacy": 0.1, "mandate": 0.1}
    world = sat({"demand": FOR, "forum": "council", "date": ukraine().calendar.start},
                rebuilt(ukraine(), {"texts": dict.fromkeys(ukraine().texts), "assembly": effects}))  # fmt: skip
    assert ballots(world)["text"].adopted.all()
    assert (world.legitimacy > 0).all()
    assert (world.mandate == 0).all()
    assembly_text = sat({"demand": FOR, "date": ukraine().calendar.start},
                        rebuilt(ukraine(), {"texts": dict.fromkeys(ukraine().texts), "assembly": effects}))  # fmt: skip
    assert (assembly_text.mandate > 0).all()


def test_votes_without_effects_are_counted_and_nothing_else():
    change = {"assembly": {"legitimacy": 0.1, "mandate": 0.1}, "mechanisms": {"vote_effects": False},
              "texts": dict.fromkeys(ukraine().texts)}  # fmt: skip
    world = sat({"date": ukraine().calendar.start}, rebuilt(ukraine(), change))
    assert ballots(world)["text"].adopted.all()
    assert (world.legitimacy == 0).all()
    assert (world.mandate == 0).all()


def test_the_council_has_fifteen_seats_in_every_year_and_nobody_sits_three_years():
    world = World(ukraine(), 5, range(64))
    years = {year: seats(world, year) for year in (2026, 2027, 2028, 2029)}
    for seating in years.values():
        assert seating.rows.shape == (15, 64)
        assert seating.permanent.sum() == 5
        assert all(len(set(column)) == 15 for column in seating.rows.T)
    for run in range(64):
        three = [set(years[year].rows[5:, run]) for year in (2026, 2027, 2028)]
        assert not set.intersection(*three)
        assert len(three[0] & three[1]) == len(three[1] & three[2]) == 5
    assert (years[2026].rows == years[2026].rows[:, :1]).all()
    assert (years[2028].rows != years[2028].rows[:, :1]).any()


def test_who_is_elected_to_the_council_is_of_the_group_of_who_leaves():
    world = World(ukraine(), 5, range(64))
    regions = np.array(world.society.rows.regions)
    shares = [np.unique(regions[seats(world, year).rows[5:, 7]], return_counts=True) for year in (2026, 2029)]
    assert shares[0][0].tolist() == shares[1][0].tolist()
    assert shares[0][1].tolist() == shares[1][1].tolist()
