"""``parley sweep``: an experiment, block by block, so that it can be stopped and goes on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.ending import FAILED, failures, progress_bar
from sim.cli.options import REPLACE, WORKERS, processes

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.sweep import Shard
    from sim.record.sweep import SweepResult


class ShardType(click.ParamType[tuple[int, int]]):
    """A share of a sweep, written i/n."""

    name = "i/n"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Number and total of ``2/8``."""
        number, slash, total = str(value).partition("/")
        if not (slash and number.isdecimal() and total.isdecimal() and 1 <= int(number) <= int(total)):
            self.fail(f"i/n with i from 1 to n is allowed, as 2/8, found {value}", param, ctx)
        return int(number), int(total)


@click.command()
@click.argument("experiment", type=click.Path())
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder for the result.  [default: results/NAME]"
)
@click.option("--resume", is_flag=True, help="Go on with what is finished already.")
@WORKERS
@click.option(
    "--backend", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Where to play."
)
@click.option("--address", metavar="URL", help="Dask scheduler, as tcp://host:8786.")
@click.option("--shard", type=ShardType(), help="Play share i of n; all shares write into one folder.")
@REPLACE
@click.pass_obj
def sweep(
    traceback: bool, experiment: str, out: Path | None, workers: int | None, backend: str, address: str | None,
    shard: tuple[int, int] | None, *, resume: bool, replace: bool,
) -> None:  # fmt: skip
    """Play a design over factors; what is finished is kept, and --resume goes on from there."""
    if (backend == "dask") != (address is not None):
        raise click.UsageError("--backend dask and --address go together")
    with failures(traceback=traceback, kept="what is finished stays; --resume goes on from there"):
        from sim.experiment.loading import load_experiment
        from sim.experiment.plan import Plan
        from sim.experiment.sweep import Shard, sweep_prepared

        ready = load_experiment(experiment)
        place = out or Path("results") / ready.experiment.name
        plan = Plan(ready)
        share = Shard(*shard) if shard else None
        with progress_bar(_runs(plan.runs, share)) as progress:
            result = sweep_prepared(
                ready, place, resume=resume, replace=replace, workers=processes(workers), address=address, shard=share,
                progress=progress,
            )  # fmt: skip
        if result is None:
            click.echo(f"Shard {share} is finished; the tables are written by the last one.")
            return
        _print(result)
    sys.exit(FAILED if result.manifest["failed"] else 0)


def _runs(runs: int, share: Shard | None) -> int:
    return runs if share is None else -(-runs // share.of)


def _print(result: SweepResult) -> None:
    made = result.manifest
    click.echo(f"{result.experiment.name}: {made['points']:,} points, {made['runs']:,} runs, {made['seconds']:.0f} s")
    for measure, head in (("share", "Share of runs"), ("mean", "Mean of the runs")):
        _print_measure(result.points[result.points["measure"] == measure], head)
    if made["failed"]:
        click.echo(f"{made['failed']:,} runs failed; their errors are in the column error of runs.parquet", err=True)
    click.echo(f"Results: {result.folder}")


def _print_measure(points: pd.DataFrame, head: str) -> None:
    """How one kind of measure spreads over the points, a line an outcome."""
    rows = points[points["value"].notna()]
    if rows.empty:
        return
    click.echo(f"{head} over the points: lowest, median, highest; widest 95 % interval of a point")
    for (outcome, level), found in rows.groupby(["outcome", "level"], sort=False, observed=True):
        label, values = f"{outcome} {level}".strip(), found["value"]
        widest = (found["high"] - found["low"]).max()
        click.echo(f"  {label:28} {values.min():8.3f} {values.median():8.3f} {values.max():8.3f}   {widest:8.3f}")
