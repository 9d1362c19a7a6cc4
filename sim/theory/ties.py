"""Ties between states as sparse weights: scaling each row to one, and mixing several layers into one network.

Row i holds whom state i listens to, with the weight in column j. What flows over the ties is in `influence`;
which ties there are comes from the scenario.
"""

import functools
import operator
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sim.theory.arrays import BoolArray

if TYPE_CHECKING:
    Ties = sparse.csr_array[Any]
else:
    Ties = sparse.csr_array  # older SciPy cannot subscript it while running
"""(N, N) sparse weights: row i holds whom state i listens to."""

Floats = npt.NDArray[np.floating[Any]]
"""float32 or float64 array."""


def row_sums(ties: Ties) -> Floats:
    """Sum of each row, (N,)."""
    return np.asarray(ties.sum(axis=1), dtype=ties.dtype).reshape(-1)


def has_ties(ties: Ties) -> BoolArray:
    """Which states listen to anybody at all.

    Parameters
    ----------
    ties : csr (N, N)
        Weights, zero or more.

    Returns
    -------
    bool array, (N,)
        True where the row has a positive sum.
    """
    listens: BoolArray = row_sums(ties) > 0.0
    return listens


def row_stochastic(ties: Ties) -> Ties:
    """Ties rescaled so that the weights of every state that has ties sum to one.

    Parameters
    ----------
    ties : csr (N, N)
        Weights, zero or more.

    Returns
    -------
    csr (N, N)
        New ties in the same precision; a row without ties stays empty, stored zeros are dropped.

    Raises
    ------
    ValueError
        A weight is negative or not finite.

    >>> row_stochastic(sparse.csr_array([[2.0, 6.0], [0.0, 0.0]])).toarray().tolist()
    [[0.25, 0.75], [0.0, 0.0]]
    """
    scaled: Ties = sparse.csr_array(ties, copy=True)
    if not (np.isfinite(scaled.data).all() and (scaled.data >= 0).all()):
        raise ValueError("ties must have finite weights of zero or more")
    scaled.sum_duplicates()
    scaled.eliminate_zeros()
    sums = np.repeat(row_sums(scaled), np.diff(scaled.indptr))
    scaled.data = scaled.data / sums
    return scaled


def mix(layers: Mapping[str, Ties], weights: Mapping[str, float]) -> Ties:
    """One network out of several layers of ties.

    Every layer is made row stochastic, the layers are added with their weights in the order of ``layers``,
    and the sum is made row stochastic again: a state without ties in one layer listens through the others
    with full weight.

    Parameters
    ----------
    layers : mapping of name to csr (N, N)
        Alliance, trade, energy, arms, aid, diplomacy, membership of a bloc …
    weights : mapping of name to float
        Weight of each layer, zero or more; weights of layers that are not there are ignored.

    Returns
    -------
    csr (N, N)
        Row stochastic over the states that have ties in a layer of positive weight; other rows are empty.

    Raises
    ------
    KeyError
        A layer has no weight.
    ValueError
        There is no layer, or a weight is negative.

    >>> pair = sparse.csr_array([[0.0, 5.0], [1.0, 0.0]])
    >>> mix({"trade": pair, "arms": pair}, {"trade": 1.0, "arms": 3.0}).toarray().tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    if not layers:
        raise ValueError("mix needs at least one layer of ties")
    if any(weights[name] < 0.0 for name in layers):
        raise ValueError("layer weights must be zero or more")
    parts = [row_stochastic(ties) * weights[name] for name, ties in layers.items()]
    return row_stochastic(functools.reduce(operator.add, parts))
