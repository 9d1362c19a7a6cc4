"""Array type aliases and the few reductions that every theory function shares.

Everything here keeps the last axis as the run axis and gives the same bits for a run whether it is computed
alone or in a batch. Substantive theory (preferences, war, bargaining, votes) lives in the sibling modules.
"""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
"""Array of float64 whose last axis is the run."""

BoolArray = npt.NDArray[np.bool_]
"""Array of truth values whose last axis is the run."""

IntArray = npt.NDArray[np.int64]
"""Array of int64 whose last axis is the run."""

Entry = TypeVar("Entry", bound=np.generic)
"""Type of the numbers in an array."""

Number = float | Array
"""A scalar, or an array that broadcasts against the runs."""


def ordered_sum(values: Array) -> Array:
    """Sum over the leading axis in index order.

    NumPy adds pairwise when the reduced axis is contiguous, as it is with a single run, and row by row
    otherwise; adding row by row always keeps a run's bits independent of the batch.

    Parameters
    ----------
    values : Array, (terms, ...)
        What to add; the leading axis is short.

    Returns
    -------
    Array, (...)
        The sum; zeros when the leading axis is empty.

    Examples
    --------
    >>> ordered_sum(np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([4., 6.])
    """
    total = np.zeros(values.shape[1:]) if len(values) == 0 else np.array(values[0], dtype=np.float64)
    for term in values[1:]:
        total += term
    return total


def row_of(values: npt.NDArray[Entry], row: IntArray) -> npt.NDArray[Entry]:
    """Values at a row of its own for every run.

    Parameters
    ----------
    values : array of any type, (rows, runs)
    row : IntArray, (..., runs)
        Rows, from 0 on.

    Returns
    -------
    array of the type of ``values``, (..., runs)

    Examples
    --------
    >>> row_of(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1, 0]))
    array([3., 2.])
    """
    found: npt.NDArray[Entry] = values[row, np.arange(values.shape[-1])]
    return found


def logistic(value: Number) -> Array:
    """Logistic function 1/(1+exp(-value)), finite at both ends.

    Parameters
    ----------
    value : float or Array, any shape
        Log odds, from minus to plus infinity.

    Returns
    -------
    Array, same shape
        Probability in [0, 1].

    Examples
    --------
    >>> float(logistic(0.0)), float(logistic(-np.inf)), float(logistic(np.inf))
    (0.5, 0.0, 1.0)
    """
    value = np.asarray(value, dtype=np.float64)
    small = np.exp(-np.abs(value))
    upper: Array = np.where(value >= 0, 1.0, small) / (1.0 + small)
    return upper


def safe_power(base: Number, exponent: Number) -> Array:
    """Non-negative base to a positive exponent, through exp and log.

    ``np.power`` takes different code paths for different array widths; this form does not.

    Parameters
    ----------
    base : float or Array
        Zero or more.
    exponent : float or Array
        Zero or more; broadcasts against ``base``.

    Returns
    -------
    Array, broadcast shape
        ``base**exponent``, with 0 for base 0 and positive exponent, and 1 for exponent 0. Exponent 1 gives
        the base to the last bit, whatever exponents other runs have.

    Examples
    --------
    >>> safe_power(np.array([0.0, 0.5, 1.0]), 2.0)
    array([0.  , 0.25, 1.  ])
    """
    base = np.asarray(base, dtype=np.float64)
    exponent = np.asarray(exponent, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        raised = np.exp(exponent * np.log(base))
    result: Array = np.where(exponent == 1.0, base, raised)
    if not exponent.all():
        result = np.where(exponent == 0.0, 1.0, result)
    return result
