"""The hierarchical model of all texts before a day, and of coming ones that nobody has voted on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.studies.assembly.background import general_points, kindred
from sim.studies.assembly.record import Record, RollCall
from sim.theory.arrays import Array
from sim.theory.item_response_texts import TextFit, fit_texts
from sim.theory.text_likeness import likeness
from sim.theory.voting import ABSENT


def estimate(
    record: Record,
    day: str,
    coming: Sequence[RollCall] = (),
    *,
    covariance: Array | None = None,
    torn: Array | None = None,
    errors: bool = False,
) -> TextFit:
    """Estimate on the texts before a day, the calls most like them, and coming texts without their votes.

    Parameters
    ----------
    record : Record
    day : str
        Nothing of this day or later is looked at.
    coming : sequence of RollCall
        Their votes are not looked at; they stand last, in this order.
    covariance, torn, errors
        As in `fit_texts`.

    Returns
    -------
    TextFit
        Of the texts before the day, the kindred calls, and the coming texts.
    """
    past = [other for other in record.texts if other.day < day]
    calls = [*past, *kindred(record, day), *coming]
    nobody = np.full(len(record.states), ABSENT, dtype=np.int8)
    seen = [nobody if call.votes is None else call.votes for call in calls[: len(calls) - len(coming)]]
    alike = likeness(
        np.array([call.family or call.name for call in calls]),
        np.array([call.kind for call in calls]),
        np.array([call.years for call in calls]),
    )
    votes = np.stack([*seen, *(nobody for _ in coming)], axis=1)
    return fit_texts(votes, general_points(record, day), alike, torn=torn, covariance=covariance, errors=errors)
