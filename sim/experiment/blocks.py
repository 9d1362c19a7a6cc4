"""The folder in which a sweep keeps its finished blocks until its tables are written.

A block is there in full or not at all: it is written under another name, brought to the disk, and renamed.  The
folder says whose it is, and a sweep that would give other numbers is refused.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment.plan import Plan
from sim.record.folder import FolderFault, told
from sim.record.manifest import sha256_of_code, versions
from sim.scenario.vocabulary.experiment import BASELINE

REQUEST = "request.json"
FORMAT = 1

NAMED = 5
"""Differing names that are told."""

KEPT = "what is finished stays, and --resume goes on from there"


class BlockFolder:
    """Finished blocks of one sweep.

    It is opened before anything is played, may be shared by several shards, receives blocks as they finish, and
    is removed when the tables are written.

    Parameters
    ----------
    folder : Path
        Beside the place of the result: ``DIR.blocks``.
    plan : Plan
    """

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self.plan = folder, plan
        self.damaged: set[str] = set()

    def open(self, *, resume: bool) -> None:
        """Makes the folder, or goes on with it.

        Parameters
        ----------
        resume : bool
            Whether blocks may be there already.

        Raises
        ------
        FolderFault
            It belongs to another experiment, scenario, seed or version; or it is there and was not to be; or
            it cannot be written.
        """
        wanted = request_of(self.plan)
        with told(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            file = self.folder / REQUEST
            there = {entry.name for entry in self.folder.iterdir()}
            begun = any(not name.startswith(".") for name in there - {REQUEST})
            if REQUEST in there and begun and not resume:
                raise FolderFault(
                    f"{self.folder} holds an unfinished sweep; --resume goes on with it, or remove the folder"
                )
            if REQUEST not in there:
                if begun:
                    raise FolderFault(f"{self.folder} holds something that is no sweep of Parley; name another folder")
                write_whole(file, (json.dumps(wanted, indent=1, ensure_ascii=False) + "\n").encode())
        refuse_other(self.folder, _read_request(file), wanted)

    def has(self, name: str) -> bool:
        """Whether a block is finished."""
        return self._file(name).exists()

    def names(self) -> set[str]:
        """Names of the finished blocks."""
        with told(self.folder):
            return {file.stem for file in self.folder.glob("*.parquet") if not file.name.startswith(".")}

    def add(self, name: str, rows: pa.RecordBatch) -> None:
        """Keeps a finished block.

        Raises
        ------
        FolderFault
            The disk is full, or writing fails in another way; what was kept before stays.
        """
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_batches([rows]), sink, compression="zstd", write_page_checksum=True)
        with told(self.folder, KEPT):
            write_whole(self._file(name), sink.getvalue().to_pybytes())

    def read(self, name: str) -> pa.Table | None:
        """Rows of a finished block; None, and the file is taken away, where it is damaged."""
        file = self._file(name)
        try:
            return pq.read_table(file, page_checksum_verification=True)
        except FileNotFoundError:
            return None
        except (OSError, pa.ArrowException):
            self.damaged.add(name)
            with told(self.folder):
                file.unlink(missing_ok=True)
            return None

    def remove(self) -> None:
        """Takes the folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"


def write_whole(file: Path, data: bytes) -> None:
    """Writes a file so that it is there in full or not at all, also after a power cut."""
    aside = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    try:
        with aside.open("xb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)
    place = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def request_of(plan: Plan) -> dict[str, Any]:
    """Everything that decides the numbers of a sweep, field by field."""
    experiment = plan.experiment.model_dump(mode="json")
    used = versions()
    used.pop("python")
    return {
        "format": FORMAT,
        "name": experiment["name"],
        "scenario": dict(zip(plan.variants, plan.scenario_parts, strict=True)),
        "seed": experiment["seed"],
        "replicates": experiment["replicates"],
        "outcomes": experiment["outcomes"],
        "stop": experiment["stop"],
        "factors": {path: str(factor) for path, factor in plan.experiment.factors.items()},
        "design": plan.design_hash,
        "version": used.pop("parley"),
        "code": sha256_of_code(),
        "libraries": used,
    }


def refuse_other(folder: Path, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Refuses a folder of another sweep, naming every field that differs.

    Raises
    ------
    FolderFault
    """
    differing = [_difference(key, found.get(key), wanted[key]) for key in wanted if found.get(key) != wanted[key]]
    if differing:
        raise FolderFault(f"{folder} belongs to another sweep: {'; '.join(differing)}")


def _difference(key: str, found: Any, wanted: Any) -> str:
    if isinstance(found, dict) and isinstance(wanted, dict):
        inner = list(_differing(found, wanted))
        more = f" and {len(inner) - NAMED} more" if len(inner) > NAMED else ""
        return f"{key} differs ({', '.join(inner[:NAMED])}{more})"
    if isinstance(wanted, int | float) or key in ("name", "version"):
        return f"{key} was {found} and is {wanted}"
    return f"{key} differs"


def _differing(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    """Names under which two requests differ; of a variant, with the parts of its scenario."""
    for name in {**found, **wanted}:
        one, other = found.get(name), wanted.get(name)
        if isinstance(one, dict) and isinstance(other, dict):
            yield from (part if name == BASELINE else f"{name}: {part}" for part in _differing(one, other))
        elif one != other:
            yield name


def _read_request(file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise FolderFault(f"{file.parent} holds no sweep that can be read: its {REQUEST} is damaged") from None
    return found
