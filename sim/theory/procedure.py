"""Rules of procedure: in which order a body takes its questions, what majority each needs, what a vote changes.

Nothing here says how members vote (`voting`) or what a majority is (`majority`, `council`); here is what comes
first, what falls away, and what is left of a text.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray, Number
from sim.theory.majority import simple_majority, two_thirds

NO_ACTION, SECRET_BALLOT, AMENDMENT, DIVISION, PARAGRAPH, TEXT = (
    "no_action", "secret_ballot", "amendment", "division", "paragraph", "text",
)  # fmt: skip
STAGES = (NO_ACTION, SECRET_BALLOT, AMENDMENT, DIVISION, PARAGRAPH, TEXT)
"""Kinds of questions in the order in which they are put."""

MOTIONS = (NO_ACTION, SECRET_BALLOT, DIVISION)
"""Questions of procedure: a simple majority whatever the text needs, and no veto in the Council."""


def order_of_questions(kinds: Sequence[str], removals: Sequence[float]) -> list[int]:
    """Places of the questions on one text in the order in which they are put.

    Whether to deal with the text at all, how to vote, the amendments from the one furthest removed from the
    text, whether to divide it, its paragraphs, and what is left as a whole.

    Parameters
    ----------
    kinds : sequence of str, one a question
        Of `STAGES`.
    removals : sequence of float, one a question
        How far an amendment is removed from the text, as from `removal`; not read for other kinds.

    Returns
    -------
    list of int
        Equals keep the order in which they were moved.

    Raises
    ------
    ValueError
        A kind is not of `STAGES`.

    Source: [UNRulesGA]_ (General Assembly rules 74, 77, 87, 89 and 90).

    >>> order_of_questions(["text", "amendment", "division", "amendment"], [0.0, 0.1, 0.0, 0.7])
    [3, 1, 2, 0]
    """
    ranks = [STAGES.index(kind) for kind in kinds]
    further = [-removal if kind == AMENDMENT else 0.0 for kind, removal in zip(kinds, removals, strict=True)]
    return sorted(range(len(ranks)), key=lambda place: (ranks[place], further[place], place))


def removal(general: Array, conflict: Array, change: Mapping[str, float]) -> float:
    """How far an amendment is removed from the text: the mean over states of the move of their support.

    mean |Δb·θ + Δg·ψ − ΔD|: two texts are near in substance when they please the same states.

    Parameters
    ----------
    general, conflict : Array, (N,)
        θ and ψ of the states.
    change : mapping
        Δb, Δg and ΔD under ``general_weight``, ``conflict_weight`` and ``demand``; what is missing is 0.

    Returns
    -------
    float
        Zero or more, in units of the noise of a vote.

    >>> removal(np.array([1.0, -1.0]), np.array([0.0, 0.0]), {"general_weight": 0.5, "demand": 0.5})
    0.5
    """
    moved = change.get("general_weight", 0.0) * general + change.get("conflict_weight", 0.0) * conflict
    return float(np.abs(moved - change.get("demand", 0.0)).mean())


def passes(yes: IntArray, no: IntArray, kind: str, majority: str) -> BoolArray:
    """Whether the Assembly answers a question with yes.

    Parameters
    ----------
    yes, no : int64 array, (R,)
        Votes for and against; who abstains is not counted as present and voting.
    kind : str
        Of `STAGES`; a motion needs a simple majority.
    majority : str
        ``two_thirds`` or ``simple``: what the text needs, and with it its amendments and paragraphs.

    Returns
    -------
    bool array, (R,)

    Source: [UNRulesGA]_ (General Assembly rules 83 to 86).

    >>> [passes(np.array([9]), np.array([6]), kind, "two_thirds").item() for kind in ("amendment", "division")]
    [False, True]
    """
    rule = two_thirds if majority == "two_thirds" and kind not in MOTIONS else simple_majority
    return rule(yes, no)


def changed(value: Number, change: Number, adopted: BoolArray) -> Number:
    """A number of the text after a vote that may change it: untouched, to the last bit, where it fails.

    Parameters
    ----------
    value, change : float or Array, (R,)
    adopted : bool array, (R,)

    Returns
    -------
    float or Array, (R,)
        The value itself where no run adopts.

    >>> changed(1.0, 0.5, np.array([True, False])).tolist(), changed(1.0, 0.5, np.array([False]))
    ([1.5, 1.0], 1.0)
    """
    if not adopted.any():
        return value
    result: Array = np.where(adopted, np.add(value, change), value)
    return result


def falls_with_its_parts(struck: BoolArray, operative: BoolArray, others: bool) -> BoolArray:
    """Whether a text is rejected as a whole because every operative part of it was.

    Parameters
    ----------
    struck : bool array, (P, R)
        Paragraphs that were put to the vote and rejected.
    operative : bool array, (P,)
        Which of them are operative.
    others : bool
        Whether the text has operative paragraphs of which nobody asked for a separate vote.

    Returns
    -------
    bool array, (R,)
        Never where there are others, or none was operative.

    Source: [UNRulesGA]_ (General Assembly rule 89).

    >>> falls_with_its_parts(np.array([[True, True], [False, True]]), np.array([True, True]), False).tolist()
    [False, True]
    """
    gone: BoolArray = np.all(struck | ~operative[:, None], axis=0)
    return gone & bool(operative.any()) & (not others)


def stands_by(loyal: BoolArray, adopted: BoolArray, own_vote_was_yes: BoolArray) -> BoolArray:
    """Whether a sponsor still stands by its text: until an amendment is adopted for which it did not vote.

    Parameters
    ----------
    loyal : bool array, (S, R)
        Sponsors that did so far.
    adopted : bool array, (R,)
        Where the amendment was adopted.
    own_vote_was_yes : bool array, (S, R)
        Where the sponsor voted for it.

    Returns
    -------
    bool array, (S, R)

    >>> stands_by(np.array([[True, True]]), np.array([True, True]), np.array([[True, False]])).tolist()
    [[True, False]]
    """
    result: BoolArray = loyal & (~adopted | own_vote_was_yes)
    return result
