"""What each member is expected to do on a text on the principles of peace on the day the scenario starts.

The estimate, the habits and the simulated tally are those of `sim.studies.assembly`; the vote of that day is not
in the record that it reads.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from sim.studies.assembly import hindcast, read_record
from sim.studies.assembly.coming import Expected, expect
from sim.studies.assembly.record import RollCall
from sim.theory.voting import OUTCOMES

COMING = RollCall("coming", "2026-02-24", None, (0, 0, 0, 0), "territorial_integrity", "principle", own=True)


def forecast_table(data: Path) -> tuple[pd.DataFrame, Expected]:
    """Probability of each outcome by state, with the support behind it on the scale of a vote's luck."""
    record = read_record(data)
    found = expect(hindcast(record), COMING)
    present = 1.0 - found.absence
    columns = dict(zip(OUTCOMES, [*(found.probabilities * present[:, None]).T, found.absence], strict=True))
    support = found.forecast.mean - found.forecast.coming.demand
    table = pd.DataFrame(
        {"iso3": record.states, "support": support, "support_se": np.sqrt(found.forecast.variance), **columns}
    )
    return table, found


def told(found: Expected) -> list[str]:
    """Demand, band and simulated tally in words."""
    coming = found.forecast.coming
    low, high = np.quantile(found.tallies, [0.05, 0.95], axis=1)
    band = np.exp(coming.log_band)
    return [
        "in units of a vote's luck:",
        f"demand {coming.demand:.2f}, deviation {np.sqrt(coming.demand_variance):.2f}; band {band:.2f}",
        *(
            f"{name:8} {found.tallies[place].mean():.1f} [{low[place]:.0f}, {high[place]:.0f}]"
            for place, name in enumerate(OUTCOMES)
        ),
    ]
