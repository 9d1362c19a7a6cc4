"""One seed becomes named streams of luck, and every draw has an address.

Here lives `Luck`, the only source of random numbers of a run. A draw is looked up at (seed, stream, id,
replicate, week, slot) and never consumed, so that what a replicate meets depends on nothing else that is
asked for: not on the batch, the order, the workers, or another stream. Distributions other than the uniform
and the standard normal do not live here: counts and sizes are made from these draws by whoever needs them.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from operator import index
from typing import Any

import numpy as np
import numpy.typing as npt

BLOCK = 128
"""Replicates drawn together: block b holds the replicates from 128 b to 128 b + 127."""

SPAN = 13
"""Weeks of a table of many ids that are drawn at a time."""

LARGEST_SEED = 2**128 - 1
LARGEST_REPLICATE = BLOCK * 2**32 - 1
SMALLEST_UNIFORM = 2.0**-54

Draws = npt.NDArray[np.floating[Any]]
Columns = slice | npt.NDArray[np.integer[Any]]
Maker = Callable[[np.random.Generator, tuple[int, ...]], Draws]


def words(text: str) -> tuple[int, int]:
    """Two 32-bit words that stand for a text, the same in every process and on every machine.

    >>> words("strikes") == words("strikes"), words("strikes") == words("offers")
    (True, False)
    """
    digest = blake2b(text.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def uniforms(generator: np.random.Generator, shape: tuple[int, ...]) -> Draws:
    """Uniform draws strictly between 0 and 1: an exact 0, possible once in 2**53, becomes 2**-54."""
    draws = generator.random(shape)
    return np.maximum(draws, SMALLEST_UNIFORM, out=draws)


def normals(generator: np.random.Generator, shape: tuple[int, ...]) -> Draws:
    """Standard normal draws in double precision."""
    return generator.standard_normal(shape)


def short_normals(generator: np.random.Generator, shape: tuple[int, ...]) -> Draws:
    """Standard normal draws in single precision, a sequence of its own and no rounding of the double one."""
    return generator.standard_normal(shape, dtype=np.float32)


def normals_of(dtype: npt.DTypeLike) -> tuple[str, Maker]:
    """Name in the address and maker of standard normals of a precision, float64 or float32."""
    match np.dtype(dtype):
        case np.float64:
            return "normal64", normals
        case np.float32:
            return "normal32", short_normals
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
        self._places = _places(self.replicates)
        self._kept: dict[tuple[object, ...], Draws] = {}
        self._spans: dict[tuple[object, ...], _Spans] = {}

    def uniform(self, stream: str, id: str, slots: int = 1) -> npt.NDArray[np.float64]:
        """Weekly uniform draws, (week, slot, run) float64 strictly between 0 and 1."""
        return self._ask("weekly uniform", uniforms, stream, id, (self.weeks, slots))

    def normal(self, stream: str, id: str, slots: int = 1, dtype: npt.DTypeLike = np.float64) -> Draws:
        """Weekly standard normal draws, (week, slot, run), float64 or float32 (not the same draws)."""
        kind, maker = normals_of(dtype)
        return self._ask(f"weekly {kind}", maker, stream, id, (self.weeks, slots))

    def once_uniform(self, stream: str, id: str, slots: int = 1) -> npt.NDArray[np.float64]:
        """Uniform draws of a run for all its weeks, (slot, run) float64 strictly between 0 and 1."""
        return self._ask("once uniform", uniforms, stream, id, (slots,))

    def once_normal(self, stream: str, id: str, slots: int = 1) -> npt.NDArray[np.float64]:
        """Standard normal draws of a run for all its weeks, (slot, run) float64."""
        return self._ask("once normal64", normals, stream, id, (slots,))

    def normal_table(self, stream: str, ids: Sequence[str], dtype: npt.DTypeLike = np.float32) -> Draws:
        """Weekly standard normal draws of many ids, (week, id, run): `normal` of each, one slot."""
        kind, maker = normals_of(dtype)
        address = (f"table {kind}", stream, tuple(ids))
        if address not in self._kept:
            table = np.empty((self.weeks, len(ids), self.replicates.size), dtype=dtype)
            for row, id in enumerate(ids):
                self._fill(table[:, row : row + 1], f"weekly {kind}", maker, stream, id)
            table.setflags(write=False)
            self._kept[address] = table
        return self._kept[address]

    def normals_of_week(self, stream: str, ids: Sequence[str], week: int) -> Draws:
        """One week of `normal_table` in single precision, (id, run), drawn a span of weeks at a time.

        It is meant for engines, which ask for one week after the other: a table of many ids and runs need not
        stand in memory whole.  A week of an earlier span is drawn again from the start.
        """
        address = ("spans", stream, tuple(ids))
        spans = self._spans.get(address)
        if spans is None or week < spans.first:
            spans = self._spans[address] = _Spans(self._generators(stream, ids), len(ids), self._places)
        while week >= spans.first + SPAN:
            spans.advance()
        drawn: Draws = spans.draws[week - spans.first]
        return drawn

    def _generators(self, stream: str, ids: Sequence[str]) -> list[list[np.random.Generator]]:
        """A generator for each block in use and id, at its first week."""
        kind, _ = normals_of(np.float32)
        return [
            [np.random.Generator(np.random.SFC64(self._sequence(stream, id, f"weekly {kind} 1", block))) for id in ids]
            for block, _, _ in self._places
        ]

    def _sequence(self, stream: str, id: str, kind: str, block: int) -> np.random.SeedSequence:
        """The address of a block of draws, as the seed of its generator."""
        return np.random.SeedSequence(entropy=self.seed, spawn_key=(*words(stream), *words(id), *words(kind), block))

    def _ask(self, kind: str, maker: Maker, stream: str, id: str, shape: tuple[int, ...]) -> npt.NDArray[Any]:
        """The draws of an address, kept from the first request on."""
        if shape[-1] < 1:
            raise ValueError(f"{shape[-1]} slots of stream {stream!r} asked for; at least 1 is needed")
        address = (kind, stream, id, shape[-1])
        if address not in self._kept:
            dtype = np.float32 if maker is short_normals else np.float64
            draws = np.empty((*shape, self.replicates.size), dtype=dtype)
            self._fill(draws, kind, maker, stream, id)
            draws.setflags(write=False)
            self._kept[address] = draws
        return self._kept[address]

    def _fill(self, draws: Draws, kind: str, maker: Maker, stream: str, id: str) -> None:
        """Draws each block whole, week by week, and copies the columns of this batch's replicates."""
        for block, runs, columns in self._places:
            sequence = self._sequence(stream, id, f"{kind} {draws.shape[-2]}", block)
            whole = maker(np.random.Generator(np.random.SFC64(sequence)), (*draws.shape[:-1], BLOCK))
            draws[..., runs] = whole[..., columns]


class _Spans:
    """Draws of many ids for a span of weeks, and the generators that go on from there."""

    def __init__(
        self,
        generators: list[list[np.random.Generator]],
        ids: int,
        places: list[tuple[int, Columns, Columns]],
    ) -> None:
        self.generators, self.places, self.first = generators, places, -SPAN
        runs = max(_last(runs) for _, runs, _ in places) + 1
        self.draws = np.empty((SPAN, ids, runs), dtype=np.float32)

    def advance(self) -> None:
        """Draws the next span, week by week as one long sequence."""
        self.first += SPAN
        for generators, (_, runs, columns) in zip(self.generators, self.places, strict=True):
            for row, generator in enumerate(generators):
                self.draws[:, row, runs] = short_normals(generator, (SPAN, BLOCK))[:, columns]


def _last(columns: Columns) -> int:
    return columns.stop - 1 if isinstance(columns, slice) else int(columns.max())


def _places(replicates: npt.NDArray[np.int64]) -> list[tuple[int, Columns, Columns]]:
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
