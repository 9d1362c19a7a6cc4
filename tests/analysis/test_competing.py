"""Competing ends: a case worked by hand, a law of shares, and the edges."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.competing import FIRST_ENDS, ended_by, first_end, incidences
from sim.analysis.survival import cumulative_incidence
from tests.toys import toy_result


def runs_of(**weeks):
    columns = {"first_settlement": None, "first_ceasefire": None, "victory_week": None} | weeks
    return pd.DataFrame({name: pd.array(column, dtype="Int16") for name, column in columns.items()})


def test_aalen_and_johansen_by_hand():
    """Six cases at 1, 2, 3, 4, 5, 6 with causes 1, 2, cut off, 1, 2, cut off.

    Standing just before: 1, 5/6, 4/6, 4/6, 4/9, 2/9; so cause 1 has 1/6 + (4/6)(1/3) and cause 2 (5/6)(1/5) + (4/9)(1/2).
    """
    curves = cumulative_incidence([1, 2, 3, 4, 5, 6], [1, 2, 0, 1, 2, 0])
    np.testing.assert_allclose(curves[1].value, [1 / 6, 1 / 6, 1 / 6, 7 / 18, 7 / 18, 7 / 18])
    np.testing.assert_allclose(curves[2].value, [0, 1 / 6, 1 / 6, 1 / 6, 7 / 18, 7 / 18])


def test_what_comes_first_counts_and_a_settlement_before_a_ceasefire_of_its_week():
    runs = runs_of(
        first_settlement=[5, 3, None, None], first_ceasefire=[5, 2, None, None], victory_week=[None, 9, 7, None]
    )
    week, cause = first_end(runs, 10)
    assert week.tolist() == [5, 2, 7, 10]
    assert [("war", *FIRST_ENDS)[code] for code in cause] == ["settlement", "ceasefire", "victory", "war"]
    assert {way: flags.tolist() for way, flags in ended_by(runs, 10, 4).items()}["war"] == [True, False, True, True]


def test_every_run_stands_in_one_way_in_every_week():
    result = toy_result()
    weeks = result.scenario.calendar.weeks
    for at in (0, 50, weeks):
        assert np.array_equal(
            sum(flags.astype(int) for flags in ended_by(result.runs, weeks, at).values()), np.ones(96)
        )


def test_without_cutting_off_incidences_are_shares():
    result = toy_result()
    weeks = result.scenario.calendar.weeks
    ended = ended_by(result.runs, weeks, weeks)
    for way, curve in incidences(result.runs, weeks).items():
        assert curve.value[-1] == pytest.approx(ended[way].mean())
