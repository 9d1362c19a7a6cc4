"""Where the red lines stand this week; when one moves, what can be signed is laid out anew in the same week."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sim.theory.moving_lines import next_red_line, within
from sim.world.agenda import agendas
from sim.world.state import World

Array = npt.NDArray[np.float64]


def move(world: World) -> None:
    """Moves the lines of both sides by a week of fatigue and of new losses, while the war goes on."""
    side, at_war = world.sides, world.at_war
    new_losses, world.counted_losses = world.casualties - world.counted_losses, world.casualties
    _stand(
        world,
        next_red_line(
            world.red_line,
            (world.fatigue * at_war)[:, None],
            (new_losses * at_war)[:, None],
            softening=side.red_line_softening[:, None],
            hardening=side.red_line_hardening[:, None],
        ),
    )


def shift(world: World, side: int, width: Array) -> None:
    """Puts the lines of one side, (issue, run), where an event moves them."""
    lines = world.red_line.copy()
    lines[side] = within(lines[side], width)
    _stand(world, lines)


def _stand(world: World, lines: Array) -> None:
    world.lines_moved = world.lines_moved or not np.array_equal(lines, world.red_line)
    world.red_line = lines


def lay_anew(world: World) -> None:
    """Lays the agendas and their frontiers for the lines as they stand, if any has moved."""
    if not world.lines_moved:
        return
    moved = replace(world.sides, red_line=world.red_line)
    world.agendas = agendas(world.issues, moved, world.on.red_lines)
    world.offered.clear()
    world.lines_moved = False
