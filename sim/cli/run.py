"""``parley run``: the main job, an ensemble with its tables, figures and summary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.ending import FAILED, failures, progress_bar
from sim.cli.options import (
    FIGURES,
    OUT,
    OVERRIDES,
    REPLACE,
    SCENARIO,
    SEED,
    VARIANTS,
    WORKERS,
    processes,
    replicates_option,
)
from sim.cli.studies import save

if TYPE_CHECKING:
    from sim.record.result import Result


@click.command()
@SCENARIO
@VARIANTS
@replicates_option(200)
@SEED
@OVERRIDES
@WORKERS
@OUT
@REPLACE
@FIGURES
@click.pass_obj
def run(
    traceback: bool, scenario: str, variants: tuple[str, ...], overrides: tuple[str, ...], replicates: int,
    seed: int, workers: int | None, out: Path | None, *, replace: bool, no_figures: bool,
) -> None:  # fmt: skip
    """Play a scenario many times: tables, figures, and a summary with intervals."""
    with failures(traceback=traceback):
        from sim.experiment.execution import RunsFailed
        from sim.experiment.execution import run as play
        from sim.record.folder import check_place
        from sim.world.binding import load

        written = load(scenario)
        if out is not None:
            check_place(out, replace=replace)
        try:
            with progress_bar(replicates) as progress:
                result = play(
                    written, replicates, seed,
                    variants=variants, overrides=overrides, workers=processes(workers, replicates), progress=progress,
                )  # fmt: skip
        except RunsFailed as failed:
            _keep_the_rest(failed.partial, out)
            raise
        drawn = True if out is None else save(result, out, replace=replace, figures=not no_figures)
        _print(result, out)
    sys.exit(0 if drawn else FAILED)


def _keep_the_rest(partial: Result | None, out: Path | None) -> None:
    """Writes what was played before some blocks failed beside the place where the whole was to stand."""
    if partial is None or out is None:
        return
    place = out.with_name(f"{out.name}-partial")
    partial.save(place, replace=True)
    click.echo(f"What could be played is in {place}; its manifest names what is missing.", err=True)


def _print(result: Result, out: Path | None) -> None:
    from sim.analysis.summary import as_text

    click.echo(as_text(result))
    click.echo(f"Results: {out}" if out is not None else "Nothing was written; --out DIR keeps tables and figures.")
