"""Whether a record holds what a rolling prediction needs: texts to predict, and votes before each to learn from."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.faults import Fault
from sim.studies.assembly.background import ANCHOR, HABIT_YEARS, WINDOW_YEARS, before
from sim.studies.assembly.record import Record, RollCall, contested

LEAST_CALLS = 3
"""Contested calls below which no positions on the main dimensions can be found."""


def shortages(record: Record) -> list[Fault]:
    """What is missing before anything can be predicted; nothing where all is there.

    Parameters
    ----------
    record : Record

    Returns
    -------
    list of Fault
        A state that fixes the sign of the main dimension, texts to predict, calls before the first and each other one.
    """
    found = [Fault("states", f"{ANCHOR} is needed, which fixes the sign of the main dimension")]
    found = [] if ANCHOR in record.states else found
    whole = [text for text in record.texts if text.own and text.votes is not None]
    targets = record.targets if whole else ()
    if not targets:
        sentence = f"two with a complete roll call, more than a year apart, are needed, found {len(whole)} with one"
        return [*found, Fault("texts", sentence)]
    return [*found, *(fault for text in targets for fault in _calls_before(record, text))]


def _calls_before(record: Record, text: RollCall) -> Iterator[Fault]:
    contested_ones = [call for call in before(record, text.day, WINDOW_YEARS) if contested(call.known)]
    if len(contested_ones) < LEAST_CALLS:
        need = f"at least {LEAST_CALLS} contested calls of the {WINDOW_YEARS:.0f} years before it are needed"
        yield Fault(f"text {text.name} ({text.day})", f"{need}, found {len(contested_ones)}")
    elif not before(record, text.day, HABIT_YEARS) and text.day <= record.background[-1].day:
        need = f"a call of the {HABIT_YEARS:.0f} years before it is needed"
        yield Fault(f"text {text.name} ({text.day})", f"{need}, found none")
