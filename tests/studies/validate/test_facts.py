"""Patterns of past wars: bands from their sources, and what a scenario may say to them."""

import datetime

import numpy as np
import pytest

from sim.record.intervals import wilson
from sim.scenario import vary
from sim.studies.validate.facts import FACTS, Played, unheard
from sim.studies.validate.past_wars import SERIAL, SURVIVORS, years_so_far
from tests.toys import SHORT, rebuilt, toy

BY_NUMBER = {fact.number: fact for fact in FACTS}


def old(began, weeks=60):
    """The toy as a war that began on a day."""
    return vary(toy(()), overrides=[*SHORT[:2], f"calendar.weeks={weeks}", f"calendar.began={began}"])


@pytest.fixture(scope="module")
def played():
    return Played(old("2028-01-01"), 48, 5)


@pytest.mark.parametrize(
    ("began", "years"),
    [("2030-01-01", 0.0), ("2029-01-01", 1.0), ("2029-01-02", 364 / 365.25), ("2026-01-01", 4.0), ("2028-02-29", 1.84)],
)
def test_years_are_counted_from_the_first_day(began, years):
    assert years_so_far(old(began)) == pytest.approx(years, abs=0.01)
    assert years_so_far(toy()) is None


def test_the_band_of_a_whole_year_is_wilsons_and_that_of_half_a_year_its_root():
    band = BY_NUMBER["S4"].band
    whole = band(old("2026-01-01"))
    assert whole == pytest.approx([float(end) for end in wilson(5 / 9, 9)])
    half = band(old("2025-07-02"))
    assert half == pytest.approx(np.sqrt(whole), abs=2e-3)
    assert SURVIVORS[4] == (5, 9)


def test_truces_of_the_donbas_are_a_rate():
    assert SERIAL[0] < 22 / 5.89 < SERIAL[1]


def test_every_fact_gives_a_verdict_and_a_reason_where_there_is_none(played):
    for fact in FACTS:
        checked = fact.check(played)
        assert checked.verdict != "left out" or checked.entry.remark
        if checked.verdict != "left out":
            low, high = checked.band
            assert (checked.verdict == "holds") == (low <= checked.found[0] <= high)
            assert checked.interval[0] <= checked.found[0] <= checked.interval[1]
    assert all(checked.entry.remark for checked in unheard())


@pytest.mark.parametrize(
    ("scenario", "number", "reason"),
    [
        (toy(), "S4", "calendar.began"),
        (old("2029-06-01"), "S4", "lasted 0 years"),
        (old("1990-01-01"), "S4", "lasted 40 years"),
        (old("2028-01-01", 52), "S4", "next anniversary"),
        (rebuilt(toy(), {"actors": {"envoy": None}}), "S13", "no mediator"),
        (toy(), "S16", "another war"),
    ],
)
def test_who_cannot_speak_says_why(scenario, number, reason):
    checked = BY_NUMBER[number].check(Played(scenario, 4, 1))
    assert checked.verdict == "left out"
    assert reason in checked.entry.remark


def test_what_is_measured_is_what_the_tables_say(played):
    runs = played.result.runs
    assert BY_NUMBER["S7"].check(played).found[0] == runs["first_talks"].notna().mean()
    over = runs[runs["end"] != "war"]
    assert BY_NUMBER["S7a"].check(played).found[0] == (~over["end"].astype(str).str.startswith("victory")).mean()
    week = played.result.weeks
    at_war = week[(week["week"] == 52) & week["quantity"].isin(["war", "talks"])]["mean"].sum()
    assert BY_NUMBER["S4"].check(played).found[0] == pytest.approx(at_war)


def test_mediation_is_compared_under_the_same_luck(played):
    assert played.result.manifest["seed"] == played.unmediated.manifest["seed"]
    assert (played.result.events["who"] == "envoy").any()
    assert not (played.unmediated.events["who"] == "envoy").any()
    without = rebuilt(old("2028-01-01"), {"mechanisms": {"mediation": False}})
    same = Played(without, 48, 5)
    assert BY_NUMBER["S13"].measure(same).value == 0.0


def test_a_war_whose_peaces_are_none_has_nothing_to_measure():
    silent = {"talks": {"base": 0, "ripe_weight": 0, "pressure_weight": 0, "enticing_weight": 0,
                        "instrumental_weight": 0}}  # fmt: skip
    played = Played(rebuilt(toy(), silent), 8, 1)
    for number in ("S7a", "S10", "S12", "S13a", "S17"):
        checked = BY_NUMBER[number].check(played)
        assert (checked.verdict, checked.entry.remark) == ("left out", "nothing to measure in these runs")
    assert played.scenario.calendar.start == datetime.date(2030, 1, 1)


def test_what_an_equation_puts_in_is_played_without_it(played):
    unpressed, bare = (one.manifest["overrides"] for one in (played.unpressed, played.bare))
    assert unpressed == ["agreements.withdrawn=0", "actors.envoy.leverage_decay=0"]
    assert bare == ["mechanisms.leverage=false", "talks.good_offices_gain=0", "actors.envoy.guarantee=0"]
    for number, words in (("S12", "withdrawn"), ("S13", "guarantees"), ("S13a", "withdrawn")):
        assert words in BY_NUMBER[number].check(played).entry.remark


def test_what_is_withdrawn_weighs_nothing_in_what_is_scored(played):
    """However heavy the scenario makes withdrawn leverage, the scores of its signs stay."""
    heavy = Played(vary(played.scenario, overrides=["agreements.withdrawn=50"]), played.replicates, played.seed)
    for number in ("S12", "S13a"):
        found, plain = (BY_NUMBER[number].check(one).found for one in (heavy, played))
        assert np.array_equal(found, plain, equal_nan=True)
