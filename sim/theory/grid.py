"""The power grid under attack: damage of a wave, repair, winter demand, and what is missing.

The grid is usable capacity as a share of the peak need of winter. How many waves come is drawn from `season`;
what shortage does to the people is in `tolerance`.
"""

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number, safe_power
from sim.theory.season import WEEKS_IN_YEAR


def wave_damage(
    drones: Number,
    missiles: Number,
    *,
    interception_drones: Number,
    interception_missiles: Number,
    damage_drone: Number,
    damage_missile: Number,
    mark: Number = 1.0,
) -> Array:
    """Share of the remaining grid that one wave of drones and missiles destroys.

    1 − exp(−mark·(leaking drones·damage + leaking missiles·damage)), so that damage adds up in the exponent
    and never exceeds what is there.

    Parameters
    ----------
    drones, missiles : float or Array, (wave, R)
        Munitions launched, zero or more.
    interception_drones, interception_missiles : float or Array, (R,)
        Share shot down, in [0, 1].
    damage_drone, damage_missile : float or Array, (R,)
        Log loss of capacity by one munition that gets through, zero or more.
    mark : float or Array, (wave, R)
        Luck of the wave, zero or more with mean 1.

    Returns
    -------
    Array, broadcast shape
        Share in [0, 1].

    Source: exponential (random) damage law, [WashburnKress2009]_ (Washburn and Kress, 2009).

    >>> arms = dict(interception_drones=0.8, interception_missiles=0.5, damage_drone=0.0, damage_missile=0.01)
    >>> round(float(wave_damage(400.0, 20.0, **arms)), 6)
    0.095163
    """
    leaking_drones = drones * np.subtract(1.0, interception_drones)
    leaking_missiles = missiles * np.subtract(1.0, interception_missiles)
    blow = mark * (leaking_drones * damage_drone + leaking_missiles * damage_missile)
    result: Array = -np.expm1(-blow)
    return result


def leak_growth(aid_ratio: Number, elasticity: Number, quality: Number = 1.0) -> Array:
    """Factor by which what leaks through air defence grows when supplies differ from their reference.

    (aid ratio)^(−elasticity) / quality.

    Parameters
    ----------
    aid_ratio, quality : float or Array, (R,)
        Supplies, and the defence's quality, over their reference; below a hundredth they count as that.
    elasticity : float or Array, (R,)
        Per cent by which the leaking share falls when supplies rise by one per cent; 0 switches it off.

    >>> float(leak_growth(0.25, 0.5)), float(leak_growth(0.25, 0.0, 2.0))
    (2.0, 0.5)
    """
    growth: Array = safe_power(np.maximum(aid_ratio, 0.01) ** -1.0, elasticity) / np.maximum(quality, 0.01)
    return growth


def interception(base: Number, growth: Number, ceiling: Number = 0.99) -> Array:
    """Share of munitions shot down when what leaks grows by a factor: never less than none, never all.

    Parameters
    ----------
    base, ceiling : float or Array, (R,)
        Share at reference supplies, and the highest that any supply can reach, in [0, 1].
    growth : float or Array, (R,)
        Of the leaking share, as from `leak_growth`, zero or more.

    Returns
    -------
    Array, (R,)
        In [0, ceiling].

    >>> [float(interception(0.75, growth)) for growth in (1.0, 2.0, 8.0, 0.0)]
    [0.75, 0.5, 0.0, 0.99]
    """
    result: Array = np.clip(1.0 - np.subtract(1.0, base) * growth, 0.0, ceiling)
    return result


def strike(grid: Array, damages: Array, live: BoolArray) -> Array:
    """Grid after the waves of a week.

    Parameters
    ----------
    grid : Array, (R,)
        Usable capacity before the waves, in [0, 1].
    damages : Array, (wave, R)
        Share that each wave destroys of what the waves before it left, in [0, 1].
    live : bool array, (wave, R)
        Which of the prepared waves take place in this run.

    Returns
    -------
    Array, (R,)
        Usable capacity in [0, 1]; the grid itself when no wave is live.

    >>> strike(np.array([0.8]), np.array([[0.5], [0.9]]), np.array([[True], [False]])).tolist()
    [0.4]
    """
    for damage, happens in zip(damages, live, strict=True):
        grid = grid * (1.0 - damage * happens)
    return grid


def repair(grid: Array, rate: Number, budget: Number) -> Array:
    """Grid after a week of repair, which closes a share of the gap to full capacity.

    Parameters
    ----------
    grid : Array, (R,)
        Usable capacity, in [0, 1].
    rate : float or Array, (R,)
        Share of the gap closed in a week at full budget, zero or more.
    budget : float or Array, (R,)
        Money and crews over their reference, zero or more.

    Returns
    -------
    Array, (R,)
        Usable capacity, no lower than before; ``rate·budget`` counts up to 1.

    >>> repair(np.array([0.5]), 0.1, 1.0).tolist()
    [0.55]
    """
    share = np.clip(np.multiply(rate, budget), 0.0, 1.0)
    result: Array = grid + share * (1.0 - grid)
    return result


def demand(week: Number, base: Number, winter_share: Number, peak_week: Number) -> Array:
    """Need for power in a week, as a share of the peak need of winter.

    base + winter share·cos(2π(week − peak)/52).

    Parameters
    ----------
    week : float or Array
        Week of the calendar.
    base : float or Array, (R,)
        Mean need over the year.
    winter_share : float or Array, (R,)
        What the peak adds to the mean; ``base + winter_share`` is 1 in a calibrated file.
    peak_week : float or Array, (R,)
        Week of the highest need.

    Returns
    -------
    Array, broadcast shape
        Need, zero or more.

    >>> float(demand(2.0, 0.75, 0.25, 2.0)), float(demand(28.0, 0.75, 0.25, 2.0))
    (1.0, 0.5)
    """
    wave = np.cos(2.0 * np.pi * np.subtract(week, peak_week) / WEEKS_IN_YEAR)
    result: Array = np.maximum(base + winter_share * wave, 0.0)
    return result


def deficit(grid: Array, demand: Number) -> Array:
    """Share of the need for power that the grid cannot meet.

    Parameters
    ----------
    grid : Array, (R,)
        Usable capacity, zero or more.
    demand : float or Array, (R,)
        Need on the same scale, zero or more.

    Returns
    -------
    Array, (R,)
        max(0, 1 − grid/demand) in [0, 1]; 0 where nothing is needed.

    >>> deficit(np.array([0.6, 0.9]), np.array([0.8, 0.8])).round(12).tolist()
    [0.25, 0.0]
    """
    needed = np.asarray(demand, dtype=np.float64)
    met = np.divide(grid, np.where(needed > 0.0, needed, 1.0))
    result: Array = np.where(needed > 0.0, np.clip(1.0 - met, 0.0, 1.0), 0.0)
    return result
