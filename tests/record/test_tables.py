import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.execution import run
from sim.record.block import BINS
from sim.record.columns import COLUMNS, STATUSES
from sim.record.intervals import wilson
from sim.record.quantities import NAMES, QUANTITIES
from sim.record.tables import QUANTILES, quantile
from tests.toys import assembly_result, toy, toy_result


def by_week(result, name):
    return result.weeks[result.weeks["quantity"] == name].set_index("week")


def wide_of(column):
    """One row a run, one column a week."""
    return column.unstack("week")  # noqa: PD010  nothing is aggregated


@pytest.fixture(scope="module")
def tape():
    return toy_result().trajectories.set_index(["replicate", "week"])


@pytest.mark.parametrize("quantity", QUANTITIES, ids=NAMES)
def test_weeks_agree_with_the_trajectories(quantity, tape):
    table = by_week(toy_result(), quantity.name)
    wide = wide_of(tape[quantity.name]).astype(np.float64)
    assert (table["n"] == wide.notna().sum()).all()
    width = quantity.high - quantity.low
    inside = wide.clip(quantity.low, quantity.high)
    assert np.allclose(table["mean"], inside.mean(), atol=1e-6 * width, equal_nan=True)
    beyond = (wide < quantity.low - 1e-6 * width) | (wide > quantity.high + 1e-6 * width)
    assert (table["beyond"] == beyond.sum()).all()
    for column, level in QUANTILES.items():
        exact = inside.quantile(level, interpolation="lower").where(wide.notna().any())
        upper = inside.quantile(level, interpolation="higher").where(wide.notna().any())
        there = table["n"] > 0
        half = width / (BINS - 1) / 2 + 1e-6 * width
        assert (table[column][there] >= exact[there] - half).all()
        assert (table[column][there] <= upper[there] + half).all()


def test_the_states_of_a_week_are_shares_that_sum_to_one():
    names = ["war", "talks", "ceasefire", "settlement", "victory_a", "victory_b"]
    total = sum(by_week(toy_result(), name)["mean"] for name in names)
    assert np.allclose(total, 1.0, atol=1e-12)


def test_dates_are_the_first_days_of_their_weeks():
    dates = by_week(toy_result(), "war")["date"]
    assert dates[0] == pd.Timestamp("2030-01-01")
    assert (dates.diff().dropna() == pd.Timedelta(weeks=1)).all()


def test_monte_carlo_error_of_a_share_is_wilsons():
    row = by_week(toy_result(), "war").loc[100]
    assert [row["low"], row["high"]] == [float(end) for end in wilson(row["mean"], row["n"])]


def test_monte_carlo_error_of_a_mean_is_two_standard_errors(tape):
    row = by_week(toy_result(), "front").loc[100]
    values = wide_of(tape["front"])[100].to_numpy(dtype=np.float64)
    half = 1.959964 * values.std(ddof=1) / np.sqrt(values.size)
    assert row["high"] - row["mean"] == pytest.approx(half, rel=0.01)
    assert row["mean"] - row["low"] == pytest.approx(half, rel=0.01)


@given(st.lists(st.integers(0, BINS - 1), min_size=1, max_size=40), st.sampled_from([0.05, 0.25, 0.5, 0.95]))
def test_a_quantile_from_marks_is_that_of_the_marks(marks, level):
    counts = np.bincount(marks, minlength=BINS)[None]
    expected = np.quantile(np.array(marks), level, method="inverted_cdf") / (BINS - 1)
    assert quantile(counts, counts.sum(axis=1), level)[0] == expected


def test_nothing_has_no_quantile():
    counts = np.zeros((1, BINS), dtype=np.int64)
    assert np.isnan(quantile(counts, counts.sum(axis=1), 0.5)[0])


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_wilsons_interval_holds_the_share_and_stays_inside(n, share):
    low, high = wilson(share, n)
    assert 0 <= low <= share <= high <= 1
    assert high > low


def test_wilsons_interval_in_newcombes_examples():
    assert np.round(np.stack(wilson(np.array([81, 15, 0]) / [263, 148, 20], [263, 148, 20])), 4).tolist() == [
        [0.2553, 0.0624, 0.0],
        [0.3662, 0.1605, 0.1611],
    ]


def test_runs_have_every_outcome_in_its_type():
    runs = toy_result().runs
    assert list(runs.columns[: len(COLUMNS) + 1]) == ["replicate", *(column.name for column in COLUMNS)]
    assert all(name.startswith("draw:") for name in runs.columns[len(COLUMNS) + 1 :])
    kinds = {column.name: str(runs[column.name].dtype) for column in COLUMNS}
    assert {kinds[c.name] for c in COLUMNS if c.kind in {"week", "weeks"}} == {"Int16"}
    assert {kinds[c.name] for c in COLUMNS if c.kind == "count"} == {"int16"}
    assert kinds["first_peace_broken"] == "boolean"
    assert list(runs["end"].cat.categories) == list(STATUSES)


