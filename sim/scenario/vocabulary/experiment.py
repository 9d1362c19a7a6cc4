"""An experiment: which numbers of a scenario are moved, by which design, how often each point is played."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from sim.scenario.factor import Factor, factor_schema, parse_factor
from sim.scenario.vocabulary.base import Name, Strict

BASELINE = "baseline"
"""Word for the scenario as its file says, without any variant."""

FactorEntry = Annotated[
    Factor, BeforeValidator(parse_factor), PlainSerializer(Factor.written), WithJsonSchema(factor_schema())
]


class FullFactorial(Strict):
    """Every combination of the factors' values."""

    kind: Literal["full_factorial"]


class OneAtATime(Strict):
    """The scenario as its file says, then each value of each factor alone."""

    kind: Literal["one_at_a_time"]


class LatinHypercube(Strict):
    """Rows that cover each factor evenly."""

    kind: Literal["latin_hypercube"]
    rows: Annotated[int, Field(ge=1, le=1_000_000)]
    """Number of design points."""


class Sobol(Strict):
    """Saltelli's rows for Sobol indices."""

    kind: Literal["sobol"]
    base: Annotated[int, Field(ge=2, le=65_536)]
    """Base sample, a power of two; there are base * (factors + 2) points, or base * (2 factors + 2)."""
    second_order: bool = False
    """Whether indices of pairs are wanted."""


class Morris(Strict):
    """Trajectories for elementary effects."""

    kind: Literal["morris"]
    trajectories: Annotated[int, Field(ge=2, le=10_000)]
    """Number of trajectories; each has one point more than there are factors."""
    levels: Annotated[int, Field(ge=2, le=64)] = 4
    """Levels of each factor; an even number."""


AnyDesign = Annotated[
    FullFactorial | OneAtATime | LatinHypercube | Sobol | Morris,
    Field(discriminator="kind"),
]


class Stop(Strict):
    """When a point has been played often enough."""

    outcome: Name
    """Outcome whose 95 % interval must be narrow."""
    width: Annotated[float, Field(gt=0)]
    """Widest interval that is narrow enough, in units of the outcome; a share's is at most 1."""
    most: Annotated[int, Field(ge=128, le=10_000_000)]
    """Replicates of a point at which it stops anyhow; a multiple of 128."""


class Experiment(Strict):
    """A design over factors of one scenario; it is read once, with every fault told at once, and never changes."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    title: str | None = None
    question: str | None = None
    scenario: str
    """File beside this one, or ../name of a folder."""
    variants: tuple[Name, ...] = (BASELINE,)
    """Variants of the scenario under which every row is played; baseline is the scenario without any."""
    settings: dict[str, Any] = {}
    """Values laid over the scenario before it is played, by path, as --set does."""
    factors: dict[str, FactorEntry] = {}
    """What is moved, by the path of a number: a list of values, a range, or a distribution."""
    design: AnyDesign = FullFactorial(kind="full_factorial")
    replicates: Annotated[int, Field(ge=1, le=10_000_000)]
    """Runs of each point; with a stopping rule, those that it begins with."""
    seed: Annotated[int, Field(ge=0, lt=2**128)] = 1
    outcomes: Annotated[tuple[Name, ...], Field(min_length=1)]
    """What is kept of each run: names of columns of the table of runs."""
    stop: Stop | None = None
    """Until when replicates are added; without it each point has the same number."""
