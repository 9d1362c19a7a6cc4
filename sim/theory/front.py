"""Movement of the front: its drift, the persistence of its luck, one weekly step, and its two absorbing ends.

The front is the share of the contested territory that B holds. When and where it is expected to end is in
`first_passage`; what the belligerents believe about its drift is in `beliefs`.
"""

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import Array, Number

GOES_ON, VICTORY_A, VICTORY_B = 0, 1, 2


def drift(forces: Array, mobility: Number) -> Array:
    """Expected weekly movement of the front toward B's victory.

    η·tanh(ln(F_B/F_A)), computed as η(F_B−F_A)(F_B+F_A)/(F_A²+F_B²): the same number without a logarithm, so
    that a side without forces needs no special case and exchanging the sides changes the sign and nothing
    else.

    Parameters
    ----------
    forces : Array, (2, R)
        Fighting strength of A and B, zero or more.
    mobility : float or Array, (R,)
        η, the movement of the front when one side stands alone, in front a week.

    Returns
    -------
    Array, (R,)
        Drift in [−mobility, mobility]; zero when neither side has forces.

    Source: contest form after [Lanchester1916]_ (Lanchester, 1916); the hyperbolic tangent is a design
    choice.

    >>> drift(np.array([[1.0], [2.0]]), 0.01).tolist()
    [0.006]
    """
    force_a, force_b = forces[0], forces[1]
    largest = np.maximum(force_a, force_b)
    unit = np.where(largest > 0.0, largest, 1.0)
    share_a, share_b = force_a / unit, force_b / unit
    squares = share_a * share_a + share_b * share_b
    balance = (share_b - share_a) * (share_b + share_a) / np.where(largest > 0.0, squares, 1.0)
    result: Array = mobility * balance
    return result


def balance(drift: Array, mobility: Number) -> Array:
    """Logarithm of B's strength over A's at which the front has a given drift; inverse of `drift`.

    Parameters
    ----------
    drift : Array, (R,)
        Weekly movement towards B. Beyond 0.95 of the mobility it counts as that.
    mobility : float or Array, (R,)
        Weekly movement at overwhelming superiority, above zero.

    Returns
    -------
    Array, (R,)

    >>> round(float(balance(np.array([0.005]), 0.01)[0]), 6)
    0.549306
    """
    return np.asarray(np.arctanh(np.clip(drift / np.asarray(mobility), -0.95, 0.95)))


def momentum(previous: Array, innovation: Array, persistence: Number) -> Array:
    """Next value of an autoregressive luck with mean 0 and variance 1.

    Parameters
    ----------
    previous : Array, (R,)
        Luck of the week before, a standard normal draw in the first week.
    innovation : Array, (R,)
        Fresh standard normal draw.
    persistence : float or Array, (R,)
        Autocorrelation from week to week, in [−1, 1]; 0 forgets and 1 never changes.

    Returns
    -------
    Array, (R,)
        persistence·previous + sqrt(1 − persistence²)·innovation.

    Source: [BoxJenkins1970]_ (Box and Jenkins, 1970).

    >>> momentum(np.array([1.0]), np.array([-1.0]), 0.6).round(12).tolist()
    [-0.2]
    """
    fresh = np.sqrt(np.maximum(0.0, 1.0 - np.square(persistence)))
    result: Array = persistence * previous + fresh * innovation
    return result


def long_run_volatility(volatility: Number, persistence: Number) -> Array:
    """Volatility of a week without persistence that spreads the front as far over many weeks.

    Parameters
    ----------
    volatility : float or Array, (R,)
        Standard deviation of the movement in a week.
    persistence : float or Array, (R,)
        Autocorrelation from week to week; above 0.99 it counts as that.

    Returns
    -------
    Array, broadcast shape
        volatility·sqrt((1 + persistence)/(1 − persistence)).

    >>> float(long_run_volatility(0.01, 0.6))
    0.02
    """
    return np.asarray(volatility * np.sqrt((1.0 + persistence) / (1.0 - np.minimum(persistence, 0.99))))


def advance(front: Array, drift: Number, volatility: Number, noise: Array) -> Array:
    """Front after one week of fighting.

    Parameters
    ----------
    front : Array, (R,)
        Share of the contested territory held by B, in [0, 1].
    drift : float or Array, (R,)
        Expected movement toward B's victory in the week.
    volatility : float or Array, (R,)
        Standard deviation of the movement in a week, zero or more.
    noise : Array, (R,)
        Standard normal luck, as from `momentum`.

    Returns
    -------
    Array, (R,)
        New front, clipped to [0, 1]. An end already reached is not held here: ask `ended` and stop the war.

    >>> advance(np.array([0.995]), 0.01, 0.02, np.array([0.0])).tolist()
    [1.0]
    """
    result: Array = np.clip(front + drift + volatility * noise, 0.0, 1.0)
    return result


def ended(front: Array) -> npt.NDArray[np.int8]:
    """Whether the war is over by victory, and whose it is.

    Parameters
    ----------
    front : Array, (R,)
        Share of the contested territory held by B, in [0, 1].

    Returns
    -------
    int8 array, (R,)
        0 while the war goes on, 1 where A has won (front 0), 2 where B has won (front 1).

    >>> ended(np.array([0.0, 0.4, 1.0])).tolist()
    [1, 0, 2]
    """
    winner = VICTORY_A * (front <= 0.0) + VICTORY_B * (front >= 1.0)
    return winner.astype(np.int8)
