"""``parley search``: the cheapest and the smallest set of levers that makes an outcome probable enough."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.ending import failures, progress_bar
from sim.cli.options import OUT, REPLACE, WORKERS, processes
from sim.cli.studies import keep


@click.command()
@click.argument("search", type=click.Path())
@WORKERS
@OUT
@click.option("--resume", is_flag=True, help="Go on with what an interrupted search has played.")
@REPLACE
@click.option("--no-figures", is_flag=True, help="Write tables only.")
@click.pass_obj
def search(
    traceback: bool, search: str, workers: int | None, out: Path | None, *, resume: bool, replace: bool,
    no_figures: bool,
) -> None:  # fmt: skip
    """Find which levers make an outcome probable enough, and confirm it on fresh luck."""
    if resume and out is None:
        raise click.UsageError("--resume needs --out, where the search was to be written")
    kept = "nothing was written" if out is None else "what was played stays; --resume goes on from there"
    with failures(traceback=traceback, kept=kept):
        from sim.record.folder import check_place
        from sim.studies.search.kept import Kept, place_of
        from sim.studies.search.loading import load_search
        from sim.studies.search.seeking import foreseen
        from sim.studies.search.study import answer, player

        ready = load_search(search)
        if out is not None:
            check_place(out, replace=replace)
        store = None if out is None else Kept(place_of(out), ready)
        if store is not None and not resume:
            store.remove()
        with progress_bar(foreseen(ready.search)) as bar:
            play = player(ready, processes(workers), progress=bar)
            study = answer(ready, play if store is None else store.over(play, bar.already))
        status = keep(study, out, replace=replace, figures=not no_figures)
        if store is not None:
            store.remove()
    sys.exit(status)
