"""The six layers of ties: the strongest twenty of a state, as shares that sum to one."""

from __future__ import annotations

from pathlib import Path

import dyads
import numpy as np
import pandas as pd
from aid import dependence_on_donors

from sim.theory.arrays import Array

STRONGEST = 20
UKRAINE = "UKR"


def strongest(matrix: Array, importance: Array, count: int = STRONGEST) -> Array:
    """Keep each row's largest entries; among equals the more important partner, then the first column."""
    rank = np.argsort(np.argsort(-importance, axis=1, kind="stable"), axis=1, kind="stable")
    order = np.lexsort((rank, -matrix), axis=1)[:, :count]
    kept = np.zeros_like(matrix)
    np.put_along_axis(kept, order, np.take_along_axis(matrix, order, axis=1), axis=1)
    return kept


def layer(matrix: Array, importance: Array, states: tuple[str, ...]) -> pd.DataFrame:
    """Long table from, to, weight: `from` is influenced by `to`; rows sum to one within rounding."""
    weights = dyads.shares(strongest(matrix, importance)).round(4)
    rows, columns = np.nonzero(weights)
    codes = np.array(states)
    table = pd.DataFrame({"from": codes[rows], "to": codes[columns], "weight": weights[rows, columns]})
    return table.sort_values(["from", "weight", "to"], ascending=[True, False, True]).reset_index(drop=True)


def all_layers(data: Path, states: tuple[str, ...], members: list[str]) -> dict[str, pd.DataFrame]:
    """Every layer by name.

    In the layer of shared organisations the row's smallest count is taken off first: universal bodies bind
    nobody to anybody in particular. Equal weights at the cut are told apart by the volume of trade.
    """
    shared = dyads.organisations(data, states)
    floor = np.where(shared > 0, shared, np.inf).min(axis=1, keepdims=True)
    given = np.zeros((len(states), len(states)))
    given[states.index(UKRAINE)] = dependence_on_donors(data, states, members)
    volume = dyads.trade(data, states)
    matrices = {
        "alliance": dyads.alliance(data, states),
        "trade": volume,
        "arms": dyads.arms(data, states),
        "aid": given,
        "organisations": np.clip(shared - floor, 0.0, None),
        "distance": dyads.closeness(data, states),
    }
    return {name: layer(matrix, volume, states) for name, matrix in matrices.items()}
