"""A result: the tables of an experiment with the scenario and the manifest that say where they come from.

It needs nothing that plays worlds and nothing that draws; whoever draws is found through `drawing`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.record.columns import DRAW
from sim.record.drawing import painter
from sim.record.folder import MANIFEST, FolderFault, check_place, written
from sim.record.manifest import FORMAT, Manifest, sha256
from sim.scenario.checking import check
from sim.scenario.faults import InputFault
from sim.scenario.table_files import Shelf
from sim.scenario.vocabulary import Scenario
from sim.scenario.yaml_door import read_mapping

TABLES = ("runs", "weeks", "events", "votes", "states")
"""Tables that every result has."""

SCENARIO = "scenario.yaml"
ENSEMBLE = "ensemble"
BESIDE = "tables"
"""Folder inside a result for the scenario's own tables."""


@dataclass(frozen=True, eq=False)
class Result:
    """What an experiment leaves.

    It comes out of `sim.run` or `Result.load`, is read by measures and figures, and never changes.

    Parameters
    ----------
    runs : DataFrame
        One row a run: outcomes and drawn parameters; columns in `record.columns`.
    weeks : DataFrame
        One row a quantity and week: its distribution over the runs; quantities in `record.quantities`.
    events : DataFrame
        One row an event of a run.
    votes : DataFrame
        One row a vote of a run.
    states : DataFrame
        One row a text and state: how often it voted how.
    scenario : Scenario
        As it was played.
    manifest : dict
        Where the numbers come from.
    trajectories : DataFrame, optional
        One row a run and week, if they were asked for.
    """

    runs: pd.DataFrame
    weeks: pd.DataFrame
    events: pd.DataFrame
    votes: pd.DataFrame
    states: pd.DataFrame
    scenario: Scenario
    manifest: Manifest
    trajectories: pd.DataFrame | None = None

    def __repr__(self) -> str:
        return f"<Result of {self.scenario.name}: {len(self.runs)} runs, seed {self.manifest['seed']}>"

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        kept = {} if self.trajectories is None else {"trajectories": self.trajectories}
        return {name: getattr(self, name) for name in TABLES} | kept

    def figure(self, name: str, **how: Any) -> Any:
        """One of the figures of a result, by name, as a Matplotlib figure; `how` is what else it can be told."""
        return painter[0](self, name, **how)

    def save(
        self, folder: str | Path, *, replace: bool = False, also: Callable[[Path], object] | None = None
    ) -> Manifest:
        """Writes the result into a folder, which is complete afterwards or not there.

        Parameters
        ----------
        folder : str or Path
            A place where nothing stands yet, or an empty folder.
        replace : bool
            Whether an older result there may be replaced.
        also : callable, optional
            Writes more (figures) into the folder that it is given, before that takes its place.

        Returns
        -------
        The manifest, with the hash of each table's file.

        Raises
        ------
        FolderFault
            The place is taken, or cannot be written.
        """
        with written(Path(folder), replace=replace) as hidden:
            complete = self._write(hidden)
            if also is not None:
                also(hidden)
        return complete

    def _write(self, folder: Path) -> Manifest:
        return write_parts(folder, self.scenario, self.tables, self.manifest)

    @classmethod
    def load(cls, folder: str | Path) -> Result:
        """Result that stands in a folder.

        Raises
        ------
        FolderFault
            It is no result, or one that was changed or is of a newer layout; said in one sentence.
        """
        folder = Path(folder)
        made = manifest_in(folder, ENSEMBLE)
        return cls(scenario=scenario_in(folder, made), manifest=made, **tables_in(folder, made))


def write_parts(folder: Path, scenario: Scenario, tables: Mapping[str, pd.DataFrame], manifest: Manifest) -> Manifest:
    """Writes scenario, tables and manifest into a folder; gives the manifest with the hash of each table's file."""
    write_scenario(folder, manifest["scenario"]["text"], scenario.tables.texts)
    hashes = {}
    for name, table in tables.items():
        data = parquet(table)
        (folder / f"{name}.parquet").write_bytes(data)
        hashes[f"{name}.parquet"] = sha256(data)
    complete = {**manifest, "files": hashes}
    (folder / MANIFEST).write_bytes((json.dumps(complete, indent=2, ensure_ascii=False) + "\n").encode())
    return complete


