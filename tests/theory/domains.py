"""Outcome spaces and data that tests and benchmarks of negotiation share."""

import numpy as np

from sim.theory.outcomes import additive_utilities

SHARE = np.arange(101) / 100
PIE = np.stack([SHARE, 1.0 - SHARE])

MARKS = np.arange(11) / 10
WEIGHTS = np.array([[0.473, 0.318, 0.209], [0.331, 0.258, 0.411], [0.187, 0.322, 0.491]])
PEAKS = (0.53, 0.41, 0.67)
VALUES = [np.stack([MARKS, 1.0 - np.abs(MARKS - peak) / max(peak, 1.0 - peak), 1.0 - MARKS]) for peak in PEAKS]
THREE_SIDES = additive_utilities(WEIGHTS, VALUES)
TWO_SIDES = THREE_SIDES[[0, 2]]

EMISSIONS = {
    "NL": (0.08, 4.0, 0.8),
    "BE": (0.08, 7.0, 0.4),
    "LU": (0.03, 4.0, 0.2),
    "DE": (0.16, 4.0, 0.8),
    "FR": (0.16, 10.0, 0.6),
    "IT": (0.16, 10.0, 0.6),
    "UK": (0.16, 10.0, 0.9),
    "IE": (0.05, 7.0, 0.1),
    "DK": (0.05, 4.0, 1.0),
    "GR": (0.08, 7.0, 0.7),
}
"""Capability, position (years) and salience of the Community's members on emission standards."""

CAPABILITY, POSITION, SALIENCE = (np.array(column)[:, None] for column in zip(*EMISSIONS.values(), strict=True))
