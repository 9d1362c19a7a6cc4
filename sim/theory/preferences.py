"""What a set of terms is worth to a party: spatial loss, red lines and the norm term.

Flow utilities only. What a war or an agreement is worth over time lives in ``war_value`` and ``commitment``.
"""

import numpy as np

from sim.theory.arrays import Array, Number, ordered_sum, safe_power

ON_THE_LINE = 1e-9
"""Terms this close to a red line count as lying on it, so that rounding cannot cross an absolute one."""


def distance_scale(ideal_point: Number) -> Array:
    """Largest distance from an ideal point that the unit interval allows.

    Parameters
    ----------
    ideal_point : float or Array
        Ideal points in [0, 1].

    Returns
    -------
    Array, same shape
        ``max(ideal_point, 1 - ideal_point)``, in [0.5, 1].

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984).

    >>> distance_scale(np.array([0.0, 0.4]))
    array([1. , 0.6])
    """
    return np.maximum(ideal_point, 1.0 - np.asarray(ideal_point))


def issue_sum(values: Array) -> Array:
    """Sum over the issues, in their order, of (parties, issues, runs) values.

    Parameters
    ----------
    values : Array, (parties, issues, runs)

    Returns
    -------
    Array, (parties, runs)

    >>> issue_sum(np.ones((1, 3, 1)))
    array([[3.]])
    """
    return ordered_sum(np.swapaxes(values, 0, 1))


def issue_loss(distance: Array, salience: Array, curvature: Number = 1.0) -> Array:
    """Loss on every issue at a scaled distance from the ideal point: salience times a power of the distance.

    Parameters
    ----------
    distance : Array, (parties, issues, runs)
        Distance from the ideal point over the largest one, in [0, 1].
    salience : Array, (parties, issues, runs)
        Weights, zero or more.
    curvature : float or Array, (parties, 1 or issues, runs)
        Exponent; 0 at distance 0 whatever it is.

    Returns
    -------
    Array, (parties, issues, runs)

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984).
    """
    if not (np.isscalar(curvature) and curvature == 1.0):
        distance = _bent(distance, np.asarray(curvature, dtype=np.float64))
    return np.asarray(salience * distance)


def _bent(distance: Array, curvature: Array) -> Array:
    """Distances to a power; of powers by issue only those are raised that are anywhere other than 1."""
    if curvature.ndim < 3 or curvature.shape[1] < 2:
        return np.where(distance > 0.0, safe_power(distance, curvature), 0.0)
    (rows,) = np.nonzero(np.any(curvature != 1.0, axis=(0, 2)))
    part, power = np.take(distance, rows, axis=1), np.take(curvature, rows, axis=1)
    raised = distance.copy()
    raised[:, rows] = np.where(part > 0.0, safe_power(part, power), 0.0)
    return raised


def issue_penalty(distance: Array, width: Array, steepness: Number) -> Array:
    """Extra loss on every issue beyond a red line, per unit of distance.

    Parameters
    ----------
    distance, width : Array, (parties, issues, runs)
        Distance from the ideal point, and where the red line stands.
    steepness : float or Array, (parties, 1 or issues, runs)
        Loss per unit beyond it, finite: an absolute line has that of ``segments.STEEPEST``.

    Returns
    -------
    Array, (parties, issues, runs)
        Zero on the line and before it.

    Source: [Goemans2000]_ (Goemans, 2000) on minimum demands.

    >>> issue_penalty(np.array([[[0.5], [0.75]]]), np.full((1, 2, 1), 0.5), 4.0).ravel()
    array([0., 1.])
    """
    beyond = distance - width
    return np.asarray(np.where(beyond > ON_THE_LINE, beyond, 0.0) * steepness)


