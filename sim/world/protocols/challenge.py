"""Bueno de Mesquita's challenge model: positions move issue by issue, and the mediator's text follows them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt

from sim.scenario.faults import Fault, hint
from sim.scenario.vocabulary import Scenario
from sim.scenario.vocabulary.protocols import Voice
from sim.theory.arrays import ordered_sum
from sim.theory.challenge import Rules, course_of_challenges
from sim.theory.median import weighted_mean, weighted_median
from sim.world.protocols.registry import Luck, Table, Voices, needs_issues, protocol

Array = npt.NDArray[np.float64]


def _needs(scenario: Scenario, place: str) -> Iterator[Fault]:
    yield from needs_issues(scenario, place)
    for key, voice in scenario.protocol.challenge.voices.items():
        here = f"protocol.challenge.voices.{key}"
        if key not in scenario.actors:
            yield Fault(here, f"no such actor{hint(key, sorted(scenario.actors))}")
        elif key in scenario.belligerents:
            if voice.position or voice.salience:
                yield Fault(here, "a belligerent speaks for its ideal point; leave position and salience out")
        else:
            yield from _of_a_third_party(scenario, here, voice)


def _of_a_third_party(scenario: Scenario, here: str, voice: Voice) -> Iterator[Fault]:
    if not voice.position:
        yield Fault(here, "has a capability and nothing to say; give a position and a salience on an issue")
    for issue in sorted({*voice.position, *voice.salience}):
        if issue not in scenario.issues:
            yield Fault(f"{here}.{issue}", f"no such issue{hint(issue, sorted(scenario.issues))}")
        elif issue not in voice.salience or issue not in voice.position:
            missing = "position" if issue in voice.salience else "salience"
            yield Fault(f"{here}.{issue}", f"has no {missing} on it; give {here}.{missing}.{issue}")
        else:
            low, high = sorted(scenario.issues[issue].scale)
            bottom, top = voice.position[issue].support
            if bottom < low or top > high:
                yield Fault(f"{here}.position.{issue}", f"{low:g} to {high:g} is allowed, found {bottom:g} to {top:g}")


@protocol("challenge", _needs)
def challenge(table: Table, luck: Luck) -> Array:
    """Text at the weighted middle of where everybody's positions go when all challenge all.

    Every week the rounds are thought through anew from what the actors say, with the power that they have by
    then; where power stands still, so does the text.  Ties among challengers go to the first voice.

    Parameters
    ----------
    table : Table
    luck : Luck
        Not used.

    Returns
    -------
    (issue, run) float in [0, 1]
        The text as it was where nobody with power cares.

    Source: [ScholzCalbertSmith2011]_ (Scholz, Calbert and Smith, 2011).
    """
    options, voices = table.options("challenge"), table.voices()
    rules = Rules(options.compromise, options.denominator, options.capitulates, options.risk, options.status_quo)
    text = table.text.copy()
    for issue in np.flatnonzero(table.open_issues.any(axis=1)):
        moved = np.where(
            table.open_issues[issue], _outcome(voices, int(issue), options, rules, text[issue]), text[issue]
        )
        text[issue] = np.clip(moved, 0.0, 1.0)
    return text


def _outcome(voices: Voices, issue: int, options: SimpleNamespace, rules: Rules, text: Array) -> Array:
    """Weighted middle of the positions on one issue after the rounds."""
    speaks = np.flatnonzero(voices.speaks[:, issue])
    start, care = voices.position[speaks, issue], voices.salience[speaks, issue]
    power = voices.capability[speaks]
    end = course_of_challenges(start, power, care, rounds=options.rounds, rules=rules).positions[-1]
    weight = power * care
    some = ordered_sum(weight) > 0.0
    weight = np.where(some, weight, 1.0)
    return np.where(some, _middle(end, weight, options.text), text)


def _middle(positions: Array, weight: Array, rule: str) -> Array:
    """Weighted mean, or the median that is the same from either end of the scale."""
    if rule == "mean":
        return weighted_mean(positions, weight)
    return 0.5 * (weighted_median(positions, weight) + (1.0 - weighted_median(1.0 - positions, weight)))
