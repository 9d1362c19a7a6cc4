"""Competing ends: a case worked by hand, a law of shares, and the edges."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.competing import ENDS, FIRST_ENDS, STILL, ended_by, first_end, incidences
from sim.analysis.survival import cumulative_incidence
from tests.toys import toy_result


def runs_of(**weeks):
    count = len(next(iter(weeks.values())))
    none = ("first_settlement", "first_ceasefire", "victory_week", "first_peace_weeks", "first_peace_broken")
    ends = weeks.pop("end", ["war"] * count)
    columns = dict.fromkeys(none, [None] * count) | weeks
    return pd.DataFrame({name: pd.array(column, dtype="Int16") for name, column in columns.items()}).assign(end=ends)


def test_aalen_and_johansen_by_hand():
    """Six cases at 1, 2, 3, 4, 5, 6 with causes 1, 2, cut off, 1, 2, cut off.

    Standing just before: 1, 5/6, 4/6, 4/6, 4/9, 2/9; so cause 1 has 1/6 + (4/6)(1/3) and cause 2 (5/6)(1/5) + (4/9)(1/2).
    """
    curves = cumulative_incidence([1, 2, 3, 4, 5, 6], [1, 2, 0, 1, 2, 0])
    np.testing.assert_allclose(curves[1].value, [1 / 6, 1 / 6, 1 / 6, 7 / 18, 7 / 18, 7 / 18])
    np.testing.assert_allclose(curves[2].value, [0, 1 / 6, 1 / 6, 1 / 6, 7 / 18, 7 / 18])


def test_what_comes_first_counts_and_a_settlement_before_a_ceasefire_of_its_week():
    runs = runs_of(
        first_settlement=[5, 3, None, None], first_ceasefire=[5, 2, None, None], victory_week=[None, 9, 7, None],
        first_peace_weeks=[5, 7, None, None], end=["settlement", "victory_a", "victory_b", "war"],
    )  # fmt: skip
    week, cause = first_end(runs, 10)
    assert week.tolist() == [5, 2, 7, 10]
    assert [("war", *FIRST_ENDS)[code] for code in cause] == ["settlement", "ceasefire_settled", "victory_b", "war"]
    assert {way: flags.tolist() for way, flags in ended_by(runs, 10, 4).items()}["war"] == [True, False, True, True]


def test_a_ceasefire_counts_by_what_becomes_of_it():
    """Signed in week 2: it stands; it breaks; it is settled, which breaks later; it breaks and a later peace settles."""
    runs = runs_of(
        first_ceasefire=[2, 2, 2, 2], first_settlement=[None, None, 4, 8], first_peace_weeks=[8, 3, 5, 3],
        first_peace_broken=[0, 1, 1, 1],
    )  # fmt: skip
    runs["first_peace_broken"] = runs["first_peace_broken"].astype("boolean")
    _, cause = first_end(runs, 10)
    ways = [("war", *FIRST_ENDS)[code] for code in cause]
    assert ways == ["frozen", "ceasefire_broken", "ceasefire_settled", "ceasefire_broken"]
    assert set(ENDS) == {*FIRST_ENDS, STILL}


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
