"""``parley discover`` and ``parley sensitivity``: what explains an outcome of runs that were played."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.ending import AT_FAULT, failures
from sim.cli.options import FIGURES, OUT, REPEATABLE, REPLACE, SeedType
from sim.cli.studies import keep

if TYPE_CHECKING:
    from sim.record.study import Study

METHODS = ("sobol", "morris", "contrasts", "scores")


class LabelType(click.ParamType[tuple[str, str]]):
    """What to print for a factor, written PATH=WORDS."""

    name = "PATH=WORDS"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Path and words."""
        path, sign, words = str(value).partition("=")
        if not (path and sign and words):
            self.fail(f"PATH=WORDS is allowed, found {value}", param, ctx)
        return path, words


def shared(numbers: str) -> Callable[[Any], Any]:
    """Arguments and options that both commands have; what `outcome` may be besides yes and no is said."""

    def decorated(command: Any) -> Any:
        for option in reversed((
            click.argument("results", type=click.Path(path_type=Path)),
            click.option(
                "--outcome", default="durable", show_default=True, metavar="NAME",
                help=f"A flag{numbers} of the table of runs; or NAME? (whether it came), NAME<52, end=ceasefire.",
            ),
            click.option("--variant", metavar="V", help="Of a sweep; without it the first that was played."),
            click.option(
                "--label", "labels", multiple=True, type=LabelType(), help=f"What to print for a factor; {REPEATABLE}."
            ),
            click.option(
                "--seed", default=1, show_default=True, type=SeedType(),
                help="Seed for what is drawn again; nothing is played.",
            ),
            OUT, REPLACE, FIGURES, click.pass_obj,
        )):  # fmt: skip
            command = option(command)
        return command

    return decorated


@click.command()
@shared("")
def discover(
    traceback: bool, results: Path, *, out: Path | None, replace: bool, no_figures: bool, **asked: Any
) -> None:
    """Find settings under which an outcome is frequent (PRIM and a tree), tested on held-out runs."""
    with failures(traceback=traceback):
        from sim.studies.explain import discover as explain

        status = _explained(explain, results, asked, out, replace=replace, figures=not no_figures)
    sys.exit(status)


@click.command()
@shared(" or number")
@click.option("--method", type=click.Choice(METHODS), help="Without it, that of the sweep's design; scores for any.")
def sensitivity(
    traceback: bool, results: Path, *, out: Path | None, replace: bool, no_figures: bool, **asked: Any
) -> None:
    """Rank what an outcome depends on.

    A sweep of a Sobol or Morris design gives its indices, one factor at a time paired contrasts; feature scores
    can be had of any runs.
    """
    with failures(traceback=traceback):
        from sim.studies.explain import sensitivity as explain

        status = _explained(explain, results, asked, out, replace=replace, figures=not no_figures)
    sys.exit(status)


def _explained(
    explain: Any, results: Path, asked: dict[str, Any], out: Path | None, *, replace: bool, figures: bool
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
        study: Study = explain(source, **{**asked, "labels": dict(asked["labels"])})
    except Unusable as fault:
        click.echo(f"{results}: {fault}", err=True)
        return AT_FAULT
    return keep(study, out, replace=replace, figures=figures)
