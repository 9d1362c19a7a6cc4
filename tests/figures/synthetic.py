"""A result that nobody played: tables of the right form from a few lines of luck, for the tests of the figures."""

import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from sim.record.quantities import QUANTITIES
from sim.scenario import Scenario, load

TOY = Path(__file__).resolve().parents[2] / "scenarios" / "toy-two-sides" / "scenario.yaml"
STATES = 60
SECTIONS = """
states: {file: states.csv, topics: {control: control}}
ties:
  trade: {file: trade.csv, weight: 2, source: toy}
  alliance: {file: alliance.csv, weight: 1, source: toy}
texts:
  sovereignty: {date: 2030-03-01, label: Sovereignty of north, general_weight: 1.2, conflict_weight: 0.8,
                demand: -0.5, band: 1.6, observed: [31, 5, 17, 7], source: toy}
  lasting_peace: {date: 2031-02-24, label: Support for lasting peace, general_weight: 1.0, conflict_weight: 1.0,
                  demand: 0.2, band: 2.0, source: toy}
"""


def with_states(folder: Path) -> Scenario:
    """The toy with a made-up Assembly of 60 states in three groups, two layers of ties and two texts."""
    luck = np.random.default_rng(5)
    codes = [chr(65 + i // 26) + chr(65 + i % 26) + "X" for i in range(STATES)]
    group = np.arange(STATES) % 3
    general = np.array([1.4, 0.1, -0.9])[group] + luck.normal(0, 0.4, STATES)
    conflict = 0.4 * general + luck.normal(0, 0.5, STATES)
    header = "iso3,name,groups,council,general,conflict,absence,dependence_a,dependence_b,sender,trade_b,control"
    lines = [
        f"{code},State {code},{('NORD', 'MIDDLE', 'SUD')[g]},{'permanent' if i < 5 else ''},{x:.3f},{y:.3f},-3,"
        f"0.3,0.3,0,0.1,0.4"
        for i, (code, g, x, y) in enumerate(zip(codes, group, general, conflict, strict=True))
    ]
    (folder / "states.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    for name in ("trade", "alliance"):
        step = 1 if name == "trade" else 7
        ties = [f"{code},{codes[(i * 2 + step * k) % STATES]},{1 / (1 + k):.3f}" for i, code in enumerate(codes)
                for k in (1, 2, 4) if i != (i * 2 + step * k) % STATES]  # fmt: skip
        (folder / f"{name}.csv").write_text("\n".join(["from,to,weight", *ties]), encoding="utf-8")
    (folder / "scenario.yaml").write_text(TOY.read_text(encoding="utf-8") + SECTIONS, encoding="utf-8")
    return load(folder)


def result_of(scenario: Scenario, runs: int = 160, seed: int = 3) -> Any:
    """Tables of runs that nobody played, in the form of a result."""
    luck = np.random.default_rng(seed)
    events: list[tuple[int, int, str, str, float]] = []
    status = _statuses(scenario, runs, luck, events)
    _deals(scenario, status, luck, events)
    happened = pd.DataFrame(events, columns=["replicate", "week", "kind", "who", "value"])
    happened = happened.sort_values(["replicate", "week"], kind="stable", ignore_index=True)
    votes, states = _votes(scenario, runs, luck)
    manifest = {"seed": seed, "replicates": runs, "variants": [], "overrides": [], "versions": {"parley": "0.1.0"}}
    return SimpleNamespace(
        scenario=scenario, manifest=manifest, events=happened, votes=votes, states=states,
        runs=pd.DataFrame({"replicate": np.arange(runs)}), weeks=_weeks(scenario, status, luck),
    )  # fmt: skip


def _statuses(scenario, runs, luck, events):
    """Codes (week, run): 0 war, 1 talks, 2 ceasefire, 3 settlement, 4 and 5 victories."""
    found = np.zeros((scenario.calendar.weeks, runs), dtype=int)
    sides = scenario.belligerents
    for run in range(runs):
        now, since = 0, 0
        for week in range(scenario.calendar.weeks):
            u = luck.random()
            if now == 0 and u < 0.02:
                now, since = 1, week
                events.append((run, week, "talks_opened", "envoy", 0.0))
            elif now == 1 and u < 0.05:
                now, since = 2 if luck.random() < 0.7 else 3, week
                kind = "ceasefire_signed" if now == 2 else "settlement_signed"
                events.append((run, week, kind, "envoy", 0.5))
            elif now == 1 and u < 0.2:
                now = 0
                events.append((run, week, "talks_closed", "table", week - since))
            elif now in (2, 3) and u < (0.03 if now == 2 else 0.004):
                now = 0
                events.append((run, week, "agreement_broken", "agreement", week - since))
            elif now < 2 and u > 0.9992:
                now = 4 + (u > 0.9996)
                events.append((run, week, "victory", sides[now - 4], np.nan))
            found[week, run] = now
    return found


def _deals(scenario, status, luck, events):
    if scenario.ladder is None:
        return
    for key, rung in scenario.ladder.rungs.items():
        for run in range(status.shape[1]):
            week = 0
            while week < len(status):
                week += luck.geometric(0.06 / rung.rung)
                ends = week + int(rung.duration.centre)
                if ends >= len(status) or status[week, run] > 1:
                    continue
                events.append((run, week, "rung_opened", key, rung.duration.centre))
                if luck.random() < 0.2:
                    events.append((run, ends, "rung_broken", f"{key}.{scenario.belligerents[0]}", np.nan))
                else:
                    events.append((run, ends, "rung_completed", key, np.nan))
                week = ends


def _weeks(scenario, status, luck):
    weeks, runs = status.shape
    tables = []
    for quantity in QUANTITIES:
        codes = {"war": 0, "talks": 1, "ceasefire": 2, "settlement": 3, "victory_a": 4, "victory_b": 5}
        if quantity.name in codes:
            values = (status == codes[quantity.name]) * 1.0
        elif quantity.share:
            values = (luck.random((weeks, runs)) < np.linspace(0.1, 0.4, weeks)[:, None]) * 1.0
        else:
            values = _walk(quantity, weeks, runs, luck)
        if quantity.name in ("offer", "nash_line", "nash_gain"):
            values = np.where(status == 1, values, np.nan)
        if quantity.name.startswith("accepts"):
            values = np.where(status < 2, values, np.nan)
        tables.append(_table(scenario, quantity, values))
    return pd.concat(tables, ignore_index=True)


def _walk(quantity, weeks, runs, luck):
    start = {"accepts_a": 0.5, "accepts_b": 0.65}.get(quantity.name, 0.6 * quantity.high)
    steps = luck.normal(0, 0.01 * quantity.high, (weeks, runs))
    return np.clip(start + np.cumsum(steps, axis=0), quantity.low, quantity.high)


def _table(scenario, quantity, values):
    known = np.isfinite(values)
    some = known.any(axis=1)
    columns = {name: np.full(len(values), np.nan) for name in ("mean", "q05", "q25", "q50", "q75", "q95")}
    columns["mean"][some] = np.nanmean(values[some], axis=1)
    quantile = np.quantile if known.all() else np.nanquantile
    for name, rows in zip(list(columns)[1:], quantile(values[some], [0.05, 0.25, 0.5, 0.75, 0.95], axis=1), strict=True):
        columns[name][some] = rows
    start = scenario.calendar.start
    dates = [start + datetime.timedelta(weeks=week) for week in range(len(values))]
    return pd.DataFrame(
        {"quantity": quantity.name, "week": range(len(values)), "date": dates, "n": known.sum(axis=1), **columns}
    )


def _votes(scenario, runs, luck):
    columns = ["text", "replicate", "week", "yes", "no", "abstain", "absent", "adopted"]
    rows = scenario.tables.states
    if rows is None:
        return pd.DataFrame(columns=columns), pd.DataFrame(columns=["text", "state", "yes", "no", "abstain", "absent"])
    tallies, shares = [], []
    for key, text in scenario.texts.items():
        mean = rows.columns["general"] * text.general_weight.centre - text.demand.centre
        support = mean[:, None] + luck.normal(0, 1, (len(mean), runs))
        band = text.band.centre
        absent = luck.random(support.shape) < 0.05
        kinds = [(support > 0) & ~absent, (support < -band) & ~absent, (support <= 0) & (support >= -band) & ~absent, absent]
        counts = np.stack([kind.sum(axis=0) for kind in kinds])
        week = (text.date - scenario.calendar.start).days // 7
        tallies += [(key, r, week, *counts[:, r], counts[0, r] >= 2 * counts[1, r]) for r in range(runs)]
        shares += [(key, code, *(kind[i].mean() for kind in kinds)) for i, code in enumerate(rows.iso3)]
    return (
        pd.DataFrame(tallies, columns=columns),
        pd.DataFrame(shares, columns=["text", "state", "yes", "no", "abstain", "absent"]),
    )
