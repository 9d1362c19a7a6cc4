"""How states vote in the Assembly and the Council: any rows of the table of states, by the theory of voting.

The phase `fora` asks for all rows at once, an agent for its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory import voting
from sim.world.state import World
from sim.world.weariness import weariness

Single = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp] | slice
Number = float | npt.NDArray[np.floating[Any]]

EVERYBODY = slice(None)
"""All rows of the table of states."""


@dataclass(frozen=True)
class Draft:
    """A question as it stands before the body: its numbers, (run,) where runs differ.

    Parameters
    ----------
    forum : str
    general_weight, conflict_weight, demand, band : float or (run,)
    sponsors : (sponsor,) int
        Rows of the states that moved the text.
    loyal : (sponsor, run) bool
        Where they still stand by it.
    open_vote : (run,) bool, optional
        Where others see how a state votes; everywhere if it is left out.
    strength : (run,), optional
        What is left of the text after its sponsors have taken words out; all of it if it is left out.
    absence : float or (run,)
        Log odds that the day adds to every state's habit of staying away.
    habit : str, optional
        Column of the table of states with what each adds to its support for texts of this sort.
    """

    forum: str
    general_weight: Number
    conflict_weight: Number
    demand: Number
    band: Number
    sponsors: tuple[int, ...] = ()
    loyal: Flags | None = None
    open_vote: Flags | None = None
    strength: npt.NDArray[np.float64] | None = None
    absence: Number = 0.0
    habit: str | None = None


def draft_of(world: World, key: str) -> Draft:
    """A text as it stands, or a question on it (``text.name``).

    Parameters
    ----------
    world : World
        With a table of states.
    key : str
    """
    if key in world.drafts:
        return world.drafts[key]
    text, _, name = key.partition(".")
    leaf = world.tree.texts[text]
    if name:
        parent = draft_of(world, text)
        parts = {**leaf.motions, **leaf.amendments, **leaf.paragraphs}[name]
        return Draft(leaf.forum, *_numbers(parts), open_vote=parent.open_vote, absence=leaf.absence)
    sponsors = tuple(world.society.place[code] for code in leaf.sponsors)
    loyal = np.ones((len(sponsors), world.runs), dtype=bool) if sponsors else None
    demand = leaf.demand + _handed_down(world, text)
    plain = Draft(leaf.forum, *_numbers(leaf), sponsors=sponsors, loyal=loyal, absence=leaf.absence, habit=leaf.habit)
    return replace(plain, demand=demand)


def _handed_down(world: World, text: str) -> Number:
    """What a text takes over of how far the demand of the one that it follows lay from its middle."""
    leaf, earlier = world.tree.texts[text], world.scenario.texts[text].follows
    if earlier is None or not np.any(leaf.inherits):
        return 0.0
    gone = world.tree.texts[earlier].demand - world.scenario.texts[earlier].demand.centre
    taken: Number = leaf.inherits * (gone + _handed_down(world, earlier))
    return taken


def _numbers(leaf: Any) -> tuple[Number, Number, Number, Number]:
    return leaf.general_weight, leaf.conflict_weight, leaf.demand, leaf.band


def vote(world: World, key: str, rows: Rows) -> voting.Votes:
    """Votes of some states on a text as the world stands, (row, run) of ``voting.OUTCOMES`` codes.

    Parameters
    ----------
    world : World
        With a table of states.
    key : str
        A text of the scenario, or a question on it.
    rows : (row,) int, or a slice
        Of the table of states.
    """
    draft, rules = draft_of(world, key), world.tree.assembly
    support = whipped(world, key, rows, whips(world))
    band = voting.abstention_band(
        single(draft.band) * own_band(world, draft, rows),
        _column(world, "dependence_a", rows), _column(world, "dependence_b", rows),
        single(rules.cross_pressure), single(rules.fatigue), single(weariness(world)),
    )  # fmt: skip
    if draft.forum == "council":
        support = reluctant(world, support, rows)
        return voting.cast(support, band, np.zeros(support.shape, dtype=bool))
    absence = voting.absence_probability(
        _column(world, "absence", rows), single(draft.absence),
        pulled=voting.torn(_column(world, "dependence_a", rows), _column(world, "dependence_b", rows)),
        cross_pressure=single(rules.absence_cross_pressure),
    )  # fmt: skip
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
    support = alone(world, key, rows)
    for place, bloc in enumerate(blocs):
        members = _members(world, bloc)
        everybody = len(support) == len(members)
        position = voting.caucus(support, members) if everybody else caucus(world, key, bloc, blocs[:place])
        led = members[rows]
        followers = np.compress(led, support, axis=0)
        strength = single(_seen(world, key, world.tree.actors[bloc].whip))
        support[led] = voting.whip(followers, position, strength)
    return support


def caucus(world: World, key: str, bloc: str, before: Sequence[str]) -> Single:
    """Position of a bloc on a text, (run,), after the blocs before it have called for discipline."""
    (rows,) = np.nonzero(_members(world, bloc))
    return voting.caucus(whipped(world, key, rows, before), np.ones(len(rows), dtype=bool))


def alone(world: World, key: str, rows: Rows, *, luck: bool = True) -> Single:
    """Latent support of some states before any bloc has called, (row, run); expected support without luck."""
    society, draft = world.society, draft_of(world, key)
    support = voting.support(
        _column(world, "general", rows), society.conflict[rows],
        general_weight=single(draft.general_weight), conflict_weight=single(draft.conflict_weight),
        demand=single(draft.demand),
        push=single(_seen(world, key, world.tree.assembly.lobbying)) * society.lean(rows),
        noise=_luck(world, key)[rows] * own_luck(world, rows) if luck else single(0.0),
    )  # fmt: skip
    if draft.habit is not None:
        support = support + _column(world, draft.habit, rows)
    return _sponsored(world, draft, rows, support)


def _luck(world: World, key: str) -> Single:
    """Luck of all states in a vote, (state, run): new, but for the habit that they have on texts of its family."""
    new = world.society.normals(f"votes {key}")
    kept, family = single(world.tree.assembly.stickiness), getattr(world.tree.texts.get(key), "family", None)
    if family is None or not np.any(kept):
        return new
    return np.sqrt(kept) * world.society.normals(f"habit {family}") + np.sqrt(1.0 - kept) * new


def _sponsored(world: World, draft: Draft, rows: Rows, support: Single) -> Single:
    """Support with what sponsors add to their own text."""
    if not draft.sponsors or draft.loyal is None:
        return support
    every = np.arange(len(world.society.observed))[rows]
    added = single(world.tree.assembly.sponsorship)
    for sponsor, loyal in zip(draft.sponsors, draft.loyal, strict=True):
        support = np.where((every == sponsor)[:, None] & loyal, support + added, support)
    return support


def reluctant(world: World, support: Single, rows: Rows) -> Single:
    """Support of permanent members of the Council, who dislike to be the one that vetoes."""
    seats = np.array(world.society.rows.council)[rows, None]  # type: ignore[union-attr]
    would_veto = (seats == "permanent") & (support < 0)
    return np.where(would_veto, np.minimum(support + single(world.tree.assembly.veto_cost), single(0.0)), support)


def _seen(world: World, key: str, size: Number) -> Number:
    """A pull on votes, which reaches nobody where the ballot is secret."""
    seen = draft_of(world, key).open_vote
    return size if seen is None else np.where(seen, size, 0.0)


def _members(world: World, bloc: str) -> Flags:
    return world.society.rows.members(world.scenario.blocs[bloc].members)  # type: ignore[union-attr]


def own_band(world: World, draft: Draft, rows: Rows) -> Single:
    """How much wider than the text's each state's band is: on texts of its sort, if the table knows, or in general."""
    own = f"{draft.habit}_band"
    known = draft.habit is not None and own in world.society.rows.columns  # type: ignore[union-attr]
    return _column(world, own if known else "band", rows, 1.0)


def own_luck(world: World, rows: Rows) -> Single:
    """Deviation of each state's luck in a vote; one where the table of states says nothing."""
    return _column(world, "luck", rows, 1.0)


def _column(world: World, name: str, rows: Rows, otherwise: float | None = None) -> Single:
    """A column of the table of states, (row, 1), or a number in its place where the table has none."""
    columns = world.society.rows.columns  # type: ignore[union-attr]
    if otherwise is not None and name not in columns:
        return np.full((1, 1), otherwise, dtype=np.float32)
    return single(columns[name][rows, None])
