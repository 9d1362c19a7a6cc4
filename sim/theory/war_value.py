"""What continuing the war is worth: discounted ends, annuities, and the value of war built on them.

The war pays a flow linear in a drifting front, less a weekly cost. Undiscounted passage times are in
``first_passage``; how the value of war bounds an agreement is in ``bargaining_range``.
"""

import numpy as np

from sim.theory.arrays import Array, Number
from sim.theory.first_passage import expected_duration, floored_variance

NO_DISCOUNT = 1e-9
"""Weekly rates below this are treated as no discounting at all."""


def annuity(discount: Number, horizon: Number) -> Array:
    """Present value of one unit a week over a political horizon.

    Parameters
    ----------
    discount : float or Array
        Weekly rate, zero or more.
    horizon : float or Array
        Weeks that count, zero or more; may be infinite when the rate is positive.

    Returns
    -------
    Array, broadcast shape
        Weeks; the horizon itself without discounting.

    Source: [Powell2006]_ (Powell, 2006) for discounted war payoffs.

    >>> float(annuity(0.0, 52.0)), round(float(annuity(0.002, 52.0)), 4)
    (52.0, 49.3874)
    """
    discount = np.asarray(discount, dtype=np.float64)
    impatient = discount > NO_DISCOUNT
    rate = np.where(impatient, discount, 1.0)
    return np.where(impatient, -np.expm1(-rate * horizon) / rate, horizon)


def decay_rates(drift: Array, spread: Array, discount: Array) -> tuple[Array, Array, Array]:
    """Rates at which the chance of a discounted passage falls with the distance upwards and downwards.

    Parameters
    ----------
    drift : Array
        Mean move a week towards 1, any sign.
    spread : Array
        Weekly variance, above zero, from ``floored_variance``.
    discount : Array
        Weekly rate, above zero.

    Returns
    -------
    tuple of Array
        Upwards, downwards, and half their sum; per unit of front, above zero.

    Source: [KarlinTaylor1981]_ (Karlin and Taylor, 1981).

    >>> [float(rate) for rate in decay_rates(np.array(1.0), np.array(2.0), np.array(2.0))]
    [1.0, 2.0, 1.5]
    """
    speed = np.abs(drift)
    root = np.sqrt(drift * drift + 2.0 * discount * spread)
    fast = (speed + root) / spread
    slow = 2.0 * discount / np.maximum(speed + root, 1e-150)
    rising = drift > 0.0
    return np.where(rising, slow, fast), np.where(rising, fast, slow), np.maximum(root / spread, 1e-150)


def discounted_ends(front: Number, drift: Number, volatility: Number, discount: Number) -> tuple[Array, Array]:
    """Expected discount factors of the front's arrival at 0 and at 1.

    The hyperbolic textbook form overflows for quiet fronts; here every exponent is non-positive, and the one
    that cancels for a drift much above the volatility is rationalised.

    Parameters
    ----------
    front : float or Array
        Where the front stands, in [0, 1].
    drift : float or Array
        Mean move a week towards 1, any sign.
    volatility : float or Array
        Standard deviation of a week's move, zero or more.
    discount : float or Array
        Weekly rate, zero or more.

    Returns
    -------
    tuple of Array, broadcast shape
        Factor of the arrival at 0 first, and of the arrival at 1 first; both in [0, 1], their sum too.

    Source: [KarlinTaylor1981]_ (Karlin and Taylor, 1981).

    >>> [round(float(value), 5) for value in discounted_ends(0.3, 0.002, 0.03, 0.001)]
    [0.22569, 0.58453]
    """
    front = np.asarray(front, dtype=np.float64)
    up, down, bend = decay_rates(np.asarray(drift), floored_variance(volatility), np.asarray(discount))
    whole = np.expm1(-2.0 * bend)
    lower = np.exp(-front * down) * (np.expm1(-2.0 * (1.0 - front) * bend) / whole)
    upper = np.exp(-(1.0 - front) * up) * (np.expm1(-2.0 * front * bend) / whole)
    return lower, upper


def absorbing_annuity(front: Number, drift: Number, volatility: Number, discount: Number) -> Array:
    """Present value of one unit a week until the front reaches an end.

    Parameters
    ----------
    front, drift, volatility, discount : float or Array
        As in :func:`discounted_ends`.

    Returns
    -------
    Array, broadcast shape
        Weeks, from 0 at an end; the expected duration without discounting.

    Source: [KarlinTaylor1981]_ (Karlin and Taylor, 1981).

    >>> round(float(absorbing_annuity(0.4, 0.001, 0.02, 0.002)), 4)
    271.9514
    """
    discount = np.asarray(discount, dtype=np.float64)
    impatient = discount > NO_DISCOUNT
    rate = np.where(impatient, discount, 1.0)
    lower, upper = discounted_ends(front, drift, volatility, rate)
    discounted = np.maximum(1.0 - lower - upper, 0.0) / rate
    return np.where(impatient, discounted, expected_duration(front, drift, volatility))


def war_value(flow: Number, slope: Number, drift: Number, weekly_cost: Number, annuity: Number) -> Array:
    """Value of fighting on, as a flow: today's situation plus expected change less cost over the annuity.

    Victory and defeat need no term of their own while utility is linear in the front.

    Parameters
    ----------
    flow : float or Array, (parties, runs)
        Flow utility of the present situation.
    slope : float or Array, (parties, runs)
        Change of that utility per unit of front, signed.
    drift : float or Array, (parties, runs)
        The move a week towards B that each party expects.
    weekly_cost : float or Array, (parties, runs)
        Cost of a week of war in utility.
    annuity : float or Array, (parties, runs)
        Weeks, from :func:`annuity` or :func:`absorbing_annuity`.

    Returns
    -------
    Array, (parties, runs)
        Reservation value of each party at the table.

    Source: [Fearon1995]_ (Fearon, 1995), [Slantchev2003]_ (Slantchev, 2003).

    >>> round(float(war_value(0.4, 1.0, 0.001, 0.0015, 271.9514)), 6)
    0.264024
    """
    change = np.asarray(slope) * drift - weekly_cost
    return np.asarray(flow + change * annuity)
