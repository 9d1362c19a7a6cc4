"""Questions of procedure on a text: motions, amendments, and paragraphs that are voted on separately."""

from __future__ import annotations

from typing import Literal

from sim.scenario.vocabulary.base import Name, Number, Positive, Record, fixed


class Question(Record):
    """What a body votes on, on the scale of the voting model (standard normal noise)."""

    label: str | None = None
    general_weight: Number
    """Weight of the general dimension."""
    conflict_weight: Number
    """Weight of the conflict dimension."""
    demand: Number
    """How much it asks: the support that a neutral state must overcome."""
    band: Positive
    """Width of the abstention band of a state without cross-pressure."""


class Change(Record):
    """What is added to the numbers of a text."""

    general_weight: Number = fixed(0.0)
    conflict_weight: Number = fixed(0.0)
    demand: Number = fixed(0.0)
    band: Number = fixed(0.0)


class Motion(Question):
    """A motion of procedure on a text: a simple majority, no veto, no effect but on the procedure."""

    kind: Literal["no_action", "secret_ballot", "division"]
    """Not to deal with the text; to vote in secret, out of reach of whips and lobbying; to divide the text."""


class Amendment(Question):
    """An amendment, put to the vote before the text and by the text's own majority."""

    change: Change = Change()
    """What its adoption changes in the text."""
    excludes: tuple[Name, ...] = ()
    """Amendments that are no longer put once it is adopted."""


class Paragraph(Question):
    """A paragraph on which a separate vote is asked for; it goes unless it has the text's own majority."""

    strikes: Change = Change()
    """What its loss changes in the text."""
    operative: bool = True
    """Whether it decides something, and is no part of the preamble."""
