"""Stacked alternating offers: any number of parties that concede with time over a finite set of outcomes.

Rounds, offers, acceptance and the agreement of a whole batch of runs are here; where the utility tables come from,
and the points a table would reach if it bargained perfectly, are in ``outcomes``. Closed forms of bargaining over
one pie are in ``bargaining``.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, IntArray, Number

LENIENCE = 1e-4
"""How far below its aspiration a party accepts."""

SAME_UTILITY = 1e-6
"""An outcome this little below the limit counts as meeting it, when a party looks for what to propose."""

BLOCK = 12
"""Rounds that are looked up at once; the fewer, the fewer lookups behind an agreement are in vain."""


class Agreements(NamedTuple):
    """How a batch of negotiations ended.

    ``outcome`` (runs,) is the outcome agreed upon, or -1 without an agreement; ``utilities`` (parties, runs) are
    what it is worth to each party, or the reservation values; ``step`` (runs,) counts the rounds begun until the
    last party accepted, or is the number of rounds.
    """

    outcome: IntArray
    utilities: Array
    step: IntArray


class _Tables(NamedTuple):
    """Utilities (parties, outcomes + 1) with -inf for no offer, sorted (parties, outcomes), and their outcomes."""

    utilities: Array
    ranked: Array
    outcome: IntArray


class _Talks(NamedTuple):
    """Runs that still talk: their numbers, exponents, least and first acceptable rank, offer and consents."""

    run: IntArray
    exponent: Array
    least: Array
    first: IntArray
    offer: IntArray
    consents: IntArray


def aspiration(time: Number, exponent: Number) -> Array:
    """Part of what it could gain that a party still insists on, a(t) = 1 - t^e.

    An exponent above 1 concedes late (Boulware) and one below 1 early (conceder). Faratin, Sierra and Jennings
    write t^(1/e) for the same family: their exponent is one over this one, and their Boulware lies below 1.

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
    IntArray, (parties, rounds, runs)
        Outcome that comes nearest to the party's limit from above; of equally good ones the first.

    Source: [AydoganEtAl2017]_ (Aydoğan, Festen, Hindriks and Jonker, 2017).

    >>> pie = np.array([[0.0, 0.5, 1.0], [1.0, 0.5, 0.0]])
    >>> offers(pie, np.ones((2, 1)), np.zeros((2, 1)), 3)[..., 0]
    array([[2, 1, 1],
           [0, 1, 1]])
    """
    tables = _tables(utilities)
    talks = _talks(tables, *np.broadcast_arrays(exponent, reservation))
    return _proposals(tables, talks, _limits(tables, talks, range(rounds), rounds))


def negotiate(utilities: Array, exponent: Array, reservation: Array, rounds: int = 100) -> Agreements:
    """Plays stacked alternating offers to their agreement or their end.

    In every round every party acts once, in the order of the table. A party that finds an offer of another on the
    table accepts it if it meets its limit, and otherwise puts its own offer in the place of it; an offer that all
    others accept one after the other is agreed upon. All acts of round s (from 0) take place at time
    (s + 1) / (rounds + 1).

    Parameters
    ----------
    utilities : Array, (parties, outcomes)
        Utility of every outcome to every party, the same in all runs; two parties or more.
    exponent : Array, (parties, runs) or broadcastable to it
        Exponent of concession, above 0; above 1 concedes late, see :func:`aspiration`.
    reservation : Array, (parties, runs) or broadcastable to it
        Reservation values; nobody accepts or proposes less.
    rounds : int
        Number of rounds, from 1.

    Returns
    -------
    Agreements
        No agreement where somebody's reservation value is above all outcomes. Equally good proposals: the first.

    Source: [AydoganEtAl2017]_ (Aydoğan, Festen, Hindriks and Jonker, 2017).

    >>> share = np.arange(101) / 100
    >>> negotiate(np.stack([share, 1 - share]), np.array([[4.0], [1.0]]), np.zeros((2, 1))).outcome
    array([72])
    """
    tables = _tables(utilities)
    exponent, reservation, _ = np.broadcast_arrays(exponent, reservation, np.empty((len(utilities), 1)))
    runs = reservation.shape[-1]
    ended = Agreements(np.full(runs, -1), np.array(reservation, dtype=np.float64), np.full(runs, rounds))
    talks = _talks(tables, exponent, reservation)
    for first in range(0, rounds, BLOCK):
        if talks.run.size:
            block = range(first, min(first + BLOCK, rounds))
            talks = _play(tables, talks, block, _limits(tables, talks, block, rounds), ended)
    return ended


def _tables(utilities: Array) -> _Tables:
    """The utilities, and the same in rising order; equal ones stay in the order of the outcomes."""
    order = np.argsort(utilities, axis=1, kind="stable")
    nothing = np.full((len(utilities), 1), -np.inf)
    padded = np.concatenate([utilities, nothing], axis=1)
    return _Tables(padded, np.take_along_axis(utilities, order, axis=1), order)


def _talks(tables: _Tables, exponent: Array, reservation: Array) -> _Talks:
    """All runs in which everybody has something to hope for, before the first act."""
    run = np.flatnonzero(np.all(reservation <= tables.ranked[:, -1:], axis=0))
    exponent, reservation = (np.take(values, run, axis=-1) for values in (exponent, reservation))
    first = np.stack([np.searchsorted(*pair) for pair in zip(tables.ranked, reservation, strict=True)])
    least = np.maximum(reservation, tables.ranked[:, :1])
    return _Talks(run, exponent, least, first, np.full(run.size, tables.ranked.shape[1]), np.zeros(run.size, dtype=np.int64))


def _limits(tables: _Tables, talks: _Talks, block: range, rounds: int) -> Array:
    """Acceptance limits (parties, rounds of the block, runs)."""
    time = (np.arange(block.start, block.stop)[:, None] + 1.0) / (rounds + 1.0)
    most = tables.ranked[:, -1:, None]
    return acceptance_limit(talks.least[:, None], most, time, talks.exponent[:, None])


def _proposals(tables: _Tables, talks: _Talks, limits: Array) -> IntArray:
    """Outcomes (parties, rounds of the block, runs) that each party would propose."""
    proposals = np.empty(limits.shape, dtype=np.int64)
    for party, wanted in enumerate(limits - SAME_UTILITY):
        rank = np.maximum(np.searchsorted(tables.ranked[party], wanted), talks.first[party])
        np.take(tables.outcome[party], rank, out=proposals[party])
    return proposals


def _play(tables: _Tables, talks: _Talks, block: range, limits: Array, ended: Agreements) -> _Talks:
    """Plays a block of rounds, notes the agreements, and keeps the runs that still talk."""
    proposals = _proposals(tables, talks, limits)
    offer, consents, talking = talks.offer, talks.consents, np.ones(talks.run.size, dtype=np.bool_)
    for place, step in enumerate(block):
        for party, table in enumerate(tables.utilities):
            accepts = np.take(table, offer) >= limits[party, place]
            consents = (consents + 1) * accepts
            agreed = talking & (consents == len(tables.utilities) - 1)
            if agreed.any():
                _note(tables, talks.run[agreed], offer[agreed], step + 1, ended)
                talking &= ~agreed
            offer = np.where(accepts, offer, proposals[party, place])
    talks = talks._replace(offer=offer, consents=consents)
    return _Talks(*(np.compress(talking, values, axis=-1) for values in talks))


def _note(tables: _Tables, run: IntArray, outcome: IntArray, step: int, ended: Agreements) -> None:
    """Writes the agreements of some runs."""
    ended.outcome[run] = outcome
    ended.utilities[:, run] = tables.utilities[:, outcome]
    ended.step[run] = step
