"""Past texts and what they demanded, coming ones as the scenario plays them, and the forecast by state."""

from __future__ import annotations

import numpy as np
import pandas as pd
from votes import COMING, FIRST, Votes

from sim.theory.voting import OUTCOMES

EDGES = [0.05, 0.95]


def texts_table(votes: Votes) -> pd.DataFrame:
    """Every text that the estimate rests on, oldest first, in units of a vote's luck; weights of three dimensions."""
    texts, fit = votes.record.texts, votes.fit
    number = len(texts)
    table = pd.DataFrame(
        {
            "resolution": [text.name for text in texts],
            "date": [text.day for text in texts],
            "family": [text.family for text in texts],
            "kind": [text.kind for text in texts],
            "own": [int(text.own) for text in texts],
            "basis": ["totals" if text.votes is None else "roll call" for text in texts],
            **{name: [text.totals[place] for text in texts] for place, name in enumerate(OUTCOMES)},
            "demand": fit.demand[:number],
            "demand_se": fit.demand_se[:number],
            "band": fit.band[:number],
            "log_band_se": fit.log_band_se[:number],
        }
    )
    for place, (weight, error) in enumerate(zip(fit.weights, fit.weights_se, strict=True), start=1):
        table[f"weight_{place}"], table[f"weight_{place}_se"] = weight[:number], error[:number]
    return table


def coming_table(votes: Votes) -> pd.DataFrame:
    """Coming texts: the numbers under which the scenario plays them, and the forecast of their tallies."""
    rows = []
    for key, (day, family, kind) in COMING.items():
        item, tallies = votes.items[key], votes.expected[key].tallies
        low, high = np.quantile(tallies, EDGES, axis=1)
        counts = {
            f"{name}{end}": value
            for place, name in enumerate(OUTCOMES)
            for end, value in (("", tallies[place].mean()), ("_low", low[place]), ("_high", high[place]))
        }
        weights = {"general_weight": item.general_weight, "conflict_weight": item.conflict_weight}
        rows.append({"text": key, "date": day, "family": family, "kind": kind, **weights, **vars(item.drawn),
                     "inherits": item.inherits, **counts})  # fmt: skip
    return pd.DataFrame(rows)


def forecast_table(votes: Votes) -> pd.DataFrame:
    """Probability of each outcome on the first text by state, with the support behind it, demand taken off."""
    found = votes.expected[FIRST]
    present = 1.0 - found.absence
    columns = dict(zip(OUTCOMES, [*(found.probabilities * present[:, None]).T, found.absence], strict=True))
    support = found.forecast.mean - found.forecast.coming.demand
    errors = np.sqrt(found.forecast.variance)
    return pd.DataFrame({"iso3": votes.record.states, "support": support, "support_se": errors, **columns})


def told(votes: Votes) -> list[str]:
    """Demand and band of each coming text as forecast, and its simulated tally, in words."""
    lines = []
    for key, found in votes.expected.items():
        coming = found.forecast.coming
        low, high = np.quantile(found.tallies, EDGES, axis=1)
        counts = ", ".join(
            f"{name} {found.tallies[place].mean():.1f} [{low[place]:.0f}, {high[place]:.0f}]"
            for place, name in enumerate(OUTCOMES)
        )
        asked = f"demand {coming.demand:.2f}, deviation {np.sqrt(coming.demand_variance):.2f}"
        lines.append(f"{key}: {asked}, band {np.exp(coming.log_band):.2f} (in units of a vote's luck); {counts}")
    return lines
