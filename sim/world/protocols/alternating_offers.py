"""Stacked alternating offers: within a week the parties concede until an offer is accepted by all."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from sim.scenario.faults import Fault, hint
from sim.scenario.vocabulary import Scenario
from sim.theory.frontier_offers import concede_along
from sim.theory.stacked_offers import negotiate_among
from sim.world.offered import Texts
from sim.world.protocols.registry import Luck, Table, Tabled, agreed_at, needs_few_texts, needs_issues, protocol

Array = npt.NDArray[np.float64]

LATE = 4.0
"""Exponent of a veto player of whom the scenario says nothing."""


def _needs(scenario: Scenario, place: str) -> Iterator[Fault]:
    yield from needs_issues(scenario, place)
    known = sorted(scenario.veto_players)
    for key in scenario.protocol.alternating_offers.others:
        if key not in known:
            yield Fault(f"protocol.alternating_offers.others.{key}", f"no such veto player{hint(key, known)}")
    yield from needs_few_texts(scenario, "alternating_offers")


@protocol("alternating_offers", _needs)
def alternating_offers(table: Table, luck: Luck) -> Tabled:
    """Text on which all parties agree that concede with time, each by an exponent of its own.

    The negotiation is over within the week.  Nobody offers or accepts less than its reservation value; where no
    offer is accepted before the deadline there is nothing to sign.  The side whose turn it is opens, the other
    comes last, and veto players speak between them by their names.  Two sides walk along their exact frontier;
    more parties, or issues with few values, have a finite set of texts.

    Parameters
    ----------
    table : Table
    luck : Luck
        Not used: the offers follow from the parties' gains and the time.

    Returns
    -------
    Tabled

    Source: [AydoganEtAl2017]_ (Aydoğan, Festen, Hindriks and Jonker, 2017), [FaratinSierraJennings1998]_
    (Faratin, Sierra and Jennings, 1998).
    """
    rules = table.options("alternating_offers")
    if table.players or rules.lattice:
        return _among(table, rules)
    walk = concede_along(
        table.frontier,
        table.needed,
        _exponents(table, rules),
        table.proposer,
        rounds=rules.deadline,
        candidates=rules.candidates,
    )
    return agreed_at(table, walk.position, walk.agreed)


def _among(table: Table, rules: SimpleNamespace) -> Tabled:
    """Offers of all parties from the texts that they could put forward."""
    texts, exponents = table.texts(rules.lattice, rules.blends, rules.places), _exponents(table, rules)
    outcome = np.full(table.age.shape, -1)
    for opens in (0, 1):
        (runs,) = np.nonzero(table.proposer == opens)
        if runs.size:
            outcome[runs] = _played(texts, exponents, rules.deadline, runs, opens)
    agreed = outcome >= 0
    text = np.where(agreed & table.open_issues, texts.terms(np.maximum(outcome, 0)), table.text)
    return Tabled(text, agreed, np.zeros(agreed.shape, dtype=np.bool_))


def _played(
    texts: Texts, exponents: Array, deadline: int, runs: npt.NDArray[np.intp], opens: int
) -> npt.NDArray[np.int64]:
    """Texts agreed upon in runs in which the same side opens; -1 without an agreement."""
    last = len(exponents) - 1
    order = [opens * last, *range(1, last), (1 - opens) * last]
    parties = [texts.ranked[place].of_runs(np.take(texts.column, runs)) for place in order]
    exponent, needed = (np.take(np.take(own, order, axis=0), runs, axis=-1) for own in (exponents, texts.needed))
    return negotiate_among(parties, exponent, needed, deadline).outcome


def _exponents(table: Table, rules: SimpleNamespace) -> Array:
    """Exponents of A, the veto players and B, (party, run)."""
    others = (rules.others.get(key, LATE) for key in table.players)
    every = np.broadcast_arrays(rules.exponent.A, *others, rules.exponent.B)
    return np.broadcast_to(np.stack(every).reshape(len(every), -1).astype(np.float64), (len(every), table.age.size))