def test_the_last_week_is_how_runs_end(tape):
    runs = toy_result().runs.set_index("replicate")
    last = tape.xs(155, level="week")
    for status in ("ceasefire", "settlement", "victory_a", "victory_b"):
        assert ((last[status] == 1) == (runs["end"] == status)).all()
    assert np.allclose(runs["front"], last["front"])
    assert np.allclose(runs["casualties_b"], last["casualties_b"])


def test_weeks_at_war_and_the_longest_peace_are_those_of_the_trajectories(tape):
    runs = toy_result().runs.set_index("replicate")
    war = wide_of(tape["war"] + tape["talks"])
    assert (war.sum(axis=1) == runs["weeks_at_war"]).all()
    peace = wide_of(tape["ceasefire"] + tape["settlement"]).astype(int)
    longest = [max((len(part) for part in "".join(map(str, row)).split("0")), default=0) for row in peace.to_numpy()]
    assert longest == runs["longest_peace"].tolist()
    assert (wide_of(tape["tolerance_a"]).min(axis=1) == runs["lowest_tolerance_a"]).all()


def test_every_number_lies_in_its_range():
    for result in (toy_result(), assembly_result()):
        for column in COLUMNS:
            if column.kind == "number":
                values = result.runs[column.name].dropna()
                assert values.between(column.low, column.high).all(), column.name
                assert column.label


def test_the_terms_that_were_signed_stand_beside_front_charter_and_gains(tape):
    runs = toy_result().runs.astype({"signed_line": float})
    signed = runs["signed"] > 0
    charter = toy(()).issues["control"].charter.centre
    for name in ("signed_line", "line_off_front", "line_off_charter", "signed_norm", "gain_a", "gain_b"):
        assert (runs[name].notna() == signed).all(), name
    some = runs[signed]
    assert np.allclose(some["line_off_charter"], abs(some["signed_line"] - charter), atol=1e-6)
    events = toy_result().events
    last = events[events["kind"].astype(str).str.endswith("_signed")].groupby("replicate")["week"].max()
    front = tape["front"].loc[list(zip(last.index, last, strict=True))].to_numpy()
    lines = some.set_index("replicate").loc[last.index]
    assert np.allclose(lines["line_off_front"], abs(lines["signed_line"] - front), atol=1e-6)
    shared = some["share_a"].notna()
    assert shared.any()
    gains = some.loc[shared, ["gain_a", "gain_b"]]
    assert (gains >= 0.0).all(axis=None)
    assert np.allclose(some.loc[shared, "share_a"], gains["gain_a"] / gains.sum(axis=1), atol=1e-5)
    assert (some.loc[~shared, ["gain_a", "gain_b"]].min(axis=1) <= 0.0).all()


def test_civilians_are_harmed_where_strikes_fall():
    runs, struck = toy_result().runs, run(toy(("mechanisms.strikes=false",)), replicates=16, seed=5).runs
    assert (runs["harm_a"] > 0.0).any()
    assert (struck[["harm_a", "harm_b"]] == 0.0).all(axis=None)


def test_aid_is_recorded_of_both_sides():
    week = by_week(assembly_result(), "aid_b")
    assert len(week) > 0
    assert {"aid_a", "aid_b"} <= {*assembly_result().weeks["quantity"].astype(str)}


def test_votes_sum_to_the_states_and_to_their_shares():
    result = assembly_result()
    assert (result.votes[["yes", "no", "abstain", "absent"]].sum(axis=1) == 4).all()
    per_text = result.states.groupby("text", observed=True)["yes"].sum()
    mean = result.votes.groupby("text", observed=True)["yes"].mean()
    assert np.allclose(per_text[mean.index], mean)
    assert np.allclose(result.states[["yes", "no", "abstain", "absent"]].sum(axis=1), 1.0)
    adopted = result.votes.groupby("replicate")["adopted"].sum()
    assert adopted.tolist() == result.runs["texts_adopted"].tolist()


def test_a_result_without_states_has_empty_tables_of_the_same_columns():
    empty, full = toy_result(), assembly_result()
    assert len(empty.votes) == len(empty.states) == 0
    shared = [name for name in full.votes.columns if not name.startswith("cohesion:")]
    assert list(empty.votes.columns) == shared
    assert list(empty.states.columns) == list(full.states.columns)
