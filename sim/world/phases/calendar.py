"""Phase 0: the week begins; the season is set and last week's weekly quantities are cleared."""

from __future__ import annotations

import datetime

import numpy as np

from sim.theory.tolerance import coldness
from sim.world.state import World


def calendar(world: World) -> None:
    """Moves the clock to the next week."""
    world.week += 1
    world.cold = coldness(world.week, peak_week(world, world.scenario.front.winter))
    world.last_move = np.zeros(world.runs)
    world.harm = np.zeros((2, world.runs))
    world.strikes = np.zeros((2, world.runs))


def peak_week(world: World, month_day: str) -> float:
    """Week, counted from the start, of the first such day of the year on or after the start.

    Weeks are counted in fractions; the year has 52 of them, so a peak drifts by a day a year.
    """
    start = world.scenario.calendar.start
    month, day = (int(part) for part in month_day.split("-"))
    day = min(day, 28) if month == 2 else day
    date = datetime.date(start.year, month, day)
    if date < start:
        date = datetime.date(start.year + 1, month, day)
    return (date - start).days / 7


def week_of(world: World, date: datetime.date) -> int:
    """Week in which a date falls."""
    return (date - world.scenario.calendar.start).days // 7
