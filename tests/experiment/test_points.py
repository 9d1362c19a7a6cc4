"""Design points: columns of the run axis mean what they say, and sharing out changes nothing."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from sim.experiment import points as module
from sim.experiment.execution import run
from sim.experiment.points import Piece, cut, play_points
from sim.record.columns import COLUMNS
from sim.scenario.numbers import numbers_of
from tests.toys import rebuilt, rich, toy, ukraine

MONITORING = {"ladder.monitoring": [0.2, np.nan, 0.9], "actors.north.discount": [0.002, 0.004, np.nan]}
NAMES = [column.name for column in COLUMNS]


@pytest.fixture(scope="module")
def whole():
    return play_points(toy(), MONITORING, 6, seed=3)


def outcomes_of(table):
    return table[NAMES].reset_index(drop=True)


def test_a_row_is_a_point_and_a_replicate(whole):
    assert whole["point"].tolist() == [0] * 6 + [1] * 6 + [2] * 6
    assert whole["replicate"].tolist() == [*range(6)] * 3
    assert list(whole.columns) == ["point", "replicate", *NAMES, "error"]
    assert whole["error"].isna().all()


@pytest.mark.parametrize("point", [0, 1, 2])
def test_a_point_is_the_scenario_with_these_numbers(whole, point):
    settings = [f"{path}={values[point]}" for path, values in MONITORING.items() if not np.isnan(values[point])]
    alone = run(toy(), 6, seed=3, overrides=settings)
    pd.testing.assert_frame_equal(outcomes_of(alone.runs), outcomes_of(whole[whole["point"] == point]))


@pytest.mark.parametrize("scenario", [rich, pytest.param(ukraine, marks=pytest.mark.slow)])
def test_every_number_can_be_a_column(scenario):
    """All numbers at their centres: as columns, and written into the file."""
    numbers = {path: quantity.centre for path, quantity in numbers_of(scenario()).items()}
    in_columns = play_points(scenario(), {path: [value] * 2 for path, value in numbers.items()}, 2, seed=3)
    written = rebuilt(scenario(), _change(scenario(), numbers))
    pd.testing.assert_frame_equal(in_columns, play_points(written, {"front.share": [np.nan] * 2}, 2, seed=3))


def _change(scenario, numbers):
    """The same numbers as a variant would write them; lists are written whole."""
    tree = scenario.model_dump(exclude_unset=True)

    def change(node, path):
        if path in numbers and not isinstance(node, str):
            return numbers[path]
        if isinstance(node, dict):
            return {
                key: change(entry, f"{path}.{key}" if path else key) for key, entry in node.items() if entry is not None
            }
        if isinstance(node, tuple | list):
            return tuple(change(entry, f"{path}.{place}") for place, entry in enumerate(node))
        return node

    return {key: entry for key, entry in change(tree, "").items() if key not in ("variants", "sources")}


def test_more_replicates_and_other_points_change_nothing(whole):
    more = play_points(toy(), {path: values[:2] for path, values in MONITORING.items()}, 9, seed=3)
    kept = more[more["replicate"] < 6].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, whole[whole["point"] < 2].reset_index(drop=True))


def test_replicates_may_begin_later(whole):
    later = play_points(toy(), MONITORING, 2, seed=3, first=4)
    pd.testing.assert_frame_equal(later, whole[whole["replicate"] >= 4].reset_index(drop=True))


def test_any_executor_and_any_width_give_the_same(whole, monkeypatch):
    monkeypatch.setattr(module, "cut", lambda piece, _width: cut(piece, 7))
    with ThreadPoolExecutor(2) as threads:
        pd.testing.assert_frame_equal(play_points(toy(), MONITORING, 6, seed=3, executor=threads, workers=2), whole)


def test_no_column_is_one_point():
    assert play_points(toy(), {}, 3)["point"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("width", [256, 1024])
@pytest.mark.parametrize(("points", "replicates"), [(1, 1), (5, 64), (40, 64), (3, 128), (3, 1500), (1000, 1)])
def test_pieces_cover_every_run_once(width, points, replicates):
    piece = Piece(toy(), 1, np.arange(points), {"ladder.monitoring": np.linspace(0, 1, points)}, 10, 9 + replicates)
    pieces = cut(piece, width)
    covered = [(point, r) for one in pieces for point in one.points for r in range(one.first, one.last + 1)]
    assert sorted(covered) == [(point, 10 + r) for point in range(points) for r in range(replicates)]
    assert max(len(one) for one in pieces) <= width
    for one in pieces:
        assert one.columns["ladder.monitoring"].tolist() == piece.columns["ladder.monitoring"][one.points].tolist()


def test_a_run_that_fails_costs_one_row_with_its_error(whole, monkeypatch):
    def play(scenario, seed, replicates, columns):
        if np.any((replicates == 4) & (columns["ladder.monitoring"] == 0.9)):
            raise ArithmeticError("front is not a number\nin week 3")
        return real(scenario, seed, replicates, columns)

    real = module.play_outcomes
    monkeypatch.setattr(module, "play_outcomes", play)
    table = play_points(toy(), MONITORING, 6, seed=3)
    bad = (table["point"] == 2) & (table["replicate"] == 4)
    assert table["error"][bad].tolist() == ["ArithmeticError: front is not a number"]
    assert table[NAMES][bad].isna().all(axis=None)
    assert table["error"][~bad].isna().all()
    for name in NAMES:
        assert table[name][~bad].tolist() == whole[name][~bad].tolist() or table[name].isna().sum() > 1


def test_a_path_that_leads_nowhere_names_the_nearest():
    with pytest.raises(KeyError, match=r"did you mean ladder\.monitoring"):
        play_points(toy(), {"ladder.monitorin": [0.1]}, 2)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({}, {"replicates": 0}),
        ({}, {"replicates": 1, "workers": 0}),
        ({"ladder.monitoring": [0.1], "front.share": [0.1, 0.2]}, {"replicates": 1}),
        ({"ladder.monitoring": 0.1}, {"replicates": 1}),
    ],
)
def test_what_cannot_be_is_refused(columns, words):
    with pytest.raises(ValueError):
        play_points(toy(), columns, **words)