def loss(terms: Array, ideal_point: Array, salience: Array, curvature: Number = 1.0) -> Array:
    """Salience-weighted loss of terms against each party's ideal points.

    Parameters
    ----------
    terms : Array, (issues, runs)
        Terms in [0, 1].
    ideal_point : Array, (parties, issues, runs)
        Ideal points in [0, 1].
    salience : Array, (parties, issues, runs)
        Weights, non-negative, adding to 1 over the issues.
    curvature : float or Array, (parties, 1 or issues, runs)
        Exponent of the scaled distance: 1 linear, 2 quadratic, towards 0 all-or-nothing.

    Returns
    -------
    Array, (parties, runs)
        Loss in [0, 1]; 0 where every term equals the ideal point, whatever the curvature.

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984).

    >>> loss(np.array([[0.5]]), np.array([[[0.0]], [[1.0]]]), np.ones((2, 1, 1)))
    array([[0.5],
           [0.5]])
    """
    distance = np.abs(terms - ideal_point) / distance_scale(ideal_point)
    return issue_sum(issue_loss(distance, salience, curvature))


def utility(
    terms: Array,
    ideal_point: Array,
    salience: Array,
    *,
    curvature: Number = 1.0,
    norm_weight: Number = 0.0,
    norm: Number = 1.0,
) -> Array:
    """Flow utility of terms, before red lines.

    Parameters
    ----------
    terms : Array, (issues, runs)
        Terms in [0, 1].
    ideal_point, salience : Array, (parties, issues, runs)
        As in :func:`loss`.
    curvature : float or Array, (parties, 1 or issues, runs)
        As in :func:`loss`.
    norm_weight : float or Array, (parties, runs)
        How much a party minds terms at odds with the norm, zero or more.
    norm : float or Array, (runs,)
        Consistency of the terms with the norm in [0, 1], from :func:`norm_consistency`.

    Returns
    -------
    Array, (parties, runs)
        At most 1, which is reached at the ideal point of a norm-consistent settlement.

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984).

    >>> float(utility(np.array([[0.2]]), np.zeros((1, 1, 1)), np.ones((1, 1, 1)))[0, 0])
    0.8
    """
    violation = norm_weight * (1.0 - np.asarray(norm))
    return np.asarray(1.0 - loss(terms, ideal_point, salience, curvature) - violation)


def norm_consistency(terms: Array, charter: Array, weight: Array) -> Array:
    """How far terms agree with what a norm such as the Charter prescribes.

    Parameters
    ----------
    terms : Array, (issues, runs)
        Terms in [0, 1].
    charter : Array, (issues, 1)
        The terms that would fully honour the norm, in [0, 1].
    weight : Array, (issues, 1)
        Weight of an issue in the norm, zero or more, adding to 1 at most.

    Returns
    -------
    Array, (runs,)
        1 when every weighted issue is as prescribed, down to 1 minus the sum of the weights.

    Source: [Zacher2001]_ (Zacher, 2001) for the territorial-integrity norm.

    >>> norm_consistency(np.array([[0.25]]), np.array([[0.0]]), np.array([[1.0]]))
    array([0.75])
    """
    return np.asarray(1.0 - ordered_sum(weight * np.abs(terms - charter)))


def slope(front: Array, ideal_point: Array, salience: Array, curvature: Number = 1.0) -> Array:
    """Change of flow utility per unit of front.

    Parameters
    ----------
    front : Array, (runs,)
        Share of the contested territory that B holds, in [0, 1].
    ideal_point : Array, (parties, runs)
        Ideal points on the issue of control.
    salience : Array, (parties, runs)
        Salience of the issue of control.
    curvature : float or Array, (parties, runs)
        Exponent of the loss: 1 linear.

    Returns
    -------
    Array, (parties, runs)
        Positive where a higher front is wanted, negative where a lower one is, 0 at the ideal point.

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984).

    >>> slope(np.array([0.4]), np.array([[0.0], [1.0]]), np.array([[0.5], [0.6]]))
    array([[-0.5],
           [ 0.6]])
    """
    scale = distance_scale(ideal_point)
    steep = np.asarray(salience / scale * np.sign(ideal_point - front))
    if np.isscalar(curvature) and curvature == 1.0:
        return steep
    distance = np.maximum(np.abs(front - ideal_point) / scale, ON_THE_LINE)
    return np.asarray(steep * curvature * np.exp((np.asarray(curvature) - 1.0) * np.log(distance)))
