"""A comparison as a table for the terminal: what each variant changes, with intervals, at most 100 columns wide."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.analysis.competing import ENDS
from sim.record.study import Study

WIDTH = 100

SHOWN = {
    "durable": "a durable agreement",
    "first_talks": "talks open",
    "first_ceasefire": "a general ceasefire is signed",
    "first_settlement": "a settlement is signed",
    "end_settlement": "at the end: a settlement stands",
    "end_ceasefire": "at the end: frozen by a ceasefire",
    "end_victory_a": "at the end: side A has won",
    "end_victory_b": "at the end: side B has won",
    "end_war": "at the end: the war goes on",
    "first_talks_weeks": "until first talks",
    "first_ceasefire_weeks": "until a general ceasefire",
    "first_settlement_weeks": "until a settlement",
    "peace_weeks": "that the first peace stands, of 52",
    "weeks_at_war": "of war",
    "front": "held by side B at the end",
    "casualties_a": "losses, side A",
    "casualties_b": "losses, side B",
    "unserved_a": "unserved energy, side A",
    "unserved_b": "unserved energy, side B",
}
"""Outcomes that are printed; the table `contrasts` has them all."""

UNITS = {
    "share": "Share of the runs, %; differences in points",
    "weeks": "Mean weeks, where what never comes counts as the whole calendar",
    "number": "Means",
}

NOTES = (
    "Difference: variant minus baseline in the same replicate; * where its 95 % interval leaves out 0. Of so many",
    "intervals one in twenty would leave out 0 by luck alone. Saved: how many times as many independent runs would",
    "have been needed for the same interval. Intervals state Monte-Carlo error and not whether the world is right.",
)


def as_text(study: Study) -> str:
    """The comparison as a table.

    Parameters
    ----------
    study : Study
        Of kind ``comparison``.
    """
    made, table = study.manifest, study["contrasts"]
    base, *others = made["asked"]["variants"]
    settings = "".join(f" + {one}" for one in made["overrides"])
    count = made["replicates"] - len(made["left_out"])
    head = f"{study.scenario.name}{settings}: {count:,} paired runs, seed {made['seed']}, against {base}"
    lines = [*_folded(head), *(line for told in made["failed"] for line in _folded(told))]
    for name in others:
        lines += ["", *_variant(name, table[table["variant"] == name]), *_endings(study["endings"], name)]
    return "\n".join([*lines, "", *NOTES])


def _variant(name: str, rows: pd.DataFrame) -> Iterator[str]:
    yield _line(name, "baseline", "variant", "difference", "95 % interval", "saved")
    chosen = rows.set_index("outcome").reindex(list(SHOWN)).dropna(subset=["label"])
    never = (chosen["baseline"] == chosen["value"]) & (chosen["low"] >= 0) & chosen["reduction"].isna()
    never |= (chosen["kind"] == "share") & (chosen["baseline"] == 0) & (chosen["value"] == 0)
    for kind, words in UNITS.items():
        group = chosen[(chosen["kind"] == kind) & ~never]
        if len(group):
            yield f"  {words}"
        for outcome, row in group.iterrows():
            yield _row(SHOWN[str(outcome)], row)
    if never.any():
        yield from _folded(f"the same in every run of both: {', '.join(SHOWN[one] for one in chosen.index[never])}", 2)


def _row(label: str, row: pd.Series[Any]) -> str:
    if math.isnan(row["difference"]):
        return _line(
            f"    {label}", number(row["baseline"], row["kind"]), number(row["value"], row["kind"]), "– ", "", ""
        )
    ends = "" if math.isnan(row["low"]) else " – ".join(signed(row[end], row["kind"]) for end in ("low", "high"))
    star = "*" if row["low"] > 0 or row["high"] < 0 else " "
    return _line(
        f"    {label}", number(row["baseline"], row["kind"]), number(row["value"], row["kind"]),
        signed(row["difference"], row["kind"]) + star, ends, saved(row["reduction"]),
    )  # fmt: skip


def _endings(table: pd.DataFrame, name: str) -> Iterator[str]:
    yield "  How the first war ends, % of runs: what came first; a ceasefire by what became of it"
    base = table[table["variant"] == table["variant"].iloc[0]].set_index("end")
    for _, row in table[table["variant"] == name].iterrows():
        ends = " – ".join(signed(row[f"difference_{end}"], "share") for end in ("low", "high"))
        star = "*" if row["difference_low"] > 0 or row["difference_high"] < 0 else " "
        if not base.loc[row["end"], "share"] and not row["share"]:
            continue
        shares = number(base.loc[row["end"], "share"], "share"), number(row["share"], "share")
        yield _line(f"    {ENDS[row['end']]}", *shares, signed(row["difference"], "share") + star, ends, "")


def _line(label: str, base: str, value: str, gap: str, ends: str, times: str) -> str:
    return f"{_cut(label, 41):<41}{base:>9}{value:>9}{gap:>12}{ends:>22}{times:>7}".rstrip()


def number(value: float, kind: str) -> str:
    """A value as it is printed.

    >>> number(0.125, "share"), number(12.34, "weeks"), number(float("nan"), "number")
    ('12.5', '12.3', '–')
    """
    if math.isnan(value):
        return "–"
    return f"{100 * value:.1f}" if kind == "share" else f"{value:.1f}" if kind == "weeks" else f"{value:.3g}"


def signed(value: float, kind: str) -> str:
    """A difference as it is printed, with its sign."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + number(abs(value), kind)


def saved(times: float) -> str:
    """How much the pairing bought."""
    if math.isnan(times):
        return ""
    return "all" if math.isinf(times) else ">999×" if times > 999 else f"{times:.1f}×"


def _folded(text: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 4))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
