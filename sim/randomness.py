"""One seed becomes named streams of luck, and every draw has an address.

Here lives `Luck`, the only source of random numbers of a run. A draw is looked up at (seed, stream, id,
replicate, week, slot) and never consumed, so that what a replicate meets depends on nothing else that is
asked for: not on the batch, the order, the workers, or another stream. Distributions other than the uniform
and the standard normal do not live here: counts and sizes are made from these draws by whoever needs them.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from operator import index
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.random.bit_generator import ISeedSequence

BLOCK = 128
"""Replicates drawn together: block b holds the replicates from 128 b to 128 b + 127."""

SPAN = 13
"""Weeks that are drawn at a time, so that a batch need not hold the luck of all its weeks."""

MANY = 64
"""Slots of an id from which on a single week is drawn at a time."""

LARGEST_SEED = 2**128 - 1
LARGEST_REPLICATE = BLOCK * 2**32 - 1
SMALLEST_UNIFORM = 2.0**-54

Draws = npt.NDArray[np.floating[Any]]
Columns = slice | npt.NDArray[np.integer[Any]]
Place = tuple[int, Columns, Columns]
"""A block of luck in use, the runs that need it, and their columns inside it."""

Maker = Callable[[np.random.Generator, tuple[int, ...]], Draws]


class Address(ISeedSequence):
    """Where a block of draws stands: what a generator is started from, the same in every process and machine.

    It is the hash of its parts, a tenth of the price of NumPy's own seed sequence; neighbouring addresses give
    unrelated words.

    >>> bool(Address("strikes", 1).generate_state(1)[0] == Address("strikes1", "").generate_state(1)[0])
    False
    """

    def __init__(self, *parts: object) -> None:
        self.name = "\0".join(map(str, parts)).encode("utf-8")

    def generate_state(self, n_words: int, dtype: npt.DTypeLike = np.uint32) -> npt.NDArray[Any]:
        """Words of the hash; at most 64 bytes."""
        kind = np.dtype(dtype).newbyteorder("<")
        return np.frombuffer(blake2b(self.name, digest_size=n_words * kind.itemsize).digest(), dtype=kind)


def uniforms(generator: np.random.Generator, shape: tuple[int, ...]) -> Draws:
    """Uniform draws strictly between 0 and 1: an exact 0, possible once in 2**53, becomes 2**-54."""
    draws = generator.random(shape)
    return np.maximum(draws, SMALLEST_UNIFORM, out=draws)


def normals(generator: np.random.Generator, shape: tuple[int, ...]) -> Draws:
    """Standard normal draws in double precision."""
    return generator.standard_normal(shape)


def short_normals(generator: np.random.Generator, shape: tuple[int, ...]) -> Draws:
    """Standard normal draws in single precision: the quantiles of 16 random bits, nine times as quick as exact ones.

    They take 65,536 values up to 4.3 deviations from the middle; variance and kurtosis fall short of the normal's
    by less than one in a thousand.  They are a sequence of their own and no rounding of the double ones.
    """
    size = math.prod(shape)
    bits = generator.bit_generator.random_raw(-(-size // 4)).astype("<u8", copy=False).view("<u2")
    return quantiles().take(bits[:size], mode="clip").reshape(shape)


@cache
def quantiles() -> npt.NDArray[np.float32]:
    """Middle of each of the 65,536 parts of equal probability of the standard normal, in rising order."""
    quantile = NormalDist().inv_cdf
    upper = np.array([quantile((part + 0.5) / 2**16) for part in range(2**15, 2**16)], dtype=np.float32)
    return np.concatenate([-upper[::-1], upper])


KINDS: dict[Maker, str] = {uniforms: "uniform", normals: "normal64", short_normals: "normal32"}
"""Name of each kind of draws in an address."""


def normals_of(dtype: npt.DTypeLike) -> Maker:
    """Maker of standard normals of a precision, float64 or float32."""
    match np.dtype(dtype):
        case np.float64:
            return normals
        case np.float32:
            return short_normals
    raise ValueError(f"normal draws are float64 or float32, not {np.dtype(dtype)}")


class Luck:
    """The luck of a batch of runs.

    It is made once a batch, with the replicate that each run (column of the batch) plays; the same replicate
    at two design points stands twice and meets the same luck twice. Arrays are drawn when first asked for,
    kept as long as the object lives, and handed out read-only.

    The number of slots belongs to the address: the first of two slots is not the draw of a request for one
    slot. So does the kind: uniform or normal, the precision, weekly or once. The number of weeks does not: a
    longer run first meets the luck of the shorter one.

    Parameters
    ----------
    seed : int in [0, 2**128)
        The seed of the run.
    replicates : (run,) int in [0, 2**39)
        In any order; repeats are allowed.
    weeks : int, at least 1
        Length of the week axis of weekly draws.

    Raises
    ------
    ValueError
        A seed, replicate, number of weeks or number of slots outside its range.

    >>> alone, among = Luck(7, [130], weeks=52), Luck(7, range(300), weeks=104)
    >>> bool((alone.uniform("strikes", "UKR")[:, :, 0] == among.uniform("strikes", "UKR")[:52, :, 130]).all())
    True
    """

    def __init__(self, seed: int, replicates: npt.ArrayLike, weeks: int) -> None:
        numbers = np.asarray(replicates)
        self.seed, self.weeks = index(seed), index(weeks)
        if not 0 <= seed <= LARGEST_SEED:
            raise ValueError(f"the seed is {seed}; it must be at least 0 and below 2**128")
        if numbers.ndim != 1 or not np.issubdtype(numbers.dtype, np.integer) or not numbers.size:
            raise ValueError("replicates must be a list of one or more whole numbers")
        if numbers.min() < 0 or numbers.max() > LARGEST_REPLICATE:
            raise ValueError("replicates must be at least 0 and below 2**39")
        if weeks < 1:
            raise ValueError(f"weeks is {weeks}; it must be at least 1")
        self.replicates = numbers.astype(np.int64)
        self.replicates.setflags(write=False)
        self.blocks = _places(self.replicates)
        self._kept: dict[tuple[object, ...], Draws] = {}
        self._spans: dict[tuple[object, ...], _Spans] = {}

    def uniform(self, stream: str, id: str, slots: int = 1) -> npt.NDArray[np.float64]:
        """Weekly uniform draws, (week, slot, run) float64 strictly between 0 and 1."""
        return self._ask("weekly", uniforms, stream, id, (self.weeks, slots))

    def normal(self, stream: str, id: str, slots: int = 1, dtype: npt.DTypeLike = np.float64) -> Draws:
        """Weekly standard normal draws, (week, slot, run), float64 or float32 (not the same draws)."""
        return self._ask("weekly", normals_of(dtype), stream, id, (self.weeks, slots))

    def once_uniform(self, stream: str, id: str, slots: int = 1) -> npt.NDArray[np.float64]:
        """Uniform draws of a run for all its weeks, (slot, run) float64 strictly between 0 and 1."""
        return self._ask("once", uniforms, stream, id, (slots,))

    def once_normal(self, stream: str, id: str, slots: int = 1, dtype: npt.DTypeLike = np.float64) -> npt.NDArray[Any]:
        """Standard normal draws of a run for all its weeks, (slot, run), float64 or float32 (not the same draws)."""
        return self._ask("once", normals_of(dtype), stream, id, (slots,))

    def of_week(self, maker: Maker, stream: str, ids: Sequence[str], week: int, slots: int = 1) -> npt.NDArray[Any]:
        """One week of the weekly draws of several ids, (id and slot, run), the slots of the first id first.

        It is meant for engines, which ask for one week after the other: the draws of a span of weeks are made
        at a time, and a table of many ids and runs need not stand in memory whole.  A week of an earlier span
        is drawn again from the start; what was handed out holds until another span is asked for.

        Parameters
        ----------
        maker : uniforms, normals or short_normals
            What is drawn; short normals are those of `normal` in single precision.
        stream : str
        ids : sequence of str
        week : int in [0, weeks)
        slots : int
            Draws of each id.
        """
        address = (maker, stream, tuple(ids), slots)
        spans = self._spans.get(address)
        if spans is None or week < spans.first:
            generators = [
                [self.generator("weekly", maker, stream, id, slots, block) for id in ids] for block, *_ in self.blocks
            ]
            spans = self._spans[address] = _Spans(maker, generators, slots, self.blocks)
        return spans.week(week)

    def shared(self, stream: str, id: str) -> np.random.Generator:
        """A generator for what all replicates of a seed have in common, fresh at every call."""
        return self.generator("shared", uniforms, stream, id, 1, 0)

    def generator(self, when: str, maker: Maker, stream: str, id: str, slots: int, block: int) -> np.random.Generator:
        """Generator of a block of draws, at its first week."""
        address = Address(self.seed, stream, id, when, KINDS[maker], slots, block)
        return np.random.Generator(np.random.SFC64(address))  # type: ignore[arg-type]  # any ISeedSequence will do

    def _ask(self, when: str, maker: Maker, stream: str, id: str, shape: tuple[int, ...]) -> npt.NDArray[Any]:
        """The draws of an address, kept from the first request on."""
        if shape[-1] < 1:
            raise ValueError(f"{shape[-1]} slots of stream {stream!r} asked for; at least 1 is needed")
        address = (when, maker, stream, id, shape[-1])
        if address not in self._kept:
            draws = np.empty((*shape, self.replicates.size), dtype=_dtype(maker))
            for block, runs, columns in self.blocks:
                generator = self.generator(when, maker, stream, id, shape[-1], block)
                draws[..., runs] = maker(generator, (*shape, BLOCK))[..., columns]
            draws.setflags(write=False)
            self._kept[address] = draws
        return self._kept[address]


def _dtype(maker: Maker) -> npt.DTypeLike:
    return np.float32 if maker is short_normals else np.float64


class _Spans:
    """Weekly draws of many ids for a span of weeks, and the generators that go on from there."""

    def __init__(
        self, maker: Maker, generators: list[list[np.random.Generator]], slots: int, places: list[Place]
    ) -> None:
        self.maker, self.generators, self.slots, self.blocks = maker, generators, slots, places
        self.weeks = SPAN if slots < MANY else 1
        self.first = -self.weeks
        runs = max(_last(runs) for _, runs, _ in places) + 1
        self.draws = np.empty((self.weeks, len(generators[0]) * slots, runs), dtype=_dtype(maker))

    def week(self, week: int) -> npt.NDArray[Any]:
        """(id and slot, run) draws of a week that is not before this span."""
        while week >= self.first + self.weeks:
            self._advance()
        drawn: npt.NDArray[Any] = self.draws[week - self.first]
        drawn.setflags(write=False)
        return drawn

    def _advance(self) -> None:
        """Draws the next span, week by week as one long sequence."""
        self.first += self.weeks
        slots, shape = self.slots, (self.weeks, self.slots, BLOCK)
        for generators, (_, runs, columns) in zip(self.generators, self.blocks, strict=True):
            for row, generator in enumerate(generators):
                self.draws[:, row * slots : (row + 1) * slots, runs] = self.maker(generator, shape)[..., columns]


def _last(columns: Columns) -> int:
    return columns.stop - 1 if isinstance(columns, slice) else int(columns.max())


def _places(replicates: npt.NDArray[np.int64]) -> list[Place]:
    """For each block in use: its number, the runs that need it, and their columns inside it."""
    blocks = replicates // BLOCK
    return [
        (int(block), _columns(np.flatnonzero(blocks == block)), _columns(replicates[blocks == block] % BLOCK))
        for block in np.unique(blocks)
    ]


def _columns(numbers: npt.NDArray[np.integer[Any]]) -> Columns:
    """Consecutive numbers as a slice, which copies faster; any others as they are."""
    if np.any(np.diff(numbers) != 1):
        return numbers
    return slice(int(numbers[0]), int(numbers[-1]) + 1)
