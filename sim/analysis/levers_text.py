"""A search for levers as text for the terminal: the answers, what they need, the front."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.record.study import Study, each

BY = {"cost": "Cheapest set found", "size": "Smallest set found"}

NOTES = (
    "Seen: share on the luck of the search, which chose the set and so flatters it. Shares with intervals (95 %,",
    "Wilson) are of fresh luck: of the front and the shortlist on one seed, of the answers on another that no choice",
    "has seen. Levers are what the file says they are, at its costs; what was not tried may be better.",
)


def as_text(study: Study) -> str:
    """The search for the terminal.

    Parameters
    ----------
    study : Study
        Of kind ``search``.
    """
    asked = study.manifest["asked"]
    head = (
        f"{study.scenario.name}: {asked['outcome']} in at least {100 * asked['threshold']:.0f} of 100 runs; "
        f"{len(asked['strengths'])} levers, {asked['sets']:,} sets, {asked['runs']:,} runs, "
        f"seed {study.manifest['seed']}"
    )
    lines = [head]
    for by in BY:
        lines += ["", *_answer(study, by)]
    lines += ["", f"{'Front on fresh luck':<64}{'cost':>6}{'seen':>7}{'share':>8}{'interval':>13}"]
    lines += [_front(row) for row in each(study["front"])]
    return "\n".join([*lines, "", *NOTES])


def _answer(study: Study, by: str) -> Iterator[str]:
    rows = study["answers"][study["answers"]["by"] == by]
    if not len(rows):
        best = study["front"].iloc[-1]
        yield f"{BY[by]}: none is surely good enough; the most probable was {best['words']} with {share(best)}"
        return
    row = rows.iloc[0]
    if by == "size" and row["words"] == study["answers"]["words"].iloc[0] and len(study["answers"]) > 1:
        yield f"{BY[by]}: the same"
        return
    yield f"{BY[by]}: {row['words']} (cost {row['cost']:g})"
    gain = (
        f"{100 * row['gain']:+.1f} points over nothing ({100 * row['gain_low']:+.1f} to {100 * row['gain_high']:+.1f})"
    )
    yield f"  {share(row)} of {row['n']:,} runs of fresh luck: {row['verdict']}; {gain}"
    minimal = {"supported": "every lever is needed", "not supported": "not every lever is needed",
               "undecided": "whether every lever is needed is undecided"}  # fmt: skip
    yield f"  {minimal[row['minimal']]}:"
    labels = study.manifest["asked"]["labels"]
    for other in each(study["neighbours"][study["neighbours"]["by"] == by]):
        what = "without" if other.change == "dropped" else "weaker"
        falls = {"supported": "still enough", "not supported": "falls below", "undecided": "undecided"}[other.verdict]
        # What is lost without the lever, told as a change like every other number of the page.
        loss = f"{-100 * other.loss:+.1f} ({-100 * other.loss_high:+.1f} to {-100 * other.loss_low:+.1f})"
        yield f"    {_cut(f'{what} {labels[other.lever]}', 38):<38}{share(other._asdict()):>20}{loss:>22}  {falls}"


def share(row: Any) -> str:
    """A share with its interval, per cent.

    >>> share({"share": 0.5, "low": 0.4, "high": 0.6})
    '50.0 % (40.0–60.0)'
    """
    return f"{100 * row['share']:.1f} % ({100 * row['low']:.1f}–{100 * row['high']:.1f})"


def _front(row: Any) -> str:
    ends = f"{100 * row.low:.1f}–{100 * row.high:.1f}"
    return f"  {_cut(row.words, 61):<62}{row.cost:>6g}{100 * row.seen:>7.1f}{100 * row.share:>8.1f}{ends:>13}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
