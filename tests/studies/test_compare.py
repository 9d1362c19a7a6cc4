"""A comparison: what is the same stays exactly the same, what differs is found, and the folder comes back."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.contrasts import contrasts
from sim.analysis.contrasts_text import SHOWN, WIDTH, number, saved, signed
from sim.figures import STUDIES, draw, draw_all
from sim.record.folder import FolderFault
from sim.record.study import Study
from sim.scenario import InputFault
from sim.studies.compare import compare
from tests.toys import toy, toy_result


@pytest.fixture(scope="module")
def study():
    return compare(toy(), ["baseline", "no_mediator", "no_winter_strikes"], 64, seed=3)


def test_a_variant_that_changes_nothing_is_exactly_the_baseline():
    same = compare(toy(), ["no_mediator", "no_mediator+baseline"], 32, seed=3)["contrasts"]
    known = same["difference"].notna()
    assert known.sum() > 30
    assert (same["difference"][known] == 0).all()
    assert (same["low"][known] <= 0).all()
    assert (same["high"][known] >= 0).all()


def test_differences_are_those_of_the_runs(study):
    runs, rows = study["runs"], study["contrasts"]
    own = runs[runs["variant"] == "no_mediator"], runs[runs["variant"] == "baseline"]
    row = rows[(rows["variant"] == "no_mediator") & (rows["outcome"] == "durable")].iloc[0]
    assert row["difference"] == own[0]["durable"].mean() - own[1]["durable"].mean()
    until = [table["first_talks"].fillna(60).mean() for table in own]
    row = rows[(rows["variant"] == "no_mediator") & (rows["outcome"] == "first_talks_weeks")].iloc[0]
    assert row["difference"] == pytest.approx(until[0] - until[1])


def test_without_strikes_no_energy_is_missed(study):
    rows = study["contrasts"]
    row = rows[(rows["variant"] == "no_winter_strikes") & (rows["outcome"] == "unserved_a")].iloc[0]
    assert row["high"] < 0


def test_curves_end_where_the_contrasts_are(study):
    last = study["curves"].groupby(["variant", "what"], sort=False)["difference"].last()
    rows = study["contrasts"].set_index(["variant", "outcome"])["difference"]
    for (variant, what), gap in last.items():
        assert gap == rows[variant, f"first_{what}"]


def test_ends_sum_to_all_runs(study):
    assert study["endings"].groupby("variant")["share"].sum().to_numpy() == pytest.approx([1, 1, 1])
    changes = study["endings"].groupby("variant")["difference"].sum()
    assert changes.to_numpy() == pytest.approx([0, 0, 0])


def test_workers_change_nothing(study):
    again = compare(toy(), ["baseline", "no_mediator", "no_winter_strikes"], 64, seed=3, workers=2)
    for name, table in study.tables.items():
        pd.testing.assert_frame_equal(table, again[name])


def test_the_table_fits_the_terminal_and_names_what_it_shows(study):
    assert max(map(len, str(study).splitlines())) <= WIDTH + 12
    assert "no_mediator" in study.text
    assert {outcome for outcome in SHOWN if outcome not in set(study["contrasts"]["outcome"])} == set()


def test_numbers_for_the_terminal():
    assert (signed(-0.031, "share"), signed(0.0, "weeks"), signed(2.0, "number")) == ("−3.1", "0.0", "+2")
    assert (saved(np.nan), saved(np.inf), saved(2.34), saved(1e4)) == ("", "all", "2.3×", ">999×")
    assert number(0.5, "share") == "50.0"


def test_faults_are_told_all_at_once():
    with pytest.raises(InputFault) as told:
        compare(toy(), ["no_mediatr", "no_mediator", "no_mediator"], 4)
    assert "did you mean no_mediator?" in str(told.value)
    assert "named twice" in str(told.value)
    with pytest.raises(InputFault, match="two or more are allowed, found 1"):
        compare(toy(), ["baseline"], 4)


def test_other_replicates_cannot_be_paired():
    runs = toy_result().runs
    with pytest.raises(ValueError, match="do not hold the same replicates"):
        contrasts({"a": runs, "b": runs.iloc[1:]}, 156)


def test_the_folder_comes_back(study, tmp_path):
    study.save(tmp_path / "c", also=lambda folder: draw_all(study, folder / "figures"))
    back = Study.load(tmp_path / "c")
    assert (back.kind, back.text) == ("comparison", study.text)
    assert back.manifest["asked"] == {"variants": ["baseline", "no_mediator", "no_winter_strikes"]}
    for name, table in study.tables.items():
        pd.testing.assert_frame_equal(table, back[name], check_dtype=False, check_column_type=False)
    assert len(list((tmp_path / "c" / "figures").iterdir())) == 2 * len(STUDIES["comparison"])


def test_an_ensemble_is_no_study(tmp_path):
    toy_result().save(tmp_path / "r")
    with pytest.raises(FolderFault, match="holds a result of another kind: ensemble"):
        Study.load(tmp_path / "r")


def test_an_unknown_figure_names_the_nearest(study):
    with pytest.raises(ValueError, match="did you mean endings"):
        draw(study, "ending")
