"""The summary of a result: what a researcher asks first, each answer with its interval and what it rests on.

Rows of numbers, and the same rows as a table for the terminal.  How the numbers are made is said in
`measures`, `survival` and `transitions`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from sim.analysis.hosts import DIRECT, hosts, record_of
from sim.analysis.measures import Estimate, proportion, ratio
from sim.analysis.survival import median
from sim.analysis.transitions import FROM, WINDOW, transitions
from sim.analysis.waiting import onset, peace
from sim.record.result import Result

WIDTH = 100
STANDING = (4, 13, 26, 52, 104)
"""Weeks after the signature at which it is asked whether an agreement still stands."""

YEAR = 52

ERROR = "Intervals state Monte-Carlo error: what other luck of the same world would do to a number."


@dataclass(frozen=True)
class Row:
    """One line of the summary.

    Parameters
    ----------
    section, label : str
    estimate : Estimate
    kind : str
        ``share``, ``weeks`` or ``rate``: how to print it.
    """

    section: str
    label: str
    estimate: Estimate
    kind: str


@dataclass(frozen=True)
class Tally:
    """One text before the Assembly or the Council.

    Parameters
    ----------
    label : str
    median, low, high : tuple of four float
        Yes, no, abstaining, absent: the median over the runs, and the ends of the interval of 90 % of them.
    observed : tuple of four int, optional
    adopted : Estimate
    """

    label: str
    median: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    observed: tuple[int, ...] | None
    adopted: Estimate


def summary(result: Result) -> list[Row]:
    """Rows of the summary, in the order in which they are read."""
    return [*_endings(result), *_waits(result), *_deals(result), *_standing(result), *_links(result), *_hosts(result)]


def _endings(result: Result) -> Iterator[Row]:
    runs, calendar, names = result.runs, result.scenario.calendar, _sides(result)
    section = "In how many runs"
    test = f"signed by week {calendar.signing_weeks}, standing {calendar.standing_weeks} weeks later"
    yield Row(section, f"durable: {test}", proportion(runs["durable"]), "share")
    for label, column in (
        ("talks open", "first_talks"),
        ("a general ceasefire is signed", "first_ceasefire"),
        ("a settlement is signed", "first_settlement"),
    ):
        yield Row(section, label, proportion(runs[column].notna()), "share")
    for side, name in zip("ab", names, strict=True):
        yield Row(
            section,
            f"the war ends by victory of {name}",
            proportion(runs["end"] == f"victory_{side}"),
            "share",
        )


def _waits(result: Result) -> Iterator[Row]:
    section = "Median week, where runs without it count as later than the last week"
    for label, what in (
        ("first talks", "talks"),
        ("first general ceasefire", "ceasefire"),
        ("first settlement", "settlement"),
    ):
        yield Row(section, label, median(onset(result, what)), "weeks")


def _deals(result: Result) -> Iterator[Row]:
    years = result.runs["weeks_at_war"].to_numpy() / YEAR
    for rung, label in _rungs(result).items():
        counts = result.runs[f"rung_{rung}_opened"].to_numpy()
        yield Row("Small deals in a year of war", f"rung {rung}: {label}", ratio(counts, years), "rate")


def _standing(result: Result) -> Iterator[Row]:
    curve = peace(result)
    if not curve.times.size:
        return
    for weeks in STANDING:
        label = f"after {weeks} weeks"
        yield Row("Agreements that still stand (n: still watched)", label, curve.at(weeks), "share")


def _links(result: Result) -> Iterator[Row]:
    found = transitions(result)
    section = f"General ceasefire (rung 5) within {WINDOW} weeks"
    rungs = [rung for rung in _rungs(result) if rung in FROM]
    for rung in rungs:
        label = f"of a success at rung {rung} ({found.successes[rung]:,} of them)"
        yield Row(section, label, found.follows[rung, 5], "share")
    if rungs:
        yield Row(section, "of any week of war", found.anyway[5], "share")
    section = f"The next rung within {WINDOW} weeks"
    for rung in rungs:
        yield Row(section, f"rung {rung + 1} after a success at rung {rung}", found.follows[rung, rung + 1], "share")
        yield Row(section, f"rung {rung + 1} after any week of war", found.anyway[rung + 1], "share")


def _hosts(result: Result) -> Iterator[Row]:
    """Short and long success of mediators; nothing where nobody mediated."""
    mediators = tuple(name for name in hosts(result) if name != DIRECT)
    if not mediators:
        return
    for label, names in (("under a mediator", mediators), ("without one", (DIRECT,))):
        found = record_of(result, *names, weeks=(YEAR,))
        yield Row("Talks that end in a signature", f"{label} ({found.tables:,} tables)", found.signed, "share")
        if not np.isnan(found.standing[YEAR].value):
            title = f"Agreements that stand after {YEAR} weeks (n: still watched)"
            yield Row(title, f"signed {label}", found.standing[YEAR], "share")


def tallies(result: Result) -> list[Tally]:
    """How the texts fared, in the order of their votes."""
    found = []
    for text in result.votes["text"].unique():
        votes = result.votes[result.votes["text"] == text]
        spec = result.scenario.texts[text]
        counts = votes[["yes", "no", "abstain", "absent"]].to_numpy()
        low, middle, high = (
            tuple(np.quantile(counts, level, axis=0, method="inverted_cdf").tolist()) for level in (0.05, 0.5, 0.95)
        )
        adopted = proportion(votes["adopted"])
        found.append(Tally(f"{spec.date} {spec.label or text}", middle, low, high, spec.observed, adopted))
    return found


def _sides(result: Result) -> tuple[str, str]:
    first, second = (result.scenario.actors[key].label or key for key in result.scenario.belligerents)
    return first, second


def _rungs(result: Result) -> dict[int, str]:
    """Heights of the ladder that a scenario has, with the labels of the deals on each."""
    ladder = result.scenario.ladder
    found: dict[int, list[str]] = {}
    for key, deal in ladder.rungs.items() if ladder else ():
        found.setdefault(deal.rung, []).append(deal.label or key)
    return {height: ", ".join(found[height]) for height in sorted(found)}


def as_text(result: Result) -> str:
    """The summary as a table of at most 100 columns."""
    lines = [_title(result), "", _line("", "estimate", "95 % interval", "n")]
    section = ""
    for row in summary(result):
        if row.section != section:
            section = row.section
            lines.append(section)
        lines.append(_row(row))
    return "\n".join([*lines, *_votes(result), "", ERROR])


def _title(result: Result) -> str:
    calendar, made = result.scenario.calendar, result.manifest
    laid = "".join(f" + {name}" for name in (*made["variants"], *made["overrides"]))
    return _cut(
        f"{result.scenario.name}{laid}: {len(result.runs):,} runs of {calendar.weeks} weeks"
        f" from {calendar.start}, seed {made['seed']}",
        WIDTH,
    )


def _line(label: str, estimate: str, interval: str, n: str) -> str:
    return f"{_cut(label, 63):<63}{estimate:>11}{interval:>17}{n:>8}".rstrip()


def _row(row: Row) -> str:
    estimate, show = row.estimate, SHOWN[row.kind]
    if math.isnan(estimate.value):
        return _line(f"  {row.label}", "–", "", f"{estimate.n:,}")
    ends = (estimate.low, estimate.high)
    unbounded = any(map(math.isnan, ends)) or all(map(math.isinf, ends))
    interval = "" if unbounded else f"{show(estimate.low)} – {show(estimate.high)}"
    unit = " %" if row.kind == "share" else ""
    return _line(f"  {row.label}", show(estimate.value) + unit, interval, f"{estimate.n:,}")


def _later(value: float) -> str:
    return "never" if math.isinf(value) else f"{value:.0f}"


SHOWN: dict[str, Callable[[float], str]] = {
    "share": lambda value: f"{100 * value:.1f}",
    "weeks": _later,
    "rate": lambda value: f"{value:.2f}",
}


def _votes(result: Result) -> list[str]:
    texts = tallies(result)
    if not texts:
        return []
    title = "Votes: median (and 90 % of the runs)"
    return [_columns(title, "yes", "no", "abstain", "adopted", "observed"), *(_vote(text) for text in texts)]


def _columns(label: str, yes: str, no: str, abstain: str, adopted: str, observed: str) -> str:
    return f"{label:<40}{yes:>13}{no:>12}{abstain:>12}{adopted:>9}{observed:>12}".rstrip()


def _vote(text: Tally) -> str:
    yes, no, abstain = (f"{text.median[row]:.0f} ({text.low[row]:.0f}–{text.high[row]:.0f})" for row in range(3))
    observed = "–".join(str(count) for count in text.observed[:3]) if text.observed else ""
    adopted = f"{100 * text.adopted.value:.0f} %"
    return _columns(f"  {_cut(text.label, 38)}", yes, no, abstain, adopted, observed)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
