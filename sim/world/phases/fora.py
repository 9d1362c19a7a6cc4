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
from sim.world.phases.calendar import week_of
from sim.world.phases.third_parties import weariness
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
    votes = ballots(world, key, text)
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


def ballots(world: World, key: str, text: Any) -> npt.NDArray[np.int8]:
    """How every state votes on a text, (state, run) of `voting.OUTCOMES` codes."""
    society, rules = world.society, world.tree.assembly
    assert society.rows is not None
    column = society.rows.columns
    noise = society.normals(f"votes {key}")
    support = voting.support(
        column["general"][:, None], society.conflict,
        general_weight=text.general_weight, conflict_weight=text.conflict_weight, demand=text.demand,
        push=rules.lobbying * society.lean(), noise=noise,
    )  # fmt: skip
    support = _whipped(world, support)
    band = voting.abstention_band(
        text.band, column["dependence_a"][:, None], column["dependence_b"][:, None],
        rules.cross_pressure, rules.fatigue, weariness(world),
    )  # fmt: skip
    if text.forum == "council":
        vetoes = np.array([one == "permanent" for one in society.rows.council])[:, None]
        support = np.where(vetoes & (support < 0), np.minimum(support + rules.veto_cost, 0.0), support)
    return voting.cast(support, band, _absent(world, key, text, column["absence"][:, None]))


def _whipped(world: World, support: Array) -> Array:
    for key, bloc in world.scenario.blocs.items():
        strength = world.tree.actors[key].whip
        if np.any(np.asarray(strength) > 0):
            members = world.society.rows.members(bloc.members)  # type: ignore[union-attr]
            led = voting.whip(support, voting.caucus(support, members), strength)
            support = np.where(members[:, None], led, support)
    return support


def _absent(world: World, key: str, text: Any, logit: Array) -> npt.NDArray[np.bool_]:
    if text.forum == "council":
        return np.zeros((len(logit), world.runs), dtype=bool)
    return world.society.uniforms(f"absence {key}") < voting.absence_probability(logit, 0.0)


def _council(world: World) -> npt.NDArray[np.bool_]:
    return np.array([one != "" for one in world.society.rows.council])  # type: ignore[union-attr]


def _permanent(world: World) -> npt.NDArray[np.bool_]:
    seats = [one for one in world.society.rows.council if one]  # type: ignore[union-attr]
    return np.array([one == "permanent" for one in seats])


def _by_state(votes: npt.NDArray[np.int8]) -> npt.NDArray[np.int64]:
    return np.stack([(votes == outcome).sum(axis=1) for outcome in range(4)], axis=1)
