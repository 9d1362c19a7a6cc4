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

Single = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp] | slice

EVERYBODY = slice(None)
"""All rows of the table of states."""


def vote(world: World, key: str, rows: Rows) -> voting.Votes:
    """Votes of some states on a text as the world stands, (row, run) of ``voting.OUTCOMES`` codes.

    Parameters
    ----------
    world : World
        With a table of states.
    key : str
        A text of the scenario.
    rows : (row,) int, or a slice
        Of the table of states.
    """
    draft, rules = world.tree.texts[key], world.tree.assembly
    support = whipped(world, key, rows, whips(world))
    band = voting.abstention_band(
        single(draft.band), _column(world, "dependence_a", rows), _column(world, "dependence_b", rows),
        single(rules.cross_pressure), single(rules.fatigue), single(weariness(world)),
    )  # fmt: skip
    if draft.forum == "council":
        seats = np.array(world.society.rows.council)[rows, None]  # type: ignore[union-attr]
        would_veto = (seats == "permanent") & (support < 0)
        support = np.where(would_veto, np.minimum(support + single(rules.veto_cost), 0.0), support)
        return voting.cast(support, band, np.zeros(support.shape, dtype=bool))
    absence = voting.absence_probability(world.society.rows.columns["absence"][rows, None], 0.0)  # type: ignore[union-attr]
    return voting.cast(support, band, world.society.uniforms(f"absence {key}")[rows] < absence)


def single(number: npt.ArrayLike) -> Single:
    """A number or array in the precision in which votes are reckoned; half the memory is half the time."""
    return np.asarray(number, dtype=np.float32)


def whips(world: World) -> list[str]:
    """Keys of the blocs that call for discipline, in the order in which they do."""
    return [key for key in world.scenario.blocs if np.any(np.asarray(world.tree.actors[key].whip) > 0)]


def whipped(world: World, key: str, rows: Rows, blocs: Sequence[str]) -> Single:
    """Latent support of some states, (row, run), after some blocs have called, one after the other.

    Parameters
    ----------
    world : World
    key : str
    rows : (row,) int, or a slice
    blocs : sequence of str
        Those that have called; a bloc's position is the median of its members after those before it.
    """
    support = _alone(world, key, rows)
    for place, bloc in enumerate(blocs):
        members = _members(world, bloc)
        everybody = len(support) == len(members)
        position = voting.caucus(support, members) if everybody else caucus(world, key, bloc, blocs[:place])
        led = members[rows]
        followers = np.compress(led, support, axis=0)
        support[led] = voting.whip(followers, position, single(world.tree.actors[bloc].whip))
    return support


def caucus(world: World, key: str, bloc: str, before: Sequence[str]) -> Single:
    """Position of a bloc on a text, (run,), after the blocs before it have called for discipline."""
    (rows,) = np.nonzero(_members(world, bloc))
    return voting.caucus(whipped(world, key, rows, before), np.ones(len(rows), dtype=bool))


def _alone(world: World, key: str, rows: Rows) -> Single:
    society, draft = world.society, world.tree.texts[key]
    return voting.support(
        _column(world, "general", rows), society.conflict[rows],
        general_weight=single(draft.general_weight), conflict_weight=single(draft.conflict_weight),
        demand=single(draft.demand),
        push=single(world.tree.assembly.lobbying) * society.lean(rows),
        noise=society.normals(f"votes {key}")[rows],
    )  # fmt: skip


def _members(world: World, bloc: str) -> Flags:
    return world.society.rows.members(world.scenario.blocs[bloc].members)  # type: ignore[union-attr]


def _column(world: World, name: str, rows: Rows) -> Single:
    return single(world.society.rows.columns[name][rows, None])  # type: ignore[union-attr]
