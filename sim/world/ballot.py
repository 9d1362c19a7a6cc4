"""How states vote in the Assembly and the Council: any rows of the table of states, by the theory of voting.

The phase `fora` asks for all rows at once, an agent for its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.theory import voting
from sim.world.phases.third_parties import weariness
from sim.world.state import World

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


def vote(world: World, key: str, rows: Rows) -> voting.Votes:
    """Votes of some states on a text as the world stands, (row, run) of ``voting.OUTCOMES`` codes.

    Parameters
    ----------
    world : World
        With a table of states.
    key : str
        A text of the scenario.
    rows : (row,) int
        Of the table of states.
    """
    draft, rules = world.tree.texts[key], world.tree.assembly
    support = whipped(world, key, rows, whips(world))
    band = voting.abstention_band(
        draft.band, _column(world, "dependence_a", rows), _column(world, "dependence_b", rows),
        rules.cross_pressure, rules.fatigue, weariness(world),
    )  # fmt: skip
    if draft.forum == "council":
        vetoes = np.array([[world.society.rows.council[row] == "permanent"] for row in rows])  # type: ignore[union-attr]
        support = np.where(vetoes & (support < 0), np.minimum(support + rules.veto_cost, 0.0), support)
        return voting.cast(support, band, np.zeros(support.shape, dtype=bool))
    absence = voting.absence_probability(_column(world, "absence", rows), 0.0)
    return voting.cast(support, band, world.society.uniforms(f"absence {key}")[rows] < absence)


def whips(world: World) -> list[str]:
    """Keys of the blocs that call for discipline, in the order in which they do."""
    return [key for key in world.scenario.blocs if np.any(np.asarray(world.tree.actors[key].whip) > 0)]


def whipped(world: World, key: str, rows: Rows, blocs: Sequence[str]) -> Array:
    """Latent support of some states, (row, run), after some blocs have called, one after the other.

    Parameters
    ----------
    world : World
    key : str
    rows : (row,) int
    blocs : sequence of str
        Those that have called; a bloc's position is the median of its members after those before it.
    """
    support = _alone(world, key, rows)
    for place, bloc in enumerate(blocs):
        members = _members(world, bloc)
        everybody = len(rows) == len(members)
        position = voting.caucus(support, members) if everybody else caucus(world, key, bloc, blocs[:place])
        led = voting.whip(support, position, world.tree.actors[bloc].whip)
        support = np.where(members[rows][:, None], led, support)
    return support


def caucus(world: World, key: str, bloc: str, before: Sequence[str]) -> Array:
    """Position of a bloc on a text, (run,), after the blocs before it have called for discipline."""
    (rows,) = np.nonzero(_members(world, bloc))
    return voting.caucus(whipped(world, key, rows, before), np.ones(len(rows), dtype=bool))


def _alone(world: World, key: str, rows: Rows) -> Array:
    society, draft = world.society, world.tree.texts[key]
    return voting.support(
        _column(world, "general", rows), society.conflict[rows],
        general_weight=draft.general_weight, conflict_weight=draft.conflict_weight, demand=draft.demand,
        push=world.tree.assembly.lobbying * society.lean(rows),
        noise=society.normals(f"votes {key}")[rows],
    )  # fmt: skip


def _members(world: World, bloc: str) -> Flags:
    return world.society.rows.members(world.scenario.blocs[bloc].members)  # type: ignore[union-attr]


def _column(world: World, name: str, rows: Rows) -> Array:
    return world.society.rows.columns[name][rows][:, None]  # type: ignore[union-attr]
