"""``parley discover`` and ``parley sensitivity``: what explains an outcome of runs that were played."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.ending import FAILED, failures
from sim.cli.options import OUT, REPLACE, SEED
from sim.cli.studies import keep

if TYPE_CHECKING:
    from sim.record.study import Study

RESULTS = click.argument("results", type=click.Path(path_type=Path))
OUTCOME = click.option(
    "--outcome", default="durable", show_default=True, metavar="NAME",
    help="A flag or number of the table of runs; of a week, NAME? is whether it came.",
)  # fmt: skip
FIGURES = click.option("--no-figures", is_flag=True, help="Write tables only.")


@click.command()
@RESULTS
@OUTCOME
@SEED
@OUT
@REPLACE
@FIGURES
@click.pass_obj
def discover(
    traceback: bool, results: Path, outcome: str, seed: int, out: Path | None, *, replace: bool, no_figures: bool
) -> None:
    """Find settings under which an outcome is frequent (PRIM and a tree), tested on held-out runs."""
    with failures(traceback=traceback):
        from sim.studies.explain import discover as explain

        status = _explained(explain, results, outcome, seed, out, replace=replace, figures=not no_figures)
    sys.exit(status)


@click.command()
@RESULTS
@OUTCOME
@SEED
@OUT
@REPLACE
@FIGURES
@click.pass_obj
def sensitivity(
    traceback: bool, results: Path, outcome: str, seed: int, out: Path | None, *, replace: bool, no_figures: bool
) -> None:
    """Rank what an outcome depends on: Sobol or Morris for a sweep of such a design, feature scores for any."""
    with failures(traceback=traceback):
        from sim.studies.explain import sensitivity as explain

        status = _explained(explain, results, outcome, seed, out, replace=replace, figures=not no_figures)
    sys.exit(status)


def _explained(
    explain: Any, results: Path, outcome: str, seed: int, out: Path | None, *, replace: bool, figures: bool
) -> int:
    """Explains what stands in a folder; the exit status."""
    from sim.analysis.points import Unusable
    from sim.record.folder import check_place
    from sim.record.result import ENSEMBLE, Result, manifest_in
    from sim.record.sweep import SWEEP, SweepResult

    if out is not None:
        check_place(out, replace=replace)
    kind = manifest_in(results, ENSEMBLE, SWEEP)["kind"]
    source = SweepResult.load(results) if kind == SWEEP else Result.load(results)
    try:
        study: Study = explain(source, outcome, seed=seed)
    except Unusable as fault:
        click.echo(f"{results}: {fault}", err=True)
        return FAILED
    return keep(study, out, replace=replace, figures=figures)
