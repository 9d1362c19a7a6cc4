"""``parley check``: reads what was written, says every fault."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sim.cli.ending import AT_FAULT, failures

if TYPE_CHECKING:
    from sim.scenario import Scenario


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@click.option("--sources", is_flag=True, help="List the numbers for which no source is given.")
@click.pass_obj
def check(traceback: bool, files: tuple[str, ...], *, sources: bool) -> None:
    """Read scenario, experiment and search files and print every fault."""
    from sim.scenario import InputFault, unsourced

    faulty = False
    for file in files:
        with failures(traceback=traceback):
            try:
                scenario = _read(file)
            except InputFault as fault:
                click.echo(fault, err=True)
                faulty = True
                continue
            click.echo(f"{file}: no faults")
            for place in unsourced(scenario) if sources else ():
                click.echo(f"  {place}: no source")
    sys.exit(AT_FAULT if faulty else 0)


def _read(file: str) -> Scenario:
    """The scenario of a file; of an experiment or a search the one that it is about, after both were checked."""
    from sim.experiment.loading import load_experiment
    from sim.scenario.experiments import means_experiment
    from sim.scenario.searches import means_search
    from sim.studies.search.loading import load_search
    from sim.world.binding import load

    if means_search(file):
        return load_search(file).scenario
    return load_experiment(file).scenario if means_experiment(file) else load(file)
