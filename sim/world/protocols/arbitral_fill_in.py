"""Arbitral fill-in: after a time the mediator completes the text itself and sends it past the governments."""

from __future__ import annotations

import numpy as np

from sim.theory import frontier
from sim.world.protocols.nash_point import or_least_bad
from sim.world.protocols.registry import Luck, Table, Tabled, needs_a_mediator, protocol
from sim.world.protocols.single_text import single_text


@protocol("arbitral_fill_in", needs_a_mediator)
def arbitral_fill_in(table: Table, luck: Luck) -> Tabled:
    """A single text at first, then the mediator's own point of the frontier, straight to ratification.

    The point is the Nash point weighted by the mediator's bias, or the text with the largest smaller gain where
    no text is good enough for both.  What the homes refuse is off the table.

    Parameters
    ----------
    table : Table
    luck : Luck
        As in `single_text`, before the mediator fills in.

    Returns
    -------
    Tabled

    Source: [Annan2004]_ (Annan, 2004).
    """
    due = table.age >= table.options("arbitral_fill_in").after
    drafted = single_text(table, luck)
    weight = 0.5 * (1.0 + table.bias)
    point = frontier.nash_point(table.frontier, table.needed[0], table.needed[1], weight)
    text = np.where(due & table.open_issues, table.terms_at(or_least_bad(table, point)), drafted)
    return Tabled(text, np.ones(due.shape, dtype=np.bool_), due)
