"""The study of the Assembly on a made-up record: what a bad file is told, what is predicted, how it is scored."""

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.scenario.faults import InputFault
from sim.studies.assembly import baselines
from sim.studies.assembly.forecast import Forecast
from sim.studies.assembly.primary import read_long
from sim.studies.assembly.reader import GROUPS, LATEST, LONG, OWN, REGULAR, STATES, TEXTS, read_record
from sim.studies.assembly.record import Record, RollCall, totals
from sim.studies.assembly.scores import score
from sim.studies.assembly.simulate import assemblies, interval
from sim.theory.item_response_site import choice_probabilities
from sim.theory.text_demand import Coming
from sim.theory.voting import ABSENT

CODES = [f"{one}{two}{three}" for one in "ABCDE" for two in "ABCDE" for three in "AB"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small record in the shape of the real one."""
    rng = np.random.default_rng(0)
    states = pd.DataFrame({"iso3": CODES, "country": CODES, "un_group": "here", "un_subregion": "near"})
    states = states.assign(**{group: (np.arange(len(CODES)) % 7 == 0).astype(int) for group in GROUPS})
    states.to_csv(tmp_path / STATES, index=False)
    texts = [("68/262", "2014-03-27"), ("71/205", "2016-12-19"), ("72/190", "2017-12-19")]
    table = pd.DataFrame(texts, columns=["resolution", "date"]).assign(completeness="complete")
    table = table.assign(official_yes=1, official_no=2, official_abstain=3, official_absent=4)
    table.to_csv(tmp_path / TEXTS, index=False)
    letters = rng.choice(list("YNAX"), (len(CODES), len(texts)))
    wide = pd.DataFrame(letters, columns=[name for name, _ in texts]).assign(iso3=CODES)
    wide.to_csv(tmp_path / OWN, index=False)
    numbers = pd.DataFrame(rng.choice([1, 2, 3, 8], (4, len(CODES))), columns=CODES)
    numbers.iloc[3] = [{"Y": 1, "N": 3, "A": 2, "X": 8}[letter] for letter in letters[:, 1]]
    days = ["2015-01-01", "2015-02-01", "2016-02-01", "2016-12-19"]
    numbers.assign(rcid=[1, 2, 3, 4], date=days).to_csv(tmp_path / REGULAR, index=False)
    latest = pd.DataFrame(rng.choice(list("YNAX"), (2, len(CODES))), columns=CODES)
    latest.assign(Resolution=["A/RES/79/1", "A/RES/79/2"], Date="2025-03-01").to_csv(tmp_path / LATEST, index=False)
    return tmp_path


def edited(folder, name, change):
    table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    change(table).to_csv(folder / name, index=False)


def faults(folder):
    with pytest.raises(InputFault) as caught:
        read_record(folder)
    return str(caught.value)


def test_a_record_is_read_and_no_vote_stands_in_it_twice(folder):
    record = read_record(folder)
    assert [text.name for text in record.texts] == ["68/262", "71/205", "72/190"]
    assert [call.name for call in record.background] == ["rc1", "rc2", "rc3", "A/RES/79/1", "A/RES/79/2"]
    assert [text.name for text in record.targets] == ["71/205", "72/190"]
    assert record.peers.sum(axis=1) == pytest.approx(1.0)


def test_every_missing_file_is_told(tmp_path):
    assert "states_groups.csv: no such file" in faults(tmp_path)


def test_another_shape_is_told(folder):
    edited(folder, OWN, lambda table: table.rename(columns={"iso3": "code"}))
    edited(folder, REGULAR, lambda table: table.rename(columns={"date": "day"}))
    told = faults(folder)
    assert f"{OWN}: row 1: no column iso3; found" in told
    assert f"{REGULAR}: row 1: no column date; found" in told


def test_an_unknown_state_is_told_with_the_nearest(folder):
    edited(folder, OWN, lambda table: table.assign(iso3=["AAZ", *CODES[1:]]))
    told = faults(folder)
    assert f"{OWN}: row 2 (AAZ): no such state; did you mean" in told
    assert "missing AAA" in told


def test_a_doubled_state_is_told(folder):
    edited(folder, OWN, lambda table: pd.concat([table, table.iloc[:1]]))
    assert f"{OWN}: row 2, {len(CODES) + 2} (AAA): one row a state is allowed, found 2" in faults(folder)


def test_a_missing_column_of_a_state_is_told(folder):
    edited(folder, REGULAR, lambda table: table.drop(columns=["BAA"]))
    assert f"{REGULAR}: {len(CODES)} states are needed, missing BAA" in faults(folder)


@pytest.mark.parametrize(
    ("file", "column", "cell"), [(OWN, "71/205", "Z"), (REGULAR, "AAB", "7"), (LATEST, "AAB", "yes")]
)
def test_an_unknown_vote_is_told_with_its_row(folder, file, column, cell):
    edited(folder, file, lambda table: table.assign(**{column: [cell, *table[column][1:]]}))
    told = faults(folder)
    assert f"{file}: row 2 (" in told
    assert f"column {column}: " in told
    assert f'are allowed, found "{cell}"' in told


def test_an_unknown_column_of_a_state_is_told(folder):
    edited(folder, REGULAR, lambda table: table.rename(columns={"AAB": "ZZZ"}))
    assert f"{REGULAR}: row 1, column ZZZ: no such state" in faults(folder)


def test_rows_are_those_of_the_file_however_it_is_ordered(folder):
    edited(folder, STATES, lambda table: table.iloc[::-1].assign(EU=["7", *table.EU[1:]]))
    assert f'{STATES}: row 2 ({CODES[-1]}), column EU: 0, 1 are allowed, found "7"' in faults(folder)


def test_a_group_without_members_is_told(folder):
    edited(folder, STATES, lambda table: table.assign(EU="0"))
    assert "column EU: a group has at least one member, found none" in faults(folder)


def test_a_doubled_call_and_a_text_without_a_code_are_told(folder):
    edited(folder, REGULAR, lambda table: table.assign(rcid=["1", "1", "3", "4"]))
    edited(folder, TEXTS, lambda table: table.assign(resolution=["68/262", "71/205", "1/1"]))
    told = faults(folder)
    assert "row 3: one row a call is allowed, 1 stands twice" in told
    assert "resolution 1/1: the text has no family" in told


def test_a_doubled_text_is_told(folder):
    edited(folder, TEXTS, lambda table: pd.concat([table, table.iloc[1:2]]))
    assert f"{TEXTS}: row 5: one row a text is allowed, 71/205 stands twice" in faults(folder)


@pytest.mark.parametrize(("file", "column"), [(TEXTS, "date"), (REGULAR, "date"), (LATEST, "Date")])
@pytest.mark.parametrize("day", ["03/02/2022", "2022-13-45", ""])
def test_what_is_no_day_is_told(folder, file, column, day):
    edited(folder, file, lambda table: table.assign(**{column: [day, *table[column][1:]]}))
    assert f'{file}: row 2, column {column}: a day as 2022-03-02 is allowed, found "{day}"' in faults(folder)


@pytest.mark.parametrize("file", [STATES, TEXTS, OWN, REGULAR, LATEST])
def test_a_table_without_rows_is_told(folder, file):
    edited(folder, file, lambda table: table.iloc[:0])
    assert f"{file}: row 2: at least one row is needed, found none" in faults(folder)


def test_a_row_that_is_too_long_and_a_doubled_column_are_told(folder):
    lines = (folder / REGULAR).read_text(encoding="utf-8").splitlines()
    (folder / REGULAR).write_text("\n".join([*lines[:2], lines[2] + ",1", *lines[3:]]), encoding="utf-8")
    wide = [line + "," + line.split(",")[0] for line in (folder / OWN).read_text(encoding="utf-8").splitlines()]
    (folder / OWN).write_text("\n".join(wide), encoding="utf-8")
    told = faults(folder)
    assert f"{REGULAR}: row 3: {len(CODES) + 2} cells are allowed, found {len(CODES) + 3}" in told
    assert f"{OWN}: row 1, column 68/262: one column of a name is allowed, found 2" in told


def test_a_record_too_small_to_predict_from_is_told_and_not_tried(folder):
    done = CliRunner().invoke(main, ["hindcast", "assembly", "--data", str(folder)])
    assert done.exit_code == 2
    assert "states: GBR is needed" in done.output
    assert "text 71/205 (2016-12-19): at least 3 contested calls of the 8 years before it are needed" in done.output
    edited(folder, TEXTS, lambda table: table.iloc[:1])
    done = CliRunner().invoke(main, ["hindcast", "assembly", "--data", str(folder)])
    assert done.exit_code == 2
    assert "texts: two with a complete roll call, more than a year apart, are needed, found 1" in done.output


def test_the_command_tells_faults_and_ends_with_two(tmp_path):
    done = CliRunner().invoke(main, ["hindcast", "assembly", "--data", str(tmp_path)])
    assert done.exit_code == 2
    assert "no such file" in done.output
    assert "Traceback" not in done.output


def test_the_published_file_stands_for_the_regular_sessions(folder):
    first = read_record(folder)
    wide = pd.read_csv(folder / REGULAR, dtype=str)
    long = wide.melt(["rcid", "date"], var_name="Country", value_name="vote")
    late = pd.DataFrame({"rcid": "9", "date": "2025-03-01", "Country": CODES, "vote": "1"})
    pd.concat([long, late]).to_csv(folder / LONG, index=False)
    (folder / REGULAR).unlink()
    again = read_record(folder)
    assert [call.name for call in again.background] == [call.name for call in first.background]
    assert all((one.known == other.known).all() for one, other in zip(again.background, first.background, strict=True))
    edited(folder, LONG, lambda table: table.assign(vote=["7", *table.vote[1:]]))
    assert f"{LONG}: row 2 (call 1, " in faults(folder)


def test_a_long_file_is_read_and_its_faults_are_told(tmp_path):
    path = tmp_path / "votes.csv"
    rows = [
        (7, "2022-03-02", "AAA", 1),
        (7, "2022-03-02", "AAB", 3),
        (9, "2021-03-02", "AAB", 2),
        (1, "1980-01-14", "OLD", 1),
    ]
    table = pd.DataFrame(rows, columns=["rcid", "date", "Country", "vote"])
    table.to_csv(path, index=False)
    calls = read_long(path, ["AAA", "AAB"])
    assert [(call.name, call.known.tolist()) for call in calls] == [("rc9", [ABSENT, 2]), ("rc7", [0, 1])]
    table.assign(date=["03/02/2022", *table.date[1:]]).to_csv(path, index=False)
    with pytest.raises(InputFault, match=r"row 2, column date: a day as 2022-03-02 is allowed, found"):
        read_long(path, ["AAA", "AAB"])
    bad = pd.concat(
        [table, pd.DataFrame([(7, "2022-03-02", "AAA", 5), (7, "2022-03-02", "ZZZ", 1)], columns=table.columns)]
    )
    bad.to_csv(path, index=False)
    with pytest.raises(InputFault) as caught:
        read_long(path, ["AAA", "AAB"])
    told = str(caught.value)
    assert 'row 7, column Country: no such state: "ZZZ"' in told
    assert "row 6: one row a state and call is allowed" in told
    assert 'found "5"' in told


def plain(states, day, votes, family="human_rights", own=True):
    codes = np.array(votes, dtype=np.int8)
    return RollCall(day, day, codes, totals(codes), family, "charge", own)


def small():
    texts = (
        plain(3, "2014-01-01", [0, 3, 2]),
        plain(3, "2015-01-01", [0, 1, 2], "other"),
        plain(3, "2016-01-01", [2, 3, 2]),
    )
    groups = np.array(["a", "a", "b"])
    return Record(("A", "B", "C"), ("A", "B", "C"), groups, np.full((3, 3), 1 / 3), texts, (), ())


def test_baselines_look_back_only():
    record = small()
    coming = plain(3, "2016-01-01", [1, 1, 1])
    assert baselines.same_family(record, coming).tolist() == [0, 1, 2]
    assert baselines.any_text(record, coming).tolist() == [0, 1, 2]
    assert baselines.last_five(record, coming).tolist() == [0, 1, 2]
    assert baselines.group_majority(record, coming).tolist() == [0, 0, 2]


def test_smoothing_keeps_a_whole():
    chance = baselines.smoothed(np.array([0, 2], dtype=np.int8), 0.9, np.array([0.5, 0.2, 0.3]))
    assert chance.sum(axis=1) == pytest.approx(1.0)
    assert chance.argmax(axis=1).tolist() == [0, 2]


def test_a_wrong_absence_counts_as_wrong_over_all():
    chance = np.array([[0.9, 0.05, 0.05], [0.9, 0.05, 0.05]])
    found = score(chance, np.array([0.1, 0.1]), np.array([0, ABSENT], dtype=np.int8))
    assert found.right == 1.0
    assert found.right_of_all == 0.5


def expected(states=193, demand_sd=1.0):
    rng = np.random.default_rng(1)
    return Forecast(
        small().texts[0],
        4 * rng.standard_normal(states),
        rng.random(states),
        Coming(-1.0, demand_sd**2, 1.5, 0.01),
        None,
    )


def test_simulated_tallies_agree_with_the_probabilities_and_sum_to_all_states():
    known = expected()
    chance, absence = known.probabilities(), np.full(193, 0.1)
    tallies = assemblies(known, chance, absence, 0.0, number=4000, seed=1)
    assert (tallies.sum(axis=0) == 193).all()
    assert tallies.mean(axis=1)[:3] == pytest.approx(0.9 * chance.sum(axis=0), abs=1.5)
    wide = interval(tallies)
    tight = interval(assemblies(expected(demand_sd=0.0), chance, absence, 0.0, number=4000, seed=1))
    assert wide[0, 1] - wide[0, 0] > tight[0, 1] - tight[0, 0]


def test_without_uncertainty_of_the_text_the_probabilities_are_the_ordered_model():
    known = expected(demand_sd=0.0)
    flat = Forecast(known.text, known.mean, known.variance, Coming(-1.0, 0.0, 1.5, 0.0), None)
    assert flat.probabilities() == pytest.approx(
        choice_probabilities(known.mean, known.variance, -1.0, float(np.exp(1.5)))
    )


@pytest.mark.slow
def test_ten_thousand_assemblies_take_less_than_a_second():
    known = expected()
    chance = known.probabilities()
    start = time.process_time()
    assemblies(known, chance, np.full(193, 0.1), 0.5, number=10_000, seed=1)
    assert time.process_time() - start < 1.0
