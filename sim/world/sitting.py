"""A body sits on one text: its questions in their order, each counted, and what the text becomes.

A run in which a question is not put (the text was set aside, the division refused, an amendment overtaken) has
no tally of it.  What a vote does beyond the procedure is said in the phase `fora`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory import procedure, voting
from sim.theory.blocs import agreement_index
from sim.theory.council import council_decision
from sim.world.ballot import Draft, Flags, draft_of
from sim.world.journal import Ballot
from sim.world.seats import seats
from sim.world.state import World

Votes = npt.NDArray[np.int8]
Ballots = Callable[[World, str], Votes]

EVENTS = {
    procedure.NO_ACTION: ("motion_carried", "motion_lost"),
    procedure.SECRET_BALLOT: ("motion_carried", "motion_lost"),
    procedure.DIVISION: ("motion_carried", "motion_lost"),
    procedure.AMENDMENT: ("amendment_adopted", "amendment_rejected"),
    procedure.PARAGRAPH: ("paragraph_kept", "paragraph_struck"),
    procedure.TEXT: ("text_adopted", "text_rejected"),
}
"""What the journal calls a yes and a no to each kind of question."""

NUMBERS = ("general_weight", "conflict_weight", "demand", "band")


class Sitting:
    """One text before its body, in all runs.

    It is made in the week of the vote, played once by `play`, and thrown away; the text as it was voted on stays
    in ``world.drafts``.

    Parameters
    ----------
    world : World
        With a table of states.
    key : str
        The text.
    ballots : callable
        Votes of all states on a question, (state, run).
    """

    def __init__(self, world: World, key: str, ballots: Ballots) -> None:
        self.world, self.key, self.ballots = world, key, ballots
        self.text = world.tree.texts[key]
        self.before: Flags = np.ones(world.runs, dtype=bool)
        self.divided: Flags = np.ones(world.runs, dtype=bool)
        self.overtaken: dict[str, Flags] = {}
        self.struck: dict[str, Flags] = {}
        world.drafts.setdefault(key, draft_of(world, key))

    def play(self) -> tuple[Ballot, Draft]:
        """Takes every question in its order; the vote on the text as a whole, and the text as it then stands."""
        for name in ordered(self.world, self.key):
            stage = stage_of(self.text, name)
            ballot, votes = self._count(f"{self.key}.{name}", stage, self._is_put(name, stage))
            self._follow(name, stage, ballot, votes)
        self._fall()
        ballot, _ = self._count(self.key, procedure.TEXT, self.before)
        return ballot, draft_of(self.world, self.key)

    def _is_put(self, name: str, stage: str) -> Flags:
        put = self.before & ~self.overtaken.get(name, np.zeros(self.world.runs, dtype=bool))
        return put & self.divided if stage == procedure.PARAGRAPH else put

    def _count(self, key: str, stage: str, put: Flags) -> tuple[Ballot, Votes | None]:
        world, runs = self.world, self.world.runs
        if not put.any():
            none = np.zeros((4, runs), dtype=np.int64)
            self._keep_ballots(key, None, put)
            ballot = Ballot(world.week, key, none, np.zeros(runs, dtype=bool), put, {})
            return ballot, None
        votes = self.ballots(world, key)
        counts, passed = self._decide(votes, stage)
        passed = passed & put
        moves = self._moves(votes) if stage == procedure.TEXT else None
        ballot = Ballot(world.week, key, counts, passed, put, self._cohesion(votes), moves)
        world.journal.tallies.append(ballot)
        self._keep_ballots(key, votes, put)
        for kind, where in zip(EVENTS[stage], (passed, put & ~passed), strict=True):
            world.journal.note(world.week, kind, key, where, counts[voting.YES])
        return ballot, votes

    def _decide(self, votes: Votes, stage: str) -> tuple[npt.NDArray[np.int64], Flags]:
        if self.text.forum == "council":
            sitting = seats(self.world, self.text.date.year)
            votes = np.take_along_axis(votes, sitting.rows, axis=0)
            free = self.text.procedural or stage in procedure.MOTIONS
            return voting.tally(votes), council_decision(votes, sitting.permanent, free)
        counts = voting.tally(votes)
        return counts, procedure.passes(counts[voting.YES], counts[voting.NO], stage, self.text.majority)

    def _keep_ballots(self, key: str, votes: Votes | None, put: Flags) -> None:
        if self.text.forum == "council":
            return
        if votes is None:
            by_state = np.zeros((len(self.world.society.observed), 4), dtype=np.int64)
        else:
            by_state = np.stack([np.count_nonzero((votes == code) & put, axis=1) for code in range(4)], axis=1)
        self.world.journal.ballots[key] = by_state

    def _cohesion(self, votes: Votes) -> dict[str, npt.NDArray[np.float64]]:
        found = {}
        if self.text.forum == "assembly":
            for key, bloc in self.world.scenario.blocs.items():
                members = self.world.society.rows.members(bloc.members)  # type: ignore[union-attr]
                counts = voting.tally(np.compress(members, votes, axis=0))
                found[key] = agreement_index(counts[voting.YES], counts[voting.NO], counts[voting.ABSTAIN])
        return found

    def _moves(self, votes: Votes) -> npt.NDArray[np.int64] | None:
        kept = self.world.kept_votes
        if self.key in {text.follows for text in self.world.scenario.texts.values()}:
            kept[self.key] = votes
        earlier = kept.get(self.text.follows or "")
        if earlier is None:
            return None
        pairs = earlier * np.int8(4) + votes
        return np.stack([np.count_nonzero(pairs == code, axis=0) for code in range(16)]).reshape(4, 4, -1)

    def _follow(self, name: str, stage: str, ballot: Ballot, votes: Votes | None) -> None:
        """What the answer to a question does to the text and to the questions after it."""
        yes, no = ballot.adopted, ballot.put & ~ballot.adopted
        match stage:
            case procedure.NO_ACTION:
                self.before = self.before & ~yes
            case procedure.SECRET_BALLOT:
                self._change(open_vote=~yes)
            case procedure.DIVISION:
                self.divided = yes
            case procedure.PARAGRAPH:
                self.struck[name] = no
                self._amend(self.text.paragraphs[name].strikes, no)
            case procedure.AMENDMENT:
                self._amend(self.text.amendments[name].change, yes)
                self._rebuff(yes, votes)
                for other in self.text.amendments[name].excludes:
                    self.overtaken[other] = self.overtaken.get(other, False) | yes

    def _change(self, **numbers: Any) -> None:
        self.world.drafts[self.key] = replace(draft_of(self.world, self.key), **numbers)

    def _amend(self, change: Any, where: Flags) -> None:
        if where.any():
            draft = draft_of(self.world, self.key)
            new = {key: procedure.changed(getattr(draft, key), getattr(change, key), where) for key in NUMBERS}
            self._change(**{**new, "band": np.maximum(new["band"], 0.0)})

    def _rebuff(self, adopted: Flags, votes: Votes | None) -> None:
        draft = draft_of(self.world, self.key)
        if votes is not None and draft.sponsors and draft.loyal is not None:
            own = votes[list(draft.sponsors)] == voting.YES
            self._change(loyal=procedure.stands_by(draft.loyal, adopted, own))

    def _fall(self) -> None:
        """A text all of whose operative parts were struck is rejected without a vote."""
        names = list(self.struck)
        if not names:
            return
        operative = np.array([self.text.paragraphs[name].operative for name in names])
        struck = np.stack([self.struck[name] for name in names])
        fallen = procedure.falls_with_its_parts(struck, operative, self.text.other_paragraphs) & self.before
        self.before = self.before & ~fallen
        self.world.journal.note(self.world.week, "text_rejected", self.key, fallen)


def stage_of(text: Any, name: str) -> str:
    """Kind of a question on a text, of ``procedure.STAGES``."""
    if name in text.motions:
        return str(text.motions[name].kind)
    return procedure.AMENDMENT if name in text.amendments else procedure.PARAGRAPH


def ordered(world: World, key: str) -> list[str]:
    """Names of the questions on a text in the order in which they are put, the same in every run.

    How far an amendment is removed from the text is judged by its median change.
    """
    text = world.scenario.texts[key]
    names = list(text.questions)
    columns = world.society.rows.columns  # type: ignore[union-attr]
    removals = [0.0] * len(names)
    for place, name in enumerate(names):
        if name in text.amendments:
            change = {number: getattr(text.amendments[name].change, number).centre for number in NUMBERS}
            removals[place] = procedure.removal(columns["general"], columns["conflict"], change)
    return [names[place] for place in procedure.order_of_questions([stage_of(text, n) for n in names], removals)]
