"""Outcomes as they are asked for: a column of the table of runs, or a question about one that has yes and no.

``durable`` and ``weeks_at_war`` are columns; ``first_ceasefire?`` asks whether it came, ``weeks_at_war<52`` and
``front>=0.2`` where a number lies, ``end=ceasefire`` how a run stands at its end.
"""

from __future__ import annotations

import difflib
import operator
import re
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.record.columns import STATUSES
from sim.record.runs import BY_NAME

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_ASKED = re.compile(r"(?P<column>\w+)\s*(?:(?P<came>\?)|(?P<sign><=|>=|<|>|=)\s*(?P<limit>\S+))?")
_SIGNS: dict[str, Callable[[Array, float], Flags]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


class Unusable(ValueError):
    """What no analysis can be made of; the message is a sentence for the user."""


def values_of(runs: pd.DataFrame, outcome: str) -> Array:
    """Values of an outcome, (run,) float: 1 and 0 for yes and no.

    What never came lies below no limit of weeks; of all else that is missing nothing can be said.

    Parameters
    ----------
    runs : DataFrame
        Runs that went well.
    outcome : str
        A column, or a question about one.

    Raises
    ------
    Unusable
        There is no such column; the question does not fit it; or it is missing in some runs.

    >>> values_of(pd.DataFrame({"weeks_at_war": [10, 60]}), "weeks_at_war<52")
    array([1., 0.])
    """
    found = _ASKED.fullmatch(outcome.strip())
    column = found["column"] if found else outcome
    if found is None or column not in runs:
        raise Unusable(f"there is no outcome {column}{_hint(column, map(str, runs.columns))}")
    if found["came"]:
        return np.asarray(runs[column].notna(), dtype=np.float64)
    if found["sign"] == "=":
        return _standing(runs[column], column, found["limit"])
    if not (pd.api.types.is_bool_dtype(runs[column]) or pd.api.types.is_numeric_dtype(runs[column])):
        raise Unusable(
            f"{column} is no number and no flag, so nothing can be explained by it; {column}={STATUSES[1]} is"
        )
    numbers = np.asarray(runs[column].astype("Float64").to_numpy(na_value=np.nan), dtype=np.float64)
    if found["sign"] is None:
        return _complete(numbers, column)
    return _limited(numbers, column, found["sign"], _number(found["limit"], outcome))


def _standing(values: pd.Series, column: str, status: str) -> Array:
    if column not in BY_NAME or BY_NAME[column].kind != "status":
        raise Unusable(f"= asks how a run stands at its end, as end={STATUSES[1]}; {column} is no such column")
    if status not in STATUSES:
        raise Unusable(f"no run stands at {status}{_hint(status, STATUSES) or ': ' + ', '.join(STATUSES) + ' are'}")
    return np.asarray(values.astype(str) == status, dtype=np.float64)


def _limited(numbers: Array, column: str, sign: str, limit: float) -> Array:
    never = _is_week(column) and sign.startswith("<")
    known = np.where(np.isnan(numbers), np.inf, numbers) if never else _complete(numbers, column)
    return np.asarray(_SIGNS[sign](known, limit), dtype=np.float64)


def _is_week(column: str) -> bool:
    """Whether it is the week in which something first came."""
    return column in BY_NAME and BY_NAME[column].kind == "week"


def _complete(numbers: Array, column: str) -> Array:
    missing = int(np.isnan(numbers).sum())
    if missing:
        more = f", and {column}<52 whether it did before week 52" if _is_week(column) else ""
        raise Unusable(
            f"{column} is missing in {missing:,} of {numbers.size:,} runs, and a mean of the others would be of chosen "
            f"runs; {column}? asks whether it came{more}"
        )
    return numbers


def _number(text: str, outcome: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Unusable(f"a number is allowed as a limit, found {outcome}") from None


def _hint(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"; did you mean {near[0]}?" if near else ""
