"""``parley reproduce``: plays a result again and says whether every number is the same."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.ending import FAILED, failures, progress_bar
from sim.cli.options import WORKERS, processes


@click.command()
@click.argument("results", type=click.Path(path_type=Path))
@WORKERS
@click.pass_obj
def reproduce(traceback: bool, results: Path, workers: int | None) -> None:
    """Play a result again and tell, table by table, whether every number is the same."""
    with failures(traceback=traceback):
        from sim.studies.reproduce import read_manifest, runs_of
        from sim.studies.reproduce import reproduce as again

        with progress_bar(runs_of(read_manifest(results))) as progress:
            found = again(results, workers=processes(workers), progress=progress)
        click.echo(found)
    sys.exit(0 if found.same else FAILED)
