"""Saving what can be saved of a piece of work that failed: it is halved until only what is at fault is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

Left = TypeVar("Left")

MOST_ERRORS = 64
"""Single runs that may fail before the rest of a piece is given up: then the fault is hardly in a run."""


def salvaged(
    play: Callable[[int, int], Left], first: int, end: int, most: int = MOST_ERRORS
) -> Iterator[tuple[int, int, Left | Exception]]:
    """What a piece of work leaves, whole or in pieces, and the error of each run that leaves none.

    A run that fails costs about two plays for every halving: twenty small pieces for one among 1,024.

    Parameters
    ----------
    play : callable
        Plays the runs from one place up to another, the second not included.
    first, end : int
        The piece, `end` not included.
    most : int, at least 1
        Single runs that may fail; what is left then fails with the last error, unplayed.

    Yields
    ------
    First and end of a piece in the order of the runs, with what it left or with an error.

    >>> [(first, end) for first, end, _ in salvaged(lambda first, end: 1 / (not first <= 2 < end), 0, 4)]
    [(0, 2), (2, 3), (3, 4)]
    """
    waiting, failed = [(first, end)], 0
    while waiting:
        start, stop = waiting.pop()
        try:
            left: Left | Exception = play(start, stop)
        except Exception as error:  # noqa: BLE001  whatever stops one run must not stop the others
            if stop - start > 1 and failed < most:
                middle = (start + stop) // 2
                waiting += [(middle, stop), (start, middle)]
                continue
            left = error
            failed += 1
        yield start, stop, left
        if failed >= most and waiting and isinstance(left, Exception):
            yield from ((*rest, left) for rest in reversed(waiting))
            return
