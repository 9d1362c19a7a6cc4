"""Relations between pairs of states as square matrices, row = the influenced state; uncut and unrounded.

Where a small state is missing from a source, a neighbour with which it forms a customs or trade union stands
in for it (trade: Luxembourg, Liechtenstein, Monaco; distance: also Montenegro and South Sudan).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from files import numbers, read_source

from sim.theory.arrays import Array

TRADE_PROXY = {"LUX": "BEL", "LIE": "CHE", "MCO": "FRA"}
DISTANCE_PROXY = {"LIE": "CHE", "MCO": "FRA", "MNE": "SRB", "SSD": "SDN"}
UKRAINE, RUSSIA, GEORGIA = "UKR", "RUS", "GEO"
SENDER = "sanctions_on_RUS_since2022"
ARMS_PERIODS = ("2014-2021", "2022-2023")
CLOSE_KM = 500.0


def square(states: tuple[str, ...], row: pd.Series, column: pd.Series, value: pd.Series) -> Array:
    """Matrix (states, states) of summed values; pairs with unknown codes are dropped."""
    place = {code: index for index, code in enumerate(states)}
    matrix = np.zeros((len(states), len(states)))
    known = row.isin(place) & column.isin(place) & (row != column)
    np.add.at(
        matrix,
        (row[known].map(place).to_numpy(), column[known].map(place).to_numpy()),
        value[known].to_numpy(),
    )
    return matrix


def fill_by_proxy(matrix: Array, states: tuple[str, ...], proxies: dict[str, str]) -> Array:
    """Rows and columns of missing states copied from their stand-ins."""
    filled = matrix.copy()
    for missing, proxy in proxies.items():
        here, there = states.index(missing), states.index(proxy)
        filled[here, :], filled[:, here] = filled[there, :], filled[:, there]
        filled[here, here] = 0.0
    return filled


def without_enemies(matrix: Array, states: tuple[str, ...], enemies: list[str]) -> Array:
    """Nothing between Russia and each of `enemies`."""
    russia = states.index(RUSSIA)
    for enemy in enemies:
        matrix[states.index(enemy), russia] = matrix[russia, states.index(enemy)] = 0.0
    return matrix


def senders(data: Path) -> list[str]:
    """Senders of sanctions on Russia since 2022, Ukraine among them."""
    table = read_source(data, "states_groups.csv", ["iso3", SENDER])
    return sorted({UKRAINE, *table.iso3[numbers(table[SENDER]) > 0]})


def trade(data: Path, states: tuple[str, ...]) -> Array:
    """Exports plus imports of each pair, USD, in the exporter's newest year; none between the two at war."""
    table = read_source(data, "trade_bilateral_latest_2000_2016.csv", ["iso3_exporter", "iso3_importer", "export_usd"])
    exports = square(states, table.iso3_exporter, table.iso3_importer, numbers(table.export_usd))
    flows = without_enemies(exports + exports.T, states, [UKRAINE])
    for missing, proxy in TRADE_PROXY.items():
        flows[states.index(missing), :] = flows[states.index(proxy), :]
        flows[states.index(missing), states.index(missing)] = 0.0
    return flows


def arms(data: Path, states: tuple[str, ...]) -> Array:
    """Deliveries 2014-2023 in trend-indicator values: row = recipient, column = supplier, parties apart."""
    table = read_source(data, "arms_sipri_tiv.csv", ["iso3_supplier", "iso3_recipient", "period", "tiv_delivered_musd"])
    table = table[table.period.isin(ARMS_PERIODS)]
    deliveries = square(states, table.iso3_recipient, table.iso3_supplier, numbers(table.tiv_delivered_musd))
    return without_enemies(deliveries, states, [UKRAINE])


def obligation(table: pd.DataFrame) -> pd.Series:
    """Weight of a treaty: 1 for defence or joint offence, 0.5 consultation, 0.25 neutrality or no attack."""
    part = {name: numbers(table[f"atop_{name}"]) for name in ("defense", "offense", "consul", "neutral", "nonagg")}
    strong = part["defense"].clip(lower=part["offense"])
    weak = 0.25 * part["neutral"].clip(lower=part["nonagg"])
    return strong.clip(lower=0.5 * part["consul"]).clip(lower=weak)


def alliance(data: Path, states: tuple[str, ...]) -> Array:
    """Strength of the alliance obligation of each pair in 2018.

    Russia's treaties with Ukraine, Georgia and the senders of sanctions (consultation and non-aggression
    pacts of the nineties) are dead letters and count nothing.
    """
    names = [f"atop_{name}" for name in ("defense", "offense", "neutral", "nonagg", "consul")]
    table = read_source(data, "alliances_atop_2018.csv", ["iso3_a", "iso3_b", *names])
    half = square(states, table.iso3_a, table.iso3_b, obligation(table))
    return without_enemies(np.maximum(half, half.T), states, [GEORGIA, *senders(data)])


def organisations(data: Path, states: tuple[str, ...]) -> Array:
    """Shared intergovernmental organisations of each pair, 2014."""
    table = read_source(data, "igo_shared_cow_2014.csv", ["iso3_a", "iso3_b", "shared_igos"])
    half = square(states, table.iso3_a, table.iso3_b, numbers(table.shared_igos))
    return np.maximum(half, half.T)


def closeness(data: Path, states: tuple[str, ...]) -> Array:
    """Closeness of each pair: 1 for neighbours, else 1/(1 + km/500) of the weighted distance."""
    table = read_source(data, "geo_dyads_cepii.csv", ["iso3_a", "iso3_b", "dist", "distw", "contig"])
    distance = numbers(table.distw).fillna(numbers(table.dist))
    value = np.where(numbers(table.contig) > 0, 1.0, 1.0 / (1.0 + distance / CLOSE_KM))
    half = square(states, table.iso3_a, table.iso3_b, pd.Series(value))
    matrix = fill_by_proxy(np.maximum(half, half.T), states, DISTANCE_PROXY)
    for missing, proxy in DISTANCE_PROXY.items():
        here, there = states.index(missing), states.index(proxy)
        matrix[here, there] = matrix[there, here] = 1.0
    return matrix


def shares(matrix: Array) -> Array:
    """Each row divided by its sum; empty rows stay empty."""
    total = matrix.sum(axis=1, keepdims=True)
    return np.divide(matrix, total, out=np.zeros_like(matrix), where=total > 0)


def camp_dependence(data: Path, states: tuple[str, ...], camp: Array) -> Array:
    """Dependence on a camp in [0, 1]: the mean of up to three shares.

    Shares: of total trade with the camp; of arms received 2014-2023 from the camp (left out if none were
    received); the strongest alliance obligation to a member of the camp. The equal weights are assumed.
    """
    delivered = arms(data, states)
    parts = np.stack(
        [
            (shares(trade(data, states)) * camp).sum(axis=1),
            np.where(delivered.sum(axis=1) > 0, (shares(delivered) * camp).sum(axis=1), np.nan),
            (alliance(data, states) * camp).max(axis=1),
        ]
    )
    return np.asarray(np.nanmean(parts, axis=0))


def dependences(data: Path, states: tuple[str, ...], sender: Array) -> tuple[Array, Array]:
    """Dependence on Ukraine's camp (Ukraine and the senders of sanctions) and on Russia."""
    codes = np.array(states)
    ours = camp_dependence(data, states, sender)
    theirs = camp_dependence(data, states, np.where(codes == RUSSIA, 1.0, 0.0))
    for here, mine, others in ((UKRAINE, ours, theirs), (RUSSIA, theirs, ours)):
        mine[codes == here], others[codes == here] = 1.0, 0.0
    return ours, theirs
