import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.survival import cumulative_incidence, kaplan_meier, median, restricted_mean
from sim.record.intervals import wilson

CASES = st.lists(st.tuples(st.integers(1, 20), st.booleans()), min_size=1, max_size=60)

GEHAN = (
    [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
    [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
)
"""Weeks of remission under 6-mercaptopurine, the textbook's example of the estimator."""


def columns(cases):
    durations, seen = zip(*cases, strict=True)
    return np.array(durations, dtype=float), np.array(seen)


def test_the_curve_of_the_textbook():
    curve = kaplan_meier(*map(np.array, GEHAN))
    expected = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {time: round(curve.at(time).value, 3) for time in expected} == expected
    assert median(curve).value == 23
    assert restricted_mean(curve, 35).value == pytest.approx(23.287, abs=5e-4)


@given(CASES)
def test_the_curve_is_that_of_scipy(cases):
    from scipy.stats import CensoredData, ecdf

    durations, seen = columns(cases)
    ours = kaplan_meier(durations, seen)
    theirs = ecdf(CensoredData(uncensored=durations[seen], right=durations[~seen])).sf
    assert np.allclose(ours.value, theirs.evaluate(ours.times), atol=1e-12)


@given(CASES)
def test_the_band_is_that_of_scipy(cases):
    from scipy.stats import CensoredData, ecdf

    durations, seen = columns(cases)
    ours = kaplan_meier(durations, seen)
    theirs = ecdf(CensoredData(uncensored=durations[seen], right=durations[~seen])).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # at 0 and 1 it has no band, and says so
        band = theirs.confidence_interval(method="log-log")
    inside = (ours.value > 0) & (ours.value < 1)
    assert np.allclose(ours.low[inside], band.low.evaluate(ours.times)[inside], atol=1e-9)
    assert np.allclose(ours.high[inside], band.high.evaluate(ours.times)[inside], atol=1e-9)


@given(CASES)
def test_a_curve_falls_within_its_band(cases):
    curve = kaplan_meier(*columns(cases))
    assert (np.diff(curve.value) <= 1e-15).all()
    there = ~np.isnan(curve.low)
    assert (curve.low[there] <= curve.value[there] + 1e-12).all()
    assert (curve.value[there] <= curve.high[there] + 1e-12).all()
    assert curve.events.sum() == columns(cases)[1].sum()


@given(CASES)
def test_cases_that_are_their_own_clusters_have_greenwoods_band(cases):
    durations, seen = columns(cases)
    n = durations.size
    alone, plain = kaplan_meier(durations, seen, np.arange(n)), kaplan_meier(durations, seen)
    inside = (plain.value > 0) & (plain.value < 1)
    # On the log-log scale the half-widths differ by the factor sqrt(n / (n - 1)) alone.
    for ends in ("low", "high"):
        log = [np.log(np.log(getattr(curve, ends)[inside]) / np.log(curve.value[inside])) for curve in (alone, plain)]
        assert np.allclose(log[0], log[1] * math.sqrt(n / max(n - 1, 1)), rtol=1e-6, atol=1e-9)


def test_cases_told_twice_are_no_news():
    durations, seen = np.array(GEHAN[0], dtype=float), np.array(GEHAN[1], dtype=bool)
    twice = kaplan_meier(np.repeat(durations, 2), np.repeat(seen, 2), np.repeat(np.arange(21), 2))
    once = kaplan_meier(durations, seen, np.arange(21))
    assert np.allclose(twice.value, once.value)
    assert np.allclose(twice.low, once.low, equal_nan=True)
    assert (twice.high - twice.low > kaplan_meier(np.repeat(durations, 2), np.repeat(seen, 2)).high - twice.low)[0]


def test_where_nothing_has_ended_the_number_watched_bounds_the_curve():
    curve = kaplan_meier([1, 2, 3], [False, False, True], [7, 7, 8])
    assert curve.value[0] == 1
    assert curve.low[0] == wilson(1.0, 2)[0]
    assert curve.at(0).low == wilson(1.0, 3)[0]


def test_beyond_the_last_time_nothing_is_known():
    assert math.isnan(kaplan_meier([1, 2], [True, False]).at(3).value)
    assert kaplan_meier([1, 2], [True, False]).at(1.5).n == 1


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 3)), min_size=1, max_size=50))
def test_all_ends_and_what_stands_sum_to_one(cases):
    durations, causes = columns(cases)
    curves = cumulative_incidence(durations, causes)
    standing = kaplan_meier(durations, causes > 0)
    total = standing.value + sum(curve.value for curve in curves.values())
    assert np.allclose(total, 1.0, atol=1e-12)
    for curve in curves.values():
        assert (np.diff(curve.value) >= 0).all()
        assert (curve.low <= curve.value + 1e-12).all()
        assert (curve.value <= curve.high + 1e-12).all()


@given(CASES)
def test_with_one_way_to_end_the_variance_is_greenwoods(cases):
    durations, seen = columns(cases)
    curves, plain = cumulative_incidence(durations, seen.astype(int)), kaplan_meier(durations, seen)
    if 1 not in curves:
        return
    inside = (plain.value > 0) & (plain.value < 1)
    curve, share = curves[1], curves[1].value[inside]
    spread = np.log(np.log(curve.low[inside]) / np.log(share)) / 1.959964 * -share * np.log(share)
    greenwood = np.log(np.log(plain.low[inside]) / np.log(plain.value[inside])) / 1.959964
    assert np.allclose(spread, -greenwood * plain.value[inside] * np.log(plain.value[inside]), atol=1e-6)


def test_competing_ends_without_cutting_off_are_plain_shares():
    curves = cumulative_incidence([1, 1, 2, 3], [1, 2, 1, 2])
    assert curves[1].value.tolist() == [0.25, 0.5, 0.5]
    assert curves[2].at(3).value == 0.5
    assert curves[1].at(0.5).value == 0


def test_the_median_of_few_ends_is_not_reached():
    found = median(kaplan_meier([1, 5, 5, 5], [True, False, False, False]))
    assert (found.value, found.n) == (math.inf, 4)


def test_a_median_covers_as_often_as_promised():
    draws = np.random.default_rng(2).exponential(1.0, (300, 80))
    hits = []
    for row in draws:
        found = median(kaplan_meier(np.minimum(row, 1.5), row < 1.5))
        hits.append(found.low <= math.log(2) <= found.high)
    assert np.mean(hits) > 0.92


@given(CASES, st.integers(1, 20))
def test_a_restricted_mean_without_cutting_off_is_a_mean(cases, horizon):
    durations, _ = columns(cases)
    found = restricted_mean(kaplan_meier(durations, np.ones(durations.size, dtype=bool)), horizon)
    assert found.value == pytest.approx(np.minimum(durations, horizon).mean())


def test_a_restricted_mean_without_cutting_off_has_the_error_of_a_mean():
    durations = np.random.default_rng(3).exponential(1.0, 400)
    found = restricted_mean(kaplan_meier(durations, np.ones(400, dtype=bool)), 1.0)
    expected = 1.959964 * np.minimum(durations, 1.0).std() / 20
    assert found.high - found.value == pytest.approx(expected, rel=1e-6)


def test_a_horizon_that_was_not_watched_has_no_mean():
    assert math.isnan(restricted_mean(kaplan_meier([1, 2], [True, False]), 3).value)


def test_no_case_gives_no_estimate():
    curve = kaplan_meier([], [])
    assert math.isnan(curve.at(1).value)
    assert math.isnan(median(curve).value)
    assert math.isnan(restricted_mean(curve, 1).value)
    assert cumulative_incidence([], []) == {}
