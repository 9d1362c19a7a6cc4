"""What the regular sessions tell before a day: positions on the main dimensions, and the calls most like own texts."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from sim.studies.assembly.record import NUMBER, Record, RollCall, contested
from sim.theory.arrays import Array
from sim.theory.principal_points import principal_points
from sim.theory.voting import ABSENT, YES

DIMENSIONS, WINDOW_YEARS, ANCHOR = 3, 8.0, "GBR"
KINDRED, KINDRED_YEARS, LEAST_CORRELATION, LEAST_SHARED = 6, 4.0, 0.6, 100
HALF_LIFE = 2.0
HABIT_YEARS, HABIT_WEIGHT = 2.0, 10.0


def before(record: Record, day: str, years: float) -> list[RollCall]:
    """Background roll calls of the years before a day."""
    year, rest = day.split("-", maxsplit=1)
    start = f"{int(year) - round(years)}-{rest}"
    return [call for call in record.background if start <= call.day < day]


def general_points(record: Record, day: str) -> Array:
    """Positions of states before a day, (states, dimensions), from contested calls of the regular sessions."""
    calls = [call.known for call in before(record, day, WINDOW_YEARS) if contested(call.known)]
    return principal_points(NUMBER[np.stack(calls, axis=1)], DIMENSIONS, record.states.index(ANCHOR))


def kindred(record: Record, day: str) -> list[RollCall]:
    """The few background calls before a day on which states voted most as on the texts before it, oldest first."""
    past = [text for text in record.texts if text.day < day and text.votes is not None]
    last = max(text.years for text in past)
    weights = np.array([0.5 ** ((last - text.years) / HALF_LIFE) for text in past])
    votes = NUMBER[np.stack([text.known for text in past], axis=1)]
    cast = ~np.isnan(votes)
    total = (cast * weights).sum(axis=1)
    mean = np.where(total > 0, np.where(cast, votes * weights, 0.0).sum(axis=1) / np.maximum(total, 1e-9), np.nan)
    calls = before(record, day, KINDRED_YEARS)
    scored = [(_correlation(mean, call), place) for place, call in enumerate(calls)]
    best = sorted((pair for pair in scored if pair[0] > LEAST_CORRELATION), reverse=True)[:KINDRED]
    return sorted((calls[place] for _, place in best), key=lambda call: call.day)


def _after(day: str) -> str:
    return str(date.fromisoformat(day) + timedelta(days=1))


def _correlation(mean: Array, call: RollCall) -> float:
    votes = NUMBER[call.known]
    both = ~np.isnan(votes) & ~np.isnan(mean)
    if np.count_nonzero(both) < LEAST_SHARED or float((votes[both] == NUMBER[YES]).mean()) > 0.8:
        return -1.0
    return float(np.corrcoef(votes[both], mean[both])[0, 1])


def habit(record: Record, day: str) -> Array:
    """Share of regular calls of the last years that each state missed, drawn to the Assembly's, (states,).

    The years are the last of the record where a text lies beyond its end.
    """
    calls = before(record, min(day, _after(record.background[-1].day)), HABIT_YEARS)
    missed = np.stack([call.known == ABSENT for call in calls], axis=1)
    shares: Array = (missed.sum(axis=1) + HABIT_WEIGHT * missed.mean()) / (len(calls) + HABIT_WEIGHT)
    return shares
