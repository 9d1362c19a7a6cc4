"""The plan of a sweep: its design points in groups, and the blocks in which a group is played.

The plan follows from the experiment alone, never from workers or from what was played before, so that a block has
the same name whoever plays it.  How blocks are played and kept is not known here.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.experiment.designs import Rows, rows_of
from sim.experiment.execution import width
from sim.experiment.loading import Prepared
from sim.experiment.points import LEAST, Piece
from sim.randomness import BLOCK
from sim.record.manifest import sha256, sha256_of_code
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.experiment import Stop
from sim.scenario.writing import tree_of

SHARES = 4
"""Blocks that even a small sweep is cut into, as far as they stay wide: wide blocks play faster than narrow ones."""

WIDEST = 26 * BLOCK
"""Runs of the widest block: a little below what plays fastest, so that memory hardly knows how long a sweep is."""


@dataclass(frozen=True)
class Block:
    """One stretch of replicates of some points of a group: what is played at once and kept in one file.

    Parameters
    ----------
    group : int
    points : tuple of int
        Numbers of points, all of the group's variant.
    first, last : int
        Replicates, both included.
    """

    group: int
    points: tuple[int, ...]
    first: int
    last: int

    def __len__(self) -> int:
        return len(self.points) * (self.last - self.first + 1)


class Plan:
    """Points, groups and blocks of an experiment.

    A point is a row of the design under a variant; points are numbered variant by variant.  A group is a
    stretch of points that are played side by side; it is played on its own, so that groups can be shared out.

    Parameters
    ----------
    prepared : Prepared
    """

    def __init__(self, prepared: Prepared) -> None:
        self.experiment = prepared.experiment
        self.variants = tuple(prepared.played)
        self.scenarios = tuple(prepared.played.values())
        self.rows: Rows = rows_of(self.experiment)
        self.row_count = next(iter(self.rows.values())).size if self.rows else 1
        self.points = self.row_count * len(self.variants)
        self.replicates = self.experiment.replicates
        self.stop: Stop | None = self.experiment.stop
        runs = self.points * self.replicates
        self.width = max(LEAST, min(width(runs, SHARES), WIDEST))
        count = -(-self.row_count // max(1, self.width // self.replicates))
        self._edges = [self.row_count * number // count for number in range(count + 1)]

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return (len(self._edges) - 1) * len(self.variants)

    @property
    def runs(self) -> int:
        """Runs of the whole sweep; with a stopping rule, the least number."""
        return self.points * self.replicates

    def points_of(self, group: int) -> tuple[int, ...]:
        """Numbers of the points of a group."""
        variant, place = divmod(group, len(self._edges) - 1)
        start = variant * self.row_count
        return tuple(range(start + self._edges[place], start + self._edges[place + 1]))

    def first_blocks(self, group: int) -> Iterator[Block]:
        """Blocks of the replicates that every point of a group gets."""
        points = self.points_of(group)
        turns = -(-self.replicates // self.width)
        stretch = self.replicates if turns == 1 else -(-self.replicates // (turns * BLOCK)) * BLOCK
        for first in range(0, self.replicates, stretch):
            yield Block(group, points, first, min(first + stretch, self.replicates) - 1)

    def added_block(self, group: int, points: tuple[int, ...], played: int) -> Block | None:
        """The next block of a group with a stopping rule, for the points that are not done; None at its maximum.

        Whole blocks of luck are added, as many as fill a batch.
        """
        if self.stop is None or not points or played >= self.stop.most:
            return None
        blocks = max(1, self.width // (len(points) * BLOCK))
        return Block(group, points, played, min(played + blocks * BLOCK, self.stop.most) - 1)

    def piece(self, block: Block) -> Piece:
        """What is to be played for a block."""
        variant = block.points[0] // self.row_count
        rows = np.array(block.points) - variant * self.row_count
        columns = {path: values[rows] for path, values in self.rows.items()}
        return Piece(
            self.scenarios[variant], self.experiment.seed, np.array(block.points), columns,
            block.first, block.last, self.experiment.outcomes,
        )  # fmt: skip

    def name(self, block: Block) -> str:
        """Name of a block: the hash of everything that decides what is in it."""
        piece = self.piece(block)
        said = {
            "scenario": self.scenario_hashes[block.points[0] // self.row_count],
            "code": sha256_of_code(),
            "seed": piece.seed,
            "points": block.points,
            "replicates": [block.first, block.last],
            "columns": {path: sha256(_bytes(values)) for path, values in piece.columns.items()},
            "outcomes": list(piece.outcomes),
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:40]

    @cached_property
    def scenario_parts(self) -> list[dict[str, str]]:
        """Hash of every part of each played scenario and of its tables, in the order of the variants."""
        return [_parts(scenario) for scenario in self.scenarios]

    @cached_property
    def scenario_hashes(self) -> list[str]:
        """Hash of each played scenario with its tables, in the order of the variants."""
        return [sha256(json.dumps(parts).encode()) for parts in self.scenario_parts]

    @cached_property
    def design_hash(self) -> str:
        """Hash of the rows."""
        return sha256(b"".join(path.encode() + _bytes(values) for path, values in self.rows.items()))

    def variant_of(self, points: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
        """Place of each point's variant."""
        return (points // self.row_count).astype(np.int32)


def _parts(scenario: Scenario) -> dict[str, str]:
    """Hash of each entry of a scenario's sections, by its path, and of the text of each table."""
    parts: dict[str, Any] = {f"table {name}": text for name, text in scenario.tables.texts.items()}
    for section, written in tree_of(scenario).items():
        entries = {f"{section}.{key}": entry for key, entry in written.items()} if isinstance(written, dict) else {}
        parts |= entries or {section: written}
    return {path: _short_hash(part) for path, part in parts.items()}


def _short_hash(part: Any) -> str:
    return sha256(json.dumps(part, default=datetime.date.isoformat).encode())[:16]


def _bytes(values: npt.NDArray[np.float64]) -> bytes:
    return values.astype("<f8").tobytes()
