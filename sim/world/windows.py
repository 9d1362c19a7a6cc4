"""Windows: how an agent or a model with a face reads its row of a world of a single run, and cannot set it.

A window that finds no row gives a number that is not one, so that a whole set of agents can be asked at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.world.phases.steps import one_issue
from sim.world.phases.text import laid, luck_of_the_week, open_issues
from sim.world.protocols import Luck, Table
from sim.world.state import World

Array = npt.NDArray[np.float64]

NOTHING = float("nan")
ALONE = np.zeros(1, dtype=np.intp)
"""The only run of a world that has a face."""


def of_side(name: str, doc: str) -> Any:
    """Window of a belligerent on its row of an array of the world, (side, run)."""

    def read(agent: Any) -> float:
        return NOTHING if agent.side_row is None else float(getattr(agent.world, name)[agent.side_row, 0])

    return property(read, doc=doc)


def of_state(column: str, doc: str) -> Any:
    """Window of a state on its row of a column of the table of states."""

    def read(agent: Any) -> float:
        rows = agent.world.society.rows
        return float(rows.columns[column][agent.row]) if agent.row is not None else NOTHING

    return property(read, doc=doc)


def of_mediator(name: str, doc: str) -> Any:
    """Window of a mediator on its row of an array of the parameters, (mediator, run)."""

    def read(agent: Any) -> float:
        return float(getattr(agent.world.mediators, name)[agent.row, 0])

    return property(read, doc=doc)


def of_mediator_by_side(name: str, doc: str) -> Any:
    """Window of a mediator on its row of an array of the parameters, (mediator, side, run), by side."""

    def read(agent: Any) -> dict[str, float]:
        return dict(zip("AB", getattr(agent.world.mediators, name)[agent.row, :, 0].tolist(), strict=True))

    return property(read, doc=doc)


def as_terms(world: World, values: Array) -> dict[str, float]:
    """Terms, (issue, run), of a single run by the names of the issues in the file's order, on [0, 1]."""
    terms = dict(zip(world.issues.names, values[:, 0].tolist(), strict=True))
    return {issue: terms[issue] for issue in world.scenario.issues}


def table_in_session(world: World) -> Table | None:
    """The talks of a single run as a protocol sees them; None where nobody talks."""
    if not world.talking[0]:
        return None
    shown, agenda = open_issues(world), int(world.talks_agenda[0])
    table = laid(world, agenda, shown, np.where(shown, world.text, world.wartime), ALONE)
    by_issue = world.tree.protocol.pace == "step_by_step"
    return one_issue(world, agenda, table, shown, ALONE) if by_issue else table


def luck_at_the_table(world: World) -> Luck:
    """This week's luck of a single run at its table."""
    return luck_of_the_week(world, ALONE)
