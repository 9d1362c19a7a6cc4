"""The columns of the table of runs: one row a played world, what became of it in each column.

How a world gives these is said in `world`; drawn parameters stand beside them under ``draw:`` and their path.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

STATUSES = ("war", "ceasefire", "settlement", "victory_a", "victory_b")
"""How a run can stand at its end, in the order of their codes."""

HEIGHTS = (1, 2, 3, 4)
"""Rungs of the ladder that are small deals."""

OUTCOMES = ("yes", "no", "abstain", "absent")
"""What a state can do in a vote, in the order of the codes of the voting model."""

MOVES = tuple(f"{before}_to_{now}" for before in OUTCOMES for now in OUTCOMES)
"""Columns of the table of votes: states by what they did on the text that this one follows, and what they did now."""

COHESION = "cohesion:"
"""Beginning of the name of the column with a bloc's agreement index in the table of votes."""

DRAW = "draw:"
"""Beginning of the name of a drawn parameter's column."""

Kind = Literal["flag", "maybe", "week", "weeks", "count", "number", "status"]


@dataclass(frozen=True)
class Column:
    """One outcome of a run.

    Parameters
    ----------
    name, label : str
        Column, and what to print.
    kind : str
        ``flag`` (true or false), ``maybe`` (the same or missing), ``week`` (in which it came, missing if it
        never came), ``weeks`` (a duration, missing if there is none), ``count``, ``number``,
        ``status``.
    unit : str
    low, high : float
        Between which a number lies, where it is no count.
    """

    name: str
    label: str
    kind: Kind
    unit: str = ""
    low: float = 0.0
    high: float = math.inf


def _rungs(verb: str, label: str) -> tuple[Column, ...]:
    return tuple(Column(f"rung_{height}_{verb}", f"Rung-{height} deals {label}", "count") for height in HEIGHTS)


def _sides(name: str, label: str, unit: str, low: float = 0.0, high: float = math.inf) -> tuple[Column, Column]:
    return (
        Column(f"{name}_a", f"{label}, side A", "number", unit, low, high),
        Column(f"{name}_b", f"{label}, side B", "number", unit, low, high),
    )


def _land(name: str, label: str) -> Column:
    return Column(name, label, "number", "share of contested territory", 0.0, 1.0)


COLUMNS: tuple[Column, ...] = (
    Column("durable", "Signed in time and still standing when the test was made", "flag"),
    Column("durable_week", "Start of the peace that proved durable", "week"),
    Column("end", "How the run stands at its end", "status"),
    Column("first_talks", "First talks of any kind", "week"),
    Column("first_settlement_talks", "First talks about a settlement", "week"),
    *(Column(f"first_rung_{height}", f"First rung-{height} deal", "week") for height in HEIGHTS),
    Column("first_ceasefire", "First general ceasefire", "week"),
    Column("first_settlement", "First settlement", "week"),
    Column("victory_week", "Victory of either side", "week"),
    Column("talks", "Times that talks opened", "count"),
    Column("instrumental_talks", "Talks that opened with a side that did not mean to settle", "count"),
    Column("signed", "Ceasefires and settlements signed", "count"),
    Column("broken", "Ceasefires and settlements broken", "count"),
    Column("ratification_failures", "Texts that one home refused", "count"),
    *_rungs("opened", "opened"),
    *_rungs("completed", "completed"),
    *_rungs("broken", "broken"),
    Column("power_losses", "Times that the nuclear site lost power from outside", "count"),
    Column("texts_adopted", "Draft resolutions adopted", "count"),
    Column("weeks_at_war", "Weeks of war, with or without talks", "count", "weeks"),
    Column("longest_peace", "Longest unbroken ceasefire or settlement", "count", "weeks"),
    Column("first_peace_weeks", "First signature to its break or to the end of the run", "weeks", "weeks"),
    Column("first_peace_broken", "Whether that peace broke; if not, its duration is cut off by the end", "maybe"),
    _land("signed_line", "Line in the text that was signed last"),
    _land("nash_line", "Line at the Nash point when it was signed"),
    _land("line_off_front", "Distance of the signed line from the front of that week"),
    _land("line_off_charter", "Distance of the signed line from the line that the Charter would have"),
    Column("signed_norm", "Consistency with the Charter of the terms that were signed last", "number", "", 0.0, 1.0),
    *_sides("gain", "Gain over going on by the terms signed last, pressure not counted", "utility", -math.inf),
    Column(
        "share_a",
        "Side A's share of what both gained by them, where neither lost",
        "number",
        "share of the surplus",
        0.0,
        1.0,
    ),
    _land("front", "Held by side B at the end"),
    *_sides("casualties", "Losses", "strength at the start"),
    *_sides("unserved", "Unserved energy", "weeks of demand"),
    *_sides("harm", "Harm to civilians by strikes, all weeks", "civilian tolerance"),
    *_sides("lowest_tolerance", "Lowest civilian tolerance", "", 0.0, 1.0),
)
"""All outcomes, in the order of the table, after ``replicate`` and before the drawn parameters."""

NEVER = -1
"""What stands in a block for a week or a duration that there is not."""
