"""A search for levers as text for the terminal: the verdict in plain words, then what it rests on."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from sim.record.study import Study, each

WIDTH = 118

TIE = "\u00a0"
"""A blank at which no line breaks."""

BY = {"cost": "cheapest", "size": "smallest"}

NEEDED = {
    "supported": "without any lever, or with a weaker one, it surely falls below the threshold",
    "not supported": "a smaller set seemed enough beside it, and was not surely so on luck of its own",
    "undecided": "whether all of it is needed is not decided",
}
FALLS = {"supported": "still enough", "not supported": "falls below", "undecided": "not decided"}


def as_text(study: Study) -> str:
    """The search for the terminal.

    Parameters
    ----------
    study : Study
        Of kind ``search``.
    """
    asked, answers = study.manifest["asked"], study["answers"]
    lines = [*_wrapped(_head(study)), "", *_verdict(study)]
    for row in each(answers if _differ(answers) else answers.head(1)):
        beside = study["neighbours"][study["neighbours"]["by"] == row.by]
        if len(beside):
            lines += ["", *_beside(row, beside, asked["labels"], both=not _differ(answers))]
    lines += ["", *_sizes(study["sizes"]), "", *_front(study["front"]), ""]
    return "\n".join([*lines, *(line for note in _notes(study) for line in _wrapped(note))])


def _head(study: Study) -> str:
    asked = study.manifest["asked"]
    return (
        f"{study.scenario.name}: which levers make {asked['outcome']} come in at least {100 * asked['threshold']:g} of "
        f"100 runs? {len(asked['strengths'])} levers, {asked['sets']:,} sets, {asked['runs']:,} runs"
    )


def _differ(answers: pd.DataFrame) -> bool:
    return len(set(answers["words"])) > 1


def _verdict(study: Study) -> Iterator[str]:
    """The answer in sentences: enough, not decided, or not enough."""
    answers, asked = study["answers"], study.manifest["asked"]
    threshold = f"{100 * asked['threshold']:g} %"
    least = answers.iloc[0]
    if least["verdict"] == "supported" and least["levers"] == 0:
        yield from _wrapped(f"Verdict: enough without any lever. {told(least)}.")
    elif (answers["verdict"] == "supported").any():
        yield "Verdict: some sets are enough."
        for row in each(answers if _differ(answers) else answers.head(1)):
            name = BY[row.by].capitalize() if _differ(answers) else "Cheapest and smallest"
            yield from _wrapped(f"{name} found: {row.words}. {told(row._asdict())}; {NEEDED[row.minimal]}.", "  ")
        yield from (line for row in _open_tries(study) for line in _wrapped(row, "  "))
    elif (answers["verdict"] == "undecided").any():
        row = answers[answers["verdict"] == "undecided"].iloc[0]
        yield from _wrapped(
            f"Verdict: not decided within {row['n']:,} runs of a set whether any is enough. The nearest found: "
            f"{row['words']}. {told(row)}, which leaves {threshold} open."
        )
    else:
        yield from _wrapped(
            f"Verdict: none that was tried is enough. The most probable found: {least['words']}. {told(least)}, "
            f"surely below {threshold}."
        )


def _open_tries(study: Study) -> Iterator[str]:
    """Cheaper or smaller sets that went to the proof before the answer, and were not decided."""
    for row in each(study["tries"].drop_duplicates("words")):
        answer = study["answers"][study["answers"]["by"] == row.by].iloc[0]
        least = (row.cost, row.levers) if row.by == "cost" else (row.levers, row.cost)
        found = (answer.cost, answer.levers) if row.by == "cost" else (answer.levers, answer.cost)
        if row.verdict == "undecided" and least < found:
            less = "cheaper" if row.by == "cost" else "smaller"
            yield f"Not decided, and {less}: {row.words}. {told(row._asdict())}."


def told(row: Any) -> str:
    """Levers, cost, share, interval and gain of an answer, in words."""
    levers = f"{row['levers']} lever{'' if row['levers'] == 1 else 's'}, cost {row['cost']:g}"
    gain = f"{signed(row['gain'])} points over nothing ({signed(row['gain_low'])} to {signed(row['gain_high'])})"
    return f"{levers}: {share(row)} of {row['n']:,} runs, {gain}"


def share(row: Any) -> str:
    """A share with its interval, per cent.

    >>> share({"share": 0.5, "low": 0.4, "high": 0.6})
    '50.0 % (40.0–60.0)'
    """
    return f"{100 * row['share']:.1f} % ({100 * row['low']:.1f}–{100 * row['high']:.1f})"


def signed(value: float) -> str:
    """A change of a share in points, with its sign.

    >>> signed(-0.014), signed(0.0)
    ('−1.4', '+0.0')
    """
    return f"{100 * value:+.1f}".replace("-", "−")


def _beside(answer: Any, beside: pd.DataFrame, labels: dict[str, str], *, both: bool) -> Iterator[str]:
    rows = [("the whole set", share(answer._asdict()), "", f"{answer.n:,}", "")]
    for row in each(beside):
        what = "without" if row.change == "dropped" else "weaker"
        # What is lost without the lever, told as a change like every other number of the page.
        loss = f"{signed(-row.loss)} ({signed(-row.loss_high)} to {signed(-row.loss_low)})"
        rows.append((f"{what} {labels[row.lever]}", share(row._asdict()), loss, f"{row.n:,}", FALLS[row.verdict]))
    name = "The set" if both else f"The {BY[answer.by]} set"
    yield from _table((f"{name}, and without each of its levers", "share", "change", "runs", "verdict"), rows)


def _sizes(table: pd.DataFrame) -> Iterator[str]:
    rows = [
        (f"{row.levers}: {row.words}", f"{row.tried:,} of {row.sets:,}", f"{row.below:,}", f"{row.cost:g}",
         f"{100 * row.seen:.1f}", share(row._asdict()))
        for row in each(table)
    ]  # fmt: skip
    yield from _table(("Best of so many levers", "tried", "below", "cost", "seen", "share"), rows)


def _front(table: pd.DataFrame) -> Iterator[str]:
    kept = table[table["kept"]]
    rows = [(row.words, f"{row.cost:g}", _seen(row.seen), share(row._asdict())) for row in each(kept)]
    yield from _table(("Front of cost against probability", "cost", "seen", "share"), rows)
    if len(kept) < len(table):
        yield f"  ({len(table) - len(kept)} more had seemed to be on it, and are beaten here)"


def _seen(value: float) -> str:
    """Share on the luck that chose; a set that was found on the way may not have been played there."""
    return "–" if math.isnan(value) else f"{100 * value:.1f}"


def _notes(study: Study) -> Iterator[str]:
    asked, sizes = study.manifest["asked"], study["sizes"]
    luck = asked["luck"]
    whole = [str(row.levers) for row in each(sizes) if row.tried == row.sets and row.levers]
    tried = f"Every set of {' and of '.join(whole)} was tried, at every strength; " if whole else ""
    yield (
        f"{tried}larger ones were grown from the most promising or bred, so that one that works only as a whole may "
        "have been missed. Below: surely below the threshold on the luck that chose. Seen: share on that luck, which "
        "flatters."
    )
    proved = ", ".join(str(seed) for seed in luck["proved"])
    yield (
        f"Three lucks: sets were chosen on seed {luck['chosen']} and confirmed and reduced on {luck['confirmed']}; "
        f"every share with an interval is of seed {proved}, on which nothing of it was chosen, an answer's on the "
        "luck of its try. Intervals of answers and their neighbours allow for two answers, "
        f"{asked['budget']['tries']} tries and {asked['looks']} looks ({asked['width']:.2f} standard errors each), so "
        "that in 95 of 100 searches nothing below the threshold is called enough; those of sizes and front are 95 % "
        "each, of changes 95 % each and paired."
    )
    if asked["failed"]:
        yield f"{asked['failed']:,} runs failed and are left out."
    yield "Levers and costs are what the file says they are, and a share is one of the model's runs."


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as what stands in them; the first is wrapped where all are too wide."""
    wide = [max(len(row[place]) for row in (head, *rows)) for place in range(1, len(head))]
    first = min(WIDTH - 2 - sum(wide) - 2 * len(wide), max(len(row[0]) + 2 for row in (head, *rows)))
    yield _line(head[0].ljust(first), head[1:], wide)
    for row in rows:
        parts = [part.replace(TIE, " ") for part in textwrap.wrap(_tied(row[0]), first - 2, subsequent_indent="  ")]
        yield _line(f"  {parts[0]}".ljust(first), row[1:], wide)
        yield from (f"  {part}" for part in parts[1:])


def _line(first: str, cells: Sequence[str], wide: Sequence[int]) -> str:
    return "  ".join([first, *(cell.rjust(width) for cell, width in zip(cells, wide, strict=True))]).rstrip()


def _wrapped(text: str, indent: str = "") -> list[str]:
    lines = textwrap.wrap(_tied(text), WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  " if indent else "")
    return [line.replace(TIE, " ") for line in lines]


def _tied(text: str) -> str:
    """Text in which a number stays with its per cent, and a strength, as (1 of 2), in one piece."""
    return re.sub(r"(?<=\d) of (?=\d)", f"{TIE}of{TIE}", text.replace(" %", f"{TIE}%"))
