"""Influence over ties: public positions that drift to those of partners, and where they come to rest.

Positions have one row a state and one column for every issue and run, and every product here is sparse times
dense, so that a column has the same bits in any company. The ties themselves are in `ties`; what an actor
privately wants is not decided here.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sim.theory.arrays import Array, BoolArray, Number
from sim.theory.ties import Floats, Ties, has_ties, mix, row_stochastic

__all__ = [
    "Floats",
    "Ties",
    "anchor",
    "bounded_confidence_step",
    "degroot_weights",
    "fixed_point",
    "mix",
    "row_stochastic",
    "step",
    "total_influence",
]


def step(
    ties: Ties,
    positions: Floats,
    anchors: Floats,
    susceptibility: Floats,
    *,
    out: Floats | None = None,
) -> Floats:
    """Public positions after one week of influence (Friedkin and Johnsen).

    x ← ΛWx + (1 − Λ)a. A state without ties has Λ = 0 and stands on its anchor.

    Parameters
    ----------
    ties : csr (N, N)
        W, row stochastic over the states that have ties; in the precision of ``positions`` for full speed.
    positions : float32 or float64 array, (N, C)
        x, with C = issues · runs columns.
    anchors : same type, (N, C)
        a, what each state returns to when nobody pulls.
    susceptibility : same type, (N, 1)
        Diagonal of Λ in [0, 1].
    out : same type, (N, C), optional
        Where to write; may be ``positions``.

    Returns
    -------
    Array of the type of ``positions``, (N, C)
        New positions, within the range of the positions and anchors that they mix.

    Source: [FriedkinJohnsen1990]_ (Friedkin and Johnsen, 1990).

    >>> pair = sparse.csr_array([[0.0, 1.0], [1.0, 0.0]])
    >>> step(pair, np.array([[0.0], [1.0]]), np.array([[0.0], [1.0]]), np.array([[0.0], [0.5]])).tolist()
    [[0.0], [0.5]]
    """
    precision = positions.dtype
    open_to = np.where(has_ties(ties)[:, None], susceptibility, 0.0).astype(precision, copy=False)
    pull = ties.astype(precision, copy=False) @ positions
    moved: Floats = np.multiply(pull, open_to, out=out)
    moved += (1.0 - open_to).astype(precision, copy=False) * anchors
    return moved


def anchor(observed: Array, ties: Ties, susceptibility: Array) -> Array:
    """Anchors for which the observed positions are already at rest.

    a = (x − ΛWx)/(1 − Λ), the inverse of the fixed point: a world calibrated so does not move until something
    happens.

    Parameters
    ----------
    observed : Array, (N, K)
        x, positions as they are.
    ties : csr (N, N)
        W, row stochastic over the states that have ties.
    susceptibility : Array, (N,)
        Diagonal of Λ in [0, 1).

    Returns
    -------
    Array, (N, K)
        Anchors, which may lie beyond the scale of the issue where a state resists a strong pull; clipping
        them would set the world in motion. A state without ties is its own anchor.

    Raises
    ------
    ValueError
        A state with ties has susceptibility 1: its anchor has no weight and cannot be told.

    Source: [FriedkinJohnsen1990]_ (Friedkin and Johnsen, 1990).
    """
    open_to = np.where(has_ties(ties), susceptibility, 0.0)[:, None]
    if (open_to >= 1.0).any():
        raise ValueError("susceptibility of a state with ties must be below 1")
    result: Array = (observed - open_to * (ties @ observed)) / (1.0 - open_to)
    return result


def total_influence(ties: Ties, susceptibility: Array) -> Array:
    """Weight of every anchor in every final position.

    V = (I − ΛW)⁻¹(I − Λ).

    Parameters
    ----------
    ties : csr (N, N)
        W, row stochastic over the states that have ties.
    susceptibility : Array, (N,)
        Diagonal of Λ in [0, 1].

    Returns
    -------
    Array, (N, N)
        Rows sum to one.

    Raises
    ------
    numpy.linalg.LinAlgError
        A closed group listens only to itself with susceptibility 1 and has no anchor to settle on.

    Source: [FriedkinJohnsen1990]_ (Friedkin and Johnsen, 1990).
    """
    open_to = np.where(has_ties(ties), susceptibility, 0.0)
    system = np.eye(len(open_to)) - open_to[:, None] * ties.toarray()
    weights: Array = np.linalg.solve(system, np.diag(1.0 - open_to))
    return weights


def fixed_point(ties: Ties, anchors: Array, susceptibility: Array) -> Array:
    """Positions at which influence comes to rest.

    Parameters
    ----------
    ties : csr (N, N)
        W, row stochastic over the states that have ties.
    anchors : Array, (N, C)
        a, one column for every issue and run.
    susceptibility : Array, (N,)
        Diagonal of Λ in [0, 1].

    Returns
    -------
    Array, (N, C)
        V a, with V the `total_influence`.

    Raises
    ------
    numpy.linalg.LinAlgError
        As `total_influence`.

    Source: [FriedkinJohnsen1990]_ (Friedkin and Johnsen, 1990).

    >>> chain = sparse.csr_array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
    >>> fixed_point(chain, np.array([[0.0], [0.2], [1.0]]), np.array([0.0, 0.8, 0.5])).round(9).tolist()
    [[0.0], [0.325], [0.775]]
    """
    weights: Ties = sparse.csr_array(total_influence(ties, susceptibility))
    result: Array = weights @ anchors
    return result


def degroot_weights(ties: Ties) -> Array:
    """Weight of every state's opening position in the consensus of pure imitation.

    The left eigenvector w = wW of eigenvalue one, summing to one.

    Parameters
    ----------
    ties : csr (N, N)
        W, row stochastic, every state with ties (its own included where it listens to itself).

    Returns
    -------
    Array, (N,)
        Weights, zero or more, summing to one; the consensus is their weighted mean of the opening positions.

    Raises
    ------
    ValueError
        There is no consensus: a row is empty, there are several closed groups, or opinions go round for ever.

    Source: [DeGroot1974]_ (DeGroot, 1974).

    >>> chain = sparse.csr_array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
    >>> degroot_weights(chain).round(9).tolist()
    [0.25, 0.5, 0.25]
    """
    dense = np.asarray(ties.toarray(), dtype=np.float64)
    on_circle = np.abs(np.linalg.eigvals(dense)) > 1.0 - 1e-9
    if not has_ties(ties).all() or np.count_nonzero(on_circle) != 1:
        raise ValueError("these ties lead to no consensus")
    number = len(dense)
    system = np.vstack([dense.T - np.eye(number), np.ones(number)])
    target = np.append(np.zeros(number), 1.0)
    weights: Array = np.linalg.lstsq(system, target, rcond=None)[0]
    return np.maximum(weights, 0.0)


def bounded_confidence_step(positions: Floats, ties: Ties, epsilon: Number | Floats) -> Floats:
    """Public positions after one week in which only like-minded partners count (Hegselmann and Krause).

    Each state moves to the plain mean of its own position and those of its partners within ε of it, column by
    column.

    Parameters
    ----------
    positions : Array, (N, C)
        One column for every issue and run.
    ties : csr (N, N)
        Who listens to whom; only the pattern counts, and a tie of a state to itself is ignored.
    epsilon : float or Array, (C,)
        Largest distance at which a partner is still heard (inclusive), zero or more.

    Returns
    -------
    Array, (N, C)
        New positions.

    Source: [HegselmannKrause2002]_ (Hegselmann and Krause, 2002).

    >>> everyone = sparse.csr_array(np.ones((3, 3)))
    >>> bounded_confidence_step(np.array([[0.0], [0.2], [1.0]]), everyone, 0.3).tolist()
    [[0.1], [0.1], [1.0]]
    """
    partner, known = _partners(ties)
    heard_number = np.ones_like(positions)
    shift = np.zeros_like(positions)
    for place in range(partner.shape[1]):
        difference = positions[partner[:, place]] - positions
        heard = (np.abs(difference) <= epsilon) & known[:, place, None]
        shift += difference * heard
        heard_number += heard
    moved: Floats = positions + shift / heard_number
    return moved


def _partners(ties: Ties) -> tuple[npt.NDArray[np.intp], BoolArray]:
    """First, second, … partner of every state, (N, largest number of partners), and whether there is one."""
    pattern = sparse.coo_array(ties)
    other = (pattern.row != pattern.col) & (pattern.data != 0)
    listener, heard = pattern.row[other], pattern.col[other]
    number = np.bincount(listener, minlength=pattern.shape[0])
    place = np.arange(len(listener)) - np.repeat(np.cumsum(number) - number, number)
    partner = np.zeros((len(number), number.max(initial=0)), dtype=np.intp)
    partner[listener, place] = heard
    return partner, np.arange(partner.shape[1]) < number[:, None]
