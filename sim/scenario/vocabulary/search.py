"""A search: which levers there are, what each costs, and how probable an outcome is to become."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from sim.scenario.vocabulary.base import Name, Strict
from sim.scenario.vocabulary.experiment import FactorEntry

Cost = Annotated[float, Field(ge=0, le=1e9)]


class Lever(Strict):
    """Something that could be done, in one or more strengths; not pulled, it leaves what the scenario says."""

    label: str | None = None
    moves: Annotated[dict[str, FactorEntry], Field(min_length=1)]
    """Numbers that it sets, by path: a value for each strength, or a range from the weakest to the strongest."""
    cost: Cost = 1.0
    """Of its greatest strength; lesser strengths cost their share of it."""
    costs: tuple[Cost, ...] = ()
    """Of each strength, in place of `cost`."""
    source: str | None = None
    """Where strengths and costs come from, or `assumed`."""


class Budget(Strict):
    """How much may be played."""

    replicates: Annotated[int, Field(ge=16, le=100_000)] = 64
    """Runs with which a set begins."""
    every: Annotated[int, Field(ge=1, le=100_000)] = 256
    """Sets of one size that are tried: all where there are no more, else the most promising."""
    sizes: Annotated[int, Field(ge=1, le=64)] = 3
    """Levers up to which sets are tried size by size; larger ones are bred."""
    population: Annotated[int, Field(ge=8, le=4096)] = 32
    """Sets of any size that are bred side by side."""
    generations: Annotated[int, Field(ge=0, le=1000)] = 8
    """How often a new population is bred from the best."""
    most: Annotated[int, Field(ge=16, le=1_000_000)] = 1024
    """Runs at which a set is left alone on the luck that chooses."""
    shortlist: Annotated[int, Field(ge=1, le=64)] = 12
    """Sets that are confirmed on fresh luck."""
    confirm: Annotated[int, Field(ge=32, le=1_000_000)] = 1024
    """Runs with which a set begins on fresh luck."""
    decide: Annotated[int, Field(ge=32, le=4_000_000)] = 8192
    """Runs on fresh luck at which a set that is still undecided stays so; `confirm` where that is more."""
    tries: Annotated[int, Field(ge=1, le=16)] = 4
    """Sets that may be put to the proof for an answer, each on luck of its own."""


class Search(Strict):
    """Levers on one scenario; it is read once, with every fault told at once, and never changes."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    title: str | None = None
    question: str | None = None
    scenario: str
    """File beside this one, or ../name of a folder."""
    settings: dict[str, Any] = {}
    """Values laid over the scenario before it is played, by path, as --set does."""
    outcome: str
    """A flag of the table of runs; with a week in which something first came, whether it came."""
    threshold: Annotated[float, Field(gt=0, lt=1)]
    """Share of the runs in which the outcome is to come, at least."""
    levers: Annotated[dict[Name, Lever], Field(min_length=1)]
    budget: Budget = Budget()
    seed: Annotated[int, Field(ge=0, lt=2**128 - 32)] = 1
    """Of the luck on which sets are chosen; the next confirms, and those after it are for the answers."""
