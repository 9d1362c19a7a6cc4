"""The table of estimates: rows of all subjects in one order, rounded to three significant digits."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd
from agreements import agreement_rows
from confidence import confidence_rows
from front import front_rows
from losses import loss_rows
from positions import Positions
from rows import Row, significant, with_range
from stickiness import stickiness_rows
from strikes import strike_rows

from sim.theory.item_response import choice_log_probabilities

ROUNDED = ("estimate", "standard_error", "low", "high")
FRONT_DIGITS = {"front_share": 4, "front_share_inside": 4, "occupied_area": 6}
VOTES = "UN Digital Library roll calls"


def classified(positions: Positions) -> dict[str, float]:
    """Share of votes on the war that the likeliest choice gets right, and that of the commonest votes."""
    votes = positions.record.votes
    choices = np.stack(choice_log_probabilities(positions.items.index(positions.general), positions.items.half))
    likeliest = np.array([1.0, 0.0, -1.0])[choices.argmax(axis=0)]
    cast = ~np.isnan(votes)
    commonest = sum(max((column == code).sum() for code in (1.0, 0.0, -1.0)) for column in votes.T)
    return {
        "fit": float((likeliest == votes)[cast].mean()),
        "modal": commonest / float(cast.sum()),
        "n": float(cast.sum()),
    }


def vote_rows(positions: Positions) -> list[Row]:
    """How well the two dimensions tell the votes."""
    found, nothing = classified(positions), (float("nan"), float("nan"))
    window = f"{positions.record.texts.date.min()} to {positions.record.texts.date.max()}"
    return [
        with_range(
            "vote_classification",
            (found["fit"], *nothing),
            "share",
            int(found["n"]),
            window,
            VOTES,
            "Votes on the texts on the war that the likeliest choice under the fitted parameters gets right.",
        ),
        with_range(
            "vote_classification_modal",
            (found["modal"], *nothing),
            "share",
            int(found["n"]),
            window,
            VOTES,
            "The same if every state casts the text's commonest vote.",
        ),
    ]


def estimates_table(data: Path, positions: Positions) -> pd.DataFrame:
    """Every estimate, one row each."""
    rows = [
        *front_rows(data),
        *strike_rows(data),
        *confidence_rows(data),
        *agreement_rows(data),
        *loss_rows(data),
        *vote_rows(positions),
        *stickiness_rows(positions),
    ]
    table = pd.DataFrame([asdict(row) for row in rows])
    digits = [FRONT_DIGITS.get(name, 3) for name in table.parameter]
    for column in ROUNDED:
        table[column] = [significant(float(value), count) for value, count in zip(table[column], digits, strict=True)]
    return table
