"""What a question leaves that plays worlds again: tables by name, the scenario, the manifest.

A comparison, a sensitivity analysis, a scenario discovery and a search are studies; which tables each kind has is
said where it is made.  A single ensemble is a `Result`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.record.drawing import painter
from sim.record.folder import written
from sim.record.manifest import Manifest
from sim.record.result import manifest_in, scenario_in, tables_in, write_parts
from sim.scenario.vocabulary import Scenario

KINDS = ("comparison", "sensitivity", "discovery", "search")


@dataclass(frozen=True, eq=False)
class Study:
    """Tables that answer a question, with what it takes to make them again.

    It comes out of a study or of `Study.load`, is read by figures, and never changes.

    Parameters
    ----------
    kind : str
        ``comparison``, ``sensitivity``, ``discovery`` or ``search``; the manifest says it too.
    tables : mapping from name to DataFrame
    scenario : Scenario
        The baseline, as it was played.
    manifest : dict
        As of a result; under ``asked`` stands what the question was.
    text : str
        The same for the terminal.
    """

    kind: str
    tables: Mapping[str, pd.DataFrame]
    scenario: Scenario
    manifest: Manifest
    text: str = ""

    def __repr__(self) -> str:
        return f"<Study of {self.scenario.name}: {self.kind}, seed {self.manifest['seed']}>"

    def __str__(self) -> str:
        return self.text

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def figure(self, name: str) -> Any:
        """One of the figures of a study, by name, as a Matplotlib figure."""
        return painter[0](self, name)

    def save(
        self, folder: str | Path, *, replace: bool = False, also: Callable[[Path], object] | None = None
    ) -> Manifest:
        """Writes the study into a folder, which is complete afterwards or not there; arguments as of a result."""
        with written(Path(folder), replace=replace) as hidden:
            complete = write_parts(hidden, self.scenario, self.tables, {**self.manifest, "kind": self.kind})
            (hidden / TEXT).write_text(self.text + "\n", encoding="utf-8")
            if also is not None:
                also(hidden)
        return complete

    @classmethod
    def load(cls, folder: str | Path) -> Study:
        """Study that stands in a folder.

        Raises
        ------
        FolderFault
            It is no study, or one that was changed or is of a newer layout; said in one sentence.
        """
        folder = Path(folder)
        made = manifest_in(folder, *KINDS)
        scenario, tables = scenario_in(folder, made), tables_in(folder, made)
        try:
            text = (folder / TEXT).read_text(encoding="utf-8").rstrip("\n")
        except OSError:
            text = ""
        return cls(str(made["kind"]), tables, scenario, made, text)


TEXT = "summary.txt"
"""File with what the terminal showed."""


def each(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table one after another, with its columns as attributes.

    >>> [row.a for row in each(pd.DataFrame({"a": [1, 2]}))]
    [1, 2]
    """
    yield from table.itertuples()
