"""A replicate has the same history to the last bit, whatever is played beside it and however its numbers were set."""

from functools import cache

import numpy as np
import pytest

from sim.scenario import Scenario
from sim.scenario.numbers import numbers_of
from tests.laws import differences, play
from tests.toys import OPTIONAL, assembly, awake, rich, toy, ukraine

NEVER_DRAWN = ("influence.", "ties.")


@pytest.fixture(scope="module")
def together():
    """300 replicates of the toy in one batch, over three blocks of luck."""
    return play(toy(()), np.arange(300))


@pytest.mark.parametrize(
    "batch",
    [[0], [129], range(7), range(128), range(127, 131), [299, 3, 150], range(299, -1, -1)],
    ids=lambda batch: f"{len(batch)} from {batch[0]}",
)
def test_a_history_of_the_toy_does_not_feel_the_batch(together, batch):
    assert differences(play(toy(()), list(batch)), together.take(list(batch))) == []


@pytest.mark.parametrize("batch", [[0], [8, 1], range(7), range(8, -1, -1)], ids=len)
@pytest.mark.parametrize("scenario", [rich, assembly, ukraine])
def test_a_history_with_every_mechanism_does_not_feel_the_batch(scenario, batch):
    assert differences(play(scenario(), list(batch)), nine(scenario).take(list(batch))) == []


@pytest.mark.slow
@pytest.mark.parametrize("switch", OPTIONAL)
def test_a_history_with_a_resting_mechanism_awake_does_not_feel_the_batch(switch):
    scenario = awake(rich(), switch)
    whole = play(scenario, np.arange(128), weeks=80)
    for batch in ([5], range(60, 67)):
        assert differences(play(scenario, list(batch), weeks=80), whole.take(list(batch))) == []


@cache
def nine(scenario):
    return play(scenario(), np.arange(9))


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [rich, ukraine])
def test_many_histories_do_not_feel_the_batch(scenario):
    whole = play(scenario(), np.arange(300))
    for first, width in ((0, 1), (128, 1), (5, 7), (100, 128), (290, 10)):
        part = list(range(first, first + width))
        assert differences(play(scenario(), part), whole.take(part)) == []


@pytest.mark.parametrize("scenario", [rich, ukraine])
def test_a_column_of_the_written_number_is_the_written_number(scenario: Scenario):
    numbers = np.arange(4)
    columns = {
        path: np.full(4, number.arguments[0])
        for path, number in numbers_of(scenario()).items()
        if number.fixed and not path.startswith(NEVER_DRAWN)
    }
    assert len(columns) > 100
    assert differences(play(scenario(), numbers), play(scenario(), numbers, columns=columns)) == []


def test_design_points_do_not_feel_each_other():
    points = np.array([0.5, 1.0, 2.0, 1.0])
    columns = {f"actors.{side}.curvature": points for side in ("north", "south")}
    columns |= {"front.own_exponent": np.array([0.0, 1.0, 0.5, 0.0]), "talks.base": np.array([0.0, 0.2, 0.1, 0.05])}
    whole = play(rich(), np.arange(4), columns=columns)
    for run in range(4):
        alone = play(rich(), [run], columns={path: values[[run]] for path, values in columns.items()})
        assert differences(alone, whole.take([run])) == []


def test_one_replicate_at_two_points_meets_the_same_luck():
    columns = {"talks.base": np.array([0.02, 0.02, 0.3])}
    twice = play(toy(()), [5, 5, 5], columns=columns)
    for trace in twice.traces.values():
        assert np.array_equal(trace[..., 0], trace[..., 1], equal_nan=True)
    assert (twice.traces["front"][0, 0] == twice.traces["front"][0, 2]).all()
    assert any((trace[..., 0] != trace[..., 2]).any() for trace in twice.traces.values())
