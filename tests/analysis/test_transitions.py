import math

import numpy as np
import pytest

from sim.analysis.transitions import escalation, transitions
from sim.record.intervals import wilson
from tests.histories import history
from tests.toys import toy_result


def deals(*events):
    return [(run, week, kind, who) for run, week, kind, who in events]


def test_one_deal_follows_another_within_the_window_and_not_outside():
    result = history(3, deals(
        (0, 5, "rung_completed", "prisoners"), (0, 6, "rung_opened", "power_plants"),
        (1, 5, "rung_completed", "prisoners"), (1, 15, "rung_opened", "power_plants"),
        (2, 5, "rung_completed", "prisoners"), (2, 16, "rung_opened", "power_plants"),
    ))  # fmt: skip
    found = transitions(result, window=10)
    assert found.successes == {1: 3, 2: 0, 3: 0, 4: 0}
    assert found.follows[1, 3].value == pytest.approx(2 / 3)
    assert found.follows[1, 3].n == 3
    assert math.isnan(found.follows[3, 1].value)


def test_what_comes_in_the_week_of_the_success_or_before_does_not_follow_it():
    result = history(1, deals(
        (0, 4, "rung_opened", "power_plants"),
        (0, 5, "rung_completed", "prisoners"), (0, 5, "rung_opened", "power_plants"),
    ))  # fmt: skip
    assert transitions(result, window=10).follows[1, 3].value == 0


def test_a_success_whose_window_is_cut_off_does_not_count():
    result = history(2, deals((0, 49, "rung_completed", "prisoners"), (1, 50, "rung_completed", "prisoners")))
    found = transitions(result, window=10)
    assert found.successes[1] == 1
    assert found.follows[1, 1].n == 1


def test_the_ceasefire_is_rung_five_and_the_settlement_rung_six():
    result = history(2, deals(
        (0, 5, "rung_completed", "prisoners"), (0, 8, "ceasefire_signed", "direct"),
        (0, 30, "settlement_signed", "direct"),
        (1, 5, "rung_completed", "prisoners"), (1, 9, "settlement_signed", "envoy"),
    ))  # fmt: skip
    found = transitions(result, window=10)
    assert (found.follows[1, 5].value, found.follows[1, 6].value) == (0.5, 0.5)
    assert found.higher[1].value == 1.0
    assert escalation(result, 1, window=10) == found.higher[1]


def test_any_week_of_war_is_the_base_rate():
    # War until the ceasefire in week 20 and again from its break in week 40; 50 weeks have a whole window.
    result = history(1, deals((0, 20, "ceasefire_signed", "direct"), (0, 40, "agreement_broken", "agreement")))
    found = transitions(result, window=10)
    assert found.anyway[5].value == pytest.approx(10 / (20 + 10))


def test_after_a_victory_there_is_no_week_of_war():
    result = history(1, deals((0, 10, "victory", "north"), (0, 12, "rung_opened", "prisoners")))
    assert transitions(result, window=10).anyway[1].value == pytest.approx(8 / 10)


def test_a_share_of_none_is_bounded_by_the_number_of_runs():
    result = history(4, deals(*[(run, week, "rung_completed", "prisoners") for run in range(4) for week in (5, 9)]))
    found = transitions(result, window=10).follows[1, 5]
    assert (found.value, found.low, found.n) == (0.0, 0.0, 4)
    assert found.high == wilson(0.0, 4)[1]


def test_successes_of_one_run_count_less_than_those_of_many():
    def events(per_run):
        done = []
        for case in range(40):
            run, week = case // per_run, 1 + 4 * (case % per_run)
            done.append((run, week, "rung_completed", "prisoners"))
            if run % 2:
                done.append((run, week + 1, "rung_opened", "power_plants"))
        return history(40 // per_run, done)

    many, few = (transitions(events(per_run), window=3).follows[1, 3] for per_run in (1, 10))
    assert many.value == few.value == 0.5
    assert few.high - few.low > 2 * (many.high - many.low)


def test_the_matrix_of_a_result_agrees_with_a_plain_count():
    result, window = toy_result(), 26
    events = result.events
    done = events[
        (events["kind"] == "rung_completed") & (events["who"] == "prisoners") & (events["week"] + window < 156)
    ]
    signed = events[events["kind"] == "settlement_signed"]
    hits = [
        ((signed["replicate"] == run) & (signed["week"] > week) & (signed["week"] <= week + window)).any()
        for run, week in zip(done["replicate"], done["week"], strict=True)
    ]
    found = transitions(result, window)
    assert found.successes[1] == len(done) > 50
    assert found.follows[1, 6].value == pytest.approx(np.mean(hits))
    assert 0 < found.follows[1, 6].low < found.follows[1, 6].value < found.follows[1, 6].high < 1
