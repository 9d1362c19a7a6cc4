"""scenarios/korea-1951: another war by the same rules, with nothing left of the first, and its sources named."""

import re
import subprocess
import sys

import pytest

import sim
from sim.scenario.writing import tree_of

ELSEWHERE = r"ukrain|russia|kyiv|crimea|donetsk|zaporizh|türkiye|oblast|drone|\beu\b|20[0-2]\d-"
"""What would be left of another war."""
WHOLE = ("ripeness", "talks", "protocol", "agreements")
"""Sections that are about no war in particular."""
LADDER = (
    "noise", "monitoring", "forgetting", "defection", "defection_gain", "continuation_value", "linkage", "table_trust",
)  # fmt: skip
FRONT = ("mobility", "observation_noise", "own_exponent", "other_exponent")
SIDE = (
    "red_line_steepness", "curvature", "discount", "horizon", "precision", "trust", "shift", "regroup", "cost.base",
    "cost.fatigue", "beliefs.uncertainty", "beliefs.process", "home.rally", "home.weariness", "home.return_rate",
)  # fmt: skip
"""What is about people at war, whoever they are."""


@pytest.fixture(scope="module")
def folder(request):
    return request.config.rootpath / "scenarios" / "korea-1951"


@pytest.fixture(scope="module")
def korea(folder):
    return sim.load(folder)


@pytest.fixture(scope="module")
def other(folder):
    return sim.load(folder.parent / "ukraine-2026")


def number(record, place):
    """What stands at a place, without what its source says."""
    for key in place.split("."):
        record = getattr(record, key)
    return (record.family, record.arguments) if hasattr(record, "arguments") else record


def numbers(record):
    return {key: number(record, key) for key in type(record).model_fields if key != "source"}


def test_nothing_is_left_of_another_war(korea):
    written = repr(tree_of(korea)).casefold()
    assert re.findall(ELSEWHERE, written) == []


@pytest.mark.parametrize("section", WHOLE)
def test_rules_of_the_table_are_the_same_for_every_war(korea, other, section):
    assert numbers(getattr(korea, section)) == numbers(getattr(other, section))


def test_people_at_war_are_the_same_in_every_war(korea, other):
    for place in LADDER:
        assert number(korea.ladder, place) == number(other.ladder, place)
    for place in FRONT:
        assert number(korea.front, place) == number(other.front, place)
    for place in SIDE:
        sides = {number(scenario.belligerent(side), place) for scenario in (korea, other) for side in "AB"}
        assert len(sides) == 1, place


def test_bodies_at_home_spread_and_tire_alike(korea, other):
    bodies = [body for side in "AB" for body in korea.belligerent(side).home.ratifiers.values()]
    known = other.belligerent("A").home.ratifiers["parliament"]
    assert {(number(body, "spread"), number(body, "sensitivity")) for body in bodies} == {
        (number(known, "spread"), number(known, "sensitivity"))
    }


def test_an_armistice_settles_line_prisoners_and_inspection_and_parks_the_rest(korea):
    assert {key for key, issue in korea.issues.items() if issue.agenda == "ceasefire"} == {
        "line", "prisoners", "inspection",
    }  # fmt: skip
    assert {key for key, issue in korea.issues.items() if issue.agenda == "settlement"} == {"troops", "conference"}


def test_the_calendar_holds_the_armistice_with_room_on_both_sides(korea):
    calendar = korea.calendar
    assert calendar.signing_weeks >= 106 + 20
    assert calendar.signing_weeks + calendar.standing_weeks <= calendar.weeks


def test_every_source_is_told_in_the_list_of_sources(folder, korea):
    told = (folder / "SOURCES.md").read_text(encoding="utf-8")
    assert [key for key in korea.sources if f"`{key}`" not in told] == []


def test_paper_names_its_command_and_its_misses(folder):
    paper = (folder / "paper.md").read_text(encoding="utf-8")
    assert "score.py" in paper
    assert "miss" in paper


@pytest.mark.slow
def test_the_score_is_printed(folder):
    command = [sys.executable, str(folder / "score.py"), "--replicates", "8"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {"armistice at all", "no_succession"} <= {
        line.split(" (record")[0].split(":")[0] for line in done.stdout.splitlines()
    }
