"""What a search found, as tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.analysis.measures import Estimate
from sim.studies.search.answers import Answer
from sim.studies.search.confirm import judged, verdict
from sim.studies.search.ledger import Board, Ledger
from sim.studies.search.resolve import front
from sim.studies.search.seeking import Found
from sim.studies.search.sets import Set, count, pulled

Row = dict[str, object]


def tables(found: Found) -> dict[str, pd.DataFrame]:
    """Everything that was tried, the best of each size, the front, the shortlist, the tries, answers and neighbours.

    Shares of ``sets`` are of the luck that chose, of ``shortlist`` of the one that confirmed, of all others of luck
    that no choice of them has seen.
    """
    seen, fresh = found.seen, found.fresh
    order = sorted(seen.seen, key=lambda one: (seen.board.cost(one), one))
    return {
        "sets": pd.DataFrame([{**_line(seen, one), "verdict": judged(seen, one)} for one in order]),
        "sizes": pd.DataFrame([_size(found, one) for one in found.sizes]),
        "front": pd.DataFrame(_front(found)),
        "shortlist": pd.DataFrame(
            [{**_line(fresh, one), "seen": seen.share(one), "verdict": judged(fresh, one)} for one in found.shortlist]
        ),
        "tries": pd.DataFrame(
            [{"try": number, **_answer(found, by, one)}
             for by, told in found.tries.items() for number, one in enumerate(told, start=1)]
        ),
        "answers": pd.DataFrame([_answer(found, by, one) for by, one in found.answers.items()]),
        "neighbours": _neighbours(found),
    }  # fmt: skip


def _line(ledger: Ledger, one: Set, share: Estimate | None = None) -> Row:
    share = share or ledger.estimate(one)
    return _told(ledger.board, one, share)


def _told(board: Board, one: Set, share: Estimate) -> Row:
    return {
        "words": board.words(one), "cost": board.cost(one), "levers": pulled(one),
        "share": share.value, "low": share.low, "high": share.high, "n": share.n,
        **{f"lever:{name}": strength for name, strength in zip(board.names, one, strict=True)},
    }  # fmt: skip


def _size(found: Found, one: Set) -> Row:
    """The best of a size, and how many of that size there are, were tried, and seem surely below the threshold."""
    seen, size = found.seen, pulled(one)
    tried = [other for other in seen.seen if pulled(other) == size]
    below = sum(judged(seen, other) == "not supported" for other in tried)
    earlier = {"seen": seen.share(one), "confirmed": found.fresh.share(one)}
    known = {"sets": count(seen.board.most, size), "tried": len(tried), "below": below}
    return {**_line(found.last[0], one), **earlier, **known}


def _front(found: Found) -> list[Row]:
    """The front of the luck that confirmed, on the next; `kept` says whether a set is on the front there too."""
    kept = set(front(found.last[0], found.front))
    return [
        {
            **_line(found.last[0], one),
            "seen": found.seen.share(one) if one in found.seen.seen else float("nan"),
            "confirmed": found.fresh.share(one), "kept": one in kept,
        }
        for one in found.front
    ]  # fmt: skip


def _answer(found: Found, by: str, one: Answer) -> Row:
    board = found.seen.board
    return {
        "by": by, **_told(board, one.levels, one.share), "seed": str(one.seed), "verdict": one.verdict,
        "minimal": one.minimal(board.search.threshold),
        "gain": one.gain.value, "gain_low": one.gain.low, "gain_high": one.gain.high,
    }  # fmt: skip


def _neighbours(found: Found) -> pd.DataFrame:
    board = found.seen.board
    rows: list[Row] = [
        {"by": by, "change": change, "lever": other.lever, **_told(board, other.levels, other.share),
         "loss": other.loss.value, "loss_low": other.loss.low, "loss_high": other.loss.high,
         "verdict": verdict(other.share, board.search.threshold)}
        for by, one in found.answers.items()
        for change, group in (("dropped", one.dropped), ("weakened", one.weakened))
        for other in group
    ]  # fmt: skip
    empty: Sequence[str] = list(_told(board, (0,) * len(board.names), Estimate(0, 0, 0, 0)))
    return pd.DataFrame(
        rows, columns=["by", "change", "lever", *empty, "loss", "loss_low", "loss_high", "verdict"]
    )  # fmt: skip
