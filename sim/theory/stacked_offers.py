"""Stacked alternating offers: any number of parties that concede with time over a finite set of outcomes.

Rounds, offers, acceptance and the agreement of a whole batch of runs are here; where the utility tables come
from, and the points a table would reach if it bargained perfectly, are in ``outcomes``. Closed forms of
bargaining over one pie are in ``bargaining``.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray, Number
from sim.theory.rankings import Ranking, shared_rankings

LENIENCE = 1e-4
"""How far below its aspiration a party accepts."""

SAME_UTILITY = 1e-6
"""An outcome this little below the limit counts as meeting it, when a party looks for what to propose."""

BLOCK = 12
"""Rounds that are looked up at once; the fewer, the fewer lookups behind an agreement are in vain."""


class Agreements(NamedTuple):
    """How a batch of negotiations ended.

    ``outcome`` (runs,) is the outcome agreed upon, or -1 without an agreement; ``utilities`` (parties, runs)
    are what it is worth to each party, or the reservation values; ``step`` (runs,) counts the rounds begun
    until the last party accepted, or is the number of rounds.
    """

    outcome: IntArray
    utilities: Array
    step: IntArray


class _Talks(NamedTuple):
    """Runs that still talk: number (runs,), exponent, least value and its rank (parties, runs).

    ``proposes`` (parties - 1, runs) says of the next acts whether an offer is made there as things stand.
    """

    run: IntArray
    exponent: Array
    least: Array
    first: IntArray
    proposes: BoolArray


def aspiration(time: Number, exponent: Number) -> Array:
    """Part of what it could gain that a party still insists on, a(t) = 1 - t^e.

    An exponent above 1 concedes late (Boulware) and one below 1 early (conceder). Faratin, Sierra and
    Jennings write t^(1/e) for the same family: their exponent is one over this one, and their Boulware lies
    below 1.

    Parameters
    ----------
    time : float or Array
        Part of the negotiation that is over, above 0 and at most 1.
    exponent : float or Array
        Above 0.

    Returns
    -------
    Array
        Aspiration in [0, 1].

    Source: [FaratinSierraJennings1998]_ (Faratin, Sierra and Jennings, 1998), with the exponent inverted.

    >>> [round(float(aspiration(0.5, exponent)), 4) for exponent in (0.25, 1.0, 4.0)]
    [0.1591, 0.5, 0.9375]
    """
    return np.asarray(1.0 - np.exp(exponent * np.log(time)))


def acceptance_limit(least: Number, most: Number, time: Number, exponent: Number) -> Array:
    """Utility from which on a party accepts.

    Parameters
    ----------
    least, most : float or Array
        What a party gets at worst (the larger of its smallest utility and its reservation value) and at best.
    time, exponent : float or Array
        As in :func:`aspiration`.

    Returns
    -------
    Array
        A little (1e-4) below the aspiration between both, and never outside of them.

    Source: [FaratinSierraJennings1998]_ (Faratin, Sierra and Jennings, 1998).

    >>> round(float(acceptance_limit(0.2, 1.0, 0.5, 1.0)), 4)
    0.5999
    """
    limit = least + (np.asarray(most) - least) * aspiration(time, exponent) - LENIENCE
    return np.asarray(np.minimum(np.maximum(limit, least), most))


def offers(utilities: Array, exponent: Array, reservation: Array, rounds: int = 100) -> IntArray:
    """What each party would propose in each round; it does not depend on what the others do.

    Parameters
    ----------
    utilities : Array, (parties, outcomes)
        Utility of every outcome to every party, the same in all runs.
    exponent, reservation : Array, (parties, runs) or broadcastable to it
        Exponent of concession, above 0, and reservation value, not above the best utility.
    rounds : int
        Number of rounds, from 1.

    Returns
    -------
    IntArray, (rounds, parties, runs)
        The worst outcome for the party that meets its limit; of equally good ones the first.

    Source: [AydoganEtAl2017]_ (Aydoğan, Festen, Hindriks and Jonker, 2017).

    >>> pie = np.array([[0.0, 0.5, 1.0], [1.0, 0.5, 0.0]])
    >>> offers(pie, np.ones((2, 1)), np.zeros((2, 1)), 3)[..., 0].T
    array([[2, 1, 1],
           [0, 1, 1]])
    """
    parties = shared_rankings(utilities)
    talks = _talks(parties, *_by_run(parties, exponent, reservation))
    ranks = _ranks(parties, talks, _limits(parties, talks, range(rounds), rounds))
    return np.stack([party.outcome_at(ranks[:, place], talks.run) for place, party in enumerate(parties)], axis=1)


def negotiate(utilities: Array, exponent: Array, reservation: Array, rounds: int = 100) -> Agreements:
    """Plays stacked alternating offers to their agreement or their end.

    In every round every party acts once, in the order of the table. A party that finds an offer of another on
    the table accepts it if it meets its limit, and otherwise puts its own offer in the place of it; an offer
    that all others accept one after the other is agreed upon. All acts of round s (from 0) take place at time
    (s + 1) / (rounds + 1).

    Parameters
    ----------
    utilities : Array, (parties, outcomes)
        Utility of every outcome to every party, finite, the same in all runs; two parties or more.
    exponent : Array, (parties, runs) or broadcastable to it
        Exponent of concession, above 0; above 1 concedes late, see :func:`aspiration`.
    reservation : Array, (parties, runs) or broadcastable to it
        Reservation values; nobody accepts or proposes less.
    rounds : int
        Number of rounds, from 1.

    Returns
    -------
    Agreements
        No agreement where somebody's reservation value is above all outcomes. Equally good proposals: the
        first.

    Source: [AydoganEtAl2017]_ (Aydoğan, Festen, Hindriks and Jonker, 2017).

    >>> share = np.arange(101) / 100
    >>> negotiate(np.stack([share, 1 - share]), np.array([[4.0], [1.0]]), np.zeros((2, 1))).outcome
    array([72])
    """
    return negotiate_among(shared_rankings(utilities), exponent, reservation, rounds)


def negotiate_among(parties: Sequence[Ranking], exponent: Array, reservation: Array, rounds: int = 100) -> Agreements:
    """Plays stacked alternating offers among parties that have ranked their outcomes, each run its own or all alike.

    Parameters
    ----------
    parties : sequence of Ranking
        In the order of the table, from :func:`~sim.theory.rankings.shared_rankings` or
        :func:`~sim.theory.rankings.own_rankings`.
    exponent, reservation, rounds
        As in :func:`negotiate`.

    Returns
    -------
    Agreements
        As in :func:`negotiate`, with the parties in the order given.

    Source: [AydoganEtAl2017]_ (Aydoğan, Festen, Hindriks and Jonker, 2017).
    """
    exponent, reservation = _by_run(parties, exponent, reservation)
    runs = reservation.shape[-1]
    ended = Agreements(np.full(runs, -1), np.array(reservation, dtype=np.float64), np.full(runs, rounds))
    talks = _talks(parties, exponent, reservation)
    for first in range(0, rounds, BLOCK):
        if talks.run.size:
            block = range(first, min(first + BLOCK, rounds))
            talks = _play(parties, talks, block, rounds, ended)
    return ended


def _by_run(parties: Sequence[Ranking], *values: Array) -> tuple[Array, ...]:
    """Values of all parties in all runs."""
    return np.broadcast_arrays(*values, np.empty((len(parties), 1)))[:-1]


def _talks(parties: Sequence[Ranking], exponent: Array, reservation: Array) -> _Talks:
    """All runs in which everybody has something to hope for, before the first act."""
    best = np.stack([party.highest for party in parties])
    worst = np.stack([party.lowest for party in parties])
    run = np.flatnonzero(np.all(reservation <= best, axis=0))
    exponent, least = (np.take(values, run, axis=-1) for values in (exponent, np.maximum(reservation, worst)))
    first = np.stack([party.rank(own, run) for party, own in zip(parties, least, strict=True)])
    opens = np.arange(len(parties) - 1)[:, None] == 0
    return _Talks(run, exponent, least, first, np.repeat(opens, run.size, axis=-1))


def _limits(parties: Sequence[Ranking], talks: _Talks, block: range, rounds: int) -> Array:
    """Acceptance limits (rounds of the block, parties, runs); after the last round nobody accepts."""
    time = np.array([(place + 1) / (rounds + 1) for place in block])[:, None, None]
    most = np.stack([party.highest for party in parties])
    most = most if most.shape[-1] == 1 else np.take(most, talks.run, axis=-1)
    limits = acceptance_limit(talks.least, most, time, talks.exponent)
    limits[max(rounds - block.start, 0) :] = np.inf
    return limits


def _ranks(parties: Sequence[Ranking], talks: _Talks, limits: Array) -> IntArray:
    """Rank (rounds of the block, parties, runs) of what each party would propose."""
    ranks = np.empty(limits.shape, dtype=np.int64)
    for place, party in enumerate(parties):
        worst = party.rank(limits[:, place] - SAME_UTILITY, talks.run)
        np.maximum(worst, talks.first[place], out=ranks[:, place])
    return ranks


def _consents(parties: Sequence[Ranking], talks: _Talks, ranks: IntArray, limits: Array) -> BoolArray:
    """Whether the next, second next ... party would accept: (parties - 1, rounds, parties, runs)."""
    rounds, count, runs = ranks.shape
    acts = limits.reshape(-1, runs)
    consents = np.empty((count - 1, rounds, count, runs), dtype=np.bool_)
    for place, party in enumerate(parties):
        for after in range(1, count):
            worth = party.worth_to(parties[(place + after) % count], ranks[:, place], talks.run)
            limit = acts[place + after :: count][:rounds]
            np.greater_equal(worth, limit, out=consents[after - 1, :, place])
    return consents


def _play(parties: Sequence[Ranking], talks: _Talks, block: range, rounds: int, ended: Agreements) -> _Talks:
    """Plays a block of rounds, notes the agreements, and keeps the runs that still talk."""
    limits = _limits(parties, talks, range(block.start, block.stop + 1), rounds)
    ranks = _ranks(parties, talks, limits[:-1])
    consents = _consents(parties, talks, ranks, limits).reshape(len(parties) - 1, -1, talks.run.size)
    agreed, proposes = _chain(talks.proposes, consents)
    over = np.any(agreed, axis=0)
    if over.any():
        act = np.argmax(agreed[:, over], axis=0)
        _note(parties, talks.run[over], act, ranks[:, :, over], ended)
        ended.step[talks.run[over]] = block.start + 1 + (act + len(parties) - 1) // len(parties)
    return _still(talks._replace(proposes=proposes), ~over)


def _still(talks: _Talks, kept: BoolArray) -> _Talks:
    """Some of the runs."""
    return _Talks(
        np.compress(kept, talks.run),
        np.compress(kept, talks.exponent, axis=-1),
        np.compress(kept, talks.least, axis=-1),
        np.compress(kept, talks.first, axis=-1),
        np.compress(kept, talks.proposes, axis=-1),
    )


def _chain(proposes: BoolArray, consents: BoolArray) -> tuple[BoolArray, BoolArray]:
    """At which acts (acts, runs) an offer is made that all accept, and where offers stand after the last act.

    A refusal is itself an offer, so that who refuses an offer decides where the next one stands.
    """
    later, acts = consents.shape[:2]
    offered = np.zeros((acts + later, proposes.shape[-1]), dtype=np.bool_)
    offered[:later] = proposes
    for act in range(acts):
        for after in range(later):
            offered[act + after + 1] |= offered[act] & ~consents[after, act]
            offered[act] &= consents[after, act]
    return offered[:acts], offered[acts:]


def _note(parties: Sequence[Ranking], run: IntArray, act: IntArray, ranks: IntArray, ended: Agreements) -> None:
    """Writes what was agreed upon in some runs."""
    chosen = np.take_along_axis(ranks.reshape(-1, run.size), act[None], axis=0)[0]
    for place, party in enumerate(parties):
        here = act % len(parties) == place
        mine, ranked = run[here], chosen[here]
        ended.outcome[mine] = party.outcome_at(ranked, mine)
        ended.utilities[:, mine] = [party.worth_to(other, ranked, mine) for other in parties]
