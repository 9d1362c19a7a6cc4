"""A mediator's single negotiating text, changed issue by issue (Fisher and Ury 1981; Raiffa 1982)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.world.protocols.registry import Luck, Table, protocol

Array = npt.NDArray[np.float64]

TILT = 0.25
"""Weight of the difference of gains in the aim of a wholly partial mediator."""


@protocol("single_text")
def single_text(table: Table, luck: Luck) -> Array:
    """Text after a week in which the mediator tried changes to one issue at a time.

    A change is kept if it serves the mediator's aim: the larger smaller gain, tilted by its bias.  Ties keep
    the old text.  The text may lie below a reservation value; nobody has to sign it.

    Parameters
    ----------
    table : Table
    luck : Luck
        The uniform draw of a round picks the issue, the normal one the change.

    Returns
    -------
    (issue, run) float in [0, 1]

    Source: [FisherUry1981]_ (Fisher and Ury, 1981); [KleinEtAl2003]_ (Klein and others, 2003).
    """
    text, aim = table.text, _aim(table, table.text)
    for uniform, normal in zip(luck.uniform, luck.normal, strict=True):
        issue = _pick(table.open_issues, uniform)
        changed = np.where(issue, np.clip(text + table.step * normal, 0.0, 1.0), text)
        new_aim = _aim(table, changed)
        better = new_aim > aim
        text = np.where(better, changed, text)
        aim = np.where(better, new_aim, aim)
    return text


def _aim(table: Table, text: Array) -> Array:
    gain_a, gain_b = table.gains(text)
    return np.minimum(gain_a, gain_b) + TILT * table.bias * (gain_a - gain_b)


def _pick(open_issues: npt.NDArray[np.bool_], uniform: Array) -> npt.NDArray[np.bool_]:
    """One open issue a run, each as likely as the other; none where none is open."""
    rank = np.cumsum(open_issues, axis=0)
    wanted = np.minimum(np.floor(uniform * rank[-1]) + 1.0, np.maximum(rank[-1], 1))
    return np.asarray(open_issues & (rank == wanted))
