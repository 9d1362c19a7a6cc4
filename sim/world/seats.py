"""Who sits in the Council in a year: what the table of states says, and draws for the years it cannot know.

Ten members are elected for two years, five each year, and a retiring member is not eligible at once.  For a year
beyond the table those in their first year stay, and the seats of the others go to members of the same regional
group, drawn per run.  Every member of a group is as likely as any other: that is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.world.state import World

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Seating:
    """Members of the Council: the permanent ones first, then the elected, each in the order of the table.

    Parameters
    ----------
    rows : (seat, run) int
        Rows of the table of states.
    permanent : (seat,) bool
    """

    rows: npt.NDArray[np.intp]
    permanent: Flags


def seats(world: World, year: int) -> Seating:
    """Members of the Council in a year.

    Parameters
    ----------
    world : World
        With a table of states.
    year : int
        Years before the table's first are seated as the first.
    """
    table = world.society.rows
    assert table is not None
    permanent = np.array([seat == "permanent" for seat in table.council])
    elected = _elected(world, year)
    place = np.flatnonzero(permanent)
    fixed = np.broadcast_to(place[:, None], (len(place), world.runs))
    number = int(np.count_nonzero(elected[:, 0]))
    others = np.argsort(~elected, axis=0, kind="stable")[:number]
    return Seating(np.concatenate([fixed, others]), np.arange(len(place) + number) < len(place))


def _elected(world: World, year: int) -> Flags:
    """Elected members in a year, (state, run)."""
    table, kept = world.society.rows, world.society.elected
    assert table is not None
    if year in kept:
        return kept[year]
    if not table.seats:
        found = _written(world, table.council)
    elif year <= max(table.seats):
        found = _written(world, table.seats[max(min(table.seats), year)])
    elif year == max(table.seats) + 1 and len(table.seats) == 1:
        found = _elected(world, year - 1)
    else:
        found = _after_an_election(world, year)
    kept[year] = found
    return found


def _written(world: World, column: tuple[str, ...]) -> Flags:
    return np.repeat(np.array([seat == "elected" for seat in column])[:, None], world.runs, axis=1)


def _after_an_election(world: World, year: int) -> Flags:
    """Members in a year, given those of the two years before."""
    table = world.society.rows
    assert table is not None
    now, before = _elected(world, year - 1), _elected(world, year - 2)
    stay, leave = now & ~before, now & before
    permanent = np.array([seat == "permanent" for seat in table.council])
    barred = now | permanent[:, None]
    lots = world.society.uniforms(f"council seats {year}") + barred + permanent[:, None]
    chosen = np.zeros_like(now)
    regions = np.array(table.regions or [""] * len(table.iso3))
    for region in sorted(set(regions)):
        (rows,) = np.nonzero(regions == region)
        rank = np.argsort(np.argsort(lots[rows], axis=0, kind="stable"), axis=0, kind="stable")
        chosen[rows] = rank < np.count_nonzero(leave[rows], axis=0)
    return stay | chosen
