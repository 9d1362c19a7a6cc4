"""What a mediator tells the sides about the war and about each other, and how much of it they believe.

The mediator has sources of its own on where the front is going and, where the sides are in doubt of each other, on
the least that the other would take.  A side listens only as far as the mediator's
bias towards it makes honesty pay (Kydd 2003); a mediator that knows nothing of its own adds nothing to what
the sides could tell each other (Fey and Ramsay 2010).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.beliefs import learn
from sim.theory.front import drift
from sim.theory.mediation import honest_interval, message_weight
from sim.theory.talk_learning import told_posterior
from sim.world.phases.hearing import mistaken
from sim.world.phases.text import of_convener
from sim.world.state import World

Array = npt.NDArray[np.float64]

SPREAD = (0.5, 1.5)
"""Costs of a resolved and of a weak opponent, relative to the opponent's own."""


LEAST_HEARD = 1e-6
"""Credence up to which a message counts as not heard."""


def messages(world: World) -> None:
    """Lets the convener of each table tell both sides what it knows."""
    knows = of_convener(world, world.mediators.information) * world.talking * world.on.mediation
    if not knows.any():
        return
    credence = np.stack([knows * _weight(world, knows, side) for side in (0, 1)])
    _of_the_front(world, credence)
    if world.on.talk_learning and world.on.reservation_messages:
        _of_the_other(world, credence * (world.talks_start == world.week))


def _of_the_front(world: World, credence: Array) -> None:
    """Every week, the drift of the front."""
    heard = credence > LEAST_HEARD
    noise = world.tree.front.observation_noise / np.sqrt(np.where(heard, credence, 1.0))
    truth = drift(world.forces, world.level("mobility", world.tree.front.mobility))
    said = truth + noise * world.normal("messages", "A", "B")
    mean, variance = learn(world.drift_mean, world.drift_variance, said, noise, 0.0)
    world.drift_mean = np.where(heard, mean, world.drift_mean)
    world.drift_variance = np.where(heard, variance, world.drift_variance)


def _of_the_other(world: World, credence: Array) -> None:
    """Once a table, the other's reservation value: in full, it tells as much as a side knew of it at the start."""
    heard = credence > LEAST_HEARD
    if not heard.any():
        return
    noise = world.tree.talks.opacity / np.sqrt(np.where(heard, credence, 1.0))
    said = noise * world.normal("confidences", "A", "B")
    told = told_posterior(world.doubt, mistaken(world) - said[:, None], noise)
    world.doubt = np.where(heard[:, None], told, world.doubt)


def _weight(world: World, knows: Array, side: int) -> Array:
    """Belief of one side in the convener's messages, (run,) in [0, 1]."""
    heard = world.concert * of_convener(world, world.renown[:, side])
    if not world.on.honesty:
        return np.minimum(heard, 1.0)
    bias = of_convener(world, world.mediators.bias) * (1.0 if side == 0 else -1.0)
    other = world.cost[1 - side] * world.annuity[1 - side]
    mediator_cost = of_convener(world, world.mediators.war_cost)
    low, high = honest_interval(
        SPREAD[0] * other, SPREAD[1] * other, mediator_cost, 0.5 + 0.5 * knows, 0.5 - 0.5 * knows
    )
    return np.minimum(message_weight(bias, low, high, world.tree.mediation.fading) * heard, 1.0)
