"""A result that nobody played: a few lines of luck, recorded as runs would be, for tests of figures."""

import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from sim.record.block import Block, Events, Gathered, marked
from sim.record.columns import COLUMNS, MOVES, NEVER
from sim.record.manifest import Request, manifest
from sim.record.quantities import QUANTITIES
from sim.record.result import Result
from sim.record.tables import tables_of
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
  lasting_peace: {date: 2031-02-24, label: Support for lasting peace, general_weight: 1.0,
                  conflict_weight: 1.0, demand: 0.2, band: 2.0, follows: sovereignty, source: toy}
sanctions: {target: south, first_renewal: 2030-07-31}
"""
CONDITIONS = ("war", "talks", "ceasefire", "settlement", "victory_a", "victory_b")


def with_states(folder: Path) -> Scenario:
    """The toy with a made-up Assembly of 60 states in three groups, two layers of ties and two texts."""
    luck = np.random.default_rng(5)
    codes = [chr(65 + i // 26) + chr(65 + i % 26) + "X" for i in range(STATES)]
    group = np.arange(STATES) % 3
    general = np.array([1.4, 0.1, -0.9])[group] + luck.normal(0, 0.4, STATES)
    conflict = 0.4 * general + luck.normal(0, 0.5, STATES)
    lines = [
        "iso3,name,un_group,groups,council,general,conflict,absence,dependence_a,dependence_b,sender,trade_b,control"
    ]
    for i, code in enumerate(codes):
        named = f"{code},State {code},{('North', 'Middle', 'South')[group[i]]},{('NORD', 'MIDDLE', 'SUD')[group[i]]},{'permanent' if i < 5 else ''}"
        lines.append(f"{named},{general[i]:.3f},{conflict[i]:.3f},-3,0.3,0.3,0,0.1,0.4")
    (folder / "states.csv").write_text("\n".join(lines), encoding="utf-8")
    for name, step in (("trade", 1), ("alliance", 7)):
        ends = [(i, (2 * i + step * k) % STATES, k) for i in range(STATES) for k in (1, 2, 4)]
        ties = [f"{codes[i]},{codes[j]},{1 / (1 + k):.3f}" for i, j, k in ends if i != j]
        (folder / f"{name}.csv").write_text("\n".join(["from,to,weight", *ties]), encoding="utf-8")
    (folder / "scenario.yaml").write_text(TOY.read_text(encoding="utf-8") + SECTIONS, encoding="utf-8")
    return load(folder)


def result_of(scenario: Scenario, runs: int = 160, seed: int = 3) -> Result:
    """The result of runs that nobody played."""
    luck = np.random.default_rng(seed)
    happened: list[tuple[int, int, str, str, float]] = []
    status = _statuses(scenario, runs, luck, happened)
    _deals(scenario, status, luck, happened)
    events = pd.DataFrame(happened, columns=["replicate", "week", "kind", "who", "value"])
    events = events.sort_values(["replicate", "week"], kind="stable", ignore_index=True)
    recorded = vars(marked(_tape(scenario, status, luck)))
    tallies, ballots = _votes(scenario, runs, luck)
    block = Block(
        replicates=np.arange(runs), runs=_runs(scenario, status, events), events=_coded(events),
        tallies=tallies, texts=tuple(scenario.texts), ballots=ballots, **recorded,
    )  # fmt: skip
    gathered = Gathered()
    gathered.add(block)
    made = manifest(Request(scenario, seed, runs), datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC), 1.0)
    return Result(scenario=scenario, manifest=made, **tables_of(gathered, scenario))


def _statuses(scenario, runs, luck, happened):
    """Place in `CONDITIONS`, (week, run)."""
    found = np.zeros((scenario.calendar.weeks, runs), dtype=int)
    for run in range(runs):
        now, since = 0, 0
        for week in range(scenario.calendar.weeks):
            u = luck.random()
            if now == 0 and u < 0.02:
                now, since = 1, week
                happened.append((run, week, "talks_opened", "envoy", 0.0))
            elif now == 1 and u < 0.05:
                now, since = 2 if luck.random() < 0.7 else 3, week
                happened.append((run, week, f"{CONDITIONS[now]}_signed", "envoy", luck.normal(0.55, 0.05)))
            elif now == 1 and u < 0.2:
                now = 0
                happened.append((run, week, "talks_closed", "table", week - since))
            elif now in (2, 3) and u < (0.03 if now == 2 else 0.004):
                now = 0
                happened.append((run, week, "agreement_broken", "agreement", week - since))
            elif now < 2 and u > 0.9992:
                now = 4 + (u > 0.9996)
                happened.append((run, week, "victory", scenario.belligerents[now - 4], np.nan))
            found[week, run] = now
    return found


def _deals(scenario, status, luck, happened):
    for key, rung in scenario.ladder.rungs.items() if scenario.ladder else ():
        lasts = int(rung.duration.centre)
        for run in range(status.shape[1]):
            week = luck.geometric(0.06 / rung.rung)
            while week + lasts < len(status):
                if status[week, run] < 2:
                    happened.append((run, week, "rung_opened", key, lasts))
                    broken = luck.random() < 0.2
                    who = f"{key}.{scenario.belligerents[0]}" if broken else key
                    happened.append((run, week + lasts, "rung_broken" if broken else "rung_completed", who, 0.0))
                week += lasts + luck.geometric(0.06 / rung.rung)


def _runs(scenario, status, events):
    """Outcomes by their columns; those that no figure reads stay empty."""
    runs = status.shape[1]
    empty = {
        "flag": False,
        "maybe": NEVER,
        "week": NEVER,
        "weeks": NEVER,
        "count": 0,
        "number": 0.0,
        "status": 0,
    }
    columns = {column.name: np.full(runs, empty[column.kind]) for column in COLUMNS}
    columns["end"] = np.array([0, 0, 1, 2, 3, 4])[status[-1]]
    columns["weeks_at_war"] = (status < 2).sum(axis=0)
    kinds = {"first_talks": "talks_opened", "victory_week": "victory"}
    kinds |= {f"first_{name}": f"{name}_signed" for name in ("ceasefire", "settlement")}
    for column, kind in kinds.items():
        first = events[events["kind"] == kind].groupby("replicate")["week"].min()
        columns[column][first.index] = first
    for key, rung in scenario.ladder.rungs.items() if scenario.ladder else ():
        for how in ("opened", "completed", "broken"):
            here = (events["kind"] == f"rung_{how}") & (events["who"].str.partition(".")[0] == key)
            counts = events[here].groupby("replicate").size()
            columns[f"rung_{rung.rung}_{how}"][counts.index] += counts.to_numpy()
    return columns


def _tape(scenario, status, luck):
    """Values of all quantities, (quantity, week, run); NaN where there is none."""
    return np.stack([_values(quantity, status, luck) for quantity in QUANTITIES])


def _values(quantity, status, luck):
    if quantity.name in CONDITIONS:
        return (status == CONDITIONS.index(quantity.name)) * 1.0
    if quantity.share:
        return (luck.random(status.shape) < np.linspace(0.1, 0.4, len(status))[:, None]) * 1.0
    start = {"accepts_a": 0.65, "accepts_b": 0.5}.get(quantity.name, 0.6 * quantity.high)
    walk = start + np.cumsum(luck.normal(0, 0.01 * quantity.high, status.shape), axis=0)
    there = {"offer": status == 1, "nash_line": status == 1, "nash_gain": status == 1}
    there |= {"accepts_a": status < 2, "accepts_b": status < 2}
    walk = np.clip(walk, quantity.low, quantity.high)
    return np.where(there.get(quantity.name, True), walk, np.nan)


def _coded(events):
    labels = sorted({*events["kind"], *events["who"]})
    place = {label: code for code, label in enumerate(labels)}
    kind, who = (events[name].map(place).to_numpy(np.int16) for name in ("kind", "who"))
    replicate, week = events["replicate"].to_numpy(np.int32), events["week"].to_numpy(np.int16)
    return Events(replicate, week, kind, who, events["value"].to_numpy(np.float32), tuple(labels))


def _votes(scenario, runs, luck):
    """Tallies by their columns, and the ballots of each state."""
    names = ("text", "replicate", "week", "yes", "no", "abstain", "absent", "adopted", *MOVES)
    rows = scenario.tables.states
    if rows is None:
        return {name: np.zeros(0, dtype=bool if name == "adopted" else np.int16) for name in names}, {}
    tallies, ballots, cast = [], {}, {}
    for code, (key, text) in enumerate(scenario.texts.items()):
        mean = rows.columns["general"] * text.general_weight.centre - text.demand.centre
        support = mean[:, None] + luck.normal(0, 1, (len(mean), runs))
        half = text.band.centre / 2
        votes = np.select([luck.random(support.shape) < 0.05, support > half, support < -half], [3, 0, 1], 2)
        counts = np.stack([(votes == vote).sum(axis=0) for vote in range(4)])
        ballots[key] = np.stack([(votes == vote).sum(axis=1) for vote in range(4)], axis=1)
        week = np.full(runs, (text.date - scenario.calendar.start).days // 7)
        cast[key] = votes
        pairs = 4 * cast[text.follows] + votes if text.follows else np.full(votes.shape, -1)
        moves = [(pairs == pair).sum(axis=0) if text.follows else np.full(runs, -1) for pair in range(16)]
        tallies.append((np.full(runs, code), np.arange(runs), week, *counts, counts[0] >= 2 * counts[1], *moves))
    return {
        name: np.concatenate(column) for name, column in zip(names, zip(*tallies, strict=True), strict=True)
    }, ballots
