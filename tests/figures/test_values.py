"""What a figure shows is what the tables say."""

import datetime

import matplotlib.dates as mdates
import numpy as np
import pytest

from sim.analysis.transitions import transitions
from sim.figures import draw
from sim.figures.assembly import VOTES
from sim.figures.facts import median_error, series
from sim.figures.ladder import yearly
from sim.figures.network import strongest
from tests.figures.synthetic import result_of, with_states


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return result_of(with_states(tmp_path_factory.mktemp("states")), runs=90)


def line(axes, label):
    """The line, or the marks, of a label."""
    return next(one for one in axes.get_lines() if one.get_label() == label)


def weeks_of(result, name):
    return result.weeks[result.weeks["quantity"] == name].sort_values("week")


def test_a_series_has_its_dates_and_quantiles(full):
    rows, table = series(full, "front"), weeks_of(full, "front")
    assert mdates.num2date(rows["x"][1]).date() == full.scenario.calendar.start + datetime.timedelta(weeks=1)
    assert np.array_equal(rows["q05"], table["q05"])
    assert np.array_equal(rows["n"], np.full(len(table), 90))


def test_the_stack_of_the_status_is_as_high_as_the_shares(full):
    stack = draw(full, "status").axes[0]
    areas = {area.get_label(): area.get_paths()[0].vertices for area in stack.collections}
    heights = {name: np.ptp(area[area[:, 0] == area[:, 0].max(), 1]) for name, area in areas.items()}
    last = {name: weeks_of(full, name)["mean"].iloc[-1] for name in areas}
    assert heights == pytest.approx(last, abs=1e-12)
    assert sum(heights.values()) == pytest.approx(1.0)


def test_the_bars_of_the_status_are_wilson_intervals(full):
    table = weeks_of(full, "ceasefire")
    bars = draw(full, "status").axes[1].containers
    ends = [np.array(segment)[:, 1] for bar in bars for segment in bar.lines[2][0].get_segments()]
    wanted = table[["low", "high"]].to_numpy()
    assert sum(np.isclose(wanted, end).all(axis=1).any() for end in ends) >= 10


def test_the_war_shows_medians_of_the_table(full):
    front, grid, *_ = draw(full, "war").axes
    for axes, name in ((front, "front"), (grid, "grid_a")):
        assert np.array_equal(axes.get_lines()[0].get_ydata(), weeks_of(full, name)["q50"])


def test_texts_are_shown_only_in_weeks_with_enough_tables(full):
    dots = line(draw(full, "bargaining").axes[0], "text on the table")
    table = weeks_of(full, "offer")
    shown = table[table["n"] >= 5]
    assert 0 < len(shown) < len(table)
    assert np.array_equal(dots.get_ydata(), shown["q50"])


def test_every_signature_is_shown(full):
    axes = draw(full, "bargaining").axes[0]
    signed = full.events[full.events["kind"] == "ceasefire_signed"]
    marks = line(axes, f"signed ceasefire (n = {len(signed):,})")
    assert np.array_equal(marks.get_ydata(), signed["value"])


def test_the_curve_of_first_talks_ends_at_their_share(full):
    curve = line(draw(full, "onset").axes[0], "talks")
    week = full.runs["first_talks"]
    assert curve.get_ydata()[-1] == pytest.approx(week.notna().mean())
    start = mdates.date2num(full.scenario.calendar.start)
    at = np.searchsorted(curve.get_xdata(), start + 7 * 52, side="right") - 1
    assert curve.get_ydata()[at] == pytest.approx((week <= 52).sum() / len(week))


def test_numbers_at_risk_are_the_runs_still_without(full):
    axes = draw(full, "onset").axes[0]
    week = full.runs["first_talks"]
    still = int((week.isna() | (week >= 26)).sum())
    cells = [text for text in axes.texts if text.get_text() == str(still)]
    start = mdates.date2num(full.scenario.calendar.start)
    assert any(text.xy[0] == start + 7 * 26 for text in cells)


def test_yearly_rates_times_the_years_at_war_are_all_deals(full):
    war = weeks_of(full, "war")["mean"].to_numpy() + weeks_of(full, "talks")["mean"].to_numpy()
    years = [war[first : first + 52].sum() / 52 for first in (0, 52, 104)]
    rates = yearly(full, 1)
    total = sum(rate.value * year for rate, year in zip(rates, years, strict=True)) * 90
    assert total == pytest.approx(full.runs["rung_1_opened"].sum())
    assert all(rate.low < rate.value < rate.high for rate in rates)


def test_the_matrix_prints_the_transitions(full):
    written = {(text.xy, text.get_text()) for text in draw(full, "ladder").axes[1].texts}
    links = transitions(full)
    for row, low in enumerate((1, 3)):
        for column, high in enumerate((1, 3, 5, 6)):
            assert ((column, row), f"{100 * links.follows[low, high].value:.0f}") in written


def test_tallies_show_median_interval_and_the_observed(full):
    axes = draw(full, "assembly").axes[0]
    yes = full.votes.loc[full.votes["text"] == "sovereignty", "yes"]
    assert line(axes, "median").get_xdata()[0] == np.quantile(yes, 0.5, method="inverted_cdf")
    ends = np.quantile(yes, [0.05, 0.95], method="inverted_cdf")
    assert np.array_equal(line(axes, "interval").get_xdata(), ends)
    assert line(axes, "observed").get_xdata()[0] == 31


def test_every_state_stands_at_its_ideal_point_with_its_modal_vote(full):
    axes = draw(full, "network").axes[0]
    states = full.scenario.tables.states
    votes = full.states[full.states["text"] == "sovereignty"].set_index("state")
    for vote in VOTES:
        here = [one for one in axes.get_lines() if one.get_label() in {vote, f"_{vote}"}]
        points = {(x, y) for one in here for x, y in zip(one.get_xdata(), one.get_ydata(), strict=True)}
        modal = votes[list(VOTES)].idxmax(axis=1) == vote
        wanted = [states.iso3.index(code) for code in votes.index[modal]]
        x, y = states.columns["general"], states.columns["conflict"]
        assert points == {(x[row], y[row]) for row in wanted}


def test_a_text_and_a_layer_can_be_asked_for(full):
    from sim.figures.network import network
    from sim.figures.style import styled

    with styled():
        foot = network(full, text="lasting_peace", layer="alliance").texts[0].get_text().replace("\n", " ")
    assert "Support for lasting peace, 24 February 2031" in foot
    assert "in the layer alliance" in foot


def test_the_strongest_tie_of_a_state_is_the_first_of_the_heaviest(full):
    layer = full.scenario.tables.ties["trade"]
    for state, other in strongest(layer):
        mine = layer.influenced == state
        assert layer.other[mine][np.argmax(layer.weight[mine])] == other


def test_the_error_of_a_median_is_that_of_normal_runs():
    luck = np.random.default_rng(1)
    medians = np.median(luck.normal(size=(4000, 200)), axis=1)
    rows = {"q25": np.array([-0.6745]), "q75": np.array([0.6745]), "n": np.array([200])}
    assert median_error(rows) == pytest.approx(1.96 * medians.std(), rel=0.05)
    assert np.isnan(median_error({"q25": np.array([np.nan]), "q75": np.array([np.nan]), "n": np.array([0])}))
