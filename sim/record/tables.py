"""From gathered blocks to the tables of a result, as data frames with settled types.

How they are written to files is said in `folder`; what follows from them, in `analysis`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.record.block import FINE, Block, Gathered, joined, joined_codes
from sim.record.columns import COHESION, COLUMNS, MOVES, NEVER, OUTCOMES, STATUSES, Column
from sim.record.intervals import CONFIDENCE, wilson
from sim.record.quantities import BINS, NAMES, QUANTITIES
from sim.scenario.vocabulary import Scenario

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q95": 0.95}
"""Columns of the table of weeks and the quantiles in them."""


def tables_of(gathered: Gathered, scenario: Scenario) -> dict[str, pd.DataFrame]:
    """The tables of a result by name: runs, weeks, events, votes, states; trajectories if they were kept."""
    blocks = gathered.ordered()
    tables = {
        "runs": runs_table(blocks),
        "weeks": weeks_table(gathered, scenario.calendar.start),
        "events": events_table(blocks),
        "votes": votes_table(blocks),
        "states": states_table(blocks, scenario),
    }
    if blocks[0].trajectories is not None:
        tables["trajectories"] = trajectories_table(blocks)
    return tables


def runs_table(blocks: list[Block]) -> pd.DataFrame:
    """One row a run: ``replicate``, the outcomes of `record.columns`, the drawn parameters (to 11 significant bits)."""
    columns = joined([block.runs for block in blocks])
    frame = {"replicate": _replicates(blocks)}
    frame |= {column.name: typed(column, columns.pop(column.name)) for column in COLUMNS}
    return pd.DataFrame(frame | columns)


def _replicates(blocks: list[Block]) -> npt.NDArray[np.int32]:
    return np.concatenate([block.replicates for block in blocks]).astype(np.int32)


def typed(column: Column, values: npt.NDArray[Any]) -> Any:
    """Values of an outcome in the type of its kind; what never came is missing."""
    match column.kind:
        case "status":
            return category(values, STATUSES)
        case "week" | "weeks":
            return pd.arrays.IntegerArray(values.astype(np.int16), values == NEVER)
        case "maybe":
            return pd.arrays.BooleanArray(values > 0, values == NEVER)
    return values


def category(codes: npt.NDArray[np.integer[Any]], labels: Sequence[str]) -> Any:
    """A column of labels, kept once each; also where there are none, it is a column of text."""
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(labels), dtype=str))


def weeks_table(gathered: Gathered, start: datetime.date) -> pd.DataFrame:
    """One row a quantity and week, over the runs in which the quantity exists.

    ``n`` counts these runs.  ``mean`` is kept to one part in 2**32 of the quantity's range.  Quantiles are
    read from a histogram of 1,024 evenly spaced marks over the range: a quantile is the mark at which the
    share of runs at or below it first reaches its level, off by at most half the space between two marks
    (0.05 % of the range).  ``low`` and ``high`` bound the mean with 95 % confidence and so state its
    Monte-Carlo error: Wilson's interval for a share of runs, the mean plus and minus 1.96 standard errors
    otherwise.  All are missing where no run has the quantity.  A value beyond the range counts as its end;
    ``beyond`` says in how many runs that was so.
    """
    if gathered.counts is None or gathered.sums is None or gathered.beyond is None:
        raise ValueError("no block was gathered, so there is nothing to make a table of")
    weeks = gathered.counts.shape[1]
    counts = gathered.counts.reshape(-1, BINS).astype(np.int64)
    low = np.repeat([quantity.low for quantity in QUANTITIES], weeks)
    width = np.repeat([quantity.high - quantity.low for quantity in QUANTITIES], weeks)
    share = np.repeat([quantity.share for quantity in QUANTITIES], weeks)
    n = counts.sum(axis=1)
    mean = _over(gathered.sums.ravel() / FINE, n)
    bottom, top = _interval(counts, n, mean, share)
    days = np.datetime64(start, "D") + 7 * np.arange(weeks)
    return pd.DataFrame({
        "quantity": category(np.repeat(np.arange(len(NAMES)), weeks), NAMES),
        "week": np.tile(np.arange(weeks, dtype=np.int16), len(NAMES)),
        "date": np.tile(days.astype("datetime64[ms]"), len(NAMES)),
        "n": n.astype(np.int32),
        "mean": low + width * mean,
        **{name: low + width * quantile(counts, n, level) for name, level in QUANTILES.items()},
        "low": low + width * bottom,
        "high": low + width * top,
        "beyond": gathered.beyond.ravel().astype(np.int32),
    })  # fmt: skip


def quantile(counts: npt.NDArray[np.int64], n: npt.NDArray[np.int64], level: float) -> npt.NDArray[np.float64]:
    """Quantile of histograms, (row,) in shares of the range; NaN for an empty one.

    >>> row = np.zeros((1, BINS), dtype=np.int64); row[0, 512:514] = 1
    >>> float(quantile(row, row.sum(axis=1), 0.5)[0]) == 512 / 1023
    True
    """
    needed = np.maximum(np.ceil(level * n), 1.0)[:, None]
    mark = np.argmax(np.cumsum(counts, axis=1) >= needed, axis=1)
    return np.where(n > 0, mark / (BINS - 1), np.nan)


def _interval(
    counts: npt.NDArray[np.int64],
    n: npt.NDArray[np.int64],
    mean: npt.NDArray[np.float64],
    share: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    marks = np.arange(BINS) / (BINS - 1)
    middle = _over((counts * marks).sum(axis=1), n)
    variance = np.maximum(_over((counts * marks**2).sum(axis=1), n) - middle**2, 0.0)
    half = CONFIDENCE * np.sqrt(_over(variance, n - 1))
    low, high = wilson(np.clip(mean, 0.0, 1.0), n)
    return np.where(share, low, mean - half), np.where(share, high, mean + half)


def _over(total: npt.NDArray[np.float64], n: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    share: npt.NDArray[np.float64] = np.divide(total, n, out=np.full(n.shape, np.nan), where=n > 0)
    return share


def events_table(blocks: list[Block]) -> pd.DataFrame:
    """One row an event: replicate, week, kind, who, value; by run, and inside a run as they came."""
    every = [block.events for block in blocks]
    kind = joined_codes([(events.kind, events.labels) for events in every])
    who = joined_codes([(events.who, events.labels) for events in every])
    return pd.DataFrame({
        "replicate": np.concatenate([events.replicate for events in every]),
        "week": np.concatenate([events.week for events in every]),
        "kind": category(*kind),
        "who": category(*who),
        "value": np.concatenate([events.value for events in every]),
    })  # fmt: skip


def votes_table(blocks: list[Block]) -> pd.DataFrame:
    """One row a vote in a run: replicate, week, text, the tally, and whether the text was adopted.

    A question on a text stands under ``text.name``, in the runs in which it was put.  ``cohesion:`` and a bloc is
    the agreement index of its members in the Assembly; ``yes_to_no`` and the like count the states that did the
    one on the text that this one follows and the other now, and are missing where it follows none.
    """
    columns = joined([block.tallies for block in blocks])
    frame = {**columns, "text": category(columns["text"], blocks[0].texts)}
    cohesion = [name for name in columns if name.startswith(COHESION)]
    moves = {name: pd.arrays.IntegerArray(frame[name], frame[name] < 0) for name in MOVES if name in columns}
    plain = {name: frame[name] for name in ("replicate", "week", "text", *OUTCOMES, "adopted")}
    return pd.DataFrame({**plain, **moves, **{name: frame[name] for name in cohesion}})


def states_table(blocks: list[Block], scenario: Scenario) -> pd.DataFrame:
    """One row a text of the Assembly and a state: the shares of the runs in which it voted so."""
    rows = scenario.tables.states
    texts = [text for text in blocks[0].texts if text in blocks[0].ballots]
    states = list(rows.iso3) if rows else []
    counts = np.zeros((len(texts), len(states), 4), dtype=np.int64)
    for row, text in enumerate(texts):
        counts[row] = np.sum([block.ballots[text] for block in blocks], axis=0)
    total = counts.sum(axis=2).ravel()
    shares = counts.reshape(-1, 4) / np.maximum(total, 1)[:, None]
    return pd.DataFrame({
        "text": category(np.repeat(np.arange(len(texts)), len(states)), texts),
        "state": category(np.tile(np.arange(len(states)), len(texts)), states),
        "n": total.astype(np.int32),
        **{name: shares[:, column] for column, name in enumerate(OUTCOMES)},
    })  # fmt: skip


def trajectories_table(blocks: list[Block]) -> pd.DataFrame:
    """One row a run and week, one column a recorded quantity, in single precision."""
    tapes = [block.trajectories for block in blocks if block.trajectories is not None]
    weeks = tapes[0].shape[1]
    replicates = _replicates(blocks)
    by_run = np.concatenate([np.moveaxis(tape, -1, 0) for tape in tapes])
    return pd.DataFrame({
        "replicate": np.repeat(replicates, weeks),
        "week": np.tile(np.arange(weeks, dtype=np.int16), replicates.size),
        **{name: by_run[:, row].ravel() for row, name in enumerate(NAMES)},
    })  # fmt: skip
