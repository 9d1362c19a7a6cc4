"""Laws of the luck: a draw depends on its address and on nothing else."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from sim.randomness import (
    BLOCK,
    LARGEST_REPLICATE,
    MANY,
    SMALLEST_UNIFORM,
    Address,
    Luck,
    normals,
    quantiles,
    short_normals,
    uniforms,
)  # fmt: skip
from tests.laws import MirroredLuck

pytestmark = pytest.mark.newest

KINDS = {
    "uniform": lambda luck: luck.uniform("strikes", "UKR", 3),
    "normal": lambda luck: luck.normal("front", "line", 2),
    "normal32": lambda luck: luck.normal("votes", "NOR", 2, np.float32),
    "once_uniform": lambda luck: luck.once_uniform("types", "A", 2),
    "once_normal": lambda luck: luck.once_normal("types", "A", 2),
    "once_normal32": lambda luck: luck.once_normal("votes", "NOR", 2, np.float32),
}
each_kind = pytest.mark.parametrize("ask", KINDS.values(), ids=KINDS)


@each_kind
@pytest.mark.parametrize("size", [1, 7, 128, 300])
def test_a_batch_of_any_size_meets_the_same_luck(ask, size):
    whole = ask(Luck(5, np.arange(300), 9))
    parts = [ask(Luck(5, np.arange(300)[start : start + size], 9)) for start in range(0, 300, size)]
    assert np.array_equal(np.concatenate(parts, axis=-1), whole)


@each_kind
def test_replicates_keep_their_luck_in_any_order_and_when_repeated(ask):
    order = np.array([299, 0, 0, 130, 127, 128, 5, 130, 4, 3])
    assert np.array_equal(ask(Luck(5, order, 9)), ask(Luck(5, np.arange(300), 9))[..., order])


@given(st.lists(st.integers(0, 3 * BLOCK - 1), min_size=1, max_size=40))
def test_any_list_of_replicates_is_a_choice_of_columns(replicates):
    draws = Luck(11, replicates, 2).uniform("offers", "B", 2)
    assert np.array_equal(draws, Luck(11, range(3 * BLOCK), 2).uniform("offers", "B", 2)[..., replicates])


@pytest.mark.parametrize("name", ["uniform", "normal", "normal32"])
@pytest.mark.parametrize("weeks", [1, 52, 155])
def test_a_longer_run_first_meets_the_luck_of_the_shorter(name, weeks):
    shorter, longer = (KINDS[name](Luck(3, [0, 127, 128], length)) for length in (weeks, 156))
    assert np.array_equal(longer[:weeks], shorter)


@pytest.mark.parametrize("name", ["once_uniform", "once_normal"])
def test_draws_of_a_whole_run_know_no_weeks(name):
    assert np.array_equal(KINDS[name](Luck(3, [4], 1)), KINDS[name](Luck(3, [4], 156)))


@each_kind
def test_what_else_was_asked_for_does_not_matter(ask):
    busy = Luck(8, range(10), 5)
    for other in KINDS.values():
        other(busy)
    busy.uniform("a new shock", "UKR", 7)
    assert np.array_equal(ask(busy), ask(Luck(8, range(10), 5)))


def test_short_normals_are_the_quantiles_of_sixteen_bits():
    exact = ndtri((np.arange(2**16) + 0.5) / 2**16)
    np.testing.assert_allclose(quantiles(), exact, rtol=3e-7)
    assert (quantiles() == -quantiles()[::-1]).all()
    assert abs(np.mean(quantiles().astype(float) ** 2) - 1) < 1e-4
    assert abs(np.mean(quantiles().astype(float) ** 4) / 3 - 1) < 1e-3
    assert set(Luck(1, [0], 500).normal("votes", "NOR", 9, np.float32).ravel()) <= set(quantiles())


def test_every_part_of_the_address_counts():
    week, once = Luck(1, [0], 1), Luck(1, [1], 1)
    draws = [
        week.uniform("strikes", "UKR"),
        week.uniform("strikes", "UKR", 2)[:, :1],
        week.uniform("strikes", "RUS"),
        week.uniform("UKR", "strikes"),
        week.uniform("strikesU", "KR"),
        week.once_uniform("strikes", "UKR"),
        once.uniform("strikes", "UKR"),
        Luck(2, [0], 1).uniform("strikes", "UKR"),
        Luck(1 + 2**32, [0], 1).uniform("strikes", "UKR"),
        Luck(1, [BLOCK], 1).uniform("strikes", "UKR"),
    ]
    assert len({draw.item() for draw in draws}) == len(draws)


def test_blocks_slots_ids_and_streams_are_uncorrelated():
    luck = Luck(4, range(2 * BLOCK), 400)
    one, other_slot = luck.normal("front", "line", 2)[:, 0], luck.normal("front", "line", 2)[:, 1]
    series = [one[:, :BLOCK], one[:, BLOCK:], other_slot[:, :BLOCK]]
    series += [luck.normal("front", "sea", 2)[:, 0, :BLOCK], luck.normal("sea", "line", 2)[:, 0, :BLOCK]]
    correlations = np.corrcoef([draws.ravel() for draws in series])
    assert np.abs(correlations - np.eye(len(series))).max() < 4 / np.sqrt(one[:, :BLOCK].size)


def test_draws_have_the_moments_of_their_distribution():
    luck = Luck(6, range(BLOCK), 1000)
    uniform, normal = luck.uniform("strikes", "UKR"), luck.normal("front", "line")
    short = luck.normal("front", "line", dtype=np.float32)
    error = 4 / np.sqrt(uniform.size)
    assert abs(uniform.mean() - 1 / 2) < error * np.sqrt(1 / 12)
    assert abs(uniform.var() - 1 / 12) < error * np.sqrt(1 / 180)
    for draws in (normal, short):
        assert abs(draws.mean(dtype=float)) < error
        assert abs(draws.var(dtype=float) - 1) < error * np.sqrt(2)


def test_uniform_draws_never_reach_an_end():
    class Extreme:
        def random(self, shape):
            return np.resize([0.0, 1 - 2.0**-53], shape)

    assert uniforms(Extreme(), (2,)).tolist() == [SMALLEST_UNIFORM, 1 - 2.0**-53]
    draws = Luck(1, range(BLOCK), 500).uniform("strikes", "UKR", 4)
    assert 0 < draws.min() < 1e-4
    assert 1 - 1e-4 < draws.max() < 1


WORDS = 11448245155200958196
UNIFORM = [[0.6750146906757305, 0.6483601838421917], [0.8727254887772573, 0.17602404627149393]]
NORMAL = [[-0.6474247434114481, -0.33681995452305746], [-0.813615449037775, 2.699206903429209]]
SHORT = [[0.29852229, 0.08917879], [-0.2216321, -1.0125732]]
ONCE = [0.6722403111108033, 0.3039223253031189]


# NumPy may change how a generator turns bits into numbers between its minor versions. These values hold
# for 2.4 and 2.5. Should they move with a version of NumPy, so does every result: CHANGELOG.md, Numbers.
def test_known_draws():
    luck = Luck(2026, [0, 1000], 2)
    assert Address("strikes").generate_state(1, np.uint64)[0] == WORDS
    assert luck.uniform("strikes", "UKR")[:, 0].tolist() == UNIFORM
    np.testing.assert_allclose(luck.normal("front", "line")[:, 0], NORMAL, rtol=1e-14)
    np.testing.assert_allclose(luck.normal("votes", "NOR", dtype=np.float32)[:, 0], SHORT, rtol=1e-6)
    assert luck.once_uniform("types", "A")[0].tolist() == ONCE


PRINT_DRAWS = """
from hashlib import sha256
from sim.randomness import Luck
luck = Luck(7, range(100, 140), 10)
draws = [luck.uniform("strikes", "UKR"), luck.normal("front", "line"), luck.normal("votes", "NOR", dtype="f4")]
print(*(sha256(array.tobytes()).hexdigest() for array in draws))
"""


def test_the_seed_of_pythons_hash_does_not_matter(root):
    def digests(hash_seed):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(root)}
        command = [sys.executable, "-c", PRINT_DRAWS]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    first, *others = (digests(hash_seed) for hash_seed in ("0", "1", "100"))
    assert len(first.split()) == 3
    assert others == [first, first]


def test_draws_are_kept_and_cannot_be_written():
    luck = Luck(1, [0, 1], 3)
    for ask in KINDS.values():
        assert ask(luck) is ask(luck)
        with pytest.raises(ValueError, match="read-only"):
            ask(luck)[0] = 0


def test_the_callers_list_of_replicates_stays_the_callers():
    replicates = np.array([3, 4])
    luck = Luck(1, replicates, 1)
    replicates[:] = 9
    assert luck.replicates.tolist() == [3, 4]


@pytest.mark.parametrize(
    ("seed", "replicates", "weeks", "message"),
    [
        (-1, [0], 1, "the seed is -1"),
        (2**128, [0], 1, "below 2\\*\\*128"),
        (1, [], 1, "one or more whole numbers"),
        (1, [0.5], 1, "whole numbers"),
        (1, [[0]], 1, "a list"),
        (1, [-1], 1, "at least 0"),
        (1, [LARGEST_REPLICATE + 1], 1, "below 2\\*\\*39"),
        (1, [0], 0, "weeks is 0"),
    ],
)
def test_numbers_out_of_range_are_refused(seed, replicates, weeks, message):
    with pytest.raises(ValueError, match=message):
        Luck(seed, replicates, weeks)


def test_requests_out_of_range_are_refused():
    with pytest.raises(ValueError, match="0 slots of stream 'strikes'"):
        Luck(1, [0], 1).uniform("strikes", "UKR", 0)
    with pytest.raises(ValueError, match="float64 or float32"):
        Luck(1, [0], 1).normal("strikes", "UKR", dtype=np.float16)


def test_the_ends_of_the_ranges_are_drawn():
    draw = Luck(2**128 - 1, [LARGEST_REPLICATE], 1).uniform("strikes", "UKR")
    assert draw.shape == (1, 1, 1)
    assert 0 < draw.item() < 1


def test_mirrored_luck_swaps_the_sides_and_turns_signed_streams():
    luck = Luck(1, range(3), 4)
    mirrored = MirroredLuck(luck, signed={"front"})
    assert np.array_equal(mirrored.uniform("offers", "A", 2), luck.uniform("offers", "B", 2))
    assert np.array_equal(mirrored.once_normal("types", "B"), luck.once_normal("types", "A"))
    assert np.array_equal(mirrored.once_uniform("types", "USA"), luck.once_uniform("types", "USA"))
    assert np.array_equal(mirrored.normal("front", "line"), -luck.normal("front", "line"))
    for maker in (uniforms, normals, short_normals):
        swapped = luck.of_week(maker, "votes", ["B", "NOR", "A"], 2)
        assert np.array_equal(mirrored.of_week(maker, "votes", ["A", "NOR", "B"], 2), swapped)


WHOLE = {
    uniforms: lambda luck, name, slots: luck.uniform("stances", name, slots),
    normals: lambda luck, name, slots: luck.normal("stances", name, slots),
    short_normals: lambda luck, name, slots: luck.normal("stances", name, slots, np.float32),
}


@pytest.mark.parametrize("replicates", [[3], [130, 2, 130, 500], list(range(200))])
@pytest.mark.parametrize("slots", [1, 3, MANY])
@pytest.mark.parametrize("maker", WHOLE, ids=lambda maker: maker.__name__)
def test_weeks_drawn_by_spans_are_those_of_the_whole(replicates, slots, maker):
    luck, ids = Luck(5, replicates, 40), ["UKR", "RUS"]
    whole = np.concatenate([WHOLE[maker](Luck(5, replicates, 40), id, slots) for id in ids], axis=1)
    for week in (0, 1, 12, 13, 14, 39, 2):
        drawn = luck.of_week(maker, "stances", ids, week, slots)
        assert drawn.dtype == whole.dtype
        assert (drawn == whole[week]).all()
        assert not drawn.flags.writeable
