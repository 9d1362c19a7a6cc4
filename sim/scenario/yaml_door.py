"""The one door through which YAML comes in: text to plain trees of mappings, tuples and scalars.

Only the events of the parser are used, so a hostile file is stopped while it is read: before its depth, its
aliases or its size can do harm.  Scalars follow the core schema of YAML 1.2 and dates: ``NO``, ``on`` and
``12:30`` are texts.  What the keys mean is not known here.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from sim.scenario.faults import Fault, InputFault, shortened, shown

Tree = dict[str, Any]
"""A mapping of a file, with tuples for lists."""

MOST_BYTES = 1_000_000
MOST_NODES = 50_000
MOST_DEPTH = 30
MOST_ALIASES = 100
MOST_FAULTS = 200

_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_mapping(data: bytes, file: str) -> Tree:
    """Tree of a file that holds one mapping.

    Parameters
    ----------
    data : bytes
        The file as it lies on the disk.
    file : str
        Its name in the report.

    Raises
    ------
    InputFault
        Where the text is no YAML, goes beyond a limit, or is not a mapping.

    >>> read_mapping(b"country: NO", "a.yaml")
    {'country': 'NO'}
    """
    tree = _read(data, file)
    if not isinstance(tree, dict):
        found = "nothing" if tree is None else shown(tree)
        raise InputFault(file, [Fault("line 1", f"a file is a mapping of keys to values, found {found}")])
    return tree


def read_value(text: str, place: str) -> Any:
    """Value written in one line, as after the equals sign of ``--set``.

    >>> read_value("{triangular: [.1, .3, .6]}", "--set a")
    {'triangular': (0.1, 0.3, 0.6)}
    """
    return _read(text.encode("utf-8", "replace"), place)


class _Refused(Exception):
    """The rest of the file cannot be read."""


def _read(data: bytes, file: str) -> Any:
    builder = _Builder()
    value = None
    try:
        value = builder.document(_decoded(data))
    except _Refused as refused:
        builder.faults.append(refused.args[0])
    except MarkedYAMLError as error:
        builder.faults.append(_syntax(error))
    except (YAMLError, ValueError, IndexError, TypeError, AttributeError, AssertionError) as error:
        # Besides its own errors the parser lets slip what breaks inside it on mangled text.
        builder.faults.append(Fault("file", f"not YAML: {shortened(' '.join(str(error).split()), 100)}"))
    if builder.faults:
        raise InputFault(file, builder.faults)
    return value


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise _Refused(Fault("file", f"{len(data):,} bytes; at most {MOST_BYTES:,} are allowed"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _Refused(Fault(f"line {line}", "not UTF-8 text; save the file in UTF-8")) from None


def _syntax(error: MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    place = "file" if mark is None else f"line {mark.line + 1}, column {mark.column + 1}"
    return Fault(place, f"not YAML: {shortened(str(error.problem or error.context), 100)}")


@dataclass(frozen=True)
class _Branch:
    """A finished value with its number of nodes and its height, so that an alias can be counted in full."""

    value: Any
    nodes: int
    height: int


@dataclass
class _Builder:
    """Reads one document: takes the parser's events one by one and counts everything that is limited."""

    faults: list[Fault] = field(default_factory=list)
    anchors: dict[str, _Branch | None] = field(default_factory=dict)
    nodes: int = 0
    aliases: int = 0

    def document(self, text: str) -> Any:
        """Value of the only document of a text; None of an empty one."""
        # One event ahead is all that is ever held.
        events = iter(YAML(typ="safe", pure=True).parse(text))
        value: Any = None
        for number, event in enumerate(_documents(events)):
            if number:
                raise _Refused(Fault(_line(event), "one document is allowed, found a second one after ---"))
            if getattr(event, "version", None) not in (None, (1, 2)) or getattr(event, "tags", None):
                raise _Refused(Fault(_line(event), "no % directives are allowed"))
            value = self.branch(next(events), events, 1).value
        return value

    def branch(self, event: Any, events: Iterator[Any], depth: int) -> _Branch:
        """Value that begins with an event, at a depth."""
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self._alias(event, depth)
        self._count(event, 1, depth)
        if event.tag is not None:
            self._fault(event, f"no tags are allowed, found {shown(str(event.tag))}")
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        before = self.nodes
        value, height = self._value(kind, event, events, depth)
        branch = _Branch(value, self.nodes - before + 1, height + 1)
        if event.anchor is not None:
            self.anchors[event.anchor] = branch
        return branch

    def _value(self, kind: str, event: Any, events: Iterator[Any], depth: int) -> tuple[Any, int]:
        if kind == "MappingStartEvent":
            return self._mapping(events, depth)
        if kind == "SequenceStartEvent":
            return self._sequence(events, depth)
        return self._scalar(event), 0

    def _mapping(self, events: Iterator[Any], depth: int) -> tuple[Tree, int]:
        mapping: Tree = {}
        lines: dict[str, int] = {}
        height = 0
        for event in _until("MappingEndEvent", events):
            key = self.branch(event, events, depth + 1).value
            entry = self.branch(next(events), events, depth + 1)
            height = max(height, entry.height)
            if self._is_new_key(event, key, lines):
                mapping[key] = entry.value
        return mapping, height

    def _is_new_key(self, event: Any, key: Any, lines: dict[str, int]) -> bool:
        if not isinstance(key, str):
            self._fault(event, f"a key is a text, found {shown(key)}; quotation marks make it one")
            return False
        if key in lines:
            self._fault(event, f"{shortened(key)} is written twice, first in line {lines[key]}")
            return False
        lines[key] = event.start_mark.line + 1
        return True

    def _sequence(self, events: Iterator[Any], depth: int) -> tuple[tuple[Any, ...], int]:
        branches = [self.branch(event, events, depth + 1) for event in _until("SequenceEndEvent", events)]
        return tuple(item.value for item in branches), max((item.height for item in branches), default=0)

    def _alias(self, event: Any, depth: int) -> _Branch:
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            raise _Refused(Fault(_line(event), f"at most {MOST_ALIASES} aliases are allowed"))
        branch = self.anchors.get(event.anchor)
        if branch is None:
            within = "stands inside itself" if event.anchor in self.anchors else "has no anchor before it"
            raise _Refused(Fault(_line(event), f"the alias *{shortened(event.anchor)} {within}"))
        self._count(event, branch.nodes, depth + branch.height - 1)
        return branch

    def _count(self, event: Any, nodes: int, depth: int) -> None:
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            raise _Refused(Fault(_line(event), f"at most {MOST_NODES:,} values are allowed in a file"))
        if depth > MOST_DEPTH:
            raise _Refused(Fault(_line(event), f"at most {MOST_DEPTH} levels of nesting are allowed"))

    def _scalar(self, event: Any) -> Any:
        try:
            return _plain(event.value) if event.implicit[0] else _text(event.value)
        except ValueError as error:
            self._fault(event, str(error))
            return None

    def _fault(self, event: Any, sentence: str) -> None:
        self.faults.append(Fault(_line(event), sentence))
        if len(self.faults) >= MOST_FAULTS:
            raise _Refused(Fault(_line(event), f"more than {MOST_FAULTS} faults; the rest was not read"))


