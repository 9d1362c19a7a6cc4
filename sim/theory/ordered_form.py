"""Any forecast of a vote in the form of the ordered model: supports and bands that give its probabilities.

A forecast may come from a model of another shape. Here its probabilities become a support and a band for every
state, and the numbers of a text are found under which the tally has the forecast's means and width.
"""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy.optimize import least_squares
from scipy.special import ndtr, ndtri

from sim.theory.arrays import Array, Number, logistic
from sim.theory.voting import ABSENT, ABSTAIN, NO, YES

SURE, NARROWEST = 1e-9, 0.05
NODES = {"demand": 11, "band": 5, "absence": 5}
WIDEST = 8.0
FURTHEST_OFF = 0.2


@dataclass(frozen=True)
class Drawn:
    """Numbers of a text, each normal with a mean and a deviation.

    Parameters
    ----------
    demand, demand_sd : float
    band, band_sd : float
        Width of the band of abstention.
    absence, absence_sd : float
        Log odds that the day adds to every state's habit of staying away.
    """

    demand: float = 0.0
    demand_sd: float = 0.0
    band: float = 1.0
    band_sd: float = 0.0
    absence: float = 0.0
    absence_sd: float = 0.0


def ordered_form(yes: Array, no: Array, spread: Number) -> tuple[Array, Array]:
    """Support and band under which a state's vote has given probabilities.

    Parameters
    ----------
    yes, no : Array, (states,)
        Probabilities of a state that votes, in (0, 1), together below one; nearer to an end than `SURE` is the end's
        neighbour.
    spread : float or Array, (states,)
        Deviation of everything that is not known of the vote, above zero.

    Returns
    -------
    support, band : Array, (states,)
        Support beyond what the text demands, and the band's width, zero or more, in the units of the spread.

    Source: [BaileyStrezhnevVoeten2017]_ (Bailey, Strezhnev and Voeten, 2017), ordered response model.

    >>> [float(part[0]) for part in ordered_form(np.array([0.5]), np.array([0.5]), 2.0)]
    [0.0, 0.0]
    """
    above, below = (ndtri(np.clip(part, SURE, 1.0 - SURE)) for part in (yes, no))
    return np.asarray(0.5 * spread * (above - below)), np.maximum(-np.multiply(spread, above + below), 0.0)


@dataclass(frozen=True)
class Voters:
    """States as the ordered model knows them, each (states,).

    Parameters
    ----------
    support : Array
        Without demand.
    width : Array
        How much wider than the text's each state's band is, above zero.
    luck : Array
        Deviation of a state's own luck, above zero.
    habit : Array
        Log odds of staying away on any day.
    widening : Array
        What cross-pressure and fatigue add to the band, zero or more.
    """

    support: Array
    width: Array
    luck: Array
    habit: Array
    widening: Array


def tally_moments(voters: Voters, text: Drawn) -> tuple[Array, Array]:
    """Mean and deviation of the four counts when the numbers of the text are drawn.

    Parameters
    ----------
    voters : Voters
    text : Drawn

    Returns
    -------
    means, deviations : Array, (4,)
        In the order of `voting.OUTCOMES`; the states' luck is independent.
    """
    mean, square, inside = np.zeros(4), np.zeros(4), np.zeros(4)
    axes = [list(zip(*_nodes(name), strict=True)) for name in NODES]
    for (asked, first), (wider, second), (away, third) in product(*axes):
        weight = first * second * third
        half = 0.5 * (voters.width * max(text.band + text.band_sd * wider, 0.0) + voters.widening)
        over = voters.support - text.demand - text.demand_sd * asked
        absent = logistic(voters.habit + text.absence + text.absence_sd * away)
        yes, no = ndtr((over - half) / voters.luck), ndtr((-over - half) / voters.luck)
        chances = np.stack([(1.0 - absent) * part for part in (yes, no, 1.0 - yes - no)] + [absent])
        counts = chances.sum(axis=1)
        mean += weight * counts
        square += weight * counts**2
        inside += weight * (chances * (1.0 - chances)).sum(axis=1)
    return mean, np.sqrt(np.maximum(square - mean**2, 0.0) + inside)


def _nodes(name: str) -> tuple[Array, Array]:
    nodes, weights = hermegauss(NODES[name])
    return nodes, weights / weights.sum()


def matched_text(voters: Voters, like: Drawn, means: Array, deviations: Array) -> Drawn:
    """Numbers of a text under which the tally has given means and, as near as can be, given deviations.

    Parameters
    ----------
    voters : Voters
    like : Drawn
        Where to begin; the deviation of absence is kept.
    means, deviations : Array, (4,)
        Of the counts, in the order of `voting.OUTCOMES`; where luck alone makes the tally wider than that, demand and
        band are certain.

    Returns
    -------
    Drawn

    Raises
    ------
    ValueError
        No text has these means.
    """

    def at(values: Array) -> Drawn:
        asked, band, away, asked_sd, band_sd = (float(value) for value in values)
        return Drawn(asked, asked_sd, float(np.exp(band)), band_sd, away, like.absence_sd)

    def gaps(values: Array) -> Array:
        found, spread = tally_moments(voters, at(values))
        return np.append(10.0 * (found - means)[[YES, NO, ABSENT]], (spread - deviations)[[YES, ABSTAIN]])

    start = [like.demand, np.log(like.band), like.absence, like.demand_sd, like.band_sd]
    low, high = [-np.inf] * 3 + [0.0, 0.0], [np.inf] * 3 + [WIDEST, WIDEST]
    found = least_squares(gaps, start, bounds=(low, high), xtol=1e-6).x
    off = tally_moments(voters, at(found))[0] - means
    if np.abs(off).max() > FURTHEST_OFF:
        raise ValueError(f"no text has such a tally: the counts are off by {off.round(2)}")
    return at(found)


def matched_states(yes: Array, no: Array, voters: Voters, absence_sd: float, deviations: Array) -> tuple[Voters, Drawn]:
    """States and text that give every state's probabilities and the tally's width.

    Parameters
    ----------
    yes, no : Array, (states,)
        Probabilities of a state that votes.
    voters : Voters
        Of whom luck, habit and widening count; a band that is not wider than its widening is narrowest.
    absence_sd : float
        Deviation of what the day adds to them.
    deviations : Array, (4,)
        Of the counts; those of yes and abstention are met by the demand and the band as near as can be.

    Returns
    -------
    voters : Voters
        With their supports and widths.
    text : Drawn
        With demand zero, and the mean of the states' bands.
    """

    def at(values: Array) -> tuple[Voters, Drawn]:
        demand_sd, band_sd = (float(value) for value in values)
        width, support, own = np.ones_like(yes), yes, yes
        for _ in range(20):
            spread = np.sqrt(voters.luck**2 + demand_sd**2 + (0.5 * width * band_sd) ** 2)
            support, band = ordered_form(yes, no, spread)
            own = np.maximum(band - voters.widening, NARROWEST)
            width = own / own.mean()
        text = Drawn(0.0, demand_sd, float(own.mean()), band_sd, 0.0, absence_sd)
        return replace(voters, support=support, width=width), text

    def gaps(values: Array) -> Array:
        return np.asarray((tally_moments(*at(values))[1] - deviations)[[YES, ABSTAIN]])

    return at(least_squares(gaps, [0.7, 0.3], bounds=(0.0, WIDEST), xtol=1e-4).x)
