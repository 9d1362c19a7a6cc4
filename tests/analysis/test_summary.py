import numpy as np
import pytest

from sim.analysis.measures import Estimate
from sim.analysis.summary import WIDTH, Row, _row, as_text, summary, tallies
from sim.record.intervals import wilson
from tests.toys import assembly_result, toy_result


def row(rows, word):
    return next(row for row in rows if word in row.label)


def test_rows_are_the_shares_of_the_table():
    result = toy_result()
    durable = row(summary(result), "durable").estimate
    share = result.runs["durable"].mean()
    assert (durable.value, durable.n) == (share, 96)
    assert (durable.low, durable.high) == tuple(float(end) for end in wilson(share, 96))
    assert row(summary(result), "a settlement").estimate.value == result.runs["first_settlement"].notna().mean()


def test_the_median_week_of_first_talks_is_that_of_the_table():
    result = toy_result()
    found = row(summary(result), "first talks").estimate
    expected = np.quantile(result.runs["first_talks"].fillna(156).to_numpy(dtype=float), 0.5, method="inverted_cdf")
    assert found.value == expected
    assert found.low < found.value < found.high


def test_deals_are_counted_in_years_of_war():
    runs = toy_result().runs
    found = row(summary(toy_result()), "rung 1: exchange of prisoners").estimate
    assert found.value == pytest.approx(runs["rung_1_opened"].sum() / (runs["weeks_at_war"].sum() / 52))


@pytest.mark.parametrize("make", [toy_result, assembly_result])
def test_the_text_fits_the_terminal(make):
    lines = as_text(make()).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert not any("nan" in line for line in lines)
    assert lines[0].startswith(f"{make().scenario.name}: {len(make().runs)} runs")
    assert "seed 5" in lines[0]


def test_every_row_stands_in_the_text_once():
    lines = as_text(toy_result()).splitlines()
    for one in summary(toy_result()):
        assert sum(line.startswith(f"  {one.label} ") for line in lines) == 1


def test_numbers_stand_under_one_another():
    lines = [line for line in as_text(toy_result()).splitlines() if line.endswith("96")]
    assert len(lines) > 8
    assert len({len(line) for line in lines}) == 1


def test_a_label_that_is_too_long_is_cut():
    line = _row(Row("", "x" * 200, Estimate(0.5, 0.4, 0.6, 10), "share"))
    assert len(line) <= WIDTH
    assert "…" in line


@pytest.mark.parametrize(
    ("estimate", "kind", "end"),
    [
        (Estimate(0.5, 0.25, 0.75, 1200), "share", "50.0 %      25.0 – 75.0   1,200"),
        (Estimate(np.inf, 40.0, np.inf, 9), "weeks", "never       40 – never       9"),
        (Estimate(np.inf, np.inf, np.inf, 9), "weeks", "never                        9"),
        (Estimate(np.nan, np.nan, np.nan, 0), "rate", "–                        0"),
    ],
)
def test_lines_of_every_kind(estimate, kind, end):
    assert _row(Row("", "a", estimate, kind)).endswith(end)


def test_tallies_are_those_of_the_votes():
    found = {tally.label: tally for tally in tallies(assembly_result())}
    votes = assembly_result().votes
    own = votes[votes["text"] == "draft"]
    draft = found["2030-02-01 draft"]
    assert draft.median[0] == np.quantile(own["yes"], 0.5, method="inverted_cdf")
    assert (draft.low[1], draft.high[1]) == tuple(np.quantile(own["no"], [0.05, 0.95], method="inverted_cdf"))
    assert draft.adopted.value == own["adopted"].mean()
    assert draft.observed is None


def test_an_observed_tally_stands_beside_the_simulated_one():
    from dataclasses import replace

    result = assembly_result()
    text = result.scenario.texts["draft"].model_copy(update={"observed": (107, 12, 51, 23)})
    scenario = result.scenario.model_copy(update={"texts": {**result.scenario.texts, "draft": text}})
    lines = as_text(replace(result, scenario=scenario)).splitlines()
    assert any(line.endswith("107–12–51") for line in lines)
