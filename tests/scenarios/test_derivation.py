"""The tables of scenarios/ukraine-2026: derived anew where the source data are here, sound in any case."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

LAYERS = ("alliance", "trade", "arms", "aid", "organisations", "distance")
TABLES = (
    "states.csv",
    "texts.csv",
    "coming.csv",
    "forecast.csv",
    "donors.csv",
    "estimates.csv",
    *(f"ties/{layer}.csv" for layer in LAYERS),
)
MEMBERS = {
    "EU": 27,
    "NATO": 32,
    "G7": 7,
    "G20": 19,
    "CSTO": 6,
    "EAEU": 5,
    "SCO": 10,
    "BRICS": 10,
    "GCC": 6,
    "ASEAN": 11,
    "AU": 54,
    "AES": 3,
    "CARICOM": 14,
    "PIF": 14,
}


@pytest.fixture(scope="module")
def folder(request) -> Path:
    return request.config.rootpath / "scenarios" / "ukraine-2026"


def read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / name, keep_default_na=False)


@pytest.fixture(scope="module")
def states(folder) -> pd.DataFrame:
    return read(folder, "states.csv")


def derive(folder: Path, data: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "derive"), "--data", str(data), "--out", str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_tables_are_what_the_scripts_derive(folder, shared_data, tmp_path):
    done = derive(folder, shared_data, tmp_path)
    assert done.returncode == 0, done.stderr
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.csv")}
    assert written == set(TABLES)
    differing = [name for name in TABLES if (tmp_path / name).read_bytes() != (folder / name).read_bytes()]
    assert differing == []


def test_missing_source_is_one_line_and_status_two(folder, tmp_path):
    done = derive(folder, tmp_path, tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no such file" in done.stderr


def test_other_columns_are_one_line_and_status_two(folder, tmp_path):
    (tmp_path / "states_groups.csv").write_text("iso3,land\nUKR,Ukraine\n")
    done = derive(folder, tmp_path, tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no column country, un_group" in done.stderr


def test_193_states_sorted_and_unique(states):
    assert len(states) == 193
    assert list(states.iso3) == sorted(set(states.iso3))
    assert states.name.is_unique


@pytest.mark.parametrize(("group", "count"), sorted(MEMBERS.items()))
def test_groups_have_their_members(states, group, count):
    assert states.groups.str.split(";").map(lambda names: group in names).sum() == count


def test_council_has_ten_elected_and_five_permanent_members(states):
    assert list(states.iso3[states.council_2026 == "permanent"]) == ["CHN", "FRA", "GBR", "RUS", "USA"]
    assert (states.council_2026 == "elected").sum() == 10
    assert set(states.council_2026) == {"permanent", "elected", ""}


def test_shares_and_topics_lie_between_the_poles(states):
    columns = ["dependence_a", "dependence_b", "trade_b", "control", "ceasefire", "sanctions"]
    assert states[columns].ge(0).all(axis=None)
    assert states[columns].le(1).all(axis=None)
    assert states[["conflict_se", "luck", "band", "human_rights_band"]].gt(0).all(axis=None)
    assert states[["general", "conflict", "absence", "human_rights"]].abs().lt(8).all(axis=None)


def test_the_union_has_the_official_shares_and_nobody_else_any(states):
    union = states.groups.str.split(";").map(lambda names: "EU" in names)
    assert (states.population > 0).eq(union).all()
    assert states.population.sum() == 10_001
    assert states.loc[states.population.idxmax(), "iso3"] == "DEU"


def test_the_parties_stand_at_the_ends(states):
    by_code = states.set_index("iso3")
    assert by_code.conflict.idxmin() == "RUS"
    assert by_code.control.idxmax() in {"RUS", "BLR", "PRK"}
    assert by_code.loc["UKR", "control"] < 0.2
    assert by_code.loc["RUS", "control"] > 0.8
    assert tuple(by_code.loc["UKR", ["dependence_a", "dependence_b"]]) == (1, 0)
    assert tuple(by_code.loc["RUS", ["dependence_a", "dependence_b"]]) == (0, 1)


def test_senders_include_the_union_and_not_russias_allies(states):
    senders = set(states.iso3[states.sender == 1])
    assert set(states.iso3[states.groups.str.split(";").map(lambda names: "EU" in names)]) <= senders
    assert senders.isdisjoint({"RUS", "BLR", "CHN", "IND", "TUR"})


@pytest.mark.parametrize("layer", LAYERS)
def test_ties_of_a_state_sum_to_one(folder, states, layer):
    ties = read(folder, f"ties/{layer}.csv")
    assert list(ties.columns) == ["from", "to", "weight"]
    assert ties.groupby("from").weight.sum().sub(1).abs().max() <= 0.0011
    assert ties.weight.gt(0).all()
    assert ties.groupby("from").size().max() <= 20
    assert (ties["from"] != ties["to"]).all()
    assert not ties.duplicated(["from", "to"]).any()
    assert set(ties["from"]) | set(ties["to"]) <= set(states.iso3)


@pytest.mark.parametrize("layer", ["alliance", "trade", "arms", "aid"])
def test_the_parties_do_not_depend_on_each_other(folder, layer):
    ties = read(folder, f"ties/{layer}.csv")
    assert not {("UKR", "RUS"), ("RUS", "UKR")} & set(zip(ties["from"], ties["to"], strict=True))


def test_donors_are_states_or_the_union_and_their_parts_add_up(folder, states):
    donors = read(folder, "donors.csv")
    assert set(donors.donor) <= {*states.iso3, "EU"}
    assert donors.donor.is_unique
    for weeks, total in ((26, "total_26_weeks"), (52, "weekly")):
        parts = donors[f"military_{weeks}_weeks"] + donors[f"other_{weeks}_weeks"]
        assert (parts - donors[total]).abs().max() < 2e-4


def test_texts_end_before_the_scenario_and_leave_out_what_is_to_be_predicted(folder):
    texts = read(folder, "texts.csv")
    assert texts.date.max() < "2026-02-24"
    assert not {"80/111", "80/223", "ES-11/10"} & set(texts.resolution)
    assert texts[["band", "demand_se", "log_band_se"]].gt(0).all(axis=None)
    assert (texts.yes + texts.no + texts["abstain"] + texts.absent).eq(193).all()


def test_coming_texts_are_of_families_that_have_earlier_ones(folder):
    texts, coming = read(folder, "texts.csv"), read(folder, "coming.csv")
    assert set(coming.family) <= set(texts.family)
    assert coming.date.min() > texts.date.max()
    assert (coming[["yes", "no", "abstain", "absent"]].sum(axis=1) - 193).abs().max() < 0.01


def test_estimates_lie_in_their_intervals_and_say_how_they_came_about(folder):
    estimates = pd.read_csv(folder / "estimates.csv")
    known = estimates.dropna(subset=["low", "high"])
    assert known.estimate.between(known.low, known.high).all()
    assert estimates.parameter.is_unique
    assert estimates[["estimate", "unit", "n", "window", "source", "method"]].notna().all(axis=None)
    assert estimates.method.str.endswith(".").all()


def test_tables_are_small(folder):
    sizes = [(folder / name).stat().st_size for name in TABLES]
    assert max(sizes) < 150_000
    assert sum(sizes) < 900_000


def test_every_table_is_named_among_the_sources(folder):
    text = (folder / "SOURCES.md").read_text(encoding="utf-8")
    assert [name for name in TABLES if name not in text] == []
