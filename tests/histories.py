"""Results with a history that a test wrote itself: events of its choice, and the table of runs left plain."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.record.columns import STATUSES
from sim.record.result import Result
from tests.toys import toy

Written = tuple[int, int, str] | tuple[int, int, str, str]


def history(runs: int, events: Sequence[Written]) -> Result:
    """A result of 60 weeks in which only these events, (replicate, week, kind[, who]), happened."""
    rows = [(*event, "table")[:4] for event in events]
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    table = pd.DataFrame({
        "replicate": np.array(columns[0], dtype=np.int32),
        "week": np.array(columns[1], dtype=np.int16),
        "kind": pd.Categorical(list(columns[2]), categories=sorted(set(columns[2]))),
        "who": pd.Categorical(list(columns[3]), categories=sorted(set(columns[3]))),
        "value": np.full(len(rows), np.nan, dtype=np.float32),
    })  # fmt: skip
    plain = pd.DataFrame({"replicate": np.arange(runs, dtype=np.int32)})
    plain["end"] = pd.Categorical(["war"] * runs, categories=list(STATUSES))
    empty = pd.DataFrame()
    return Result(plain, empty, table, empty, empty, toy(), {"seed": 1})