def tables_in(folder: Path, made: Manifest) -> dict[str, pd.DataFrame]:
    """Tables that a manifest speaks of, by name.

    Raises
    ------
    FolderFault
        One of them cannot be read, or was changed.
    """
    return {name: _table_in(folder, name, made) for name in map(_stem, made["files"])}


def write_scenario(folder: Path, text: str, tables: Mapping[str, str]) -> None:
    """Writes a scenario, as its manifest has it, and the texts of its tables into the folder of a result."""
    for name, table in tables.items():
        file = folder / BESIDE / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(table.encode())
    (folder / SCENARIO).write_bytes(text.encode())


def parquet(table: pd.DataFrame) -> bytes:
    """Bytes of a table's file: the same for the same table, whoever writes it."""
    sink = pa.BufferOutputStream()
    drawn = [name for name in table.columns if name.startswith(DRAW)]
    pq.write_table(
        pa.Table.from_pandas(table, schema=_schema(table), preserve_index=False), sink,
        compression="zstd", compression_level=9,
        use_dictionary=[name for name in table.columns if name not in drawn],
        use_byte_stream_split=drawn,
    )  # fmt: skip
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _schema(table: pd.DataFrame) -> pa.Schema:
    """Arrow's types for a table; labels are text also where there are none."""
    schema = pa.Schema.from_pandas(table, preserve_index=False)
    for place, column in enumerate(schema):
        if pa.types.is_dictionary(column.type):
            schema = schema.set(place, column.with_type(pa.dictionary(pa.int32(), pa.string())))
    return schema


def _stem(file: str) -> str:
    return file.removesuffix(".parquet")


def manifest_in(folder: Path, *kinds: str) -> Manifest:
    """Manifest of a result of one of some kinds: ``ensemble``, ``sweep``, or a study's.

    Raises
    ------
    FolderFault
        There is none that can be read, or one of another kind or layout.
    """
    try:
        made: Manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        layout = made["format"]
    except FileNotFoundError:
        raise FolderFault(f"{folder} holds no result: there is no {MANIFEST} in it") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise FolderFault(f"{folder} holds no result that can be read: its {MANIFEST} is damaged") from None
    if layout != FORMAT:
        raise FolderFault(f"{folder} holds a result of layout {layout}, and this version reads layout {FORMAT}")
    if made.get("kind") not in kinds:
        asked = " or ".join(kinds)
        raise FolderFault(f"{folder} holds a result of another kind: {made.get('kind')}, where {asked} was asked for")
    return made


def _table_in(folder: Path, name: str, made: Manifest) -> pd.DataFrame:
    file = folder / f"{name}.parquet"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FolderFault(f"{file} cannot be read: {error.strerror}") from None
    if sha256(data) != made["files"][file.name]:
        raise FolderFault(f"{file} is not the file that its manifest speaks of: it was changed or damaged")
    table: pd.DataFrame = pq.read_table(pa.BufferReader(data)).to_pandas()
    # Where there are no labels Arrow does not tell that they would be text.
    empty = [name for name in table.select_dtypes("category") if table[name].cat.categories.empty]
    labels = pd.CategoricalDtype(pd.Index([], dtype=str))
    return table.astype(dict.fromkeys(empty, labels))


def scenario_in(folder: Path, made: Manifest) -> Scenario:
    """The scenario of a result beside its tables, read as any scenario is.

    Raises
    ------
    FolderFault
        It cannot be read.
    """
    try:
        tables = {name: (folder / BESIDE / name).read_bytes().decode() for name in made["tables"]}
        checked = check(read_mapping((folder / SCENARIO).read_bytes(), SCENARIO), Shelf(texts=tables))
    except (OSError, InputFault) as error:
        raise FolderFault(f"{folder} holds a scenario that cannot be read: {error}") from None
    if checked.scenario is None or checked.faults:
        raise FolderFault(f"{folder} holds a scenario that cannot be read: {InputFault(SCENARIO, checked.faults)}")
    return checked.scenario


__all__ = ["FolderFault", "Result", "check_place", "parquet"]
