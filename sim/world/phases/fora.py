"""Phase 8: the Assembly and the Council vote on the texts of the week.

A vote binds nobody.  An adopted text can cost the condemned side legitimacy, which strengthens the will of senders
and donors, and it can widen what mediators must respect; a text of the Council does that only where both sides
consent on the ground.  There is no other way from a vote to the table, and both are switched by
``mechanisms.vote_effects``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory import voting
from sim.theory.council import dilution
from sim.world.ballot import EVERYBODY, Draft, alone, draft_of, own_band, own_luck, reluctant, vote
from sim.world.journal import Ballot
from sim.world.phases.calendar import week_of
from sim.world.sitting import Sitting
from sim.world.state import World

Array = npt.NDArray[np.float64]


def fora(world: World) -> None:
    """Takes the votes whose day falls in this week."""
    world.legitimacy = world.legitimacy * (1.0 - world.tree.assembly.legitimacy_decay)
    if not world.on.assembly or world.society.rows is None:
        return
    for key, text in world.tree.texts.items():
        if week_of(world, text.date) == world.week:
            _take(world, key, text)


def _take(world: World, key: str, text: Any) -> None:
    sitting = Sitting(world, key, ballots)
    if text.forum == "council" and world.tree.council and not text.procedural:
        sitting.before = _dilute(world, key)
    ballot, draft = sitting.play()
    if world.on.vote_effects and not text.procedural:
        _work(world, text.forum, ballot, draft)


def ballots(world: World, key: str) -> npt.NDArray[np.int8]:
    """How every state votes on a text or a question on it, (state, run) of `voting.OUTCOMES` codes."""
    return vote(world, key, EVERYBODY)


def _dilute(world: World, key: str) -> npt.NDArray[np.bool_]:
    """Sponsors take words out of a text for the Council; runs in which enough is left to put it to the vote."""
    rules, draft = world.tree.council, draft_of(world, key)
    rows = np.flatnonzero(np.array(world.society.rows.council) == "permanent")  # type: ignore[union-attr]
    expected = reluctant(world, alone(world, key, rows, luck=False), rows).astype(np.float64)
    luck = own_luck(world, rows).astype(np.float64)
    band = draft.band * own_band(world, draft, rows).astype(np.float64)
    share = dilution(expected / luck, band / luck, rules.accepted_veto, rules.consensus / luck)
    left = 1.0 - share
    world.drafts[key] = replace(
        draft,
        general_weight=left * draft.general_weight,
        conflict_weight=left * draft.conflict_weight,
        demand=left * draft.demand - share * rules.consensus,
        strength=left,
    )
    put: npt.NDArray[np.bool_] = left >= rules.least_strength
    world.journal.note(world.week, "text_diluted", key, put & (share > 0.0), left)
    world.journal.note(world.week, "text_withdrawn", key, ~put, left)
    return put


def _work(world: World, forum: str, ballot: Ballot, draft: Draft) -> None:
    """What an adopted text does: to legitimacy, and to what mediators must respect."""
    rules = world.tree.assembly
    margin = voting.adoption_margin(ballot.counts[voting.YES], ballot.counts[voting.NO]) * 2.0
    if draft.strength is not None:
        margin = margin * draft.strength
    world.legitimacy = world.legitimacy + np.where(ballot.adopted, rules.legitimacy * margin, 0.0)
    heard = ballot.adopted & world.at_peace if forum == "council" else ballot.adopted
    world.mandate = np.minimum(world.mandate + np.where(heard, rules.mandate * margin, 0.0), 1.0)
