"""``parley compare``: what variants change, run against paired run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sim.cli.ending import FAILED, failures, progress_bar
from sim.cli.options import (
    FIGURES,
    OUT,
    OVERRIDES,
    REPLACE,
    SCENARIO,
    SEED,
    WORKERS,
    processes,
    replicates_option,
)
from sim.cli.studies import keep


@click.command()
@SCENARIO
@click.option(
    "--variants", required=True, metavar="A,B,...",
    help="What is compared with the scenario itself; a+b lays both over it. Every variant of the file: all.",
)  # fmt: skip
@click.option("--against", default="baseline", show_default=True, metavar="V", help="What they are compared with.")
@replicates_option(500)
@SEED
@OVERRIDES
@WORKERS
@OUT
@REPLACE
@FIGURES
@click.pass_obj
def compare(
    traceback: bool, scenario: str, variants: str, against: str, overrides: tuple[str, ...], replicates: int,
    seed: int, workers: int | None, out: Path | None, *, replace: bool, no_figures: bool,
) -> None:  # fmt: skip
    """Play variants on the same luck and print what each changes, with intervals."""
    with failures(traceback=traceback):
        from sim.record.folder import check_place
        from sim.studies.compare import compare as contrast
        from sim.world.binding import load

        written = load(scenario)
        if out is not None:
            check_place(out, replace=replace)
        named = list(written.variants) if variants == "all" else [one.strip() for one in variants.split(",")]
        names = [against, *(one for one in named if one != against)]
        with progress_bar(replicates * len(names)) as progress:
            study = contrast(
                written, names, replicates, seed,
                overrides=overrides, workers=processes(workers, replicates), progress=progress,
            )  # fmt: skip
        status = keep(study, out, replace=replace, figures=not no_figures)
        status = FAILED if study.manifest["failed"] else status
    sys.exit(status)
