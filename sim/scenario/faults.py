"""Faults of input: what an author is told, all of it at once.

A fault names its place and says in one sentence what was found, what is allowed and which known name is
nearest.  How faults are found is not said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

_LONGEST = 60


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file.

    Parameters
    ----------
    place : str
        Where: a path inside the file, a line, or a row and column of a table.
    sentence : str
        What was found, what is allowed, and the nearest known name.

    >>> print(Fault("front.share", "0 to 1 is allowed, found 3"))
    front.share: 0 to 1 is allowed, found 3
    """

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class InputFault(Exception):
    """A file that cannot be used, with all its faults.

    It is raised once, after everything that could be checked was checked, and printed as it is.

    Parameters
    ----------
    file : str
        The file as the user named it.
    faults : sequence of Fault
        In the order in which they were found; doubled ones are told once.

    >>> print(InputFault("a.yaml", [Fault("name", "missing")]))
    a.yaml: 1 fault
      name: missing
    """

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.file = file
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__(file, self.faults)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.file, self.faults)

    def __str__(self) -> str:
        count = f"{len(self.faults)} fault{'' if len(self.faults) == 1 else 's'}"
        return "\n".join([f"{self.file}: {count}", *(f"  {fault}" for fault in self.faults)])


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Known name most like a word; none when nothing is near. Ties go to the first known name.

    >>> nearest("water_shar", ["oil", "water_share"])
    'water_share'
    """
    names = [name for name in known if len(name) <= _LONGEST]
    text = str(word)[:_LONGEST]
    close = get_close_matches(text, names, n=1, cutoff=0.7 if len(text) > 3 else 0.6)
    folded = get_close_matches(text.casefold(), [name.casefold() for name in names], n=1, cutoff=0.8)
    if close or not folded:
        return close[0] if close else None
    return next(name for name in names if name.casefold() == folded[0])


def hint(word: object, known: Iterable[str], *, plural: str = "allowed are") -> str:
    """End of a sentence about an unknown name: the nearest known one, or all that are allowed.

    >>> hint("nort", ["north", "south"]), hint("x", ["north", "south"])
    ('; did you mean north?', '; allowed are north, south')
    """
    names = list(known)
    near = nearest(word, names)
    if near or not names:
        return f"; did you mean {near}?" if near else "; there are none"
    return f"; {plural} {listed(names)}"


def listed(names: Iterable[object], most: int = 24) -> str:
    """Names in a row, shortened when there are very many; "none" when there are none.

    >>> listed(["a", "b"]), listed([])
    ('a, b', 'none')
    """
    every = [shortened(str(name)) for name in names]
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return (", ".join(every[:most]) or "none") + more


def shown(found: object) -> str:
    """A found value as it can stand in a sentence: short, on one line, text in quotation marks.

    >>> shown("downstrem"), shown(None), shown({"a": 1})
    ('"downstrem"', 'nothing', 'a mapping')
    """
    if found is None:
        return "nothing"
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, dict):
        return "a mapping"
    if isinstance(found, list | tuple):
        return f"a list of {len(found)}"
    return f'"{shortened(found)}"' if isinstance(found, str) else shortened(str(found))


def shortened(text: str, most: int = _LONGEST) -> str:
    """Text on one line of printable characters, cut when it is long.

    >>> shortened("a" * 100, 10)
    'aaaaaaa...'
    """
    line = "".join(letter if letter.isprintable() else "?" for letter in text[: most + 1])
    return line if len(line) <= most else line[: most - 3] + "..."
