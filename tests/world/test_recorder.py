import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.randomness import Luck
from sim.world.outcomes import shortened
from sim.world.realise import realise
from sim.world.recorder import play
from tests.toys import assembly, toy, toy_result


@pytest.fixture(scope="module")
def events():
    return toy_result().events.astype({"kind": str, "who": str})


@pytest.fixture(scope="module")
def runs():
    return toy_result().runs.set_index("replicate")


def firsts(events, runs):
    return events.groupby("replicate")["week"].min().reindex(runs.index).astype("Int16")


@pytest.mark.parametrize(
    ("column", "kind", "who"),
    [
        ("first_talks", "talks_opened", None),
        ("first_ceasefire", "ceasefire_signed", None),
        ("first_settlement", "settlement_signed", None),
        ("first_rung_1", "rung_opened", "prisoners"),
        ("first_rung_3", "rung_opened", "power_plants"),
        ("victory_week", "victory", None),
    ],
)
def test_first_weeks_are_those_of_the_events(events, runs, column, kind, who):
    chosen = events[(events["kind"] == kind) & (who is None or events["who"] == who)]
    pd.testing.assert_series_equal(runs[column], firsts(chosen, runs), check_names=False)


@pytest.mark.parametrize(
    ("column", "kinds"),
    [
        ("talks", ["talks_opened"]),
        ("signed", ["ceasefire_signed", "settlement_signed"]),
        ("broken", ["agreement_broken"]),
        ("ratification_failures", ["ratification_failed"]),
    ],
)
def test_counts_are_those_of_the_events(events, runs, column, kinds):
    counted = events[events["kind"].isin(kinds)].groupby("replicate").size().reindex(runs.index, fill_value=0)
    assert (counted == runs[column]).all()
    assert runs[column].sum() > 0 or column == "ratification_failures"


def test_a_deal_that_both_sides_break_in_one_week_is_broken_once(events, runs):
    broken = events[events["kind"] == "rung_broken"]
    deal = broken["who"].str.partition(".")[0]
    doubled = broken.assign(deal=deal).duplicated(["replicate", "week", "deal"])
    assert doubled.any()
    by_run = broken[~doubled & (deal == "prisoners")].groupby("replicate").size().reindex(runs.index, fill_value=0)
    assert (by_run == runs["rung_1_broken"]).all()


def test_deals_are_completed_or_broken_or_cut_off(runs):
    for rung in (1, 3):
        ended = runs[f"rung_{rung}_completed"] + runs[f"rung_{rung}_broken"]
        assert (ended <= runs[f"rung_{rung}_opened"]).all()


def test_durable_is_signed_in_time_and_standing_later(runs):
    calendar = toy_result().scenario.calendar
    assert (runs["durable"] == runs["durable_week"].notna()).all()
    week = runs["durable_week"].dropna()
    assert len(week) > 0
    assert (week < calendar.signing_weeks).all()
    assert (runs["longest_peace"][week.index] >= calendar.standing_weeks).all()


def test_the_first_peace_lasts_from_its_signature_to_its_break(events, runs):
    for replicate, run in runs.iterrows():
        own = events[events["replicate"] == replicate]
        signed = own[own["kind"].str.endswith("_signed")]["week"]
        broken = own[own["kind"] == "agreement_broken"]["week"]
        if signed.empty:
            assert pd.isna(run["first_peace_weeks"])
            assert pd.isna(run["first_peace_broken"])
        else:
            end = broken.iloc[0] if len(broken) else 156
            assert run["first_peace_weeks"] == end - signed.iloc[0]
            assert run["first_peace_broken"] == (len(broken) > 0)


def test_the_signed_line_is_that_of_the_last_signature(events, runs):
    signed = events[events["kind"].str.endswith("_signed")].groupby("replicate")["value"].last()
    pd.testing.assert_series_equal(runs["signed_line"].dropna(), signed, check_names=False, check_index_type=False)
    assert (runs["nash_line"].notna() <= runs["signed_line"].notna()).all()
    assert runs["nash_line"].between(0, 1).sum() > len(signed) / 2


def test_events_come_by_run_and_inside_a_run_by_week(events):
    place = events["replicate"] * 1000 + events["week"]
    assert place.is_monotonic_increasing


def test_drawn_parameters_stand_in_the_table_as_they_were_drawn():
    scenario, numbers = toy(()), np.arange(96)
    _, drawn = realise(scenario, Luck(5, numbers, 156))
    table = toy_result().runs
    assert {f"draw:{path}" for path in drawn} == {name for name in table if name.startswith("draw:")}
    for path, values in drawn.items():
        assert np.allclose(table[f"draw:{path}"], values, rtol=2.0**-11, atol=0)


@given(st.floats(1e-30, 1e30) | st.floats(-1e30, -1e-30))
def test_shortening_keeps_eleven_bits_and_is_done_once(value):
    once = shortened([value], 1)
    assert abs(float(once[0]) - value) <= 2.0**-11 * abs(value)
    assert shortened(once, 1) == once


def test_a_column_of_a_sweep_takes_the_place_of_a_draw():
    path = "actors.north.trust"
    block = play(toy(), 1, [0, 0], {path: np.array([0.25, 0.5])})
    assert block.runs[f"draw:{path}"].tolist() == [0.25, 0.5]


def test_trajectories_are_kept_only_on_request():
    assert play(toy(), 1, [0]).trajectories is None
    assert play(toy(), 1, [0], trajectories=True).trajectories.shape[1:] == (60, 1)


def test_ballots_count_every_state_in_every_run():
    block = play(assembly(), 1, np.arange(7))
    assert set(block.ballots) == {"draft", "motion"}
    assert all((counts.sum(axis=1) == 7).all() for counts in block.ballots.values())
