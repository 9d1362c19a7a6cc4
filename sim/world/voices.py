"""Who speaks on what is disputed, and with which power: what the challenge model asks of a world."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.world.protocols import Voices
from sim.world.state import World

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]


def voices(world: World, live: Rows) -> Voices:
    """The two sides and the third parties of the challenge model, for some of the runs.

    A belligerent speaks for its ideal point, cares as its salience says, and has the power of its forces as they
    stand this week, unless the scenario gives it another capability.
    """
    spoken = world.tree.protocol.challenge.voices
    third = sorted((key for key in spoken if key not in world.names), key=lambda key: world.ids[key])
    shape = (len(third), len(world.issues.names), live.size)
    position, salience, speaks = np.zeros(shape), np.zeros(shape), np.zeros(shape[:2], dtype=np.bool_)
    for row, key in enumerate(third):
        for name, value in spoken[key].position.items():
            place = world.issues.names.index(name)
            position[row, place] = _over(world, world.scenario.issues[name].to_unit(value), live)
            salience[row, place] = _over(world, spoken[key].salience[name], live)
            speaks[row, place] = True
    sides = np.ones((2, shape[1]), dtype=np.bool_)
    return Voices(
        np.concatenate([np.take(world.sides.ideal_point, live, axis=-1), position]),
        np.concatenate([np.take(world.sides.salience, live, axis=-1), salience]),
        np.stack([_power(world, key, live) for key in (*world.names, *third)]),
        np.concatenate([sides, speaks]),
    )


def _power(world: World, key: str, live: Rows) -> Array:
    voice = world.tree.protocol.challenge.voices.get(key)
    return _over(world, world.forces[world.names.index(key)] if voice is None else voice.capability, live)


def _over(world: World, value: float | Array, live: Rows) -> Array:
    return np.take(world.layout.over_runs(value), live)
