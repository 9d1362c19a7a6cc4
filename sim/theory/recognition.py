"""Bargaining under a closed rule over places instead of shares: whoever is recognised proposes, a quota agrees.

Members who divide a pie among themselves are in ``legislature``; here what one of them is given decides what
all others get, as along a frontier, and the sessions that they foresee are counted.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray, ordered_sum, row_of

INDIFFERENT = 1e-12
"""Worths that differ by less are the same to a member."""


class Choices(NamedTuple):
    """What members propose and expect in the first session: (members, runs) each.

    ``place`` is the number of the place, a half where the member is indifferent between two ends of a stretch
    and takes its middle; ``value`` what it expects before anybody is recognised; ``some`` (runs,) is false
    where no place finds a quota.
    """

    place: Array
    value: Array
    some: BoolArray


def closed_rule_along(worth: Array, recognition: Array, quota: int, discount: Array, sessions: int) -> Choices:
    """Equilibrium of a closed rule with a number of sessions, worked out from the last one.

    A proposal passes if as many as the quota do not lose by it against what they expect of the next session,
    discounted; after the last session all keep nothing. The recognised member proposes what it likes best of
    what passes.

    Parameters
    ----------
    worth : Array, (members, places, runs)
        Gain of every member at every place over no agreement at all.
    recognition : Array, (members, runs) or (members, 1)
        Probabilities of being recognised, which add to 1 over the members.
    quota : int
        Votes needed, the proposer's among them, from 1 to the number of members.
    discount : Array, (members, runs) or (members, 1)
        Discount factor a session, in [0, 1].
    sessions : int
        Sessions that are foreseen, from 1.

    Returns
    -------
    Choices

    Source: [BaronFerejohn1989]_ (Baron and Ferejohn, 1989).

    >>> share = np.linspace(0.0, 1.0, 11)
    >>> pie = np.stack([1.0 - share, share])[..., None]
    >>> closed_rule_along(pie, np.full((2, 1), 0.5), 2, np.ones((2, 1)), 1).place.T
    array([[ 0., 10.]])
    """
    value = np.zeros((len(worth), worth.shape[-1]))
    place, some = value, np.zeros(worth.shape[-1], dtype=np.bool_)
    for _ in range(sessions):
        price = discount * value
        passes = _passes(worth, price, quota)
        some = np.any(passes, axis=0)
        ends = [_liked_best(own, passes) for own in worth]
        place = np.stack([0.5 * (low + high) for low, high in ends])
        offered = np.stack([0.5 * (_at(worth, low) + _at(worth, high)) for low, high in ends])
        value = np.where(some, ordered_sum(recognition[:, None] * offered), price)
    return Choices(place, value, some)


class Proposals(NamedTuple):
    """What members may propose in the first session, and expect before it.

    ``liked`` (members, texts, runs) are the texts that each likes best of those that pass, among which it takes
    any; ``value`` (members, runs) is what it expects; ``some`` (runs,) is false where no text finds a quota.
    """

    liked: BoolArray
    value: Array
    some: BoolArray


def closed_rule_among(worth: Array, recognition: Array, quota: int, discount: Array, sessions: int) -> Proposals:
    """Equilibrium of a closed rule over texts that stand in no order, worked out from the last session.

    The rule is that of :func:`closed_rule_along`. A member that is indifferent among texts, because it can buy
    the votes of one or of another at the same price, takes each of them as often.

    Parameters
    ----------
    worth : Array, (members, texts, runs)
        Gain of every member by every text over no agreement at all.
    recognition, quota, discount, sessions
        As in :func:`closed_rule_along`.

    Returns
    -------
    Proposals

    Source: [BaronFerejohn1989]_ (Baron and Ferejohn, 1989).

    >>> thirds = np.array([[1, 0, 0], [2, 1, 0], [2, 0, 1], [0, 2, 1], [1, 2, 0], [0, 1, 2], [1, 0, 2]]).T / 3
    >>> closed_rule_among(thirds[..., None], np.full((3, 1), 1 / 3), 2, np.ones((3, 1)), 9).liked[0, :, 0].nonzero()[0]
    array([1, 2])
    """
    value = np.zeros((len(worth), worth.shape[-1]))
    liked, some = np.zeros(worth.shape, dtype=np.bool_), np.zeros(worth.shape[-1], dtype=np.bool_)
    for _ in range(sessions):
        price = discount * value
        passes = _passes(worth, price, quota)
        some = np.any(passes, axis=0)
        liked = np.stack([_best(own, passes) for own in worth])
        offered = np.stack([_mean(worth, best) for best in liked])
        value = np.where(some, ordered_sum(recognition[:, None] * offered), price)
    return Proposals(liked, value, some)


def _passes(worth: Array, price: Array, quota: int) -> BoolArray:
    """Texts that as many as the quota do not lose by, (texts, runs)."""
    votes = np.add.reduce(worth >= price[:, None] - INDIFFERENT, axis=0, dtype=np.int64)
    return np.asarray(votes >= quota)


def _best(own: Array, passes: BoolArray) -> BoolArray:
    """What a member likes best among what passes."""
    hoped = np.where(passes, own, -np.inf)
    return np.asarray(passes & (hoped >= np.max(hoped, axis=0) - INDIFFERENT))


def _mean(worth: Array, chosen: BoolArray) -> Array:
    """Mean worth of some texts to every member, (members, runs)."""
    total = np.stack([ordered_sum(np.where(chosen, own, 0.0)) for own in worth])
    return np.asarray(total / np.maximum(np.add.reduce(chosen, axis=0, dtype=np.int64), 1))


def _liked_best(own: Array, passes: BoolArray) -> tuple[IntArray, IntArray]:
    """First and last of the places that a member likes best among those that pass."""
    best = _best(own, passes)
    return np.argmax(best, axis=0), len(own) - 1 - np.argmax(best[::-1], axis=0)


def _at(worth: Array, place: IntArray) -> Array:
    """What a place is worth to every member, (members, runs)."""
    return np.stack([row_of(own, place) for own in worth])
