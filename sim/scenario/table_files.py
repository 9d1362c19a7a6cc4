"""From the file names in a scenario to its tables: found, read once, and checked against the actors.

A table is looked for in the scenario's own folder and then in the folders of what it extends, nearest first;
no name leads out of these.  How a table is written is known in `csv_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from sim.scenario.csv_tables import MOST_BYTES, read_donors, read_states, read_ties
from sim.scenario.faults import Fault, hint, nearest, shown
from sim.scenario.fora_rules import faults_of_fora
from sim.scenario.graphs import table_of_graphml
from sim.scenario.sections import Sections
from sim.scenario.tables import DonorRows, StateRows, Tables, TieRows

Rows = TypeVar("Rows")


@dataclass
class Shelf:
    """The folders in which a scenario's tables stand, and what was already taken from them.

    Parameters
    ----------
    folders : tuple of Path
        Where a table is looked for, in this order.
    texts : dict from file name to text
        Tables that were read; those of a scenario that was read before need no folder.
    """

    folders: tuple[Path, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    _read: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Text of a table.

        Raises
        ------
        LookupError
            With a sentence, where there is none that can be read.
        """
        if name not in self.texts:
            self.texts[name] = _text(_file(name, self.folders))
        return self.texts[name]

    def once(self, key: tuple[object, ...], read: Callable[[], Rows]) -> Rows:
        """What was read under a key before, or is read now."""
        if key not in self._read:
            self._read[key] = read()
        rows: Rows = self._read[key]
        return rows


def tables_of(sections: Sections, shelf: Shelf) -> tuple[Tables, list[Fault]]:
    """Every table that the sections name, and every fault in them."""
    faults: list[Fault] = []
    states = _states(sections, shelf, faults)
    files = {name: layer.file for name, layer in sections.ties.items() if layer.file}
    ties = {name: _ties(name, file, states, shelf, faults) for name, file in files.items()}
    donors = {name: _donors(name, aid.donors, shelf, faults) for name, aid in sections.aid.items()}
    if states is not None:
        faults.extend(_unknown_states(sections, states))
        faults.extend(_empty_blocs(sections, states))
        faults.extend(faults_of_fora(sections, states))
    return Tables(states, _there(ties), _there(donors), dict(shelf.texts)), faults


def _there(tables: Mapping[str, Rows | None]) -> dict[str, Rows]:
    return {name: rows for name, rows in tables.items() if rows is not None}


def _states(sections: Sections, shelf: Shelf, faults: list[Fault]) -> StateRows | None:
    if sections.states is None:
        return None
    file, topics = sections.states.file, tuple(sections.states.topics)
    text = _taken("states.file", file, shelf, faults)
    if text is None:
        return None
    rows, found = shelf.once(("states", file, topics), lambda: read_states(text, file, topics))
    faults.extend(found)
    return rows


def _ties(name: str, file: str, states: StateRows | None, shelf: Shelf, faults: list[Fault]) -> TieRows | None:
    text = _taken(f"ties.{name}.file", file, shelf, faults)
    if text is None:
        return None
    read = _read_graph if file.endswith(".graphml") else read_ties
    rows, found = shelf.once(("ties", file, states and states.iso3), lambda: read(text, file, states))
    faults.extend(found)
    return rows


def _read_graph(text: str, file: str, states: StateRows | None) -> tuple[TieRows | None, list[Fault]]:
    """Ties of a GraphML file; a fault names the edge where a table's would name the line."""
    table, faults = table_of_graphml(text, file)
    if faults:
        return None, faults
    rows, faults = read_ties(table, file, states)
    return rows, [Fault(re.sub(r" line (\d+), column \w+$", _edge, fault.place), fault.sentence) for fault in faults]


def _edge(line: re.Match[str]) -> str:
    return f" tie {int(line[1]) - 1}"


def _donors(name: str, file: str, shelf: Shelf, faults: list[Fault]) -> DonorRows | None:
    text = _taken(f"aid.{name}.donors", file, shelf, faults)
    if text is None:
        return None
    rows, found = shelf.once(("donors", file), lambda: read_donors(text, file))
    faults.extend(found)
    return rows


def _taken(place: str, file: str, shelf: Shelf, faults: list[Fault]) -> str | None:
    try:
        return shelf.text(file)
    except LookupError as lost:
        faults.append(Fault(place, str(lost.args[0])))
        return None


def _unknown_states(sections: Sections, states: StateRows) -> Iterator[Fault]:
    for key, iso3 in sections.with_iso3.items():
        if iso3 not in states.iso3:
            near = nearest(iso3, states.iso3)
            guess = f"; did you mean {near}?" if near else ""
            yield Fault(f"actors.{key}.iso3", f"{shown(iso3)} is not in the table of states{guess}")


def _empty_blocs(sections: Sections, states: StateRows) -> Iterator[Fault]:
    groups = list(dict.fromkeys(group for row in states.groups for group in row))
    for key, bloc in sections.blocs.items():
        if bloc.members not in groups:
            known = hint(bloc.members, groups, plural="groups are")
            yield Fault(f"actors.{key}.members", f"no state of the table belongs to {shown(bloc.members)}{known}")


def _file(name: str, folders: tuple[Path, ...]) -> Path:
    outside = f"a path inside the scenario's folder is allowed, and {shown(name)} leads out of it"
    if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
        raise LookupError(outside)
    file = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if file is None:
        raise LookupError(f"no such file {shown(name)}{hint(name, _tables_in(folders), plural='tables are')}")
    if not any(file.resolve().is_relative_to(folder) for folder in folders):
        raise LookupError(outside)
    return file


def _tables_in(folders: tuple[Path, ...]) -> list[str]:
    found = [file.relative_to(folder).as_posix() for folder in folders for file in sorted(_csv_files(folder))]
    return list(dict.fromkeys(found))


def _csv_files(folder: Path) -> Iterator[Path]:
    yield from folder.glob("*.csv")
    yield from folder.glob("*/*.csv")
    yield from folder.glob("*.graphml")
    yield from folder.glob("*/*.graphml")


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise LookupError(f"a table of at most {MOST_BYTES:,} bytes is allowed, found more")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise LookupError(f"{file.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise LookupError(f"{file.name} is not UTF-8 text; save it in UTF-8") from None
