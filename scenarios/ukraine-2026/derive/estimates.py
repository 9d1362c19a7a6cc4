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
from rows import Row, significant, with_error, with_range
from strikes import strike_rows
from votes import Votes

ROUNDED = ("estimate", "standard_error", "low", "high")
FRONT_DIGITS = {"front_share": 4, "front_share_inside": 4, "occupied_area": 6}
VOTES = "UN Digital Library roll calls"
FAMILY = "last vote, same family"
RIGHT = "Voting states right, mean over texts, each text predicted from those before its day."
LAST_VOTE = "The same if every state casts its last vote on a text of the family."
COVERED = "Counts of the four outcomes inside their 90 per cent intervals, each text predicted from those before it."
KEPT = (
    "Share of a vote's luck, beyond what is common to all texts, that a state keeps to the next yearly text (low: two "
    "years on), from the posterior of the hierarchical model."
)
TORN = "Widening of the band of abstention of a state wholly dependent on both camps, from the hierarchical model."

AWAY = (
    "What a state wholly dependent on both camps adds to its habit of absence on other calls, on texts on this war: a "
    "logit with one constant a text, the error by states."
)


def vote_rows(votes: Votes) -> list[Row]:
    """How well texts were predicted from those before them, and how much of its luck a state keeps."""
    texts = votes.past.texts
    window = f"{texts[0].text.day} to {texts[-1].text.day}"
    inside = np.array([text.covered for text in texts])
    year, two = votes.kept
    told = [
        ("vote_right", float(np.mean([text.score.right for text in texts])), len(texts), RIGHT),
        ("vote_right_family", float(np.mean([text.others[FAMILY].right for text in texts])), len(texts), LAST_VOTE),
        ("vote_coverage", float(inside.mean()), inside.size, COVERED),
    ]
    nothing = float("nan")
    rows = [with_range(key, (value, nothing, nothing), "share", n, window, VOTES, how) for key, value, n, how in told]
    cross = votes.fit.cross_pressure, votes.fit.cross_pressure_se
    states = len(votes.luck)
    rows.append(with_error("vote_cross_pressure", cross, "log of the band", states, window, VOTES, TORN))
    rows.append(with_error("vote_absence_cross_pressure", votes.away, "log odds", states - 2, window, VOTES, AWAY))
    return [*rows, with_range("vote_stickiness", (year, two, year), "share", states, window, VOTES, KEPT)]


def estimates_table(data: Path, votes: Votes) -> pd.DataFrame:
    """Every estimate, one row each."""
    rows = [
        *front_rows(data),
        *strike_rows(data),
        *confidence_rows(data),
        *agreement_rows(data),
        *loss_rows(data),
        *vote_rows(votes),
    ]
    table = pd.DataFrame([asdict(row) for row in rows])
    digits = [FRONT_DIGITS.get(name, 3) for name in table.parameter]
    for column in ROUNDED:
        table[column] = [significant(float(value), count) for value, count in zip(table[column], digits, strict=True)]
    return table
