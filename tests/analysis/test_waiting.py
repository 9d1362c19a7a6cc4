import numpy as np
import pandas as pd
import pytest

from sim.analysis.waiting import FIRST_ENDS, ONSETS, first_ends, onset, peace, spells
from tests.histories import history
from tests.toys import toy_result


@pytest.mark.parametrize("what", ONSETS)
def test_one_minus_the_curve_is_the_share_in_which_it_has_begun(what):
    result = toy_result()
    curve = onset(result, what)
    for week in (0, 20, 80, 155):
        begun = (result.runs[ONSETS[what]] <= week).fillna(value=False).mean()
        if week <= curve.times[-1]:
            assert 1 - curve.at(week).value == pytest.approx(begun)


def test_the_first_war_ends_in_one_way_or_goes_on():
    result = toy_result()
    curves = first_ends(result)
    assert set(curves) <= set(FIRST_ENDS)
    ended = sum(curve.value[-1] for curve in curves.values())
    never = result.runs[["first_ceasefire", "first_settlement", "victory_week"]].isna().all(axis=1)
    assert ended == pytest.approx(1 - never.mean())


PLAY = [
    (0, 10, "ceasefire_signed"), (0, 20, "settlement_signed"), (0, 50, "agreement_broken"),
    (0, 55, "settlement_signed"),
    (1, 3, "settlement_signed"), (1, 4, "agreement_broken"), (1, 9, "ceasefire_signed"),
    (1, 30, "agreement_broken"),
    (3, 59, "ceasefire_signed"),
]  # fmt: skip


def test_stretches_of_peace_are_read_from_the_events():
    found = spells(history(4, PLAY))
    assert found.replicate.tolist() == [0, 0, 1, 1, 3]
    assert found.start.tolist() == [10, 55, 3, 9, 59]
    assert found.weeks.tolist() == [40, 5, 1, 21, 1]
    assert found.broken.tolist() == [True, False, True, True, False]
    assert found.kind.tolist() == ["ceasefire", "settlement", "settlement", "ceasefire", "ceasefire"]


def test_a_peace_ends_with_the_run_and_not_with_the_next_runs_break():
    found = spells(history(2, [(0, 10, "ceasefire_signed"), (1, 20, "settlement_signed"), (1, 22, "agreement_broken")]))
    assert found.broken.tolist() == [False, True]
    assert found.weeks.tolist() == [50, 2]


def test_without_a_signature_there_is_no_stretch():
    found = spells(history(2, [(0, 4, "talks_opened")]))
    assert found.start.size == found.weeks.size == found.broken.size == found.kind.size == 0
    assert peace(history(2, [])).times.size == 0


def test_stretches_agree_with_the_table_of_runs():
    result = toy_result()
    found = pd.DataFrame(vars(spells(result)))
    assert len(found) > 50
    first = found.groupby("replicate").first()
    runs = result.runs.set_index("replicate").loc[first.index]
    assert (first["weeks"] == runs["first_peace_weeks"]).all()
    assert (first["broken"] == runs["first_peace_broken"]).all()
    assert found["broken"].sum() == result.runs["broken"].sum()
    assert (found.groupby("replicate")["weeks"].max() == runs["longest_peace"]).all()


def test_the_curve_of_a_kind_counts_its_own_stretches():
    result = history(4, PLAY)
    assert peace(result, "ceasefire").at_risk[0] == 3
    assert peace(result, "settlement").at_risk[0] == 2
    assert np.isclose(peace(result).at(1).value, 0.8)
