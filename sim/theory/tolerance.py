"""What war does at home: the tolerance of civilians, the cold they sit in, the weekly cost a side feels.

Tolerance is a stock in [0, 1]; the cost is a flow per week in units of utility. How shortage arises is in
`grid`, how casualties turn into fatigue in `attrition`, and what the cost does to the value of war in
`war_value`.
"""

import numpy as np

from sim.theory.arrays import Array, Number
from sim.theory.season import WEEKS_IN_YEAR


def coldness(week: Number, peak_week: Number) -> Array:
    """Cold of the season, 1 in the coldest week and 0 half a year later.

    Parameters
    ----------
    week : float or Array
        Week of the calendar.
    peak_week : float or Array, (R,)
        Coldest week.

    Returns
    -------
    Array, broadcast shape
        (1 + cos(2π(week − peak)/52))/2 in [0, 1].

    >>> float(coldness(2.0, 2.0)), float(coldness(28.0, 2.0))
    (1.0, 0.0)
    """
    wave = np.cos(2.0 * np.pi * np.subtract(week, peak_week) / WEEKS_IN_YEAR)
    result: Array = np.clip(0.5 * (1.0 + wave), 0.0, 1.0)
    return result


def next_tolerance(
    tolerance: Array,
    *,
    deficit: Number,
    cold: Number,
    harm: Number,
    strike_shock: Number,
    rally: Number,
    resting: Number,
    cold_weight: Number,
    harm_weight: Number,
    rally_weight: Number,
    return_rate: Number,
) -> Array:
    """Civilian tolerance of the war after one more week.

    T − τ1·deficit·cold − τ2·harm + τ3·rally·shock + τ4·(T0 − T). Whether strikes break or stiffen the will of
    the people is an open question, so ``rally`` runs from 0 (they only coerce) to 1 (they rally in full).

    Parameters
    ----------
    tolerance : Array, (..., R)
        T in [0, 1].
    deficit : float or Array, (..., R)
        Unmet share of the need for power, in [0, 1].
    cold : float or Array
        Cold of the season, in [0, 1].
    harm : float or Array, (..., R)
        Civilian harm of the week, zero or more.
    strike_shock : float or Array, (..., R)
        Size of the week's strikes, zero or more.
    rally : float or Array, (..., R)
        Rally around the flag, in [0, 1].
    resting : float or Array, (..., R)
        T0 in [0, 1], to which tolerance returns in quiet.
    cold_weight, harm_weight, rally_weight : float or Array
        τ1, τ2, τ3, zero or more, a week.
    return_rate : float or Array
        τ4 in [0, 1], a week.

    Returns
    -------
    Array, (..., R)
        Tolerance, clipped to [0, 1].

    Source: the contest of coercion and rally after [Pape1996]_ (Pape, 1996); linear form by design.
    """
    loss = cold_weight * (deficit * np.asarray(cold)) + np.multiply(harm_weight, harm)
    gain = rally_weight * np.multiply(rally, strike_shock) + return_rate * (resting - tolerance)
    result: Array = np.clip(tolerance - loss + gain, 0.0, 1.0)
    return result


def weekly_cost(
    base: Number,
    fatigue: Number,
    deficit: Number,
    rally: Number,
    *,
    fatigue_weight: Number,
    deficit_weight: Number,
    sanctions: Number = 0.0,
    sanctions_weight: Number = 0.0,
    economy: Number = 0.0,
    economy_weight: Number = 0.0,
    nuclear: Number = 0.0,
    nuclear_weight: Number = 0.0,
    humanitarian: Number = 0.0,
    humanitarian_weight: Number = 0.0,
) -> Array:
    """Cost of a week of war as a side feels it.

    κ0 + κ1·fatigue + κ2·deficit·(1 − rally) + κ3·sanctions + κ4·economy + κ5·nuclear + κ6·humanitarian. The
    weight of sanctions is zero by default because relief from them already counts in the utility of the
    status quo.

    Parameters
    ----------
    base : float or Array, (2, R)
        κ0, cost of a week without any of the burdens below, in units of utility.
    fatigue : float or Array, (2, R)
        War-weariness in [0, 1].
    deficit : float or Array, (2, R)
        Unmet share of the need for power, in [0, 1].
    rally : float or Array, (2, R)
        Share of that burden which the rally takes away, in [0, 1].
    fatigue_weight, deficit_weight : float or Array
        κ1 and κ2, utility a week at full burden.
    sanctions, economy, nuclear, humanitarian : float or Array, (2, R)
        Burdens, zero or more.
    sanctions_weight, economy_weight, nuclear_weight, humanitarian_weight : float or Array
        Utility a week for a unit of the burden of that name.

    Returns
    -------
    Array, broadcast shape
        Utility lost in the week.

    >>> round(float(weekly_cost(0.001, 0.5, 0.2, 0.5, fatigue_weight=0.002, deficit_weight=0.01)), 6)
    0.003
    """
    cost = base + fatigue_weight * np.asarray(fatigue)
    cost = cost + deficit_weight * (deficit * np.subtract(1.0, rally))
    cost = cost + np.multiply(sanctions_weight, sanctions) + np.multiply(economy_weight, economy)
    cost = cost + np.multiply(nuclear_weight, nuclear) + np.multiply(humanitarian_weight, humanitarian)
    result: Array = np.asarray(cost, dtype=np.float64)
    return result
