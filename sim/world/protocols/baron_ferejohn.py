"""Random recognition under a closed rule: one member at random proposes, and the members vote it up or down."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from sim.scenario.faults import Fault, hint
from sim.scenario.vocabulary import Scenario
from sim.theory.arrays import ordered_sum, row_of
from sim.theory.frontier_walk import Room, place_between, room, value_at
from sim.theory.recognition import closed_rule_along, closed_rule_among
from sim.world.protocols.registry import Luck, Table, Tabled, agreed_at, needs_few_texts, needs_issues, protocol

Array = npt.NDArray[np.float64]

WEEK = 7.0


def _needs(scenario: Scenario, place: str) -> Iterator[Fault]:
    yield from needs_issues(scenario, place)
    rules, known = scenario.protocol.baron_ferejohn, sorted([*scenario.mediators, *scenario.veto_players])
    yield from needs_few_texts(scenario, "baron_ferejohn")
    for key in rules.third_parties:
        if key not in known:
            sentence = f"no such mediator or veto player{hint(key, known)}"
            yield Fault(f"protocol.baron_ferejohn.third_parties.{key}", sentence)
    if rules.quota == "majority" and not rules.third_parties and not scenario.veto_players:
        yield Fault("protocol.baron_ferejohn.quota", "a majority of two is both; name third_parties, or take unanimity")
    weights = (rules.recognition.A, rules.recognition.B, *rules.third_parties.values())
    if not any(weight.support[1] > 0.0 for weight in weights):
        yield Fault("protocol.baron_ferejohn.recognition", "nobody can be recognised; give somebody a weight above 0")


@protocol("baron_ferejohn", _needs)
def baron_ferejohn(table: Table, luck: Luck) -> Tabled:
    """Proposal of the member that this week's lot recognises, which a quota of the members would vote for.

    Members are the two sides, the veto players at the table, and the mediators that the scenario names.  Veto
    players vote by their own gain, mediators weigh the sides' gains by their bias; both are as patient as the
    sides are in the middle.  Without veto players the texts lie along the frontier of the two sides.  A majority
    may pass what one of the sides, or a veto player, then does not sign.  Where nothing passes there is nothing
    to sign.

    Parameters
    ----------
    table : Table
    luck : Luck
        The normal draw of the first round recognises A, B or one of the others; the uniform one tells which of
        these, and chooses where a proposer is indifferent among texts.

    Returns
    -------
    Tabled

    Source: [BaronFerejohn1989]_ (Baron and Ferejohn, 1989).
    """
    rules = table.options("baron_ferejohn")
    if table.players:
        return _among(table, rules, luck)
    ends = _range(table, rules)
    part = np.arange(rules.candidates)[:, None] / (rules.candidates - 1.0)
    worth = _worth(table, rules, place_between(table.frontier, ends.first, ends.last, part))
    chances = _chances(table, rules)
    chosen = closed_rule_along(worth, chances, _quota(rules, len(worth)), _discount(table, rules), rules.sessions)
    member = _recognised(chances, luck.normal[0], luck.uniform[0])[0]
    part = row_of(chosen.place, member) / (rules.candidates - 1.0)
    return agreed_at(table, place_between(table.frontier, ends.first, ends.last, part), ends.some & chosen.some)


def _among(table: Table, rules: SimpleNamespace, luck: Luck) -> Tabled:
    """Proposals of members who have wishes of their own, from the texts that all could put forward."""
    texts = table.texts(rules.lattice, rules.blends, rules.places)
    gains = texts.gains()
    worth = np.concatenate([gains[:-1], *(own[None] for own in _third(table, rules, gains[0], gains[-1])), gains[-1:]])
    chances = _chances(table, rules)
    chosen = closed_rule_among(worth, chances, _quota(rules, len(worth)), _discount(table, rules), rules.sessions)
    member, lot = _recognised(chances, luck.normal[0], luck.uniform[0])
    liked = chosen.liked[member, :, np.arange(member.size)].T
    rank = np.cumsum(liked, axis=0)
    number = np.argmax(rank > np.floor(lot * rank[-1]), axis=0)
    text = np.where(chosen.some & table.open_issues, texts.terms(number), table.text)
    return Tabled(text, chosen.some, np.zeros(chosen.some.shape, dtype=np.bool_))


def _third(table: Table, rules: SimpleNamespace, gain_a: Array, gain_b: Array) -> list[Array]:
    """Gains of the mediators that vote, by their bias."""
    interests = (table.interest(key) for key in rules.third_parties if key not in table.players)
    return [0.5 * (1.0 + bias) * gain_a + 0.5 * (1.0 - bias) * gain_b for bias in interests]


def _range(table: Table, rules: SimpleNamespace) -> Room:
    """Places that can be proposed: those that both sides gain by, or all of the frontier under a majority."""
    if rules.quota == "unanimity":
        return room(table.frontier, table.needed[0], table.needed[1])
    runs = table.needed.shape[-1]
    return Room(np.zeros(runs), np.full(runs, len(table.frontier.order) * 1.0), np.ones(runs, dtype=np.bool_))


def _worth(table: Table, rules: SimpleNamespace, places: Array) -> Array:
    """Gain of every member at every place, (member, place, run), B last."""
    gain_a = value_at(table.frontier.utility_a, places) - table.needed[0]
    gain_b = value_at(table.frontier.utility_b, places) - table.needed[1]
    return np.stack([gain_a, *_third(table, rules, gain_a, gain_b), gain_b])


def _chances(table: Table, rules: SimpleNamespace) -> Array:
    """Probability of every member to be recognised, (member, run): A, veto players, mediators, B."""
    players = (rules.third_parties.get(key, 1.0) for key in table.players)
    third = (weight for key, weight in rules.third_parties.items() if key not in table.players)
    weights = (rules.recognition.A, *players, *third, rules.recognition.B)
    shape = table.age.shape
    stacked = np.stack([np.broadcast_to(np.asarray(weight, dtype=np.float64), shape) for weight in weights])
    total = ordered_sum(stacked)
    return stacked / np.where(total > 0.0, total, 1.0)


def _quota(rules: SimpleNamespace, members: int) -> int:
    return members if rules.quota == "unanimity" else members // 2 + 1


def _discount(table: Table, rules: SimpleNamespace) -> Array:
    """Discount factor of every member a session, (member, run)."""
    factor = np.exp(-table.impatience * (rules.interval / WEEK))
    middle = 0.5 * (factor[0] + factor[1])
    others = {*table.players, *rules.third_parties}
    return np.stack([factor[0], *(middle for _ in others), factor[1]])


def _recognised(chances: Array, normal: Array, uniform: Array) -> tuple[npt.NDArray[np.int64], Array]:
    """Member that the lot falls on, and what is left of the uniform draw for other lots.

    The normal draw decides between A, all others together, and B; seen from the other side it is turned round. The
    uniform one, which is the same from both sides, decides among the others.
    """
    mark, last = ndtr(normal), len(chances) - 1
    others = ordered_sum(chances[1:-1]) if last > 1 else np.zeros(mark.shape)
    ends = np.cumsum(chances[1:-1], axis=0)
    among = np.add.reduce(uniform * others >= ends[:-1], axis=0, dtype=np.int64)
    low = ends[among, np.arange(mark.size)] - chances[1 + among, np.arange(mark.size)] if last > 1 else others
    share = row_of(chances, 1 + among)
    left = np.clip((uniform * others - low) / np.where(share > 0.0, share, 1.0), 0.0, 1.0 - 1e-12)
    of_a, of_b = mark < chances[0], mark >= chances[0] + others
    member = np.where(of_a, 0, np.where(of_b, last, 1 + among))
    return member.astype(np.int64), np.where(of_a | of_b, uniform, left)
