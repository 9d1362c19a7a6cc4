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
    if not (np.isscalar(curvature) and curvature == 1.0):
        distance = np.where(distance > 0.0, safe_power(distance, curvature), 0.0)
    return ordered_sum(np.moveaxis(salience * distance, -2, 0))


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


def red_line_penalty(
    terms: Array, ideal_point: Array, width: Array, steepness: Number, *, signed: Number = 1.0
) -> Array:
    """Extra loss of terms that cross a party's red lines.

    Parameters
    ----------
    terms : Array, (issues, runs)
        Terms in [0, 1].
    ideal_point : Array, (parties, issues, runs)
        Ideal points in [0, 1].
    width : Array, (parties, issues, runs)
        Distance from the ideal point at which the red line stands.
    steepness : float or Array, (parties, runs)
        Loss per unit beyond the line; infinity makes the line absolute.
    signed : float or Array, (issues, 1) or (issues, runs)
        1 for issues the text settles, 0 for issues it leaves out, which offend nobody.

    Returns
    -------
    Array, (parties, runs)
        Zero or more; infinite only beyond an absolute line. Terms on the line cost nothing.

    Source: [Goemans2000]_ (Goemans, 2000) on minimum demands.

    >>> red_line_penalty(np.array([[0.5]]), np.zeros((1, 1, 1)), np.full((1, 1, 1), 0.5), np.inf)
    array([[0.]])
    """
    beyond = np.abs(terms - ideal_point) - width
    beyond = np.where(beyond > ON_THE_LINE, beyond, 0.0) * signed
    excess = ordered_sum(np.moveaxis(beyond, -2, 0))
    crossed = excess > 0.0
    return np.where(crossed, np.where(crossed, excess, 1.0) * steepness, 0.0)


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


def slope(front: Array, ideal_point: Array, salience: Array) -> Array:
    """Change of flow utility per unit of front, for linear loss.

    Parameters
    ----------
    front : Array, (runs,)
        Share of the contested territory that B holds, in [0, 1].
    ideal_point : Array, (parties, runs)
        Ideal points on the issue of control.
    salience : Array, (parties, runs)
        Salience of the issue of control.

    Returns
    -------
    Array, (parties, runs)
        Positive where a higher front is wanted, negative where a lower one is, 0 at the ideal point.

    Source: [EnelowHinich1984]_ (Enelow and Hinich, 1984).

    >>> slope(np.array([0.4]), np.array([[0.0], [1.0]]), np.array([[0.5], [0.6]]))
    array([[-0.5],
           [ 0.6]])
    """
    return np.asarray(salience / distance_scale(ideal_point) * np.sign(ideal_point - front))
