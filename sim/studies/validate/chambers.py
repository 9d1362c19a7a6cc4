"""Laws of a world with an Assembly, sanctions, aid, need and two grids: amendments, bounds, and what is added inertly.

Its 24 states stand in a table that is made here; the smaller worlds without states are in `small_worlds`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.experiment.histories import history, worlds_by_week
from sim.scenario import Scenario, load, template, vary
from sim.studies.validate.small_worlds import RUNS, differing

Array = npt.NDArray[np.float64]

NUMBERS = ("general_weight", "conflict_weight", "demand", "band")
"""What a text demands; what an amendment may change."""

TEXT = "general_weight: 0.5, conflict_weight: 1, band: 0.5"
AMENDMENT = f"amendments: {{pushed: {{{TEXT}, demand: -0.1, change: {{demand: 0.8, band: 0.2}}}}}}"
HEADER = "iso3,name,groups,council,general,conflict,absence,dependence_a,dependence_b,sender,trade_b,line"
ASIDE = "ZED,Out of the way,,,0.3,-0.2,90,0,0,0,0,0.5"
WITH_STATES = f"""
states: {{file: states.csv, topics: {{line: territory}}}}
ties: {{trade: {{file: ties.csv, weight: 1}}}}
humanitarian: {{side: home, funded: 0.5}}
aid: {{allies: {{recipient: home, donors: donors.csv}}}}
sanctions: {{target: rival, bloc: club}}
texts:
  draft: {{date: 2030-03-01, {TEXT}, demand: -0.5}}
  later: {{date: 2030-06-01, {TEXT}, demand: -0.5, follows: draft}}
"""
ACTORS = """actors:
  club: {kind: bloc, members: CLUB}
