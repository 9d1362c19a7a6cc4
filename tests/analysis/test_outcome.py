"""Outcomes as they are asked for: columns, questions about them, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.outcome import Unusable, values_of


def runs():
    return pd.DataFrame({
        "durable": [True, False, False], "weeks_at_war": [10, 52, 60], "front": [0.1, 0.2, 0.3],
        "first_ceasefire": pd.array([8, None, 70], dtype="Int16"), "signed_line": [0.1, np.nan, 0.2],
        "end": ["settlement", "war", "war"],
    })  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("durable", [1, 0, 0]),
        ("front", [0.1, 0.2, 0.3]),
        ("first_ceasefire?", [1, 0, 1]),
        ("first_ceasefire<52", [1, 0, 0]),
        ("weeks_at_war<52", [1, 0, 0]),
        ("weeks_at_war <= 52", [1, 1, 0]),
        ("front>0.15", [0, 1, 1]),
        ("front>=0.2", [0, 1, 1]),
        ("end=war", [0, 1, 1]),
        ("signed_line?", [1, 0, 1]),
    ],
)
def test_what_is_asked_is_answered_run_by_run(asked, values):
    assert values_of(runs(), asked).tolist() == values


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("durabl", "there is no outcome durabl; did you mean durable?"),
        ("fron>0.2", "there is no outcome fron; did you mean front?"),
        ("front<<2", "a number is allowed as a limit, found front<<2"),
        ("front>much", "a number is allowed as a limit, found front>much"),
        ("end", "end is no number and no flag"),
        ("end=cease", "no run stands at cease; did you mean ceasefire?"),
        ("front=0.2", "= asks how a run stands at its end"),
        ("first_ceasefire", "first_ceasefire is missing in 1 of 3 runs.*first_ceasefire<52"),
        ("first_ceasefire>52", "missing in 1 of 3 runs"),
        ("signed_line<0.5", "missing in 1 of 3 runs"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(asked, said):
    with pytest.raises(Unusable, match=said):
        values_of(runs(), asked)
