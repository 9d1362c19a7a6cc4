"""What is believed at the table of each side's will to settle, and what doubt does to the talks.

Whether a side means it is decided when it sits down and stays hidden.  Observers know how often a side that sits
down does so for the pause alone; they reckon what a text is worth to it as it does itself, up to its own errors,
and see its answers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.choice import acceptance_probability, persistence
from sim.theory.sincerity import doubted_patience, next_sincerity, refusal_likelihood
from sim.theory.talk_learning import fresh_share
from sim.world.state import World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def sit_down(world: World, opens: Flags, pretends: Array) -> None:
    """Decides in secret who means to settle; observers start from the chance of it."""
    sincere = world.uniform("sincerity", "A", "B") >= pretends
    world.sincere = np.where(opens, sincere, world.sincere)
    world.sincerity = np.where(opens, 1.0 - pretends, world.sincerity)
    world.best_refused = np.where(opens, 0.0, world.best_refused)
    for row, key in enumerate(world.names):
        world.journal.note(world.week, "talks_pretended", key, opens & ~sincere[row])


def judge(world: World, asked: Flags, says_yes: Flags, surplus: Array) -> None:
    """Lets observers learn from what both sides answered to a text, where both were asked."""
    if not world.doubts:
        return
    (runs,) = np.nonzero(asked)
    best, belief = (np.take(one, runs, axis=-1) for one in (world.best_refused, world.sincerity))
    answers = np.take(says_yes, runs, axis=-1)
    precision = np.take(world.sides.precision, runs, axis=-1)
    chance = acceptance_probability(np.take(surplus, runs, axis=-1), precision)
    fresh = fresh_share(persistence(world.layout.over_runs(world.tree.talks.taste_half_life)[runs]))
    refusal = refusal_likelihood(chance, best, fresh if world.on.taste else 0.0)
    world.sincerity[:, runs] = next_sincerity(belief, refusal, accepted=answers)
    world.best_refused[:, runs] = np.maximum(best, np.where(answers, 0.0, chance))


def believed(world: World) -> Array:
    """Belief that both sides mean to settle, (run,): that in the one that is believed less."""
    return np.minimum(world.sincerity[0], world.sincerity[1])


def shortened(world: World, patience: Array) -> Array:
    """Mean length of talks in weeks, (run,), as doubt leaves it."""
    if not world.doubts:
        return patience
    return doubted_patience(patience, believed(world), world.tree.talks.doubt)
