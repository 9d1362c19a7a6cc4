"""A hindcast as lines of text, and the few numbers that stand for it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.studies.assembly.hindcast import Hindcast, Predicted
from sim.studies.assembly.record import Record
from sim.studies.assembly.scores import Score, mean, score
from sim.theory.voting import ABSENT, OUTCOMES

SINCE, TURN, TURNED = "2022-01-01", "2025-01-20", "USA"
"""The United States changed sides in the Assembly in February 2025: nothing in the record before says so."""
TARGETS = {"right": 0.87, "over the family": 0.015, "coverage": 0.80}


def coverage(texts: tuple[Predicted, ...] | list[Predicted]) -> float:
    """Share of the counts of all four outcomes inside their intervals."""
    return float(np.mean([inside for text in texts for inside in text.covered]))


def without_turn(record: Record, text: Predicted) -> Score:
    """Score of a text, the state that turned left out from the day it did."""
    if text.text.day < TURN:
        return text.score
    kept = np.array(record.states) != TURNED
    return score(text.probabilities[kept], text.absence[kept], text.text.known[kept])


def text_line(text: Predicted) -> str:
    """One text: simulated tally with its interval beside the observed one, and the share right."""
    parts = []
    for place, name in enumerate(OUTCOMES):
        low, high = text.interval[place]
        mark = " " if text.covered[place] else "*"
        parts.append(f"{name} {text.tally[place]:5.1f} [{low:3d},{high:3d}] {text.text.totals[place]:3d}{mark}")
    family = text.others["last vote, same family"].right
    return f"{text.text.name:8} {text.text.day}  {'  '.join(parts)}  right {text.score.right:.1%} (family {family:.1%})"


def score_line(name: str, value: Score) -> str:
    """One row of the table of scores."""
    return f"{name:41} {value.right:7.2%} {value.right_of_all:9.2%} {value.brier:8.4f} {value.log:8.4f}"


def lines(found: Hindcast, plain: Hindcast) -> Iterator[str]:
    """Everything below the texts: scores, coverage, misses by name, and the last line.

    Parameters
    ----------
    found : Hindcast
        The model.
    plain : Hindcast
        The same without texts of earlier wars.
    """
    texts = list(found.texts)
    late = [text for text in texts if text.text.day >= SINCE]
    heading = "of those voting, of all 193 (a wrong absence is wrong), Brier (0 to 2) and log score of those voting"
    for title, some, others in (
        (f"{len(texts)} texts: share right {heading}", texts, list(plain.texts)),
        (f"{len(late)} texts since 2022", late, [text for text in plain.texts if text.text.day >= SINCE]),
    ):
        if not some:
            continue
        yield ""
        yield title
        yield score_line("model", mean([text.score for text in some]))
        yield score_line("model without texts of earlier wars", mean([text.score for text in others]))
        without = [without_turn(found.record, text) for text in some]
        yield score_line("model, USA left out from 2025 on", mean(without))
        for name in some[0].others:
            yield score_line(name, mean([text.others[name] for text in some]))
    yield ""
    yield from _coverage_lines(texts, late)
    yield ""
    yield "misses by name (expected>observed)"
    for text in texts:
        yield f"  {text.text.name:8} {', '.join(text.misses(found.record)) or 'none'}"
    yield ""
    yield from _ending(found)


def _coverage_lines(texts: list[Predicted], late: list[Predicted]) -> Iterator[str]:
    inside = np.array([text.covered for text in texts])
    each = ", ".join(f"{name} {share:.0%}" for name, share in zip(OUTCOMES, inside.mean(axis=0), strict=True))
    yield f"counts inside their 90 % intervals: {coverage(texts):.1%} of {inside.size} ({each})"
    if late:
        yield f"the same since 2022: {coverage(late):.1%}"
    yield f"texts with all four counts inside: {int(inside.all(axis=1).sum())} of {len(texts)}"


def _ending(found: Hindcast) -> Iterator[str]:
    texts = list(found.texts)
    model = mean([text.score for text in texts])
    others = {name: mean([text.others[name] for text in texts]) for name in texts[0].others}
    gain = model.right - others["last vote, same family"].right
    best_brier, best_log = min(one.brier for one in others.values()), min(one.log for one in others.values())
    for name, value, target in (
        ("voting states right", model.right, TARGETS["right"]),
        ("more than the last vote on the same family", gain, TARGETS["over the family"]),
        ("counts inside their intervals", coverage(texts), TARGETS["coverage"]),
    ):
        yield f"{name}: {value:.2%}, target {target:.1%}: {'met' if value >= target else 'NOT met'}"
    better = model.brier < best_brier and model.log < best_log
    yield f"better than every baseline in Brier and in log score: {'met' if better else 'NOT met'}"
    yield f"average accuracy {model.right:.4f}, Brier score {model.brier:.4f}, coverage {coverage(texts):.4f}"


def absences(found: Hindcast) -> tuple[int, int]:
    """States expected to stay away that did, and all that were expected to, over all texts."""
    expected = [
        (text.absence > (1 - text.absence) * text.probabilities.max(axis=1), text.text.known) for text in found.texts
    ]
    right = sum(int((away & (votes == ABSENT)).sum()) for away, votes in expected)
    return right, sum(int(away.sum()) for away, _ in expected)
