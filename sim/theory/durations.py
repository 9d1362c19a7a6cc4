"""How long things last: Weibull durations, their hazard, and what is left of them.

Estimates from observed durations, censored or not, belong to the analysis of results; the time to a far end of
the front is in ``first_passage``.
"""

import numpy as np
from scipy.special import gamma

from sim.theory.arrays import Array, Number, safe_power


def weibull_survival(time: Number, shape: Number, scale: Number) -> Array:
    """Probability that a Weibull duration is longer than a time.

    Parameters
    ----------
    time : float or Array
        Zero or more.
    shape : float or Array
        k, above zero; below 1 the hazard falls, at 1 it is constant.
    scale : float or Array
        Time after which a share 1/e is left, above zero, in the unit of ``time``.

    Returns
    -------
    Array
        exp(−(t/scale)^k), in [0, 1].

    Source: [KalbfleischPrentice2002]_ (Kalbfleisch and Prentice, 2002).

    >>> round(float(weibull_survival(26.0, 0.7, 10.0)), 6)
    0.141989
    """
    return np.asarray(np.exp(-safe_power(np.asarray(time) / scale, shape)))


def weibull_mean(shape: Number, scale: Number) -> Array:
    """Mean of a Weibull duration, scale·Γ(1 + 1/k).

    Parameters
    ----------
    shape, scale : float or Array
        As in :func:`weibull_survival`.

    Returns
    -------
    Array
        In the unit of ``scale``.

    Source: [KalbfleischPrentice2002]_ (Kalbfleisch and Prentice, 2002).

    >>> round(float(weibull_mean(0.7, 10.0)), 4)
    12.6582
    """
    return np.asarray(np.asarray(scale) * gamma(1.0 + 1.0 / np.asarray(shape, dtype=np.float64)))


def weibull_hazard(time: Number, shape: Number, scale: Number) -> Array:
    """Hazard of a Weibull duration at a time, (k/scale)(t/scale)^(k−1).

    Parameters
    ----------
    time : float or Array
        Above zero.
    shape, scale : float or Array
        As in :func:`weibull_survival`.

    Returns
    -------
    Array
        Rate per unit of time, zero or more.

    Source: [KalbfleischPrentice2002]_ (Kalbfleisch and Prentice, 2002).

    >>> round(float(weibull_hazard(7.0, 1.0, 10.0)), 12)
    0.1
    """
    shape, part = np.asarray(shape, dtype=np.float64), np.asarray(time) / scale
    return np.asarray(shape / scale * safe_power(part, shape) / part)


def step_probability(age: Number, shape: Number, scale: Number, step: float = 1.0) -> Array:
    """Probability that a Weibull duration which has reached an age ends within the next step.

    Parameters
    ----------
    age : float or Array
        Zero or more.
    shape, scale : float or Array
        As in :func:`weibull_survival`.
    step : float
        In the unit of ``scale``.

    Returns
    -------
    Array
        1 − S(age + step)/S(age), in [0, 1]; it does not depend on how the step is cut up.

    Source: [KalbfleischPrentice2002]_ (Kalbfleisch and Prentice, 2002).

    >>> round(float(step_probability(50.0, 1.0, 10.0)), 6)
    0.095163
    """
    before = safe_power(np.asarray(age) / scale, shape)
    return np.asarray(-np.expm1(before - safe_power((np.asarray(age) + step) / scale, shape)))
