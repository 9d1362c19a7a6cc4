"""Consent of veto players: parties beside the two belligerents without whom an agreement is not signed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.choice import accepts, logistic_taste, next_taste
from sim.world.agenda import SETTLEMENT_AGENDA
from sim.world.state import CEASEFIRE, World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def feel(world: World, coefficient: Array) -> None:
    """Moves each veto player's taste for agreement a week on."""
    if world.players:
        fresh = world.normal("consent tastes", *world.player_ids)
        world.player_taste = next_taste(world.player_taste, fresh, coefficient)


def reservation(world: World, agenda: int) -> Array:
    """What those who are asked about a kind of agreement must gain over to consent, (player, run)."""
    frozen = world.status == CEASEFIRE
    conditions = np.where(frozen, world.terms, world.wartime) if frozen.any() else world.wartime
    return world.judges[agenda].reservation(conditions, world.at_war) - promised(world, agenda)


def promised(world: World, agenda: int) -> Array:
    """What third parties promise each of them for its consent, (player, run)."""
    judges = world.judges[agenda]
    total = np.zeros((len(judges.keys), world.runs))
    if not world.on.incentives:
        return total
    for key, promise in world.tree.incentives.items():
        if promise.party in judges.keys and (agenda == SETTLEMENT_AGENDA or promise.condition == "ceasefire"):
            gain = world.level(f"incentive.{key}", promise.value) * promise.credibility
            total[judges.keys.index(promise.party)] += gain
    return total


def consents(world: World, agenda: int, agreed: Flags) -> Flags:
    """Whether all who are asked consent to the text on the table, (run,); refusals of what is agreed are noted.

    Source: [Cunningham2006]_ (Cunningham, 2006), [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995).
    """
    judges, all_agree = world.judges[agenda], np.ones(world.runs, dtype=np.bool_)
    if not judges.keys:
        return all_agree
    surplus = judges.worth(world.text, judges.outside(world.wartime)) - reservation(world, agenda)
    rows = [world.players.index(key) for key in judges.keys]
    taste = logistic_taste(world.player_taste[rows]) if world.on.taste else np.zeros_like(surplus)
    says_yes = accepts(surplus, taste, judges.own.precision)
    for key, own in zip(judges.keys, says_yes, strict=True):
        world.journal.note(world.week, "consent_refused", key, agreed & ~own)
        all_agree &= own
    return all_agree
