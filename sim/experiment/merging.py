"""From the finished blocks of a sweep to its result: tables written a group at a time, and the manifest."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from sim.experiment.blocks import KEPT, BlockFolder, request_of
from sim.experiment.loading import Prepared
from sim.experiment.plan import Plan
from sim.experiment.stopping import course
from sim.record.folder import MANIFEST, FolderFault, written
from sim.record.manifest import manifest_of, sha256_of_file
from sim.record.result import write_scenario
from sim.record.sweep import EXPERIMENT, SWEEP, TABLES
from sim.record.sweep_writer import SweepWriter, write_design
from sim.scenario.experiments import dump_experiment


class MissingBlock(FolderFault):
    """A block of the plan is not there, or was damaged and taken away.

    Parameters
    ----------
    folder : Path
    group : int
        Whose block it is.
    damaged : bool
        Whether it was there.
    """

    def __init__(self, folder: Path, group: int, *, damaged: bool) -> None:
        self.group, self.damaged = group, damaged
        super().__init__(f"{folder} lacks a block; --resume plays what is missing")


def merge(
    prepared: Prepared, plan: Plan, blocks: BlockFolder, out: Path, started: datetime.datetime, *, replace: bool
) -> None:
    """Writes the result of a sweep whose blocks are all finished.

    Raises
    ------
    MissingBlock
        A block is missing or was damaged.
    FolderFault
        The place cannot be written.
    """
    experiment = prepared.experiment
    with written(out, replace=replace, comfort=KEPT) as folder:
        runs = failed = 0
        with SweepWriter(folder, experiment.outcomes, plan.variants) as writer:
            for group in range(plan.groups):
                rows = rows_of_group(plan, blocks, group)
                writer.add(rows, plan.variant_of(rows["point"].to_numpy()))
                runs += len(rows)
                failed += len(rows) - rows["error"].null_count
        write_design(folder, plan.rows.items(), plan.variants)
        saved = experiment.model_copy(update={"scenario": "scenario.yaml"})
        (folder / EXPERIMENT).write_bytes(dump_experiment(saved).encode())
        seconds = (datetime.datetime.now(datetime.UTC) - started).total_seconds()
        asked = {"points": plan.points, "runs": runs, "failed": failed, "request": request_of(plan)}
        made = manifest_of(SWEEP, prepared.scenario, asked, started, seconds)
        write_scenario(folder, made["scenario"]["text"], prepared.scenario.tables.texts)
        files = {
            name: sha256_of_file(folder / name) for name in (*(f"{table}.parquet" for table in TABLES), EXPERIMENT)
        }
        text = json.dumps({**made, "files": files}, indent=2, ensure_ascii=False) + "\n"
        (folder / MANIFEST).write_bytes(text.encode())


def rows_of_group(plan: Plan, blocks: BlockFolder, group: int) -> pa.Table:
    """All runs of a group's points, by point and replicate."""
    tables = list(_tables(plan, blocks, group))
    whole = pa.concat_tables([_plain(table) for table in tables])
    return whole.sort_by([("point", "ascending"), ("replicate", "ascending")])


def _tables(plan: Plan, blocks: BlockFolder, group: int) -> Iterator[pa.Table]:
    walk = course(plan, group)
    try:
        block = next(walk)
        while True:
            name = plan.name(block)
            rows = blocks.read(name)
            if rows is None:
                raise MissingBlock(blocks.folder, group, damaged=name in blocks.damaged)
            yield rows
            block = walk.send(rows)
    except StopIteration:
        return


def _plain(table: pa.Table) -> pa.Table:
    """A table without its dictionaries, so that tables of several blocks can be joined."""
    kinds = [field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field for field in table.schema]
    return table.cast(pa.schema(kinds))
