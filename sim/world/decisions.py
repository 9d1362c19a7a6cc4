"""How blocs decide on common measures: rules registered by name, which a scenario names as ``decision_rule``.

A rule sees the members' will and the bloc's means, never the world; a user's own is registered in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.theory import blocs

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Number = float | Array


@dataclass(frozen=True)
class Measure:
    """A common measure before a bloc.

    Parameters
    ----------
    will : (member, run) float
        Will of each member, above 0 in favour, in units of its noise.
    weights : (member,) float
        Weight of each member, zero or more; ones where the scenario gives none.
    quota, weight_quota : float or (run,)
        Shares of the members and of their weight that a qualified majority needs.
    blocking_minority : int
        Members that it takes to block a qualified majority whatever they weigh; 0 where its shares alone decide.
    leader : int or None
        Row of the member that leads.
    objection : float or (run,)
        How far below 0 a member's will must be before it breaks a consensus.
    purse : float or (run,) or None
        Most that side-payments may cost together; without it one hold-out can be won back at any price.
    tradable : (run,) bool
        Where side-payments can be arranged this time.
    """

    will: Array
    weights: Array
    quota: Number
    weight_quota: Number
    blocking_minority: int
    leader: int | None
    objection: Number
    purse: Number | None
    tradable: Flags


DecisionRule = Callable[[Measure], Flags]

DECISIONS: dict[str, DecisionRule] = {}
"""All registered rules, by the name that a scenario uses."""


def decision(name: str) -> Callable[[DecisionRule], DecisionRule]:
    """Registers a rule under a name; a name that is taken is refused."""

    def register(rule: DecisionRule) -> DecisionRule:
        if DECISIONS.setdefault(name, rule) is not rule:
            raise ValueError(f"a decision rule named {name} is registered already")
        return rule

    return register


@decision("unanimity")
def unanimity(measure: Measure) -> Flags:
    """All agree, hold-outs being paid as far as the means reach."""
    if measure.purse is not None:
        return blocs.unanimity(measure.will, measure.purse, measure.tradable)
    refuse = np.count_nonzero(measure.will <= 0.0, axis=0)
    agreed: Flags = (refuse == 0) | ((refuse == 1) & measure.tradable)
    return agreed


@decision("qualified_majority")
def qualified_majority(measure: Measure) -> Flags:
    """Enough members with enough weight agree."""
    equal = bool((measure.weights == 1.0).all())
    return blocs.qualified_majority(
        measure.will,
        measure.weights,
        measure.quota,
        0.0 if equal else measure.weight_quota,
        measure.blocking_minority,
    )


@decision("leader")
def leader(measure: Measure) -> Flags:
    """The leader agrees."""
    return blocs.leader(measure.will, measure.leader or 0)


@decision("consensus")
def consensus(measure: Measure) -> Flags:
    """Most agree and none objects openly."""
    return blocs.consensus(measure.will, measure.objection)
