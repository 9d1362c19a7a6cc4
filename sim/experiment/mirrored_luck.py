"""The luck of a mirrored world: what befell one side befalls the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from sim.randomness import Draws, Luck, Maker, uniforms

OTHER_SIDE = {"A": "B", "B": "A"}

SIGNED = ("front", "momentum", "rounds", "messages")
"""Streams whose normal draws favour a side."""


class MirroredLuck:
    """The luck of the mirrored world: what befell side A befalls side B, and the line drifts the other way.

    It answers like the `Luck` that it wraps. Draws addressed to a side ("A", "B") come from the other side's
    address; the normal draws of a signed stream (one whose positive draws favour a side) change their sign.

    Parameters
    ----------
    luck : Luck
        The luck of the world as written.
    signed : streams whose normal draws have a direction between the sides
    """

    def __init__(self, luck: Luck, signed: Collection[str] = ()) -> None:
        self.luck, self.signed = luck, frozenset(signed)
        self.seed, self.weeks, self.replicates = luck.seed, luck.weeks, luck.replicates

    def uniform(self, stream: str, id: str, slots: int = 1) -> npt.NDArray[np.float64]:
        """Uniform draws of the other side."""
        return self.luck.uniform(stream, OTHER_SIDE.get(id, id), slots)

    def normal(self, stream: str, id: str, slots: int = 1, dtype: npt.DTypeLike = np.float64) -> Draws:
        """Normal draws of the other side, turned where they favour one."""
        return self._turned(stream, self.luck.normal(stream, OTHER_SIDE.get(id, id), slots, dtype))

    def once_uniform(self, stream: str, id: str, slots: int = 1) -> npt.NDArray[np.float64]:
        """Uniform draws of a run, of the other side."""
        return self.luck.once_uniform(stream, OTHER_SIDE.get(id, id), slots)

    def once_normal(self, stream: str, id: str, slots: int = 1, dtype: npt.DTypeLike = np.float64) -> Draws:
        """Normal draws of a run, of the other side, turned where they favour one."""
        return self._turned(stream, self.luck.once_normal(stream, OTHER_SIDE.get(id, id), slots, dtype))

    def of_week(self, maker: Maker, stream: str, ids: Sequence[str], week: int, slots: int = 1) -> Draws:
        """A week's draws of the other side, normal ones turned where they favour one."""
        draws = self.luck.of_week(maker, stream, [OTHER_SIDE.get(id, id) for id in ids], week, slots)
        return draws if maker is uniforms else self._turned(stream, draws)

    def _turned(self, stream: str, draws: Draws) -> Draws:
        return -draws if stream in self.signed else draws
