"""``parley search``: the cheapest and the smallest set of levers that makes an outcome probable enough."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.ending import failures
from sim.cli.options import OUT, REPLACE, WORKERS, processes
from sim.cli.studies import keep


@click.command()
@click.argument("search", type=click.Path())
@WORKERS
@OUT
@REPLACE
@click.option("--no-figures", is_flag=True, help="Write tables only.")
@click.pass_obj
def search(
    traceback: bool, search: str, workers: int | None, out: Path | None, *, replace: bool, no_figures: bool
) -> None:
    """Find which levers make an outcome probable enough, and confirm it on fresh luck."""
    with failures(traceback=traceback):
        from sim.record.folder import check_place
        from sim.studies.search.loading import load_search
        from sim.studies.search.study import answer, player

        ready = load_search(search)
        if out is not None:
            check_place(out, replace=replace)
        study = answer(ready, player(ready, processes(workers)), _told)
        status = keep(study, out, replace=replace, figures=not no_figures)
    sys.exit(status)


def _told(sentence: str) -> None:
    """A step on the way, where somebody looks at the terminal."""
    if sys.stderr.isatty():
        click.echo(sentence, err=True)
