from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.record.block import FINE, NOTHING, Gathered, histogram, joined_codes, marked
from sim.record.quantities import BINS, NAMES, QUANTITIES
from sim.record.tables import tables_of
from sim.world.recorder import play
from tests.toys import toy

VALUES = arrays(np.float64, (len(QUANTITIES), 2, 5), elements=st.one_of(st.just(np.nan), st.floats(-2, 6)))


@given(VALUES)
def test_every_run_with_a_value_is_counted_once(values):
    marks = marked(values).marks
    assert (histogram(marks).sum(axis=-1) == (~np.isnan(values)).sum(axis=-1)).all()
    assert ((marks == NOTHING) == np.isnan(values)).all()


@given(VALUES)
def test_marks_and_sums_do_not_depend_on_how_runs_are_cut(values):
    whole, parts = marked(values), [marked(values[..., :1]), marked(values[..., 1:])]
    assert (sum(histogram(part.marks) for part in parts) == histogram(whole.marks)).all()
    assert (sum(part.sums for part in parts) == whole.sums).all()
    assert (sum(part.beyond for part in parts) == whole.beyond).all()


def test_ends_and_middle_of_a_range_have_their_marks():
    values = np.full((len(QUANTITIES), 1, 4), np.nan)
    row = NAMES.index("nash_gain")
    values[row, 0] = [0.0, 2.0, 1.0, np.inf]
    found = marked(values)
    assert found.marks[row, 0].tolist() == [0, BINS - 1, 512, BINS - 1]
    assert found.sums[row, 0] == (0.0 + 1.0 + 0.5 + 1.0) * FINE
    assert found.beyond[row, 0] == 1
    assert found.beyond.sum() == 1


def test_rounding_is_not_beyond():
    values = np.full((len(QUANTITIES), 1, 2), np.nan)
    values[NAMES.index("grid_a"), 0] = [-1e-12, 1 + 1e-12]
    assert marked(values).beyond.sum() == 0


@pytest.fixture(scope="module")
def blocks():
    return [play(toy(), 1, numbers) for numbers in (np.arange(3), np.arange(3, 4), np.arange(4, 9))]


def test_blocks_gather_to_the_same_in_any_order(blocks):
    forth, back = Gathered(), Gathered()
    for block in blocks:
        forth.add(block)
    for block in reversed(blocks):
        back.add(block)
    one, other = tables_of(forth, toy()), tables_of(back, toy())
    assert one["runs"]["replicate"].tolist() == list(range(9))
    assert all(one[name].equals(other[name]) for name in one)


def test_gathering_leaves_the_block_as_it_was(blocks):
    before = blocks[0].sums.copy()
    gathered = Gathered()
    for block in blocks:
        gathered.add(block)
    assert (blocks[0].sums == before).all()
    assert blocks[0].marks.shape == (len(QUANTITIES), 60, 3)
    assert all(block.marks.size == 0 for block in gathered.blocks)


def test_labels_of_several_blocks_meet_in_one_sorted_list():
    codes, labels = joined_codes([(np.array([1, 0]), ("a", "c")), (np.array([0]), ("b", "unused"))])
    assert [labels[code] for code in codes] == ["c", "a", "b"]
    assert labels == ("a", "b", "c")


def test_a_block_without_events_joins(blocks):
    silent = replace(blocks[0].events, **{
        name: getattr(blocks[0].events, name)[:0] for name in ("replicate", "week", "kind", "who", "value")
    }, labels=())  # fmt: skip
    codes, labels = joined_codes([(silent.kind, silent.labels), (blocks[1].events.kind, blocks[1].events.labels)])
    assert [labels[code] for code in codes] == [blocks[1].events.labels[code] for code in blocks[1].events.kind]