"""
LIVELY = (
    "calendar.signing_weeks=52", "calendar.standing_weeks=26", "calendar.weeks=78", "talks.base=0.05",
    "agreements.hazard=0.02", "assembly.legitimacy=0.3", "assembly.coalition=0.5",
    "influence.noise=0.3", "influence.patron_pressure=0.01",
    "actors.mediator.guarantee={uniform: [0, 1]}", "actors.mediator.guarantee_credibility=0.5",
    "actors.home.grid={usable: 0.8}", "actors.rival.grid={usable: 0.8}",
    "actors.home.cost.humanitarian=0.001", "actors.rival.cost.humanitarian=0.001",
)  # fmt: skip


def _code(place: int) -> str:
    return f"S{chr(ord('A') + place)}A"


def _states(*more: str) -> str:
    """Two dozen states spread evenly over both dimensions; the first half sends sanctions and gives aid."""
    sides = ("HOM,Home,,,1.0,1.0,-3,0,0,0,0,0", "RIV,Rival,,,-1.0,-1.0,-3,0,0,0,1,1")
    return "\n".join([HEADER, *sides, *map(_state, range(24)), *more, ""])


def _state(place: int) -> str:
    sends = place < 12
    position = f"{1.2 - 0.1 * place:.1f},{np.cos(place):.3f},-2"
    exposure = f"{place % 3 / 10},{place % 4 / 10},{int(sends)},{(1 + place % 5) / 72:.4f},{place / 23:.3f}"
    return f"{_code(place)},State {place},{'CLUB' if sends else ''},,{position},{exposure}"


def _ties(*more: str) -> str:
    partners = [f"{_code(place)},{_code((5 * place + 1) % 24)},0.5" for place in range(24)]
    return "\n".join(["from,to,weight", "HOM,SAA,0.5", "RIV,SXA,0.5", *partners, *more, ""])


@cache
def chamber(states: tuple[str, ...] = (), ties: tuple[str, ...] = (), *overrides: str) -> Scenario:
    """The scenario to start from with states and all that hangs on them, rows added to its tables, and changes."""
    text = Path(template.__file__).with_suffix(".yaml").read_text(encoding="utf-8").replace("actors:\n", ACTORS, 1)
    for side, code in (("home", "HOM"), ("rival", "RIV")):
        text = text.replace(f"  {side}:\n    kind: state\n", f"  {side}:\n    kind: state\n    iso3: {code}\n", 1)
    with TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "scenario.yaml").write_text(text + WITH_STATES, encoding="utf-8")
        (here / "states.csv").write_text(_states(*states), encoding="utf-8")
        (here / "ties.csv").write_text(_ties(*ties), encoding="utf-8")
        (here / "donors.csv").write_text("donor,weekly\nSAA,2\nSBA,1\n", encoding="utf-8")
        return vary(load(here), overrides=[*LIVELY, *overrides])


def inert_additions() -> list[int]:
    """Differences that an inert state, an inert bloc and a tie of no weight make; whether a heavy tie makes some."""
    plain, runs = history(chamber(), np.arange(RUNS)), np.arange(RUNS)
    added = [
        history(chamber((ASIDE,)), runs),
        history(chamber((), (), "actors.idle={kind: bloc, members: CLUB}"), runs),
        history(chamber((), ("HOM,SUA,0",)), runs),
    ]
    heavy = history(chamber((), ("HOM,SUA,2",)), runs)
    return [*(differing(one, plain) for one in added), int(differing(heavy, plain) > 0)]


def played_amendments() -> list[int]:
    """Rejected amendments that change a vote or the text; adopted ones that change nothing; whether both came.

    A text with an amendment on which luck decides is voted on beside the same text without it, under one luck.
    """
    moved, plain = _after_the_vote(AMENDMENT), _after_the_vote("")
    adopted = next(ballot.adopted for ballot in moved.journal.tallies if ballot.key == "draft.pushed")
    votes = (moved.kept_votes["draft"] != plain.kept_votes["draft"]).any(axis=0)
    texts = [
        np.broadcast_to(getattr(moved.drafts["draft"], name) != getattr(plain.drafts["draft"], name), votes.shape)
        for name in NUMBERS
    ]
    text = np.any(texts, axis=0)
    both = adopted.any() and not adopted.all()
    return [int(((votes | text) & ~adopted).sum()), int((~text & adopted).sum()), int(both)]


def _after_the_vote(amendment: str) -> Any:
    more = f", {amendment}" if amendment else ""
    text = f"texts.draft={{date: 2030-03-01, {TEXT}, demand: -0.5{more}}}"
    for world in worlds_by_week(chamber((), (), text), np.arange(128), 11):
        if "draft" in world.kept_votes:
            return world
    raise AssertionError("the text came to no vote")


SHARES: dict[str, Callable[[Any], Array]] = {
    "front": lambda world: world.front,
    "grids": lambda world: world.grid,
    "tolerance": lambda world: world.tolerance,
    "trust": lambda world: world.trust,
    "ripeness": lambda world: world.ripe,
    "fatigue": lambda world: world.fatigue,
    "deficit": lambda world: world.deficit,
    "pressure": lambda world: world.pressure,
    "coalition": lambda world: world.society.coalition,
    "guarantee": lambda world: world.guarantee,
}
"""What is a share of something, week by week."""


def bounds() -> list[int]:
    """Shares outside [0, 1]; stocks below zero; funding above the need; how many of these are one number throughout."""
    outside = negative = overpaid = 0
    varies: dict[str, bool] = {}
    first: dict[str, float] = {}
    for world in worlds_by_week(chamber(), np.arange(64), 11):
        shares = {name: np.array(read(world)) for name, read in SHARES.items()}
        stocks = {name: np.array(getattr(world, name)) for name in ("need", "funded", "legitimacy")}
        outside += sum(int(((values < 0.0) | (values > 1.0)).sum()) for values in shares.values())
        negative += sum(int((values < 0.0).sum()) for values in stocks.values())
        overpaid += int((world.funded > world.need).sum())
        for name, values in (shares | stocks).items():
            seen = first.setdefault(name, float(values.flat[0]))
            varies[name] = varies.get(name, False) or bool((values != seen).any())
    return [outside, negative, overpaid, sum(not one for one in varies.values())]
