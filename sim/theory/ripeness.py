"""When a conflict is ripe for talks, and the weekly hazard that they open.

Whether talks lead anywhere is the business of ``choice`` and the protocols.
"""

from typing import Literal

import numpy as np

from sim.theory.arrays import Array, Number, logistic, ordered_sum, safe_power

Exponents = tuple[Number, Number, Number, Number]
"""Exponents of pain, stalemate, way out and cohesion, in this order."""


def pain(cost: Number, threshold: Number, width: Number) -> Array:
    """How much the present cost of war hurts.

    Parameters
    ----------
    cost : float or Array, (sides, runs)
        Weekly cost of war.
    threshold : float or Array, (sides, runs)
        Cost that hurts half-way.
    width : float or Array, (sides, runs)
        Scale of the transition, above zero.

    Returns
    -------
    Array, (sides, runs)
        Pain in [0, 1].

    Source: [Zartman2000]_ (Zartman, 2000).

    >>> float(pain(0.002, 0.002, 0.001))
    0.5
    """
    return logistic((np.asarray(cost) - threshold) / np.asarray(width))


def stalemate(expected_progress: Number, victory_in_sight: Number) -> Array:
    """How far a side sees itself stuck.

    Parameters
    ----------
    expected_progress : float or Array, (sides, runs)
        Move of the front expected over the political horizon, either sign.
    victory_in_sight : float or Array, (sides, runs)
        Move that would count as victory in sight, above zero.

    Returns
    -------
    Array, (sides, runs)
        Stalemate in [0, 1]; 1 when nothing is expected to move.

    Source: [Zartman2000]_ (Zartman, 2000).

    >>> float(stalemate(0.0, 0.05)), round(float(stalemate(0.05, 0.05)), 6)
    (1.0, 0.606531)
    """
    scaled = np.asarray(expected_progress) / victory_in_sight
    return np.asarray(np.exp(-0.5 * scaled * scaled))


def ripeness(
    pain: Number,
    stalemate: Number,
    way_out: Number,
    cohesion: Number,
    exponents: Exponents = (1.0, 1.0, 1.0, 1.0),
) -> Array:
    """Ripeness of one side: a product, so that every component is needed.

    Parameters
    ----------
    pain, stalemate, way_out, cohesion : float or Array, (sides, runs)
        Components in [0, 1].
    exponents : tuple of four float or Array
        Weight of each component; 0 takes a component out.

    Returns
    -------
    Array, (sides, runs)
        Ripeness in [0, 1].

    Source: [Zartman2000]_ (Zartman, 2000).

    >>> float(ripeness(0.5, 1.0, 0.5, 1.0))
    0.25
    """
    product = np.ones(())
    for component, exponent in zip((pain, stalemate, way_out, cohesion), exponents, strict=True):
        plain = np.isscalar(exponent) and exponent == 1.0
        product = product * (component if plain else safe_power(component, exponent))
    return product


def dyad(ripeness: Array, rule: Literal["both_needed", "compensatory"] = "both_needed") -> Array:
    """Ripeness of a pair of belligerents.

    Parameters
    ----------
    ripeness : Array, (sides, runs)
        Ripeness of each side in [0, 1].
    rule : {"both_needed", "compensatory"}
        The less ripe side decides, or the readiness of one makes up for the other's.

    Returns
    -------
    Array, (runs,)
        Ripeness in [0, 1].

    Raises
    ------
    ValueError
        The rule has another name.

    Source: [Zartman2000]_ (Zartman, 2000) for both needed; [Pruitt1997]_ (Pruitt, 1997) for the mean.

    >>> sides = np.array([[0.2], [0.6]])
    >>> float(dyad(sides)[0]), float(dyad(sides, "compensatory")[0])
    (0.2, 0.4)
    """
    if rule == "both_needed":
        return np.asarray(np.minimum.reduce(ripeness, axis=0))
    if rule == "compensatory":
        return ordered_sum(ripeness) / len(ripeness)
    raise ValueError(f"rule is {rule!r}; allowed are 'both_needed' and 'compensatory'")


def talk_hazard(
    base: Number,
    ripe: Number,
    *,
    ripe_weight: Number = 0.0,
    good_offices: Number = 0.0,
    good_offices_gain: Number = 0.0,
    pressure: Number = 0.0,
    pressure_weight: Number = 0.0,
    enticing: Number = 0.0,
    enticing_weight: Number = 0.0,
    instrumental: Number = 0.0,
    instrumental_weight: Number = 0.0,
) -> Array:
    """Weekly hazard that talks open.

    Parameters
    ----------
    base : float or Array, (runs,)
        Hazard a week that needs no reason.
    ripe : float or Array, (runs,)
        Ripeness of the pair in [0, 1].
    ripe_weight : float or Array
        Hazard a week of full ripeness.
    good_offices, good_offices_gain : float or Array
        Presence of someone who carries messages, and how much more ripeness then counts.
    pressure, pressure_weight : float or Array
        Pressure by third parties, and its hazard.
    enticing, enticing_weight : float or Array
        Surplus made by side-payments, and its hazard.
    instrumental, instrumental_weight : float or Array
        Gain from talks without intent to settle, and its hazard.

    Returns
    -------
    Array, (runs,)
        Hazard a week, zero or more when its terms are.

    Source: [Zartman2000]_ (Zartman, 2000); [Min2020]_ (Min, 2020) for the instrumental term.

    >>> round(float(talk_hazard(0.004, 0.5, ripe_weight=0.1, good_offices=1.0, good_offices_gain=1.0)), 6)
    0.104
    """
    reach = 1.0 + np.asarray(good_offices_gain) * good_offices
    sought = base + np.asarray(ripe_weight) * ripe * reach
    pressed = np.asarray(pressure_weight) * pressure
    enticed = np.asarray(enticing_weight) * enticing
    return np.asarray(sought + pressed + enticed + np.asarray(instrumental_weight) * instrumental)
