"""Designs: from the factors of an experiment to its rows, each a value for every factor.

scipy and SALib do the mathematics, on shares between 0 and 1; a factor turns shares into its values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.randomness import Address
from sim.scenario.factor import Factor
from sim.scenario.vocabulary.experiment import (
    AnyDesign,
    Experiment,
    FullFactorial,
    LatinHypercube,
    Morris,
    OneAtATime,
    Sobol,
)

Array = npt.NDArray[np.float64]
Rows = dict[str, Array]

MOST_ROWS = 2_000_000
"""Rows that a design may have; a column of them takes 16 MB."""


class MissingLibrary(Exception):
    """A design needs a library that is not installed; the message is one sentence for the user."""


def rows_of(experiment: Experiment) -> Rows:
    """Rows of an experiment's design, by the path of each factor, (row,); NaN is what the file says.

    The same experiment has the same rows: they come from its seed alone.  Of a design with a smaller sample the
    rows are not the first ones of a larger.

    Raises
    ------
    MissingLibrary
        Morris and Sobol rows need SALib.
    """
    design, factors = experiment.design, experiment.factors
    if isinstance(design, FullFactorial):
        return full_factorial(factors)
    if isinstance(design, OneAtATime):
        return one_at_a_time(factors)
    seed = int(Address(experiment.seed, "design").generate_state(1)[0]) // 2
    shares = _SHARES[type(design)](design, len(factors), seed)
    return {path: factor.at(shares[:, column]) for column, (path, factor) in enumerate(factors.items())}


def full_factorial(factors: Mapping[str, Factor]) -> Rows:
    """Every combination of values, the last factor changing fastest; one row without factors."""
    grids = np.meshgrid(*(factor.grid for factor in factors.values()), indexing="ij")
    return {path: np.asarray(grid.ravel()) for path, grid in zip(factors, grids, strict=True)}


def one_at_a_time(factors: Mapping[str, Factor]) -> Rows:
    """What the file says, then every value of every factor, the others as the file says."""
    counts = [factor.grid.size for factor in factors.values()]
    starts = np.cumsum([1, *counts])
    rows = {path: np.full(starts[-1], np.nan) for path in factors}
    for (path, factor), start, count in zip(factors.items(), starts[:-1], counts, strict=True):
        rows[path][start : start + count] = factor.grid
    return rows


def _latin_hypercube(design: LatinHypercube, factors: int, seed: int) -> Array:
    from scipy.stats import qmc

    shares: Array = qmc.LatinHypercube(factors, rng=seed).random(design.rows)
    return shares


def _sobol(design: Sobol, factors: int, seed: int) -> Array:
    sample = _salib("SALib.sample.sobol")
    shares = sample(_problem(factors), design.base, calc_second_order=design.second_order, seed=seed)
    return np.clip(np.asarray(shares, dtype=np.float64), 0.0, 1.0)


def _morris(design: Morris, factors: int, seed: int) -> Array:
    sample = _salib("SALib.sample.morris")
    return np.asarray(sample(_problem(factors), design.trajectories, num_levels=design.levels, seed=seed))


_SHARES: dict[type, Callable[[Any, int, int], Array]] = {
    LatinHypercube: _latin_hypercube,
    Sobol: _sobol,
    Morris: _morris,
}


def _problem(factors: int) -> dict[str, Any]:
    """Factors as SALib wants them: shares between 0 and 1."""
    return {"num_vars": factors, "names": [str(number) for number in range(factors)], "bounds": [[0.0, 1.0]] * factors}


def _salib(module: str) -> Callable[..., Any]:
    from importlib import import_module

    try:
        sample: Callable[..., Any] = import_module(module).sample
    except ModuleNotFoundError as error:
        raise MissingLibrary(
            f"this design needs {error.name}, which is not installed: pip install parley-sim[sensitivity]"
        ) from None
    return sample


def size_of(design: AnyDesign, factors: Mapping[str, Factor]) -> int:
    """How many rows a design has."""
    count = len(factors)
    match design:
        case FullFactorial():
            return math.prod(factor.grid.size for factor in factors.values())
        case OneAtATime():
            return 1 + sum(factor.grid.size for factor in factors.values())
        case LatinHypercube():
            return design.rows
        case Sobol():
            return design.base * (2 * count + 2 if design.second_order else count + 2)
        case Morris():
            return design.trajectories * (count + 1)


def design_fault(design: AnyDesign, factors: Mapping[str, Factor] | None) -> str | None:
    """What is wrong with a design for some factors, or with it alone, as a sentence; None if nothing."""
    if isinstance(design, Sobol) and design.base & (design.base - 1):
        return f"a base that is a power of two is allowed, found {design.base}"
    if isinstance(design, Morris) and design.levels % 2:
        return f"an even number of levels is allowed, found {design.levels}"
    if factors is None:
        return None
    least = 2 if isinstance(design, Sobol | Morris) else 0 if isinstance(design, FullFactorial) else 1
    if len(factors) < least:
        return f"{design.kind} needs {least} factor{'s' if least > 1 else ''} or more, found {len(factors) or 'none'}"
    if size_of(design, factors) > MOST_ROWS:
        return f"at most {MOST_ROWS:,} rows are allowed, found {size_of(design, factors):,}"
    return None