def _documents(events: Iterator[Any]) -> Iterator[Any]:
    return (event for event in events if type(event).__name__ == "DocumentStartEvent")


def _until(end: str, events: Iterator[Any]) -> Iterator[Any]:
    for event in events:
        if type(event).__name__ == end:
            return
        yield event


def _line(event: Any) -> str:
    return f"line {event.start_mark.line + 1}"


def _plain(text: str) -> Any:
    if text.lower() in _WORDS and text in (text.lower(), text.capitalize(), text.upper()):
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text):
        return _finite(text)
    return _date(text) if _DATE.fullmatch(text) else _text(text)


def _text(text: str) -> str:
    for letter in text:
        if category(letter) in ("Cc", "Cs") and letter not in "\n\t":
            raise ValueError(f"printable text is allowed, found the character U+{ord(letter):04X}")
    return text


def _integer(text: str) -> int:
    bases = {"0o": 8, "0x": 16}
    if len(text) > 18:
        raise ValueError(f"a number of at most 18 figures is allowed, found {shown(text)}")
    return int(text[2:], bases[text[:2]]) if text[:2] in bases else int(text)


def _finite(text: str) -> float:
    number = float(text) if _FLOAT.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise ValueError(f"a finite number is allowed, found {shortened(text)}")
    return number


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"no such day in the calendar, found {text}") from None
