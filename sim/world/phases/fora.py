"""Phase 8: the Assembly and the Council vote on the texts of the week.

A vote binds nobody.  It can cost the condemned side legitimacy, and legitimacy strengthens the will of senders
and donors; there is no other way from a vote to the table.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory import voting
from sim.theory.council import council_decision
from sim.world.ballot import EVERYBODY, vote
from sim.world.phases.calendar import week_of
from sim.world.state import World

Array = npt.NDArray[np.float64]


def fora(world: World) -> None:
    """Takes the votes whose day falls in this week."""
    rules = world.tree.assembly
    world.legitimacy = world.legitimacy * (1.0 - rules.legitimacy_decay)
    if not world.on.assembly or world.society.rows is None:
        return
    for key, text in world.tree.texts.items():
        if week_of(world, text.date) == world.week:
            _vote(world, key, text)


def _vote(world: World, key: str, text: Any) -> None:
    votes = ballots(world, key)
    if text.forum == "council":
        votes = np.compress(_council(world), votes, axis=0)
        adopted = council_decision(votes, _permanent(world), text.procedural)
    else:
        adopted = None
    counts = voting.tally(votes)
    if adopted is None:
        rule = voting.two_thirds if text.majority == "two_thirds" else voting.simple_majority
        adopted = rule(counts[voting.YES], counts[voting.NO])
        world.journal.ballots[key] = _by_state(votes)
    world.journal.tallies.append((world.week, key, counts, adopted))
    world.journal.note(world.week, "text_adopted", key, adopted, counts[voting.YES])
    world.journal.note(world.week, "text_rejected", key, ~adopted, counts[voting.YES])
    if not text.procedural:
        margin = voting.adoption_margin(counts[voting.YES], counts[voting.NO]) * 2.0
        world.legitimacy = world.legitimacy + np.where(adopted, world.tree.assembly.legitimacy * margin, 0.0)


def ballots(world: World, key: str) -> npt.NDArray[np.int8]:
    """How every state votes on a text, (state, run) of `voting.OUTCOMES` codes."""
    return vote(world, key, EVERYBODY)


def _council(world: World) -> npt.NDArray[np.bool_]:
    return np.array([one != "" for one in world.society.rows.council])  # type: ignore[union-attr]


def _permanent(world: World) -> npt.NDArray[np.bool_]:
    seats = [one for one in world.society.rows.council if one]  # type: ignore[union-attr]
    return np.array([one == "permanent" for one in seats])


def _by_state(votes: npt.NDArray[np.int8]) -> npt.NDArray[np.int64]:
    return np.stack([np.count_nonzero(votes == outcome, axis=1) for outcome in range(4)], axis=1)
