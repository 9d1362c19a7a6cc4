"""Where the red lines stand this week, and what can be signed within them.

When an event moves a line, what can be signed is laid out anew in the same week.  What fatigue and losses move a
little every week is laid out anew once in a quarter of a year: in between a table keeps the lines as they stood.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sim.theory.moving_lines import next_red_line, within
from sim.world.agenda import agendas
from sim.world.state import World

Array = npt.NDArray[np.float64]

REVIEW = 13
"""Weeks from one review of lines that move by themselves to the next."""


def move(world: World) -> None:
    """Moves the lines of both sides by a week of fatigue and of new losses, while the war goes on."""
    side, at_war = world.sides, world.at_war
    new_losses, world.counted_losses = world.casualties - world.counted_losses, world.casualties
    world.red_line = next_red_line(
        world.red_line,
        (world.fatigue * at_war)[:, None],
        (new_losses * at_war)[:, None],
        softening=side.red_line_softening[:, None],
        hardening=side.red_line_hardening[:, None],
    )
    if world.week % REVIEW == 0:
        world.lines_due = np.ones(world.runs, dtype=bool)


def shift(world: World, side: int, width: Array) -> None:
    """Puts the lines of one side, (issue, run), where an event moves them."""
    lines = world.red_line.copy()
    lines[side] = within(lines[side], width)
    world.lines_due = world.lines_due | np.any(lines != world.red_line, axis=(0, 1))
    world.red_line = lines


def lay_anew(world: World) -> None:
    """Lays the agendas and their frontiers anew, in the runs where it is due, for the lines as they stand."""
    if not world.lines_due.any():
        return
    world.lines_held = np.where(world.lines_due, world.red_line, world.lines_held)
    world.agendas = agendas(world.issues, replace(world.sides, red_line=world.lines_held), world.on.red_lines)
    world.offered.clear()
    world.lines_due = np.zeros(world.runs, dtype=bool)
